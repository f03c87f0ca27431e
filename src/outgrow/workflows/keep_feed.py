"""Keeps the calendar file up to date that any calendar can take the reviews and planned growth work from."""

import os
import secrets
from pathlib import Path

from outgrow.config import data_folder
from outgrow.model.fault import Fault
from outgrow.model.review import GrowthBlock, Review
from outgrow.reports import calendar_feed
from outgrow.reports.calendar_feed import CalendarFeed, FeedBlock
from outgrow.store import holdings, versions
from outgrow.store.database import Transaction
from outgrow.workflows.workspace import Workspace

FILE = "outgrow.ics"
_PRIVATE = 0o600


class FeedNotWritten(Fault):
    """The calendar file could not be written; what was said is kept."""


def feed(workspace: Workspace) -> bytes:
    """Return the calendar file as it is by now."""
    with workspace.store.look() as view:
        return calendar_feed.write(_feed(view, workspace))


def _feed(view: Transaction, workspace: Workspace) -> CalendarFeed:
    return CalendarFeed(
        since=holdings.since(view) or workspace.today,
        week_start=workspace.settings.week_start,
        blocks=tuple(_block(view, number, block) for number, block in versions.current(view, GrowthBlock).items()),
    )


def _block(view: Transaction, number: int, block: GrowthBlock) -> FeedBlock:
    told = [said.at for said, _ in versions.history(view, GrowthBlock, number)]
    return FeedBlock(
        number=number,
        title=block.title,
        start=block.start,
        minutes=block.minutes,
        told=told[0],
        revised=told[-1],
        revisions=len(told) - 1,
    )


def place(workspace: Workspace) -> Path:
    """Return where the calendar file lies: beside the database, or in the usual folder where that is on a server."""
    path = workspace.store.path
    return (path.parent if path else data_folder(None)) / FILE


def keep_feed(workspace: Workspace, *, anyway: bool = False) -> None:
    """Write the calendar file anew where it would change; from the first review or planned time on, or `anyway`.

    Raises FeedNotWritten.
    """
    with workspace.store.look() as view:
        wanted = anyway or bool(versions.current(view, Review) or versions.current(view, GrowthBlock))
        content = calendar_feed.write(_feed(view, workspace))
    path = place(workspace)
    try:
        if (wanted or path.exists()) and not (path.exists() and path.read_bytes() == content):
            _write(path, content)
    except OSError as error:
        message = (
            f"What you said is kept. The calendar file {path} could not be written: {error.strerror}. Make room or "
            "give back the right to write there, then: outgrow review calendar"
        )
        raise FeedNotWritten(message) from error


def _write(path: Path, content: bytes) -> None:
    """Put a file in the place of another at once, readable by the person alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE), "wb") as file:
            file.write(content)
        begun.replace(path)
    finally:
        begun.unlink(missing_ok=True)


def copy_feed(workspace: Workspace, path: Path) -> None:
    """Write the calendar file to a place of the person's choice, readable as they want. Raises FeedNotWritten."""
    try:
        path.write_bytes(feed(workspace))
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}. Name another place with --out."
        raise FeedNotWritten(message) from error
