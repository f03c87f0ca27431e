"""Gathers the work of any period, of years too, with what was said of it: verdict and course rest on the same."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import nan

from outgrow.analysis import columns
from outgrow.analysis.columns import Columns, Judged, Stand, Topic
from outgrow.analysis.grouping import tells_work
from outgrow.model.judgement import Judgement, Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.store import computed, months, stamp, worked, workstreams
from outgrow.store.computed import TopicRow
from outgrow.workflows.period_work import GROWS, judged_elsewhere, propose_for, standing_on, while_computed
from outgrow.workflows.periods import month
from outgrow.workflows.weigh_answers import Told
from outgrow.workflows.workspace import Workspace

_MOST_SPANS = 4


@dataclass(frozen=True, slots=True)
class JudgedWork:
    """What was done in a period, and what stands for it. Where the unit is hours, only what has hours is in `judged`.

    `items` counts all. `workstreams` are by the numbers that `judged` calls them by, `titles` those of the topics,
    `waiting` the days with work that has no proposals yet, which happens where none were asked for.
    """

    period: Period
    unit: Unit
    judged: Judged
    items: int
    workstreams: Sequence[str]
    titles: Mapping[int, str]
    names: Mapping[str, str]
    waiting: frozenset[date]

    def name(self, workstream: str) -> str:
        """Return what a workstream is called."""
        return self.names.get(workstream, workstream)


@dataclass(frozen=True, slots=True)
class _Read:
    """The activities of some days and their topics, as long as nothing computed has changed."""

    days: Period
    work: Columns
    topics: Mapping[int, TopicRow]


@dataclass(frozen=True, slots=True)
class _Names:
    """What workstreams are called, and the topic keys that the person has put into one."""

    names: Mapping[str, str]
    pinned: Collection[str]


def _read_names(workspace: Workspace) -> _Names:
    with workspace.store.look() as view:
        names = computed.workstream_names(view) | workstreams.names(view)
        return _Names(names, workstreams.pins(view).keys())


def judged_work(workspace: Workspace, period: Period, told: Told, *, propose: bool = True) -> JudgedWork:
    """Return the work of a period that has begun by now; what is computed has to be up to date (see recount).

    Without `propose`, which may take long for years of work, what has no proposals yet is told in `waiting`.
    """
    read = read_work(workspace, period)
    if propose and read.work.without_proposal:
        propose_for(workspace, map(date.fromordinal, read.work.without_proposal))
        read = read_work(workspace, period)
    said = workspace.memory.recall(workspace.store.state(), "names", lambda: _read_names(workspace))
    streams = list(dict.fromkeys(row.workstream for row in read.topics.values()))
    unit = Unit.HOURS if read.work.hours.any() else Unit.ITEMS
    return JudgedWork(
        period=period,
        unit=unit,
        judged=_judge(workspace, read, streams, said.pinned, told),
        items=len(read.work.id),
        workstreams=streams,
        titles={number: row.title for number, row in read.topics.items()},
        names=said.names,
        waiting=frozenset(map(date.fromordinal, read.work.without_proposal)),
    )


def read_work(workspace: Workspace, period: Period) -> _Read:
    """Read the work of a period, at most once while nothing computed changes; periods within it are then there, too."""
    spans: list[_Read] = while_computed(workspace, ("columns", workspace.today), lambda _: [])
    whole = next((each for each in spans if each.days.first <= period.first and period.last <= each.days.last), None)
    if whole is None:
        whole = _read(workspace, period)
        spans[_MOST_SPANS - 1 :] = []
        spans.insert(0, whole)
    work = whole.work.between(period.first.toordinal(), period.last.toordinal())
    return replace(whole, days=period, work=work)


def times_in(workspace: Workspace, period: Period) -> Counter[str]:
    """Return how many activities each workstream has in a period."""
    read, times = read_work(workspace, period), Counter[str]()
    for topic, number in read.work.times():
        times[read.topics[topic].workstream] += number
    return times


def _read(workspace: Workspace, period: Period) -> _Read:
    """Read whole months; those that are not kept in packed form are then kept so, once they have all proposals."""
    whole = Period(period.first.replace(day=1), month(period.last.year, period.last.month).last)
    with workspace.store.look() as view:
        kept, seen = months.read(view, whole), stamp.stamp(view)
        read = {
            first: part.packed()
            for gap in _gaps(whole, kept)
            for first, part in _by_month(Columns.of(worked.rows(view, gap)))
        }
        work = Columns.unpacked([part for _, part in sorted((kept | read).items())])
        found = _Read(whole, work, worked.topics(view, work.topics))
    waiting = {date.fromordinal(day).replace(day=1) for day in work.without_proposal}
    _keep(workspace, seen, {first: part for first, part in read.items() if first not in waiting})
    return found


def _gaps(whole: Period, kept: Iterable[date]) -> Iterator[Period]:
    """Return the days between months that are kept, which are in order."""
    begin = whole.first.toordinal()
    for first in kept:
        if begin < first.toordinal():
            yield Period(date.fromordinal(begin), first - timedelta(days=1))
        begin = month(first.year, first.month).last.toordinal() + 1
    if begin <= whole.last.toordinal():
        yield Period(date.fromordinal(begin), whole.last)


def _by_month(work: Columns) -> Iterator[tuple[date, Columns]]:
    """Return the work of each month there is, with its first day."""
    for first in sorted({date.fromordinal(day).replace(day=1) for day in work.days}):
        last = month(first.year, first.month).last
        yield first, work.between(first.toordinal(), last.toordinal())


def _keep(workspace: Workspace, seen: int | None, found: Mapping[date, bytes]) -> None:
    """Keep the work of months, unless something computed has changed since it was seen, or that cannot be told."""
    if seen is not None and found:
        with workspace.store.begin() as change:
            if stamp.stamp(change) == seen:
                months.put(change, found)


def _judge(workspace: Workspace, read: _Read, streams: Sequence[str], pinned: Collection[str], told: Told) -> Judged:
    numbers = {name: number for number, name in enumerate(streams)}
    said = judged_elsewhere(workspace, read.days)
    struck = told.struck_topics(lambda name: standing_on(read.days.last, said.get(name, ())))
    topics = {
        number: Topic(
            numbers[row.workstream],
            row.first_seen.toordinal(),
            row.key in pinned and tells_work(row.key, row.title),
            row.key in struck,
        )
        for number, row in read.topics.items()
    }
    stands = [_stand(numbers[name], each) for name, some in said.items() if name in numbers for each in some]
    given = {work.id: value for work, value in told.answers}
    return columns.judge(read.work.measured(), topics, stands, given)


def _stand(workstream: int, said: Judgement) -> Stand:
    value = GROWS.get(said.value, nan)
    return Stand(workstream, said.since.toordinal(), value, said.value is Value.OUTSIDE, said.exceptions)
