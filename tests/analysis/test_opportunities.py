"""The catalogue of experiments, and what comes first of it."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from outgrow.analysis.opportunities import KINDS, Meeting, catalogue, gaps, kind_of, rank
from outgrow.analysis.readiness import RowState
from outgrow.model.plan import Challenge, Experiment

MEETING = Meeting("Weekly budget meeting", datetime(2026, 11, 26, 9, tzinfo=UTC))


def test_the_catalogue_covers_all_kinds_and_challenges() -> None:
    every = catalogue()
    assert len(every) >= 60
    assert min(Counter(each.kind for each in every)[kind] for kind in KINDS) >= 10
    assert min(Counter(each.challenge for each in every)[each] for each in Challenge) >= 5
    assert len({each.id for each in every}) == len({each.title for each in every}) == len(every)


@pytest.mark.parametrize("each", catalogue(), ids=lambda each: each.id)
def test_each_says_all_that_it_takes(each: Experiment) -> None:
    assert each.first_step
    assert each.ask
    assert each.leaves
    assert 0 < each.hours <= 12
    assert set(each.months) <= set(range(1, 13))
    assert all(word == word.casefold() for word in each.meeting)


def test_all_are_ranked_once() -> None:
    found = rank(catalogue(), {"craft": 1.0}, 3, [MEETING])
    assert Counter(each.experiment.id for each in found) == Counter(each.id for each in catalogue())


def test_the_widest_gap_comes_first_and_then_others_do_too() -> None:
    found = rank(catalogue(), dict.fromkeys(KINDS, 0.2) | {"ambiguity": 1.0}, 3, [])
    assert found[0].experiment.kind == "ambiguity"
    assert len({each.experiment.kind for each in found[:6]}) > 1


def test_a_meeting_speaks_for_one_experiment() -> None:
    found = [each for each in rank(catalogue(), {}, 3, [MEETING]) if each.meeting]
    assert len(found) == 1


def test_the_season_counts() -> None:
    look_back = next(each for each in catalogue() if each.id == "look-back")
    places = [[each.experiment for each in rank(catalogue(), {}, month, [])].index(look_back) for month in (12, 6)]
    assert places[0] < places[1]


def test_a_gap_is_what_others_could_not_see_yet() -> None:
    rows = [
        ("Strategy", RowState.SHOWN),
        ("strategic", RowState.NO_EVIDENCE),
        ("Craft", RowState.BEGUN),
        ("odd", RowState.NO_CHANCE),
    ]
    assert gaps(rows) == {"strategic": 0.5, "craft": 0.5, "odd": 1.0}


@pytest.mark.parametrize(
    ("word", "kind"), [("People & leadership", "leadership"), ("Technical skill", "craft"), ("Dancing", "dancing")]
)
def test_kinds_of_other_ladders(word: str, kind: str) -> None:
    assert kind_of(word) == kind
