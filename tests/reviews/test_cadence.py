"""Which period is looked back on, and which review waits."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.config import WeekStart
from outgrow.model.period import Period
from outgrow.model.review import Cadence
from outgrow.reviews.cadence import Held, latest, monday_of, next_end, period_around, waiting

DAYS = st.dates(date(1980, 1, 1), date(2090, 12, 31))
ANY = (st.sampled_from(Cadence), DAYS, st.sampled_from(WeekStart))


@settings(max_examples=150)
@given(*ANY)
def test_periods_of_a_cadence_tile_the_calendar(cadence: Cadence, day: date, start: WeekStart) -> None:
    period = period_around(cadence, day, start)
    assert day in period
    assert period_around(cadence, period.first, start) == period == period_around(cadence, period.last, start)
    after = period_around(cadence, period.after, start)
    assert after.first == period.after
    if cadence is Cadence.WEEK:
        assert period.days == 7
        assert f"{period.first:%A}".lower() == start


@settings(max_examples=150)
@given(*ANY)
def test_the_latest_period_has_ended_or_is_a_week_towards_its_end(
    cadence: Cadence, day: date, start: WeekStart
) -> None:
    period = latest(cadence, day, start)
    assert period.first <= day
    assert period.last < day or (cadence is Cadence.WEEK and (day - period.first).days >= 4)
    later = period_around(cadence, period.after, start)
    assert later.last >= day, "there is none after it that has ended"


@settings(max_examples=150)
@given(*ANY, st.integers(0, 800))
def test_a_commitment_runs_until_a_day_that_is_still_to_come(
    cadence: Cadence, today: date, start: WeekStart, back: int
) -> None:
    period = period_around(cadence, today - timedelta(days=back), start)
    due = next_end(cadence, period, today, start)
    assert due > today
    assert due > period.last
    assert due == period_around(cadence, due, start).last


@pytest.mark.parametrize("start", WeekStart)
def test_a_week_has_one_monday(start: WeekStart) -> None:
    week = period_around(Cadence.WEEK, date(2026, 10, 7), start)
    monday = monday_of(week)
    assert monday.weekday() == 0
    assert monday in week


TODAY = date(2026, 11, 4)


def test_nothing_waits_where_nothing_is_known() -> None:
    assert waiting([], None, TODAY, WeekStart.MONDAY) == []


def test_what_nothing_is_known_of_does_not_wait() -> None:
    known = waiting([], date(2026, 10, 30), TODAY, WeekStart.MONDAY)
    assert [each.cadence for each in known] == [Cadence.WEEK, Cadence.MONTH]


def test_what_was_held_does_not_wait_and_what_was_begun_goes_on() -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
    third = Period(date(2026, 7, 1), date(2026, 9, 30))
    held = [Held(Cadence.MONTH, october, ended=True), Held(Cadence.QUARTER, third, ended=False)]
    found = {each.cadence: each.begun for each in waiting(held, date(2020, 1, 1), TODAY, WeekStart.MONDAY)}
    assert found == {Cadence.WEEK: False, Cadence.QUARTER: True, Cadence.YEAR: False}


def test_reviews_that_were_not_held_do_not_pile_up() -> None:
    found = waiting([], date(1990, 1, 1), TODAY, WeekStart.MONDAY)
    assert len(found) == len(Cadence)
