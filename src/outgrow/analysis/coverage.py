"""Coverage: how much of the hours a person works is measured."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

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


def working_hours(period: Period, weekly: float, days_off: Collection[date] = frozenset()) -> float:
    """Return the hours a person who works `weekly` hours from Monday to Friday works in a period."""
    days = (period.first + timedelta(days=n) for n in range(period.days))
    return weekly / _WORKDAYS * sum(day.weekday() < _WORKDAYS and day not in days_off for day in days)


def coverage(
    measured: Mapping[date, float], weekly: float, days_off: Collection[date] = frozenset()
) -> dict[date, float]:
    """Return for each week (its Monday) the measured hours as a fraction of the working hours.

    Weeks without working hours are left out. More than 1 means that more was measured than the person says they work.
    """
    expected = {week: working_hours(_week(week), weekly, days_off) for week in measured}
    return {week: hours / expected[week] for week, hours in measured.items() if expected[week] > 0}


def _week(monday: date) -> Period:
    return Period(monday, date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal())))
