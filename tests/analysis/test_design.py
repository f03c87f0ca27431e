"""The design-based check against drawing many times."""

import numpy as np
import pytest
from numpy.typing import NDArray

from outgrow.analysis.design import Floats, inclusion, interval


def drawn(generator: np.random.Generator, size: Floats, cards: int) -> NDArray[np.int64]:
    keys = generator.exponential(size=len(size)) / size
    return np.argsort(keys)[:cards]


def test_inclusion_agrees_with_drawing() -> None:
    size = np.array([0.2, 0.5, 1, 1, 2, 3, 5, 8, 1, 1])
    generator = np.random.default_rng(1)
    counts = sum(np.bincount(drawn(generator, size, 4), minlength=10) for _ in range(20_000))
    assert inclusion(size, 4) == pytest.approx(counts / 20_000, abs=0.04)
    assert inclusion(size, 4).sum() == pytest.approx(4, abs=1e-6)


def test_interval_holds_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(2)
    held = 0
    for _ in range(400):
        hours = generator.choice([0.5, 1.0, 2.0], 80)
        p = generator.beta(1, 4, 80)
        truth = hours * (generator.random(80) < p)
        size = hours * (0.5 * np.sqrt(p * (1 - p)) + 0.2)
        answer = np.full(80, np.nan)
        asked = drawn(generator, size, 30)
        answer[asked] = truth[asked]
        found = interval(size, hours * p, hours**2 * p * (1 - p), answer)
        held += found is not None and found[0] <= truth.sum() <= found[1]
    assert 0.92 <= held / 400 <= 0.99


def test_all_answered_leaves_no_doubt_and_none_answered_no_interval() -> None:
    size, expected = np.ones(3), np.full(3, 0.5)
    assert interval(size, expected, expected, np.array([1.0, 0.0, 1.0])) == pytest.approx((2, 2))
    assert interval(size, expected, expected, np.full(3, np.nan)) is None
