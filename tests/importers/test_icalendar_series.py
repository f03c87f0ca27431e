"""Events that repeat, and those that change a time of a series."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from outgrow.model.activity import State
from tests.importers.calendar_files import NINE, WEEKLY, calendar, event, only, read, starts


def test_a_series_is_told_time_by_time() -> None:
    activities, _ = read(calendar(event(WEEKLY, "SUMMARY:Team week")))
    assert [each.occurrence for each in activities] == [
        "20240304T080000Z",
        "20240311T080000Z",
        "20240318T080000Z",
        "20240325T080000Z",
        "20240401T070000Z",
    ]
    assert {each.start.hour for each in activities if each.start} == {9}
    assert {(each.line, each.series, each.native_id, each.minutes) for each in activities} == {(3, "a@b", "a@b", 60)}


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE;TZID=Europe/Berlin:20240311T090000,20240318T090000",
        "EXDATE:20240311T080000Z\nEXDATE:20240318T080000Z",
        "EXDATE;VALUE=DATE:20240311,20240318",
        "EXDATE:20240311T090000,20240318T090000,never",
        "EXRULE:FREQ=WEEKLY;UNTIL=20240318T080000Z;BYDAY=MO",
    ],
)
def test_times_that_are_excepted_are_left_out(line: str) -> None:
    first_too = "EXRULE" in line
    expected = ["2024-03-04", "2024-03-25", "2024-04-01"][first_too:]
    assert [each[:10] for each in starts(read(calendar(event(WEEKLY, line))))] == expected


def test_more_dates_and_periods_are_added() -> None:
    more = "RDATE;VALUE=PERIOD:20240601T090000Z/PT2H,20240602T090000Z/20240602T120000Z\nRDATE;VALUE=DATE:20240603"
    found = read(calendar(event(WEEKLY.replace("COUNT=5", "COUNT=1"), more)))
    assert [each[:16] for each in starts(found)] == [
        "2024-03-04T09:00",
        "2024-06-01T11:00",
        "2024-06-02T11:00",
        "2024-06-03T09:00",
    ]
    assert [each.minutes for each in found[0]] == [60, 120, 180, 60]


@pytest.mark.parametrize(
    ("until", "count"),
    [("20240318", 3), ("20240318T080000Z", 3), ("20240318T075959Z", 2), ("20240318T090000", 3), ("20200101", 0)],
)
def test_a_series_ends_with_its_last_allowed_time(until: str, count: int) -> None:
    activities, problems = read(calendar(event(WEEKLY.replace("COUNT=5", f"UNTIL={until}"))))
    assert (len(activities), len(problems)) == (count, count == 0)


def test_a_series_is_followed_400_days_ahead() -> None:
    activities, _ = read(calendar(event("DTSTART:20250101T090000Z\nRRULE:FREQ=DAILY")))
    assert len(activities) == 14 + 400 + 1
    assert [each.state for each in activities[13:16]] == [State.DONE, State.DONE, State.PLANNED]


def test_a_series_outside_of_what_is_followed_is_a_problem() -> None:
    _, problems = read(calendar(event("DTSTART:20300101T090000Z\nRRULE:FREQ=DAILY")))
    assert "no time up to 2026-02-19" in problems[0].reason
    _, problems = read(calendar(event("DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20240101,20240102")))
    assert "not excluded" in problems[0].reason


def test_a_rule_that_cannot_be_followed_leaves_the_first_time_with_a_warning() -> None:
    for text in ("FREQ=DAILY;INTERVAL=0", "FREQ=SOMETIMES", "W1 MO #0"):
        found = only(read(calendar(event(NINE, f"RRULE:{text}"))))
        assert "how it repeats cannot be followed" in found.warnings[0]


def test_a_long_series_keeps_its_last_times_and_says_so() -> None:
    activities, _ = read(calendar(event("DTSTART:19700101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY")))
    assert len(activities) == 5000
    assert activities[-1].state is State.PLANNED
    assert "only the last 5000" in activities[0].warnings[0]


MOVED = "RECURRENCE-ID;TZID=Europe/Berlin:20240311T090000"


def test_a_changed_time_is_an_event_of_its_own() -> None:
    change = event(MOVED, "DTSTART:20240312T120000Z", "DURATION:PT2H", "SUMMARY:Moved")
    activities, _ = read(calendar(change, event(WEEKLY, "SUMMARY:Team week")))
    moved = next(each for each in activities if each.title == "Moved")
    assert (len(activities), moved.line, moved.series, moved.occurrence) == (5, 3, "a@b", "20240311T080000Z")
    assert (moved.start, moved.minutes) == (datetime(2024, 3, 12, 12, tzinfo=UTC), 120)
    assert [each.occurrence for each in activities].count("20240311T080000Z") == 1


@pytest.mark.parametrize("name", ["RECURRENCE-ID:20240311T080000Z", "RECURRENCE-ID;VALUE=DATE:20240311", MOVED])
def test_a_cancelled_time_is_cancelled_however_it_is_named(name: str) -> None:
    activities, _ = read(calendar(event(WEEKLY), event(name, "STATUS:CANCELLED")))
    states = {each.start.date().isoformat(): each.state for each in activities if each.start}
    assert states.pop("2024-03-11") is State.CANCELLED
    assert len(activities) == 5
    assert set(states.values()) == {State.DONE}


def test_a_change_of_a_time_that_its_series_excepts_is_cancelled() -> None:
    series = event(WEEKLY, "EXDATE:20240311T080000Z,never")
    activities, _ = read(calendar(series, event(MOVED, NINE, "SUMMARY:Moved")))
    moved = next(each for each in activities if each.title == "Moved")
    assert (moved.state, len(activities)) == (State.CANCELLED, 5)
    assert "does not take place" in moved.warnings[0]
    assert [len(each.warnings) for each in activities if each is not moved] == [1] * 4


def test_a_change_from_one_time_on_moves_all_later_ones() -> None:
    onward = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20240318T090000"
    change = event(onward, "DTSTART;TZID=Europe/Berlin:20240319T100000\nDURATION:PT30M\nSUMMARY:New manner")
    activities, _ = read(calendar(event(WEEKLY, "SUMMARY:Old manner"), change))
    found = sorted((each.start.isoformat(), each.title, each.minutes) for each in activities if each.start)
    assert found == [
        ("2024-03-04T09:00:00+01:00", "Old manner", 60),
        ("2024-03-11T09:00:00+01:00", "Old manner", 60),
        ("2024-03-19T10:00:00+01:00", "New manner", 30),
        ("2024-03-26T10:00:00+01:00", "New manner", 30),
        ("2024-04-02T10:00:00+02:00", "New manner", 30),
    ]


def test_a_change_without_its_series_is_read() -> None:
    found = only(read(calendar(event(MOVED, NINE))))
    assert (found.series, found.occurrence) == ("a@b", "20240311T080000Z")
    lotus = event("RECURRENCE-ID:20240506T090000Z", NINE, "RDATE:20240513T090000Z")
    assert [each[:10] for each in starts(read(calendar(lotus)))] == ["2024-05-06", "2024-05-13"]


def test_a_series_of_which_every_time_is_changed_is_a_problem() -> None:
    once = WEEKLY.replace("COUNT=5", "COUNT=1")
    change = event("RECURRENCE-ID:20240304T080000Z", NINE)
    activities, problems = read(calendar(event(once), change))
    assert len(activities) == 1
    assert "changed by another event" in problems[0].reason


@pytest.mark.parametrize(
    ("lines", "holds"),
    [
        (("SEQUENCE:2", "SEQUENCE:1"), 0),
        (("SEQUENCE:1", "SEQUENCE:2"), 1),
        (("LAST-MODIFIED:20240201T000000Z", "LAST-MODIFIED:20240101T000000Z"), 0),
        (("DTSTAMP:20240101T000000Z", "DTSTAMP:20240201T000000Z"), 1),
        (("", ""), 1),
        (("SEQUENCE:x", "SEQUENCE:99999999999999999999"), 1),
    ],
)
def test_of_the_same_event_twice_the_later_revision_holds(lines: tuple[str, str], holds: int) -> None:
    twice = [event(NINE, line, f"SUMMARY:{number}") for number, line in enumerate(lines)]
    activities, problems = read(calendar(*twice))
    assert [each.title for each in activities] == [str(holds)]
    assert f"line {activities[0].line} has a later revision" in problems[0].reason
    changes = [event(MOVED, NINE, line, f"SUMMARY:{number}") for number, line in enumerate(lines)]
    activities, problems = read(calendar(event(WEEKLY), *changes))
    assert (len(activities), len(problems)) == (5, 1)
    assert str(holds) in {each.title for each in activities}


@pytest.mark.promise("P8")
def test_events_without_uid_are_known_by_start_and_title() -> None:
    one = "BEGIN:VEVENT\nDTSTART:20240506T090000Z\nSUMMARY:{}\n{}END:VEVENT\n"
    parts = [one.format("a", ""), one.format("a", "DURATION:PT1H\n"), one.format("b", "")]
    first, _ = read(calendar(*parts))
    again, _ = read(calendar(*reversed(parts)))
    assert len({each.native_id for each in first}) == 3
    assert {each.native_id for each in first} == {each.native_id for each in again}


@pytest.mark.promise("P8")
def test_reading_twice_gives_the_same_and_order_does_not_matter() -> None:
    parts = [event(WEEKLY), event(MOVED, NINE), event(NINE, uid="z"), event("DTSTART:2024", uid="bad")]
    first, problems = read(calendar(*parts))
    assert (first, problems) == read(calendar(*parts))
    shuffled, _ = read(calendar(*reversed(parts)))
    assert {replace(each, line=0) for each in first} == {replace(each, line=0) for each in shuffled}
