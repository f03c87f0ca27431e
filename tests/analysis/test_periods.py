"""The share of any period against a slow twin."""

import time

import numpy as np
import pytest

from outgrow.analysis.periods import share_of
from outgrow.analysis.recalibration import UNANSWERED, Calibration, Floats, below, probit
from outgrow.model.share import Share

SURE = Calibration(np.array([0.0, 1.0]), np.diag([1e-6, 1e-6]))


def work(count: int, streams: int, seed: int = 1) -> tuple[Floats, Floats, Floats, Floats]:
    generator = np.random.default_rng(seed)
    stream = generator.integers(0, streams, count)
    standing = np.where(stream < streams // 4, (stream % 5 == 0).astype(np.float64), np.nan)
    hours = np.array([0.5, 1.0, 2.0])[generator.integers(0, 3, count)]
    return hours, generator.beta(1, 4, streams)[stream], standing, stream.astype(np.float64)


def slow_twin(work: tuple[Floats, Floats, Floats, Floats], calibration: Calibration) -> tuple[float, float]:
    """Return mean and deviation of the share, one draw and one workstream at a time."""
    hours, p, standing, stream = work
    generator = np.random.default_rng(2)
    open_ = np.isnan(standing)
    sizes = [(hours[open_ & (stream == s)].sum(), p[stream == s][0]) for s in np.unique(stream[open_])]
    proposed = probit(np.array([q for _, q in sizes]))
    shares = []
    for _ in range(3000):
        offset, slope = generator.multivariate_normal(calibration.mean, calibration.covariance)
        chances = zip(sizes, below(offset + slope * proposed), strict=True)
        grown = sum(size for (size, _), chance in chances if generator.random() < chance)
        shares.append((hours[~open_] @ standing[~open_] + grown) / hours.sum())
    return float(np.mean(shares)), float(np.std(shares))


def told(work: tuple[Floats, Floats, Floats, Floats], calibration: Calibration = UNANSWERED) -> Share:
    hours, p, standing, stream = work
    return share_of(hours, p, standing, stream.astype(np.int64), calibration, answers=20)


@pytest.mark.parametrize("streams", [20, 400])
def test_agrees_with_its_slow_twin(streams: int) -> None:
    some = work(1000, streams)
    mean, deviation = slow_twin(some, SURE)
    found = told(some, SURE)
    assert found.mean == pytest.approx(mean, abs=0.005)
    assert found.half_width == pytest.approx(1.96 * deviation, rel=0.15)


def test_what_stands_is_exact() -> None:
    hours, stream = np.array([1.0, 3.0]), np.array([0.0, 1.0])
    found = told((hours, np.array([0.5, 0.5]), np.array([1.0, 0.0]), stream))
    assert (found.low, found.mean, found.high) == pytest.approx((0.25, 0.25, 0.25))


def test_stays_within_what_is_known() -> None:
    hours, p, standing, stream = work(400, 40)
    found = told((hours, p, standing, stream))
    known = np.nansum(hours * standing) / hours.sum()
    assert known <= found.low <= found.mean <= found.high <= known + hours[np.isnan(standing)].sum() / hours.sum()


def test_no_hours_say_nothing() -> None:
    none = np.zeros(0)
    assert told((none, none, none, none)).half_width == 0.5


def test_ten_years_cost_less_than_a_tenth_of_a_second() -> None:
    some = work(100_000, 9000)
    told(some)
    begun = time.process_time()
    told(some)
    assert time.process_time() - begun < 0.1
