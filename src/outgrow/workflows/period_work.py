"""Gathers the work of a period with all that is computed of it: what audits and verdicts stand on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.analysis.audit import AuditItem
from outgrow.analysis.hours import unit
from outgrow.analysis.proposals import propose
from outgrow.model.activity import Activity, State
from outgrow.model.judgement import Judgement, Proposal, Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.store import activities, computed, judgements
from outgrow.store.activities import Stored
from outgrow.store.database import Transaction
from outgrow.workflows.arrange_workstreams import Streams, read_streams
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace

_GROWS = {Value.GROWTH: 1.0, Value.DEPTH: 0.0}


@dataclass(frozen=True, slots=True)
class Work:
    """One activity of a period. `repeats` says whether its topic was there on an earlier day."""

    id: int
    activity: Activity
    day: date
    hours: float
    key: str
    workstream: str
    repeats: bool
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class PeriodWork:
    """What was done in a period. Where the unit is hours, only what has hours is in `work`; `items` counts all."""

    period: Period
    unit: Unit
    work: Sequence[Work]
    items: int
    streams: Streams
    standing: Mapping[str, Judgement]
    absences: frozenset[date]
    usual_repetition: float | None

    def size(self, work: Work) -> float:
        """Return how much one activity weighs: its hours, or 1 where items are counted."""
        return work.hours if self.unit is Unit.HOURS else 1.0

    def items_of(self, work: Sequence[Work]) -> list[AuditItem]:
        """Return activities as the audit takes them."""
        return [AuditItem(self.size(each), each.proposal.probability, each.workstream) for each in work]

    def by_workstream(self) -> dict[str, list[Work]]:
        """Return the activities of each workstream."""
        found: dict[str, list[Work]] = defaultdict(list)
        for each in self.work:
            found[each.workstream].append(each)
        return found


def gather(workspace: Workspace, period: Period) -> PeriodWork:
    """Return the work of a period that has begun by now, after bringing all that is computed up to date."""
    recount(workspace)
    with workspace.store.look() as view:
        found = _done(workspace, period, activities.within(view, period))
        counted = {id_: (key, hours) for id_, key, hours in computed.counted(view, [stored.id for stored in found])}
        proposals = computed.proposals(view, [stored.id for stored in found])
        streams = read_streams(view)
        standing = judgements.standing(view, period.last)
        unproposed = [stored for stored in found if stored.id not in proposals]
        earlier = _earlier(view, workspace, unproposed) if unproposed else []
    if unproposed:
        proposals |= _propose(workspace, earlier, unproposed)
    measured = unit(hours for _, hours in counted.values())
    place = {row.key: row.workstream for rows in streams.rows.values() for row in rows}
    work = [
        Work(stored.id, stored.activity, _day(stored), hours, key, place[key], proposals[stored.id])
        for stored in found
        for key, hours in [counted[stored.id]]
        if hours or measured is Unit.ITEMS
    ]
    return PeriodWork(period, measured, work, len(found), streams, standing)


def _done(workspace: Workspace, period: Period, found: Iterable[Stored]) -> list[Stored]:
    """Keep what took place and began in the period by now."""
    return [
        stored
        for stored in found
        if stored.activity.state is State.DONE
        and stored.activity.start
        and stored.activity.start <= workspace.now
        and stored.activity.start.date() in period
    ]


def _day(stored: Stored) -> date:
    return stored.activity.start.date() if stored.activity.start else date.min


def _earlier(tx: Transaction, workspace: Workspace, asked: Sequence[Stored]) -> list[Activity]:
    first = min(map(_day, asked))
    before = Period(date.min, max(date.min, first - timedelta(days=1)))
    return [stored.activity for stored in _done(workspace, before, activities.within(tx, before))]


def _propose(workspace: Workspace, earlier: Sequence[Activity], asked: Sequence[Stored]) -> dict[int, Proposal]:
    """Propose for activities that have no proposal yet, and keep that."""
    proposed = propose(earlier, [stored.activity for stored in asked])
    found = {stored.id: proposal for stored, proposal in zip(asked, proposed, strict=True)}
    with workspace.store.begin() as change:
        computed.put_proposals(change, found)
    return found


def value_of(work: Work, judgement: Judgement, struck_keys: frozenset[str] = frozenset()) -> float | None:
    """Return 1 for growth and 0 for depth as a judgement says of an activity; None where it is not work.

    A struck-out activity, and a later one of a topic that was struck out as a whole, is of the other value.
    """
    if judgement.value is Value.OUTSIDE:
        return None
    value = _GROWS[judgement.value]
    struck = work.id in judgement.exceptions or work.key in struck_keys
    return 1.0 - value if struck else value
