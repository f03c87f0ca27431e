"""The verdict of little work, and what it says to do next."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

from outgrow.model.activity import Activity, Kind
from outgrow.model.judgement import Value
from outgrow.reports.verdict import StepKind, VerdictView, render
from outgrow.store import activities
from outgrow.store.sources import Reading
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.hold_audit import AuditSession
from outgrow.workflows.periods import month
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
OCTOBER = month(2026, 10)
ONCE = (
    *("Stock report", "Supplier invoices", "Hiring panel", "Board pack", "Customs forms", "Price list", "Budget round"),
    *("Forklift training", "Negotiate carrier contract", "Draft warehouse strategy"),
)


@contextmanager
def noted(titles: Sequence[str]) -> Iterator[Workspace]:
    """Give a workspace with a note of each title, none of which measures time."""
    with TemporaryDirectory() as folder, open_workspace(folder, NOW) as opened:
        begun = datetime(2026, 10, 1, 8, tzinfo=UTC)
        notes = [
            Activity(
                source="notes",
                account="",
                native_id=f"{n}",
                line=n + 1,
                kind=Kind.NOTE,
                title=title,
                start=begun + timedelta(days=n),
            )
            for n, title in enumerate(titles)
        ]
        with opened.store.begin() as change:
            activities.record(change, Reading(importer="notes", location="notes.md", at=NOW), notes)
        yield opened


def all_is(value: Value, workspace: Workspace) -> VerdictView:
    """Answer all of October and return its verdict."""
    session = AuditSession(workspace, OCTOBER)
    session.begin(None)
    while session.view().card:
        session.answer(value)
    return give_verdict(workspace, OCTOBER)


def test_one_activity_and_one_answer_are_exact_and_call_nothing() -> None:
    with noted(["Stock report"]) as workspace:
        view = all_is(Value.DEPTH, workspace)
        assert view.is_small
        assert view.next_step.kind is StepKind.BRING_IN
        assert "All of it is answered: 1 activity, 0 % of the items in growth work." in render(view)


def test_what_came_once_is_not_to_be_handed_over() -> None:
    with noted(ONCE) as workspace:
        view = all_is(Value.DEPTH, workspace)
        assert not view.is_small
        assert view.next_step.kind is StepKind.GO_ON
    with noted([*ONCE, "Stock report", "Stock report"]) as workspace:
        step = all_is(Value.DEPTH, workspace).next_step
        assert (step.kind, step.subject) == (StepKind.HAND_OVER, "Stock report")
        assert "Stock report came 3 times: could one of them" in step.words


def test_a_first_time_names_work_without_what_marks_its_progress() -> None:
    with noted(
        ["WIP", "WIP Negotiate carrier contract", "Sync", "Hire an analyst v2", "Hire an analyst v3"]
    ) as workspace:
        firsts = all_is(Value.GROWTH, workspace).progressed.firsts
        assert sorted(firsts) == ["Hire an analyst", "Negotiate carrier contract"]
