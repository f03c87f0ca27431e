"""People, projects, tags and parts around a title."""

from collections.abc import Callable

import numpy as np
import pytest

from outgrow.analysis.surroundings import first_times, mean_around, new_modes, strangeness, surroundings
from outgrow.model.activity import Activity

Make = Callable[..., Activity]


def test_surroundings_are_told_apart_by_what_they_are(activity: Make) -> None:
    one = activity("Sync", project="Anna", people=("Anna", "anna", ""), tags=("Anna",))
    assert surroundings(one) == {"with anna", "project anna", "tag anna"}
    assert surroundings(activity("Sync")) == frozenset()


def test_first_times_are_those_no_past_one_has(activity: Make) -> None:
    past = [activity("Sync", people=("Anna",)), activity("Count", project="Depot")]
    asked = [activity("Sync", people=("ANNA", "Ben")), activity("Sync", project="Depot"), activity("Sync")]
    assert first_times(past, asked) == [{"with ben"}, frozenset(), frozenset()]


def test_strangeness_is_less_where_new_people_are_usual(activity: Make) -> None:
    settled = [activity("Sync", people=("Anna",))] * 8
    restless = [activity("Sync", people=(f"p{n}",)) for n in range(8)]
    asked = [activity("Sync", people=("Ben",)), activity("Sync", people=("Anna",)), activity("Sync")]
    assert strangeness(settled, asked) == pytest.approx([1, 0, 0])
    assert strangeness(restless, asked[:1]) == pytest.approx([0])
    assert strangeness([], asked) == pytest.approx([0, 0, 0])


def test_a_new_part_needs_a_past_to_be_new_in(activity: Make) -> None:
    counting, hiring = activity("Stock count"), activity("Hiring panel")
    assert new_modes([counting] * 60, [counting, hiring]).tolist() == [False, True]
    assert not new_modes([counting] * 20, [hiring]).any()
    assert not new_modes([counting] * 58 + [hiring] * 2, [hiring]).any()
    assert not new_modes([hiring] * 60, [counting]).any()


def test_the_mean_around_is_drawn_to_the_base(activity: Make) -> None:
    shared = [activity("a", people=("Anna",)), activity("b", people=("Anna",)), activity("c", project="Depot")]
    asked = [*shared, activity("Sync", people=("Anna",)), activity("Sync")]
    values, counted = np.array([1.0, 0.5, 0.0, 9.0, 9.0]), np.array([True, True, True, False, False])
    around = mean_around(asked, values, counted, 0.2)
    assert around[3:] == pytest.approx([(1.5 + 2 * 0.2) / 4, 0.2])
