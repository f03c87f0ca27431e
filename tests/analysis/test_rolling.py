"""The share over rolling weeks is that of each window by itself."""

from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.columns import Columns, Judged
from outgrow.analysis.periods import share_of
from outgrow.analysis.recalibration import UNANSWERED
from outgrow.analysis.rolling import Window, shares

WEEKS = 6
MONDAY = 7 * 100_000


class Piece(NamedTuple):
    """Work of one workstream in one week; `standing` is the judgement, None where there is none."""

    week: int
    workstream: str
    hours: float
    probability: float
    standing: float | None


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


def judged(pieces: list[Piece]) -> Judged:
    """Return pieces side by side, each on some day of its week."""
    each, none = np.arange(len(pieces)), np.zeros(len(pieces), np.bool_)
    days = np.array([MONDAY + 7 * piece.week + n % 7 for n, piece in enumerate(pieces)], np.int64)
    hours, probability = (np.array([piece[n] for piece in pieces], np.float64) for n in (2, 3))
    return Judged(
        work=Columns(id=each, day=days, topic=each, hours=hours, probability=probability),
        workstream=np.array([ord(piece.workstream[0]) + int(piece.workstream[1:] or 0) for piece in pieces], np.int64),
        size=hours,
        repeats=none,
        outside=none,
        value=np.array([piece.standing for piece in pieces], np.float64),
    )


def rolled(pieces: list[Piece], weeks: int, *reaches: int) -> list[list[Window]]:
    """Return the shares of pieces."""
    return shares(judged(pieces), MONDAY, weeks, reaches, UNANSWERED)


def alone(pieces: list[Piece]) -> tuple[float, float, float]:
    """Compute the share of one window the slow way."""
    done = judged(pieces)
    share = share_of(done.size, done.probability, done.value, done.workstream, UNANSWERED, answers=done.answers)
    return share.mean, share.low, share.high


@settings(max_examples=30)
@given(PIECES, st.integers(1, 4))
def test_each_window_is_as_if_it_were_alone(pieces: list[Piece], reach: int) -> None:
    for n, window in enumerate(rolled(pieces, WEEKS, reach)[0]):
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
    window = rolled(pieces, 4, 4)[0][-1]
    assert np.allclose((window.mean, window.low, window.high), alone(pieces), atol=0.02)


def test_what_stands_is_exact() -> None:
    pieces = [Piece(0, "a", 3.0, 0.9, 0.0), Piece(1, "b", 1.0, 0.1, 1.0)]
    _, windows = rolled(pieces, 3, 1, 2)
    assert [(w.hours, w.mean, w.low, w.high) for w in windows] == [(3, 0, 0, 0), (4, 0.25, 0.25, 0.25), (1, 1, 1, 1)]


def test_without_work_nothing_is_known() -> None:
    ((window,),) = rolled([], 1, 4)
    assert (window.hours, window.low, window.high) == (0, 0, 1)
