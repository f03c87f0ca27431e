"""Opens what every workflow stands on: the store, the settings and the present moment."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from outgrow.config import Settings, data_folder, read_settings
from outgrow.model.fault import Fault
from outgrow.store import settings as said_settings
from outgrow.store.database import Store, open_store
from outgrow.workflows.memory import Memory

DATABASE = "outgrow.sqlite3"


Progress = Callable[[str, int], None]


class TakesLong(Fault):
    """Much has to be counted or proposed for before this can be answered, and somebody waits."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Hours and proposals are being computed first. This page comes when they are there.")


def _silent(_what: str, _number: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One person's data while a command runs.

    `now` is aware and in the person's zone. `progress` is told what long work is at, and how much of it is done. In a
    hasty workspace somebody waits for the answer: what takes seconds is not done but raises TakesLong. `memory` keeps
    what was computed while the data are as they were.
    """

    store: Store
    settings: Settings
    now: datetime
    progress: Progress = _silent
    hasty: bool = False
    memory: Memory = field(default_factory=Memory)

    @property
    def today(self) -> date:
        """The person's own date."""
        return self.now.date()

    def afresh(self, now: datetime | None = None) -> "Workspace":
        """Return the same data with the settings that hold by now, at a moment (the present one by default)."""
        return replace(_on(self.store, now, self.progress), hasty=self.hasty, memory=self.memory)

    def in_haste(self) -> "Workspace":
        """Return the same data for somebody who waits."""
        return replace(self, hasty=True)


@contextmanager
def open_workspace(
    named: str | None = None, now: datetime | None = None, progress: Progress = _silent
) -> Iterator[Workspace]:
    """Open the data in the named folder, in the database OUTGROW_DATABASE names, or in the usual folder.

    Raises StoreError when they cannot be opened.
    """
    with open_store(_location(named)) as store:
        yield _on(store, now, progress)


def _on(store: Store, now: datetime | None, progress: Progress) -> Workspace:
    with store.look() as view:
        settings = read_settings(said_settings.everything(view))
    zone = ZoneInfo(settings.zone)
    return Workspace(store, settings, (now or datetime.now(zone)).astimezone(zone), progress)


def _location(named: str | None) -> str | Path:
    database = os.environ.get("OUTGROW_DATABASE")
    if database and not named:
        return database
    return data_folder(named) / DATABASE
