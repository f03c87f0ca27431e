"""Coverage: measured hours over working hours."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.coverage import absences, coverage, working_hours
from outgrow.model.activity import Activity, Kind, Precision, State
from outgrow.model.period import Period

MONDAY = date(2026, 5, 4)


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_by_week_less_the_days_off() -> None:
    off = {MONDAY, date(2026, 5, 9)}  # a Monday and a Saturday
    found = coverage({MONDAY: 16.0, date(2026, 5, 11): 50.0}, 40, off)
    assert found == pytest.approx({MONDAY: 0.5, date(2026, 5, 11): 1.25})


def test_a_week_without_work_has_no_coverage() -> None:
    off = {MONDAY + timedelta(days=n) for n in range(5)}
    assert coverage({MONDAY: 3.0}, 40, off) == {}
    assert coverage({MONDAY: 3.0}, 0) == {}


@pytest.mark.parametrize("week", [date.min, date.max - timedelta(days=date.max.weekday())])
def test_the_first_and_the_last_week_there_is(week: date) -> None:
    assert coverage({week: 40.0}, 40)[week] >= 1


def test_the_working_hours_of_a_month() -> None:
    assert working_hours(Period(date(2026, 5, 1), date(2026, 5, 31)), 40) == 21 * 8


@given(first=st.integers(0, 30), length=st.integers(1, 40), off=st.sets(st.integers(-5, 75).map(_day), max_size=20))
@settings(max_examples=50)
def test_working_hours_are_those_of_each_day_from_monday_to_friday_that_is_not_off(
    first: int, length: int, off: set[date]
) -> None:
    days = [_day(first + n) for n in range(length)]
    worked = [day for day in days if day.weekday() < 5 and day not in off]
    assert working_hours(Period(days[0], days[-1]), 40, off) == pytest.approx(8 * len(worked))


@pytest.mark.parametrize(
    ("title", "days"), [("Holiday", 3), ("Annual leave (Mira)", 3), ("Urlaub", 3), ("Sick", 3), ("Trade fair", 0)]
)
def test_whole_day_events_say_who_is_away(activity: Callable[..., Activity], title: str, days: int) -> None:
    midnight = datetime(2026, 5, 4, tzinfo=ZoneInfo("Europe/Berlin"))
    event = activity(title, midnight, kind=Kind.MEETING, precision=Precision.DAY, end=midnight + timedelta(days=3))
    assert absences([event]) == {MONDAY + timedelta(days=n) for n in range(days)}


def test_absences_that_are_no_whole_days_or_not_held_do_not_count(activity: Callable[..., Activity]) -> None:
    midnight = datetime(2026, 5, 4, tzinfo=ZoneInfo("Europe/Berlin"))
    off = activity("Holiday", midnight, kind=Kind.MEETING, precision=Precision.DAY, state=State.CANCELLED)
    planning = activity("Holiday planning", midnight, 30, kind=Kind.MEETING)
    entry = activity("Holiday", midnight, 480, precision=Precision.DAY)
    assert absences([off, planning, entry]) == set()


def test_the_last_day_there_is_ends_an_absence(activity: Callable[..., Activity]) -> None:
    last = datetime(9999, 12, 31, tzinfo=ZoneInfo("Europe/Berlin"))
    event = activity("Holiday", last, kind=Kind.MEETING, precision=Precision.DAY)
    assert absences([event]) == {date.max}
