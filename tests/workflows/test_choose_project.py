"""Projects: typed, set side by side, chosen, looked back on, and each of it taken back; like work and what came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outgrow.cli.main import main
from outgrow.model.candidate import Newness
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.judgement import Reason, Value
from outgrow.model.ladder import BUILT_IN, Expected
from outgrow.reports import project_choice as reports
from outgrow.reports.charts import project_ranges
from outgrow.reports.project_choice import BuildKind, ProjectView
from outgrow.workflows import choose_project, keep_evidence, keep_ledger, keep_projects
from outgrow.workflows.choose_ladder import ladders, set_aim
from outgrow.workflows.choose_project import choose, follow_ups_due, look_back, show_projects
from outgrow.workflows.keep_projects import CannotKeepProject, NoSuchProject, ProjectWords, read, words_of
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.workflows.said_earlier import said_earlier

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"
PILOT = ProjectWords(
    name=" Warehouse  pilot ",
    hours="120",
    about="Move one site",
    first="2026-11",
    last="2027-01",
    grows="new",
    reasons=("outside my scope", "needs a capability I lack"),
    people="new",
    mode="partly new",
    builds="Plan a move\n\nPlan a move\nLead a site",
    seen_by="Anna\nThe board",
)
PLAIN = ProjectWords(name="Stock report upkeep", hours="60", grows="same")


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give two kinds of work over twelve weeks, two hours a week each; the calls belong to the project Pilot."""
    sheet = tmp_path / "sheet.csv"
    rows = [
        f"{title},{project},{back(7 * week)},{hour}:00:00,{back(7 * week)},{hour + 2}:00:00,02:00:00,"
        for week in range(12, 0, -1)
        for title, project, hour in (("Supplier call", "PILOT south", 9), ("Stock report", "Acme", 13))
    ]
    sheet.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    folder = str(tmp_path / "data")
    assert main(["--quiet", "--data", folder, "import", str(sheet)]) == 0
    with open_workspace(folder, NOW) as opened:
        yield opened


def said(workspace: Workspace, title: str, value: Value, days: int) -> None:
    said_earlier(workspace, [title], days, back(days), value)


def found(workspace: Workspace, number: int) -> ProjectView:
    view = show_projects(workspace)
    return next(each for each in (*view.candidates, *view.chosen, *view.past) if each.number == number)


def test_a_project_is_read_from_what_is_typed(workspace: Workspace) -> None:
    made = read(workspace, PILOT)
    assert (made.name, made.hours, made.grows) == ("Warehouse pilot", 120.0, True)
    assert (made.first, made.last) == (date(2026, 11, 1), date(2027, 1, 31))
    assert made.reasons == (Reason.LACKING, Reason.SCOPE)
    assert (made.people, made.area, made.mode) == (Newness.NEW, Newness.SAME, Newness.PARTLY)
    assert made.builds == ("Plan a move", "Lead a site")
    assert made.seen_by == ("Anna", "The board")
    assert read(workspace, words_of(made)) == made, "what is kept can be typed again"


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": " "}, "name", "between 1 and 200"),
        ({"hours": "many"}, "hours", "how many hours"),
        ({"hours": "0"}, "hours", "how many hours"),
        ({"hours": "1e9"}, "hours", "how many hours"),
        ({"hours": "٣"}, "hours", "how many hours"),
        ({"first": "soon"}, "first", "'soon' is no day"),
        ({"last": "2020"}, "last", "cannot end on 2020-12-31"),
        ({"grows": "maybe"}, "grows", "new or same"),
        ({"reasons": ("because",)}, "reasons", "outside my scope"),
        ({"people": "odd"}, "people", "partly new"),
        ({"builds": "\n".join(f"thing {n}" for n in range(21))}, "builds", "at most 20"),
        ({"capabilities": ("flying",)}, "capabilities", "No capability"),
        ({"expectations": ("1",)}, "expectations", "Set the step"),
        ({"about": "x" * 1001}, "about", "1,000"),
    ],
)
def test_what_is_no_project_says_which_part(
    workspace: Workspace, wrong: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(CannotKeepProject, match=words) as fault:
        keep_projects.add(workspace, replace(PILOT, **wrong))
    assert fault.value.field == field
    assert show_projects(workspace).candidates == ()


def test_projects_stand_side_by_side_by_their_hours(workspace: Workspace) -> None:
    small = keep_projects.add(workspace, PLAIN)
    assert "One project" in reports.headline(show_projects(workspace)), "of one alone nothing is ranked"
    large = keep_projects.add(workspace, PILOT)
    assert show_projects(workspace).clearest is None, "the ranges overlap"
    keep_projects.edit(workspace, large, replace(PILOT, area="new", mode="new", reasons=tuple(Reason)))
    view = show_projects(workspace)
    assert [each.number for each in view.candidates] == [large, small]
    assert view.clearest == large
    assert reports.headline(view) == "Warehouse pilot would be more growth work than the others."
    assert reports.by_gains(view).startswith("Warehouse pilot would build most: 2 things")
    drawn = project_ranges.draw(view)
    assert [row[0] for row in drawn.table.rows] == ["Warehouse pilot", "Stock report upkeep"]
    assert drawn.svg.count('class="estimate"') == 4, "two, in a narrow and a wide drawing"


def test_what_it_would_build_is_held_against_ledger_and_step(workspace: Workspace) -> None:
    set_aim(workspace, BUILT_IN, "senior", "lead")
    asked = [each.id for each in ladders(workspace)[BUILT_IN].of("lead")]
    shown = Evidence(
        action="Did it", on=back(5), kind=EvidenceKind.ARTEFACT, expectations=(Expected(BUILT_IN, asked[0]),)
    )
    keep_evidence.keep(workspace, shown)
    plan, teach = (keep_ledger.claim(workspace, name, back(9)) for name in ("Plan a move", "Read a balance sheet"))
    proof = keep_ledger.Proof(action="Two do it now", kind=EvidenceKind.SOMEBODY)
    keep_ledger.reach(workspace, teach, CapabilityState.TAUGHT, back(3), proof=proof)
    words = replace(PILOT, capabilities=("balance",), expectations=(asked[0], asked[1]))
    view = found(workspace, keep_projects.add(workspace, words))
    kinds = {each.what: each.kind for each in view.builds}
    assert kinds["Plan a move"] is BuildKind.FURTHER, "the ledger has it: it is no new one"
    assert next(each for each in view.builds if each.what == "Plan a move").number == plan
    assert kinds["Lead a site"] is BuildKind.NEW
    assert kinds["Read a balance sheet"] is BuildKind.THERE
    assert sorted(map(str, kinds.values())).count("gap") == 1
    assert view.gains == 3


def test_like_work_of_the_persons_own_counts(workspace: Workspace) -> None:
    number = keep_projects.add(workspace, PLAIN)
    before = found(workspace, number)
    assert before.like is None
    said(workspace, "Stock report", Value.DEPTH, 90)
    view = found(workspace, number)
    assert view.like is not None
    assert (view.like.growth, view.like.depth) == (0.0, 24.0)
    assert view.like.names == ("Stock report",)
    assert view.share < before.share
    assert view.high < before.high


def test_a_choice_keeps_its_prediction_and_is_taken_back(workspace: Workspace) -> None:
    number = keep_projects.add(workspace, PILOT)
    before = choose(workspace, number)
    said(workspace, "Supplier call", Value.GROWTH, 90)
    view = found(workspace, number)
    assert (view.share, view.low, view.high) == (before.share, before.low, before.high)
    assert view.chosen == TODAY
    assert show_projects(workspace).candidates == ()
    with pytest.raises(NoSuchProject, match="chosen already"):
        choose(workspace, number)
    with pytest.raises(NoSuchProject, match="stay as they were"):
        keep_projects.edit(workspace, number, PLAIN)
    undo(workspace)
    undo(workspace)
    assert found(workspace, number).chosen is None


def test_what_came_is_measured_by_the_words_it_is_known_by(workspace: Workspace) -> None:
    words = replace(PILOT, name="Pilot", first=f"{back(60)}", last=f"{back(2)}", builds="Run a round of suppliers")
    number = keep_projects.add(workspace, words)
    choose(workspace, number)
    view = found(workspace, number)
    assert view.so_far is not None
    assert (view.so_far.hours, view.so_far.items) == (16.0, 8), "of the project PILOT south, on the days of it"
    assert view.so_far.share is None, "nothing of it was answered"
    assert view.due
    assert [each for each, _ in follow_ups_due(workspace)] == [number]
    said(workspace, "Supplier call", Value.GROWTH, 90)
    said(workspace, "Supplier call", Value.DEPTH, 20)
    keep_ledger.claim(workspace, "Run a round of suppliers", back(10))
    keep_ledger.claim(workspace, "Something else", back(10))
    came = look_back(workspace, number, note=" It went well ").came
    assert came is not None
    assert came.share == pytest.approx(12 / 16)
    assert [each.name for each in came.gained] == ["Run a round of suppliers"]
    assert came.outgrown == ("Supplier call",)
    assert came.note == "It went well"
    assert "16 h of 120 h; about 75 % growth work" in reports.against(found(workspace, number))
    assert follow_ups_due(workspace) == []
    assert undo(workspace)
    assert found(workspace, number).came is None


def test_what_came_may_be_said_where_nothing_measures_it(workspace: Workspace) -> None:
    number = keep_projects.add(workspace, PILOT)
    with pytest.raises(NoSuchProject, match="is not chosen"):
        look_back(workspace, number)
    choose(workspace, number)
    for wrong in ("much", "101", "-1"):
        with pytest.raises(CannotKeepProject, match="is no share"):
            look_back(workspace, number, wrong)
    view = look_back(workspace, number, "35 %")
    assert view.came is not None
    assert view.came.share == pytest.approx(0.35)
    assert view.came.own_word
    assert "by your own word" in reports.against(view)


def test_predictions_are_judged_from_three_on_and_correct_the_next(workspace: Workspace) -> None:
    new = keep_projects.add(workspace, PILOT)
    before = found(workspace, new).share
    for n in range(3):
        assert show_projects(workspace).record is None
        number = keep_projects.add(workspace, replace(PILOT, name=f"Project {n}"))
        choose(workspace, number)
        look_back(workspace, number, "20")
    view = show_projects(workspace)
    assert view.record is not None
    assert view.record.number == 3
    assert view.record.off < 0
    assert "less growth work than foreseen" in reports.said_record(view)
    assert found(workspace, new).share < before
    assert "Looked back on" in reports.render(view)


def test_a_project_without_a_last_day_is_looked_back_on_after_90_days(workspace: Workspace) -> None:
    number = keep_projects.add(workspace, PLAIN)
    choose(workspace, number)
    assert follow_ups_due(workspace) == []
    later = workspace.afresh(NOW + choose_project.LOOK_BACK + timedelta(days=1))
    assert [each for each, _ in follow_ups_due(later)] == [number]


def test_a_project_is_found_and_taken_out_and_comes_back(workspace: Workspace) -> None:
    one, two = (keep_projects.add(workspace, each) for each in (PILOT, PLAIN))
    assert keep_projects.find_project(workspace, "PILOT") == one
    assert keep_projects.find_project(workspace, str(two)) == two
    for words in ("", "p", "nothing"):
        with pytest.raises(NoSuchProject):
            keep_projects.find_project(workspace, words)
    keep_projects.remove(workspace, one)
    assert [each.number for each in show_projects(workspace).candidates] == [two]
    undo(workspace)
    assert len(show_projects(workspace).candidates) == 2
