"""Titles: what is left of them, which say nothing, and how alike they are."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis import titles
from outgrow.analysis.titles import is_vague, normalise, rarity, topic, vectors

modest = settings(max_examples=60, deadline=None, derandomize=True)

WORDS = st.lists(st.sampled_from(["audit", "stock", "räumen", "supplier", "日本語", "ok", "a"]), max_size=8).map(
    " ".join
)
HOSTILE = [
    "",
    " ",
    "\x00\x1b[2J",
    "🍕🍕",
    "é" * 50_000,
    "a" * 50_000,
    "\ud800",
    "\u202eabc",
    "#" * 999,
    "1 2 3",
    "\n\r\t",
    "ﬁle",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Weekly sales report", "Sales report (Monday)"),
        ("OPS-123 Stock count", "ops: stock count"),
        ("Re: Budget Q3 2025", "budget Q4"),
        ("Inventur KW 12", "INVENTUR kw 13"),
        ("Stock count #99", "stock   count"),
    ],
)
def test_two_occurrences_of_the_same_work_are_one_title(one: str, other: str) -> None:
    assert normalise(one).replace("ops ", "") == normalise(other).replace("ops ", "") != ""


@modest
@given(st.text())
def test_normalising_twice_changes_nothing(title: str) -> None:
    once = normalise(title)
    assert normalise(once) == once or len(title) > 100  # a long title may be cut within a word
    assert not any(sign.isspace() and sign != " " for sign in once)


@modest
@given(
    st.lists(st.sampled_from(["Stock", "count", "of", "parts", "Monday", "weekly", "march"]), max_size=6).map(" ".join)
)
def test_letters_alone_are_read_like_anything_else(title: str) -> None:
    assert normalise(title) == normalise(title + " 7") == normalise("(" + title + ")")


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_is_too_strange(title: str) -> None:
    plain = normalise(title)
    rows = vectors([plain, topic(title)])
    assert len(plain) <= 300
    assert np.isfinite(rows).all()
    assert isinstance(is_vague(title), bool)


@pytest.mark.parametrize(
    "title",
    ["Sync with Anna", "Misc", "1:1", "Anna / Ben", "", "Weekly", "Team meeting", "1:1 Anna", "Call Ben", "Catch-up",
     "Weekly sync with Anna Smith", "Meeting", "Email", "🍕", "Follow-up", "check in with Oslo", "2025-03-01"],
)  # fmt: skip
def test_titles_that_name_no_work(title: str) -> None:
    assert is_vague(title)


@pytest.mark.parametrize(
    "title",
    ["Budget Review", "Email Marketing", "sync supplier data", "Fix login", "Call centre training", "Inventur",
     "Meeting about pricing", "Interview / hiring panel", "Review: stock levels"],
)  # fmt: skip
def test_titles_that_name_work(title: str) -> None:
    assert not is_vague(title)


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("Train users - Lagos", "train users"),
        ("Acme: train new users", "train new users"),
        ("Training - Python", "training python"),
        ("Stock count", "stock count"),
        ("follow-up call", "follow up call"),
    ],
)
def test_the_topic_is_the_part_that_tells_the_work(title: str, work: str) -> None:
    assert topic(title) == work


def grams(title: str) -> Counter[str]:
    """Return the 3-, 4- and 5-grams of a title between two spaces: the slow twin of the hashes."""
    text = f" {title} "
    return Counter(text[at : at + n] for n in (3, 4, 5) for at in range(len(text) - n + 1))


def cosine(one: str, other: str, weight: dict[str, float]) -> float:
    left, right = ({gram: n * weight[gram] for gram, n in grams(title).items()} for title in (one, other))
    length = math.hypot(*left.values()) * math.hypot(*right.values())
    return sum(left[gram] * right.get(gram, 0) for gram in left) / length if length else 0


@modest
@given(st.lists(WORDS, min_size=2, max_size=6, unique=True))
def test_rows_compare_as_counted_n_grams_do(some: list[str]) -> None:
    # Two n-grams may fall together in one of 4,096 dimensions: that is the tolerance.
    uses = sum((grams(title) for title in some), Counter[str]())
    weight = {gram: max(0.0, math.log((1 + len(some)) / (1 + n)) + 1) for gram, n in uses.items()}
    rows = vectors(some, dimensions=1 << 12)
    expected = [[cosine(one, other, weight) for other in some] for one in some]
    assert rows @ rows.T == pytest.approx(np.array(expected), abs=0.12)


def test_rarity_counts_each_n_gram() -> None:
    weights = rarity(["stock count", "stock", "audit"])
    hashes = titles._grams(["tock"])[1]  # noqa: SLF001 - where the buckets are made
    assert float(weights[titles._buckets(hashes)].max()) == pytest.approx(math.log(4) + 1)  # noqa: SLF001 - as above


@modest
@given(st.lists(WORDS, max_size=5), WORDS)
def test_a_row_hangs_on_its_title_alone_where_the_weights_are_given(some: list[str], title: str) -> None:
    weights = np.ones(1 << titles.BUCKET_BITS, np.float32)
    assert np.array_equal(vectors([*some, title], weights)[-1], vectors([title], weights)[0])


def test_blocks_do_not_show() -> None:
    many = [f"title {word}{other}" for word in "abcdefghij" * 50 for other in "klmnopqrst"]
    weights = rarity(many)
    assert np.array_equal(vectors(many, weights)[-3:], vectors(many[-3:], weights))


def test_rows_have_length_one_or_none() -> None:
    assert np.linalg.norm(vectors(["stock count", "", "x"]), axis=1) == pytest.approx([1, 0, 1])
    assert vectors([]).shape == (0, titles.DIMENSIONS)
