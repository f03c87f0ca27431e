"""Scores against their definitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.evaluation import Item, Played, Step
from outgrow.analysis.scores import auc, average_precision, summarise

scored = st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.booleans()), min_size=1, max_size=25)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(scored)
def test_auc_is_the_chance_that_growth_ranks_higher(rows: list[tuple[float, bool]]) -> None:
    growth, depth = [p for p, grows in rows if grows], [p for p, grows in rows if not grows]
    pairs = [(a > b) + 0.5 * (a == b) for a in growth for b in depth]
    found = auc(np.array([p for p, _ in rows]), np.array([grows for _, grows in rows]))
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(scored)
def test_average_precision_is_the_mean_precision_at_each_growth_row(rows: list[tuple[float, bool]]) -> None:
    precision = [
        sum(grows for p, grows in rows if p >= at) / sum(p >= at for p, _ in rows)
        for at, is_growth in rows
        if is_growth
    ]
    found = average_precision(np.array([p for p, _ in rows]), np.array([grows for _, grows in rows]))
    assert found == (pytest.approx(sum(precision) / len(precision)) if precision else None)


def played(truth: float, *steps: Step) -> Played:
    items = [Item(0, 0.9, "a"), Item(1, 0.2, "b")]
    return Played("anna", "audit", truth, truth + 0.1, items, [True, False], Step(0, 0, 0.5, 0, 1), steps)


def test_summary() -> None:
    narrow, wide = Step(9, 0, 0.1, 0.06, 0.14), Step(12, 1, 0.3, 0.2, 0.4)
    found = summarise([played(0.1, wide, narrow), played(0.16, narrow), played(0.3, wide)], 0.05)
    assert (found.answers_median, found.answers_p90) == (9, 9)
    assert found.coverage == pytest.approx(2 / 3)
    wanted = {"0-5": None, "5-15": 1, "15-25": 0, "25-40": 1, "40-100": None}
    assert found.coverage_by_band == wanted
    assert found.share_error == pytest.approx(0.1)
    assert found.brier == pytest.approx((0.01 + 0.04) / 2)
    assert found.auc == found.average_precision == 1


def test_nothing_played_is_scored_as_nothing() -> None:
    found = summarise([], 0.05)
    assert found.auc is found.brier is found.coverage is found.answers_median is None
