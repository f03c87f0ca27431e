"""The work of any period is read once while nothing computed changes, and never told as it was before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.judgement import Judgement, Value
from outgrow.model.period import Period
from outgrow.store import activities, judgements, stamp, worked
from outgrow.store.sources import Reading
from outgrow.workflows.judged_work import JudgedWork, judged_work, times_in
from outgrow.workflows.period_work import gather
from outgrow.workflows.recount import rebuild, recount
from outgrow.workflows.weigh_answers import read_told
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 6, 30, 18, tzinfo=UTC)
YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
TITLES = ("Weekly stock report", "Carrier contract talks", "Supplier invoices")


def bring(workspace: Workspace, numbers: range, title: str = "") -> None:
    """Bring in two hours of work for each of some days back from now."""
    told = [
        Activity(
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
        for back in numbers
    ]
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
