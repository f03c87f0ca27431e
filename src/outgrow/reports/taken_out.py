"""What was taken out, backed up, put back or deleted, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from outgrow.reports.about import Holding, megabytes
from outgrow.reports.words import count, harmless

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export: its place, its bytes, how many records of each file, how many kept files.

    `missing` are the names of kept files that are gone or damaged, so that they are not in it.
    """

    path: str
    size: int
    records: Mapping[str, int]
    files: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup: its place, its bytes, whether a passphrase closes it, and the older ones that went.

    `missing` as in an export. It was restored beside the data for a trial, and everything came back.
    """

    path: str
    size: int
    made: datetime
    encrypted: bool
    gone: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored: how many records of each kind, how many kept files, and which of those it did not hold.

    `backup` is where the data before it are, empty where there were none.
    """

    records: Mapping[str, int]
    files: int
    missing: tuple[str, ...]
    backup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What deleting everything will delete, and the folders with backups that it leaves alone.

    `paths` are those in the `folder` of the data, `location` is where the database is.
    `traces` are the files in the folder for temporary files that say where in the program a fault came up.
    """

    location: str
    folder: str
    holdings: tuple[Holding, ...]
    paths: tuple[str, ...]
    traces: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What was deleted, and what lies in the data folder still, since it is not outgrow's."""

    paths: tuple[str, ...]
    left: tuple[str, ...]
    elsewhere: tuple[str, ...]


def render_export(view: Export) -> str:
    """Say what was written, and where."""
    records = count(sum(view.records.values()), "record")
    lines = [f"Everything is in {harmless(view.path)} ({megabytes(view.size)})."]
    lines.append(f"It holds {records} and {count(view.files, 'kept file')}; README.md in it says how to read them.")
    return "\n".join([*lines, *_without(view.missing)])


def render_backup(view: BackupMade) -> str:
    """Say where the backup is, and that it was proved."""
    closed = ", closed with your passphrase" if view.encrypted else ""
    lines = [f"Backed up to {harmless(view.path)} ({megabytes(view.size)}{closed})."]
    lines.append("It was restored for a trial, and everything came back.")
    if view.encrypted:
        lines.append("Nobody can open it without the passphrase, not even you: keep that in another place.")
    if view.gone:
        lines.append(f"Let go: {_listed(view.gone)}")
    return "\n".join([*lines, *_without(view.missing)])


def render_restored(view: Restored) -> str:
    """Say what is there now."""
    records = count(sum(view.records.values()), "record")
    lines = [f"Restored {records} and {count(view.files, 'kept file')}."]
    lines.append("Hours and guesses are computed when they are asked for.")
    if view.backup:
        lines.append(f"What was there before is in {harmless(view.backup)}")
    return "\n".join([*lines, *_without(view.missing)])


def render_going(view: Going) -> str:
    """Say what will be deleted."""
    held = ", ".join(each.words for each in view.holdings if each.number) or "nothing so far"
    lines = [f"This deletes everything outgrow keeps about you: {held}.", "", f"  {harmless(view.location)}"]
    lines += [f"  {harmless(path)}" for path in view.paths if path != view.location]
    if view.traces:
        lines.append(f"  {count(len(view.traces), 'trace')} of faults in the folder for temporary files")
    return "\n".join([*lines, *_elsewhere(view.elsewhere)])


def render_deleted(view: Deleted) -> str:
    """Say what is gone, and what is not."""
    lines = ["Everything is deleted."]
    if view.left:
        lines.append(f"Not outgrow's, so still there: {_listed(view.left)}")
    return "\n".join([*lines, *_elsewhere(view.elsewhere)])


def _elsewhere(places: Sequence[str]) -> Iterable[str]:
    if places:
        yield f"\nBackups and exports that you put elsewhere stay; some backups went to {_listed(places)}."
    else:
        yield "\nExports and backups that you put elsewhere stay."


def _without(missing: Sequence[str]) -> Iterable[str]:
    if missing:
        yield f"Not in it, since gone or changed: {_listed(missing)}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(map(harmless, names[:_SHOWN])) + more
