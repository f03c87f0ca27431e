"""Shows the capability ledger: what stands in it, what was outgrown and waits for an entry, what is asked again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from outgrow.analysis import capabilities, outgrown, standing
from outgrow.analysis.capabilities import Entry
from outgrow.analysis.outgrown import Outgrown
from outgrow.analysis.standing import Standing
from outgrow.model.capability import Capability, CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.fault import Fault
from outgrow.model.judgement import Judgement, Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.model.turned_down import TurnedDown
from outgrow.reports import capability_history
from outgrow.reports.ledger import (
    CapabilityLine,
    CapabilityView,
    Change,
    CurveWeek,
    Discomfort,
    DueLine,
    EvidenceLine,
    LearningCurve,
    LedgerView,
    Named,
    ReachedLine,
    StateDay,
    TurnedDownLine,
)
from outgrow.reports.verdict import GainedLine
from outgrow.store import computed, versions, workstream_days, workstreams
from outgrow.store.computed import TopicRow
from outgrow.store.database import Transaction
from outgrow.store.workstream_days import Amount
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.read_said import read_said
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace

_OFFER = "outgrown "
_DRAWN = 3  # of the outgrown workstreams that wait for an entry
_LONGEST_QUOTE = 60
_MOST_NAMED = 5


class NotOutgrown(Fault):
    """What was named is no kind of work that was growth and is depth now."""

    exit_code = 2


def show_ledger(workspace: Workspace) -> LedgerView:
    """Return the ledger as it stands."""
    recount(workspace)
    what = ("ledger", workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _show(workspace))


def show_capability(workspace: Workspace, number: int) -> CapabilityView:
    """Return one capability with its evidence, learning curves and history; raises NoSuchCapability."""
    recount(workspace)
    with workspace.store.look() as view:
        ledger = read_ledger(view)
        return _capability(_Read.of(view, workspace), ledger, ledger.entry(number))


def asked_again(workspace: Workspace) -> tuple[DueLine, ...]:
    """Return the workstreams that were called growth and are asked about again, those with most hours first."""
    recount(workspace)
    what = ("asked again", workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _asked_again(workspace))


def _asked_again(workspace: Workspace) -> tuple[DueLine, ...]:
    with workspace.store.look() as view:
        return _due(_Read.of(view, workspace))


def capabilities_gained(workspace: Workspace, period: Period) -> tuple[GainedLine, ...]:
    """Return the capabilities that reached a state for the first time in a period, each with the highest of those."""
    with workspace.store.look() as view:
        entries = read_ledger(view).entries.values()
    return tuple(filter(None, (_gained(entry, period) for entry in entries)))


def _gained(entry: Entry, period: Period) -> GainedLine | None:
    reached = [(state, on) for state, on in entry.firsts if on in period]
    if not reached:
        return None
    return GainedLine(entry.number, entry.name, *reached[-1], all(on >= period.first for _, on in entry.firsts))


def show_outgrown(workspace: Workspace, words: str) -> LearningCurve:
    """Return the learning curve of an outgrown workstream by its id, its name or a part of it; raises NotOutgrown."""
    recount(workspace)
    with workspace.store.look() as view:
        read = _Read.of(view, workspace)
        said = words.strip().casefold()
        part = [each for each in read.turns if said and (said == each or said in read.name(each).casefold())]
        named = [each for each in part if said in {each, read.name(each).casefold()}] or part
        if len(named) == 1:
            return read.curves([read.turns[named[0]]])[0]
        message = f"{words[:_LONGEST_QUOTE]!r} is no outgrown kind of work. outgrow capability list shows them."
        if named:
            among = ", ".join(f"{read.name(each)} ({each})" for each in named[:_MOST_NAMED])
            message = f"{words[:_LONGEST_QUOTE]!r} may mean {len(named)} kinds of work: {among}. Say the id."
        raise NotOutgrown(message)


def offered(workstream: str) -> str:
    """Return the key under which the offer of an entry for an outgrown workstream is turned down for good."""
    return _OFFER + workstream


@dataclass(frozen=True, slots=True)
class _Read:
    """What the ledger is shown from beside itself: the last turn of each workstream, names, and what stands."""

    tx: Transaction
    workspace: Workspace
    turns: Mapping[str, Outgrown]
    present: Collection[str]
    names: Mapping[str, str]
    judged: Sequence[Judgement]

    @classmethod
    def of(cls, tx: Transaction, workspace: Workspace) -> "_Read":
        """Read it."""
        judged = read_said(workspace).judgements
        turns = {each.workstream: each for each in outgrown.outgrown(judged)}
        present = computed.workstream_names(tx)
        return cls(tx, workspace, turns, present.keys(), present | workstreams.names(tx), judged)

    def curves(self, turns: Collection[Outgrown]) -> tuple[LearningCurve, ...]:
        """Return the learning curves of outgrown workstreams."""
        hours = workstream_days.hours_by_week(self.tx, {each.workstream for each in turns}) if turns else {}
        return tuple(self._curve(each, hours.get(each.workstream, [])) for each in turns)

    def _curve(self, turn: Outgrown, hours: Sequence[Amount]) -> LearningCurve:
        rows = self._rows(turn.workstream)
        keys = {row.key for row in rows}
        measured = hours or workstream_days.hours_of(self.tx, keys)
        weeks = measured or workstream_days.items_by_week(self.tx, keys, self.workspace.now)
        return LearningCurve(
            workstream=turn.workstream,
            name=self.name(turn.workstream),
            grew=turn.grew,
            turned=turn.turned,
            unit=Unit.HOURS if measured else Unit.ITEMS,
            amount=sum(each.amount for each in weeks if each.monday < turn.turned),
            items=round(sum(row.weight for row in rows)),
            first=min((row.first_seen for row in rows), default=None) if weeks else None,
            last=workstream_days.last_day(self.tx, keys, weeks[-1].monday, self.workspace.now) if weeks else None,
            weeks=tuple(CurveWeek(*each) for each in weeks),
            discomforts=tuple(Discomfort(*each) for each in turn.discomforts),
        )

    def _rows(self, workstream: str) -> list[TopicRow]:
        """Return the topics of a workstream; of one that was merged into another since, those it had."""
        rows = computed.topics_of(self.tx, workstream)
        return rows or computed.topics(self.tx, workstreams.once_pinned(self.tx, workstream))

    def name(self, workstream: str) -> str:
        """Return what a workstream is called; one that was merged into another since, by its largest topic."""
        if workstream in self.names:
            return self.names[workstream]
        rows = self._rows(workstream)
        return max(rows, key=lambda row: row.weight).title if rows else "work that is no longer here"


def _show(workspace: Workspace) -> LedgerView:
    with workspace.store.look() as view:
        ledger, read = read_ledger(view), _Read.of(view, workspace)
        lines = [_line(ledger, entry) for entry in ledger.entries.values()]
        lines.sort(key=lambda line: (line.latest, line.number), reverse=True)
        entered = {made.workstream for made in ledger.capabilities.values()}
        turned_down = {each.key for each in versions.current(view, TurnedDown).values()}
        open_ = [turn for turn in read.turns.values() if turn.workstream not in entered]
        waiting = _waiting(each for each in open_ if offered(each.workstream) not in turned_down)
        return LedgerView(
            capabilities=tuple(line for line in lines if line.superseded_by is None),
            superseded=tuple(line for line in lines if line.superseded_by is not None),
            withdrawn=tuple(Named(number, made.name) for number, made in versions.withdrawn(view, Capability).items()),
            outgrown=read.curves(waiting[:_DRAWN]),
            waiting=len(waiting),
            turned_down=tuple(
                TurnedDownLine(each.workstream, read.name(each.workstream), each.turned)
                for each in open_
                if offered(each.workstream) in turned_down
            ),
            due=_due(read),
        )


def _waiting(turns: Iterable[Outgrown]) -> list[Outgrown]:
    """Return what waits for an entry, the latest first."""
    return sorted(turns, key=lambda turn: (turn.turned, turn.workstream), reverse=True)


def _line(ledger: Ledger, entry: Entry) -> CapabilityLine:
    later = entry.superseded_by
    return CapabilityLine(
        number=entry.number,
        name=entry.name,
        state=entry.state,
        states=tuple(StateDay(*each) for each in entry.firsts),
        evidence=len(entry.evidence),
        superseded_by=None if later is None else Named(later, ledger.entries[later].name),
    )


def _due(read: _Read) -> tuple[DueLine, ...]:
    """Return the growth work that is asked about again: after so long, or so many hours, from when it was answered.

    An answer may hold from a day long before it was given; nobody is asked again right after it.
    """
    today, zone = read.workspace.today, read.workspace.now.tzinfo
    growth = [each for each in _standing(read.judged, today) if each.value is Value.GROWTH]
    said = {each.workstream: standing.given(each, zone) for each in growth}
    spent = workstream_days.hours_since(read.tx, {each: day for each, day in said.items() if each in read.present})
    due = [
        DueLine(
            workstream=each.workstream,
            name=read.names[each.workstream],
            since=each.since,
            days=(today - said[each.workstream]).days,
            hours=spent[each.workstream],
        )
        for each in growth
        if each.workstream in spent
        and standing.due(Standing(value=each.value, since=said[each.workstream], hours=spent[each.workstream]), today)
    ]
    return tuple(sorted(due, key=lambda each: (-each.hours, -each.days, each.name)))


def _standing(judged: Iterable[Judgement], day: date) -> Iterable[Judgement]:
    """Return the judgement of each workstream that holds on a day."""
    begun = sorted((each for each in judged if each.since <= day), key=lambda each: each.since)
    return {each.workstream: each for each in begun}.values()


def _capability(read: _Read, ledger: Ledger, entry: Entry) -> CapabilityView:
    evidence = [(number, ledger.evidence[number]) for number in entry.evidence]
    kinds = [each.kind for _, each in evidence]
    later = next((state for state in CapabilityState if state.rank > entry.state.rank), None)
    turns = [read.turns[each] for each in entry.workstreams if each in read.turns]
    return CapabilityView(
        line=_line(ledger, entry),
        reached=tuple(
            ReachedLine(state=each.state, on=each.on, evidence=each.evidence, note=each.note) for each in entry.reached
        ),
        evidence=tuple(_evidence(*each) for each in evidence),
        missing=tuple(kind for kind in EvidenceKind if kind not in kinds),
        next_state=later,
        to_next=capabilities.missing(later, kinds) if later else 0,
        parts=tuple(Named(each, ledger.capabilities[each].name) for each in entry.parts),
        replaces=tuple(
            Named(each.number, each.name) for each in ledger.entries.values() if each.superseded_by == entry.number
        ),
        curves=read.curves(turns),
        history=tuple(_history(read.tx, ledger, entry)),
    )


def _evidence(number: int, each: Evidence) -> EvidenceLine:
    return EvidenceLine(
        number=number,
        action=each.action,
        result=each.result,
        on=each.on,
        kind=each.kind,
        polish=each.polish,
        hours=each.hours,
        seen_by=each.seen_by,
    )


def _history(tx: Transaction, ledger: Ledger, entry: Entry) -> Iterator[Change]:
    """Yield what was said of a capability and of its parts, oldest first."""
    names = {number: made.name for number, made in ledger.capabilities.items()}
    told = [each for number in (entry.number, *entry.parts) for each in _versions(tx, number)]
    for at, before, after in sorted(told, key=lambda each: each[0]):
        yield from (Change(at, words) for words in capability_history.told(before, after, names))


def _versions(tx: Transaction, number: int) -> Iterator[tuple[datetime, Capability | None, Capability | None]]:
    """Yield the versions of a capability: when each was said, what was there before, and what it says."""
    before = None
    for said, after in versions.history(tx, Capability, number):
        yield said.at, before, after
        before = after
