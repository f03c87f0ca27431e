"""The step between two levels, and what there is of evidence for it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.analysis.capabilities import entries
from outgrow.analysis.readiness import Readiness, RowState, Step, readiness, step
from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence, EvidenceKind, KeptFile, Polish
from outgrow.model.ladder import Expectation, Expected, Ladder
from tests.analysis.ladders import expected, flat, ladder, parted, sparse

DAY = date(2026, 10, 5)
LADDER = 7


def asked(one: Step) -> list[str]:
    return [each.expectation.id for each in one.asked]


def did(action: str = "Did it", on: date = DAY, kind: EvidenceKind = EvidenceKind.MY_WORD, *ids: str) -> Evidence:
    return Evidence(action=action, on=on, kind=kind, expectations=expected(*ids))


def able(
    *ids: str,
    name: str = "Negotiates",
    evidence: tuple[int, ...] = (),
    merged_into: int | None = None,
) -> Capability:
    reached = (Reached(state=CapabilityState.SHOWN, on=DAY, evidence=evidence),)
    return Capability(name=name, reached=reached, expectations=expected(*ids), merged_into=merged_into)


@pytest.mark.parametrize(
    ("made", "now", "then", "wanted", "carried", "between"),
    [
        (flat, "one", "two", ["e3", "e4"], ["e2"], []),
        (flat, "two", "three", ["e5", "e6"], [], []),
        (flat, "three", "four", ["e8", "e9"], ["e7"], []),
        (flat, "one", "three", ["e3", "e4", "e5", "e6"], ["e2"], ["two"]),
        (flat, "one", "four", ["e3", "e4", "e6", "e7", "e8", "e9"], ["e2"], ["two", "three"]),
        (flat, "", "two", ["e2", "e3", "e4"], [], []),
        (flat, "two", "two", [], ["e2", "e3", "e4"], []),
        (flat, "three", "one", [], ["e0", "e1"], []),
        (parted, "planner", "head", ["e3"], ["e4"], []),
        (parted, "planner", "expert", ["e2"], [], []),
        (parted, "planner", "master", ["e2", "e5"], [], ["expert"]),
        (parted, "planner", "manager", ["e3", "e6", "e7"], ["e4"], ["head"]),
        (parted, "expert", "head", ["e3"], ["e4"], []),
        (parted, "master", "director", ["e8", "e9"], [], []),
        (parted, "manager", "director", ["e8"], ["e9"], []),
        (
            parted,
            "clerk",
            "director",
            ["e2", "e3", "e4", "e7", "e8", "e9"],
            [],
            ["planner", "expert", "head", "master", "manager"],
        ),
        (sparse, "b", "d", ["e2", "e3", "e5"], ["e1"], ["c"]),
        (sparse, "b", "c", [], [], []),
    ],
)
def test_the_step(  # noqa: PLR0913, PLR0917 - the columns of the table
    made: Callable[[], Ladder], now: str, then: str, wanted: list[str], carried: list[str], between: list[str]
) -> None:
    one = step(made(), now, then)
    assert asked(one) == wanted
    assert [each.id for each in one.between] == between
    assert [each.id for each in one.carried] == carried


@pytest.mark.parametrize(("now", "then"), [("", "nine"), ("nine", "one"), ("One", "two")])
def test_a_level_that_is_none(now: str, then: str) -> None:
    with pytest.raises(LookupError):
        step(flat(), now, then)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Leads the team.", "leads a team", True),
        ("Mentors **two** people", "Mentors two people;", True),
        ("Prioritizes modeling of behavior", "Prioritises modelling of behaviour", True),
        ("Leads small projects", "Leads large projects", False),
        ("Works with the team", "Works with teams", False),
        ("Leads", "Leads others", False),
        ("The", "A", False),
    ],
)
def test_what_says_the_same(one: str, other: str, same: bool) -> None:
    made = ladder([("low", 1, ""), ("high", 2, "")], [("low", "craft", one), ("high", "craft", other)])
    assert bool(step(made, "low", "high").carried) == same


TEXTS = ("Plans a week", "plans the week!", "Leads", "Leads a team", "Organises shifts", "organizes shifts", "", "The")
WANTS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["craft", "Craft", "lead"]), st.sampled_from(TEXTS)),
    max_size=14,
)
LADDERS = st.builds(
    lambda places, wants: ladder([(name, *place) for name, place in zip("abcde", places, strict=True)], wants),
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "x", "y"])), min_size=5, max_size=5),
    WANTS,
)


def says(one: Expectation, other: Expectation) -> bool:
    """Whether two say the same, word by word."""

    def words(each: Expectation) -> list[str]:
        plain = [word for word in re.findall("[a-z]+", each.text.lower()) if word not in {"a", "an", "the"}]
        return [word.replace("organizes", "organises") for word in plain]

    if one.kind.lower() != other.kind.lower():
        return False
    return words(one) == words(other) if words(one) else one.id == other.id


def slow_step(made: Ladder, now: str, then: str) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Return what a step asks for and what it carries over, as sets of what says the same: looking at each pair."""
    levels = {each.id: each for each in made.levels}
    here, there = levels[now], levels[then]
    way, below = {then}, {now}
    for level in made.levels:
        rank = [each for each in made.levels if each.rank == level.rank]
        if here.rank < level.rank < there.rank:
            order = [there.track, "", here.track]
            tracks = [track for track in order if track in {each.track for each in rank}]
            if level.track == (tracks[0] if tracks else None) or (not tracks and order == ["", "", ""]):
                way.add(level.id)
        if level.rank < here.rank:
            tracks = [track for track in (here.track, "") if track in {each.track for each in rank}]
            if not tracks or level.track == tracks[0]:
                below.add(level.id)
    wanted = [each for each in made.expectations if each.level in way]
    held = [each for each in made.expectations if each.level in below]
    groups = {each.id: frozenset(o.id for o in made.expectations if says(each, o)) for each in made.expectations}
    carried = {groups[each.id] for each in wanted if any(says(each, other) for other in held)}
    return {groups[each.id] for each in wanted} - carried, carried


@given(made=LADDERS, now=st.sampled_from("abcde"), then=st.sampled_from("abcde"))
def test_the_step_is_that_of_the_slow_twin(made: Ladder, now: str, then: str) -> None:
    one = step(made, now, then)
    wanted, carried = slow_step(made, now, then)
    assert {each.same for each in one.asked} == wanted
    assert len(one.asked) == len(wanted), "each is asked once"
    groups = {frozenset(o.id for o in made.expectations if says(each, o)) for each in one.carried}
    assert groups == carried
    assert all(each.expectation.id in each.same for each in one.asked)


def test_evidence_counts_for_what_it_is_linked_to() -> None:
    evidence = {
        1: did("Wrote a plan", DAY, EvidenceKind.ARTEFACT, "e3"),
        2: did("Said so", DAY.replace(month=11), EvidenceKind.MY_WORD, "e3", "e4"),
        3: replace(did("Elsewhere"), expectations=expected("e3", number=8)),
    }
    found = readiness(step(flat(), "one", "two"), LADDER, evidence, {}, [])
    assert [[each.number for each in row.evidence] for row in found.rows] == [[2, 1], [2]]
    assert [row.state for row in found.rows] == [RowState.SHOWN, RowState.BEGUN]
    assert [row.newest for row in found.rows] == [date(2026, 11, 5)] * 2
    assert [len(found.rows[0].of(kind)) for kind in EvidenceKind] == [1, 1, 0, 0]


def test_it_counts_on_every_level_that_says_the_same() -> None:
    evidence = {1: did("Sorted a site", DAY, EvidenceKind.SOMEBODY, "e5")}
    found = readiness(step(flat(), "", "four"), LADDER, evidence, {}, expected("e4"))
    assert [row.state for row in found.rows] == [RowState.SHOWN, RowState.NO_EVIDENCE, RowState.NO_EVIDENCE]


def test_evidence_counts_through_a_capability_and_once() -> None:
    evidence = {
        1: replace(did("Ran it"), capabilities=(10,)),
        2: did("Ran it again", DAY, EvidenceKind.REPETITION),
        3: replace(did("Ran it there", DAY, EvidenceKind.MY_WORD, "e3"), capabilities=(10,)),
        4: replace(did("Another"), capabilities=(99,)),
    }
    able_to = {10: able(merged_into=11), 11: able("e3", evidence=(2, 77))}
    (row,) = readiness(step(flat(), "one", "two"), LADDER, evidence, entries(able_to, evidence), []).rows[:1]
    assert {(each.number, each.through) for each in row.evidence} == {(1, 11), (2, 11), (3, None)}


def test_the_best_evidence_comes_first() -> None:
    plain = did("Plain", DAY.replace(year=2027), EvidenceKind.MY_WORD, "e3")
    evidence = {
        1: plain,
        2: replace(plain, files=(KeptFile(name="a", sha256="0", size=1),), on=DAY),
        3: replace(plain, seen_by=("Anna",), on=DAY),
        4: replace(plain, result="It held", on=DAY),
        5: replace(plain, polish=Polish.SOLID, on=DAY),
    }
    (row, _) = readiness(step(flat(), "one", "two"), LADDER, evidence, {}, []).rows
    assert [each.number for each in row.evidence] == [5, 4, 3, 2, 1]


def test_no_chance_is_a_state_of_its_own() -> None:
    evidence = {1: did("Did", DAY, EvidenceKind.MY_WORD, "e3")}
    found = readiness(step(flat(), "one", "two"), LADDER, evidence, {}, expected("e3", "e4"))
    assert [row.state for row in found.rows] == [RowState.BEGUN, RowState.NO_CHANCE], "evidence tells more"
    other = readiness(step(flat(), "one", "two"), LADDER, {}, {}, expected("e3", number=8))
    assert other.number(RowState.NO_EVIDENCE) == 2


@pytest.mark.parametrize(
    ("rows", "covered", "shown", "needed", "overall"),
    [
        (10, 2, 2, 1, None),
        (10, 3, 1, 0, 0.1),
        (10, 9, 0, 0, None),
        (11, 3, 3, 1, None),
        (11, 4, 4, 0, 4 / 11),
        (1, 0, 0, 1, None),
    ],
)
def test_an_overall_figure_needs_evidence_for_enough(
    rows: int, covered: int, shown: int, needed: int, overall: float | None
) -> None:
    made = ladder([("low", 1, ""), ("high", 2, "")], [("high", "craft", f"Does {n:b}") for n in range(rows)])
    kinds = [EvidenceKind.ARTEFACT] * shown + [EvidenceKind.MY_WORD] * (covered - shown)
    evidence = {n: did("Did", DAY, kind, f"e{n}") for n, kind in enumerate(kinds)}
    found = readiness(step(made, "low", "high"), LADDER, evidence, {}, [])
    assert (found.needed, found.overall) == (needed, overall)
    assert found.coverage == covered / rows


def test_a_step_that_asks_for_nothing() -> None:
    found = readiness(step(sparse(), "b", "c"), LADDER, {1: did()}, {}, [])
    assert found == Readiness(())
    assert (found.coverage, found.needed, found.overall) == (0.0, 0, None)


IDS = st.lists(st.sampled_from([f"e{n}" for n in range(14)]), max_size=3)
NUMBERS = st.lists(st.integers(1, 5), max_size=2).map(tuple)
EVIDENCE = st.builds(
    lambda kind, ids, capabilities, ladder_: Evidence(
        action="Did",
        on=DAY,
        kind=kind,
        expectations=expected(*ids, number=ladder_),
        capabilities=capabilities,
    ),
    st.sampled_from(EvidenceKind),
    IDS,
    NUMBERS,
    st.sampled_from([7, 7, 7, 8]),
)
CAPABILITIES = st.builds(
    lambda ids, evidence, into: able(*ids, evidence=evidence, merged_into=into),
    IDS,
    NUMBERS,
    st.none() | st.integers(4, 5),
)


def slow_matrix(
    one: Step, evidence: dict[int, Evidence], able_to: dict[int, Capability]
) -> list[dict[EvidenceKind, set[int]]]:
    """Return the matrix by asking of each cell and each piece of evidence whether it belongs there."""

    def shows(number: int, capability: int) -> bool:
        one = able_to[capability]
        parts = [n for n in able_to if n == capability or able_to[n].merged_into == capability]
        if one.merged_into in able_to:
            return shows(number, one.merged_into)
        return any(
            part in evidence[number].capabilities or any(number in each.evidence for each in able_to[part].reached)
            for part in parts
        )

    def counts(number: int, same: frozenset[str]) -> bool:
        wanted = {Expected(LADDER, each) for each in same}
        through = any(wanted & {*each.expectations} and shows(number, n) for n, each in able_to.items())
        return bool(wanted & {*evidence[number].expectations}) or through

    return [
        {kind: {n for n, e in evidence.items() if e.kind is kind and counts(n, each.same)} for kind in EvidenceKind}
        for each in one.asked
    ]


@given(
    made=LADDERS,
    then=st.sampled_from("abcde"),
    evidence=st.dictionaries(st.integers(1, 5), EVIDENCE, max_size=5),
    able_to=st.dictionaries(st.integers(1, 3), CAPABILITIES, max_size=3),
    roots=st.dictionaries(st.integers(4, 5), IDS, max_size=2),
)
def test_the_matrix_is_that_of_the_slow_twin(
    made: Ladder,
    then: str,
    evidence: dict[int, Evidence],
    able_to: dict[int, Capability],
    roots: dict[int, list[str]],
) -> None:
    every = {**able_to, **{number: able(*roots.get(number, [])) for number in (4, 5)}}
    one = step(made, "", then)
    found = readiness(one, LADDER, evidence, entries(every, evidence), [])
    matrix = [{kind: {each.number for each in row.of(kind)} for kind in EvidenceKind} for row in found.rows]
    assert matrix == slow_matrix(one, evidence, every)
    states = [found.number(state) for state in RowState]
    assert sum(states) == len(found.rows)
