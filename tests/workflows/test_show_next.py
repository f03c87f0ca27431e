"""The step to the next level over what is kept: shown, linked, guessed, without a chance, and each of it taken back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.model.capability import Capability
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.fault import Fault
from outgrow.model.ladder import BUILT_IN, Expected, Ladder, NoChance
from outgrow.reports import next_level
from outgrow.reports.next_level import NextView
from outgrow.store import journal, versions
from outgrow.workflows import keep_evidence, keep_ledger
from outgrow.workflows.choose_ladder import NoSuchLadder, NoSuchLevel, set_aim
from outgrow.workflows.link_expectations import (
    CannotLink,
    add,
    clear_no_chance,
    fall_silent,
    link,
    set_no_chance,
    speak,
    turn_down,
    unlink,
)
from outgrow.workflows.show_next import (
    Asking,
    NoStep,
    NoSuchKind,
    NoSuchRow,
    check_kind,
    choices,
    find_row,
    show_next,
    whole_step,
)
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.analysis.ladders import flat, parted

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 10, 5)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def keep_ladder(workspace: Workspace, made: Ladder) -> int:
    with workspace.store.begin() as change:
        return versions.put(change, made, journal.moment(change, workspace.now))


@pytest.fixture
def number(workspace: Workspace) -> int:
    """Give the number of a ladder of four levels; the step from one to three is set."""
    kept = keep_ladder(workspace, flat())
    set_aim(workspace, kept, "one", "three")
    return kept


def did(action: str = "Did it", kind: EvidenceKind = EvidenceKind.MY_WORD, *expected: Expected) -> Evidence:
    return Evidence(action=action, on=DAY, kind=kind, expectations=expected)


def view_of(workspace: Workspace, asking: Asking | None = None) -> NextView:
    found = show_next(workspace, asking)
    assert found
    return found


def counted(workspace: Workspace) -> dict[str, list[int]]:
    return {row.id: [each.number for each in row.evidence] for row in view_of(workspace).rows if row.evidence}


def test_nothing_is_set_at_first(workspace: Workspace) -> None:
    assert show_next(workspace) is None
    with pytest.raises(NoStep, match="No step is set yet"):
        whole_step(workspace)


def test_the_step_that_is_set(workspace: Workspace, number: int) -> None:
    view = view_of(workspace)
    assert next_level.title(view) == "From One to Three"
    assert [(row.row, row.id, row.kind, row.level) for row in view.rows] == [
        (1, "e3", "craft", "Two"),
        (2, "e5", "craft", "Three"),
        (3, "e4", "communication", "Two"),
        (4, "e6", "communication", "Three"),
    ], "what is of one kind stands together"
    assert (view.ladder, view.aimed, [each.name for each in view.between]) == (number, True, ["Two"])
    assert view.carried == ("Counts the stock, without help",)
    assert next_level.counts(view) == "4 expectations new at that level: 4 without evidence"


@pytest.mark.parametrize(
    ("asking", "title", "rows"),
    [
        (Asking(now="three"), "From Three to Four", 2),
        (Asking(next="four"), "From One to Four", 6),
        (Asking(now="-", next="two"), "What Two asks for", 3),
        (Asking(now="two", next="three"), "From Two to Three", 2),
        (Asking(ladder="Tracks", now="planner", next="head"), "From Planner to Head", 1),
        (Asking(ladder="tracks", next="head"), "What Head asks for", 2),
        (Asking(kind="craft"), "From One to Three", 2),
        (Asking(kind="no such"), "From One to Three", 0),
    ],
)
def test_any_other_step_is_shown_beside(
    workspace: Workspace, number: int, asking: Asking, title: str, rows: int
) -> None:
    keep_ladder(workspace, replace(parted(), name="Tracks"))
    view = view_of(workspace, asking)
    assert next_level.title(view) == title
    assert len(view.rows) == rows
    assert view.aimed == (not asking.now and not asking.next)
    assert number


@pytest.mark.parametrize(
    ("asking", "fault"),
    [
        (Asking(ladder="no such"), NoSuchLadder),
        (Asking(next="no such"), NoSuchLevel),
        (Asking(now="four"), NoStep),
        (Asking(ladder="0"), NoStep),
    ],
)
def test_what_cannot_be_shown_says_why(workspace: Workspace, number: int, asking: Asking, fault: type[Fault]) -> None:
    assert number
    if asking.now == "four":
        set_aim(workspace, number, "three", "four")
    with pytest.raises(fault):
        show_next(workspace, asking)


def test_tracks_stay_apart(workspace: Workspace) -> None:
    kept = keep_ladder(workspace, parted())
    set_aim(workspace, kept, "head", "director")
    assert {row.id for row in view_of(workspace).rows} == {"e9", "e7", "e8"}
    view = view_of(workspace, Asking(now="expert"))
    assert {row.id for row in view.rows} == {"e5", "e8", "e9"}


def test_evidence_is_linked_and_taken_back(workspace: Workspace, number: int) -> None:
    one = keep_evidence.keep(workspace, did())
    expected = Expected(number, "e3")
    assert link(workspace, one, expected)
    assert not link(workspace, one, expected), "once is enough"
    assert counted(workspace) == {"e3": [one]}
    undo(workspace)
    assert counted(workspace) == {}
    link(workspace, one, Expected(number, "e7"))
    assert counted(workspace) == {"e5": [one]}, "another level says the same"
    assert unlink(workspace, one, Expected(number, "e5"))
    assert counted(workspace) == {}
    undo(workspace)
    assert counted(workspace) == {"e5": [one]}


def test_new_evidence_for_an_expectation(workspace: Workspace, number: int) -> None:
    one = add(workspace, did("Planned aisle four"), Expected(number, "e3"))
    assert counted(workspace) == {"e3": [one]}
    with pytest.raises(Fault):
        add(workspace, did(), Expected(number, "no such"))


def test_a_capability_speaks_with_all_its_evidence(workspace: Workspace, number: int) -> None:
    able = keep_ledger.claim(workspace, "Plans counts")
    other = keep_ledger.claim(workspace, "Counts")
    one = keep_evidence.keep(workspace, replace(did(), capabilities=(able,)))
    assert speak(workspace, able, Expected(number, "e3")) == "Plans counts"
    later = keep_evidence.keep(workspace, replace(did(), capabilities=(able,)))
    (row,) = [row for row in view_of(workspace).rows if row.evidence]
    assert {each.number: each.capability for each in row.evidence} == {one: "Plans counts", later: "Plans counts"}
    assert [(each.number, each.name) for each in row.speaking] == [(able, "Plans counts")]
    keep_ledger.merge(workspace, other, [able])
    assert counted(workspace) == {"e3": [later, one]}
    assert fall_silent(workspace, able, Expected(number, "e3")) == "Counts", "what it was merged into"
    assert counted(workspace) == {}
    undo(workspace)
    assert counted(workspace) == {"e3": [later, one]}
    with workspace.store.look() as view:
        assert versions.current(view, Capability)[able].expectations == (Expected(number, "e3"),)


def test_to_speak_for_what_it_speaks_for_changes_nothing(workspace: Workspace, number: int) -> None:
    able = keep_ledger.claim(workspace, "Plans counts")
    speak(workspace, able, Expected(number, "e5"))
    speak(workspace, able, Expected(number, "e7"))
    with workspace.store.look() as view:
        assert len(versions.history(view, Capability, able)) == 2


def test_no_chance_is_set_with_its_reason_and_cleared(workspace: Workspace, number: int) -> None:
    expected = Expected(number, "e5")
    set_no_chance(workspace, expected, "  Nobody   counts a site ")
    view = view_of(workspace)
    assert [row.no_chance for row in view.rows] == [None, "Nobody counts a site", None, None]
    assert (view.no_chance, view.without) == (1, 3)
    set_no_chance(workspace, Expected(number, "e7"), "")
    with workspace.store.look() as read:
        assert len(versions.current(read, NoChance)) == 1, "it says the same"
    assert clear_no_chance(workspace, expected)
    assert view_of(workspace).no_chance == 0
    assert not clear_no_chance(workspace, expected)
    assert "no chance" in undo(workspace)
    assert view_of(workspace).no_chance == 1


def test_what_has_evidence_had_a_chance(workspace: Workspace, number: int) -> None:
    kept = keep_evidence.keep(workspace, did("Did it", EvidenceKind.MY_WORD, Expected(number, "e5")))
    with pytest.raises(CannotLink, match="There is evidence for it"):
        set_no_chance(workspace, Expected(number, "e7"), "")
    unlink(workspace, kept, Expected(number, "e5"))
    set_no_chance(workspace, Expected(number, "e7"), "")
    able = keep_ledger.claim(workspace, "Plans counts", proof=keep_ledger.Proof(action="Planned one"))
    speak(workspace, able, Expected(number, "e6"))
    with pytest.raises(CannotLink, match="There is evidence for it"):
        set_no_chance(workspace, Expected(number, "e6"), "")


def test_a_kind_is_named_in_any_case_and_one_there_is_not_is_told(workspace: Workspace, number: int) -> None:
    view = view_of(workspace, Asking(str(number), "One", "Two", "CRAFT"))
    assert {row.kind for row in view.rows} == {"craft"}
    check_kind(view)
    with pytest.raises(NoSuchKind, match=r"'bogus' is no kind of what is new at Two\. There are: craft"):
        check_kind(view_of(workspace, Asking(str(number), "One", "Two", "bogus")))


@pytest.mark.parametrize("expected", [Expected(99, "e3"), Expected(BUILT_IN, "e3")])
def test_what_is_no_expectation(workspace: Workspace, expected: Expected) -> None:
    able = keep_ledger.claim(workspace, "Plans counts")
    for do in (
        lambda: set_no_chance(workspace, expected, ""),
        lambda: clear_no_chance(workspace, expected),
        lambda: speak(workspace, able, expected),
        lambda: fall_silent(workspace, able, expected),
        lambda: unlink(workspace, 1, expected),
    ):
        with pytest.raises(CannotLink):
            do()


def test_a_reason_that_is_too_long(workspace: Workspace, number: int) -> None:
    with pytest.raises(CannotLink, match="300"):
        set_no_chance(workspace, Expected(number, "e5"), "x" * 301)


def test_a_guess_is_made_once_and_never_after_it_was_turned_down(workspace: Workspace, number: int) -> None:
    one = keep_evidence.keep(workspace, did("Agreed deliveries with two carriers"))
    (row,) = [row for row in view_of(workspace).rows if row.proposals]
    assert [(each.number, set(each.shared)) for each in row.proposals] == [(one, {"agreed", "deliveries", "carriers"})]
    assert [cell.guessed for cell in row.cells] == [1, 0, 0, 0]
    assert counted(workspace) == {}, "a guess counts nothing"
    assert view_of(workspace).raising[0].rests_on
    turn_down(workspace, one, Expected(number, row.id))
    assert not [row for row in view_of(workspace).rows if row.proposals]
    undo(workspace)
    link(workspace, one, Expected(number, "e6"))
    assert not [row for row in view_of(workspace).rows if row.proposals], "it speaks for something by now"


def test_rows_are_found_by_place_and_id(workspace: Workspace, number: int) -> None:
    assert number
    view = whole_step(workspace, Asking(kind="craft"))
    assert (find_row(view, "2").id, find_row(view, "e6").row) == ("e5", 4)
    for words in ("", "0", "5", "e9", "\u0664"):
        with pytest.raises(NoSuchRow):
            find_row(view, words)


def test_what_may_speak_beside_what_does(workspace: Workspace, number: int) -> None:
    able, other = (keep_ledger.claim(workspace, name) for name in ("Plans", "Counts"))
    one, two = (keep_evidence.keep(workspace, did(f"Did {n}")) for n in range(2))
    link(workspace, one, Expected(number, "e3"))
    speak(workspace, able, Expected(number, "e3"))
    found = choices(workspace, view_of(workspace).rows[0])
    assert [each.number for each in found.capabilities] == [other]
    assert [(each.number, each.name) for each in found.evidence] == [(two, "Did 1")]


#: What may be done with evidence, a capability and an expectation.
DEEDS: Sequence[Callable[[Workspace, int, int, Expected], object]] = (
    lambda workspace, one, _, expected: link(workspace, one, expected),
    lambda workspace, one, _, expected: unlink(workspace, one, expected),
    lambda workspace, one, _, expected: turn_down(workspace, one, expected),
    lambda workspace, _, able, expected: speak(workspace, able, expected),
    lambda workspace, _, able, expected: fall_silent(workspace, able, expected),
    lambda workspace, _one, _able, expected: set_no_chance(workspace, expected, "so"),
    lambda workspace, _one, _able, expected: clear_no_chance(workspace, expected),
)


def latest(workspace: Workspace) -> int:
    with workspace.store.look() as view:
        return journal.latest(view)


@settings(max_examples=12)
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 3)), max_size=12))
def test_no_order_of_deeds_loses_anything(
    tmp_path_factory: pytest.TempPathFactory,
    deeds: list[tuple[Callable[[Workspace, int, int, Expected], object], int]],
) -> None:
    """Linking changes what evidence counts for, never the evidence; as many undos lead back to where it began."""
    with open_workspace(str(tmp_path_factory.mktemp("deeds") / "data"), NOW) as workspace:
        number = keep_ladder(workspace, flat())
        set_aim(workspace, number, "one", "three")
        able = keep_ledger.claim(workspace, "Plans")
        kept = [keep_evidence.keep(workspace, replace(did(f"Did {n}"), capabilities=(able,))) for n in range(2)]
        before, done = view_of(workspace), 0
        for deed, place in deeds:
            expected, said = Expected(number, before.rows[place].id), latest(workspace)
            deed(workspace, kept[place % 2], able, expected)
            done += latest(workspace) > said
            with workspace.store.look() as view:
                assert versions.current(view, Evidence).keys() == set(kept)
                assert versions.current(view, Capability).keys() == {able}
        for _ in range(done):
            undo(workspace)
        assert view_of(workspace) == before
