"""What was computed: kept, handed out, dropped; and which days are out of date."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from outgrow.model.activity import Activity
from outgrow.model.judgement import Proposal
from outgrow.model.period import Period
from outgrow.store import activities, computed
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
    assert all(before[1] + 1 < after[0] for before, after in zip(left, left[1:], strict=False))
    for first, last in cut:
        left = computed._without(left, first, last)  # noqa: SLF001 - the reckoning behind mark and clean
        days -= set(range(first, last + 1))
    assert days == {day for first, last in left for day in range(first, last + 1)}


def test_hours_per_week_replace_those_of_the_same_week(store: Store) -> None:
    with store.begin() as change:
        computed.put_weeks(change, {MONDAY: {"w1": 2.0, "w2": 1.5}, NEXT: {"w1": 4.0}})
        computed.put_weeks(change, {MONDAY: {"w2": 3.0}})
        assert computed.hours_by_week(change) == {MONDAY: 3.0, NEXT: 4.0}
        assert computed.hours_by_week(change, NEXT) == {NEXT: 4.0}
        assert computed.hours_by_workstream(change) == [(MONDAY, "w2", 3.0), (NEXT, "w1", 4.0)]
        computed.put_weeks(change, {NEXT: {}})
        assert computed.hours_by_week(change) == {MONDAY: 3.0}


def test_topics_and_counted_hours_meet(store: Store) -> None:
    with store.begin() as change:
        computed.put_topics(change, {"t:plan": "w1", "t:review": "w2"})
        computed.put_counted(change, [(1, "t:plan", 0.5), (2, "t:new", 1.0)])
        computed.put_counted(change, [(1, "t:review", 0.25)])
        assert computed.counted(change) == [(1, "t:review", 0.25), (2, "t:new", 1.0)]
        computed.put_topics(change, {"t:new": "w3", "t:plan": "w1"})
        assert computed.topics(change) == {"t:plan": "w1", "t:new": "w3"}
        assert computed.counted(change, [2]) == [(2, "t:new", 1.0)]
        computed.forget_counted(change, [2])
        assert [number for number, _, _ in computed.counted(change)] == [1]


def test_proposals_replace_those_of_the_same_activity(store: Store) -> None:
    with store.begin() as change:
        computed.put_proposals(change, {1: Proposal(0.2, "like before"), 2: Proposal(0.7, "new")})
        computed.put_proposals(change, {2: Proposal(0.6, "newer")})
        assert computed.proposals(change) == {1: Proposal(0.2, "like before"), 2: Proposal(0.6, "newer")}
        assert computed.proposals(change, [1]) == {1: Proposal(0.2, "like before")}


def test_dropping_leaves_nothing_computed_and_every_day_to_compute(
    store: Store, entry: Callable[..., Activity]
) -> None:
    told = [entry(0), entry(1, start=datetime(2026, 5, 1, tzinfo=UTC), end=datetime(2026, 5, 3, tzinfo=UTC))]
    with store.begin() as change:
        reading = Reading(importer="table", location="f", at=datetime(2026, 6, 1, tzinfo=UTC))
        activities.record(change, reading, told)
        computed.put_topics(change, {"t:plan": "w1"})
        computed.put_counted(change, [(1, "t:plan", 0.5)])
        computed.put_weeks(change, {MONDAY: {"w1": 0.5}})
        computed.put_proposals(change, {1: Proposal(0.2, "like before")})
        computed.clean(change, computed.dirty(change))
        computed.drop(change)
        kept = [computed.topics(change), computed.counted(change), computed.hours_by_week(change)]
        assert not any([*kept, computed.hours_by_workstream(change), computed.proposals(change)])
        (period,) = computed.dirty(change)
        assert period.first <= date(2026, 3, 2)
        assert period.last >= date(2026, 5, 3)
