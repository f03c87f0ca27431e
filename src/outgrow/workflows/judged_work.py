"""Gathers the work of any period, of years too, with what was said of it: verdict and course rest on the same."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import nan

from outgrow.analysis import columns
from outgrow.analysis.columns import Columns, Judged, Stand, Topic
from outgrow.analysis.grouping import tells_work
from outgrow.model.judgement import Judgement, Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.store import computed, worked, workstreams
from outgrow.store.computed import TopicRow
from outgrow.workflows.period_work import GROWS, judged_elsewhere, propose_for, standing_on, while_computed
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
    with workspace.store.look() as view:
        work = Columns.of(worked.rows(view, period))
        return _Read(period, work, worked.topics(view, work.topics))


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
