"""The share over rolling weeks is that of each window by itself."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.audit import estimate_unaudited
from outgrow.analysis.recalibration import UNANSWERED
from outgrow.analysis.rolling import Piece, shares

WEEKS = 6
PIECES = st.lists(
    st.builds(
        Piece,
        st.integers(0, WEEKS - 1),
        st.sampled_from("abcdefghijklmnopqrst"),
        st.sampled_from([0.5, 1.0, 2.0]),
        st.sampled_from([0.05, 0.2, 0.5, 0.8]),
        st.sampled_from([None, None, 0.0, 1.0]),
    ),
    max_size=60,
)


def alone(pieces: list[Piece]) -> tuple[float, float, float]:
    """Compute the share of one window the slow way."""
    share = estimate_unaudited(
        [each.hours for each in pieces],
        [each.probability for each in pieces],
        [each.workstream for each in pieces],
        {n: each.standing for n, each in enumerate(pieces) if each.standing is not None},
        UNANSWERED,
    )
    return share.mean, share.low, share.high


@settings(max_examples=30)
@given(PIECES, st.integers(1, 4))
def test_each_window_is_as_if_it_were_alone(pieces: list[Piece], reach: int) -> None:
    for n, window in enumerate(shares(pieces, WEEKS, [reach], UNANSWERED)[0]):
        within = [each for each in pieces if n - reach < each.week <= n]
        assert window.hours == sum(each.hours for each in within)
        if within:
            mean, low, high = alone(within)
            assert abs(window.mean - mean) < 0.03
            assert abs(window.low - low) < 0.25
            assert abs(window.high - high) < 0.25
            assert 0 <= window.low <= window.mean <= window.high <= 1


def test_of_many_workstreams_the_ends_agree_closely() -> None:
    chance = np.random.default_rng(5)
    pieces = [Piece(n % 4, f"w{n}", 1.0, float(chance.beta(1, 4)), None) for n in range(400)]
    window = shares(pieces, 4, [4], UNANSWERED)[0][-1]
    assert np.allclose((window.mean, window.low, window.high), alone(pieces), atol=0.02)


def test_what_stands_is_exact() -> None:
    pieces = [Piece(0, "a", 3.0, 0.9, 0.0), Piece(1, "b", 1.0, 0.1, 1.0)]
    _, windows = shares(pieces, 3, [1, 2], UNANSWERED)
    assert [(w.hours, w.mean, w.low, w.high) for w in windows] == [(3, 0, 0, 0), (4, 0.25, 0.25, 0.25), (1, 1, 1, 1)]


def test_without_work_nothing_is_known() -> None:
    ((window,),) = shares([], 1, [4], UNANSWERED)
    assert (window.hours, window.low, window.high) == (0, 0, 1)
