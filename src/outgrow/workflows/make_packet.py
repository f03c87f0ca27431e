"""Makes evidence packets: what is shown to whom, in which order, and what is blacked out; each stays a draft."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import NoReturn

from outgrow.analysis.capabilities import Entry
from outgrow.model.evidence import Evidence
from outgrow.model.fault import Fault
from outgrow.model.packet import Packet
from outgrow.model.period import Period
from outgrow.reports.packet.redaction import squeezed
from outgrow.reports.packet.view import PacketLine
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.choose_ladder import find_ladder, find_level, read_ladders
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.show_ledger import capabilities_gained
from outgrow.workflows.show_next import Asking, show_next
from outgrow.workflows.workspace import Workspace

#: Between the number of a ladder and a level of it.
MARK = ":"
LONGEST_WORDS = 200
LONGEST_OPENING = 4000
_MOST = 200  # of each sort of things in one packet
_LEAST_WORD = 2
_WORDS = re.compile(r"[\n,;]")


class CannotMake(Fault):
    """What was said makes no packet; `field` is the part of it that is wrong. Nothing was changed."""

    exit_code = 2

    def __init__(self, field: str, message: str) -> None:
        """Keep which part it is about."""
        super().__init__(message)
        self.field = field


def refuse(field: str, message: str) -> NoReturn:
    """Raise CannotMake."""
    raise CannotMake(field, message)


class NoSuchPacket(Fault):
    """There is no packet of this number."""

    exit_code = 2

    def __init__(self, number: int) -> None:
        """Say so."""
        super().__init__(f"There is no packet {number}. outgrow packet list shows what there is; undo brings one back.")


def list_packets(workspace: Workspace) -> list[PacketLine]:
    """Return a line for each packet, the latest first."""
    with workspace.store.look() as view:
        found = versions.current(view, Packet)
    return [_line(number, each) for number, each in reversed(found.items())]


def _line(number: int, each: Packet) -> PacketLine:
    return PacketLine(
        number=number,
        title=each.title,
        audience=each.audience,
        period=each.period.name or each.period.words,
        capabilities=len(each.capabilities),
        evidence=len(each.evidence),
    )


def propose(workspace: Workspace, audience: str, period: Period) -> Packet:
    """Return a packet to begin with: what was gained in a period, and other evidence of it for the step that is set."""
    gained = sorted(capabilities_gained(workspace, period), key=lambda each: (-each.state.rank, each.on, each.number))
    chosen = tuple(each.number for each in gained)
    step = show_next(workspace, Asking())
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    shown = {each for number in chosen for each in ledger.entries[number].evidence}
    speaking = dict.fromkeys(each.number for row in (step.rows if step else ()) for each in row.evidence)
    further = [each for each in speaking if each not in shown and ledger.evidence[each].on in period]
    return Packet(audience=audience, period=period, capabilities=chosen[:_MOST], evidence=tuple(further)[:_MOST])


def begin(workspace: Workspace, draft: Packet) -> int:
    """Keep a new packet; return its number. Raises CannotMake."""
    with workspace.store.begin() as change:
        tidied = _tidied(workspace, draft)
        _check(change, tidied)
        return versions.put(change, tidied, journal.moment(change, workspace.now))


def read(workspace: Workspace, number: int) -> Packet:
    """Return a packet as it stands; raises NoSuchPacket."""
    with workspace.store.look() as view:
        return _read(view, number)


def revise(workspace: Workspace, number: int, how: Callable[[Packet], Packet]) -> bool:
    """Keep the next version of a packet; return whether anything differs. Raises NoSuchPacket and CannotMake."""
    with workspace.store.begin() as change:
        before = _read(change, number)
        draft = _tidied(workspace, how(before))
        if draft == before:
            return False
        _check(change, draft)
        versions.put(change, draft, journal.moment(change, workspace.now), number)
    return True


def withdraw(workspace: Workspace, number: int) -> Packet:
    """Put a packet away; return it. Undo brings it back. Raises NoSuchPacket."""
    with workspace.store.begin() as change:
        packet = _read(change, number)
        versions.withdraw(change, Packet, number, journal.moment(change, workspace.now))
    return packet


def _read(tx: Transaction, number: int) -> Packet:
    found = versions.get(tx, Packet, number)
    if found is None:
        raise NoSuchPacket(number)
    return found


def find_aim(workspace: Workspace, level: str, ladder: str = "") -> str:
    """Return how a packet names a level of a ladder; raises NoSuchLadder or NoSuchLevel."""
    with workspace.store.look() as view:
        known = read_ladders(view)
    number = find_ladder(known, ladder or "0")
    return f"{number}{MARK}{find_level(known[number], level).id}"


def split_words(said: str) -> tuple[str, ...]:
    """Return the words to black out that are typed one a line, or with commas between."""
    return tuple(" ".join(each.split()) for each in _WORDS.split(said) if each.strip())


def _tidied(workspace: Workspace, draft: Packet) -> Packet:
    """Return a packet without stray space, with nothing twice, and its period by a name that holds next year, too."""
    paragraphs = (" ".join(each.split()) for each in re.split(r"\r?\n\s*\n", draft.opening))
    return replace(
        draft,
        audience=" ".join(draft.audience.split()),
        period=named_period(workspace, draft.period.words),
        title=" ".join(draft.title.split()),
        opening="\n\n".join(filter(None, paragraphs)),
        capabilities=tuple(dict.fromkeys(draft.capabilities)),
        evidence=tuple(dict.fromkeys(draft.evidence)),
        left_out=tuple(sorted({*draft.left_out})),
        redacted=tuple(dict.fromkeys(" ".join(each.split()) for each in draft.redacted if each.strip())),
    )


def _check(tx: Transaction, draft: Packet) -> None:
    """Raise CannotMake unless a packet can be kept so."""
    _check_words(draft)
    ledger = read_ledger(tx)
    _check_known("capabilities", "capability", draft.capabilities, ledger.capabilities)
    _check_known("evidence", "evidence", draft.evidence, ledger.evidence)
    if draft.aim:
        ladder, _, level = draft.aim.partition(MARK)
        known = {str(number): each for number, each in read_ladders(tx).items()}
        if ladder not in known or all(each.id != level for each in known[ladder].levels):
            refuse("aim", "That is no level of a ladder that is kept here. Choose one that is listed.")


def _check_words(draft: Packet) -> None:
    if not 0 < len(draft.audience) <= LONGEST_WORDS:
        refuse("audience", f"Say whom it is for, in at most {LONGEST_WORDS} characters.")
    if len(draft.title) > LONGEST_WORDS:
        refuse("title", f"A title has at most {LONGEST_WORDS} characters.")
    if len(draft.opening) > LONGEST_OPENING:
        refuse("opening", f"Say it in at most {LONGEST_OPENING:,} characters.")
    if len(draft.redacted) > _MOST or any(len(each) > LONGEST_WORDS for each in draft.redacted):
        refuse("redacted", f"At most {_MOST} words are blacked out, of up to {LONGEST_WORDS} characters.")
    short = [each for each in draft.redacted if len(each) < _LEAST_WORD or not squeezed(each)]
    if short:
        message = f"{short[0]!r} is too little to look for: say a word of at least {_LEAST_WORD} letters."
        refuse("redacted", message)


def _check_known(field: str, word: str, wanted: Collection[int], known: Collection[int]) -> None:
    if len(wanted) > _MOST:
        refuse(field, f"A packet shows at most {_MOST} of these.")
    missing = sorted({*wanted} - {*known})
    if missing:
        refuse(field, f"There is no {word} {missing[0]}. Choose one that is listed.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A capability to choose with its evidence: `chosen` where the packet shows it."""

    entry: Entry
    evidence: tuple[tuple[int, Evidence], ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What a packet may show: capabilities and further evidence, first what is chosen in its order, then the newest."""

    capabilities: tuple[Choice, ...]
    evidence: tuple[tuple[int, Evidence, bool], ...]


def choices(workspace: Workspace, packet: Packet) -> Choices:
    """Return what a packet may show."""
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    chosen = standing(ledger, packet)
    rest = [number for number, entry in ledger.entries.items() if number not in chosen]
    rest.sort(key=lambda number: (max(on for _, on in ledger.entries[number].firsts), number), reverse=True)
    shown = {each for number in chosen for each in ledger.entries[number].evidence}
    own = [each for each in packet.evidence if each in ledger.evidence and each not in shown]
    others = {*ledger.evidence} - shown - {*own}
    newest = sorted(others, key=lambda each: (ledger.evidence[each].on, each), reverse=True)
    return Choices(
        tuple(_choice(ledger, number, chosen=number in chosen) for number in (*chosen, *rest)),
        tuple((each, ledger.evidence[each], each in own) for each in (*own, *newest[:_MOST])),
    )


def _choice(ledger: Ledger, number: int, *, chosen: bool) -> Choice:
    entry = ledger.entries[number]
    return Choice(entry, tuple((each, ledger.evidence[each]) for each in reversed(entry.evidence)), chosen)


def standing(ledger: Ledger, packet: Packet) -> tuple[int, ...]:
    """Return the entries that a packet shows: of a capability that was merged since, that which it is shown with."""
    roots = dict.fromkeys(ledger.root(number) for number in packet.capabilities)
    return tuple(number for number in roots if number in ledger.entries)
