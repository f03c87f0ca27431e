"""What pages would wait for is there ahead, the newest month first; and what was named as new counts as an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.analysis.proposals import Scorer
from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.judgement import Proposal
from outgrow.model.period import Period
from outgrow.store import activities, months, proposals
from outgrow.store.sources import Reading
from outgrow.workflows.catch_up import catch_up
from outgrow.workflows.period_work import gather
from outgrow.workflows.periods import month
from outgrow.workflows.recount import rebuild, recount
from outgrow.workflows.set_up import change_setting
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import TakesLong, Workspace, open_workspace

NOW = datetime(2026, 6, 30, 18, tzinfo=UTC)
TITLES = ("Weekly stock report", "Supplier invoices", "Carrier contract talks", "Daily sales figures")
MAY = month(2026, 5)


def bring(workspace: Workspace, days: int) -> None:
    """Bring in an hour of work a day until now."""
    told = [
        Activity(
            source="table",
            account="",
            native_id=str(back),
            line=back + 1,
            kind=Kind.TIME_ENTRY,
            title=TITLES[back % len(TITLES)],
            start=NOW - timedelta(days=back),
            end=NOW - timedelta(days=back, hours=-1),
            minutes=60.0,
            basis=DurationBasis.MEASURED,
        )
        for back in range(days)
    ]
    with workspace.store.begin() as change:
        activities.record(change, Reading(importer="table", location="sheet.csv", at=NOW), told)


def chances(workspace: Workspace, period: Period = MAY) -> dict[str, float]:
    """Return the chance of growth by title."""
    recount(workspace)
    return {each.title: round(each.probability, 6) for each in gather(workspace, period).work}


def test_months_are_proposed_for_the_newest_first(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with open_workspace(str(tmp_path), NOW) as workspace:
        bring(workspace, 100)
        catch_up(workspace, lambda *said: told.append(said))
        with workspace.store.look() as view:
            assert proposals.months_without(view, NOW) == []
            assert len(proposals.read(view)) == 100
    assert told == [
        ("Counting hours", 0, 0),
        ("Making proposals for June 2026", 0, 4),
        ("Making proposals for May 2026", 1, 4),
        ("Making proposals for April 2026", 2, 4),
        ("Making proposals for March 2026", 3, 4),
    ]


def test_what_is_done_when_it_is_stopped_stays(tmp_path: Path) -> None:
    def stop(_what: str, done: int, _total: int) -> None:
        if done == 2:
            raise InterruptedError

    with open_workspace(str(tmp_path), NOW) as workspace:
        bring(workspace, 100)
        with pytest.raises(InterruptedError):
            catch_up(workspace, stop)
        with workspace.store.look() as view:
            assert [day.month for day in proposals.months_without(view, NOW)] == [4, 3]


def test_somebody_who_waits_is_not_kept_for_years_of_proposals(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as workspace:
        bring(workspace, 300)
        recount(workspace)
        hasty = workspace.in_haste()
        with pytest.raises(TakesLong):
            gather(hasty, Period(MAY.first - timedelta(days=200), MAY.last))
        assert gather(hasty, MAY).work
        catch_up(workspace, lambda *_: None)
        assert gather(hasty, Period(MAY.first - timedelta(days=200), MAY.last)).work


def test_what_is_named_as_new_is_an_answer_for_what_is_like_it(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as workspace:
        bring(workspace, 200)
        before = chances(workspace)
        change_setting(workspace, "new_this_year", "carrier contract")
        named = chances(workspace)
        assert named[TITLES[2]] > before[TITLES[2]] + 0.2
        assert named[TITLES[0]] == pytest.approx(before[TITLES[0]], abs=0.02)
        undo(replace(workspace.afresh(NOW)))
        assert chances(workspace) == before


def test_what_was_new_two_years_ago_is_no_longer_new(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as workspace:
        bring(workspace, 200)
        before = chances(workspace)
        change_setting(replace(workspace, now=NOW - timedelta(days=700)), "new_this_year", "carrier contract")
        assert chances(workspace) == before


def test_what_is_said_while_proposals_are_computed_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The computing keeps nobody from writing, and what it was computed from has to hold when it is kept."""
    with open_workspace(str(tmp_path), NOW) as workspace, open_workspace(str(tmp_path), NOW) as other:
        bring(workspace, 200)
        recount(workspace)
        whole = Scorer.proposals

        def interrupted(scorer: Scorer) -> list[Proposal]:
            if not other.afresh(NOW).settings.new_this_year:
                change_setting(other, "new_this_year", "carrier contract")
            return whole(scorer)

        monkeypatch.setattr(Scorer, "proposals", interrupted)
        said_meanwhile = chances(workspace)
        monkeypatch.undo()
        rebuild(workspace)
        assert said_meanwhile == chances(workspace)
        assert said_meanwhile[TITLES[2]] > 0.5


def test_what_is_caught_up_with_is_kept_by_whole_months(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as workspace:
        catch_up(workspace, lambda *_: None)  # there is nothing yet
        bring(workspace, 100)
        catch_up(workspace, lambda *_: None)
        with workspace.store.look() as view:
            kept = months.read(view, Period(NOW.date().replace(month=1), NOW.date()))
    assert [first.month for first in kept] == [3, 4, 5, 6]
