"""Copies of files, kept in the data folder under the SHA-256 of their bytes: the same bytes are kept once.

Nothing that is undone or withdrawn takes a copy away, for it may come back. A copy is whole on the disk before
anything speaks of it.
"""

import hashlib
import itertools
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec
import sqlalchemy as sa

from outgrow.config import data_folder
from outgrow.model.evidence import Evidence, KeptFile
from outgrow.model.fault import Fault
from outgrow.store import schema
from outgrow.store.database import Store, Transaction

FOLDER = "files"
#: The most bytes of one file; of what is larger a link does.
MOST_BYTES = 100_000_000
_BLOCK = 1 << 20
_LONGEST_NAME = 200
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]')  # in the name of a file
_BEGUN = ".begun-"
_ABANDONED = 86_400  # seconds after which a copy that never ended is that of a program that was killed


class CannotKeepFile(Fault):
    """A file could not be kept; nothing of it was."""


class UnfitFile(CannotKeepFile):
    """A file is not one to be kept."""

    exit_code = 2


def folder(store: Store) -> Path:
    """Return where the copies lie: beside the database, or in the usual data folder where that is on a server."""
    return (store.path.parent if store.path else data_folder(None)) / FOLDER


def place(store: Store, kept: KeptFile) -> Path:
    """Return the path of a copy, whether it is there or not."""
    return folder(store) / kept.sha256


def keep(store: Store, name: str, file: BinaryIO) -> KeptFile:
    """Copy a file; its name is kept beside as text alone. Raises UnfitFile, and CannotKeepFile when it cannot be."""
    try:
        return _keep(folder(store), name, file)
    except OSError as error:
        message = f"The file could not be kept: {error.strerror}. Make room or give back the right to write there."
        raise CannotKeepFile(message) from error


def _keep(where: Path, name: str, file: BinaryIO) -> KeptFile:
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(where)
    begun = where / f"{_BEGUN}{secrets.token_hex(8)}"
    try:
        size, digest = _copy(file, begun)
        begun.replace(where / digest)  # in place of a copy that may have been damaged since
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    _sync(where)
    return KeptFile(name=_told(name), sha256=digest, size=size)


def _copy(file: BinaryIO, path: Path) -> tuple[int, str]:
    """Copy into a file that nobody else may read, and have the disk take it; return its size and hash."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as copy:
        while block := file.read(_BLOCK):
            size += len(block)
            if size > MOST_BYTES:
                message = (
                    f"The file has more than {MOST_BYTES // 1_000_000} MB. Keep a link to where it is, with a note of "
                    "what stands there."
                )
                raise UnfitFile(message)
            digest.update(block)
            copy.write(block)
        if not size:
            message = "The file is empty. Choose another one."
            raise UnfitFile(message)
        copy.flush()
        os.fsync(copy.fileno())
    return size, digest.hexdigest()


def _sync(where: Path) -> None:
    """Have the disk take that a file has its name."""
    if os.name == "nt":  # where a folder cannot be opened
        return
    opened = os.open(where, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _sweep(where: Path) -> None:
    """Delete what a program that was killed left half there."""
    for each in where.glob(f"{_BEGUN}*"):
        if each.stat().st_mtime < time.time() - _ABANDONED:
            each.unlink(missing_ok=True)


def _told(name: str) -> str:
    """Return the last part of a path, as text of one line."""
    last = " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split())
    kept = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in last)
    stem, dot, suffix = kept.rpartition(".")
    ending = dot + suffix if stem and len(suffix) < _LONGEST_NAME // 10 else ""
    return kept[: len(kept) - len(ending)][: _LONGEST_NAME - len(ending)] + ending or "file"


def write_out(store: Store, kept: KeptFile, where: Path) -> Path:
    """Write a copy into a folder under its name, beside others of that name; return its path. Raises CannotKeepFile."""
    try:
        where.mkdir(parents=True, exist_ok=True)
        target = _free(where / (_UNFIT.sub("_", kept.name).lstrip(".") or "file"))
        with place(store, kept).open("rb") as copy, target.open("xb") as written:
            shutil.copyfileobj(copy, written)
    except OSError as error:
        message = f"{kept.name} could not be written: {error.strerror}."
        raise CannotKeepFile(message) from error
    return target


def _free(path: Path) -> Path:
    """Return a path that no file has yet."""
    others = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in itertools.count(2))
    return next(each for each in itertools.chain([path], others) if not each.exists())


def mentioned(tx: Transaction) -> list[KeptFile]:
    """Return the files of all versions of evidence, those taken back as well, each copy once, by hash."""
    table = schema.versions
    bodies = sa.select(table.c.body).where(table.c.person == tx.person, table.c.kind == "evidence", table.c.body != "")
    read = (msgspec.json.decode(body, type=Evidence) for body in tx.connection.scalars(bodies.order_by(table.c.said)))
    found = {kept.sha256: kept for evidence in read for kept in evidence.files}
    return [found[digest] for digest in sorted(found)]


def damaged(store: Store, files: Iterable[KeptFile]) -> list[tuple[KeptFile, str]]:
    """Return the copies that are gone or are not what they were, each with which of the two."""
    return [(each, wrong) for each in files if (wrong := _wrong(place(store, each), each.sha256))]


def _wrong(path: Path, digest: str) -> str:
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return "gone"
    except OSError as error:
        return f"unreadable ({error.strerror})"
    return "" if same else "changed"
