"""Normalised titles as numbers: which words stand in them, and a row for each title that can be compared with others.

Every different word is hashed only once, from its character n-grams; a title is the sum of the rows of its words, each
weighted by how rare the word is in what came before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outgrow.analysis.titles import BUCKET_BITS, FloatArray, RowArray, vectors

#: Dimensions of a row for one month, and for a whole history, where time counts more than the last bit of likeness.
FINE = 512
COARSE = 128


@dataclass(frozen=True, slots=True)
class Words:
    """The words of n titles, one after the other.

    `flat` are the numbers of the words (an empty title has the empty word), `starts` (n + 1) where each title begins in
    it, `rows` one row per different word: the sum of its n-grams, of length 1.
    """

    flat: RowArray
    starts: RowArray
    rows: FloatArray

    def __len__(self) -> int:
        """How many titles there are."""
        return len(self.starts) - 1

    @property
    def different(self) -> int:
        """How many different words there are."""
        return len(self.rows)

    def between(self, first: int, last: int) -> RowArray:
        """Return the words of the titles from `first` to before `last`."""
        return self.flat[self.starts[first] : self.starts[last]]


def words_of(titles: Sequence[str], dimensions: int = COARSE) -> Words:
    """Return the numbered words of normalised titles."""
    number: dict[str, int] = {}
    lengths = np.array([title.count(" ") + 1 for title in titles], np.intp)
    everything = " ".join(titles).split(" ") if titles else []
    flat = np.array([number.setdefault(word, len(number)) for word in everything], np.intp)
    return Words(
        flat,
        np.concatenate([[0], np.cumsum(lengths)]),
        vectors(list(number), np.ones(1 << BUCKET_BITS, np.float32), dimensions),
    )
