"""What the ledger shows beside its entries: outgrown work and its curve, growth asked again, what was gained."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.cli.main import main
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.store import versions
from outgrow.workflows import arrange_workstreams
from outgrow.workflows.answer_outgrown import answer_again, enter_outgrown, turn_down
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.keep_ledger import CannotKeep, Proof, claim, reach, supersede
from outgrow.workflows.show_ledger import (
    NotOutgrown,
    asked_again,
    capabilities_gained,
    show_capability,
    show_ledger,
    show_outgrown,
)
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.workflows.said_earlier import said_earlier

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
CALL, BUDGET = "Supplier call", "Budget round"
HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"


def back(days: int) -> date:
    """Return a day so many days before today."""
    return TODAY - timedelta(days=days)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give two kinds of work over twelve weeks, two hours a week each."""
    sheet = tmp_path / "sheet.csv"
    rows = [
        f"{title},Acme,{back(7 * week)},{hour}:00:00,{back(7 * week)},{hour + 2}:00:00,02:00:00,"
        for week in range(12, 0, -1)
        for title, hour in ((CALL, 9), (BUDGET, 13))
    ]
    sheet.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    folder = str(tmp_path / "data")
    assert main(["--quiet", "--data", folder, "import", str(sheet)]) == 0
    with open_workspace(folder, NOW) as opened:
        yield opened


def outgrow_call(workspace: Workspace) -> None:
    """Call the calls growth, with less and less discomfort, then depth."""
    judge(workspace, [CALL], back(80), WorkAnswer(Value.GROWTH, discomfort=4))
    judge(workspace, [CALL], back(40), WorkAnswer(Value.GROWTH, discomfort=2))
    judge(workspace, [CALL], back(20), WorkAnswer(Value.DEPTH))


def test_outgrown_work_waits_with_its_learning_curve(workspace: Workspace) -> None:
    outgrow_call(workspace)
    (curve,) = show_ledger(workspace).outgrown
    assert (curve.name, curve.grew, curve.turned) == (CALL, back(80), back(20))
    assert (curve.unit, curve.amount, curve.items) == (Unit.HOURS, 20.0, 12), (
        "ten of the twelve weeks lie before it was depth"
    )
    assert (curve.first, curve.last) == (back(84), back(7))
    assert [each.amount for each in curve.weeks] == [2.0] * 12
    assert [(each.on, each.score) for each in curve.discomforts] == [(back(80), 4), (back(40), 2)]


def test_work_that_nothing_measures_is_counted(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path / "items"), NOW) as workspace:
        for days in (70, 69, 50, 3):
            capture(workspace, Work(text=CALL, day=back(days)))
        outgrow_call(workspace)
        (curve,) = show_ledger(workspace).outgrown
        assert (curve.unit, curve.amount, curve.items) == (Unit.ITEMS, 3, 4)
        assert [each.amount for each in curve.weeks] == [2, 1, 1]
        assert (curve.first, curve.last) == (back(70), back(3))
        assert show_capability(workspace, enter_outgrown(workspace, CALL)).evidence[0].hours is None


def test_its_entry_is_prefilled_and_rests_on_the_work(workspace: Workspace) -> None:
    outgrow_call(workspace)
    number = enter_outgrown(workspace, CALL)
    view = show_capability(workspace, number)
    assert (view.line.name, view.line.state, view.line.latest) == (CALL, CapabilityState.CLAIMED, back(20))
    (proof,) = view.evidence
    assert (proof.kind, proof.hours) == (EvidenceKind.REPETITION, 20.0)
    with workspace.store.look() as store:
        assert len(versions.current(store, Evidence)[proof.number].activities) == 12
    assert [each.name for each in view.curves] == [CALL]
    assert show_ledger(workspace).outgrown == ()
    reach(workspace, number, CapabilityState.REPEATED)
    undo(workspace)
    undo(workspace)
    assert [each.name for each in show_ledger(workspace).outgrown] == [CALL], "one undo takes entry and evidence back"
    with workspace.store.look() as store:
        assert versions.current(store, Evidence) == {}


def test_the_entry_may_say_otherwise(workspace: Workspace) -> None:
    outgrow_call(workspace)
    number = enter_outgrown(workspace, CALL, "Lead supplier talks", TODAY, hours=99, keep_work=True)
    view = show_capability(workspace, number)
    assert (view.line.name, view.line.latest, view.evidence[0].hours) == ("Lead supplier talks", TODAY, 99)


def test_a_turn_down_sticks(workspace: Workspace, tmp_path: Path) -> None:
    outgrow_call(workspace)
    assert turn_down(workspace, CALL) == CALL
    for file in tmp_path.glob("*.csv"):
        assert main(["--quiet", "--data", str(tmp_path / "data"), "import", str(file)]) == 0
    arrange_workstreams.rename(workspace, CALL, "Carrier talks")
    judge(workspace, ["Carrier talks"], back(19), WorkAnswer(Value.DEPTH))
    judge(workspace, ["Carrier talks"], back(10), WorkAnswer(Value.GROWTH))
    judge(workspace, ["Carrier talks"], back(5), WorkAnswer(Value.DEPTH))
    view = show_ledger(workspace)
    assert (view.outgrown, [each.name for each in view.turned_down]) == ((), ["Carrier talks"])
    enter_outgrown(workspace, "Carrier talks")
    assert show_ledger(workspace).turned_down == (), "an entry may be made after all"


@pytest.mark.promise("P7")
def test_merging_its_workstream_loses_no_outgrown_work(workspace: Workspace) -> None:
    outgrow_call(workspace)
    arrange_workstreams.merge(workspace, BUDGET, [CALL])
    (curve,) = show_ledger(workspace).outgrown
    assert (curve.name, curve.amount) == (CALL, 20.0)
    enter_outgrown(workspace, curve.workstream)
    assert show_ledger(workspace).outgrown == ()


def test_only_outgrown_work_has_an_entry(workspace: Workspace) -> None:
    outgrow_call(workspace)
    assert show_outgrown(workspace, CALL[2:-2].upper()).name == CALL, "a part of its name is enough"
    for words in (BUDGET, "", "nothing of the kind"):
        with pytest.raises(NotOutgrown):
            show_outgrown(workspace, words)


@pytest.mark.parametrize(
    ("days", "due"),
    [(89, False), (90, True)],
)
def test_growth_is_asked_again_after_ninety_days(workspace: Workspace, days: int, due: bool) -> None:
    said_earlier(workspace, [CALL], days, back(days + 9))
    assert [each.name for each in asked_again(workspace)] == [CALL] * due
    assert show_ledger(workspace).due == asked_again(workspace)


def test_growth_is_asked_again_after_forty_hours(workspace: Workspace) -> None:
    said_earlier(workspace, [CALL], 30, back(60))
    assert asked_again(workspace) == ()
    for day in range(1, 4):
        capture(workspace, Work(text=CALL, day=back(day), hours=12))
    (line,) = asked_again(workspace)
    assert (line.name, line.days, line.since) == (CALL, 30, back(60))
    assert line.hours >= 40


def test_nobody_is_asked_again_right_after_an_answer_that_holds_from_long_before(workspace: Workspace) -> None:
    for day in range(1, 9):
        capture(workspace, Work(text=CALL, day=back(day), hours=12))
    judge(workspace, [CALL], back(100), WorkAnswer(Value.GROWTH))
    assert asked_again(workspace) == ()


def test_depth_work_is_not_asked_again(workspace: Workspace) -> None:
    said_earlier(workspace, [CALL], 299, back(300), Value.DEPTH)
    said_earlier(workspace, [BUDGET], 298, back(300), Value.OUTSIDE)
    assert asked_again(workspace) == ()


def test_the_answer_holds_from_its_own_day(workspace: Workspace) -> None:
    said_earlier(workspace, [CALL, BUDGET], 95, back(100))
    ids = {each.name: each.workstream for each in asked_again(workspace)}
    assert answer_again(workspace, ids[CALL], WorkAnswer(Value.DEPTH)) == CALL
    assert answer_again(workspace, ids[BUDGET], WorkAnswer(Value.GROWTH, discomfort=2), back(3)) == BUDGET
    view = show_ledger(workspace)
    assert (view.due, [each.turned for each in view.outgrown]) == ((), [TODAY])
    with pytest.raises(CannotKeep, match="not asked about"):
        answer_again(workspace, ids[CALL], WorkAnswer(Value.DEPTH))


@pytest.mark.parametrize("days", [-1, 100, 120])
def test_a_day_that_would_change_nothing_is_refused(workspace: Workspace, days: int) -> None:
    said_earlier(workspace, [CALL], 95, back(100))
    (line,) = asked_again(workspace)
    with pytest.raises(CannotKeep, match="Name a day after"):
        answer_again(workspace, line.workstream, WorkAnswer(Value.DEPTH), back(days))


def test_what_was_gained_in_a_period(workspace: Workspace) -> None:
    old = claim(workspace, "Lead talks", back(200))
    reach(workspace, old, CapabilityState.SHOWN, back(5), proof=Proof(action="Led them"))
    new = claim(workspace, "Plan a budget", back(8))
    claim(workspace, "Talk", back(300))
    gained = capabilities_gained(workspace, Period(back(9), TODAY))
    assert [(each.name, each.state, each.on, each.is_new) for each in gained] == [
        ("Lead talks", "shown", back(5), False),
        ("Plan a budget", "claimed", back(8), True),
    ]
    assert capabilities_gained(workspace, Period(back(4), TODAY)) == ()
    supersede(workspace, old, new)
    (line,) = show_ledger(workspace).superseded
    assert line.superseded_by is not None
    assert line.superseded_by.name == "Plan a budget"


def test_an_empty_store_has_an_empty_ledger(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path / "empty"), NOW) as workspace:
        view = show_ledger(workspace)
    assert not any((view.capabilities, view.superseded, view.withdrawn, view.outgrown, view.turned_down, view.due))
