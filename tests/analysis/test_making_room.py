"""Making room: what a target needs, which plans free it, checked against all there are, and what became of them."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.columns import Columns, Judged
from outgrow.analysis.making_room import (
    Depth,
    Followed,
    Option,
    Plan,
    Week,
    depth,
    followed,
    most,
    need,
    options,
    plans,
)
from outgrow.model.plan import Way
from outgrow.model.share import Share, Target

CLOSE = 1e-6
HOURS = st.floats(0.1, 12).map(lambda each: round(each, 2))
WAYS = st.frozensets(st.sampled_from(list(Way)))


def work(hours: float, idle: int = 200) -> Depth:
    return Depth(0, hours, 10, 1.0, idle, 1)


def every_plan(known: Sequence[Option]) -> Iterator[Plan]:
    """Give all plans there are, one option or none for each workstream."""
    places = sorted({each.place for each in known})
    for chosen in product(*([None, *(each for each in known if each.place == place)] for place in places)):
        yield Plan(tuple(each for each in chosen if each is not None))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(HOURS, WAYS), max_size=5), st.floats(0.2, 30))
def test_a_plan_is_the_best_of_all_or_says_that_there_is_none(
    each: list[tuple[float, frozenset[Way]]], wanted: float
) -> None:
    known = options([work(hours) for hours, _ in each], [ways for _, ways in each])
    enough = [plan for plan in every_plan(known) if plan.frees >= wanted]
    found = plans(known, wanted)
    assert bool(found) == bool(enough) or abs(most(known) - wanted) < 2 * CLOSE
    if not found or not enough:
        return
    best = min((len(plan.releases), weight(plan)) for plan in enough)
    assert len(found[0].releases) == best[0]
    assert weight(found[0]) == pytest.approx(best[1], abs=1e-4)
    for plan in found:
        assert plan.frees >= wanted - CLOSE
        assert len(plan.places) == len(plan.releases), "each workstream in one way"
    places = [plan.places for plan in found]
    assert not any(one <= other for at, one in enumerate(places) for other in places[at + 1 :])


def weight(plan: Plan) -> float:
    return sum(each.weight for each in plan.releases)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.tuples(HOURS, WAYS), max_size=5))
def test_the_most_is_what_the_best_way_of_each_frees(each: list[tuple[float, frozenset[Way]]]) -> None:
    known = options([work(hours) for hours, _ in each], [ways for _, ways in each])
    assert most(known) == pytest.approx(max(plan.frees for plan in every_plan(known)))


def test_the_gentlest_of_the_fewest_is_chosen() -> None:
    known = options([work(5)], [frozenset(Way)])
    ways = [plans(known, wanted)[0].releases[0].way for wanted in (0.9, 2.9, 3.9, 4.9)]
    assert ways == [Way.EIGHTY, Way.AUTOMATE, Way.HAND_OVER, Way.DROP]


def test_nothing_wanted_needs_no_plan() -> None:
    assert plans(options([work(5)], [frozenset(Way)]), 0) == []
    assert plans([], 1) == []


def test_what_ranks_first_is_let_go_of_first() -> None:
    known = options([work(4), work(4)], [frozenset(Way)] * 2)
    first, second, *_ = plans(known, 3)
    assert [set(each.places) for each in (first, second)] == [{0}, {1}]


def test_the_need_is_a_range() -> None:
    share = Share(mean=0.10, low=0.05, high=0.18, below=0.8, answers=12)
    found = need(share, Target(0.15, 0.2), 40)
    assert [found.low, found.likely, found.high] == pytest.approx([0.0, 2.0, 4.0])


def test_a_share_above_the_target_needs_nothing() -> None:
    assert need(Share(mean=0.3, low=0.2, high=0.4, below=0, answers=12), Target(), 40).high == 0


def judged(rows: Sequence[tuple[int, int, float, bool, float, bool]]) -> Judged:
    """Give work: workstream, day, hours, whether it repeats, 1 growth or 0 depth, whether it is no work."""
    stream, day, hours, repeats, value, outside = (np.array(each) for each in zip(*rows, strict=True))
    columns = Columns(np.arange(len(rows)), day, stream, hours.astype(float), np.full(len(rows), 0.1))
    return Judged(columns, stream, hours.astype(float), repeats, outside, value.astype(float))


def test_depth_work_is_ranked_by_hours_repetition_and_time_since_the_last_learning() -> None:
    rows = [(0, day, 2.0, True, 0.0, False) for day in range(300, 310)]
    rows += [(1, day, 2.0, True, 0.0, False) for day in range(300, 310)]
    rows += [(1, 250, 1.0, False, 0.0, False), (0, 100, 1.0, False, 0.0, False)]
    rows += [(2, day, 9.0, True, 1.0, False) for day in range(300, 310)]  # growth
    rows += [(3, day, 9.0, True, 0.0, True) for day in range(300, 310)]  # no work
    rows += [(4, 301, 9.0, True, 0.0, False)]  # once
    rows.sort(key=lambda each: each[1])
    found = depth(judged(rows), 280, 310, 4)
    assert [(each.workstream, each.hours, each.times, each.idle) for each in found] == [
        (0, 5.0, 10, 210),
        (1, 5.0, 10, 60),
    ]
    assert found[0].repeated == 1.0


def test_no_work_has_no_rank() -> None:
    assert depth(judged([(0, 1, 0.0, False, 0.0, False)]).only(np.array([], int)), 0, 10, 1) == []


@pytest.mark.parametrize(
    ("since", "outcome"),
    [
        (Week(3.5, 2.0, 20.0), Followed.NOT_YET),
        (Week(1.0, 4.0, 20.0), Followed.GROWTH),
        (Week(1.0, 2.0, 23.0), Followed.MORE_DEPTH),
        (Week(1.0, 2.0, 20.0), Followed.FEWER),
    ],
)
def test_what_became_of_a_release(since: Week, outcome: Followed) -> None:
    assert followed(Week(4.0, 2.0, 20.0), since, 2.0) is outcome
