"""What stands for activities side by side is what stands for each of them by itself."""

from math import isnan, nan

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.columns import Columns, Judged, Row, Stand, Topic, judge

DAYS = st.integers(1, 40)
TOPICS = {
    number: Topic(number % 3, 5 * number, placed=number != 4, struck=number in {1, 4}) for number in (0, 1, 2, 4, 7)
}
ROWS = st.lists(
    st.tuples(
        DAYS, st.sampled_from(sorted(TOPICS)), st.sampled_from([0.0, 0.5, 2.0]), st.sampled_from([None, 0.3, 0.7])
    ),
    max_size=30,
).map(lambda some: [(n + 1, *each) for n, each in enumerate(some)])
STANDS = st.lists(
    st.builds(
        Stand,
        st.integers(0, 2),
        DAYS,
        st.sampled_from([0.0, 1.0, nan]),
        st.booleans(),
        st.frozensets(st.integers(1, 30), max_size=4),
    ),
    max_size=8,
)
GIVEN = st.dictionaries(st.integers(1, 40), st.sampled_from([0.0, 1.0]), max_size=8)


def alone(row: Row, stands: list[Stand], answered: dict[int, float]) -> tuple[bool, float]:
    """Return whether one activity is no work, and what stands for it, the slow way."""
    number, day, topic = row[:3]
    of = [each for each in stands if each.workstream == TOPICS[topic].workstream and each.since <= day]
    holding = sorted(of, key=lambda each: each.since)[-1:]
    if any(each.outside for each in holding):
        return True, nan
    for each in holding if TOPICS[topic].placed else ():
        if not isnan(each.value):
            turned = TOPICS[topic].struck or number in each.exceptions
            return False, 1 - each.value if turned else each.value
    return False, answered.get(number, nan)


@settings(max_examples=60)
@given(ROWS, STANDS, GIVEN)
def test_each_is_as_if_it_were_alone(rows: list[Row], stands: list[Stand], answered: dict[int, float]) -> None:
    judged = judge(Columns.of(rows), TOPICS, stands, answered)
    by_id = {row[0]: row for row in rows}
    for n, number in enumerate(judged.work.id.tolist()):
        outside, value = alone(by_id[number], stands, answered)
        assert judged.outside[n] == outside
        assert np.array_equal(judged.value[n], value, equal_nan=True)
        assert judged.repeats[n] == (TOPICS[by_id[number][2]].begun < by_id[number][1])


@settings(max_examples=40)
@given(ROWS, DAYS, DAYS)
def test_days_are_cut_out_whole(rows: list[Row], first: int, last: int) -> None:
    found = Columns.of(rows).between(first, last)
    assert sorted(found.id.tolist()) == [row[0] for row in rows if first <= row[1] <= last]
    assert found.day.tolist() == sorted(found.day.tolist())


@settings(max_examples=40)
@given(ROWS, STANDS)
def test_sums_are_those_of_the_parts(rows: list[Row], stands: list[Stand]) -> None:
    judged = judge(Columns.of(rows), TOPICS, stands, {})
    assert sum(items for _, _, items in judged.sums()) == len(rows)
    assert sum(hours for _, hours, _ in judged.sums()) == judged.hours == sum(row[3] for row in rows)
    assert sum(sum(each[1:]) for each in judged.sizes()) == judged.size.sum()
    assert sum(number for _, number in judged.work.times()) == len(rows)


def one_of_each() -> Judged:
    rows: list[Row] = [(1, 9, 0, 2.0, None), (2, 9, 1, 1.0, 0.9), (3, 9, 2, 3.0, 0.2), (4, 1, 7, 4.0, 0.6)]
    return judge(Columns.of(rows), TOPICS, [Stand(0, 1, 1.0, outside=False, exceptions=frozenset())], {3: 0.0})


def test_what_was_said_goes_before_what_is_guessed() -> None:
    judged = one_of_each()
    assert sorted(judged.likely_depth().work.id.tolist()) == [3]
    assert sorted(judged.growth().work.id.tolist()) == [1]
    assert judged.answers == 2


def test_answers_of_an_audit_replace_what_stands() -> None:
    judged = one_of_each().saying({2: 1.0}, {4})
    assert judged.growth().work.id.tolist() == [2]
    assert sorted(judged.kept().work.id.tolist()) == [1, 2, 3]


def test_only_what_is_new_is_a_first_the_largest_first() -> None:
    rows: list[Row] = [(1, 5, 1, 1.0, None), (2, 5, 1, 1.0, None), (3, 10, 2, 2.0, None), (4, 11, 2, 9.0, None)]
    assert judge(Columns.of(rows), TOPICS, [], {}).firsts() == [2, 1]


def test_where_nothing_has_hours_each_counts_as_one() -> None:
    rows: list[Row] = [(1, 5, 1, 0.0, None), (2, 6, 0, 0.0, 0.5)]
    judged = judge(Columns.of(rows).measured(), TOPICS, [], {})
    assert judged.size.tolist() == [1.0, 1.0]
    assert judged.repeated == 0.5
    assert judged.work.without_proposal == {5}
    assert len(Columns.of([*rows, (3, 6, 0, 0.5, None)]).measured().id) == 1
    assert judge(Columns.of([]), {}, [], {}).repeated is None
