"""Follows week after week how much of the working hours was seen."""

from datetime import date, timedelta

from outgrow.analysis import coverage
from outgrow.model.period import Period
from outgrow.reports.charts.coverage_by_week import CoverageByWeek, WeekSeen
from outgrow.store import activities, computed, sources
from outgrow.workflows.follow_share import ended_weeks
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace


def follow_coverage(workspace: Workspace, period: Period) -> CoverageByWeek:
    """Return hours seen and working hours of the weeks that end within a period, from the first with any hours on."""
    recount(workspace)
    weeks = ended_weeks(workspace, period)
    with workspace.store.look() as view:
        seen = computed.hours_by_week(view)
        weeks = [monday for monday in weeks if seen and monday >= min(seen)]
    off = days_off(workspace, Period(weeks[0], weeks[-1] + timedelta(days=6))) if weeks else frozenset()
    weekly = workspace.settings.working_hours
    return CoverageByWeek(tuple(_week(monday, seen.get(monday, 0.0), weekly, off) for monday in weeks))


def days_off(workspace: Workspace, period: Period) -> frozenset[date]:
    """Return the days of a period, and around it, that a calendar calls a holiday, leave or illness."""
    with workspace.store.look() as view:
        imports = sources.last_run(view)
    return workspace.memory.recall(imports, ("days off", period), lambda: _days_off(workspace, period))


def _days_off(workspace: Workspace, period: Period) -> frozenset[date]:
    with workspace.store.look() as view:
        return frozenset(coverage.absences(each.activity for each in activities.whole_days(view, period)))


def _week(monday: date, seen: float, weekly: float, off: frozenset[date]) -> WeekSeen:
    whole = Period(monday, monday + timedelta(days=6))
    return WeekSeen(monday, seen, coverage.working_hours(whole, weekly, off))
