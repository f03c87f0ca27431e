"""Tables of weeks, against the same sums made one activity at a time; and what chance alone gives."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.columns import Columns, Judged
from outgrow.analysis.weekly import Weekly, pace, rise, same_work, usual_same_work

FIRST = 739_000 - 739_000 % 7 + 1  # a Monday
ACTIVITY = st.tuples(
    st.integers(-3, 30), st.integers(0, 4), st.floats(0.25, 9), st.sampled_from([0.0, 1.0, nan]), st.floats(0, 1)
)


def judged(rows: list[tuple[int, int, float, float, float]]) -> Judged:
    """Return activities: day after the first Monday, workstream, hours, answer, proposal."""
    rows = sorted(rows, key=lambda row: row[0])
    work = Columns.of([(n, FIRST + day, stream, size, chance) for n, (day, stream, size, _, chance) in enumerate(rows)])
    return Judged(
        work,
        np.array([row[1] for row in rows], np.int64),
        np.array([row[2] for row in rows], np.float64),
        np.zeros(len(rows), np.bool_),
        np.zeros(len(rows), np.bool_),
        np.array([row[3] for row in rows], np.float64),
    )


@given(st.lists(ACTIVITY, max_size=20))
@settings(max_examples=40)
def test_tables_are_the_sums_made_one_by_one(rows: list[tuple[int, int, float, float, float]]) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    late = {n for n in range(len(rows)) if n % 3 == 0}
    made = Weekly.of(judged(rows), FIRST, 4, late)
    for week in range(4):
        for stream in range(made.size.shape[1]):
            own = [
                (n, size, value, chance)
                for n, (day, at, size, value, chance) in enumerate(rows)
                if 0 <= day < 28 and day // 7 == week and at == stream
            ]
            place = week, stream
            assert made.size[place] == pytest.approx(sum(each[1] for each in own))
            assert made.items[place] == len(own)
            assert made.growth[place] == pytest.approx(sum(each[1] for each in own if each[2] == 1))
            assert made.answered[place] == pytest.approx(sum(each[1] for each in own if not isnan(each[2])))
            depth = [each[1] for each in own if each[2] == 0 or (isnan(each[2]) and each[3] < 0.5)]
            assert made.depth[place] == pytest.approx(sum(depth))
            assert made.outside[place] == pytest.approx(sum(each[1] for each in own if each[0] in late))


def test_the_last_weeks_end_where_they_are_said_to() -> None:
    made = Weekly.of(judged([(7 * week, 0, week + 1.0, nan, 0.1) for week in range(10)]), FIRST, 10, ())
    assert made.last(3).whole.tolist() == [8, 9, 10]
    assert made.last(3, 3).whole.tolist() == [5, 6, 7]
    assert made.last(4, 8).whole.tolist() == [1, 2]
    assert made.last(4, 12).whole.tolist() == []


def test_a_rise_beyond_chance_is_told_from_one_within_it() -> None:
    chance = np.random.default_rng(1)
    steady = chance.normal(30, 4, 26)
    assert rise(steady, chance.normal(30, 4, 26)).low < 1
    more = rise(steady, chance.normal(39, 4, 26))
    assert 1.15 < more.low < more.value < more.high


def test_same_work_is_the_sum_of_the_smaller_shares() -> None:
    one, other = np.array([[3.0, 1.0, 0.0]]), np.array([[1.0, 1.0, 2.0]])
    assert same_work(one, other) == pytest.approx(0.25 + 0.25)
    assert same_work(one, one) == pytest.approx(1)


def test_other_kinds_of_work_fall_below_what_chance_gives() -> None:
    chance = np.random.default_rng(2)
    mix = chance.poisson([9, 6, 3, 3, 1], (52, 5)).astype(np.float64)
    one, other = mix[:26], mix[26:]
    assert same_work(one, other) >= usual_same_work(one, other)
    turned = other[:, ::-1].copy()
    assert same_work(one, turned) < usual_same_work(one, turned)


@given(st.integers(0, 10_000))
@settings(max_examples=10)
def test_pace_is_that_of_each_workstream_weighed_by_how_often_it_comes_now(seed: int) -> None:
    chance = np.random.default_rng(seed)
    made = zip(chance.integers(364, size=300).tolist(), chance.integers(4, size=300).tolist(), strict=True)
    rows = [
        (day, stream, size, 0.0, 0.1) for (day, stream), size in zip(made, chance.uniform(0.2, 3, 300), strict=True)
    ]
    whole = Weekly.of(judged(rows), FIRST, 52, ())
    found = pace(whole.last(26, 26), whole.last(26), 6)
    assert found is not None
    took, due, freed = 0.0, 0.0, []
    for stream in range(4):
        before = [row[2] for row in rows if row[1] == stream and row[0] < 182]
        now = [row[2] for row in rows if row[1] == stream and row[0] >= 182]
        took, expected = took + sum(now), len(now) * sum(before) / len(before)
        due += expected
        freed.append(expected - sum(now))
    assert found[0].value == pytest.approx(took / due)
    assert found[1].tolist() == pytest.approx(freed)


def test_without_anything_that_comes_again_there_is_no_pace() -> None:
    whole = Weekly.of(judged([(0, 0, 1.0, 0.0, 0.1), (300, 1, 1.0, 0.0, 0.1)]), FIRST, 52, ())
    assert pace(whole.last(26, 26), whole.last(26), 6) is None
