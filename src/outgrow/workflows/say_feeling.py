"""Keeps how much progress a week felt like, and sets that beside what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from outgrow.analysis import feeling
from outgrow.model.fault import Fault
from outgrow.model.period import Period, monday
from outgrow.reports.charts.felt_and_measured import SCORES, FeltAndMeasured, FeltWeek
from outgrow.reports.charts.share_over_time import ShareOverTime, WeekShare
from outgrow.reports.verdict import VerdictView
from outgrow.store import computed, journal, judgements
from outgrow.workflows.follow_share import follow_share
from outgrow.workflows.workspace import Workspace

_YEAR = timedelta(weeks=52)
_WEEK = timedelta(weeks=1)
_TO_SUNDAY = timedelta(days=6)


class NoFeeling(Fault):
    """What was said is no feeling of a week that has been."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class FeltQuestion:
    """The last week that has ended, and what was said of it so far: 1 to 5, or None."""

    week: Period
    said: int | None


def ask_feeling(workspace: Workspace) -> FeltQuestion | None:
    """Return the question for the last week that has ended; None where no work of it is known."""
    first = monday(workspace.today) - _WEEK
    ended = Period(first, first + _TO_SUNDAY)
    with workspace.store.look() as view:
        worked = computed.worked(view, ended, workspace.now)
        said = judgements.felt(view).get(first)
    return FeltQuestion(ended, said) if worked else None


def say_feeling(workspace: Workspace, week: date, score: int) -> None:
    """Keep how much progress a week (its Monday) felt like, 1 none to 5 much. Raises NoFeeling."""
    if score not in SCORES:
        message = f"A feeling is a number from {SCORES[0]} to {SCORES[-1]}, not {score}."
        raise NoFeeling(message)
    if week != monday(week) or not _has_been(workspace, week):
        message = f"{week} is not the Monday of a week that has been, since the year of the first work that is known."
        raise NoFeeling(message)
    with workspace.store.begin() as change:
        judgements.feel(change, week, score, journal.moment(change, workspace.now))


def _has_been(workspace: Workspace, week: date) -> bool:
    """Whether a week has begun, and not before the year of the first work that is known."""
    if week > monday(workspace.today):
        return False
    with workspace.store.look() as view:
        first = computed.first_day(view)
    return first is not None and first.year <= (week + _TO_SUNDAY).year


def compare_feeling(workspace: Workspace, course: ShareOverTime) -> FeltAndMeasured:
    """Set how weeks felt beside the share measured in them."""
    with workspace.store.look() as view:
        felt = judgements.felt(view)
    weeks = tuple(_both(course.weeks, felt))
    agreed = feeling.agreement([each.felt for each in weeks], [each.measured for each in weeks])
    return FeltAndMeasured(course.target, weeks, agreed)


def with_feeling(workspace: Workspace, view: VerdictView) -> VerdictView:
    """Return a verdict with how felt and measured agree over the year up to it; nothing is computed for few weeks."""
    last = min(view.period.last, workspace.today)
    year = Period(min(view.period.first, last - _YEAR if last > date.min + _YEAR else date.min), last)
    with workspace.store.look() as tx:
        felt = sum(week in year for week in judgements.felt(tx))
    if felt < feeling.LEAST_WEEKS:
        return view
    return replace(view, agreement=compare_feeling(workspace, follow_share(workspace, year)).agreement)


def _both(weeks: Iterable[WeekShare], felt: dict[date, int]) -> Iterable[FeltWeek]:
    for week in weeks:
        if week.own is not None and week.monday in felt:
            yield FeltWeek(week.monday, felt[week.monday], week.own)
