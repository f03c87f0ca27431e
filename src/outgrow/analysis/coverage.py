"""Coverage: how much of the hours a person works is measured."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from outgrow.model.activity import Activity, Kind, Precision, State
from outgrow.model.period import Period

_WORKDAYS = 5
_YEAR = 366
_ABSENT = re.compile(
    r"\b(holidays?|vacation|annual leave|on leave|parental leave|pto|ooo|out of office|sick|sickness|day off|off sick|"
    r"bank holiday|urlaub|krank|feiertag|ferien|congés?|férié|vacances|vacaciones|festivo)\b"
)


def absences(activities: Iterable[Activity]) -> set[date]:
    """Return the days that whole-day events in a calendar call a holiday, leave or illness."""
    days: set[date] = set()
    for activity in activities:
        whole_day = activity.kind is Kind.MEETING and activity.precision is Precision.DAY
        held = activity.state in {State.DONE, State.PLANNED}
        if whole_day and held and activity.start and _ABSENT.search(activity.title.casefold()):
            days.update(_days(activity.start, activity.end or activity.start))
    return days


def _days(start: datetime, end: datetime) -> list[date]:
    """Return the days of a whole-day event; its end is the midnight after, or the last day itself; a year at most."""
    length = min(max(1, (end.date() - start.date()).days), _YEAR)
    return [date.fromordinal(min(start.toordinal() + n, date.max.toordinal())) for n in range(length)]


def working_hours(period: Period, weekly: float, days_off: AbstractSet[date] = frozenset()) -> float:
    """Return the hours a person who works `weekly` hours from Monday to Friday works in a period."""
    weeks, rest = divmod(period.days, 7)
    workdays = weeks * _WORKDAYS + sum((period.first.weekday() + n) % 7 < _WORKDAYS for n in range(rest))
    return weekly / _WORKDAYS * (workdays - _workdays_off(period, days_off))


def _workdays_off(period: Period, days_off: AbstractSet[date]) -> int:
    """Count the days off from Monday to Friday in a period: among its days or among those off, whichever are fewer."""
    days = map(date.fromordinal, range(period.first.toordinal(), period.last.toordinal() + 1))
    fewer = days_off if len(days_off) < period.days else days
    return sum(day.weekday() < _WORKDAYS for day in fewer if day in days_off and day in period)


def coverage(
    measured: Mapping[date, float], weekly: float, days_off: AbstractSet[date] = frozenset()
) -> dict[date, float]:
    """Return for each week (its Monday) the measured hours as a fraction of the working hours.

    Weeks without working hours are left out. More than 1 means that more was measured than the person says they work.
    """
    expected = {week: working_hours(_week(week), weekly, days_off) for week in measured}
    return {week: hours / expected[week] for week, hours in measured.items() if expected[week] > 0}


def _week(monday: date) -> Period:
    return Period(monday, date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal())))
