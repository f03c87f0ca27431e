"""The probability of growth before any answer, from how novel the titles of a month are.

Every feature is bounded or set against the same person's own past, so that one set of coefficients holds for a person
with many different titles and for one with few. They were fitted on labelled histories by `benchmarks/fit_prior.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.novelty import WINDOW, Block, BoolArray, Novelty, measure
from outgrow.analysis.titles import FloatArray
from outgrow.analysis.words import Words

Probabilities = NDArray[np.float64]
Features = NDArray[np.float32]

#: The mean in the labelled histories: what is proposed where nothing tells more.
BASE_RATE = 0.17

FEATURES = (
    "nearest",  # like single ones of the past
    "growing less own mean",  # alike now and unlike the past, against what is usual for this person
    "familiarity of its company",  # as percentile of the own past; the mean over the titles that are like it now
    "rarest word of the month less own mean",  # a month of words that are hardly ever used
)

#: The constant, and the coefficient of each feature.
COEFFICIENTS = np.array([-0.181, -4.387, 2.051, -1.325, -1.375], np.float32)

_COMPANY_BASE = 0.1  # weight of the month's mean in the mean over a title's company
_SHORT_PAST = 30  # earlier titles at which the log odds stand half way between base rate and features


@dataclass(frozen=True, slots=True)
class Compared:
    """A block of titles, the novelty of the person's `own` telling titles before it, and how many stand before it."""

    block: Block
    own: Novelty
    before: int


def compared(words: Words, telling: BoolArray, edges: Sequence[int], window: int = WINDOW) -> Iterator[Compared]:
    """Yield the blocks with what they are set against: the later half of what came before, at most `window` titles."""
    recent = Novelty.joined([])
    for block in measure(words, telling, edges, window):
        later = min(window, block.first // 2)
        told = telling[block.first - later : block.first]
        yield Compared(block, recent.last(later).where(told), block.first)
        recent = Novelty.joined([recent, block.novelty]).last(window)


def prior(compared: Compared) -> Probabilities:
    """Return p of growth for each title of a block; those that tell nothing get the mean of those that do."""
    telling = compared.block.telling
    if not telling.any():
        return np.full(len(telling), BASE_RATE)
    odds = COEFFICIENTS[0] + features(compared) @ COEFFICIENTS[1:]
    chance = 1 / (1 + np.exp(-shortened(odds, compared.before)))
    return np.where(telling, chance, chance[telling].mean()).astype(np.float64)


def shortened(odds: Features, before: int) -> Features:
    """Draw log odds to the base rate, the more so the shorter the past: one of `_SHORT_PAST` titles half way."""
    base = np.float32(np.log(BASE_RATE / (1 - BASE_RATE)))
    return base + np.float32(before / (before + _SHORT_PAST)) * (odds - base)


def features(compared: Compared) -> Features:
    """Return the n x 4 values of FEATURES. A person without a past is set against the block itself."""
    block, own = compared.block, compared.own
    if not len(own.nearest):
        own = block.novelty.where(block.telling)
    familiar = _percentile(block.novelty.familiar, own.familiar)
    month = block.novelty.rarest[block.telling].mean() - own.rarest.mean()
    return np.column_stack(
        [
            block.novelty.nearest,
            block.novelty.growing - own.growing.mean(),
            _of_company(familiar, block),
            np.full(len(familiar), month, np.float32),
        ]
    )


def _percentile(values: FloatArray, own: FloatArray) -> FloatArray:
    """Return which share of the person's own lies below each value, equal ones counted half."""
    ordered = np.sort(own)
    below, upto = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return ((below + upto) / (2 * len(ordered))).astype(np.float32)


def _of_company(values: FloatArray, block: Block) -> FloatArray:
    """Return the mean over the titles of the block that are like each one, weighted by the cube of the similarity.

    Drawn to the mean of the block, so that one without company has that.
    """
    weights = block.similar * block.similar * block.similar
    total = weights @ values + np.float32(_COMPANY_BASE) * values[block.telling].mean()
    mean: FloatArray = total / (weights.sum(axis=1) + np.float32(_COMPANY_BASE))
    return mean
