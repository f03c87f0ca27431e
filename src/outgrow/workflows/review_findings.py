"""Gathers what the data say to a review, as far as anything is known of its period and the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.analysis.readiness import RowState
from outgrow.model.period import Period
from outgrow.model.review import ShareThen
from outgrow.model.share import Share
from outgrow.reports import traps as trap_words
from outgrow.reports.next_level import NextView, StepRow
from outgrow.reports.room import need
from outgrow.reports.verdict import VerdictView, WorkstreamLine
from outgrow.reviews.findings import Findings, Work, came_and_went
from outgrow.store import computed
from outgrow.workflows.choose_period import beside
from outgrow.workflows.choose_project import follow_ups_due
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.judged_work import judged_work, times_in
from outgrow.workflows.make_room import show_room
from outgrow.workflows.recount import recount
from outgrow.workflows.show_next import show_next
from outgrow.workflows.watch_traps import watch_traps
from outgrow.workflows.weigh_answers import read_told
from outgrow.workflows.workspace import TakesLong, Workspace

_MOST = 5
_MOST_GAPS = 15
_YEAR = timedelta(days=365)
_LEAST = timedelta(weeks=26)
_SLACK = timedelta(weeks=1)
_RECENT = timedelta(days=62)  # so long a period that has ended is looked back on as the latest


def find(workspace: Workspace, period: Period) -> Findings:
    """Return what the data say of a period; nothing where there is no work. Raises TakesLong in a hasty workspace."""
    recount(workspace)
    what = ("findings", period, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _find(workspace, period))


def open_gaps(workspace: Workspace) -> tuple[NextView, Sequence[StepRow]] | None:
    """Return the step that is set and its rows that are not shown yet, those without evidence first; None for none.

    What the person had no chance for yet is no gap.
    """
    view = show_next(workspace)
    if view is None:
        return None
    gaps = [row for state in (RowState.NO_EVIDENCE, RowState.BEGUN) for row in view.rows if row.state is state]
    return (view, gaps[:_MOST_GAPS]) if gaps else None


def _find(workspace: Workspace, period: Period) -> Findings:
    view = give_verdict(workspace, period)
    if not view.moved.items:
        return Findings()
    earlier = beside(workspace, period, -1)
    before = give_verdict(workspace, earlier) if earlier else None
    new: tuple[Work, ...] = ()
    gone: tuple[Work, ...] = ()
    if reaches_back := _reaches_back(workspace, period, earlier):
        known = times_in(workspace, _year_before(period.first))
        new, gone = came_and_went(_work(workspace, period), _work(workspace, earlier), known, _MOST)
    now = _Now.read(workspace) if period.after >= workspace.today - _RECENT else _Now()
    return Findings(
        hours=view.seen_hours,
        items=view.moved.items,
        share=_share(view),
        before=_share(before) if before else None,
        new=new,
        gone=gone,
        outgrown=view.progressed.outgrown,
        depth=tuple(map(_depth, view.moved.largest)),
        reaches_back=reaches_back,
        traps=now.traps,
        room=now.room,
        due=now.due,
    )


@dataclass(frozen=True, slots=True)
class _Now:
    """What is so today, whatever period is looked back on."""

    traps: tuple[str, ...] = ()
    room: str = ""
    due: tuple[str, ...] = ()

    @classmethod
    def read(cls, workspace: Workspace) -> "_Now":
        """Read it; room is left out where the proposals of a year are still to be computed."""
        return cls(
            traps=tuple(trap_words.name_of(each.kind) for each in watch_traps(workspace).told),
            room=_room(workspace),
            due=tuple(each.name for _, each in follow_ups_due(workspace)),
        )


def _room(workspace: Workspace) -> str:
    try:
        found = show_room(workspace.in_haste())
    except TakesLong:
        return ""
    return f"{need(found)} {found.plan.sentence}" if found.plan else ""


def _reaches_back(workspace: Workspace, period: Period, earlier: Period | None) -> bool:
    """Whether work is known from the first days of the period before on, and for long enough to call something new."""
    with workspace.store.look() as view:
        first = computed.first_day(view)
    if first is None or earlier is None:
        return False
    return first <= earlier.first + _SLACK and first + _LEAST <= period.first


def _share(view: VerdictView) -> ShareThen | None:
    """Return the share that a verdict tells; None where so little is behind it that it is not called."""
    return None if view.share is None or view.is_small else _range(view.share)


def _range(share: Share) -> ShareThen:
    return ShareThen(mean=share.mean, low=share.low, high=share.high)


def _work(workspace: Workspace, period: Period | None) -> Mapping[str, Work]:
    """Return the work of a period by the id of its workstream, without what was judged as no work."""
    if period is None:
        return {}
    done = judged_work(workspace, period, read_told(workspace), propose=False)
    sums = ((done.workstreams[number], spent, items) for number, spent, items in done.judged.kept().sums())
    return {id_: Work(done.name(id_), spent, items) for id_, spent, items in sums}


def _depth(line: WorkstreamLine) -> Work:
    return Work(line.name, line.hours, line.items)


def _year_before(day: date) -> Period:
    last = day - timedelta(days=1) if day > date.min else day
    return Period(last - _YEAR if last > date.min + _YEAR else date.min, last)
