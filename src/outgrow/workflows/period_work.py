"""Gathers the work of a period with all that is computed of it: what audits and verdicts stand on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.analysis import coverage, repetition
from outgrow.analysis.audit import AuditItem
from outgrow.analysis.hours import unit
from outgrow.analysis.proposals import REACH, propose
from outgrow.model.activity import Activity, State
from outgrow.model.judgement import Judgement, Proposal
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.store import activities, computed, judgements
from outgrow.store.activities import Stored
from outgrow.store.computed import TopicTotal
from outgrow.workflows.arrange_workstreams import Streams, read_streams
from outgrow.workflows.periods import month
from outgrow.workflows.workspace import Workspace


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
        return [
            AuditItem(self.size(each), each.proposal.probability, each.workstream, each.activity.title) for each in work
        ]

    def by_workstream(self) -> dict[str, list[Work]]:
        """Return the activities of each workstream."""
        found: dict[str, list[Work]] = defaultdict(list)
        for each in self.work:
            found[each.workstream].append(each)
        return found


def gather(workspace: Workspace, period: Period) -> PeriodWork:
    """Return the work of a period that has begun by now; what is computed has to be up to date (see recount)."""
    with workspace.store.look() as view:
        found = _done(workspace, period, activities.within(view, period))
    _propose(workspace, found)
    with workspace.store.look() as view:
        ids = [stored.id for stored in found]
        counted = {number: (key, spent) for number, key, spent in computed.counted(view, ids)}
        proposals = computed.proposals(view, ids)
        streams = read_streams(view)
        standing = judgements.standing(view, period.last)
        so_far = computed.totals(view, Period(date.min, period.last))
    measured = unit(spent for _, spent in counted.values())
    topics = {row.key: row for rows in streams.rows.values() for row in rows}
    work = [
        Work(
            id=stored.id,
            activity=stored.activity,
            day=_day(stored),
            hours=spent,
            key=key,
            workstream=topics[key].workstream,
            repeats=topics[key].first_seen < _day(stored),
            proposal=proposals[stored.id],
        )
        for stored in found
        for key, spent in [counted[stored.id]]
        if spent or measured is Unit.ITEMS
    ]
    return PeriodWork(
        period=period,
        unit=measured,
        work=work,
        items=len(found),
        streams=streams,
        standing=standing,
        absences=frozenset(coverage.absences(stored.activity for stored in found)),
        usual_repetition=_usual_repetition(so_far, len(found), measured),
    )


def _usual_repetition(so_far: Sequence[TopicTotal], items: int, measured: Unit) -> float | None:
    """Return the repetition to be expected of a history as long as the one before the period."""
    earlier = sum(total.items for total in so_far) - items
    weights = [(total.items, total.hours if measured is Unit.HOURS else float(total.items)) for total in so_far]
    return repetition.expected(weights, earlier + items // 2) if earlier > 0 else None


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


def _propose(workspace: Workspace, found: Sequence[Stored]) -> None:
    """Propose for activities that have no proposal yet, and keep that.

    A month is always proposed for as a whole, so that a week of it gets the same proposals.
    """
    with workspace.store.look() as view:
        missing = {stored.id for stored in found} - computed.proposals(view, [stored.id for stored in found]).keys()
    if not missing:
        return
    firsts = sorted({_day(stored).replace(day=1) for stored in found if stored.id in missing})
    with workspace.store.begin() as change:
        for first in firsts:
            whole = month(first.year, first.month)
            asked = _done(workspace, whole, activities.within(change, whole))
            earlier = activities.latest_before(change, whole.first, REACH)
            proposed = propose([stored.activity for stored in earlier], [stored.activity for stored in asked])
            computed.put_proposals(change, dict(zip((stored.id for stored in asked), proposed, strict=True)))
