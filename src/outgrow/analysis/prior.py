"""The probability of growth before any answer, from how novel the titles of a month are.

Every feature is bounded or set against the same person's own past, so that one set of coefficients holds for a person
with many different titles and for one with few. They were fitted on labelled histories by `benchmarks/fit_prior.py`.
"""

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.novelty import BoolArray, Novelty
from outgrow.analysis.titles import FloatArray

Probabilities = NDArray[np.float64]

#: What a title that tells nothing gets where no other title of the month tells anything either.
BASE_RATE = 0.17

FEATURES = (
    "nearest",  # like single items of the past
    "familiar less own mean",  # like many items of the past, against what is usual for this person
    "familiar as percentile of own past",
    "rarest word less own mean",  # how often the window used the least used word, against what is usual
    "rarest word as percentile of own past",
    "growing less own mean",  # alike this month, unlike the past
    "rarest word of its company",  # the same for the titles of the month that are like this one
    "familiarity of its company",
    "rarest word of the month",  # a month full of unused words
)

#: Constant and one coefficient per feature.
COEFFICIENTS = np.array(
    [
        0.394,
        -5.980,
        11.049,
        -0.061,
        -1.083,
        2.310,
        1.683,
        0.189,
        -3.232,
        -2.029,
    ]
)

_COMPANY_POWER = 3  # weight of a similar title in the mean over a title's company
_COMPANY_BASE = 0.1  # weight of the month's mean in it


def prior(month: Novelty, past: Novelty, similar: FloatArray, telling: BoolArray) -> Probabilities:
    """Return p of growth for each of the n titles of a month.

    `past` is the novelty of the person's own earlier titles, `similar` (n x n) is `novelty.others` of the month. Titles
    that tell nothing get the mean of those that do.
    """
    if not telling.any():
        return np.full(len(telling), BASE_RATE)
    values = features(month, past, similar, telling)
    chance: Probabilities = 1 / (1 + np.exp(-(COEFFICIENTS[0] + values @ COEFFICIENTS[1:])))
    return np.where(telling, chance, chance[telling].mean())


def features(month: Novelty, past: Novelty, similar: FloatArray, telling: BoolArray) -> NDArray[np.float64]:
    """Return the n x 9 values of FEATURES. A person without a past is set against the month itself."""
    if not len(past.nearest):
        past = month.where(telling)
    rarest = month.rarest - past.rarest.mean()
    familiar = _percentile(month.familiar, past.familiar)
    weights = similar.astype(np.float64) ** _COMPANY_POWER
    columns = [
        month.nearest,
        month.familiar - past.familiar.mean(),
        familiar,
        rarest,
        _percentile(month.rarest, past.rarest),
        month.growing - past.growing.mean(),
        _company(rarest, weights, telling),
        _company(familiar, weights, telling),
        np.full(len(telling), rarest[telling].mean()),
    ]
    return np.stack(columns, axis=1, dtype=np.float64)


def _percentile(values: FloatArray, past: FloatArray) -> NDArray[np.float64]:
    """Return which share of the past lies below each value, equal ones counted half."""
    ordered = np.sort(past)
    below, upto = (np.searchsorted(ordered, values, side) for side in ("left", "right"))
    return (below + upto) / (2 * len(ordered))


def _company(values: NDArray[np.floating], weights: NDArray[np.float64], telling: BoolArray) -> NDArray[np.float64]:
    """Return the mean over the titles like each one, drawn to the month's mean where there are few."""
    total = weights @ values + _COMPANY_BASE * values[telling].mean()
    mean: NDArray[np.float64] = total / (weights.sum(axis=1) + _COMPANY_BASE)
    return mean
