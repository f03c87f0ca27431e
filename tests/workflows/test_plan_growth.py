"""Small experiments over what is kept: offered by gap, calendar and season; planned, tried, done, turned down."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.analysis.opportunities import catalogue
from outgrow.model.activity import Activity, Kind, Role, State
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.ladder import BUILT_IN, Expected
from outgrow.model.plan import Experiment, Opportunity, OpportunityState
from outgrow.store import activities, versions
from outgrow.store.sources import Reading
from outgrow.workflows import keep_evidence, plan_growth
from outgrow.workflows.choose_ladder import ladders, set_aim
from outgrow.workflows.keep_evidence import CannotKeep
from outgrow.workflows.keep_feed import place
from outgrow.workflows.plan_blocks import planned
from outgrow.workflows.plan_growth import CannotPlan, find_opportunity, show_opportunities
from outgrow.workflows.review_answers import WrongAnswer
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OWN = Experiment(id="", title="Run the  stock count\nby myself", kind="craft", hours=3)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def meet(workspace: Workspace, title: str, days: int = 6, role: Role = Role.TOOK_PART) -> None:
    """Bring in a meeting so many days ahead."""
    start = NOW + timedelta(days=days)
    meeting = Activity(
        source="icalendar",
        account="me",
        native_id=title,
        line=1,
        kind=Kind.MEETING,
        title=title,
        start=start,
        end=start + timedelta(hours=1),
        people=("Jonas",),
        role=role,
        state=State.PLANNED,
    )
    with workspace.store.begin() as change:
        reading = Reading(importer="icalendar", account="me", location="calendar", at=NOW)
        activities.record(change, reading, [meeting])


def offered(workspace: Workspace) -> list[str]:
    return [each.id for each in show_opportunities(workspace).offered]


def test_at_first_the_whole_catalogue_is_offered(workspace: Workspace) -> None:
    view = show_opportunities(workspace)
    assert {each.id for each in view.offered} == {each.id for each in catalogue()}
    assert len({each.kind for each in view.offered[:5]}) == 5
    assert view.step == ""


def test_kinds_with_least_evidence_come_first(workspace: Workspace) -> None:
    set_aim(workspace, BUILT_IN, "senior", "lead")
    asked = [each for each in ladders(workspace)[BUILT_IN].of("lead") if each.kind != "leadership"]
    for each in asked:
        keep_evidence.keep(
            workspace,
            Evidence(
                action="Did it",
                on=workspace.today,
                kind=EvidenceKind.ARTEFACT,
                expectations=(Expected(BUILT_IN, each.id),),
            ),
        )
    first, *_ = show_opportunities(workspace).offered
    assert first.kind == "leadership"
    assert any("as leadership is still open" in each for each in first.reasons)


def test_a_meeting_one_could_lead_is_named_with_its_day(workspace: Workspace) -> None:
    meet(workspace, "Sprint retro")
    first, *_ = show_opportunities(workspace).offered
    assert first.id == "run-retro"
    assert any("Sprint retro with Jonas is on Thursday, 26 November 2026" in each for each in first.reasons)


@pytest.mark.parametrize(
    ("title", "days", "role"), [("Retro", 6, Role.LED), ("Retro", 40, Role.TOOK_PART), ("Retrofit", 6, Role.UNKNOWN)]
)
def test_other_meetings_are_not(workspace: Workspace, title: str, days: int, role: Role) -> None:
    meet(workspace, title, days, role)
    found = find_opportunity(show_opportunities(workspace), "run-retro")
    assert not any("Retro" in each for each in found.reasons)


def test_a_planned_one_stands_in_the_calendar_and_is_offered_no_more(workspace: Workspace) -> None:
    found = plan_growth.plan(workspace, "run-retro", {"day": "thursday", "time": "14:00", "length": ""})
    assert found.state is OpportunityState.PLANNED
    assert found.planned
    assert (found.planned.isoweekday(), found.planned.hour) == (4, 14)
    assert "run-retro" not in offered(workspace)
    assert b"Run a retrospective" in place(workspace).read_bytes()
    plan_growth.plan(workspace, "run-retro", {"day": "tomorrow"})
    assert len(planned(workspace)) == 1, "planned anew, not twice"
    undo(workspace)
    undo(workspace)
    assert "run-retro" in offered(workspace)
    assert planned(workspace) == ()


def test_a_day_that_is_none_changes_nothing(workspace: Workspace) -> None:
    with pytest.raises(WrongAnswer):
        plan_growth.plan(workspace, "run-retro", {"day": "yesterday"})
    assert "run-retro" in offered(workspace)


def test_it_is_tried_and_done_and_leaves_evidence(workspace: Workspace) -> None:
    plan_growth.try_it(workspace, "Run a retro")
    assert [each.state for each in show_opportunities(workspace).under_way] == [OpportunityState.TRIED]
    number = plan_growth.finish(workspace, "run-retro")
    assert keep_evidence.read(workspace, number).action == "Run a retrospective"
    (done,) = show_opportunities(workspace).done
    assert (done.id, done.evidence) == ("run-retro", number)
    with pytest.raises(CannotPlan, match="is done"):
        plan_growth.try_it(workspace, "run-retro")
    undo(workspace)
    assert keep_evidence.every(workspace) == {}, "one undo takes back both"
    assert [each.id for each in show_opportunities(workspace).under_way] == ["run-retro"]


def test_evidence_that_cannot_be_kept_leaves_it_undone(workspace: Workspace) -> None:
    with pytest.raises(CannotKeep):
        plan_growth.finish(workspace, "run-retro", Evidence(action="", on=workspace.today))
    assert show_opportunities(workspace).done == ()


def test_what_is_turned_down_never_comes_back(workspace: Workspace) -> None:
    plan_growth.plan(workspace, "run-retro", {})
    plan_growth.turn_down(workspace, "run-retro", "We have none")
    view = show_opportunities(workspace)
    assert "run-retro" not in offered(workspace)
    assert (view.under_way, view.turned_down, planned(workspace)) == ((), 1, ())
    undo(workspace)
    assert [each.id for each in show_opportunities(workspace).under_way] == ["run-retro"]
    assert len(planned(workspace)) == 1


def test_own_ones_go_the_same_way(workspace: Workspace) -> None:
    number = plan_growth.add(workspace, OWN)
    again = plan_growth.add(workspace, OWN)
    found = find_opportunity(show_opportunities(workspace), str(number))
    assert (found.title, found.state) == ("Run the stock count by myself", OpportunityState.OWN)
    plan_growth.turn_down(workspace, str(number))
    assert [each.number for each in show_opportunities(workspace).offered if each.number] == [again]
    plan_growth.finish(workspace, str(again))
    assert [each.number for each in show_opportunities(workspace).done] == [again]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Experiment(id="", title=" ", kind="craft"), "title"),
        (Experiment(id="", title="x" * 201, kind="craft"), "title"),
        (Experiment(id="", title="x", kind="dance"), "kind"),
        (Experiment(id="", title="x", kind="craft", hours=0), "hours"),
        (Experiment(id="", title="x", kind="craft", hours=float("nan")), "hours"),
        (Experiment(id="", title="x", kind="craft", ask="x" * 201), "ask"),
    ],
)
def test_what_is_no_experiment_is_refused(workspace: Workspace, draft: Experiment, field: str) -> None:
    with pytest.raises(CannotPlan) as fault:
        plan_growth.add(workspace, draft)
    assert fault.value.field == field


@pytest.mark.parametrize("words", ["", "nothing like it", "Write"])
def test_what_names_none_or_several(workspace: Workspace, words: str) -> None:
    with pytest.raises(CannotPlan, match="outgrow opportunity list"):
        find_opportunity(show_opportunities(workspace), words)


def test_kept_texts_are_read_back_as_they_were(workspace: Workspace) -> None:
    number = plan_growth.add(workspace, OWN)
    with workspace.store.look() as view:
        kept = versions.get(view, Opportunity, number)
    assert kept
    assert kept.experiment.hours == 3
