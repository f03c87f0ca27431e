"""Suggestions on a person's own data: found, answered once, and never again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.cli.main import main
from outgrow.model.evidence import EvidenceKind
from outgrow.model.judgement import Judgement, Value
from outgrow.model.period import Period
from outgrow.reports.evidence import SuggestionView
from outgrow.store import computed, judgements
from outgrow.workflows import recount
from outgrow.workflows.examine import examine
from outgrow.workflows.keep_evidence import CannotKeep, keep, read, withdraw
from outgrow.workflows.suggest import NoSuchSuggestion, accept, draft, suggest, turn_down
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 30, 18, tzinfo=UTC)
ME = "anna@example.org"
KINDS = (
    *("Stock report", "Supplier invoices", "Order desk", "Returns", "Price list", "Hiring panel", "Budget round"),
    *("Carrier contract", "Warehouse walk", "Forklift safety", "Board pack", "Customs forms", "Scanner firmware"),
    *("Label printer", "Yard plan", "Dock schedule", "Cold store", "Night shift", "Packaging trial", "Claims desk"),
    *("Freight audit", "Pallet pool", "Route plan", "Tariff codes", "Cycle count", "Slow movers", "Kitting line"),
    *("Gate log", "Insurance file", "Waste contract", "Energy meter", "Uniform order"),
)


def event(uid: str, title: str, day: date, *, led: bool = False, people: tuple[str, ...] = ()) -> str:
    organiser = ME if led else "boss@example.org"
    others = "".join(f"ATTENDEE;CN={name}:mailto:{name.lower()}@example.org\r\n" for name in people)
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{title}\r\n"
        f"DTSTART:{day:%Y%m%d}T090000Z\r\nDTEND:{day:%Y%m%d}T110000Z\r\n"
        f"ORGANIZER:mailto:{organiser}\r\nATTENDEE:mailto:{ME}\r\n{others}END:VEVENT\r\n"
    )


def calendar(path: Path, mark: str = "") -> Path:
    """Write a year: many kinds of work, and a monthly meeting that was led for the first time in October."""
    first = date(2025, 11, 3)
    events = [event(f"{mark}{n}", KINDS[n % len(KINDS)], first + timedelta(days=3 * n)) for n in range(110)]
    events += [event(f"{mark}p{n}", "Planning day", date(2026, n, 12), led=n == 10) for n in range(1, 11)]
    events.append(event(f"{mark}b", "Present the yard plan to the board", date(2026, 10, 20), led=True))
    path.write_text(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n", encoding="utf-8")
    return path


def bring_in(folder: Path, mark: str = "") -> None:
    assert (
        main(["-q", "--data", str(folder), "import", "--me", ME, str(calendar(folder.with_name("w.ics"), mark))]) == 0
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give the data of that year."""
    folder = tmp_path / "data"
    bring_in(folder)
    with open_workspace(str(folder), NOW) as opened:
        yield opened.afresh(NOW)


def actions(workspace: Workspace) -> list[str]:
    return [each.action for each in suggest(workspace, most=99)]


LED = "Led Planning day for the first time"
SHOWN = "Presented for the first time: Present the yard plan to the board"


def led(workspace: Workspace) -> SuggestionView:
    return next(each for each in suggest(workspace, most=99) if each.action == LED)


def test_firsts_are_suggested_the_most_telling_first(workspace: Workspace) -> None:
    assert actions(workspace) == [LED, SHOWN]
    assert actions(workspace) == [LED, SHOWN], "as it is remembered"
    assert suggest(workspace, Period(date(2026, 5, 1), date(2026, 5, 31))) == ()
    assert len(suggest(workspace, most=1)) == 1


def test_yes_makes_evidence_of_its_activity(workspace: Workspace) -> None:
    number = accept(workspace, led(workspace).key, lambda each: replace(each, result="A plan for the quarter"))
    made = read(workspace, number)
    assert (made.action, made.on, made.hours, made.result) == (LED, date(2026, 10, 12), 2.0, "A plan for the quarter")
    assert len(made.activities) == 1
    assert actions(workspace) == [SHOWN]
    undo(workspace)
    assert actions(workspace) == [LED, SHOWN]


def test_evidence_that_the_person_made_of_it_themselves_answers_it(workspace: Workspace) -> None:
    keep(workspace, replace(draft(workspace, led(workspace).key), action="Ran the planning day", suggestion=""))
    assert LED not in actions(workspace)


def test_what_cannot_be_kept_stays_a_suggestion(workspace: Workspace) -> None:
    with pytest.raises(CannotKeep):
        accept(workspace, led(workspace).key, lambda each: replace(each, action=""))
    assert LED in actions(workspace)


def test_no_is_for_good_and_can_be_undone(workspace: Workspace, tmp_path: Path) -> None:
    key = led(workspace).key
    turn_down(workspace, key)
    assert actions(workspace) == [SHOWN]
    with pytest.raises(NoSuchSuggestion):
        accept(workspace, key)
    bring_in(tmp_path / "data", mark="new-")
    recount.recount(workspace)
    assert all(check.well for check in examine(workspace, rebuild=True) if check.name == "rebuild")
    assert actions(workspace) == [SHOWN], "after another import under other names, and a new grouping"
    undo(workspace)
    assert LED in actions(workspace)


def test_withdrawn_evidence_is_not_suggested_again(workspace: Workspace) -> None:
    withdraw(workspace, accept(workspace, led(workspace).key))
    assert LED not in actions(workspace)


def judge(workspace: Workspace, title: str, value: Value) -> str:
    with workspace.store.begin() as change:
        (row,) = (each for each in computed.topics(change) if each.title == title)
        said = Judgement(workstream=row.workstream, value=value, since=date(2026, 1, 1), said_at=NOW)
        judgements.judge(change, said, [row.key])
    return row.workstream


def test_work_that_is_none_suggests_nothing(workspace: Workspace) -> None:
    suggest(workspace)
    judge(workspace, "Planning day", Value.OUTSIDE)
    assert LED not in actions(workspace)


def test_growth_work_done_again_is_a_repetition_of_all_its_activities(workspace: Workspace) -> None:
    suggest(workspace)
    judge(workspace, "Planning day", Value.GROWTH)
    turn_down(workspace, led(workspace).key)
    (again,) = (each for each in suggest(workspace, most=99) if each.kind == "done several times")
    assert again.action == "Planning day, done 10 times"
    made = read(workspace, accept(workspace, again.key))
    assert made.kind is EvidenceKind.REPETITION
    assert len(made.activities) == 10
    assert [each.kind for each in suggest(workspace, most=99)] == ["first time in this part"]


def test_what_there_is_evidence_of_is_a_repetition_from_then_on(workspace: Workspace) -> None:
    made = draft(workspace, led(workspace).key)
    turn_down(workspace, led(workspace).key)
    with workspace.store.look() as view:
        (row,) = (each for each in computed.topics(view) if each.title == "Planning day")
        latest = [each.activity for each in computed.latest(view, row.workstream, NOW, 3)]
    keep(workspace, replace(made, on=date(2026, 9, 12), activities=(latest[1],), suggestion=""))
    assert actions(workspace) == [SHOWN]
    keep(workspace, replace(made, on=date(2026, 8, 12), activities=(latest[2],), suggestion=""))
    assert actions(workspace) == [SHOWN, "Planning day, done 3 times"]


def test_nothing_is_suggested_of_nothing(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as empty:
        assert suggest(empty) == ()
