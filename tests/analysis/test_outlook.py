"""How many more answers a range probably needs."""

import pytest

from outgrow.analysis.outlook import answers_to_go
from outgrow.model.share import Share


def share(half_width: float) -> Share:
    return Share(mean=0.3, low=0.3 - half_width, high=0.3 + half_width, below=0.5, answers=0)


def test_a_narrow_range_needs_no_more_but_eight_answers() -> None:
    waiting = [(10.0, 0.5)] * 30
    assert answers_to_go(share(0.04), 8, waiting) == 0
    assert answers_to_go(share(0.04), 3, waiting) == 5


def test_a_wide_range_needs_more_than_a_less_wide_one_and_never_more_than_wait() -> None:
    waiting = [(10.0, 0.5)] * 12
    few, many = (answers_to_go(share(width), 10, waiting) for width in (0.06, 0.12))
    assert 0 < few < many <= 12
    assert answers_to_go(share(0.5), 0, waiting[:3]) == 3
    assert answers_to_go(share(0.2), 10, []) == 0


def test_what_is_as_good_as_certain_leaves_nothing_open() -> None:
    waiting = [(40.0, 0.5), *[(1.0, 0.001)] * 30]
    assert answers_to_go(share(0.15), 10, waiting) == 1


@pytest.mark.parametrize("answered", [8, 16, 32])
def test_the_same_width_after_more_answers_needs_more_of_them(answered: int) -> None:
    waiting = [(1.0, 0.5)] * 200
    assert answers_to_go(share(0.07), answered, waiting) < answers_to_go(share(0.07), 2 * answered, waiting)
