"""Lengths of time as people say them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.reports.spans import age, ago, long, months_between

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-11-20", "2026-11-20", "1 day"),
        ("2026-11-08", "2026-11-20", "13 days"),
        ("2026-11-07", "2026-11-20", "2 weeks"),
        ("2026-09-22", "2026-11-20", "8 weeks"),
        ("2026-09-21", "2026-11-20", "2 months"),
        ("2025-11-21", "2026-11-20", "1 year"),
        ("2023-09-21", "2026-11-20", "3 years 2 months"),
        ("2024-02-29", "2025-02-28", "1 year"),
        ("9999-01-01", "9999-12-31", "11 months"),
    ],
)
def test_how_long(first: str, last: str, said: str) -> None:
    assert long(date.fromisoformat(first), date.fromisoformat(last)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "today"), (0, "today"), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (60, "8 weeks"), (61, "2 months")],
)
def test_how_old(days: int, said: str) -> None:
    assert age(TODAY - timedelta(days=days), TODAY) == said
    assert ago(TODAY - timedelta(days=days), TODAY) == (said if said == "today" else f"{said} ago")


@pytest.mark.parametrize(
    ("day", "said"), [("2024-11-21", "23 months"), ("2024-11-20", "2 years"), ("0001-01-01", "2025 years")]
)
def test_how_old_in_years(day: str, said: str) -> None:
    assert age(date.fromisoformat(day), TODAY).replace(",", "") == said


@given(first=st.dates(), more=st.integers(0, 40_000))
def test_months_are_whole(first: date, more: int) -> None:
    try:
        last = first + timedelta(days=more)
    except OverflowError:
        return
    months = months_between(first, last)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    assert (year, month + 1) <= (last.year, last.month)
    assert 28 * months <= more <= 31 * (months + 1)
