"""What was spent on projects, and outside of working hours, on both databases, against a plain count."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind, Precision
from outgrow.model.period import Period
from outgrow.store import activities, clock, computed, projects
from outgrow.store.computed import TopicRow
from outgrow.store.database import Store
from outgrow.store.sources import Reading

MONDAY = date(2026, 3, 2)
EAST = timezone(timedelta(hours=9))
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def _at(day: int, hour: int, zone: timezone = UTC, precision: Precision = Precision.INSTANT) -> Activity:
    start = datetime(2026, 3, 2 + day, hour, 30, tzinfo=zone)
    return Activity(
        source="t",
        account="",
        native_id=f"{day} {hour} {zone} {precision}",
        line=0,
        kind=Kind.TIME_ENTRY,
        title="x",
        start=start,
        end=start + timedelta(hours=1),
        precision=precision,
        minutes=60,
        basis=DurationBasis.MEASURED,
        project="Ghent" if hour > 12 else "",
    )


WORK = (
    _at(0, 6),
    _at(0, 7),
    _at(0, 18),
    _at(1, 19),
    _at(1, 9, EAST),
    _at(2, 21, EAST),
    _at(5, 12),
    _at(6, 11),
    _at(3, 0, UTC, Precision.DAY),
    _at(7, 5),
)


@pytest.fixture
def counted(store: Store) -> Store:
    """Give a store where all is counted, an hour each, in two workstreams."""
    with store.begin() as change:
        reading = Reading(importer="t", account="", location="f", at=datetime(2026, 3, 20, tzinfo=UTC))
        activities.record(change, reading, WORK)
        stored = activities.latest_before(change, date(2027, 1, 1), 99)
        rows = [TopicRow(key, key, MONDAY, 1.0, "", f"w{key}") for key in "ab"]
        computed.put_topics(change, rows)
        computed.put_counted(change, [(each.id, "ab"[each.id % 2], 1.0) for each in stored])
    return store


def test_outside_is_by_the_local_clock_and_day(counted: Store) -> None:
    with counted.look() as view:
        found = clock.outside(view, WEEK, 7, 19)
        told = {each.id: each.activity for each in activities.latest_before(view, date(2027, 1, 1), 99)}
    wanted = {
        number
        for number, each in told.items()
        if each.start
        and each.start.date() in WEEK
        and each.precision is not Precision.DAY
        and (each.start.weekday() >= 5 or not 7 <= each.start.hour < 19)
    }
    assert found == wanted
    assert len(wanted) == 5


def test_spent_is_summed_by_project_and_workstream(counted: Store) -> None:
    late = datetime(2027, 1, 1, tzinfo=UTC)
    with counted.look() as view:
        found = projects.spent(view, WEEK, late)
        told = activities.latest_before(view, date(2027, 1, 1), 99)
        places = projects.places(view, [each.id for each in told])
        early = projects.spent(view, WEEK, datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
    within = [each for each in told if each.activity.start and each.activity.start.date() in WEEK]
    for each in told:
        assert places[each.id] == (each.activity.project, f"w{'ab'[each.id % 2]}")
    for row in found:
        own = [each for each in within if places[each.id] == (row.project, row.workstream)]
        assert (row.items, row.hours) == (len(own), len(own))
    assert sum(row.items for row in found) == len(within) == 9
    assert sum(row.items for row in early) == 1
