"""Backups: one file with everything in it, proved by restoring it before it counts and before an older one goes."""

import hashlib
import itertools
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from outgrow.model.fault import Fault
from outgrow.store import export, files, parcel, restore, seal, upgrade
from outgrow.store.database import Store, open_store

#: The folder of backups within the data, and the list of the folders that others were put into.
FOLDER = "backups"
PLACES = "backups.json"
#: How the folder is called in which a backup is made.
MAKING = ".backing-up-"
_NAME = re.compile(r"outgrow-([0-9a-f]{6})-(\d{8}-\d{6})(?:-\d+)?\.zip(?:\.age)?")
_BEGUN = re.compile(rf"\.{_NAME.pattern}\.[0-9a-f]{{8}}")
_STAMP = "%Y%m%d-%H%M%S"
_SEALED = ".age"
_README = """# A backup of outgrow

`outgrow restore FILE` puts it back. Without outgrow: outgrow.sqlite3 is a database that any SQLite opens, and what lies
in files/ are the kept files, each under the SHA-256 of its bytes; the versions of evidence in the database say how each
is called. manifest.json has the size and the SHA-256 of every file.
"""
_ABANDONED = 86_400  # seconds after which what is half there is that of a program that was killed


class NoBackup(Fault):
    """A backup could not be made; the older ones are as they were."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lies there: when it was made (UTC), its size in bytes, and whether a passphrase closes it."""

    path: Path
    made: datetime
    size: int
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What making a backup did: the backup, the older ones that went, and the kept files that could not be in it."""

    backup: Backup
    gone: tuple[Path, ...]
    missing: tuple[str, ...]


def home(store: Store) -> Path:
    """Return the folder of the data."""
    return files.folder(store).parent


def back_up(store: Store, now: datetime, to: Path | None, passphrase: str, keep: int | None) -> Made:
    """Make a backup in a folder, prove it by restoring it beside the data, then let the oldest go but for `keep`.

    An empty passphrase leaves it open. Raises NoBackup and CannotPack; no older one has gone then.
    """
    folder = (to or home(store) / FOLDER).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(home(store), folder)
        with TemporaryDirectory(prefix=MAKING, dir=home(store)) as beside:
            made, missing = _make(store, Path(beside), folder, now, passphrase)
    except OSError as error:
        message = f"The backup could not be written to {folder}: {error.strerror}. Make room or name another folder."
        raise NoBackup(message) from error
    _note(store, folder)
    return Made(made, _rotate(store, folder, keep), missing)


def _make(store: Store, beside: Path, folder: Path, now: datetime, passphrase: str) -> tuple[Backup, tuple[str, ...]]:
    """Pack, close, carry over, prove and name it. What is to be closed never lies open but among the data."""
    packed, sealed = beside / "packed.zip", beside / "sealed"
    expected, missing = _pack(store, beside, packed)
    if passphrase:
        seal.seal(packed, sealed, passphrase)
        packed.unlink()
    target = _free(store, folder, now, _SEALED if passphrase else "")
    begun = folder / f".{target.name}.{secrets.token_hex(4)}"
    try:
        _carry(sealed if passphrase else packed, begun)
        _prove(begun, passphrase, expected, beside / "proof")
        parcel.settle(begun, target)
    finally:
        begun.unlink(missing_ok=True)
    return Backup(target, now.astimezone(UTC).replace(microsecond=0), target.stat().st_size, bool(passphrase)), missing


def _pack(store: Store, beside: Path, packed: Path) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Pack everything; return the hashes of the records, and the names of kept files that are gone or damaged."""
    if store.path is None:
        with store.look() as view, parcel.packing(packed, "export") as packer:
            missing = export.put_everything(view, store, packer)
            return {each.name: each.sha256 for each in packer.told if each.records is not None}, missing
    copy = beside / restore.DATABASE
    upgrade.back_up(store.path, copy)
    with open_store(copy) as copied, copied.look() as view, parcel.packing(packed, "backup") as packer:
        if wrong := copied.integrity():
            message = (
                f"{store.path} is damaged: {wrong[0]}. Restore it from a backup; the older backups are as they were."
            )
            raise NoBackup(message)
        packer.put("README.md", [_README.encode()])
        packer.put_file(restore.DATABASE, copy)
        return restore.digests(view), export.put_files(view, store, packer)


def _carry(source: Path, target: Path) -> None:
    """Copy a file to where it may be another disk, have that disk take it, and delete it here."""
    private = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with source.open("rb") as packed, os.fdopen(private, "wb") as file:
        shutil.copyfileobj(packed, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    source.unlink()


def _prove(path: Path, passphrase: str, expected: Mapping[str, str], where: Path) -> None:
    """Restore a backup into a folder of its own, and compare all that comes back."""
    with restore.opened(path, passphrase) as read, open_store(where / restore.DATABASE) as proof:
        restore.restore(proof, read)
        with proof.look() as view:
            same = restore.digests(view) == expected
    if not same:
        message = "The backup was restored for a trial, and something was missing. The older ones are as they were."
        raise NoBackup(message)


def _free(store: Store, folder: Path, now: datetime, ending: str) -> Path:
    """Return a path that no file has yet, with the moment in its name."""
    stem = f"outgrow-{_mark(store)}-{now.astimezone(UTC).strftime(_STAMP)}"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(path for name in names if not (path := folder / f"{name}.zip{ending}").exists())


def _mark(store: Store) -> str:
    """Return what tells the backups of these data from those of others in the same folder."""
    return hashlib.blake2b(f"{store.location} {store.person}".encode(), digest_size=3).hexdigest()


def _read(path: Path) -> Backup | None:
    """Return the backup of a path, None where its name is no backup's."""
    named = _NAME.fullmatch(path.name)
    if named is None or not path.is_file():
        return None
    made = datetime.strptime(named[2], _STAMP).replace(tzinfo=UTC)
    return Backup(path, made, path.stat().st_size, path.suffix == _SEALED)


def _here(store: Store, folder: Path) -> list[Backup]:
    """Return the backups of these data in a folder, the newest first."""
    found = [each for path in folder.glob(f"outgrow-{_mark(store)}-*") if (each := _read(path))]
    return sorted(found, key=lambda each: (each.made, each.path.stat().st_mtime_ns), reverse=True)


def _rotate(store: Store, folder: Path, keep: int | None) -> tuple[Path, ...]:
    old = [each.path for each in _here(store, folder)[keep:]] if keep else []
    for path in old:
        path.unlink(missing_ok=True)
    return tuple(old)


def backups(store: Store) -> list[Backup]:
    """Return the backups of these data that can be reached, the newest first."""
    found = [each for folder in places(store) for each in _here(store, folder)]
    return sorted(found, key=lambda each: each.made, reverse=True)


def places(store: Store) -> list[Path]:
    """Return the folders that backups were put into."""
    try:
        noted = json.loads((home(store) / PLACES).read_bytes())
        others = [Path(each) for each in noted if isinstance(each, str)]
    except (OSError, ValueError, TypeError):
        others = []
    return [home(store).absolute() / FOLDER, *others]


def _note(store: Store, folder: Path) -> None:
    """Remember a folder outside the data, so that the newest backup is found there."""
    known = places(store)
    if folder not in known:
        begun = home(store) / f".{PLACES}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump([str(each) for each in [*known[1:], folder]], file)
        begun.replace(home(store) / PLACES)


def _sweep(data: Path, folder: Path) -> None:
    """Delete what a program that was killed left half there: among the data, and where backups are put."""
    made = [each for prefix in (MAKING, restore.UNPACKED) for each in data.glob(f"{prefix}*")]
    for each in (*made, *(each for each in folder.iterdir() if _BEGUN.fullmatch(each.name))):
        if each.stat().st_mtime >= time.time() - _ABANDONED:
            continue
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)
