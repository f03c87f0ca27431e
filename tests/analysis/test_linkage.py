"""Average linkage, against a twin that averages over all pairs again for every step."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from outgrow.analysis.linkage import clusters
from outgrow.analysis.titles import FloatArray

modest = settings(max_examples=80, deadline=None, derandomize=True)


def slowly(rows: FloatArray, alike: float) -> list[list[int]]:
    similar = (rows @ rows.T).astype(np.float64).round(6)
    groups = [[n] for n in range(len(rows))]
    while len(groups) > 1:
        means = {
            (a, b): round(float(np.mean([similar[i, j] for i in groups[a] for j in groups[b]])), 9)
            for a, b in combinations(range(len(groups)), 2)
        }
        (one, other), best = max(means.items(), key=lambda pair: (pair[1], -pair[0][0], -pair[0][1]))
        if best < alike:
            break
        groups[one] += groups.pop(other)
    return [sorted(group) for group in groups]


def unit(rows: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)


@modest
@given(
    rows=hnp.arrays(np.float32, st.tuples(st.integers(0, 14), st.just(3)), elements=st.integers(0, 9)),
    alike=st.sampled_from([0.6, 0.75, 0.9, 0.97]),
)
def test_joins_as_the_slow_twin(rows: FloatArray, alike: float) -> None:
    assert clusters(unit(rows), alike) == slowly(unit(rows), alike)


def test_a_chain_is_not_one_group() -> None:
    angles = np.linspace(0, np.pi / 2, 10)
    chain = unit(np.stack([np.cos(angles), np.sin(angles)], axis=1))
    assert len(clusters(chain, 0.97)) > 1


def test_rows_of_nothing_stay_alone() -> None:
    assert clusters(np.zeros((3, 4), np.float32), 0.75) == [[0], [1], [2]]
