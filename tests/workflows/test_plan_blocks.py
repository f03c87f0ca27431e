"""Planned growth work: in the calendar file at once, never counted as work before it is done."""

import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from outgrow.model.activity import State
from outgrow.store import activities, computed
from outgrow.workflows.bring_in import Wishes, bring_in
from outgrow.workflows.keep_feed import FeedNotWritten, copy_feed, keep_feed, place
from outgrow.workflows.plan_blocks import NoSuchBlock, drop, plan, planned
from outgrow.workflows.recount import recount
from outgrow.workflows.review_answers import WrongAnswer
from outgrow.workflows.set_up import change_setting
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 7, 9, 30, tzinfo=UTC)
FRIDAY = {"title": "Draft the strategy", "day": "friday", "time": "9:30", "length": "1:30"}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def growth(workspace: Workspace) -> list[Any]:
    """Return the planned work that the calendar file tells."""
    calendar = icalendar.Calendar.from_ical(place(workspace).read_bytes())
    return [event for event in calendar.walk("VEVENT") if str(event["UID"]).startswith("growth-")]


def test_what_is_planned_is_in_the_calendar_file_at_once(workspace: Workspace) -> None:
    assert not place(workspace).exists(), "nobody needs it yet"
    number = plan(workspace, FRIDAY)
    (event,) = growth(workspace)
    assert event["DTSTART"].dt == datetime(2026, 10, 9, 9, 30, tzinfo=UTC)
    assert [each.number for each in planned(workspace)] == [number]
    drop(workspace, number)
    assert growth(workspace) == []
    assert "growth block" in undo(workspace)
    assert [str(each["UID"]) for each in growth(workspace)] == [str(event["UID"])], "it is the same one again"
    undo(workspace)
    assert growth(workspace) == []


@pytest.mark.promise("P10")
def test_the_file_is_for_nobody_else(workspace: Workspace) -> None:
    plan(workspace, FRIDAY)
    assert stat.S_IMODE(place(workspace).stat().st_mode) == 0o600
    assert {each.name for each in place(workspace).parent.iterdir()} >= {"outgrow.ics", "outgrow.sqlite3"}
    assert not [each for each in place(workspace).parent.iterdir() if each.name.startswith(".")]


def test_the_file_follows_the_week_of_the_person(workspace: Workspace) -> None:
    plan(workspace, FRIDAY)
    assert b"BYDAY=FR\r" in place(workspace).read_bytes()
    change_setting(workspace, "week_start", "sunday")
    assert b"BYDAY=TH\r" in place(workspace).read_bytes()
    undo(workspace)
    assert b"BYDAY=FR\r" in place(workspace).read_bytes()


def test_the_same_data_leave_the_file_alone(workspace: Workspace) -> None:
    keep_feed(workspace)
    assert not place(workspace).exists()
    plan(workspace, FRIDAY)
    before = place(workspace).stat().st_mtime_ns
    keep_feed(workspace.afresh(NOW + timedelta(days=3)))
    assert place(workspace).stat().st_mtime_ns == before


@pytest.mark.promise("P3")
def test_a_file_that_cannot_be_written_is_told_and_what_was_said_is_kept(workspace: Workspace) -> None:
    place(workspace).mkdir()
    with pytest.raises(FeedNotWritten, match="What you said is kept"):
        plan(workspace, FRIDAY)
    assert len(planned(workspace)) == 1
    with pytest.raises(FeedNotWritten, match="--out"):
        copy_feed(workspace, place(workspace).parent)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("day", ""),
        ("day", "yesterday"),
        ("day", "2099-01-01"),
        ("time", "late"),
        ("length", "0"),
        ("length", "2m"),
        ("length", "13"),
        ("title", "x" * 400),
    ],
)
def test_what_cannot_be_planned_is_said_of_its_field(workspace: Workspace, field: str, words: str) -> None:
    with pytest.raises(WrongAnswer) as wrong:
        plan(workspace, FRIDAY | {field: words})
    assert wrong.value.field == field
    assert planned(workspace) == ()


def test_time_that_has_passed_is_not_planned(workspace: Workspace) -> None:
    with pytest.raises(WrongAnswer) as wrong:
        plan(workspace, FRIDAY | {"day": "today", "time": "9:00"})
    assert wrong.value.field == "time"
    with pytest.raises(NoSuchBlock):
        drop(workspace, 12)


def test_a_calendar_that_takes_the_file_adds_no_hours_here(workspace: Workspace, tmp_path: Path) -> None:
    """Reminders take no time, and what lies ahead never counts."""
    plan(workspace, FRIDAY)
    copy = tmp_path / "calendar.ics"
    copy_feed(workspace, copy)
    later = workspace.afresh(NOW + timedelta(days=1))
    report = bring_in(later, [str(copy)], Wishes(), lambda _path, _question: None, lambda _what, _number: None)
    assert not [problem for file in report.files for problem in file.problems]
    recount(later)
    with later.store.look() as view:
        states = {each.activity.title: each.activity.state for each in activities.everything(view, planned=True)}
        assert states["Draft the strategy"] is State.PLANNED
        assert sum(computed.hours_by_week(view).values()) == 0
        assert computed.last_day(view, later.now) in {None, date(2026, 10, 8)}
