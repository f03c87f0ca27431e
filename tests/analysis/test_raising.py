"""What would count most next."""

from dataclasses import replace
from datetime import date

from outgrow.analysis.likely_links import Proposal
from outgrow.analysis.raising import Means, raising
from outgrow.analysis.readiness import Readiness, readiness, step
from outgrow.model.evidence import Evidence, EvidenceKind
from tests.analysis.ladders import expected, ladder

MADE = ladder(
    [("low", 1, ""), ("high", 2, "")],
    [("high", "craft" if n < 5 else "lead", f"Does {word}") for n, word in enumerate("abcdefgh")],
)


def ready(*linked: tuple[str, Evidence], without: tuple[str, ...] = ()) -> Readiness:
    evidence = {n: replace(each, expectations=expected(one)) for n, (one, each) in enumerate(linked, 1)}
    return readiness(step(MADE, "low", "high"), 7, evidence, {}, expected(*without))


WORD = Evidence(action="Did it", on=date(2026, 10, 5))
SEEN = replace(WORD, seen_by=("Anna", "Ben"))
MADE_IT = replace(WORD, kind=EvidenceKind.ARTEFACT)


def told(found: Readiness, *proposals: Proposal) -> list[tuple[str, Means, int | None, str]]:
    return [(e.row.asked.expectation.id, e.means, e.rests_on, e.ask) for e in raising(found, proposals)]


def test_what_has_no_evidence_comes_first_while_little_is_covered() -> None:
    likely = (Proposal(9, "e3", 2.0, ()), Proposal(8, "e3", 1.5, ()))
    found = told(ready(("e0", SEEN), without=("e1",)), *likely)
    assert found[0] == ("e3", Means.LINK, 9, "")
    assert [each[0] for each in found[1:]] == ["e5", "e6", "e7", "e2", "e4", "e0"], "kinds without any before others"
    assert found[-1] == ("e0", Means.ASK, 1, "Anna")


def test_then_what_takes_least() -> None:
    found = told(ready(("e0", SEEN), ("e1", WORD), ("e2", MADE_IT), ("e5", WORD)), Proposal(9, "e7", 2.0, ()))
    assert found[:2] == [("e7", Means.LINK, 9, ""), ("e0", Means.ASK, 1, "Anna")]
    assert [each[0] for each in found[2:]] == ["e5", "e6", "e1", "e3", "e4"]
    assert found[2] == ("e5", Means.ADD, 4, "")


def test_what_is_shown_or_had_no_chance_needs_nothing() -> None:
    every = [(f"e{n}", MADE_IT) for n in range(7)]
    assert told(ready(*every, without=("e7",))) == []
