"""What is known of each source: its last whole import, and what has gone wrong since."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.config import told_apart
from outgrow.importers import feed
from outgrow.model.activity import Activity, Kind
from outgrow.model.problem import Problem
from outgrow.reports.sources import render
from outgrow.store import activities
from outgrow.store.sources import Reading
from outgrow.workflows.bring_in import Wishes, bring_in
from outgrow.workflows.show_sources import show_problems, show_sources
from outgrow.workflows.workspace import Workspace, open_workspace

DAY = timedelta(days=1)
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEETING = Activity(
    source="icalendar", account="Anna", native_id="1", line=1, kind=Kind.MEETING, title="Rota", start=BEGAN
)
UNREAD = Problem(line=7, reason="It has no start")
BROKEN = Problem(line=0, reason="The file broke off", remedy="Export it again")


def bring(
    workspace: Workspace, at: datetime, records: Sequence[Activity | Problem], location: str = "work.ics"
) -> None:
    account = next((each.account for each in records if isinstance(each, Activity)), "")
    with workspace.store.begin() as change:
        reading = Reading(importer="icalendar", account=account, location=location, at=at)
        activities.record(change, reading, records, whole=lambda: BROKEN not in records)


def test_an_import_that_broke_off_is_told_beside_the_last_whole_one(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path)) as workspace:
        bring(workspace, BEGAN, [MEETING, UNREAD])
        bring(workspace, BEGAN + DAY, [BROKEN])
        (view,) = show_sources(workspace)
        assert (view.account, view.imported, view.problems, view.activities) == ("Anna", BEGAN, 1, 1)
        assert (view.failed, view.fault) == (BEGAN + DAY, "The file broke off. Export it again")
        assert "work.ics, 2026-03-03: The file broke off. Export it again" in render([view]).splitlines()
        told = show_problems(workspace, ("icalendar", "Anna"))
        assert [each.problem for each in told] == [UNREAD, BROKEN]
        bring(workspace, BEGAN + 2 * DAY, [MEETING])
        (view,) = show_sources(workspace)
        assert (view.failed, view.fault, view.imported) == (None, "", BEGAN + 2 * DAY)
        assert show_problems(workspace) == []


def test_of_several_files_the_newest_fault_is_told_and_a_file_never_read_is_there(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path)) as workspace:
        bring(workspace, BEGAN, [MEETING], "a.ics")
        bring(workspace, BEGAN, [MEETING], "b.ics")
        bring(workspace, BEGAN + DAY, [BROKEN], "b.ics")
        bring(workspace, BEGAN + 2 * DAY, [BROKEN], "a.ics")
        bring(workspace, BEGAN + 3 * DAY, [BROKEN], "c.ics")
        never, known = show_sources(workspace)
    assert (known.account, known.files, known.failed) == ("Anna", 2, BEGAN + 2 * DAY)
    assert (never.account, never.location, never.problems) == ("", "c.ics", 0)
    assert never.fault == known.fault


def test_an_address_that_is_out_of_reach_is_told_by_its_source_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(_address: str, _into: Path) -> None:
        message = "calendar.example cannot be found; try again later"
        raise feed.FeedError(message)

    monkeypatch.setattr(feed, "fetch", fetch)
    addresses = [f"https://calendar.example/{name}.ics" for name in ("s3cret", "other")]
    with open_workspace(str(tmp_path)) as workspace:
        bring(workspace, BEGAN, [MEETING], told_apart(addresses[0]))
        bring_in(workspace, addresses, Wishes(), lambda *_: None, lambda *_: None)
        (view,) = show_sources(workspace)
    assert view.fault == "calendar.example cannot be found; try again later."
    assert (view.files, view.imported) == (1, BEGAN)
