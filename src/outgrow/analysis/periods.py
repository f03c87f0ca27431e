"""The growth share of any period, audited or not: what stands is exact, the rest follows the recalibrated proposals.

Model-based: no drawn sample stands behind it. Its time grows with the number of items only by a few passes over arrays.
"""

import math

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.recalibration import Calibration, Floats, below, probit, shortest
from outgrow.model.share import Share, Target, Unit

_DRAWS = 1000
_CELLS = 400  # workstreams with nearly the same proposal are drawn together
_EDGE = 1e-4
_FEW = 300  # workstreams that are drawn one by one


def share_of(  # noqa: PLR0913 - arrays side by side, then what the share is told with
    hours: Floats,
    probability: Floats,
    standing: Floats,
    workstream: NDArray[np.integer],
    calibration: Calibration,
    *,
    answers: int,
    unit: Unit = Unit.HOURS,
    target: Target = Target(),  # noqa: B008 - immutable
) -> Share:
    """Return the growth share of n items with its 95 % credible interval.

    Per item: `hours` (1 where items are counted), the proposal's `probability`, the `standing` judgement (1 growth,
    0 depth, NaN where there is none), and the number of its `workstream` (0 and up). Work judged outside, and planned
    work, is left out before. A workstream without a judgement is taken as one: all growth or all depth.
    `answers` is how many judgements it all rests on.
    """
    total = float(hours.sum())
    if total <= 0:
        return Share(mean=0.0, low=0.0, high=1.0, below=0.0, answers=answers, unit=unit)
    judged = ~np.isnan(standing)
    known = float(hours[judged] @ standing[judged])
    size, p = _open(hours[~judged], probability[~judged], workstream[~judged])
    shares = (known + growth_hours(size, p, calibration, _DRAWS)) / total
    low, high = shortest(shares)
    return Share(
        mean=min(max(float(shares.mean()), low), high),
        low=low,
        high=high,
        below=float((shares < target.low).mean()),
        answers=answers,
        unit=unit,
    )


def _open(hours: Floats, probability: Floats, workstream: NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Return hours and mean proposal of each workstream that has hours."""
    size = np.bincount(workstream, hours).astype(np.float64)
    weighed = np.bincount(workstream, hours * probability)
    kept = size > 0
    return size[kept], weighed[kept] / size[kept]


def growth_hours(size: Floats, p: Floats, calibration: Calibration, draws: int) -> Floats:
    """Draw the growth hours of open workstreams: first how the proposals are to be read, then what each one is.

    Given the reading, the sum of many workstreams is close to normal; it stays within 0 and all hours.
    """
    generator = np.random.default_rng(22)
    root = np.linalg.cholesky(calibration.covariance + 1e-12 * np.eye(2))
    reading = calibration.mean + generator.standard_normal((draws, 2)) @ root.T
    if len(size) <= _FEW:
        ordered = np.lexsort((p, size))
        chance = below(reading[:, :1] + reading[:, 1:] * probit(p[ordered]))
        return np.asarray((generator.random(chance.shape) < chance) @ size[ordered], np.float64)
    sums, squares, chance = _cells(size, p, reading)
    spread = np.sqrt((chance * (1 - chance)) @ squares)
    drawn = chance @ sums + spread * generator.standard_normal(draws)
    return np.asarray(np.clip(drawn, 0.0, math.fsum(size)), np.float64)


def _cells(size: Floats, p: Floats, reading: Floats) -> tuple[Floats, Floats, Floats]:
    """Return hours and squared hours of workstreams with nearly the same proposal, and their chance in each reading."""
    edges = np.linspace(_EDGE, 1 - _EDGE, _CELLS)
    cell = np.searchsorted(edges, np.clip(p, _EDGE, 1 - _EDGE))
    sums = np.bincount(cell, size, _CELLS).astype(np.float64)
    squares = np.bincount(cell, size**2, _CELLS).astype(np.float64)
    return sums, squares, below(reading[:, :1] + reading[:, 1:] * probit(edges))
