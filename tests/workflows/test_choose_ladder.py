"""The ladders there are, and the step that is looked at."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.model.ladder import BUILT_IN, Expectation, Ladder, Level
from outgrow.store import settings, versions
from outgrow.workflows import choose_ladder
from outgrow.workflows.choose_ladder import Aim, NoSuchLadder, NoSuchLevel, aim, find_ladder, find_level, set_aim
from outgrow.workflows.set_up import change_setting
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
NURSES = Ladder(
    name="Nurses",
    levels=(Level(id="5", name="Band 5", rank=1), Level(id="6", name="Band 6", rank=2)),
    expectations=(Expectation(id="6-1", level="6", kind="care", text="Leads a shift"),),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data with the built-in ladder and one more."""
    with open_workspace(str(tmp_path), NOW) as opened:
        with opened.store.begin() as change:
            versions.put(change, NURSES, NOW)
        yield opened


def _nurses(workspace: Workspace) -> int:
    return find_ladder(choose_ladder.ladders(workspace), "nurses")


def test_the_built_in_ladder_comes_first(workspace: Workspace) -> None:
    known = choose_ladder.ladders(workspace)
    assert next(iter(known)) == BUILT_IN
    assert list(known.values())[1:] == [NURSES]


def test_no_step_is_set_at_first(workspace: Workspace) -> None:
    assert aim(workspace) is None


def test_a_step_is_set_by_names_and_one_undo_takes_it_back(workspace: Workspace) -> None:
    first = set_aim(workspace, BUILT_IN, "Senior analyst", "lead")
    assert first == aim(workspace) == Aim(BUILT_IN, "senior", "lead")
    second = set_aim(workspace, _nurses(workspace), "Band 5", "6")
    assert aim(workspace) == second
    assert undo(workspace).startswith("the ladder and the levels you look at, of")
    assert aim(workspace) == first
    undo(workspace)
    assert aim(workspace) is None


def test_other_settings_of_the_same_minute_are_taken_back_by_themselves(workspace: Workspace) -> None:
    change_setting(workspace, "role", "Nurse")
    change_setting(workspace, "working_hours", "30")
    assert undo(workspace).startswith("the setting working hours: 30")
    with workspace.store.look() as view:
        assert settings.get(view, "role") == "Nurse"


def test_a_step_on_a_ladder_that_is_gone_is_none(workspace: Workspace) -> None:
    number = _nurses(workspace)
    set_aim(workspace, number, "5", "6")
    with workspace.store.begin() as change:
        versions.withdraw(change, Ladder, number, NOW)
    assert aim(workspace) is None


@pytest.mark.parametrize("odd", ["x", "-1", "99", "²", "9" * 30])
def test_an_unusable_number_of_a_ladder_is_no_step(workspace: Workspace, odd: str) -> None:
    set_aim(workspace, BUILT_IN, "senior", "lead")
    change_setting(workspace, "ladder", odd)
    assert aim(workspace) is None


@pytest.mark.parametrize(
    ("words", "level"),
    [("6", "6"), ("band 6", "6"), (" BAND  5 ", "5"), ("Staff nurse, band 5 since May", "5")],
)
def test_levels_are_found_by_words(words: str, level: str) -> None:
    assert find_level(NURSES, words).id == level


def test_words_that_fit_no_level_or_several_name_the_levels() -> None:
    with pytest.raises(NoSuchLevel, match=r"'Matron' is no level of Nurses. Say one of: Band 5, Band 6."):
        find_level(NURSES, "Matron")
    with pytest.raises(NoSuchLevel, match="may mean 2 levels"):
        find_level(NURSES, "band")
    with pytest.raises(NoSuchLevel, match="is no level"):
        find_level(NURSES, " ")


def test_words_that_fit_no_ladder_name_the_ladders(workspace: Workspace) -> None:
    known = choose_ladder.ladders(workspace)
    with pytest.raises(NoSuchLadder, match=r"'Pilots' is no ladder. There are: 0 Knowledge work, [0-9]+ Nurses"):
        find_ladder(known, "Pilots")
    assert find_ladder(known, "0") == find_ladder(known, "knowledge") == BUILT_IN
