"""Durations as tables write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.importers.table.fault import Fault
from outgrow.importers.table.numbers import DurationEvidence, DurationStyle, Unit, parse_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1:30", 90),
        ("01:30:30", 90.5),
        ("125:00:00", 7500),
        ("1h 30m", 90),
        ("1 Std. 30 Min.", 90),
        ("1h30", None),
        ("90 min", 90),
        ("1,5 h", 90),
        ("2 heures", 120),
        ("PT1H30M", 90),
        ("P1DT1H", 1500),
        ("pt90s", 1.5),
        ("1.5", 90),
        (".5", 30),
        ("1,000.5", 60030),
        ("0", 0),
        ("-1:30", -90),
        ("1:75", None),
        ("P", None),
        ("PT", None),
        ("abc", None),
        ("1 parsec", None),
        ("1.2.3", None),
        ("", None),
    ],
)
def test_many_ways_to_write_a_duration(text: str, minutes: float | None) -> None:
    if minutes is None:
        with pytest.raises(Fault):
            parse_minutes(text, DurationStyle())
    else:
        assert parse_minutes(text, DurationStyle()) == pytest.approx(minutes)


def evidence(*texts: str) -> DurationEvidence:
    found = DurationEvidence()
    found.add(texts)
    return found


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (("20,0", "2.000,0"), ","),
        (("20.0", "2,000.0"), "."),
        (("7,5",), ","),
        (("1.500", "7,5"), ","),
        (("0,125",), ","),
        (("1.000",), "?"),
        (("7",), "?"),
    ],
)
def test_the_decimal_mark_comes_from_all_rows(texts: tuple[str, ...], decimal: str) -> None:
    assert evidence(*texts).decimal("?") == decimal


def test_the_unit_is_left_open_where_whole_numbers_could_be_minutes() -> None:
    assert evidence("30", "45").unit() is None
    assert evidence("3", "8").unit() is Unit.HOURS
    assert evidence("1.5", "45").unit() is Unit.HOURS
    assert evidence("3600", "5400").unit() is Unit.SECONDS
    assert evidence("1:30").unit() is Unit.HOURS


@settings(max_examples=100, derandomize=True)
@given(seconds=st.integers(0, 10_000_000))
def test_clock_durations_are_read_to_the_second(seconds: int) -> None:
    text = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    assert parse_minutes(text, DurationStyle()) * 60 == pytest.approx(seconds)


@settings(max_examples=100, derandomize=True)
@given(text=st.text(max_size=30))
def test_any_text_is_a_duration_or_a_fault(text: str) -> None:
    try:
        minutes = parse_minutes(text, DurationStyle())
    except Fault:
        return
    assert minutes == minutes  # noqa: PLR0124 - not a number is unlike itself
