"""Gathers the work of a period with all that is computed of it: what audits and verdicts stand on."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from outgrow.analysis import repetition
from outgrow.analysis.audit import AuditItem
from outgrow.analysis.grouping import tells_work
from outgrow.analysis.hours import unit
from outgrow.analysis.proposals import REACH, Scorer
from outgrow.model.activity import Activity, Kind
from outgrow.model.judgement import Judgement, Proposal, Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.store import activities, computed, journal, judgements, proposals, settings, sources, stamp, workstreams
from outgrow.store.activities import Stored
from outgrow.store.computed import TopicRow, Worked
from outgrow.store.database import Transaction
from outgrow.workflows.periods import month
from outgrow.workflows.read_said import read_said
from outgrow.workflows.set_up import NAMED_NEW
from outgrow.workflows.workspace import TakesLong, Workspace

#: How many audits inform the proposals and the estimates of later months.
EARLIER_AUDITS = 6
_REMEMBERED = 62  # days; the work of longer periods is not kept in memory
#: How long what the person named as new counts as such, before and after they named it.
NAMED_NEW_FOR = timedelta(days=365)
_Kept = TypeVar("_Kept")
_MOST_IN_HASTE = 3  # months: about half a second
#: What a judgement says of work; the others say neither.
GROWS = {Value.GROWTH: 1.0, Value.DEPTH: 0.0}


class Work(NamedTuple):
    """One activity of a period.

    `title` is that of its topic. `repeats` says whether the topic was there on an earlier day, `placed` whether the
    person has put it into its workstream, by a judgement or otherwise, so that what was said of that holds for it in
    other months: a title that names no work is never placed.
    """

    id: int
    day: date
    hours: float
    key: str
    title: str
    workstream: str
    repeats: bool
    placed: bool
    probability: float


@dataclass(frozen=True, slots=True)
class PeriodWork:
    """What was done in a period. Where the unit is hours, only what has hours is in `work`; `items` counts all.

    `judged` has the judgements of each workstream in the order of their days, without those of the period's own audit.
    """

    period: Period
    unit: Unit
    work: Sequence[Work]
    items: int
    names: Mapping[str, str]
    judged: Mapping[str, Sequence[Judgement]]

    def size(self, work: Work) -> float:
        """Return how much one activity weighs: its hours, or 1 where items are counted."""
        return work.hours if self.unit is Unit.HOURS else 1.0

    def sizes(self, work: Sequence[Work]) -> list[float]:
        """Return how much each of some activities weighs."""
        return [each.hours for each in work] if self.unit is Unit.HOURS else [1.0] * len(work)

    def items_of(self, work: Iterable[Work]) -> list[AuditItem]:
        """Return activities as the audit takes them."""
        return [AuditItem(self.size(each), each.probability, each.workstream, each.title) for each in work]

    def standing(self, workstream: str, day: date | None = None) -> Judgement | None:
        """Return the judgement that stands for a workstream on a day, by default the last of the period."""
        return standing_on(day or self.period.last, self.judged.get(workstream, ()))

    def by_workstream(self) -> dict[str, list[Work]]:
        """Return the activities of each workstream."""
        found: dict[str, list[Work]] = defaultdict(list)
        for each in self.work:
            found[each.workstream].append(each)
        return found


def gather(workspace: Workspace, period: Period) -> PeriodWork:
    """Return the work of a period that has begun by now; what is computed has to be up to date (see recount)."""
    if period.days > _REMEMBERED or period.last >= workspace.today:
        return _gather(workspace, period)
    return workspace.memory.recall(workspace.store.state(), ("work", period), lambda: _gather(workspace, period))


def _gather(workspace: Workspace, period: Period) -> PeriodWork:
    found = _worked(workspace, period)
    with workspace.store.look() as view:
        topics = {row.key: row for row in computed.topics(view, {each.key for each in found})}
        names = computed.workstream_names(view) | workstreams.names(view)
    measured = unit(each.hours for each in found)
    return PeriodWork(
        period=period,
        unit=measured,
        work=_work(found, topics, measured),
        items=len(found),
        names=names,
        judged=judged_elsewhere(workspace, period),
    )


def _worked(workspace: Workspace, period: Period) -> list[Worked]:
    """Return what took place in a period, all of it with a proposal."""
    with workspace.store.look() as view:
        found = computed.worked(view, period, workspace.now)
    without = {each.day for each in found if each.probability is None}
    if not without:
        return found
    propose_for(workspace, map(date.fromordinal, without))
    with workspace.store.look() as view:
        return computed.worked(view, period, workspace.now)


def _work(found: Iterable[Worked], topics: Mapping[str, TopicRow], measured: Unit) -> list[Work]:
    days: dict[int, date] = {}
    put = {key for key, row in topics.items() if row.pin and tells_work(key, row.title)}
    work = []
    for number, ordinal, hours, key, probability in found:
        if hours or measured is Unit.ITEMS:
            day = days.get(ordinal) or days.setdefault(ordinal, date.fromordinal(ordinal))
            row = topics[key]
            repeats, placed = row.first_seen < day, key in put
            work.append(Work(number, day, hours, key, row.title, row.workstream, repeats, placed, probability or 0.0))
    return work


def usual_repetition(workspace: Workspace, period: Period, items: int) -> float | None:
    """Return how much of a period with so many items would repeat, were the whole history in random order."""
    what = ("usual repetition", period, items)
    return while_computed(workspace, what, lambda tx: _usual(tx, workspace.today, period, items))


def while_computed(workspace: Workspace, what: Hashable, compute: Callable[[Transaction], _Kept]) -> _Kept:
    """Return what was computed before, or compute it if hours, grouping or proposals have changed since."""
    with workspace.store.look() as view:
        return workspace.memory.recall(stamp.stamp(view), what, lambda: compute(view))


def _usual(tx: Transaction, today: date, period: Period, items: int) -> float | None:
    sizes = {uses: float(uses * topics) for uses, topics in computed.sizes(tx).items()}
    whole = round(sum(sizes.values()))
    earlier = _earlier(tx, today, period.first, whole)
    return repetition.expected(sizes, whole, earlier + items // 2) if earlier else None


def _earlier(tx: Transaction, today: date, first: date, whole: int) -> int:
    """Return how many of all activities began before a day: counted from the end of the history that is nearer."""
    begun = computed.first_day(tx) or first
    is_early = first - begun < today - first
    return computed.count_before(tx, first) if is_early else whole - computed.count_since(tx, first)


def judged_elsewhere(workspace: Workspace, period: Period) -> dict[str, list[Judgement]]:
    """Return the judgements of each workstream in the order of their days, without those of the period's own audit."""
    said = read_said(workspace)
    held = said.audit_of(period)
    own = set(held.given.values()) if held else set()
    return _in_order(each for each in said.judgements if each not in own)


def judged_anywhere(workspace: Workspace) -> dict[str, list[Judgement]]:
    """Return all judgements of each workstream in the order of their days."""
    return _in_order(read_said(workspace).judgements)


def _in_order(said: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in sorted(said, key=lambda each: each.since):
        found[judgement.workstream].append(judgement)
    return found


def standing_on(day: date, said: Sequence[Judgement]) -> Judgement | None:
    """Return the judgement that stands on a day, of those of a workstream in the order of their days."""
    begun = [each for each in said if each.since <= day]
    return begun[-1] if begun else None


def propose_for(workspace: Workspace, days: Iterable[date]) -> None:
    """Propose for the months of some days."""
    months = [month(first.year, first.month) for first in sorted({day.replace(day=1) for day in days})]
    if workspace.hasty and len(months) > _MOST_IN_HASTE:
        raise TakesLong
    for number, each in enumerate(months):
        workspace.progress(f"proposals for {each.name}", number)
        propose(workspace, each)


def propose(workspace: Workspace, period: Period) -> None:
    """Propose for a month, and keep that.

    A month is always proposed for as a whole, and from what was answered in audits before it: so it does not matter in
    which order periods are looked at.
    """
    while True:  # until nothing was said or brought in meanwhile: nobody is kept from that by the computing
        with workspace.store.look() as view:
            before, known = _state(view), _known(view, workspace, period)
        found = known.proposals()
        with workspace.store.begin() as change:
            if _state(change) == before:
                proposals.put(change, found)
                return


def _state(tx: Transaction) -> tuple[int, int]:
    """Return what differs after anything was said or brought in."""
    return journal.latest(tx), sources.last_run(tx)


def _answers(tx: Transaction, workspace: Workspace) -> list[tuple[Period, dict[int, float]]]:
    """Return what was answered in each of the last audits: 1 growth, 0 depth, by the id of the activity."""
    found = []
    for held in judgements.audits(tx)[-EARLIER_AUDITS:]:
        given = {each.workstream: each.judgement for each in judgements.answers(tx, held.number) if each.judgement}
        done = computed.worked(tx, held.period, workspace.now) if given else []
        topics = {row.key: row.workstream for row in computed.topics(tx, {each.key for each in done})}
        values = ((each.activity, value_of(each.activity, given.get(topics[each.key]))) for each in done)
        found.append((held.period, {number: value for number, value in values if value is not None}))
    return found


def value_of(activity: int, judgement: Judgement | None, *, struck: bool = False) -> float | None:
    """Return 1 for growth and 0 for depth as a judgement says of an activity (its id); None where it says neither.

    What was struck out on the card is of the other value.
    """
    if judgement is None or judgement.value not in GROWS:
        return None
    value = GROWS[judgement.value]
    return 1.0 - value if struck or activity in judgement.exceptions else value


@dataclass(frozen=True, slots=True)
class _Known:
    """What a month is proposed for from: what is asked about, what came before, what was said of that, what is new."""

    asked: Sequence[Stored]
    earlier: Sequence[Stored]
    said: Mapping[int, float]
    new: Sequence[Activity]

    def proposals(self) -> dict[int, Proposal]:
        """Return the proposals by the id of their activity."""
        answers = {place: self.said[stored.id] for place, stored in enumerate(self.earlier) if stored.id in self.said}
        proposed = Scorer(_activities(self.earlier), _activities(self.asked), answers, self.new).proposals()
        return {stored.id: each for stored, each in zip(self.asked, proposed, strict=True)}


def _known(tx: Transaction, workspace: Workspace, period: Period) -> _Known:
    answers = _answers(tx, workspace)
    said = {id_: value for held, found in answers if held.last < period.first for id_, value in found.items()}
    latest = activities.latest_before(tx, period.first, REACH)
    told = activities.by_ids(tx, said.keys() - {stored.id for stored in latest})
    return _Known(_asked(tx, workspace, period), [*told, *latest], said, _named_new(tx, period))


def _named_new(tx: Transaction, period: Period) -> list[Activity]:
    """Return what the person named as new within a year of a period, in their words."""
    history = settings.history(tx, NAMED_NEW)
    if not history or not history[-1][1]:
        return []
    at, words = history[-1]
    if not period.first - NAMED_NEW_FOR <= at.date() <= period.last + NAMED_NEW_FOR:
        return []
    return [Activity(source="", account="", native_id="", line=0, kind=Kind.NOTE, title=words)]


def _asked(tx: Transaction, workspace: Workspace, period: Period) -> list[Stored]:
    """Return what has taken place by now in a period."""
    found = computed.worked(tx, period, workspace.now)
    return activities.by_ids(tx, [each.activity for each in found])


def _activities(found: Iterable[Stored]) -> list[Activity]:
    return [stored.activity for stored in found]
