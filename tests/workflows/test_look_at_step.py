"""Steps between levels, as they are set or asked for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.model.ladder import BUILT_IN, Expectation, Ladder, Level
from outgrow.reports.ladders import asked_in_words
from outgrow.store import versions
from outgrow.workflows.choose_ladder import set_aim
from outgrow.workflows.look_at_step import look_at_step
from outgrow.workflows.show_next import NoStep
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)


def _expects(level: str, *texts: str) -> list[Expectation]:
    return [Expectation(id=f"{level}-{at}", level=level, kind="care", text=text) for at, text in enumerate(texts)]


BANDS = Ladder(
    name="Bands",
    levels=(
        Level(id="5", name="Band 5", rank=5),
        Level(id="6a", name="Band 6 (ward)", rank=6, track="ward"),
        Level(id="6b", name="Band 6 (teaching)", rank=6, track="teaching"),
        Level(id="7b", name="Band 7 (teaching)", rank=7, track="teaching"),
        Level(id="8", name="Band 8", rank=8),
    ),
    expectations=(
        *_expects("5", "Keeps records", "Hands over"),
        *_expects("6a", "Leads a shift", "Keeps records."),
        *_expects("6b", "Teaches"),
        *_expects("7b", "Keeps records", "Runs a course"),
        *_expects("8", "Keeps records"),
    ),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data with the ladder of bands as number 1."""
    with open_workspace(str(tmp_path), NOW) as opened:
        with opened.store.begin() as change:
            assert versions.put(change, BANDS, NOW) == 1
        yield opened


@pytest.mark.parametrize(
    ("now", "next_", "asked", "carried"),
    [
        ("5", "6a", ["Leads a shift"], ["Keeps records."]),
        ("6b", "7b", ["Runs a course"], ["Keeps records"]),
        ("7b", "8", [], ["Keeps records"]),
    ],
)
def test_the_step_follows_rank_and_track(
    workspace: Workspace, now: str, next_: str, asked: list[str], carried: list[str]
) -> None:
    view = look_at_step(workspace, "bands", now)
    assert (view.now.id, view.next.id) == (now, next_)
    assert [each.text for each in view.asked] == asked
    assert [each.text for each in view.carried] == carried


def test_a_step_says_how_much_is_new(workspace: Workspace) -> None:
    said = [asked_in_words(look_at_step(workspace, "1", now)) for now in ("5", "7b")]
    assert said == [
        "Band 6 (ward) expects 1 thing that Band 5 does not; 1 expectation of both levels is alike.",
        "Band 8 expects nothing beyond Band 7 (teaching); 1 expectation of both levels is alike.",
    ]


def test_what_is_left_open_is_as_it_is_set(workspace: Workspace) -> None:
    assert (look_at_step(workspace).ladder, look_at_step(workspace).now.id) == (BUILT_IN, "associate")
    set_aim(workspace, 1, "6b", "8")
    view = look_at_step(workspace)
    assert (view.ladder, view.now.id, view.next.id) == (1, "6b", "8")
    assert [each.id for each in view.between] == ["7b"]
    assert look_at_step(workspace, now="5").next.id == "6a"
    assert look_at_step(workspace, ladder="0").next.id == "professional"


def test_after_the_last_level_no_step_is_made_up(workspace: Workspace) -> None:
    with pytest.raises(NoStep, match="No level of Bands follows Band 8"):
        look_at_step(workspace, "1", "8")


def test_every_step_of_the_built_in_ladder_asks_for_something_new(workspace: Workspace) -> None:
    steps = [
        ("associate", "professional", 8),
        ("senior", "expert", 12),
        ("senior", "lead", 12),
        ("head", "director", 13),
    ]
    for now, next_, asked in steps:
        view = look_at_step(workspace, "0", now, next_)
        assert (len(view.asked), len(view.carried)) == (asked, 0)
