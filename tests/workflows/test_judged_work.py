"""The work of any period is read once while nothing computed changes, and never told as it was before."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.judgement import Judgement, Value
from outgrow.model.period import Period
from outgrow.store import activities, computed, judgements, months, proposals, stamp, worked
from outgrow.store.computed import TopicRow
from outgrow.store.database import Transaction
from outgrow.store.sources import Reading
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.judged_work import JudgedWork, judged_work, times_in
from outgrow.workflows.memory import Memory
from outgrow.workflows.period_work import gather
from outgrow.workflows.recount import rebuild, recount
from outgrow.workflows.undo import undo
from outgrow.workflows.weigh_answers import read_told
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 6, 30, 18, tzinfo=UTC)
YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
TITLES = ("Weekly stock report", "Carrier contract talks", "Supplier invoices")


def work_of(back: int, title: str = "") -> Activity:
    """Return two hours of work some days back from now."""
    return Activity(
        source="table",
        account="",
        native_id=str(back),
        line=back + 1,
        kind=Kind.TIME_ENTRY,
        title=title or TITLES[back % len(TITLES)],
        start=NOW - timedelta(days=back, hours=3),
        end=NOW - timedelta(days=back, hours=1),
        minutes=120.0,
        basis=DurationBasis.MEASURED,
    )


def bring(workspace: Workspace, numbers: range, title: str = "") -> None:
    """Bring in two hours of work for each of some days back from now."""
    told = [work_of(back, title) for back in numbers]
    with workspace.store.begin() as change:
        activities.record(change, Reading(importer="table", location="sheet.csv", at=NOW), told)
    recount(workspace)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path), NOW) as opened:
        bring(opened, range(0, 300, 3))
        yield opened


def look(workspace: Workspace, period: Period = YEAR) -> JudgedWork:
    return judged_work(workspace, period, read_told(workspace))


def say(workspace: Workspace, workstream: str, value: Value) -> None:
    judgement = Judgement(workstream=workstream, value=value, since=date(2026, 1, 1), said_at=NOW)
    keys = {each.key for each in gather(workspace, MAY).by_workstream()[workstream]}
    with workspace.store.begin() as change:
        judgements.judge(change, judgement, keys)
    recount(workspace)


@pytest.mark.parametrize("period", [YEAR, MAY, Period(date(2030, 1, 1), date(2030, 1, 31))])
def test_it_is_the_work_of_the_period(workspace: Workspace, period: Period) -> None:
    listed = gather(workspace, period)
    found = look(workspace, period)
    assert sorted(found.judged.work.id.tolist()) == sorted(each.id for each in listed.work)
    assert (found.items, found.unit, found.names) == (listed.items, listed.unit, listed.names)
    assert found.judged.hours == pytest.approx(sum(each.hours for each in listed.work))
    assert sum(found.judged.repeats) == sum(each.repeats for each in listed.work)
    assert times_in(workspace, period).total() == listed.items


def test_after_an_answer_nothing_is_read_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look(workspace)
    assert before.judged.answers == 0
    say(workspace, before.workstreams[0], Value.GROWTH)
    monkeypatch.setattr(worked, "rows", None)
    after = look(workspace)
    assert after.judged.answers == 1
    assert after.judged.growth().hours > 0
    assert look(workspace, MAY).judged.growth().hours > 0


def test_what_is_brought_in_is_seen(workspace: Workspace) -> None:
    before = look(workspace).items
    bring(workspace, range(1, 30, 3), "Board paper")
    assert look(workspace).items == before + 10
    assert "Board paper" in look(workspace).titles.values()


def test_what_another_program_brings_in_is_seen(workspace: Workspace, tmp_path: Path) -> None:
    before = look(workspace).items
    with open_workspace(str(tmp_path), NOW) as other:
        bring(other, range(1, 30, 3))
    assert look(workspace).items == before + 10


def test_without_proposals_the_days_wait(workspace: Workspace) -> None:
    waiting = judged_work(workspace, MAY, read_told(workspace), propose=False).waiting
    assert {day.month for day in waiting} == {5}
    assert look(workspace, MAY).waiting == frozenset()
    assert judged_work(workspace, MAY, read_told(workspace), propose=False).waiting == frozenset()


def test_an_answer_leaves_the_stamp_and_all_that_is_computed_renews_it(workspace: Workspace) -> None:
    def now() -> int | None:
        with workspace.store.look() as view:
            return stamp.stamp(view)

    seen = [now()]
    look(workspace)
    seen.append(now())  # proposals
    say(workspace, look(workspace).workstreams[0], Value.DEPTH)
    assert now() == seen[-1]
    bring(workspace, range(1, 2))
    seen.append(now())
    rebuild(workspace)
    seen.append(now())
    assert len(set(seen)) == len(seen)


def columns(workspace: Workspace, period: Period) -> list[list[float]]:
    """Return all that a program which has just been started reads of a period's work."""
    work = look(replace(workspace, memory=Memory()), period).judged.work
    return [getattr(work, each.name).tolist() for each in fields(work)]


def test_after_a_start_whole_months_are_read_at_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = columns(workspace, YEAR)
    monkeypatch.setattr(worked, "rows", lambda *_: [])
    assert columns(workspace, YEAR) == before
    assert columns(workspace, MAY)[0]


def capture_two(workspace: Workspace) -> None:
    for day in (MAY.first, MAY.last):
        capture(workspace, Work(text="Board paper", day=day, hours=1.0))


def capture_and_take_back(workspace: Workspace) -> None:
    capture(workspace, Work(text="Board paper", day=date(2026, 5, 4), hours=1.0))
    recount(workspace)
    undo(workspace)
    recount(workspace)


def move_one(workspace: Workspace) -> None:
    """Bring an activity of May in anew, with another day in March."""
    earlier = replace(workspace, now=NOW - timedelta(days=90))
    moved = replace(work_of(45), start=earlier.now, end=earlier.now + timedelta(hours=2))
    with workspace.store.begin() as change:
        activities.record(change, Reading(importer="table", location="sheet.csv", at=NOW), [moved])


def begin_one(workspace: Workspace) -> None:
    """Bring in what is still to come."""
    ahead = replace(work_of(1), native_id="ahead", start=NOW + timedelta(hours=1), end=NOW + timedelta(hours=3))
    with workspace.store.begin() as change:
        activities.record(change, Reading(importer="table", location="sheet.csv", at=NOW), [ahead])


def unlearn(workspace: Workspace) -> None:
    with workspace.store.begin() as change:
        proposals.forget(change, date(2026, 2, 10))


CHANGES: list[Callable[[Workspace], None]] = [
    lambda workspace: bring(workspace, range(1, 60, 9), "Board paper"),
    lambda workspace: bring(workspace, range(0, 60, 9), "Board paper"),
    capture_two,
    capture_and_take_back,
    move_one,
    begin_one,
    unlearn,
    rebuild,
]


@pytest.mark.parametrize("change", CHANGES)
def test_kept_months_are_as_if_they_were_read_anew(workspace: Workspace, change: Callable[[Workspace], None]) -> None:
    columns(workspace, YEAR)
    change(workspace)
    for now in (NOW, NOW + timedelta(hours=2)):
        at = replace(workspace, now=now)
        recount(at)
        kept = [columns(at, period) for period in (MAY, YEAR, YEAR)]
        with workspace.store.begin() as dropping:
            months.forget(dropping, date.min)
        assert kept == [columns(at, period) for period in (MAY, YEAR, YEAR)]


def test_a_month_that_lost_its_proposals_waits(workspace: Workspace) -> None:
    look(workspace)
    unlearn(workspace)
    waiting = judged_work(workspace, YEAR, read_told(workspace), propose=False).waiting
    assert {day.month for day in waiting} == {2, 3, 4, 5, 6}
    assert min(waiting) >= date(2026, 2, 10)


def test_when_the_clock_goes_back_what_is_ahead_is_left_out(workspace: Workspace) -> None:
    begin_one(workspace)
    before, later = columns(workspace, YEAR), replace(workspace, now=NOW + timedelta(hours=2))
    recount(later)
    assert len(columns(later, YEAR)[0]) == len(before[0]) + 1
    with workspace.store.begin() as change:
        computed.mark(change, Period(date(2025, 10, 6), date(2025, 10, 6)))
    recount(workspace)
    assert columns(workspace, YEAR)[:4] == before[:4]  # proposals may have learnt from it


def test_a_month_that_changed_meanwhile_is_not_kept(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(months, "put", lambda *_: None)
        look(workspace)
    read = worked.topics

    def change_meanwhile(tx: Transaction, numbers: Collection[int]) -> dict[int, TopicRow]:
        found = read(tx, numbers)
        monkeypatch.setattr(worked, "topics", read)
        tx.connection.commit()  # others may write from here on
        bring(workspace, range(1, 4, 3), "Board paper")
        return found

    monkeypatch.setattr(worked, "topics", change_meanwhile)
    before = columns(workspace, YEAR)
    assert len(columns(workspace, YEAR)[0]) == len(before[0]) + 1


def test_months_up_to_the_last_of_all_days_are_read(workspace: Workspace) -> None:
    always = Period(date.min, date.max)
    assert columns(workspace, always) == columns(workspace, always) == columns(workspace, YEAR)
