"""Days and times of day as tables write them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.importers.table.dates import (
    Calendar,
    DayEvidence,
    Memo,
    Order,
    clock_of,
    parse_clock,
    parse_day,
    split_moment,
)
from outgrow.importers.table.fault import Fault

DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-13",
        "2024/05/13",
        "20240513",
        "13.05.2024",
        "13.5.24",
        "13/May/24",
        "13. Mai 2024",
        "13 mai 2024",
        "le 13 mai 2024",
        "13 de mayo de 2024",
        "May 13, 2024",
        "Mon, 13 May 2024",
        "Mo. 13.05.2024",
        "May 13th 2024",
        "45425",
        "2024 May 13",
    ],
)
def test_many_ways_to_write_one_day(text: str) -> None:
    assert parse_day(text, None) == date(2024, 5, 13)


@pytest.mark.parametrize("text", ["", "soon", "13", "2024-13-01", "0000-01-01", "31.02.2024", "1/2/3", "13 Task 2024"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(Fault):
        parse_day(text, None)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9:05", 545),
        ("09:05:59", 545.983),
        ("09:05:59.9", 545.983),
        ("3:31 PM", 931),
        ("03:31:00 p. m.", 931),
        ("12:00 AM", 0),
        ("12:00 PM", 720),
        ("3 pm", 900),
        ("24:00", 1440),
        ("15h30", 930),
        ("2024-05-13 09:05", 545),
    ],
)
def test_many_ways_to_write_a_time(text: str, minutes: float) -> None:
    assert clock_of(text).since_midnight.total_seconds() / 60 == pytest.approx(minutes, abs=0.001)


@pytest.mark.parametrize(
    ("text", "hours"), [("09:00Z", 0), ("09:00 UTC", 0), ("09:00+0530", 5.5), ("09:00-08", -8), ("9:00 GMT+2", 2)]
)
def test_offsets_are_read(text: str, hours: float) -> None:
    zone = parse_clock(text).zone
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(hours=hours)


def test_a_moment_is_parted_before_its_hour() -> None:
    assert split_moment("13/May/24 3:31 PM") == ("13/May/24", "3:31 PM")
    assert split_moment("2024-05-13T09:00:00Z") == ("2024-05-13", "09:00:00Z")
    assert split_moment("2024-05-13") == ("2024-05-13", "")


def evidence(*texts: str) -> DayEvidence:
    found = DayEvidence()
    found.add(texts)
    return found


def test_the_order_comes_from_all_rows() -> None:
    assert evidence("05/04/2024", "13/04/2024").order() is Order.DAY_FIRST
    assert evidence("05/04/2024", "04/13/2024").order() is Order.MONTH_FIRST
    assert evidence("05.04.2024").order() is Order.DAY_FIRST
    assert evidence("05/04/2024", "06/04/2024").order() is None
    assert evidence("05/04/2024", "06/04/2024").unclear == "05/04/2024"
    assert evidence("05/05/2024", "2024-05-06", "soon").unclear == ""


@settings(max_examples=100, derandomize=True)
@given(days=st.lists(DAYS, min_size=1, max_size=20), pattern=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y"]))
def test_every_day_is_read_as_it_was_written_or_the_order_is_open(days: list[date], pattern: str) -> None:
    texts = [f"{day:{pattern}}" for day in days]
    found = evidence(*texts)
    order = found.order()
    if order is None and found.unclear:
        order = Order.MONTH_FIRST if pattern.startswith("%m") else Order.DAY_FIRST
    assert [parse_day(text, order) for text in texts] == days


@pytest.mark.promise("P13")
@settings(max_examples=200, derandomize=True)
@given(
    day=st.dates(date(2023, 1, 1), date(2025, 12, 31))
    | st.sampled_from([date(2024, 3, 31), date(2024, 10, 27), date(2024, 3, 30)]),
    seconds=st.integers(0, 86_400),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]),
)
def test_a_moment_has_the_offset_its_zone_has_there(day: date, seconds: int, zone: str) -> None:
    home = ZoneInfo(zone)
    calendar = Calendar(home, None, Memo(clock_of))
    clock = parse_clock("00:00:00")._replace(since_midnight=timedelta(seconds=seconds))
    found = calendar.moment(calendar.midnight(day), clock)
    wall = datetime(day.year, day.month, day.day, tzinfo=home) + timedelta(seconds=seconds)
    assert found.utcoffset() in {wall.utcoffset(), (wall - timedelta(seconds=1)).utcoffset()}
    assert found.replace(tzinfo=None) == wall.replace(tzinfo=None)


def test_a_fraction_of_a_spreadsheet_day_is_a_time() -> None:
    calendar = Calendar(BERLIN, None, Memo(clock_of))
    midnight, clock = calendar.read("45425.5")
    assert clock is not None
    assert (midnight.day, clock.since_midnight) == (date(2024, 5, 13), timedelta(hours=12))


def test_memos_forget_and_do_not_keep_long_texts() -> None:
    memo = Memo(len)
    assert memo["x" * 1000] == 1000
    assert not memo
    assert memo["abc"] == 3
    assert dict(memo) == {"abc": 3}
