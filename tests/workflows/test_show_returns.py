"""Returns over real work: what each project took, and what came of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.cli.main import main
from outgrow.model.evidence import Evidence
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.reports import returns as reports
from outgrow.reports.returns import By, ReturnLine, ReturnsView
from outgrow.store import activities, journal, versions
from outgrow.workflows.answer_outgrown import enter_outgrown
from outgrow.workflows.keep_ledger import claim
from outgrow.workflows.show_returns import show_returns
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
YEAR = Period(date(2025, 10, 7), date(2026, 10, 6))
HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"
ROWS = (
    ("Dock plan", "Ghent", 20, 4),
    ("Dock plan", "GHENT ", 30, 2),
    ("Invoices", "Accounts", 25, 3),
    ("Invoices", "Accounts", 40, 3),
    ("Phone calls", "", 41, 1),
    ("Lunch run", "Canteen", 42, 1),
    ("Invoices", "Accounts", 450, 5),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give some work on projects, this year and the year before."""
    days = [(title, project, NOW.date() - timedelta(days=back), long) for title, project, back, long in ROWS]
    rows = [
        f"{title},{name},{day},08:00:00,{day},{8 + long:02}:00:00,0{long}:00:00," for title, name, day, long in days
    ]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(tmp_path / "data"), "import", str(sheet)]) == 0
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def line(view: ReturnsView, name: str) -> ReturnLine:
    """Return the line of a name."""
    return next(each for each in view.now.lines if each.name.casefold() == name.casefold())


def keep(workspace: Workspace, title: str, *capabilities: int) -> None:
    """Keep evidence that is linked to the work of a title."""
    with workspace.store.begin() as change:
        linked = [
            each.id for each in activities.latest_before(change, workspace.today, 99) if each.activity.title == title
        ]
        said = Evidence(action="Did it", on=date(2026, 9, 1), activities=tuple(linked), capabilities=capabilities)
        versions.put(change, said, journal.moment(change, workspace.now))


def test_what_went_in_is_counted_once_and_projects_are_one_however_they_are_written(workspace: Workspace) -> None:
    view = show_returns(workspace, YEAR, By.PROJECT)
    assert [(each.name.casefold(), each.hours, each.items) for each in view.now.lines] == [
        ("accounts", 6, 2),
        ("ghent", 6, 2),
        ("canteen", 1, 1),
    ]
    assert (view.now.loose_hours, view.now.loose_items) == (1, 1)
    assert view.before is not None
    assert [(each.name, each.hours) for each in view.before.lines] == [("Accounts", 5)]
    assert "1 project gave no capability" in reports.headline(view)


def test_a_capability_is_placed_by_the_work_that_its_evidence_is_linked_to(workspace: Workspace) -> None:
    number = claim(workspace, "Plan a dock", date(2026, 9, 20))
    keep(workspace, "Dock plan", number)
    keep(workspace, "Invoices")
    view = show_returns(workspace, YEAR, By.PROJECT)
    assert [each.name for each in line(view, "Ghent").capabilities] == ["Plan a dock"]
    assert (line(view, "Ghent").evidence, line(view, "Accounts").evidence) == (1, 1)
    assert line(view, "Accounts").capabilities == ()
    assert dict(reports.parts(view, view.now)) == {
        "gave a capability": "1 project, 6.0 h",
        "left evidence": "1 project, 6.0 h",
        "neither": "1 project, 1.0 h",
    }
    streams = show_returns(workspace, YEAR, By.WORKSTREAM)
    assert line(streams, "Dock plan").workstream
    assert line(streams, "Dock plan").capabilities == line(view, "Ghent").capabilities


def test_an_outgrown_workstream_places_its_capability(workspace: Workspace) -> None:
    judge(workspace, ["Dock plan"], date(2026, 8, 1), WorkAnswer(Value.GROWTH))
    judge(workspace, ["Dock plan"], date(2026, 9, 15), WorkAnswer(Value.DEPTH))
    enter_outgrown(workspace, "Dock plan")
    assert line(show_returns(workspace, YEAR, By.PROJECT), "Ghent").capabilities
    assert line(show_returns(workspace, YEAR, By.WORKSTREAM), "Dock plan").capabilities


def test_what_is_linked_to_no_work_is_told_apart(workspace: Workspace) -> None:
    claim(workspace, "Speak Dutch", date(2026, 9, 20))
    keep(workspace, "nothing of the kind")
    view = show_returns(workspace, YEAR, By.PROJECT)
    assert [each.name for each in view.now.loose_capabilities] == ["Speak Dutch"]
    assert (view.now.capabilities, view.now.loose_evidence) == (0, 1)
    assert "Speak Dutch" in reports.render(view)
    before = show_returns(workspace, YEAR.before(), By.PROJECT)
    assert before.now.loose_capabilities == ()


def test_what_is_no_work_is_left_out(workspace: Workspace) -> None:
    judge(workspace, ["Lunch run"], date(2025, 1, 1), WorkAnswer(Value.OUTSIDE))
    view = show_returns(workspace, YEAR, By.PROJECT)
    assert "Canteen" not in {each.name for each in view.now.lines}


@pytest.mark.parametrize("by", By)
def test_an_empty_store_has_no_returns(tmp_path: Path, by: By) -> None:
    with open_workspace(str(tmp_path / "none"), NOW) as nothing:
        view = show_returns(nothing, YEAR, by)
        assert view.now.lines == ()
        assert "in this period" in reports.render(view)
        first = show_returns(nothing, Period(date.min, date.max), by)
        assert first.before is None
