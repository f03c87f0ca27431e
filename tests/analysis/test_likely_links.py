"""Which expectations a piece of evidence may speak for."""

from datetime import date

import pytest

from outgrow.analysis.likely_links import Proposal, propose
from outgrow.analysis.readiness import step
from outgrow.model.evidence import Evidence
from outgrow.model.ladder import Ladder
from tests.analysis.ladders import ladder

FILLING = [f"Brings {word} to a good end" for word in ("audits", "counts", "lists", "orders", "prices", "returns")]


def asking(*texts: str) -> Ladder:
    """Return a ladder whose upper level asks for some texts, among others that have little in common with them."""
    wants = [("high", "craft", text) for text in texts] + [("low", "craft", text) for text in FILLING]
    return ladder([("low", 1, ""), ("high", 2, "")], wants)


def proposed(made: Ladder, *told: str) -> tuple[Proposal, ...]:
    evidence = {number: Evidence(action=each, on=date(2026, 10, 5)) for number, each in enumerate(told, 1)}
    return propose(evidence, step(made, "low", "high").asked, made.expectations)


@pytest.mark.parametrize(
    ("expectation", "told", "shared"),
    [
        ("Negotiates dates with others", "Negotiated the carrier contract", ("negotiated",)),
        ("Reviews drafts of others", "Reviewing the policy", ("reviewing",)),
        ("Says to the board what a loss means", "Told the board of the losses", ("board", "losses")),
        ("Verhandelt Fristen", "Fristen VERHANDELT", ("verhandelt", "fristen")),
        ("Says to the board what a loss means", "Had lunch on board", ()),
        ("Negotiates dates with others", "Kept the list of dates", ()),
        ("Works with others every year", "Worked with others every year", ()),
        ("Brings others to a good end", "Brings it to a good end", ()),
        ("", "", ()),
    ],
)
def test_words_that_few_have_are_a_reason(expectation: str, told: str, shared: tuple[str, ...]) -> None:
    found = proposed(asking(expectation), told)
    assert [each.shared for each in found] == ([shared] if shared else [])


def test_the_likeliest_comes_first_and_there_are_two_at_most() -> None:
    made = asking("Coaches newcomers on carriers", "Explains carriers and customs", "Audits customs at borders")
    found = proposed(made, "Explained customs and borders to newcomers and carriers", "Coached")
    assert [(each.evidence, each.expectation) for each in found] == [(1, "e1"), (1, "e0"), (2, "e0")]


def test_a_long_text_shares_words_by_chance() -> None:
    made = asking("Says to the board what a loss means")
    words = "".join(f" {a}{b}{c}ram" for a in "bdfg" for b in "aeiou" for c in "klmn")
    assert proposed(made, "Told the board of the losses")
    assert not proposed(made, "Told the board of the losses" + words)
