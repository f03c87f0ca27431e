"""Periods the way people say them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.config import WeekStart
from outgrow.model.period import Period
from outgrow.workflows.periods import UnknownPeriod, parse_day, parse_period

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("last month", "2025-12-01", "2025-12-31"),
        ("This  Month", "2026-01-01", "2026-01-31"),
        ("last week", "2026-01-05", "2026-01-11"),
        ("last quarter", "2025-10-01", "2025-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026q1", "2026-01-01", "2026-03-31"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("since 2025-11-01", "2025-11-01", "2026-01-15"),
        ("2025-11-01..2025-11-30", "2025-11-01", "2025-11-30"),
        ("2025-11-01 to 2025-11-30", "2025-11-01", "2025-11-30"),
        ("last 90 days", "2025-10-18", "2026-01-15"),
        ("last 12 months", "2025-01-16", "2026-01-15"),
        ("last 10 years", "2016-01-16", "2026-01-15"),
        ("October", "2025-10-01", "2025-10-31"),
        ("january", "2026-01-01", "2026-01-31"),
        ("Oct 2024", "2024-10-01", "2024-10-31"),
        ("yesterday", "2026-01-14", "2026-01-14"),
        ("week 1 of 2026", "2025-12-29", "2026-01-04"),
        ("quarter 3 of 2025", "2025-07-01", "2025-09-30"),
        ("1 November 2025 to 30 Nov 2025", "2025-11-01", "2025-11-30"),
        ("5 october 2025", "2025-10-05", "2025-10-05"),
    ],
)
def test_periods(words: str, first: str, last: str) -> None:
    period = parse_period(words, TODAY)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize(
    "words", ["", "soon", "2026-13", "2026-Q5", "2026-W60", "2026-02-30", "since 2027-01-01", "0000"]
)
def test_what_is_no_period_says_what_would_be(words: str) -> None:
    with pytest.raises(UnknownPeriod, match="for example"):
        parse_period(words, TODAY)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2026-13", "'2026-13' is not in the calendar."),
        ("2026-02-30", "'2026-02-30' is not in the calendar."),
        ("31 to 30 February 2026", "'31 to 30 February 2026' is not in the calendar."),
        ("31 to 2026-02-03", "'31 to 2026-02-03' is not in the calendar."),
        ("last 9999 years", "'last 9999 years' is not in the calendar."),
        ("last 0 days", "'last 0 days' is no period I know."),
        ("since 2027-01-01", "A period from 1 January 2027 cannot end on 15 January 2026."),
        ("2026-01-05..2026-01-01", "A period from 5 January 2026 cannot end on 1 January 2026."),
        ("x" * 1000, f"'{'x' * 60}' is no period I know."),
    ],
)
def test_what_is_no_period_is_said_in_plain_words(words: str, said: str) -> None:
    with pytest.raises(UnknownPeriod) as told:
        parse_period(words, TODAY)
    assert str(told.value).startswith(f"{said} Say for example ")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("yesterday", "14 January 2026"),
        ("2026-01-14", "14 January 2026"),
        ("this week", "week 3 of 2026"),
        ("2026-01-12..2026-01-18", "week 3 of 2026"),
        ("2026-W03", "week 3 of 2026"),
        ("2025-12-01..2026-01-14", "1 December 2025 to 14 January 2026"),
        ("2025-12-01..2025-12-09", "1 to 9 December 2025"),
        ("2025-11-01..2025-12-09", "1 November to 9 December 2025"),
        ("2026-Q3", "quarter 3 of 2026"),
        ("2026-01", "January 2026"),
    ],
)
def test_periods_are_named_in_one_style(words: str, name: str) -> None:
    assert parse_period(words, TODAY).name == name


@given(st.text(max_size=30))
def test_any_words_give_a_period_or_a_clear_error(words: str) -> None:
    with suppress(UnknownPeriod):
        assert parse_period(words, TODAY).days >= 1


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-01-15"),
        ("Monday", "2026-01-12"),
        ("thursday", "2026-01-15"),
        ("2026-01-02", "2026-01-02"),
        ("2.1.2026", "2026-01-02"),
    ],
)
def test_days(words: str, day: str) -> None:
    assert str(parse_day(words, TODAY)) == day


@pytest.mark.parametrize(
    ("start", "words", "first", "last"),
    [
        (WeekStart.MONDAY, "this week", "2026-01-12", "2026-01-18"),
        (WeekStart.SUNDAY, "this week", "2026-01-11", "2026-01-17"),
        (WeekStart.SUNDAY, "last week", "2026-01-04", "2026-01-10"),
        (WeekStart.SATURDAY, "this week", "2026-01-10", "2026-01-16"),
    ],
)
def test_weeks_begin_where_the_person_says(start: WeekStart, words: str, first: str, last: str) -> None:
    period = parse_period(words, TODAY, start)
    assert (str(period.first), str(period.last)) == (first, last)


def test_numbered_weeks_begin_on_monday_for_everybody() -> None:
    assert str(parse_period("2026-W02", TODAY, WeekStart.SUNDAY).first) == "2026-01-05"


def test_a_week_is_no_day() -> None:
    with pytest.raises(UnknownPeriod, match="no day"):
        parse_day("last week", TODAY)


@given(st.dates(), st.dates())
def test_a_period_can_be_named_anew(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    again = parse_period(period.words, TODAY)
    by_name = parse_period(again.name, TODAY)
    assert (again.first, again.last) == (by_name.first, by_name.last) == (period.first, period.last)


@pytest.mark.parametrize("words", ["2026-10", "2026-Q3", "2024", "9998-12", "0001-02"])
def test_a_month_a_quarter_and_a_year_keep_their_names(words: str) -> None:
    assert parse_period(words, TODAY).words == words
