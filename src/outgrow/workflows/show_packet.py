"""Shows a packet as it is handed over: read from the ledger as it stands, and blacked out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.analysis.capabilities import Entry
from outgrow.analysis.readiness import RowState
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.held_role import HeldRole
from outgrow.model.packet import Packet
from outgrow.model.period import Period
from outgrow.reports.ledger import learnt
from outgrow.reports.next_level import NextView, StepRow
from outgrow.reports.packet.formats import Made
from outgrow.reports.packet.redaction import Redaction, names_in, standing_in
from outgrow.reports.packet.view import (
    Day,
    Hidden,
    PacketCapability,
    PacketClaim,
    PacketEvidence,
    PacketLink,
    PacketRole,
    PacketRow,
    PacketShare,
    PacketStep,
    PacketView,
)
from outgrow.store import firsts
from outgrow.workflows.choose_ladder import NoSuchLadder, NoSuchLevel
from outgrow.workflows.choose_period import beside, named_period
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.keep_roles import read_roles
from outgrow.workflows.make_packet import MARK, read, standing
from outgrow.workflows.show_ledger import show_capability
from outgrow.workflows.show_next import Asking, NoStep, show_next
from outgrow.workflows.workspace import Workspace

_MONTHS = len("2026-Q3")  # the longest word for whole months
_YEAR = timedelta(weeks=52)  # so that a week is held against the same days of a week


def show_packet(workspace: Workspace, number: int) -> Made:
    """Return a packet with the view that is shown of it; raises NoSuchPacket."""
    return make(workspace, read(workspace, number))


def make(workspace: Workspace, packet: Packet) -> Made:
    """Return what a packet shows, blacked out as it says."""
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    seen = _Seen.of(ledger, packet)
    whole = _view(workspace, packet, seen)
    redaction = _redaction(workspace, packet, ledger, whole)
    return Made(redaction.view(whole), redaction)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The entries and the evidence of a packet; each piece of evidence by its number, with its letter."""

    ledger: Ledger
    entries: Sequence[Entry]
    letters: Mapping[int, str]

    @classmethod
    def of(cls, ledger: Ledger, packet: Packet) -> "_Seen":
        """Give a letter to each piece of evidence, in the order it is shown."""
        entries = [ledger.entries[number] for number in standing(ledger, packet)]
        numbers = [*(each for entry in entries for each in reversed(entry.evidence)), *packet.evidence]
        shown = dict.fromkeys(each for each in numbers if each in ledger.evidence and each not in packet.left_out)
        return cls(ledger, entries, {each: _letter(place) for place, each in enumerate(shown)})

    def refs(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Return the letters of those that are shown."""
        return tuple(sorted((self.letters[each] for each in numbers if each in self.letters), key=_place))


def _letter(place: int) -> str:
    """Return a, b, ... z, aa, ab, ...: digits may be blacked out."""
    more, last = divmod(place, 26)
    return (_letter(more - 1) if more else "") + chr(ord("a") + last)


def _place(ref: str) -> tuple[int, str]:
    return len(ref), ref


def _view(workspace: Workspace, packet: Packet, seen: _Seen) -> PacketView:
    period, step = packet.period, _step(workspace, packet)
    standing_now = [entry for entry in seen.ledger.entries.values() if entry.superseded_by is None]
    begun = [min(on for _, on in entry.firsts) for entry in standing_now]
    roles = list(read_roles(workspace).values())
    return PacketView(
        title=packet.title,
        audience=packet.audience,
        opening=packet.opening,
        period=_name(period),
        first=period.first,
        last=period.last,
        made=Day.of(workspace.today),
        capabilities=tuple(_capability(workspace, entry, seen, step) for entry in seen.entries),
        evidence=tuple(_evidence(seen.ledger.evidence[each], ref) for each, ref in seen.letters.items()),
        step=_packet_step(step, seen) if step else None,
        with_share=packet.with_share,
        share=_share(workspace, period) if packet.with_share else None,
        year_before=_share(workspace, _year_before(workspace, period)) if packet.with_share else None,
        earlier=sum(day < period.first for day in begun),
        by_now=sum(day <= period.last for day in begun),
        role_then=_role(roles, period.first),
        role_now=_role(roles, min(period.last, workspace.today)),
        hidden=tuple(_hidden(packet)),
    )


def _name(period: Period) -> str:
    return period.name or period.words


def _hidden(packet: Packet) -> Iterator[Hidden]:
    for sort, is_hidden in (
        (Hidden.PEOPLE, packet.hide_people),
        (Hidden.PROJECTS, packet.hide_projects),
        (Hidden.NUMBERS, packet.hide_numbers),
        (Hidden.WORDS, bool(packet.redacted)),
    ):
        if is_hidden:
            yield sort


def _step(workspace: Workspace, packet: Packet) -> NextView | None:
    """Return the step it argues for; None where none is set, or its ladder or level is gone."""
    ladder, _, level = packet.aim.partition(MARK)
    try:
        return show_next(workspace, Asking(ladder=ladder, next=level))
    except (NoSuchLadder, NoSuchLevel, NoStep):
        return None


def _packet_step(step: NextView, seen: _Seen) -> PacketStep:
    return PacketStep(
        ladder=step.ladder_name,
        now=step.now.name if step.now else "",
        next=step.next.name,
        rows=tuple(_row(row, seen) for row in step.rows),
    )


def _row(row: StepRow, seen: _Seen) -> PacketRow:
    shown = [each for each in row.evidence if each.number in seen.letters]
    state = RowState.NO_CHANCE if row.no_chance is not None else RowState.NO_EVIDENCE
    if shown:
        own = all(each.kind is EvidenceKind.MY_WORD for each in shown)
        state = RowState.BEGUN if own else RowState.SHOWN
    return PacketRow(
        text=row.text,
        kind=row.kind,
        state=state,
        refs=seen.refs([each.number for each in shown]),
        no_chance=row.no_chance,
    )


def _capability(workspace: Workspace, entry: Entry, seen: _Seen, step: NextView | None) -> PacketCapability:
    curves = show_capability(workspace, entry.number).curves if entry.workstreams else ()
    return PacketCapability(
        name=entry.name,
        claims=tuple(_claim(entry, state, on, seen) for state, on in entry.firsts),
        refs=seen.refs(entry.evidence),
        expectations=tuple(row.text for row in (step.rows if step else ()) if _speaks(row, entry)),
        learnt=tuple(f"{curve.name}: {learnt(curve)}" for curve in curves),
    )


def _speaks(row: StepRow, entry: Entry) -> bool:
    """Whether a capability, or evidence for it, counts for an expectation."""
    named = any(each.number == entry.number for each in row.speaking)
    return named or any(each.number in entry.evidence for each in row.evidence)


def _claim(entry: Entry, state: CapabilityState, on: date, seen: _Seen) -> PacketClaim:
    """Return a state with the evidence named for it; one that rests on evidence and names none, with what was there."""
    named = [each for reached in entry.reached if reached.state is state for each in reached.evidence]
    if not named and state is not CapabilityState.CLAIMED:
        by_then = [each for each in entry.evidence if seen.ledger.evidence[each].on <= on]
        named = by_then or list(entry.evidence)
    refs = seen.refs(list(dict.fromkeys(named)))
    return PacketClaim(state=state, day=Day.of(on), refs=refs, own_word=not refs)


def _evidence(each: Evidence, ref: str) -> PacketEvidence:
    return PacketEvidence(
        ref=ref,
        action=each.action,
        day=Day.of(each.on),
        situation=each.situation,
        result=each.result,
        kind=each.kind,
        polish=each.polish,
        hours=each.hours,
        seen_by=each.seen_by,
        links=tuple(PacketLink(link.url, link.note) for link in each.links),
        files=tuple(file.name for file in each.files),
    )


def _share(workspace: Workspace, period: Period | None) -> PacketShare | None:
    if period is None:
        return None
    what = ("packet share", period, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _weighed(workspace, period))


def _weighed(workspace: Workspace, period: Period) -> PacketShare | None:
    verdict = give_verdict(workspace, period)
    if verdict.share is None:
        return None
    return PacketShare(
        period=_name(period),
        mean=verdict.share.mean,
        low=verdict.share.low,
        high=verdict.share.high,
        certainty=verdict.certainty,
        unit=verdict.unit,
        answers=verdict.share.answers,
        drawn=verdict.drawn,
        coverage=verdict.coverage,
    )


def _year_before(workspace: Workspace, period: Period) -> Period | None:
    """Return the same period of the year before; None beyond the calendar."""
    if len(period.words) <= _MONTHS:
        return beside(workspace, period, -round(365 / period.days))
    if period.first <= date.min + _YEAR:
        return None
    return named_period(workspace, Period(period.first - _YEAR, period.last - _YEAR).words)


def _role(roles: Sequence[HeldRole], day: date) -> PacketRole | None:
    """Return the role held on a day; of several the one that began last."""
    held = [each for each in roles if each.first <= day and (each.last is None or day <= each.last)]
    if not held:
        return None
    role = max(held, key=lambda each: each.first)
    return PacketRole(title=role.title, level=role.level, scope=role.scope, since=Day.of(role.first))


def _redaction(workspace: Workspace, packet: Packet, ledger: Ledger, view: PacketView) -> Redaction:
    """Return what is blacked out: the person's own words, and those known names that stand in the packet."""
    found = []
    if packet.hide_people:
        seen_by = {name for each in ledger.evidence.values() for name in each.seen_by}
        found += [word for person in sorted(seen_by | _people(workspace)) for word in names_in(person)]
    if packet.hide_projects:
        found += [word for project in sorted(_projects(workspace)) for word in names_in(project)]
    return Redaction((*packet.redacted, *standing_in(view, found)), packet.hide_numbers)


def _people(workspace: Workspace) -> frozenset[str]:
    def compute() -> frozenset[str]:
        with workspace.store.look() as view:
            return firsts.people(view, _tomorrow(workspace))[0]

    return workspace.memory.recall(workspace.store.state(), ("people", workspace.today), compute)


def _projects(workspace: Workspace) -> frozenset[str]:
    def compute() -> frozenset[str]:
        with workspace.store.look() as view:
            return firsts.projects(view, _tomorrow(workspace))

    return workspace.memory.recall(workspace.store.state(), ("projects", workspace.today), compute)


def _tomorrow(workspace: Workspace) -> date:
    return min(workspace.today, date.max - timedelta(days=1)) + timedelta(days=1)
