"""Text from outside is harmless on a terminal, and numbers are said the same way everywhere."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.reports import words


@pytest.mark.promise("P14")
@given(st.text(max_size=60))
def test_nothing_steers_the_terminal(text: str) -> None:
    shown = words.harmless(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@pytest.mark.promise("P14")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("invoice\u202egnp.exe", "invoice\ufffdgnp.exe"),
        ("two\r\nlines\tand", "two  lines and"),
        ("Übergabe an 東京", "Übergabe an 東京"),
        ("\ufeffwork\u200bshop", "workshop"),
    ],
)
def test_hostile_titles(text: str, shown: str) -> None:
    assert words.harmless(text) == shown


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_fitted_text_takes_just_its_cells(text: str, cells: int) -> None:
    assert words.width(words.fit(text, cells)) == cells


def test_columns_keep_within_the_width() -> None:
    rows = [("a long name of a workstream that goes on and on", "12 h", "3"), ("short", "1.5 h", "10")]
    lines = words.columns(rows, most=30, right=frozenset({1, 2}))
    assert lines == ["a long name of a w…   12 h   3", "short                1.5 h  10"]


@pytest.mark.parametrize(("amount", "said"), [(0.04, "0.0 h"), (9.94, "9.9 h"), (9.96, "10 h"), (1234.4, "1,234 h")])
def test_hours(amount: float, said: str) -> None:
    assert words.hours(amount) == said


def test_plurals_and_ranges() -> None:
    assert words.count(1, "answer") == "1 answer"
    assert words.count(0, "activity", "activities") == "0 activities"
    assert words.percent_range(0.061, 0.123) == "6\N{EN DASH}12 %"
    assert words.percent_range(0.061, 0.063) == "6 %"


def test_days() -> None:
    assert words.full_date(date(2026, 8, 6)) == "6 August 2026"


def test_a_number_and_its_sign_stay_together() -> None:
    said = words.together("Likely 19\N{EN DASH}29 % of 3.5 h in 3 hours")
    assert said == "Likely 19\N{EN DASH}\N{WORD JOINER}29\N{NO-BREAK SPACE}% of 3.5\N{NO-BREAK SPACE}h in 3 hours"
