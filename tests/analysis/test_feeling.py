"""How felt and measured agree, beside a slow twin, and what chance alone may make of it."""

from collections.abc import Sequence
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.feeling import LEAST_WEEKS, agreement

WEEKS = st.lists(st.tuples(st.integers(1, 5), st.sampled_from([n / 20 for n in range(21)])), min_size=12, max_size=40)


def slow_ranks(values: Sequence[float]) -> list[float]:
    return [sum(each < value for each in values) + (sum(each == value for each in values) + 1) / 2 for value in values]


def slow(felt: Sequence[float], measured: Sequence[float]) -> float:
    one, other = slow_ranks(felt), slow_ranks(measured)
    a, b = fmean(one), fmean(other)
    whole = (sum((x - a) ** 2 for x in one) * sum((y - b) ** 2 for y in other)) ** 0.5
    return float(sum((x - a) * (y - b) for x, y in zip(one, other, strict=True)) / whole)


@settings(max_examples=40, deadline=None)
@given(weeks=WEEKS)
def test_it_is_what_its_slow_twin_says(weeks: list[tuple[int, float]]) -> None:
    felt, measured = [each[0] for each in weeks], [each[1] for each in weeks]
    found = agreement(felt, measured)
    if len(set(felt)) == 1 or len(set(measured)) == 1:
        assert found is None
        return
    assert found is not None
    assert found.correlation == pytest.approx(slow(felt, measured))
    assert -1 - 1e-9 <= found.low <= found.correlation <= found.high <= 1 + 1e-9
    turned = agreement([-each for each in felt], measured)
    assert turned is not None
    assert turned.correlation == pytest.approx(-found.correlation)


def test_it_is_silent_on_few_weeks_and_on_what_never_varies() -> None:
    few = range(LEAST_WEEKS - 1)
    assert agreement(few, few) is None
    assert agreement([3] * 20, range(20)) is None
    assert agreement([], []) is None


def test_a_clear_link_is_found_and_chance_is_seldom_taken_for_one() -> None:
    generator = np.random.default_rng(5)
    clear = [int(generator.integers(1, 6)) for _ in range(30)]
    found = agreement(clear, [each / 10 + generator.normal(0, 0.05) for each in clear])
    assert found is not None
    assert found.low > 0.5
    wrong = 0
    for _ in range(60):
        felt = [int(generator.integers(1, 6)) for _ in range(30)]
        by_chance = agreement(felt, [generator.random() for _ in felt])
        assert by_chance is not None
        wrong += by_chance.low > 0 or by_chance.high < 0
    assert wrong <= 8, "about one in twenty"
