"""The growth share week after week, over the weeks up to each: what stands is exact, the rest follows the proposals.

The same model as for one period (see `periods`), for all windows at once: the readings of the proposals are drawn once,
and given a reading the growth hours of what is open are taken as normal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outgrow.analysis.columns import Judged
from outgrow.analysis.recalibration import Calibration, Floats, Integers, below, probit, shortest_each

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
    weekly, generator = _weekly(done, (done.work.day - first) // 7, weeks), np.random.default_rng(23)
    chance, noise = _chance(calibration, generator), generator.standard_normal(_DRAWS)
    return [_rolled(weekly, reach, chance, noise) for reach in reaches]


@dataclass(frozen=True, slots=True)
class _Weekly:
    """The hours of each week, those known to be growth, and the workstreams without a judgement in each week.

    Of those: `own` is week * streams + workstream, `size` the hours, `weighed` the hours times the proposal.
    """

    weeks: int
    total: Floats
    known: Floats
    streams: int
    own: Integers
    size: Floats
    weighed: Floats


def _weekly(done: Judged, week: Integers, weeks: int) -> _Weekly:
    open_ = np.isnan(done.value)
    left, streams = done.only(open_), int(done.workstream.max(initial=0)) + 1
    own, place = np.unique(week[open_] * streams + left.workstream, return_inverse=True)
    return _Weekly(
        weeks=weeks,
        total=_summed(week, done.size, weeks),
        known=_summed(week, done.size * np.nan_to_num(done.value), weeks),
        streams=streams,
        own=own,
        size=_summed(place.ravel(), left.size, len(own)),
        weighed=_summed(place.ravel(), left.size * left.probability, len(own)),
    )


def _summed(place: Integers, value: Floats, places: int) -> Floats:
    return np.bincount(place, value, places).astype(np.float64)


def _rolled(weekly: _Weekly, reach: int, chance: Floats, noise: Floats) -> list[Window]:
    known, total = _over(weekly.known, reach), _over(weekly.total, reach)
    sums, squares = _open(weekly, reach)
    there = sums.any(axis=1)
    sums, squares, chance = sums[there], squares[there], chance[:, there]
    whole = np.maximum(total, np.finfo(np.float64).tiny)
    means = (known + chance.mean(axis=0) @ sums) / whole
    drawn = _drawn(sums, squares, chance, noise)
    drawn += known[:, None]
    drawn /= whole[:, None]
    return [_window(*each) for each in zip(total, means, *shortest_each(drawn), strict=True)]


def _drawn(sums: Floats, squares: Floats, chance: Floats, noise: Floats) -> Floats:
    """Draw the growth hours of what is open (weeks x draws).

    The normal is cut off at none and at all of the hours; the mean is that of what it stands for.
    """
    drawn = squares.T @ (chance * (1 - chance)).T
    np.sqrt(drawn, out=drawn)
    drawn *= noise
    drawn += sums.T @ chance.T
    return np.clip(drawn, 0.0, sums.sum(axis=0)[:, None], out=drawn)


def _over(weekly: Floats, reach: int) -> Floats:
    """Sum over the `reach` weeks that end with each."""
    summed = np.concatenate([[0.0], np.cumsum(weekly, dtype=np.float64)])
    ends = np.arange(1, len(summed))
    return np.asarray(np.maximum(summed[ends] - summed[np.maximum(ends - reach, 0)], 0.0), np.float64)


def _open(weekly: _Weekly, reach: int) -> tuple[Floats, Floats]:
    """Return hours and squared hours (cells x weeks) of the workstreams without a judgement, by their mean proposal."""
    weeks, streams = weekly.weeks, weekly.streams
    windows = np.concatenate([weekly.own + later * streams for later in range(reach)])
    within = windows < weeks * streams
    keys, place = np.unique(windows[within], return_inverse=True)
    size, weighed = (
        _summed(place.ravel(), np.tile(each, reach)[within], len(keys)) for each in (weekly.size, weekly.weighed)
    )
    mean = weighed / np.maximum(size, np.finfo(np.float64).tiny)
    cell = np.round(np.clip(mean, 0.0, 1.0) * (_CELLS - 1)).astype(np.int64) * weeks + keys // streams
    return _table(cell, size, weeks), _table(cell, np.square(size), weeks)


def _table(cell: Integers, value: Floats, weeks: int) -> Floats:
    return _summed(cell, value, _CELLS * weeks).reshape(_CELLS, weeks)


def _chance(calibration: Calibration, generator: np.random.Generator) -> Floats:
    """Draw readings of the proposals: the chance of growth of each cell in each (draws x cells)."""
    root = np.linalg.cholesky(calibration.covariance + 1e-12 * np.eye(2))
    reading = calibration.mean + generator.standard_normal((_DRAWS, 2)) @ root.T
    middles = np.clip(np.linspace(0.0, 1.0, _CELLS), _EDGE, 1 - _EDGE)
    return below(reading[:, :1] + reading[:, 1:] * probit(middles))


def _window(hours: float, mean: float, low: float, high: float) -> Window:
    if hours <= 0:
        return Window(0.0, 0.0, 0.0, 1.0)
    return Window(float(hours), float(min(max(mean, low), high)), float(low), float(high))
