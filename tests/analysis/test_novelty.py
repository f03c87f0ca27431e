"""Novelty against a slow twin that looks at one title at a time."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.novelty import Novelty, even_edges, measure
from outgrow.analysis.titles import FloatArray
from outgrow.analysis.words import words_of

modest = settings(max_examples=40, deadline=None, derandomize=True)
TITLES = st.lists(
    st.lists(st.sampled_from(["audit", "stock", "count", "tender", "hiring", "panel"]), max_size=4).map(" ".join),
    min_size=1,
    max_size=25,
)


@cache
def row_of(word: str) -> FloatArray:
    alone: FloatArray = words_of([word]).rows[0]
    return alone


def row(title: str, before: Sequence[str]) -> FloatArray:
    """Return the row of one title, its words weighted by their rarity before."""
    words = title.split(" ")
    seen = Counter(word for one in before for word in one.split(" "))
    weights = [max(math.log((1 + len(before)) / (1 + seen[word])) + 1, 0.1) for word in words]
    total: FloatArray = sum(
        (weight * row_of(word) for word, weight in zip(words, weights, strict=True)), np.zeros(128, np.float32)
    )
    length = float(np.linalg.norm(total))
    unit: FloatArray = total / length if length else total
    return unit


def three_best(similar: Sequence[float]) -> float:
    best = [min(max(one, 0.0), 1.0) for one in sorted(similar)[-3:]]
    return sum(best) / len(best) if best else 0.0


def twin(titles: Sequence[str], telling: Sequence[bool], edges: Sequence[int], window: int) -> list[list[float]]:
    """Return nearest, familiar, rarest, growing for each title, by their definitions."""
    found: list[list[float]] = []
    rows: list[FloatArray] = []
    for first, last in pairwise(edges):
        block = [row(title, titles[:first]) for title in titles[first:last]]
        recent = rows[max(0, first - window) : first]
        uses = Counter(word for title in titles[max(0, first - window) : first] for word in title.split(" "))
        for at, mine in enumerate(block):
            past = [float(mine @ other) for other in recent]
            now = [float(mine @ other) * telling[first + n] * (n != at) for n, other in enumerate(block)]
            familiar = (sum(one**4 for one in past) / len(past)) ** 0.25 if past else 0.0
            rarest = min(math.log1p(uses[word]) for word in titles[first + at].split(" "))
            found.append([three_best(past), familiar, rarest, three_best(now) - three_best(past)])
        rows += block
    return found


def measured(titles: Sequence[str], telling: Sequence[bool], edges: Sequence[int], window: int) -> Novelty:
    blocks = measure(words_of(titles), np.array(telling, np.bool_), edges, window)
    return Novelty.joined([block.novelty for block in blocks])


@modest
@given(TITLES, st.integers(1, 9), st.integers(1, 30), st.integers(0, 2**25))
def test_blocks_measure_as_one_title_at_a_time(titles: list[str], size: int, window: int, marks: int) -> None:
    telling = [bool(marks >> at & 1) for at in range(len(titles))]
    edges = even_edges(len(titles), size)
    found = measured(titles, telling, edges, window)
    columns = np.stack([found.nearest, found.familiar, found.rarest, found.growing], axis=1)
    assert columns == pytest.approx(np.array(twin(titles, telling, edges, window)), abs=2e-3)


@modest
@given(TITLES, TITLES)
def test_what_comes_later_changes_nothing(titles: list[str], later: list[str]) -> None:
    edges = even_edges(len(titles), 5)
    alone = measured(titles, [True] * len(titles), edges, 8)
    both = measured([*titles, *later], [True] * (len(titles) + len(later)), [*edges, len(titles) + len(later)], 8)
    assert both.nearest[: len(titles)] == pytest.approx(alone.nearest, abs=1e-6)
    assert both.growing[: len(titles)] == pytest.approx(alone.growing, abs=1e-6)


def test_a_repeated_title_is_near_and_a_strange_one_is_not() -> None:
    titles = ["stock count berlin"] * 40 + ["stock count berlin", "hiring panel lead"]
    found = measured(titles, [True] * 42, [0, 40, 42], 512)
    assert found.nearest[-2:] == pytest.approx([1, 0], abs=0.2)
    assert found.rarest[-2:] == pytest.approx([math.log(41), 0])


def test_new_titles_that_come_together_grow() -> None:
    titles = ["stock count"] * 20 + ["hiring panel"] * 4 + ["tender"]
    growing = measured(titles, [True] * 25, [0, 20, 25], 512).growing[20:]
    assert min(growing[:4]) > 0.8
    assert growing[4] < 0.2


@given(st.integers(0, 2000), st.integers(1, 300))
def test_edges_hold_every_title_once(count: int, size: int) -> None:
    edges = even_edges(count, size)
    assert edges[0] == 0
    assert edges[-1] == count
    assert all(0 < last - first <= size for first, last in pairwise(edges))
