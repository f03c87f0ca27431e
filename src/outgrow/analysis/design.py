"""The check on the audit's interval that needs no model: it rests on how the cards were drawn.

Cards are drawn one after the other with keys Exp(1) / size, so after n of N cards the chance that a workstream is among
them is close to 1 - exp(-c size), with c such that the chances add up to n (Rosen 1997). The proposals are corrected by
the answered residuals over those chances (the difference estimator). Their variance is shrunk towards what the
proposals themselves expect, for the residuals of ten cards say little about it.
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_PRIOR_CARDS = 10.0
_Z = 1.96


def interval(size: Floats, expected: Floats, spread: Floats, answer: Floats) -> tuple[float, float] | None:
    """Return the 95 % interval of the sum of the growth hours of N drawn workstreams, or None before any answer.

    `size` is what they were drawn by, `expected` and `spread` mean and variance of their growth hours as proposed,
    `answer` the growth hours as answered, NaN where they were not asked about.
    """
    asked = ~np.isnan(answer)
    cards = int(asked.sum())
    if not cards:
        return None
    chance = inclusion(size, cards)
    residual = (answer - expected)[asked] / chance[asked]
    center = expected.sum() + residual.sum()
    sampled = ((1 - chance[asked]) * residual**2).sum()
    proposed = (spread * (1 - chance) / chance).sum()
    half = _Z * math.sqrt((cards * sampled + _PRIOR_CARDS * proposed) / (cards + _PRIOR_CARDS))
    return float(center - half), float(center + half)


def inclusion(size: Floats, cards: int) -> Floats:
    """Return each workstream's chance to be among the first cards."""
    if cards >= len(size):
        return np.ones_like(size)
    low, high = 0.0, 1.0
    while (1 - np.exp(-high * size)).sum() < cards:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 - np.exp(-middle * size)).sum() < cards else (low, middle)
    return np.asarray(1 - np.exp(-high * size), np.float64)
