"""Which titles are so alike that one answer may do for all of them."""

from collections.abc import Sequence

import numpy as np

from outgrow.analysis.titles import normalise, vectors

#: Titles from this similarity on are offered together; the person sees them all before they answer.
ALIKE = 0.4


def alike(title: str, others: Sequence[str], least: float = ALIKE) -> list[int]:
    """Return the places of the titles that are like one, in their order: cosine of their n-grams at least `least`."""
    rows = vectors([normalise(each) for each in (title, *others)])
    return [int(place) for place in np.flatnonzero(rows[1:] @ rows[0] >= least)]
