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

#: Earlier titles that a block is compared with.
WINDOW = 512
#: Titles compared at once where the caller has no month of their own to compare.
BLOCK = 128

_NEAREST = 3


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


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of a block (unit length), of the window before it, and the uses of every word in that window."""

    first: int
    last: int
    rows: FloatArray
    window: FloatArray
    uses: NDArray[np.int64]


def measure(words: Words, edges: Sequence[int], window: int = WINDOW, telling: BoolArray | None = None) -> Novelty:
    """Return the novelty of n titles in order of time; `edges` are the bounds of the blocks, from 0 to n.

    Each title is measured by what stands before its block and by its block alone. Those not `telling` are nobody's
    company in a block: "Sync" and "Sync" are no theme.
    """
    if telling is None:
        telling = np.ones(len(words), np.bool_)
    parts = [_measured(words, block, telling[block.first : block.last]) for block in _blocks(words, edges, window)]
    nothing = np.zeros(0, np.float32)
    return Novelty(
        *(np.concatenate([nothing, *(getattr(part, field.name) for part in parts)]) for field in fields(Novelty))
    )


def even_edges(count: int, size: int = BLOCK) -> list[int]:
    """Return the bounds of blocks of `size` titles that end with the last of `count`; the first may be smaller."""
    return [0, *range(count % size or size, count + 1, size)] if count else [0]


def _blocks(words: Words, edges: Sequence[int], window: int) -> Iterator[_Block]:
    """Walk through the titles, with the words of the window and of all before counted along."""
    uses, seen = np.zeros((2, words.different), np.int64)
    rows = np.zeros((0, words.rows.shape[1]), np.float32)
    start = 0
    for first, last in pairwise(edges):
        block = rows_between(words, first, last, seen, first)
        yield _Block(first, last, block, rows, uses)
        np.add.at(seen, words.between(first, last), 1)
        np.add.at(uses, words.between(first, last), 1)
        np.subtract.at(uses, words.between(start, max(start, last - window)), 1)
        start = max(start, last - window)
        rows = np.concatenate([rows, block])[start - last :]


def rows_between(words: Words, first: int, last: int, seen: NDArray[np.int64], count: int) -> FloatArray:
    """Return a row of length 1 per title from `first` to before `last` (0 for an empty title).

    A word that `seen` counts s times in the `count` titles before weighs log((1 + count) / (1 + s)) + 1.
    """
    flat = words.between(first, last)
    weights = np.maximum(np.log((1 + count) / (1 + seen[flat])) + 1, 0.1).astype(np.float32)
    rows = np.add.reduceat(words.rows[flat] * weights[:, None], words.starts[first:last] - words.starts[first], axis=0)
    unit: FloatArray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return unit


def _measured(words: Words, block: _Block, telling: BoolArray) -> Novelty:
    """Measure one block."""
    nearest, familiar = _likeness(block.rows @ block.window.T)
    return Novelty(nearest, familiar, _rarest(words, block), _company(block.rows, telling) - nearest)


def _likeness(similar: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return `nearest` and `familiar` for every row of similarities to the window; 0 where the window is empty."""
    if not similar.shape[1]:
        nothing = np.zeros(len(similar), np.float32)
        return nothing, nothing
    nearest = _nearest(similar)
    similar *= similar
    fourth = np.einsum("ij,ij->i", similar, similar) / np.float32(similar.shape[1])
    return nearest, np.sqrt(np.sqrt(fourth))


def _nearest(similar: FloatArray) -> FloatArray:
    """Return the mean of the three greatest entries of every row (of all, where there are fewer), at least 0."""
    most = min(_NEAREST, similar.shape[1])
    greatest = np.partition(similar, -most, axis=1)[:, -most:]
    mean: FloatArray = np.clip(greatest, 0, 1).mean(axis=1)
    return mean


def _rarest(words: Words, block: _Block) -> FloatArray:
    """Return log(1 + uses) of the least used word of each title."""
    least = np.minimum.reduceat(
        block.uses[words.between(block.first, block.last)],
        words.starts[block.first : block.last] - words.starts[block.first],
    )
    return np.log1p(least).astype(np.float32)


def _company(rows: FloatArray, telling: BoolArray) -> FloatArray:
    """Return how similar each is to the three most similar other ones that tell something; 0 for one alone."""
    return _nearest(others(rows, telling)) if len(rows) else np.zeros(0, np.float32)


def others(rows: FloatArray, telling: BoolArray) -> FloatArray:
    """Return the similarity of every row to every other one (n x n); 0 to itself and to those that tell nothing."""
    similar: FloatArray = np.clip(rows @ rows.T, 0, 1)
    np.fill_diagonal(similar, 0)
    similar[:, ~telling] = 0
    return similar
