"""The periods that reviews look back on, and which of them waits for its review."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.config import WeekStart
from outgrow.model.period import Period
from outgrow.model.review import Cadence

_DAYS = 7
_FIRST_DAYS = {WeekStart.MONDAY: 0, WeekStart.SATURDAY: 5, WeekStart.SUNDAY: 6}
_MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.YEAR: 12}
#: A week is looked back on from its fifth day on, when most of its work is done; all else once it has ended.
_FROM_DAY = 5


def period_around(cadence: Cadence, day: date, week_start: WeekStart) -> Period:
    """Return the period of a cadence that a day lies in: a week as the person's weeks begin, or of the calendar.

    Raises OverflowError or ValueError where the calendar has no such whole period.
    """
    if cadence is Cadence.WEEK:
        first = day - timedelta(days=(day.weekday() - _FIRST_DAYS[week_start]) % _DAYS)
        return Period(first, first + timedelta(days=_DAYS - 1))
    months = _MONTHS[cadence]
    month = (day.month - 1) // months * months + 1
    last = month + months - 1
    return Period(date(day.year, month, 1), date(day.year, last, calendar.monthrange(day.year, last)[1]))


def latest(cadence: Cadence, today: date, week_start: WeekStart) -> Period:
    """Return the last period that can be looked back on: the last one that has ended, or a week towards its end."""
    now = period_around(cadence, today, week_start)
    if cadence is Cadence.WEEK and (today - now.first).days >= _FROM_DAY - 1:
        return now
    return period_around(cadence, now.first - timedelta(days=1), week_start)


def next_end(cadence: Cadence, period: Period, today: date, week_start: WeekStart) -> date:
    """Return the last day of the first period after one that has not ended by today: until then a commitment runs."""
    later = period_around(cadence, max(period.after, today), week_start)
    if later.last <= today:
        later = period_around(cadence, later.after, week_start)
    return later.last


def monday_of(week: Period) -> date:
    """Return the one Monday in a week, however it begins: how weeks felt is kept by it."""
    return week.first + timedelta(days=-week.first.weekday() % _DAYS)


@dataclass(frozen=True, slots=True)
class Held:
    """A review that was begun: what it looks back on, and whether it has ended."""

    cadence: Cadence
    period: Period
    ended: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A review that can be held now: `begun` where it was and has not ended."""

    cadence: Cadence
    period: Period
    begun: bool


def waiting(held: Collection[Held], known_since: date | None, today: date, week_start: WeekStart) -> list[Waiting]:
    """Return the reviews that wait, by cadence, the shortest first.

    One waits for the latest period of its cadence that anything is known of (from the day of the first work or
    statement on) and that no review has ended. Earlier ones that were not held do not wait: they are gone, and that
    is well. One that was begun for its latest period goes on.
    """
    found = []
    for cadence in Cadence:
        period = latest(cadence, today, week_start)
        same = [each for each in held if each.cadence is cadence and _is(each.period, period)]
        if known_since is not None and known_since <= period.last and not any(each.ended for each in same):
            found.append(Waiting(cadence, period, bool(same)))
    return found


def _is(one: Period, other: Period) -> bool:
    """Whether two periods have the same days, whatever they are called."""
    return (one.first, one.last) == (other.first, other.last)
