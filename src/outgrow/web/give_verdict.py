"""The place that answers: progress or movement."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup, escape
from starlette.responses import Response

from outgrow.model.period import Period
from outgrow.model.share import Certainty
from outgrow.reports import verdict
from outgrow.reports.charts import coverage_by_week, felt_and_measured, hours_by_workstream, scale, share_over_time
from outgrow.reports.charts.chart import Chart
from outgrow.reports.charts.hours_by_workstream import HoursByWorkstream
from outgrow.reports.charts.scale import ScaleView
from outgrow.reports.verdict import VerdictView
from outgrow.reports.words import together
from outgrow.web.jobs import Job, State
from outgrow.web.visit import Route, Visit
from outgrow.workflows.choose_period import beside, latest_period
from outgrow.workflows.follow_coverage import follow_coverage
from outgrow.workflows.follow_share import ROLLING, follow_share
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.judged_work import read_work
from outgrow.workflows.next_action import with_next_action
from outgrow.workflows.recount import recount
from outgrow.workflows.say_feeling import FeltQuestion, NoFeeling, ask_feeling, compare_feeling, say_feeling
from outgrow.workflows.workspace import Workspace

_YEAR = timedelta(weeks=52)
_STALE = timedelta(days=21)
_ABOUT = re.compile("about (\\d+\N{NO-BREAK SPACE}%)")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows of a period as long as nothing new is imported or said."""

    view: VerdictView
    sentences: tuple[Markup, ...]
    reasons: tuple[str, ...]
    scale: Chart
    course: Chart
    streams: Chart
    coverage: Chart | None
    felt: Chart | None
    question: FeltQuestion | None
    earlier: Period | None
    later: Period | None
    waiting: int


def show(visit: Visit) -> Response:
    """Show the verdict of a period."""
    workspace = visit.workspace
    shown = _recall(workspace, visit.period)
    if shown.view.newest is None:
        return visit.go("start")
    if shown.waiting:
        _catch_up(visit)
    newest = shown.view.newest
    stale = newest is not None and workspace.today - newest > _STALE and not visit.desk.is_example
    return visit.page("verdict.html", here="verdict", shown=shown, levels=list(Certainty), stale=stale)


def look_ahead(workspace: Workspace) -> None:
    """Compute what the page shows first, before anybody asks; raises TakesLong where that is much."""
    _recall(workspace, latest_period(workspace))


def _recall(workspace: Workspace, period: Period) -> _Shown:
    recount(workspace)
    what = ("verdict", period, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _look(workspace, period))


def _look(workspace: Workspace, period: Period) -> _Shown:
    year = _year_to(min(period.last, workspace.today), period)
    read_work(workspace, _with_weeks_before(year, period.last))
    given = with_next_action(workspace, give_verdict(workspace, period))
    course = follow_share(workspace, year)
    felt, covered = compare_feeling(workspace, course), follow_coverage(workspace, year)
    view = replace(given, agreement=felt.agreement)
    point = view.certainty is not Certainty.EARLY
    return _Shown(
        view=view,
        sentences=tuple(map(_marked, verdict.sentences(view))),
        reasons=tuple(verdict.reasons(view)),
        scale=scale.draw(ScaleView(target=view.target, share=view.share, guess=view.guess, point=point)),
        course=share_over_time.draw(course),
        streams=hours_by_workstream.draw(HoursByWorkstream(view.unit, view.workstreams)),
        coverage=coverage_by_week.draw(covered) if covered.has_hours else None,
        felt=felt_and_measured.draw(felt) if felt.is_comparable else None,
        question=ask_feeling(workspace),
        earlier=beside(workspace, period, -1),
        later=_later(workspace, period),
        waiting=course.waiting,
    )


def _catch_up(visit: Visit) -> None:
    """Have what is missing computed in the background, unless that was stopped or went wrong."""
    job = visit.desk.kept.get("catching up")
    if not isinstance(job, Job) or job.state is State.DONE:
        visit.desk.kept["catching up"] = visit.desk.catch_up()


def _year_to(last: date, period: Period) -> Period:
    """Return the year up to a day, or the period itself where that is longer."""
    first = last - _YEAR if last > date.min + _YEAR else date.min
    return Period(min(first, period.first), max(last, period.first))


def _with_weeks_before(year: Period, last: date) -> Period:
    """Return all days that the page tells of: a window of weeks ends in the first of the year."""
    first = year.first - ROLLING * timedelta(weeks=1) if year.first > date.min + _YEAR else date.min
    return Period(first, max(last, year.last))


def _later(workspace: Workspace, period: Period) -> Period | None:
    later = beside(workspace, period, 1)
    return later if later and later.first <= workspace.today else None


def _marked(sentence: str) -> Markup:
    """Mark the estimate in a sentence, and keep numbers and their sign on one line."""
    safe = together(str(escape(sentence)))
    return Markup(_ABOUT.sub(r"about <em>\1</em>", safe))  # noqa: S704 - escaped above


def feel(visit: Visit) -> Response:
    """Keep how much progress a week felt like."""
    try:
        week, score = date.fromisoformat(visit.said("week")), int(visit.said("score"))
    except ValueError as error:
        message = "Choose a number from 1 to 5 for the week."
        raise NoFeeling(message) from error
    say_feeling(visit.workspace, week, score)
    return visit.go_back(tell=f"Kept: the week from {week.day} {week:%B} felt like {score} of 5.")


ROUTES = (Route("verdict", "/", show), Route("feel", "/felt", feel, "POST"))
