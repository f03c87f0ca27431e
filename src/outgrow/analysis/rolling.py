"""The growth share week after week, over the weeks up to each: what stands is exact, the rest follows the proposals.

The same model as for one period (see `periods`), for all windows at once: the readings of the proposals are drawn once,
and given a reading the growth hours of what is open are taken as normal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.columns import Judged
from outgrow.analysis.recalibration import Calibration, Floats, Integers, below, probit, shortest

_DRAWS = 1000
_CELLS = 100  # workstreams with nearly the same proposal are drawn together
_EDGE = 0.005


@dataclass(frozen=True, slots=True)
class Window:
    """The growth share of some weeks, as a fraction, with its 95 % credible interval; `hours` is all work in them."""

    hours: float
    mean: float
    low: float
    high: float


def shares(
    done: Judged, first: int, weeks: int, reaches: Sequence[int], calibration: Calibration
) -> list[list[Window]]:
    """Return for each reach and each of the weeks the share over as many weeks that end with it.

    `first` is the ordinal of the first week's Monday; there is no work before it or after the last week, and none that
    was judged outside. Where there is no work in a window its share is 0 to 1. A workstream without a judgement is
    taken as one within a window: all growth or all depth.
    """
    pieces, generator = _Pieces((done.work.day - first) // 7, done), np.random.default_rng(23)
    chance, noise = _chance(calibration, generator), generator.standard_normal((_DRAWS, 1))
    return [_rolled(pieces, weeks, reach, chance, noise) for reach in reaches]


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Work with the number of its week, 0 and up."""

    week: Integers
    done: Judged


def _rolled(pieces: _Pieces, weeks: int, reach: int, chance: Floats, noise: Floats) -> list[Window]:
    done = pieces.done
    known = _over(np.bincount(pieces.week, done.size * np.nan_to_num(done.value), weeks), reach)
    total = _over(np.bincount(pieces.week, done.size, weeks), reach)
    sums, squares = _open(pieces, weeks, reach)
    expected, spread = chance @ sums, np.sqrt((chance * (1 - chance)) @ squares)
    # The normal is cut off at none and at all of the hours; the mean is that of what it stands for.
    drawn = np.clip(expected + spread * noise, 0.0, sums.sum(axis=0))
    whole = np.maximum(total, np.finfo(np.float64).tiny)
    means = ((known + expected) / whole).mean(axis=0)
    return [_window(*each) for each in zip(total, means, ((known + drawn) / whole).T, strict=True)]


def _over(weekly: NDArray[np.number], reach: int) -> Floats:
    """Sum over the `reach` weeks that end with each."""
    summed = np.concatenate([[0.0], np.cumsum(weekly, dtype=np.float64)])
    ends = np.arange(1, len(summed))
    return np.asarray(np.maximum(summed[ends] - summed[np.maximum(ends - reach, 0)], 0.0), np.float64)


def _open(pieces: _Pieces, weeks: int, reach: int) -> tuple[Floats, Floats]:
    """Return hours and squared hours (cells x weeks) of the workstreams without a judgement, by their mean proposal."""
    open_ = np.isnan(pieces.done.value)
    done, week = pieces.done.only(open_), pieces.week[open_]
    streams = int(done.workstream.max(initial=0)) + 1
    # Each workstream of each week once, then once for every window the week is part of.
    own, place = np.unique(week * streams + done.workstream, return_inverse=True)
    size, weighed = (np.bincount(place.ravel(), each, len(own)) for each in (done.size, done.size * done.probability))
    windows = np.concatenate([own + later * streams for later in range(reach)])
    within = windows < weeks * streams
    keys, place = np.unique(windows[within], return_inverse=True)
    size, weighed = (np.bincount(place.ravel(), np.tile(each, reach)[within], len(keys)) for each in (size, weighed))
    mean = weighed / np.maximum(size, np.finfo(np.float64).tiny)
    cell = np.round(np.clip(mean, 0.0, 1.0) * (_CELLS - 1)).astype(np.int64) * weeks + keys // streams
    return _table(cell, size, weeks), _table(cell, np.square(size), weeks)


def _table(cell: NDArray[np.int64], value: NDArray[np.number], weeks: int) -> Floats:
    return np.bincount(cell, value, _CELLS * weeks).reshape(_CELLS, weeks).astype(np.float64)


def _chance(calibration: Calibration, generator: np.random.Generator) -> Floats:
    """Draw readings of the proposals: the chance of growth of each cell in each (draws x cells)."""
    root = np.linalg.cholesky(calibration.covariance + 1e-12 * np.eye(2))
    reading = calibration.mean + generator.standard_normal((_DRAWS, 2)) @ root.T
    middles = np.clip(np.linspace(0.0, 1.0, _CELLS), _EDGE, 1 - _EDGE)
    return below(reading[:, :1] + reading[:, 1:] * probit(middles))


def _window(hours: float, mean: float, drawn: Floats) -> Window:
    if hours <= 0:
        return Window(0.0, 0.0, 0.0, 1.0)
    low, high = shortest(drawn)
    return Window(float(hours), min(max(float(mean), low), high), low, high)
