"""The place of the next level: what it asks for that this one does not, and where the evidence for it is."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from starlette.responses import Response

from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.ladder import Expected
from outgrow.reports import next_level, room, spans
from outgrow.reports.next_level import NextView, StepRow
from outgrow.reports.room import RoomView
from outgrow.web.answers import NoAnswer
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import choose_ladder, link_expectations
from outgrow.workflows.keep_evidence import CannotKeep
from outgrow.workflows.make_room import show_room
from outgrow.workflows.periods import parse_day
from outgrow.workflows.plan_growth import show_opportunities
from outgrow.workflows.show_next import NOTHING, Asking, choices, find_row, show_next, whole_step
from outgrow.workflows.workspace import TakesLong

_MARK = ":"  # between the number of a ladder and a level of it
_LONGEST = 80  # characters of an expectation in a notice
_FIELDS = {"action": "did", "on": "day"}  # of evidence, by the names they have in the form
_RAISED = 3
_GUESSED = 3
_OFFERED = 3
_MOST = 10**17  # no number of a thing is as high


def show(visit: Visit) -> Response:
    """Show a step with its matrix; one row may be open. Without a step that is set: which one it shall be."""
    return _page(visit)


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for; what is wrong with it stands beside its field."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit)


def _page(visit: Visit, status: int = 200, **values: object) -> Response:
    asking = _asking(visit)
    view = show_next(visit.workspace, asking)
    known = choose_ladder.ladders(visit.workspace)
    told: dict[str, object] = {"known_ladders": known, "mark": _MARK, "nothing": NOTHING, "query": _query(visit)}
    if view is None:
        return visit.page("next_choose.html", status, here="next", **{**told, **values})
    opened = next((row for row in view.rows if row.id == visit.asked("open")), None)
    whole = view if not asking.kind else whole_step(visit.workspace, asking)
    told |= {
        "view": view,
        "texts": next_level,
        "age": spans.age,
        "ago": spans.ago,
        "opened": opened,
        "choices": choices(visit.workspace, opened) if opened else None,
        "raised": view.raising[:_RAISED],
        "guesses": [(row, each) for row in whole.rows for each in row.proposals][:_GUESSED],
        "evidence_kinds": tuple(EvidenceKind),
        "offered": show_opportunities(visit.workspace).offered[:_OFFERED] if view.aimed else (),
        "room": _room(visit) if view.aimed else None,
        "room_texts": room,
    }
    return visit.page("next.html", status, here="next", **{**told, **values})


def _room(visit: Visit) -> RoomView | None:
    """Return where hours for growth can come from; None while what that rests on is still to be computed."""
    with suppress(TakesLong):
        return show_room(visit.workspace)
    return None


def _asking(visit: Visit) -> Asking:
    """Return which step the query asks for: each of its levels is named with the ladder it is of."""
    (here, now), (there, next_) = _named(visit.asked("from")), _named(visit.asked("to"))
    if here and there and here != there:
        now = NOTHING  # levels of two ladders have no step between them
    return Asking(there or here, now, next_, visit.asked("kind"))


def _named(said: str) -> tuple[str, str]:
    """Return the number of a ladder and the level of it that are said; of a level alone the number is left empty."""
    ladder, mark, level = said.partition(_MARK)
    return (ladder, level) if mark and ladder.isdigit() else ("", said)


def _query(visit: Visit) -> Mapping[str, str]:
    """Return what the addresses of the page carry on."""
    return {name: visit.asked(name) for name in ("from", "to", "kind", "open")}


def _go(visit: Visit, tell: str) -> Response:
    return visit.go("next", tell=tell, **_query(visit))


def _aim(visit: Visit) -> Response:
    """Set the step: from one level to another of the same ladder."""
    (ladder, now), (other, next_) = _named(visit.said("from")), _named(visit.said("to"))
    wrong = {}
    if not now:
        wrong["from"] = "Choose the level you have now; the nearest will do."
    if not next_:
        wrong["to"] = "Choose the level you want to look at."
    elif now and ladder != other:
        wrong["to"] = "Choose two levels of one ladder."
    if wrong:
        return _page(visit, 400, wrong=wrong, typed=visit.typed)
    set_ = choose_ladder.set_aim(visit.workspace, read_number(ladder, -1, _MOST), now, next_)
    levels = {each.id: each.name for each in choose_ladder.ladders(visit.workspace)[set_.ladder].levels}
    return visit.go("next", tell=f"The step is set: from {levels[set_.now]} to {levels[set_.next]}.")


def _row(visit: Visit) -> tuple[Expected, StepRow]:
    """Return the row that a form is about."""
    view: NextView = whole_step(visit.workspace, _asking(visit))
    row = find_row(view, visit.said("expectation"))
    return Expected(view.ladder, row.id), row


def _short(row: StepRow) -> str:
    return row.text if len(row.text) <= _LONGEST else f"{row.text[:_LONGEST].rstrip()}…"


def _number(visit: Visit) -> int:
    return read_number(visit.said("number"), -1, _MOST)


def _link(visit: Visit) -> Response:
    expected, row = _row(visit)
    link_expectations.link(visit.workspace, _number(visit), expected)
    return _go(visit, f"It counts for: {_short(row)}")


def _unlink(visit: Visit) -> Response:
    expected, row = _row(visit)
    link_expectations.unlink(visit.workspace, _number(visit), expected)
    return _go(visit, f"It does not count any more for: {_short(row)}")


def _turn_down(visit: Visit) -> Response:
    expected, _ = _row(visit)
    link_expectations.turn_down(visit.workspace, _number(visit), expected)
    return _go(visit, "It does not count for this, and is not guessed again.")


def _speak(visit: Visit) -> Response:
    expected, row = _row(visit)
    name = link_expectations.speak(visit.workspace, _number(visit), expected)
    return _go(visit, f"All evidence for {name} counts for: {_short(row)}")


def _fall_silent(visit: Visit) -> Response:
    expected, _ = _row(visit)
    name = link_expectations.fall_silent(visit.workspace, _number(visit), expected)
    return _go(visit, f"What there is for {name} does not count here any more.")


def _no_chance(visit: Visit) -> Response:
    expected, row = _row(visit)
    wrong: dict[str, str] = {}
    with beside(wrong, "note"):
        link_expectations.set_no_chance(visit.workspace, expected, visit.said("note"))
    if wrong:
        return _page(visit, 400, wrong=wrong, typed=visit.typed)
    return _go(visit, f"No chance yet: {_short(row)}")


def _chance(visit: Visit) -> Response:
    expected, row = _row(visit)
    link_expectations.clear_no_chance(visit.workspace, expected)
    return _go(visit, f"There is a chance now: {_short(row)}")


def _add(visit: Visit) -> Response:
    """Keep new evidence for a row."""
    expected, row = _row(visit)
    wrong: dict[str, str] = {}
    draft = Evidence(
        action=visit.said("did"),
        on=_day(visit, wrong),
        kind=_kind(visit.said("evidence_kind")),
        seen_by=tuple(visit.said("seen_by").split(",")),
    )
    if not wrong:
        try:
            link_expectations.add(visit.workspace, draft, expected)
        except CannotKeep as fault:
            wrong[_FIELDS.get(fault.field, fault.field)] = str(fault)
    if wrong:
        return _page(visit, 400, wrong=wrong, typed=visit.typed)
    return _go(visit, f"Kept, and it counts for: {_short(row)}")


def _day(visit: Visit, wrong: dict[str, str]) -> date:
    with beside(wrong, "day"):
        return parse_day(visit.said("day") or "today", visit.workspace.today)
    return visit.workspace.today


def _kind(said: str) -> EvidenceKind:
    return EvidenceKind(said) if said in list(EvidenceKind) else EvidenceKind.MY_WORD


_DOING: Mapping[str, Callable[[Visit], Response]] = {
    "aim": _aim,
    "link": _link,
    "unlink": _unlink,
    "turn_down": _turn_down,
    "speak": _speak,
    "fall_silent": _fall_silent,
    "no_chance": _no_chance,
    "chance": _chance,
    "add": _add,
}
ROUTES = (Route("next", "/next", show), Route("next_change", "/next", change, "POST"))
