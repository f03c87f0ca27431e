"""The prior against a slow twin, and what it must do whatever its coefficients."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.novelty import Novelty
from outgrow.analysis.prior import BASE_RATE, COEFFICIENTS, FEATURES, Compared, compared, features, prior, shortened
from outgrow.analysis.words import words_of

TITLES = st.lists(
    st.lists(st.sampled_from(["audit", "stock", "count", "tender", "hiring", "panel"]), max_size=4).map(" ".join),
    min_size=2,
    max_size=30,
)


def blocks(titles: Sequence[str], edges: Sequence[int], telling: Sequence[bool] | None = None) -> list[Compared]:
    told = np.array([True] * len(titles) if telling is None else telling, np.bool_)
    return list(compared(words_of(titles), told, edges, 16))


def twin(one: Compared) -> list[list[float]]:
    """Return the features by their definitions, one title at a time."""
    month, telling = one.block.novelty, one.block.telling
    own = one.own if len(one.own.nearest) else month.where(telling)

    def percentile(value: float) -> float:
        return sum(float(other < value) + float(other == value) / 2 for other in own.familiar) / len(own.familiar)

    share = [percentile(value) for value in month.familiar]
    told = [value for value, tells in zip(share, telling, strict=True) if tells]
    unused = float(month.rarest[telling].mean() - own.rarest.mean())
    found = []
    for at, nearest in enumerate(month.nearest):
        weights = [float(value) ** 3 for value in one.block.similar[at]]
        pairs = zip(weights, share, strict=True)
        company = (sum(w * value for w, value in pairs) + 0.1 * sum(told) / len(told)) / (sum(weights) + 0.1)
        found.append([float(nearest), float(month.growing[at] - own.growing.mean()), company, unused])
    return found


@settings(max_examples=40, deadline=None, derandomize=True)
@given(TITLES, st.data())
def test_features_are_what_they_are_called(titles: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(titles) - 1))
    last = blocks(titles, sorted({0, cut // 2, cut, len(titles)}))[-1]
    assert features(last) == pytest.approx(np.array(twin(last)), abs=1e-3)
    assert len(FEATURES) + 1 == len(COEFFICIENTS)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(TITLES, st.integers(0, 2**30))
def test_a_prior_is_a_probability(titles: list[str], marks: int) -> None:
    telling = [bool(marks >> at & 1) for at in range(len(titles))]
    for one in blocks(titles, sorted({0, len(titles) // 2, len(titles)}), telling):
        chance = prior(one)
        assert ((chance > 0) & (chance < 1)).all()
        silent = chance[~one.block.telling]
        if one.block.telling.any() and len(silent):
            assert silent == pytest.approx(chance[one.block.telling].mean())


def test_without_a_past_nothing_but_the_base_rate_is_proposed() -> None:
    assert prior(blocks(["stock count", "hiring panel"], [0, 2])[0]) == pytest.approx(BASE_RATE)
    assert prior(blocks(["stock count", "sync"], [0, 2], [False, False])[0]) == pytest.approx(BASE_RATE)


def test_a_short_past_says_half() -> None:
    base = float(np.log(BASE_RATE / (1 - BASE_RATE)))
    odds = np.array([base + 2], np.float32)
    assert shortened(odds, 30) == pytest.approx(base + 1)
    assert shortened(odds, 0) == pytest.approx(base)


def test_own_past_is_the_later_half_and_never_longer_than_the_window() -> None:
    lengths = [len(one.own.nearest) for one in blocks(["stock count"] * 80, [0, 10, 20, 40, 80])]
    assert lengths == [0, 5, 10, 16]


def test_what_is_vague_is_no_part_of_the_own_past() -> None:
    last = blocks(["stock count"] * 30, [0, 20, 30], [True] * 15 + [False] * 5 + [True] * 10)[-1]
    assert len(last.own.nearest) == 5


def test_new_work_that_comes_together_is_likelier_growth_than_the_old() -> None:
    old = [f"{word} count {place}" for place in ("berlin", "ghent") for word in ("stock", "parts", "pallet", "invoice")]
    new = ["hiring panel lead", "hiring panel notes", "hiring interview lead"]
    chance = prior(blocks(old * 12 + old + new, [0, 48, 96, 96 + len(old) + len(new)])[-1])
    assert chance[len(old) :].min() > 3 * chance[: len(old)].max()


def test_novelty_of_nothing() -> None:
    assert len(Novelty.joined([]).nearest) == 0
    assert len(Novelty.joined([]).last(5).nearest) == 0
