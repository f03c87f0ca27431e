"""The one thing to do next: what waits first, and the order of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from outgrow.cli.main import main
from outgrow.model.judgement import Value
from outgrow.model.period import Period, monday
from outgrow.model.share import Certainty
from outgrow.model.trap import TrapKind
from outgrow.reports.room import RoomState
from outgrow.reports.verdict import NextStep, StepKind, VerdictView, render
from outgrow.workflows import choose_project, keep_projects, next_action
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.keep_projects import ProjectWords
from outgrow.workflows.next_action import with_next_action
from outgrow.workflows.periods import month
from outgrow.workflows.review_findings import find
from outgrow.workflows.say_feeling import say_feeling, with_feeling
from outgrow.workflows.workspace import TakesLong, Workspace, open_workspace
from tests.workflows.said_earlier import said_earlier

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"
SEPTEMBER = month(2026, 9)
HAND_OVER = NextStep(StepKind.HAND_OVER, "Hand half of it over.")


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give two kinds of work over twelve weeks."""
    sheet = tmp_path / "sheet.csv"
    rows = [
        f"{title},Acme,{back(7 * week)},{hour}:00:00,{back(7 * week)},{hour + 2}:00:00,02:00:00,"
        for week in range(12, 0, -1)
        for title, hour in (("Supplier call", 9), ("Stock report", 13))
    ]
    sheet.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    folder = str(tmp_path / "data")
    assert main(["--quiet", "--data", folder, "import", str(sheet)]) == 0
    with open_workspace(folder, NOW) as opened:
        yield opened


def sure(workspace: Workspace, step: NextStep = HAND_OVER, period: Period = SEPTEMBER) -> VerdictView:
    """Return a verdict that can be called, with a step of its own."""
    return replace(give_verdict(workspace, period), certainty=Certainty.CLEAR, next_step=step)


def chosen(workspace: Workspace, view: VerdictView) -> NextStep:
    return with_next_action(workspace, view).next_step


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let nothing wait but what a test says."""

    def waits(**found: object) -> None:
        room = SimpleNamespace(state=RoomState.ENOUGH, plan=None)
        usual: dict[str, object] = {
            "show_ledger": SimpleNamespace(outgrown=()),
            "watch_traps": SimpleNamespace(told=()),
            "follow_ups_due": [],
            "look_at_reviews": SimpleNamespace(waiting=()),
            "show_first_plan": room,
            "show_opportunities": SimpleNamespace(under_way=(), offered=()),
        }
        for name, value in (usual | found).items():
            monkeypatch.setattr(next_action, name, lambda _workspace, value=value: value)

    return waits


LEDGER = {"show_ledger": SimpleNamespace(outgrown=[SimpleNamespace(name="Supplier call")])}
TRAP = {"watch_traps": SimpleNamespace(told=[SimpleNamespace(kind=TrapKind.WAITING)])}
DUE = {"follow_ups_due": [(4, SimpleNamespace(name="Pilot"))]}
PLAN = SimpleNamespace(releases=[SimpleNamespace(name="Stock report", way="hand over")])
ROOM = {
    "show_first_plan": SimpleNamespace(
        state=RoomState.PLANNED, plan=PLAN, asked=True, wanted=2.0, low=1.0, high=2.0, under_way=0.0
    )
}
TRY = SimpleNamespace(title="Lead the round", first_step="Ask", reasons=("A gap.",), state=None)
EXPERIMENT = {"show_opportunities": SimpleNamespace(under_way=(), offered=[TRY])}


def test_the_first_that_waits_is_chosen(workspace: Workspace, nothing: Callable[..., None]) -> None:
    view, kinds = sure(workspace), []
    waiting: list[Mapping[str, object]] = [LEDGER, TRAP, DUE, ROOM, EXPERIMENT]
    for first in range(len(waiting) + 1):
        nothing(**{name: value for each in waiting[first:] for name, value in each.items()})
        kinds.append(chosen(workspace, view).kind)
    assert kinds == [
        StepKind.LEDGER,
        StepKind.TRAP,
        StepKind.FOLLOW_UP,
        StepKind.ROOM,
        StepKind.EXPERIMENT,
        StepKind.HAND_OVER,
    ]


def test_what_comes_after_the_first_is_not_looked_at(
    workspace: Workspace, nothing: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_at(_workspace: Workspace) -> None:
        pytest.fail("it takes time, and its answer is not asked for")

    nothing(**TRAP)
    for name in ("follow_ups_due", "look_at_reviews", "show_first_plan", "show_opportunities"):
        monkeypatch.setattr(next_action, name, looked_at)
    assert chosen(workspace, sure(workspace)).kind is StepKind.TRAP


def test_what_makes_the_verdict_surer_goes_before_all_while_it_cannot_be_called(
    workspace: Workspace, nothing: Callable[..., None]
) -> None:
    nothing(**LEDGER)
    view = sure(workspace, NextStep(StepKind.AUDIT, "A few more answers."))
    assert chosen(workspace, view).kind is StepKind.LEDGER
    assert chosen(workspace, replace(view, certainty=Certainty.EARLY)).kind is StepKind.AUDIT
    nothing()
    assert chosen(workspace, view).kind is StepKind.AUDIT


def test_room_and_experiments_wait_for_growth_that_lacks_them(
    workspace: Workspace, nothing: Callable[..., None]
) -> None:
    nothing(**ROOM, **EXPERIMENT)
    assert chosen(workspace, sure(workspace, NextStep(StepKind.FEEDBACK, "Ask."))).kind is StepKind.FEEDBACK
    assert chosen(workspace, sure(workspace, NextStep(StepKind.GO_ON, "On."))).kind is StepKind.EXPERIMENT


def test_what_takes_long_is_passed_over(
    workspace: Workspace, nothing: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(workspace: Workspace) -> None:
        assert workspace.hasty
        raise TakesLong

    nothing(**EXPERIMENT)
    monkeypatch.setattr(next_action, "show_first_plan", long)
    assert chosen(workspace, sure(workspace)).kind is StepKind.EXPERIMENT


def test_an_earlier_period_keeps_its_own_step(workspace: Workspace, nothing: Callable[..., None]) -> None:
    nothing(**LEDGER)
    assert chosen(workspace, sure(workspace, period=month(2026, 8))) == HAND_OVER


def test_outgrown_work_is_asked_for_and_told_with_its_reason(workspace: Workspace) -> None:
    said_earlier(workspace, ["Supplier call"], 60, back(60), Value.GROWTH)
    said_earlier(workspace, ["Supplier call"], 9, back(9), Value.DEPTH)
    view = with_next_action(workspace, sure(workspace))
    assert (view.next_step.kind, view.next_step.subject) == (StepKind.LEDGER, "Supplier call")
    text = render(view)
    assert "A capability was gained there" in text
    assert "  outgrow capability list" in text


def test_a_project_that_has_ended_and_a_review_are_found_on_real_data(workspace: Workspace) -> None:
    assert chosen(workspace, sure(workspace)).kind is StepKind.REVIEW
    words = ProjectWords(name="Pilot", hours="20", first=f"{back(60)}", last=f"{back(2)}")
    number = keep_projects.add(workspace, words)
    choose_project.choose(workspace, number)
    step = chosen(workspace, sure(workspace))
    assert (step.kind, step.subject) == (StepKind.FOLLOW_UP, str(number))


def test_felt_and_measured_are_told_from_twelve_weeks_on(workspace: Workspace) -> None:
    said_earlier(workspace, ["Supplier call"], 30, back(90), Value.GROWTH)
    said_earlier(workspace, ["Stock report"], 30, back(90), Value.DEPTH)
    view = sure(workspace)
    week = monday(TODAY) - timedelta(weeks=1)
    for n in range(12):
        assert with_feeling(workspace, view).agreement is None
        say_feeling(workspace, week - timedelta(weeks=n), 1 + n % 5)
    assert with_feeling(workspace, view).agreement is None, "every week is the same by measure: nothing can be said"


def test_a_review_of_the_latest_month_tells_of_what_waits_and_an_earlier_one_does_not(workspace: Workspace) -> None:
    words = ProjectWords(name="Pilot", hours="20", first=f"{back(60)}", last=f"{back(2)}")
    choose_project.choose(workspace, keep_projects.add(workspace, words))
    assert find(workspace, SEPTEMBER).due == ("Pilot",)
    assert find(workspace, month(2026, 7)).due == ()
