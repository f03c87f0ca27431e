"""Builds the example person in a database of her own and lets her live in it. Never touches real data."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from outgrow import example
from outgrow.config import data_folder
from outgrow.example import Example
from outgrow.model.period import Period
from outgrow.store import activities, judgements
from outgrow.store.sources import Reading
from outgrow.workflows.catch_up import catch_up
from outgrow.workflows.live_audits import audits
from outgrow.workflows.live_career import papers
from outgrow.workflows.live_diary import live
from outgrow.workflows.live_ledger import ledger
from outgrow.workflows.live_reviews import ahead, reviews
from outgrow.workflows.periods import month
from outgrow.workflows.workspace import DATABASE, Progress, Workspace, open_workspace

if TYPE_CHECKING:
    from outgrow.model.activity import Activity

FOLDER = "example"
_BESIDE = "building-"


def example_folder(named: str | None) -> Path:
    """Return where the example person's data lie: a folder of their own beside the person's."""
    return data_folder(named) / FOLDER


@contextmanager
def open_example(
    named: str | None, progress: Progress, *, fresh: bool = False, now: datetime | None = None
) -> Iterator[Workspace]:
    """Open the example person's data as of `now` (None: this moment).

    They are built where there are none of this month, or when `fresh` is asked for.
    """
    folder = example_folder(named)
    building = fresh or not is_built(folder, now)
    if building:
        build(folder, progress, now)
    with open_workspace(str(folder), now) as workspace:
        if building:
            catch_up(workspace, lambda what, number, _of: progress(what, number))
        yield workspace


def is_built(folder: Path, now: datetime | None) -> bool:
    """Whether the example of this month lies in a folder."""
    if not (folder / DATABASE).exists():
        return False
    with open_workspace(str(folder), now) as workspace, workspace.store.look() as view:
        return judgements.last_audit(view, _last_month(workspace.today)) is not None


def _last_month(today: date) -> Period:
    return month(today.year, today.month - 1)


def build(folder: Path, progress: Progress, now: datetime | None) -> None:
    """Build the example in a folder, beside first, so that nothing half done is ever taken for it.

    Proposals for the months that she did not audit are not made yet.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=_BESIDE, dir=folder) as beside:
        _live(beside, progress, now)
        for path in folder.iterdir():
            if not path.name.startswith(_BESIDE):
                rmtree(path) if path.is_dir() else path.unlink()
        for path in Path(beside).iterdir():
            _sync(path)
            path.rename(folder / path.name)


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _live(folder: str, progress: Progress, now: datetime | None) -> None:
    """Let her work for two years, and look back at it in the last months."""
    with open_workspace(folder, now) as workspace:
        workspace.store.hurry()
        person = example.generate(_last_month(workspace.today).last)
        _fill(workspace, person)
    with open_workspace(folder, now) as workspace:
        workspace.store.hurry()
        live(workspace, [*audits(person, progress), *ledger(person), *papers(person), *reviews(person)])
        ahead(workspace)


def _fill(workspace: Workspace, person: Example) -> None:
    by_source: dict[tuple[str, str], list[Activity]] = defaultdict(list)
    for activity in person.activities:
        by_source[activity.source, activity.account].append(activity)
    with workspace.store.begin() as change:
        for (source, account), found in by_source.items():
            reading = Reading(importer=source, account=account, location="the example person", at=workspace.now)
            activities.record(change, reading, found)
