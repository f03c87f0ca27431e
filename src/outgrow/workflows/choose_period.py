"""Chooses the period a person means: by their words, or most likely when they name none."""

from datetime import datetime, time, timedelta

from outgrow.model.period import Period
from outgrow.store import computed
from outgrow.workflows.periods import month, parse_period
from outgrow.workflows.workspace import Workspace


def named_period(workspace: Workspace, words: str) -> Period:
    """Return the period the person's words name, by their own date and week; raises UnknownPeriod."""
    return parse_period(words, workspace.today, workspace.settings.week_start)


def latest_period(workspace: Workspace) -> Period:
    """Return the last whole month with work; this month where the work began in it; last month where there is none."""
    this, last = (month(workspace.today.year, workspace.today.month - back) for back in (0, 1))
    begin = datetime.combine(this.first, time(), workspace.now.tzinfo) - timedelta(microseconds=1)
    with workspace.store.look() as view:
        earlier, latest = computed.last_day(view, begin), computed.last_day(view, workspace.now)
    if latest is not None and latest in this and (earlier is None or earlier not in last):
        return this
    return month(earlier.year, earlier.month) if earlier else last
