"""Follows the growth share week after week: each week's own, and that of the four weeks up to it with its range."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise

from outgrow.analysis import rolling
from outgrow.analysis.rolling import Window
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.reports.charts.share_over_time import Event, Rolled, ShareOverTime, WeekShare
from outgrow.store import computed
from outgrow.store.judgements import Audit
from outgrow.workflows.judged_work import JudgedWork, judged_work
from outgrow.workflows.period_work import judged_elsewhere
from outgrow.workflows.read_said import read_said
from outgrow.workflows.recount import recount
from outgrow.workflows.weigh_answers import read_calibration, read_told
from outgrow.workflows.workspace import Workspace

#: A single week says little: the share is told over so many.
ROLLING = 4
_REACHES = (1, ROLLING)
#: With less than this part of a usual week, or fewer items than that, there is too little to tell a share of.
_ENOUGH = 0.25
_ENOUGH_ITEMS = 2
_WEEK = timedelta(weeks=1)


def follow_share(workspace: Workspace, period: Period) -> ShareOverTime:
    """Return the share in the weeks that end within a period, as far as it has gone.

    Nothing is proposed for here, which may take long: weeks whose proposals are still to be computed are left open.
    """
    recount(workspace)
    weeks = ended_weeks(workspace, period)
    if not weeks:
        return ShareOverTime(period=period, target=workspace.settings.target, unit=Unit.HOURS, weeks=())
    earlier = [weeks[0] - _WEEK * back for back in range(ROLLING - 1, 0, -1) if weeks[0] > date.min + ROLLING * _WEEK]
    shown = Period(earlier[0] if earlier else weeks[0], weeks[-1] + timedelta(days=6))
    done = judged_work(workspace, shown, read_told(workspace), propose=False)
    audits = [held.audit for held in read_said(workspace).audits if held.given]
    return ShareOverTime(
        period=period,
        target=workspace.settings.target,
        unit=done.unit,
        weeks=tuple(_shares(workspace, done, [*earlier, *weeks], [each.period for each in audits])[len(earlier) :]),
        events=_events(workspace, done, audits, Period(weeks[0], weeks[-1] + timedelta(days=6))),
        waiting=len({_monday(day) for day in done.waiting} & set(weeks)),
    )


def ended_weeks(workspace: Workspace, period: Period) -> list[date]:
    """Return the Mondays of the weeks that end within a period and have ended, from the first with any work on."""
    with workspace.store.look() as view:
        begun = computed.first_day(view)
    if begun is None or begun > period.last:
        return []
    first, last = _monday(max(period.first, begun)), min(period.last, workspace.today)
    return [first + _WEEK * number for number in range(((last - first).days + 1) // 7)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _shares(
    workspace: Workspace, done: JudgedWork, weeks: Sequence[date], audits: Collection[Period]
) -> list[WeekShare]:
    usual = _ENOUGH_ITEMS if done.unit is Unit.ITEMS else _ENOUGH * workspace.settings.working_hours
    waiting = {(day - weeks[0]).days // 7 for day in done.waiting}
    known = read_calibration(workspace)
    windows = rolling.shares(done.judged.kept(), weeks[0].toordinal(), len(weeks), _REACHES, known)
    single, rolled = (_enough(each, reach, usual, waiting) for each, reach in zip(windows, _REACHES, strict=True))
    together = zip(weeks, single, rolled, strict=True)
    return [_share(monday, own, window, audited=_is_audited(monday, audits)) for monday, own, window in together]


def _enough(windows: Sequence[Window], reach: int, usual: float, waiting: set[int]) -> list[Window | None]:
    """Leave out the windows that too little work stands behind, or some that has no proposals yet."""
    return [
        window if window.hours >= reach * usual and waiting.isdisjoint(range(n + 1 - reach, n + 1)) else None
        for n, window in enumerate(windows)
    ]


def _share(monday: date, own: Window | None, window: Window | None, *, audited: bool) -> WeekShare:
    rolled = Rolled(window.mean, window.low, window.high) if window else None
    return WeekShare(monday=monday, own=own.mean if own else None, rolled=rolled, audited=audited)


def _is_audited(monday: date, audits: Collection[Period]) -> bool:
    """Whether an audit asked about the greater part of a week."""
    return any(monday + timedelta(days=3) in each for each in audits)


def _events(workspace: Workspace, done: JudgedWork, audits: Sequence[Audit], shown: Period) -> tuple[Event, ...]:
    """Return the first audit, and the last workstream that was outgrown."""
    first = [Event(each.started.date(), "first audit") for each in audits[:1]]
    outgrown = [
        Event(later.since, f"outgrown: {done.name(name)}")
        for name, said in judged_elsewhere(workspace, done.period).items()
        for before, later in pairwise(said)
        if before.value is Value.GROWTH and later.value is Value.DEPTH
    ]
    latest = sorted(outgrown, key=lambda each: (each.day, each.words))[-1:]
    return tuple(each for each in [*first, *latest] if each.day in shown)
