"""The calendar file: as other programs read it, the same bytes for the same data."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.config import WeekStart
from outgrow.reports.calendar_feed import CalendarFeed, FeedBlock, write

START = datetime(2026, 10, 9, 9, 30, tzinfo=UTC)
BLOCK = FeedBlock(
    number=12,
    title="Draft; the strategy, \\ alone",
    start=START,
    minutes=90,
    told=datetime(2026, 10, 5, 9, tzinfo=UTC),
    revised=datetime(2026, 10, 6, 9, tzinfo=UTC),
    revisions=1,
)
FEED = CalendarFeed(since=date(2026, 10, 7), week_start=WeekStart.MONDAY, blocks=(BLOCK,))


def read(content: bytes) -> Any:  # noqa: ANN401 - whatever another library makes of it
    """Read a file with the other library, which must find nothing wrong in it."""
    calendar = icalendar.Calendar.from_ical(content)
    assert not [each for each in calendar.walk() if each.errors]
    return calendar


def events(feed: CalendarFeed) -> dict[str, Any]:
    """Return the events of a feed by their UID."""
    found = read(write(feed)).walk("VEVENT")
    assert len({str(event["UID"]) for event in found}) == len(found)
    return {str(event["UID"]): event for event in found}


def between(content: bytes, first: date, last: date) -> list[Any]:
    """Return what takes place from one day to another."""
    return list(recurring_ical_events.of(read(content)).between(first, last))


def test_planned_work_is_read_as_it_was_planned() -> None:
    event = events(FEED)["growth-12-20261005T090000Z@outgrow"]
    assert str(event["SUMMARY"]) == "Draft; the strategy, \\ alone"
    assert event["DTSTART"].dt == START
    assert event["DURATION"].dt == timedelta(minutes=90)
    assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (1, BLOCK.revised)
    assert event["TRANSP"] == "OPAQUE"
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-10)


def test_reviews_come_back_on_working_days() -> None:
    year = between(write(FEED), date(2027, 1, 1), date(2028, 1, 1))
    days: dict[str, list[date]] = {}
    for event in year:
        days.setdefault(str(event["SUMMARY"]), []).append(event["DTSTART"].dt.date())
        assert event["DTSTART"].dt.weekday() < 5
        assert event["TRANSP"] == "TRANSPARENT", "a reminder takes no time"
    assert {name: len(some) for name, some in days.items()} == {
        "Week review": 53,
        "Month review": 12,
        "Quarter review": 4,
        "Year review": 1,
    }
    assert {day.weekday() for day in days["Week review"]} == {4}
    assert [day.month for day in sorted(days["Quarter review"])] == [1, 4, 7, 10]
    assert days["Year review"] == [date(2027, 1, 5)]


@pytest.mark.parametrize(("start", "weekday"), [(WeekStart.SUNDAY, 3), (WeekStart.SATURDAY, 2)])
def test_the_week_review_follows_the_week(start: WeekStart, weekday: int) -> None:
    (event,) = (
        each
        for each in events(CalendarFeed(since=FEED.since, week_start=start, blocks=())).values()
        if each["SUMMARY"] == "Week review"
    )
    assert event["DTSTART"].dt.weekday() == weekday


@settings(max_examples=60)
@given(
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
    st.sampled_from(WeekStart),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
)
def test_any_title_and_day_is_a_sound_file(since: date, start: WeekStart, title: str) -> None:
    block = FeedBlock(number=1, title=title, start=START, minutes=5, told=START, revised=START, revisions=0)
    feed = CalendarFeed(since=since, week_start=start, blocks=(block,))
    content = write(feed)
    assert content == write(feed)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None and b"\n" not in line and b"\r" not in line for line in lines)
    found = events(feed)
    assert len(found) == 5
    for event in found.values():
        if "RRULE" in event:
            first = event["DTSTART"].dt.date()
            assert first >= since
            come = between(content, first, first + timedelta(days=1))
            assert str(event["UID"]) in {str(each["UID"]) for each in come}, "the rule holds for the first day, too"
