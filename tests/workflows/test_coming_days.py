"""Days and times that lie ahead."""

from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.workflows.coming_days import moment, parse_clock, parse_coming_day
from outgrow.workflows.periods import UnknownPeriod

TODAY = date(2026, 10, 7)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-10-07"),
        ("Tomorrow", "2026-10-08"),
        ("friday", "2026-10-09"),
        ("next friday", "2026-10-09"),
        ("wednesday", "2026-10-14"),
        ("on mon", "2026-10-12"),
        ("in 3 days", "2026-10-10"),
        ("in a week", "2026-10-14"),
        ("in 2 weeks", "2026-10-21"),
        ("in 1 month", "2026-11-07"),
        ("2026-12-04", "2026-12-04"),
        ("4 December", "2026-12-04"),
        ("6 october", "2027-10-06"),
        ("4 December 2027", "2027-12-04"),
        ("31.12.2026", "2026-12-31"),
    ],
)
def test_a_day_is_read_as_people_say_it(words: str, day: str) -> None:
    assert str(parse_coming_day(words, TODAY)) == day


@pytest.mark.parametrize("words", ["", "soon", "yesterday", "2026-10-06", "32 december", "in 99999 days", "in -1 days"])
def test_other_days_are_refused_with_examples(words: str) -> None:
    with pytest.raises(UnknownPeriod, match=r"Say .*2026-12-04"):
        parse_coming_day(words, TODAY)


@settings(max_examples=100)
@given(st.text(max_size=30), st.dates())
def test_no_words_break_it_or_lead_back(words: str, today: date) -> None:
    with suppress(UnknownPeriod):
        assert parse_coming_day(words, today) >= today


def test_a_month_ahead_ends_with_its_last_day() -> None:
    assert parse_coming_day("in 1 month", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("words", "clock"),
    [("9", "09:00"), ("9:30", "09:30"), ("14.15", "14:15"), ("2 pm", "14:00"), ("12am", "00:00"), ("8h", "08:00")],
)
def test_a_time_of_day_is_read(words: str, clock: str) -> None:
    assert f"{parse_clock(words):%H:%M}" == clock


@pytest.mark.parametrize("words", ["", "24", "9:75", "noonish", "99pm", "-1"])
def test_other_times_are_refused(words: str) -> None:
    with pytest.raises(UnknownPeriod, match="9:30"):
        parse_clock(words)


def test_a_time_that_a_change_of_clocks_leaves_out_comes_after_it() -> None:
    found = moment(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    assert f"{found:%H:%M %z}" == "03:30 +0200"
    assert found.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
