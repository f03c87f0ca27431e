"""Whether weeks that feel like progress are weeks with growth work: a rank correlation, and how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outgrow.analysis.recalibration import Floats

#: Under so many weeks nothing is said: the range would span nearly everything.
LEAST_WEEKS = 12
_DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Agreement:
    """The rank correlation (Spearman 1904) of felt and measured over some weeks, -1 to 1.

    `low` to `high` hold 95 % of what resampling the weeks gives.
    """

    weeks: int
    correlation: float
    low: float
    high: float


def agreement(felt: Sequence[float], measured: Sequence[float]) -> Agreement | None:
    """Return how n weeks, each with a feeling and a measured share, agree; None under 12, or where one never varies.

    Weeks are drawn anew with replacement, the same ones every time; draws in which one does not vary are left out.
    """
    both = np.array([felt, measured], np.float64)
    number = both.shape[1]
    if number < LEAST_WEEKS or not (np.ptp(both, axis=1) > 0).all():
        return None
    places = np.random.default_rng(43).integers(0, number, (_DRAWS, number))
    drawn = _correlations(both[0][places], both[1][places])
    low, high = np.nanquantile(drawn, [0.025, 0.975]).tolist()
    found = float(_correlations(both[:1], both[1:])[0])
    return Agreement(number, found, min(low, found), max(high, found))


def _correlations(one: Floats, other: Floats) -> Floats:
    """Return the rank correlation of each row of two tables; NaN where one of them does not vary."""
    left, right = _ranks(one), _ranks(other)
    left -= left.mean(axis=1, keepdims=True)
    right -= right.mean(axis=1, keepdims=True)
    whole = np.sqrt((left**2).sum(axis=1) * (right**2).sum(axis=1))
    summed = (left * right).sum(axis=1)
    return np.asarray(np.divide(summed, whole, out=np.full(len(whole), np.nan), where=whole > 0), np.float64)


def _ranks(values: Floats) -> Floats:
    """Return the rank of each value in its row; the same values share the middle of theirs."""
    ordered = np.sort(values, axis=1)
    below = np.array([np.searchsorted(row, each, "left") for row, each in zip(ordered, values, strict=True)])
    up_to = np.array([np.searchsorted(row, each, "right") for row, each in zip(ordered, values, strict=True)])
    return np.asarray((below + up_to + 1) / 2, np.float64)
