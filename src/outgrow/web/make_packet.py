"""The place of packets: what is shown to whom, in which order, what is blacked out, and the paper itself."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from markupsafe import Markup
from starlette.responses import Response

from outgrow.model.packet import Packet
from outgrow.reports.packet.formats import MEDIA, Format, Size
from outgrow.reports.packet.html import sheet
from outgrow.web.answers import NoAnswer
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit, is_number
from outgrow.workflows import make_packet
from outgrow.workflows.choose_ladder import ladders
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.hand_over import hand_over
from outgrow.workflows.make_packet import MARK, CannotMake, NoSuchPacket
from outgrow.workflows.print_pdf import browser
from outgrow.workflows.show_packet import make

_MOVE = re.compile(r"(capability|evidence) (up|down) ([0-9]{1,18})")
_SHEET = "paper.css"
_USUAL = "last 12 months"
_SORTS = ("people", "projects", "numbers")


def show(visit: Visit) -> Response:
    """List the packets there are, and begin one."""
    return _list(visit)


def _list(visit: Visit, status: int = 200, **more: object) -> Response:
    packets = make_packet.list_packets(visit.workspace)
    told = {"packets": packets, "usual": _USUAL}
    return visit.page("packets.html", status, here="packet", **{**told, **more})


def begin(visit: Visit) -> Response:
    """Begin a packet with what was gained in its period."""
    wrong: dict[str, str] = {}
    number = 0
    with beside(wrong, "period"):
        period = named_period(visit.workspace, visit.said("period"))
        with _told(wrong):
            number = make_packet.begin(
                visit.workspace, make_packet.propose(visit.workspace, visit.said("audience"), period)
            )
    if wrong:
        return _list(visit, 400, wrong=wrong, typed=visit.typed)
    return visit.go("packet_one", number=number, tell="Begun with what was gained. Choose what it shows.")


@contextmanager
def _told(wrong: dict[str, str]) -> Iterator[None]:
    """Note what is wrong with a packet beside its field."""
    try:
        yield
    except CannotMake as fault:
        wrong[fault.field] = str(fault)


def look(visit: Visit) -> Response:
    """Show a packet: what is chosen, and the paper as it is printed."""
    number = _number(visit)
    try:
        packet = make_packet.read(visit.workspace, number)
    except NoSuchPacket:
        if not visit.desk.notice:
            raise
        return visit.go("packet")  # it has just been taken back
    return _one(visit, number, packet)


def _number(visit: Visit) -> int:
    return int(str(visit.path["number"]))


def _one(visit: Visit, number: int, packet: Packet, status: int = 200, **more: object) -> Response:
    made = make(visit.workspace, packet)
    told = {
        "number": number,
        "printed": made.paper.title,  # a browser's print is called like its page
        "packet": packet,
        "choices": make_packet.choices(visit.workspace, packet),
        "levels": _levels(visit),
        "sorts": [(sort, getattr(packet, f"hide_{sort}")) for sort in _SORTS],
        "browser": browser(),
        "paper": Markup(made.body()),  # noqa: S704 - our own markup, with all texts escaped
    }
    return visit.page("packet.html", status, here="packet", **told, **more)


def _levels(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the levels of each ladder, as values and words."""
    return [
        (ladder.name, [(f"{number}{MARK}{level.id}", level.name) for level in ladder.levels])
        for number, ladder in ladders(visit.workspace).items()
    ]


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for."""
    do = _DOING.get(visit.said("do") or ("keep" if "move" in visit.form else ""))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit, _number(visit))


def _keep(visit: Visit, number: int) -> Response:
    """Keep the whole form; a button that moves something keeps the rest as well."""
    wrong: dict[str, str] = {}
    before = make_packet.read(visit.workspace, number)
    draft = _read(visit, before, wrong)
    changed = False
    with _told(wrong):
        changed = not wrong and make_packet.revise(visit.workspace, number, lambda _: draft)
    if wrong:
        return _one(visit, number, before, 400, wrong=wrong, typed=visit.typed)
    said = "Kept. Undo brings back what it was." if changed else "Nothing has changed."
    return visit.go("packet_one", number=number, tell=said)


def _read(visit: Visit, before: Packet, wrong: dict[str, str]) -> Packet:
    """Return the packet that a form says."""
    period = before.period
    if visit.said("period") != period.words:
        with beside(wrong, "period"):
            period = named_period(visit.workspace, visit.said("period"))
    hidden = visit.form.getlist("hide")
    return replace(
        before,
        audience=visit.said("audience"),
        title=visit.said("title"),
        opening=visit.said("opening"),
        period=period,
        aim=visit.said("aim"),
        capabilities=_ordered(visit, "capability", visit.form.getlist("capability")),
        evidence=_ordered(visit, "evidence", visit.form.getlist("evidence")),
        left_out=_left_out(visit, before),
        redacted=make_packet.split_words(visit.said("redacted")),
        with_share="share" in visit.form,
        hide_people="people" in hidden,
        hide_projects="projects" in hidden,
        hide_numbers="numbers" in hidden,
    )


def _numbers(said: Iterable[object]) -> list[int]:
    return [int(each) for each in said if isinstance(each, str) and is_number(each)]


def _ordered(visit: Visit, name: str, ticked: Iterable[object]) -> tuple[int, ...]:
    """Return what is ticked, in the order of the page but for what a button moves."""
    numbers = list(dict.fromkeys(_numbers(ticked)))
    found = _MOVE.fullmatch(visit.said("move"))
    if found and found[1] == name and int(found[3]) in numbers:
        _shift(numbers, int(found[3]), -1 if found[2] == "up" else 1)
    return tuple(numbers)


def _shift(numbers: list[int], number: int, by: int) -> None:
    at = numbers.index(number)
    numbers.insert(max(0, at + by), numbers.pop(at))


def _left_out(visit: Visit, before: Packet) -> tuple[int, ...]:
    """Return the evidence to leave out: of what the page offered that which is not ticked, and what was before."""
    offered, kept = {*_numbers(visit.form.getlist("offered"))}, {*_numbers(visit.form.getlist("kept"))}
    return tuple(({*before.left_out} - offered) | (offered - kept))


def _withdraw(visit: Visit, number: int) -> Response:
    packet = make_packet.withdraw(visit.workspace, number)
    return visit.go("packet", tell=f"Put away: the packet {packet.label}. Undo brings it back.")


_DOING: Mapping[str, Callable[[Visit, int], Response]] = {"keep": _keep, "withdraw": _withdraw}


def export(visit: Visit) -> Response:
    """Hand the packet out as a file, to be saved."""
    wanted = str(visit.path["format"])
    if wanted not in _values(Format):
        message = "A packet is handed out as html, pdf, md or json. Choose one on its page."
        raise NoAnswer(message)
    size = Size(visit.asked("paper")) if visit.asked("paper") in _values(Size) else Size.A4
    file = hand_over(visit.workspace, _number(visit), Format(wanted), size)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=MEDIA[Format(wanted)], headers=headers)


def _values(kind: type[Format] | type[Size]) -> Sequence[str]:
    return [each.value for each in kind]


def style(visit: Visit) -> Response:
    """Hand out the style of the paper, which its HTML file carries itself."""
    if visit.path["sheet"] != _SHEET:
        message = f"There is one style sheet of packets: {_SHEET}."
        raise NoAnswer(message)
    return Response(sheet(), media_type="text/css; charset=utf-8")


ROUTES = (
    Route("packet", "/packet", show),
    Route("packet_new", "/packet", begin, "POST"),
    Route("packet_style", "/packet/style/{sheet}", style),
    Route("packet_one", "/packet/{number:int}", look),
    Route("packet_change", "/packet/{number:int}", change, "POST"),
    Route("packet_export", "/packet/{number:int}/{format}", export),
)
