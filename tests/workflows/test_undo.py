"""Undo says in words what it takes back, whatever it was."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.model.judgement import Value
from outgrow.workflows.arrange_workstreams import rename
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.set_up import change_setting
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data with two kinds of work, of which nothing else was said."""
    with open_workspace(str(tmp_path), NOW) as opened:
        for title in ("Budget round", "Supplier call"):
            capture(opened, Work(text=title, day=NOW.date(), hours=2))
        yield opened


def test_nothing_is_taken_back_where_nothing_was_said(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as opened:
        assert not undo(opened)


def test_each_kind_is_named(workspace: Workspace) -> None:
    judge(workspace, ["Budget round"], NOW.date(), WorkAnswer(Value.GROWTH))
    rename(workspace, "Supplier call", "Suppliers")
    change_setting(workspace, "new_this_year", "Rotas")
    change_setting(workspace, "new_this_year", "")
    judge(workspace, ["Budget round", "Suppliers"], NOW.date(), WorkAnswer(Value.DEPTH))
    assert [undo(workspace).split(", of ")[0] for _ in range(8)] == [
        "an answer to 2 kinds of work",
        "the setting new this year: empty",
        "the setting new this year: Rotas",
        "the name Suppliers",
        "the answer growth for Budget round",
        "the note Supplier call",
        "the note Budget round",
        "",
    ]


def test_the_moment_is_told(workspace: Workspace) -> None:
    assert undo(workspace).endswith(", of 6 October 2026, 09:30")
