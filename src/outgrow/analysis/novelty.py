"""How unlike a person's earlier work a piece of work is, and how fast its theme is growing.

Always against a rolling window of the same person's own work, never against all of it: the distance to a whole history
falls for everybody as it grows. The titles are taken in blocks, in the order of time; each block is compared with the
window before it, and the block itself shows what is growing now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.titles import FloatArray
from outgrow.analysis.words import Words

BoolArray = NDArray[np.bool_]
CountArray = NDArray[np.int64]

#: Earlier titles that a block is compared with.
WINDOW = 512
#: Titles compared at once where there is no month that belongs together.
BLOCK = 128

_NEAREST = 3
_LEAST_WEIGHT = 0.1  # of a word that stands in every title, several times in some


@dataclass(frozen=True, slots=True)
class Novelty:
    """What n titles are like against the window before them; every array has n entries.

    `nearest`: mean similarity to the three most similar earlier titles, 0-1. `familiar`: the fourth root of the mean
    fourth power of the similarity to all of them, 0-1: many rather similar ones count, the unlike ones do not.
    `rarest`: log(1 + uses) of the word in the title that the window uses least. `growing`: mean similarity to the three
    most similar other titles of the same block, less `nearest`; high where new titles come together.
    """

    nearest: FloatArray
    familiar: FloatArray
    rarest: FloatArray
    growing: FloatArray

    def where(self, chosen: BoolArray) -> "Novelty":
        """Return that of the chosen titles."""
        return Novelty(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def last(self, count: int) -> "Novelty":
        """Return that of the last `count` titles."""
        return Novelty(*(getattr(self, field.name)[max(0, len(self.nearest) - count) :] for field in fields(self)))

    @staticmethod
    def joined(parts: Sequence["Novelty"]) -> "Novelty":
        """Return that of the titles of all parts, one after the other."""
        nothing = np.zeros(0, np.float32)
        return Novelty(
            *(np.concatenate([nothing, *(getattr(part, field.name) for part in parts)]) for field in fields(Novelty))
        )


@dataclass(frozen=True, slots=True)
class Block:
    """The titles from `first` to before `last`, measured; `similar` (n x n) is how alike those of the block are.

    `telling` marks the titles that name work. The others are nobody's company: "Sync" and "Sync" are no theme.
    """

    first: int
    last: int
    novelty: Novelty
    similar: FloatArray
    telling: BoolArray


def measure(words: Words, telling: BoolArray, edges: Sequence[int], window: int = WINDOW) -> Iterator[Block]:
    """Yield the blocks of titles in order of time, measured; `edges` are their bounds, rising from 0.

    Each title is measured by what stands before its block and by its block alone.
    """
    uses, seen = np.zeros((2, words.different), np.int64)
    past = np.zeros((window, words.rows.shape[1]), np.float32)  # a ring: the order in it does not matter
    for first, last in pairwise(edges):
        rows = rows_between(words, first, last, seen, first)
        similar = _others(rows, telling[first:last])
        nearest, familiar = _likeness(rows @ past[:first].T)
        novelty = Novelty(nearest, familiar, _rarest(words, first, last, uses), _nearest(similar) - nearest)
        yield Block(first, last, novelty, similar, telling[first:last])
        np.add.at(seen, words.between(first, last), 1)
        np.add.at(uses, words.between(first, last), 1)
        np.subtract.at(uses, words.between(max(0, first - window), max(0, last - window)), 1)
        past[np.arange(first, last)[-window:] % window] = rows[-window:]


def even_edges(count: int, size: int = BLOCK) -> list[int]:
    """Return the bounds of blocks of `size` titles that end with the last of `count`; the first may be smaller."""
    return [0, *range(count % size or size, count + 1, size)] if count else [0]


def rows_between(words: Words, first: int, last: int, seen: CountArray, count: int) -> FloatArray:
    """Return a row of length 1 per title from `first` to before `last` (0 for an empty title).

    A word that `seen` counts s times in the `count` titles before weighs log((1 + count) / (1 + s)) + 1.
    """
    flat, starts = words.between(first, last), words.starts[first:last] - words.starts[first]
    lengths = np.diff(words.starts[first : last + 1])
    weights = np.maximum(np.log((1 + count) / (1 + seen[flat])) + 1, _LEAST_WEIGHT).astype(np.float32)
    longest_first = np.argsort(-lengths, kind="stable")
    sums = np.zeros((last - first, words.rows.shape[1]), np.float32)
    for place in range(lengths.max(initial=0)):
        having = longest_first[: np.count_nonzero(lengths > place)]
        at = starts[having] + place
        sums[: len(having)] += words.rows[flat[at]] * weights[at][:, None]
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-9))
    rows = np.empty_like(sums)
    rows[longest_first] = sums
    return rows


def _likeness(similar: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return `nearest` and `familiar` for every row of similarities to the window; 0 where the window is empty."""
    nearest = _nearest(similar)
    if not similar.shape[1]:
        return nearest, nearest
    squared = similar * similar
    fourth = np.einsum("ij,ij->i", squared, squared) / np.float32(similar.shape[1])
    return nearest, np.sqrt(np.sqrt(fourth))


def _nearest(similar: FloatArray) -> FloatArray:
    """Return the mean of the three greatest entries of every row (of all, where there are fewer), from 0 to 1."""
    most = min(_NEAREST, similar.shape[1])
    if not most:
        return np.zeros(len(similar), np.float32)
    greatest = np.partition(similar, -most, axis=1)[:, -most:]
    mean: FloatArray = np.clip(greatest, 0, 1).mean(axis=1)
    return mean


def _rarest(words: Words, first: int, last: int, uses: CountArray) -> FloatArray:
    """Return log(1 + uses) of the least used word of each title."""
    starts = words.starts[first:last] - words.starts[first]
    return np.log1p(np.minimum.reduceat(uses[words.between(first, last)], starts)).astype(np.float32)


def _others(rows: FloatArray, telling: BoolArray) -> FloatArray:
    """Return the similarity of every row to every other one; 0 to itself and to those that tell nothing."""
    similar: FloatArray = np.clip(rows @ rows.T, 0, 1)
    np.fill_diagonal(similar, 0)
    similar[:, ~telling] = 0
    return similar
