"""What was computed: kept, handed out, dropped; and which days are out of date."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from outgrow.model.activity import Activity
from outgrow.model.judgement import Proposal
from outgrow.model.period import Period
from outgrow.store import activities, computed, proposals
from outgrow.store.database import Store
from outgrow.store.sources import Reading

MONDAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)
STRETCHES = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 6)).map(lambda pair: (pair[0], sum(pair))), max_size=8
)


def march(first: int, last: int) -> Period:
    return Period(date(2026, 3, first), date(2026, 3, last))


def test_days_out_of_date_are_merged_and_cut(store: Store) -> None:
    with store.begin() as change:
        for period in (march(5, 6), march(1, 2), march(7, 9), march(20, 20)):
            computed.mark(change, period)
        assert computed.dirty(change) == [march(1, 2), march(5, 9), march(20, 20)]
        computed.clean(change, [march(2, 6), march(20, 31)])
        assert computed.dirty(change) == [march(1, 1), march(7, 9)]


@given(noted=STRETCHES, cut=STRETCHES)
def test_stretches_of_days_are_sets_of_days(noted: list[tuple[int, int]], cut: list[tuple[int, int]]) -> None:
    days = {day for first, last in noted for day in range(first, last + 1)}
    left = computed._merged(noted)  # noqa: SLF001 - the reckoning behind mark and clean, without a database
    assert days == {day for first, last in left for day in range(first, last + 1)}
    assert all(before[1] + 1 < after[0] for before, after in pairwise(left))
    for first, last in cut:
        left = computed._without(left, first, last)  # noqa: SLF001 - the reckoning behind mark and clean
        days -= set(range(first, last + 1))
    assert days == {day for first, last in left for day in range(first, last + 1)}


def topic(key: str, workstream: str) -> computed.TopicRow:
    return computed.TopicRow(key, key.removeprefix("t:"), MONDAY, 1.0, "", workstream)


def test_hours_per_week_replace_those_of_the_same_week(store: Store) -> None:
    with store.begin() as change:
        computed.put_topics(change, [topic("t:plan", "w1"), topic("t:review", "w2"), topic("t:more review", "w2")])
        computed.put_weeks(change, MONDAY, NEXT, {MONDAY: {"t:plan": 2.0, "t:review": 1.5}, NEXT: {"t:plan": 4.0}})
        computed.put_weeks(change, MONDAY, MONDAY, {MONDAY: {"t:review": 1.0, "t:more review": 2.0}})
        assert computed.hours_by_week(change) == {MONDAY: 3.0, NEXT: 4.0}
        assert computed.hours_by_week(change, NEXT) == {NEXT: 4.0}
        assert computed.hours_by_workstream(change) == [(MONDAY, "w2", 3.0), (NEXT, "w1", 4.0)]
        computed.put_weeks(change, NEXT, NEXT, {})
        assert computed.hours_by_week(change) == {MONDAY: 3.0}


def test_topics_and_counted_hours_meet(store: Store) -> None:
    with store.begin() as change:
        computed.put_topics(change, [topic("t:plan", "w1"), topic("t:review", "w2")])
        computed.put_counted(change, [(1, "t:plan", 0.5), (2, "t:new", 1.0)])
        computed.put_counted(change, [(1, "t:review", 0.25)])
        assert computed.counted(change) == [(1, "t:review", 0.25), (2, "t:new", 1.0)]
        computed.put_topics(change, [topic("t:new", "w3")], gone=["t:review"])
        assert {row.key: row.workstream for row in computed.topics(change)} == {"t:plan": "w1", "t:new": "w3"}
        assert computed.counted(change, [2]) == [(2, "t:new", 1.0)]
        computed.forget_counted(change, [2])
        assert [number for number, _, _ in computed.counted(change)] == [1]


def test_totals_are_of_the_local_days_of_a_period(store: Store, entry: Callable[..., Activity]) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-8)))  # the second of March in UTC
    told = [entry(0, start=late, end=late), entry(1, start=datetime(2026, 4, 1, tzinfo=UTC), end=None)]
    with store.begin() as change:
        reading = Reading(importer="table", location="f", at=datetime(2026, 6, 1, tzinfo=UTC))
        activities.record(change, reading, told)
        computed.put_topics(change, [topic("t:plan", "w1")])
        computed.put_counted(change, [(1, "t:plan", 0.5), (2, "t:plan", 1.0)])
        both = computed.TopicTotal("t:plan", "w1", 2, 1.5, date(2026, 3, 1), date(2026, 4, 1))
        assert computed.totals(change) == [both]
        first = computed.TopicTotal("t:plan", "w1", 1, 0.5, date(2026, 3, 1), date(2026, 3, 1))
        assert computed.totals(change, march(1, 1)) == [first]
        assert computed.totals(change, march(2, 2)) == []


def test_activities_are_counted_before_and_since_a_local_day(store: Store, entry: Callable[..., Activity]) -> None:
    begins = [
        datetime(2026, 3, day, hour, tzinfo=timezone(timedelta(hours=offset)))
        for day in (1, 2, 3, 4)
        for hour in (0, 23)
        for offset in (-23, -8, 0, 14, 23)
    ]
    told = [entry(number, start=at, end=at + timedelta(minutes=30)) for number, at in enumerate(begins)]
    with store.begin() as change:
        activities.record(change, Reading(importer="t", location="f", at=begins[0]), told)
        computed.put_counted(change, [(number, "t:plan", 0.5) for number in range(1, len(told) + 1)])
        for day in (date(2026, 2, 27), date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 9)):
            before = sum(at.date() < day for at in begins)
            assert computed.count_before(change, day) == before
            assert computed.count_since(change, day) == len(begins) - before


def test_proposals_are_forgotten_from_a_day_on(store: Store, entry: Callable[..., Activity]) -> None:
    days = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (1, 2)]
    with store.begin() as change:
        reading = Reading(importer="table", location="f", at=datetime(2026, 6, 1, tzinfo=UTC))
        activities.record(change, reading, [entry(n, start=day, end=day) for n, day in enumerate(days)])
        proposals.put(change, {1: Proposal(0.2, "like before"), 2: Proposal(0.7, "new")})
        proposals.forget(change, date(2026, 3, 2))
        assert set(proposals.read(change)) == {1}


def test_proposals_replace_those_of_the_same_activity(store: Store) -> None:
    with store.begin() as change:
        proposals.put(change, {1: Proposal(0.2, "like before"), 2: Proposal(0.7, "new")})
        proposals.put(change, {2: Proposal(0.6, "newer")})
        assert proposals.read(change) == {1: Proposal(0.2, "like before"), 2: Proposal(0.6, "newer")}
        assert proposals.read(change, [1]) == {1: Proposal(0.2, "like before")}


def test_dropping_leaves_nothing_computed_and_every_day_to_compute(
    store: Store, entry: Callable[..., Activity]
) -> None:
    told = [entry(0), entry(1, start=datetime(2026, 5, 1, tzinfo=UTC), end=datetime(2026, 5, 3, tzinfo=UTC))]
    with store.begin() as change:
        reading = Reading(importer="table", location="f", at=datetime(2026, 6, 1, tzinfo=UTC))
        activities.record(change, reading, told)
        computed.put_topics(change, [topic("t:plan", "w1")])
        computed.put_workstream_names(change, {"w1": "Plan"})
        computed.put_counted(change, [(1, "t:plan", 0.5)])
        computed.put_weeks(change, MONDAY, MONDAY, {MONDAY: {"t:plan": 0.5}})
        proposals.put(change, {1: Proposal(0.2, "like before")})
        computed.clean(change, computed.dirty(change))
        computed.drop(change)
        kept = [computed.topics(change), computed.workstream_names(change), computed.counted(change)]
        assert not any(
            [*kept, computed.hours_by_week(change), computed.hours_by_workstream(change), proposals.read(change)]
        )
        (period,) = computed.dirty(change)
        assert period.first <= date(2026, 3, 2)
        assert period.last >= date(2026, 5, 3)
