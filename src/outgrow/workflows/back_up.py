"""Backs everything up, and puts it back."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from outgrow.model.fault import Fault
from outgrow.reports.taken_out import BackupMade, Restored
from outgrow.store import backup, restore, seal
from outgrow.store.backup import Backup
from outgrow.workflows.keep_feed import keep_feed
from outgrow.workflows.workspace import Workspace


class CannotTake(Fault):
    """A file that was handed over could not be kept until it is restored."""


def back_up(workspace: Workspace, to: Path | None = None, passphrase: str = "", keep: int | None = None) -> BackupMade:
    """Make one file with everything in it, in a folder (by default one among the data), and prove it.

    A passphrase closes it. Of older ones there `keep` newest stay, the new one counted; None lets none go. Raises
    NoBackup, CannotPack and StoreError; then the older ones are as they were.
    """
    workspace.progress("Backing up", 0)
    to = to.expanduser().absolute() if to else None
    made = backup.back_up(workspace.store, datetime.now(UTC), to, passphrase, keep)
    return BackupMade(
        path=str(made.backup.path),
        size=made.backup.size,
        made=made.backup.made,
        encrypted=made.backup.encrypted,
        gone=tuple(map(str, made.gone)),
        missing=made.missing,
    )


def put_back(workspace: Workspace, place: Path, passphrase: str = "", *, replace: bool = False) -> Restored:
    """Restore an export or a backup, all of it or nothing; what is to be replaced is backed up first.

    Raises Unsound with what is wrong, NotEmpty where there are data that are not to be replaced, and as `unseal` does.
    """
    with restore.opened(place.expanduser().absolute(), passphrase) as parcel:
        before = _before(workspace) if replace else ""
        workspace.progress("Restoring", 0)
        done = restore.restore(workspace.store, parcel, replace=replace)
    keep_feed(workspace.afresh(workspace.now))
    return Restored(records=done.records, files=done.files, missing=done.missing, backup=before)


def is_closed(place: Path) -> bool:
    """Whether a file is there that a passphrase closes."""
    place = place.expanduser()
    return place.is_file() and seal.is_sealed(place)


def backups(workspace: Workspace) -> list[Backup]:
    """Return the backups that can be reached, the newest first."""
    return backup.backups(workspace.store)


def hand_over(workspace: Workspace, file: BinaryIO) -> Path:
    """Keep a file that was handed over, among the data, until it has been restored; `leave` deletes it."""
    try:
        folder = Path(mkdtemp(prefix=restore.UNPACKED, dir=backup.home(workspace.store)))
        with (folder / "handed-over").open("xb") as kept:
            shutil.copyfileobj(file, kept, 1 << 20)
    except OSError as error:
        message = f"The file could not be kept: {error.strerror}. Make room or give back the right to write there."
        raise CannotTake(message) from error
    return folder / "handed-over"


def leave(handed_over: Path) -> None:
    """Delete a file that was handed over."""
    shutil.rmtree(handed_over.parent, ignore_errors=True)


def _before(workspace: Workspace) -> str:
    """Back up what is about to be replaced; return where it is, empty where there is nothing."""
    with workspace.store.look() as view:
        if restore.is_empty(view):
            return ""
    return back_up(workspace).path


def has_data(workspace: Workspace) -> bool:
    """Whether anything was ever brought in or said."""
    with workspace.store.look() as view:
        return not restore.is_empty(view)
