"""Words of titles as numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.words import COARSE, FINE, words_of

TITLES = st.lists(st.lists(st.sampled_from(["audit", "stock", "count", "日本"]), max_size=4).map(" ".join), max_size=8)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(TITLES)
def test_every_title_is_found_again_in_its_numbers(titles: list[str]) -> None:
    words = words_of(titles)
    spoken = list(dict.fromkeys(word for title in titles for word in title.split(" ")))
    assert len(words) == len(titles)
    assert words.different == len(spoken)
    found = [" ".join(spoken[word] for word in words.between(at, at + 1)) for at in range(len(titles))]
    assert found == titles


def test_a_word_has_the_same_row_in_any_company() -> None:
    alone, among = words_of(["stock"]), words_of(["audit count", "stock"])
    assert np.array_equal(alone.rows[0], among.rows[2])


def test_rows_are_as_fine_as_asked() -> None:
    assert words_of(["stock"], FINE).rows.shape == (1, FINE)
    assert words_of([]).rows.shape == (0, COARSE)
    assert np.linalg.norm(words_of(["stock", ""]).rows, axis=1) == pytest.approx([1, 0])
