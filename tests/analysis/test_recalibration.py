"""The posterior against slow brute force."""

from collections.abc import Sequence

import numpy as np
import pytest

from outgrow.analysis.recalibration import UNANSWERED, Floats, Rows, below, calibrate, predictive, probit, shortest

DRAWS = 400_000


def rows(p: Sequence[float], workstream: Sequence[int], similarity: Floats | None = None) -> Rows:
    alike = np.eye(len(p)) if similarity is None else similarity
    return Rows(np.array(p, np.float64), np.array(workstream, np.int64), alike)


def brute_force(given: Rows, answered: Sequence[int], grows: Sequence[float]) -> Floats:
    """Return the chance of growth of each row, by drawing from the prior and keeping what agrees with the answers."""
    mean, covariance = given.moments()
    generator = np.random.default_rng(1)
    f = generator.multivariate_normal(mean, covariance + np.eye(len(mean)), DRAWS) > 0
    agrees = (f[:, answered] == np.array(grows, bool)).all(axis=1)
    return np.asarray(f[agrees].mean(axis=0), np.float64)


def chances(given: Rows, answered: Sequence[int], grows: Sequence[float], open_: Sequence[int]) -> Floats:
    mean, spread = predictive(
        given, np.array(answered, np.int64), np.array(grows, np.float64), np.array(open_, np.int64)
    )
    return below(mean / np.sqrt(np.diag(spread)))


@pytest.mark.parametrize("grows", [[0, 0, 0], [1, 0, 0], [1, 1, 1], [0, 1, 1]])
def test_predictive_agrees_with_brute_force(grows: list[float]) -> None:
    alike = np.eye(5)
    alike[0, 3] = alike[3, 0] = 0.7
    given = rows([0.1, 0.2, 0.5, 0.1, 0.3], [0, 1, 2, 3, 2], alike)
    wanted = brute_force(given, [0, 1, 2], grows)[[3, 4]]
    assert chances(given, [0, 1, 2], grows, [3, 4]) == pytest.approx(wanted, abs=0.015)


def test_before_any_answer_the_chance_is_near_the_proposal() -> None:
    p = np.array([0.05, 0.2, 0.5, 0.8])
    assert chances(rows(p.tolist(), range(4)), [], [], range(4)) == pytest.approx(p, abs=0.12)


def test_an_answer_moves_its_workstream_most_then_what_is_alike() -> None:
    alike = np.eye(4)
    alike[0, 2] = alike[2, 0] = 0.6
    given = rows([0.2] * 4, [0, 0, 2, 3], alike)
    same, similar, other = chances(given, [0], [1], [1, 2, 3])
    assert same > similar > other > 0.2


@pytest.mark.parametrize("said", [0.0, 1.0])
def test_eight_answers_put_proposals_right_that_are_off_for_everything(said: float) -> None:
    (chance,) = chances(rows([0.5] * 9, range(9)), range(8), [said] * 8, [8])
    assert abs(said - chance) < 0.2


def test_proposals_that_are_wrong_way_round_are_no_longer_believed() -> None:
    p = np.array([0.05, 0.6] * 15)
    given = rows(p.tolist(), range(30))
    slope = calibrate(given, (p < 0.5).astype(float)).mean[1]
    assert slope < 0.3 < calibrate(given, (p > 0.5).astype(float)).mean[1]


def test_calibration_agrees_with_brute_force() -> None:
    given = rows([0.1, 0.4, 0.7], range(3))
    generator = np.random.default_rng(2)
    reading = generator.multivariate_normal(UNANSWERED.mean, UNANSWERED.covariance, DRAWS)
    chance = below(reading[:, :1] + reading[:, 1:] * probit(given.probability))
    weight = chance[:, 0] * (1 - chance[:, 1]) * (1 - chance[:, 2])
    wanted = (weight[:, None] * reading).sum(axis=0) / weight.sum()
    found = calibrate(given, np.array([1.0, 0.0, 0.0]))
    assert found.mean == pytest.approx(wanted, abs=0.02)
    assert (np.linalg.eigvalsh(found.covariance) > 0).all()


def test_shortest_interval_is_no_longer_than_the_one_with_equal_tails() -> None:
    draws = -np.random.default_rng(3).gamma(1.0, size=4000)
    low, high = shortest(draws)
    assert ((draws >= low) & (draws <= high)).mean() >= 0.95
    assert (draws > high).mean() <= 0.025
    assert high - low <= 1.001 * np.subtract(*np.quantile(draws, [0.975, 0.025]))


def test_the_table_of_the_normal_distribution_is_exact_enough() -> None:
    z = np.array([-3.0, -1.234567, 0.0, 0.5, 1.959964])
    assert below(z) == pytest.approx([0.0013499, 0.1084964, 0.5, 0.6914625, 0.975], abs=1e-5)
