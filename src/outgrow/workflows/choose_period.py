"""Chooses the period a person means: by their words, or most likely when they name none."""

from datetime import date, datetime, time, timedelta

from outgrow.model.period import Period
from outgrow.store import computed, worked
from outgrow.store.database import Transaction
from outgrow.workflows.periods import month, parse_period
from outgrow.workflows.workspace import Workspace

#: The first number of an audit needs so many answers.
_KINDS = 8
_LONGER_DAYS = (90, 365)
_WHOLE_MONTHS = len("2026-Q3")  # the longest word for whole months; others say both their days


def named_period(workspace: Workspace, words: str) -> Period:
    """Return the period the person's words name, by their own date and week; raises UnknownPeriod."""
    return parse_period(words, workspace.today, workspace.settings.week_start)


def beside(workspace: Workspace, period: Period, steps: int) -> Period | None:
    """Return the period of the same kind so many steps later (or earlier, below 0); None beyond the calendar."""
    try:
        if len(period.words) > _WHOLE_MONTHS:
            days = timedelta(days=steps * period.days)
            other = Period(period.first + days, period.last + days)
        else:
            months = round(period.days / 30.4)
            first = period.first.year, period.first.month + steps * months
            other = Period(month(*first).first, month(first[0], first[1] + months - 1).last)
    except (ValueError, OverflowError):
        return None
    return named_period(workspace, other.words)


def latest_period(workspace: Workspace) -> Period:
    """Return the last whole month with work; this month where the work began in it; last month where there is none.

    Where that month holds too few kinds of work for a first audit, it is the 90 days that end with it, or the year.
    """
    this, last = (month(workspace.today.year, workspace.today.month - back) for back in (0, 1))
    begin = datetime.combine(this.first, time(), workspace.now.tzinfo) - timedelta(microseconds=1)
    with workspace.store.look() as view:
        earlier, latest = computed.last_day(view, begin), computed.last_day(view, workspace.now)
        if latest is not None and latest in this and (earlier is None or earlier not in last):
            return this
        chosen = _with_enough(view, month(earlier.year, earlier.month)) if earlier else last
    return named_period(workspace, chosen.words)


def _with_enough(view: Transaction, chosen: Period) -> Period:
    """Return the shortest period that ends with a month and holds enough kinds of work; the month where none does."""
    for days in (chosen.days, *_LONGER_DAYS):
        longer = Period(date.fromordinal(max(1, chosen.last.toordinal() - days + 1)), chosen.last)
        if worked.kinds(view, longer) >= _KINDS:
            return longer
    return max(chosen, longer, key=lambda each: worked.kinds(view, each))
