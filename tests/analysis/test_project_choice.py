"""What is foreseen of projects, beside slow twins, and what it must never do."""

import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.columns import Columns, Stand, Topic, judge
from outgrow.analysis.project_choice import (
    Earlier,
    Foreseen,
    Kind,
    LikeWork,
    answered,
    apart,
    foresee,
    like_work,
    of_project,
    record,
)
from outgrow.model.candidate import Candidate, Newness
from outgrow.model.judgement import Reason

_DRAWS = 5000
NOTHING = LikeWork()
SHARES = st.floats(0.0, 1.0)
EARLIER = st.lists(st.builds(Earlier, SHARES, st.just(0.2), st.just(0.8), SHARES), max_size=6)
LIKE = st.builds(LikeWork, st.floats(0, 400), st.floats(0, 400))


def slowly(answers: float, like: LikeWork, earlier: Sequence[Earlier], found: Foreseen) -> tuple[float, float, float]:
    """Compute the mean step by step, and how much of the distribution, drawn one by one, lies below a range."""
    seen = min(8.0, (like.growth + like.depth) / 10) if like.growth + like.depth >= 10 else 0.0
    grown = seen * like.growth / (like.growth + like.depth) if seen else 0.0
    a, b = 0.5 + 4 * answers + grown, 0.5 + 4 * (1 - answers) + seen - grown
    mean, variance = a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1))
    shift = sum(each.came - each.foreseen for each in earlier) / (len(earlier) + 3)
    variance = (3 * variance + sum((each.came - each.foreseen - shift) ** 2 for each in earlier)) / (3 + len(earlier))
    mean = min(max(mean + shift, 0.02), 0.98)
    whole = mean * (1 - mean) / min(variance, mean * (1 - mean) / 2) - 1
    chance = random.Random(3)  # noqa: S311 - draws for a test
    draws = [chance.betavariate(mean * whole, (1 - mean) * whole) for _ in range(_DRAWS)]
    return mean, sum(each < found.low for each in draws) / _DRAWS, sum(each <= found.high for each in draws) / _DRAWS


@settings(max_examples=25, deadline=None)
@given(answers=st.floats(0.06, 0.94), like=LIKE, earlier=EARLIER)
def test_it_is_what_its_slow_twin_says(answers: float, like: LikeWork, earlier: list[Earlier]) -> None:
    found = foresee(answers, like, earlier)
    mean, low, high = slowly(answers, like, earlier, found)
    assert found.share == pytest.approx(mean)
    assert low == pytest.approx(0.1, abs=0.025) or found.low == found.share
    assert high == pytest.approx(0.9, abs=0.025) or found.high == found.share


@settings(max_examples=40, deadline=None)
@given(like=LIKE, earlier=EARLIER)
def test_more_newness_never_foresees_less(like: LikeWork, earlier: list[Earlier]) -> None:
    shares = [foresee(answers / 20, like, earlier).share for answers in range(2, 19)]
    assert shares == sorted(shares)
    assert all(0 <= foresee(0.5, like, earlier).low <= each <= 1 for each in [foresee(0.5, like, earlier).share])


def test_answers_weigh_as_they_say() -> None:
    same = Candidate(name="a", hours=1, grows=False)
    new = Candidate(
        name="a",
        hours=1,
        grows=True,
        reasons=tuple(Reason),
        people=Newness.NEW,
        area=Newness.NEW,
        mode=Newness.NEW,
    )
    assert answered(same) == pytest.approx(0.5 / 9)
    assert answered(new) == pytest.approx(8.5 / 9)
    assert answered(Candidate(name="a", hours=1)) == pytest.approx(1.5 / 9)
    assert answered(Candidate(name="a", hours=1, people=Newness.PARTLY)) == pytest.approx(2 / 9)


def test_like_work_narrows_and_moves_what_is_foreseen() -> None:
    alone, beside = foresee(0.5, NOTHING, []), foresee(0.5, LikeWork(0, 200), [])
    assert beside.share < alone.share
    assert beside.high - beside.low < alone.high - alone.low
    assert foresee(0.5, LikeWork(0, 9.9), []) == alone, "under ten hours it says nothing"
    assert beside.kind is Kind.MAINTENANCE
    assert alone.kind is Kind.OPEN
    assert foresee(0.9, LikeWork(300, 0), []).kind is Kind.GROWTH


def test_what_came_before_corrects_what_is_foreseen() -> None:
    before = foresee(0.6, NOTHING, [])
    less = foresee(0.6, NOTHING, [Earlier(0.6, 0.3, 0.9, 0.2)] * 4)
    assert less.share < before.share - 0.1
    exact = foresee(0.6, NOTHING, [Earlier(0.6, 0.3, 0.9, 0.6)] * 6)
    assert exact.share == pytest.approx(before.share)
    assert exact.high - exact.low < before.high - before.low, "predictions that hold narrow the range"
    wild = foresee(0.6, NOTHING, [Earlier(0.6, 0.3, 0.9, 0.0), Earlier(0.4, 0.1, 0.7, 1.0)] * 3)
    assert wild.high - wild.low > before.high - before.low


def test_predictions_are_summed_up_from_three_on() -> None:
    one = Earlier(0.5, 0.2, 0.8, 0.7)
    assert record([one, one]) is None
    found = record([one, one, Earlier(0.5, 0.3, 0.6, 0.2)])
    assert found is not None
    assert (found.number, found.within) == (3, 2)
    assert found.off == pytest.approx(0.1 / 3)
    assert found.distance == pytest.approx(0.7 / 3)


def test_ranges_that_overlap_are_not_told_apart() -> None:
    low, middle, high = Foreseen(0.1, 0.05, 0.3), Foreseen(0.5, 0.25, 0.7), Foreseen(0.9, 0.8, 0.95)
    assert apart([]) is None
    assert apart([high]) is None, "of one alone nothing is said"
    assert apart([low, middle]) is None
    assert apart([low, high, middle]) == 1


def test_the_range_holds_what_comes_as_often_as_it_says() -> None:
    """Where what comes follows the model it lies inside in about four of five cases."""
    generator = np.random.default_rng(7)
    inside = 0
    for answers in generator.uniform(0.06, 0.94, 400):
        found = foresee(float(answers), NOTHING, [])
        came = generator.beta(0.5 + 4 * answers, 0.5 + 4 * (1 - answers))
        inside += found.low <= came <= found.high
    assert 0.74 <= inside / 400 <= 0.86


def test_work_is_told_by_its_activities_and_its_names() -> None:
    work = Columns.of([(1, 10, 0, 2.0, 0.5), (2, 11, 1, 3.0, 0.5), (3, 12, 2, 5.0, 0.5), (4, 12, 3, 7.0, 0.5)])
    topics = {n: Topic(n, 1, placed=True, struck=False) for n in range(4)}
    nothing: frozenset[int] = frozenset()
    said = [(1.0, False), (0.0, False), (math.nan, True), (math.nan, False)]
    stands = [Stand(n, 1, value, out, nothing) for n, (value, out) in enumerate(said)]
    judged = judge(work, topics, stands, {})
    assert of_project(judged, {2, 3, 4}).work.id.tolist() == [2, 4]
    assert of_project(judged, ()).hours == 0
    assert like_work(judged, [0, 1, 2, 3]) == LikeWork(2.0, 3.0)
    assert like_work(judged, []) == NOTHING
