"""Traps over real weeks: told when all was answered and nothing gained, cleared by what clears them, dismissed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.cli.main import main
from outgrow.model.evidence import Evidence
from outgrow.model.judgement import Reason, Value
from outgrow.model.trap import Need, Outcome, TrapKind
from outgrow.model.turned_down import TurnedDown
from outgrow.reports import traps as reports
from outgrow.store import journal, versions
from outgrow.workflows import keep_roles
from outgrow.workflows.keep_ledger import claim
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.undo import undo
from outgrow.workflows.watch_traps import CannotDismiss, dismiss, find_trap, show_trap, watch_traps
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
TITLES = (
    "Weekly stock report",
    "Supplier invoices",
    "Price list update",
    "Order desk",
    "Customer complaints",
    "Forecast meeting",
    "Payroll check",
    "Website corrections",
    "Van schedule",
)
HEADER = "Description,Project,Start date,Start time,End date,End time,Duration,Tags"


def rows(weeks: int) -> Iterator[str]:
    """Give three hours of each title in every week; the last title on Saturdays."""
    monday = date(2026, 9, 28)
    for week in range(weeks):
        for place, title in enumerate(TITLES):
            day = monday - timedelta(weeks=week) + timedelta(days=5 if place == len(TITLES) - 1 else place // 2)
            hour = 8 if place % 2 else 13
            yield f"{title},Acme,{day},{hour}:00:00,{day},{hour + 3}:00:00,03:00:00,"


def brought_in(folder: Path, weeks: int = 80) -> Path:
    """Bring in so many weeks."""
    sheet = folder / "sheet.csv"
    sheet.write_text("\n".join([HEADER, *rows(weeks)]) + "\n", encoding="utf-8")
    assert main(["--quiet", "--data", str(folder / "data"), "import", str(sheet)]) == 0
    return folder / "data"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give eighty weeks of nine kinds of work."""
    with open_workspace(str(brought_in(tmp_path)), NOW) as opened:
        yield opened


def answer(workspace: Workspace, growth: tuple[str, ...] = (), reasons: frozenset[Reason] = frozenset()) -> None:
    """Call all work depth but for some."""
    since = date(2025, 1, 1)
    judge(workspace, [each for each in TITLES if each not in growth], since, WorkAnswer(Value.DEPTH))
    if growth:
        judge(workspace, growth, since, WorkAnswer(Value.GROWTH, reasons))


def told(workspace: Workspace) -> set[TrapKind]:
    """Return the traps that are told."""
    return {each.kind for each in watch_traps(workspace).told}


def test_without_answers_nothing_is_told(workspace: Workspace) -> None:
    view = watch_traps(workspace)
    assert {each.outcome for each in view.traps} == {Outcome.SILENT}
    assert all(Need.ANSWERS in {lack.need for lack in each.lacks} for each in view.traps)
    assert reports.headline(view) == "The data say too little for any of the rules."


def test_an_empty_store_and_few_weeks_say_what_is_missing(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path / "none"), NOW) as nothing:
        view = watch_traps(nothing)
        assert (view.period, view.traps) == (None, ())
        assert reports.render(view) == reports.NOTHING
    with open_workspace(str(brought_in(tmp_path, 5)), NOW) as few:
        answer(few)
        assert {each.outcome for each in watch_traps(few).traps} == {Outcome.SILENT}


def test_the_same_work_with_nothing_gained_is_told_with_the_work_behind_it(workspace: Workspace) -> None:
    answer(workspace)
    assert told(workspace) == {TrapKind.COMPETENCY, TrapKind.WAITING}
    trap = show_trap(workspace, "comp")
    assert len(trap.behind) == 5
    assert {line.name for line in trap.behind} <= set(TITLES)
    assert trap.behind[0].now == pytest.approx(26 * 3)
    assert trap.measure == pytest.approx(27)


def test_a_capability_clears_them_and_undo_brings_them_back(workspace: Workspace) -> None:
    answer(workspace)
    claim(workspace, "Plan the vans", workspace.today - timedelta(days=20))
    assert told(workspace) == set()
    undo(workspace)
    assert told(workspace) == {TrapKind.COMPETENCY, TrapKind.WAITING}


def test_a_new_role_clears_them(workspace: Workspace) -> None:
    answer(workspace)
    keep_roles.add(workspace, keep_roles.RoleWords(title="Lead", first="2026-08", level="Senior"))
    assert told(workspace) == set()


def test_growth_work_on_weekends_is_told_as_stretch(workspace: Workspace) -> None:
    answer(workspace, (TITLES[-1],))
    trap = show_trap(workspace, "stretch")
    assert trap.outcome is Outcome.RAISED
    assert [line.name for line in trap.behind] == [TITLES[-1]]
    assert {fact.name: fact.value for fact in trap.facts}["growth outside hours"] == pytest.approx(1)


def test_growth_outside_the_scope_is_an_attempt(workspace: Workspace) -> None:
    answer(workspace, TITLES[:1], frozenset({Reason.SCOPE}))
    facts = {fact.name: fact for fact in show_trap(workspace, "waiting").facts}
    assert facts["growth outside scope"].value == pytest.approx(1 / 9)
    assert not facts["growth outside scope"].holds


def test_evidence_is_counted(workspace: Workspace) -> None:
    answer(workspace, TITLES[:4])
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        for back in (5, 50, 100, 400):
            versions.put(change, Evidence(action="Did it", on=workspace.today - timedelta(days=back)), at)
    assert TrapKind.OVERREACH in told(workspace)


def test_a_dismissed_trap_is_silent_until_it_has_grown_by_half(workspace: Workspace) -> None:
    answer(workspace)
    dismiss(workspace, TrapKind.COMPETENCY, "  A calm year \n is what I want ")
    assert told(workspace) == {TrapKind.WAITING}
    assert show_trap(workspace, "competency").dismissed == "A calm year is what I want"
    with pytest.raises(CannotDismiss, match="nothing to dismiss"):
        dismiss(workspace, TrapKind.COMPETENCY, "again")
    undo(workspace)
    assert TrapKind.COMPETENCY in told(workspace)
    with workspace.store.begin() as change:
        when = TurnedDown(key="trap competency", label="the trap competency", reason="then", measure=17.0)
        versions.put(change, when, journal.moment(change, workspace.now))
    assert TrapKind.COMPETENCY in told(workspace)  # 27 hours a week now, 17 then


def test_dismissing_asks_for_a_reason_and_a_trap_that_is_told(workspace: Workspace) -> None:
    answer(workspace)
    with pytest.raises(CannotDismiss, match="Say why"):
        dismiss(workspace, TrapKind.WAITING, " ")
    with pytest.raises(CannotDismiss, match="nothing to dismiss"):
        dismiss(workspace, TrapKind.MOVEMENT, "no")
    with pytest.raises(CannotDismiss, match="is no trap"):
        find_trap("bear")
    with pytest.raises(CannotDismiss, match="is no trap"):
        find_trap("")


def test_every_number_and_every_lack_has_its_words(workspace: Workspace) -> None:
    unanswered = watch_traps(workspace)
    answer(workspace, TITLES[:1])
    for view in (unanswered, watch_traps(workspace)):
        for trap in view.traps:
            said = reports.render_one(view, trap)
            assert reports.name_of(trap.kind) in said
            assert len(trap.facts) == said.count("  for it\n") + said.count("  against\n")
        assert reports.headline(view) in reports.render(view)
