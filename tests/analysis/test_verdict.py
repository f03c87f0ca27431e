"""Levels of certainty and bands."""

import pytest

from outgrow.analysis.verdict import band, certainty, overreach
from outgrow.model.share import Band, Certainty, Share, Target


def share(mean: float = 0.1, low: float = 0.05, high: float = 0.14, below: float = 0.9, answers: int = 20) -> Share:
    return Share(mean=mean, low=low, high=high, below=below, answers=answers)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (share(answers=7), Certainty.NONE),
        (share(answers=8), Certainty.CLEAR),
        (share(low=0.15, high=0.5), Certainty.CLEAR),
        (share(low=0.05, high=0.30, below=0.9), Certainty.EARLY),
        (share(low=0.06, high=0.16, below=0.80), Certainty.LEANING),
        (share(low=0.14, high=0.24, below=0.20), Certainty.LEANING),
        (share(low=0.10, high=0.20, below=0.5), Certainty.UNCLEAR),
        (share(low=0.05, high=0.15, below=0.79), Certainty.UNCLEAR),
    ],
)
def test_five_levels_of_certainty(given: Share, wanted: Certainty) -> None:
    assert certainty(given, Target()) is wanted


@pytest.mark.parametrize(
    ("mean", "wanted"),
    [
        (0.0, Band.MOVEMENT),
        (0.049, Band.MOVEMENT),
        (0.05, Band.SOME_GROWTH),
        (0.15, Band.PROGRESS),
        (0.40, Band.PROGRESS),
        (0.41, Band.OVERREACH),
    ],
)
def test_bands(mean: float, wanted: Band) -> None:
    assert band(share(mean=mean, low=mean - 0.005, high=mean + 0.005), Target()) is wanted


def test_overreach_is_called_when_all_of_the_range_lies_above() -> None:
    assert band(share(mean=0.45, low=0.3, high=0.6), Target()) is Band.PROGRESS


def test_a_high_target_moves_overreach_up_and_a_low_one_progress_down() -> None:
    assert band(share(mean=0.45), Target(0.3, 0.5)) is Band.PROGRESS
    assert band(share(mean=0.04), Target(0.03, 0.05)) is Band.PROGRESS


def test_growth_without_feedback_is_overreach() -> None:
    assert overreach(share(mean=0.2), Target(), feedback=False)
    assert not overreach(share(mean=0.1), Target(), feedback=False)
    assert band(share(mean=0.2), Target(), feedback=False) is Band.OVERREACH
