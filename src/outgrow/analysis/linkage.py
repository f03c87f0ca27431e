"""Average linkage: joining what is most alike until nothing is alike enough."""

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.titles import FloatArray

_APART = -2.0  # under every similarity


def clusters(rows: FloatArray, alike: float) -> list[list[int]]:
    """Group rows of length 1 so that the mean similarity between any two groups is under `alike`.

    Again and again the two groups with the highest mean similarity are joined, of equals the earliest (Sokal &
    Michener 1958). Returns the numbers of the rows, ascending, the groups in the order of their first row. n rows take
    n * n * 8 bytes.
    """
    members = [[row] for row in range(len(rows))]
    similar = _similarities(rows)
    near = np.flatnonzero(similar.max(axis=1, initial=_APART) >= alike)  # the others will never be joined
    for kept, dropped in _joins(similar[np.ix_(near, near)], alike):
        members[near[kept]] += members[near[dropped]]
        members[near[dropped]] = []
    return [sorted(group) for group in members if group]


def _similarities(rows: FloatArray) -> NDArray[np.float64]:
    """Return the similarity of every two rows, rounded so that equal ones are equal wherever they stand."""
    similar = (rows @ rows.T).astype(np.float64).round(6)
    np.fill_diagonal(similar, _APART)
    return similar


def _joins(similar: NDArray[np.float64], alike: float) -> list[tuple[int, int]]:
    """Return the pairs in the order they are joined; the lower number stands for both from then on."""
    joins: list[tuple[int, int]] = []
    sizes = np.ones(len(similar))
    best = similar.argmax(axis=1) if len(similar) else np.empty(0, np.intp)
    values = similar[np.arange(len(similar)), best]
    while len(joins) < len(similar) - 1 and values.max() >= alike:
        row = int(values.argmax())
        kept, dropped = sorted((row, int(best[row])))
        joins.append((kept, dropped))
        _merge(similar, sizes, kept, dropped)
        near = np.flatnonzero((best == kept) | (best == dropped))  # no mean is above both of what it is the mean of
        stale = np.union1d(near, (kept, dropped))
        best[stale] = similar[stale].argmax(axis=1)
        values[stale] = similar[stale, best[stale]]
    return joins


def _merge(similar: NDArray[np.float64], sizes: NDArray[np.float64], kept: int, dropped: int) -> None:
    """Give `kept` the mean similarities of both groups, and take `dropped` out."""
    total = sizes[kept] + sizes[dropped]
    mean = (sizes[kept] * similar[kept] + sizes[dropped] * similar[dropped]) / total
    mean[[kept, dropped]] = _APART
    mean[similar[kept] == _APART] = _APART
    similar[kept], similar[:, kept] = mean, mean
    similar[dropped], similar[:, dropped] = _APART, _APART
    sizes[kept] = total
