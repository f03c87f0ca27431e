"""Ladders are brought in and edited in place: nothing is rewritten, and ids never come to mean something else."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from outgrow.importers.contract import Context
from outgrow.importers.ladders.built_in import built_in
from outgrow.importers.ladders.draft import clean
from outgrow.importers.ladders.reader import LadderFile
from outgrow.model.ladder import BUILT_IN, Expectation, Ladder, Level
from outgrow.reports import machine
from outgrow.workflows import edit_ladder
from outgrow.workflows.bring_in_ladder import NoLadder, keep, read_file
from outgrow.workflows.choose_ladder import ladders, list_ladders, set_aim
from outgrow.workflows.edit_ladder import CannotEdit, NoSuchExpectation, Wording
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
FILE = "levels: [Junior, Senior]\nexpectations:\n- {level: Junior, kind: craft, text: Writes}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data in which nothing was said."""
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def _brought_in(workspace: Workspace, folder: Path, text: str = FILE) -> int:
    path = folder / "ours.yml"
    path.write_text(text)
    number = keep(workspace, read_file(workspace, path)).number
    assert number
    return number


def test_a_ladder_is_kept_once(workspace: Workspace, tmp_path: Path) -> None:
    number = _brought_in(workspace, tmp_path)
    again = keep(workspace, read_file(workspace, tmp_path / "ours.yml"))
    assert (again.number, again.already) == (number, True)
    assert [each.number for each in list_ladders(workspace)] == [BUILT_IN, number]
    assert undo(workspace).startswith("the ladder ours, of")
    assert list(ladders(workspace)) == [BUILT_IN]


def test_a_file_that_is_none_keeps_nothing_and_says_why(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NoLadder, match=r"ours.yml was not read: it names no levels\. outgrow reads ladders in"):
        _brought_in(workspace, tmp_path, "name: Nothing\n")
    with pytest.raises(NoLadder, match=r"it cannot be opened"):
        read_file(workspace, tmp_path / "gone.yml")
    assert list(ladders(workspace)) == [BUILT_IN]


def test_what_was_wrong_in_a_file_is_told_with_it(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "tab.yml"
    path.write_text(FILE.replace("- {", "-\t{"))
    reading = read_file(workspace, path, "levels.yml")
    assert [each.line for each in reading.view.problems] == [3]
    assert reading.view.origin == "levels.yml"


def test_expectations_are_added_worded_and_removed(workspace: Workspace, tmp_path: Path) -> None:
    number = _brought_in(workspace, tmp_path)
    added = edit_ladder.add_expectation(workspace, number, "senior", Wording("Edits\n others", "craft", ("a draft",)))
    assert added == "senior-craft-1"
    edit_ladder.change_expectation(workspace, number, added, Wording(kind="order"))
    found = edit_ladder.find_expectation(ladders(workspace)[number], added)
    assert found == Expectation(id=added, level="Senior", kind="order", text="Edits others", examples=("a draft",))
    assert edit_ladder.remove_expectation(workspace, number, added).text == "Edits others"
    with pytest.raises(NoSuchExpectation, match="ours has no expectation 'senior-craft-1'"):
        edit_ladder.change_expectation(workspace, number, added, Wording("x"))
    assert undo(workspace).startswith("a change to the ladder ours")
    assert edit_ladder.find_expectation(ladders(workspace)[number], added) == found


@pytest.mark.parametrize("ladder", [BUILT_IN, 1])
def test_an_id_is_never_given_twice(workspace: Workspace, tmp_path: Path, ladder: int) -> None:
    assert _brought_in(workspace, tmp_path) == 1
    last = ladders(workspace)[ladder].expectations[-1]
    edit_ladder.remove_expectation(workspace, ladder, last.id)
    edit_ladder.rename_ladder(workspace, ladder, "Ours")
    assert len(list_ladders(workspace)) == 2
    added = edit_ladder.add_expectation(workspace, ladder, last.level, Wording("New", last.kind))
    assert added != last.id
    assert len(added) == len(last.id)


def test_levels_and_ladders_are_renamed_and_keep_their_ids(workspace: Workspace) -> None:
    set_aim(workspace, BUILT_IN, "senior", "lead")
    edit_ladder.rename_level(workspace, BUILT_IN, "Lead", " Ward  manager ")
    edit_ladder.rename_ladder(workspace, BUILT_IN, "Nursing")
    line = list_ladders(workspace)[0]
    assert (line.name, line.now, line.next, line.own) == ("Nursing", "Senior", "Ward manager", True)
    assert edit_ladder.remove_ladder(workspace, BUILT_IN).name == "Nursing"
    assert ladders(workspace)[BUILT_IN] == built_in()
    assert not list_ladders(workspace)[0].own


def test_nothing_is_kept_where_nothing_differs(workspace: Workspace) -> None:
    edit_ladder.rename_level(workspace, BUILT_IN, "lead", "Lead")
    assert not undo(workspace)


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        (Wording(" \n"), "The text is empty"),
        (Wording("x" * 4_001), "The text has more than 4,000 characters"),
        (Wording("x", "k" * 201), "The kind has more than 200 characters"),
        (Wording("x", "k", ["e"] * 51), "at most 50 examples"),
    ],
)
def test_what_cannot_be_kept_is_refused(workspace: Workspace, wording: Wording, said: str) -> None:
    with pytest.raises(CannotEdit, match=said):
        edit_ladder.add_expectation(workspace, BUILT_IN, "lead", wording)
    assert ladders(workspace)[BUILT_IN] == built_in()


def test_two_levels_are_not_called_alike(workspace: Workspace) -> None:
    with pytest.raises(CannotEdit, match="has a level called head already"):
        edit_ladder.rename_level(workspace, BUILT_IN, "lead", "head")


def test_the_built_in_ladder_stays(workspace: Workspace) -> None:
    with pytest.raises(CannotEdit, match="The built-in ladder stays"):
        edit_ladder.remove_ladder(workspace, BUILT_IN)


_words = st.text(max_size=30).map(lambda text: clean(text, 200))
_some = _words.filter(bool)
_odd = _some | st.sampled_from(["Level 1", "1", "Criteria for all:", "All criteria from level one", "null", "~"])


@st.composite
def _ladders(draw: st.DrawFn) -> Ladder:
    ids = draw(st.lists(_some, min_size=1, max_size=4, unique=True))
    ranks = sorted(draw(st.lists(st.integers(1, 9), min_size=len(ids), max_size=len(ids))))
    levels = [
        Level(id=each, name=draw(_odd), rank=rank, track=draw(_words), summary=draw(_words))
        for each, rank in zip(ids, ranks, strict=True)
    ]
    texts = draw(st.lists(st.tuples(_odd, _words, st.lists(_some, max_size=2)), min_size=1, max_size=5))
    expectations = [
        Expectation(id=f"e{at}", level=draw(st.sampled_from(ids)), kind=kind, text=text, examples=(*shown,))
        for at, (text, kind, shown) in enumerate(texts)
    ]
    return Ladder(name=draw(_some), levels=(*levels,), expectations=(*expectations,), summary=draw(_words))


@settings(max_examples=60)
@given(_ladders())
def test_a_ladder_that_is_exported_comes_in_as_it_was(tmp_path_factory: pytest.TempPathFactory, ladder: Ladder) -> None:
    path = tmp_path_factory.mktemp("ladder") / "ladder.json"
    path.write_text(machine.document("ladder", ladder))
    reader = LadderFile()
    assert list(reader.read(path, Context(now=NOW))) == []
    assert reader.ladder() == replace(ladder, origin="ladder.json")


def test_the_built_in_ladder_is_in_the_format_that_is_exported() -> None:
    ladder = built_in()
    assert json.loads(machine.document("ladder", ladder))["levels"][3]["track"] == "individual"
