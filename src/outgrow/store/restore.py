"""Puts back what an export or a backup holds: all of it in one change, or nothing."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import sqlalchemy as sa

from outgrow.model.fault import Fault
from outgrow.store import computed, files, journal, judgements, plain, schema, versions
from outgrow.store.database import Store, Transaction, open_store
from outgrow.store.parcel import FILES, Parcel
from outgrow.store.parcel import opened as opened_parcel
from outgrow.store.plain import Kind, Unsound

#: The name of the database in a backup of one.
DATABASE = "outgrow.sqlite3"
#: How the folder is called in which a database is unpacked, beside the person's own.
UNPACKED = ".restoring-"

_Tell = Callable[[Kind], Iterable[bytes]]
_OURS = "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
#: The tables that hold the parts of statements, and of which kinds of statement; each of these has one part there.
_PARTS: Mapping[sa.Table, Collection[str]] = {
    schema.judgements: ("judgement",),
    schema.audits: ("audit",),
    schema.skips: ("skip",),
    schema.captures: ("capture",),
    schema.felt: ("felt",),
    schema.settings: ("setting",),
    schema.choices: ("choice",),
    schema.unlinked: ("unlink",),
    schema.versions: tuple(versions.KINDS),
}


class NotEmpty(Fault):
    """There are data already where others were to be restored."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: records by kind, how many kept files, and the names of those that the parcel did not hold."""

    records: Mapping[str, int]
    files: int
    missing: tuple[str, ...]


def opened(place: Path, passphrase: str = "") -> AbstractContextManager[Parcel]:
    """Open an export or a backup that may come from anywhere; raises Unsound, and as `unseal` does."""
    return opened_parcel(place, passphrase, [kind.file for kind in plain.KINDS], DATABASE)


def restore(store: Store, parcel: Parcel, *, replace: bool = False) -> Restored:
    """Restore a parcel into a store without data, or in place of all its data.

    Raises NotEmpty, Unsound with what is wrong with the parcel, and as a change does; then all is as before.
    """
    with _teller(store, parcel) as tell, _kept(store, parcel):
        try:
            with store.begin() as change:
                return _put_back(change, store, parcel, tell, replace=replace)
        except (sa.exc.IntegrityError, sa.exc.DataError) as error:
            message = (
                f"{parcel.place} is not in order: a number comes twice, or something refers to what is not there. "
                "Nothing was restored."
            )
            raise Unsound(message) from error


def _put_back(change: Transaction, store: Store, parcel: Parcel, tell: _Tell, *, replace: bool) -> Restored:
    if replace:
        empty(change)
    elif not is_empty(change):
        message = f"There are data in {store.location} already. Restore into another folder, or replace them."
        raise NotEmpty(message)
    records = {kind.name: plain.write(change, kind, tell(kind)) for kind in plain.KINDS}
    parcel.check(name for name in parcel.files if not name.startswith(FILES) and not _is_told(parcel, name))
    _check_parts(change, parcel)
    _check_readable(change, parcel)
    computed.drop(change)
    missing = [kept.name for kept in files.mentioned(change) if not files.place(store, kept).exists()]
    return Restored(records, len(parcel.kept), tuple(missing))


def _is_told(parcel: Parcel, name: str) -> bool:
    """Whether a file has been read to its end by telling the records."""
    return name == DATABASE if parcel.what == "backup" else any(name == kind.file for kind in plain.KINDS)


def is_empty(tx: Transaction) -> bool:
    """Whether nothing was ever brought in or said."""
    return not any(
        tx.connection.scalar(sa.select(kind.table.c.person).where(kind.table.c.person == tx.person).limit(1))
        for kind in plain.KINDS
    )


def empty(tx: Transaction) -> None:
    """Delete everything of this person from the database."""
    told = [kind.table for kind in reversed(plain.KINDS)]
    if tx.dialect == "sqlite":  # a statement that takes another back refers to it
        tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in (*schema.COMPUTED, schema.dirty, *told):
        tx.connection.execute(sa.delete(table).where(table.c.person == tx.person))


@contextmanager
def _teller(store: Store, parcel: Parcel) -> Iterator[_Tell]:
    """Give what tells the records of a parcel: its lines, or the database in it."""
    if parcel.what == "export":
        yield lambda kind: parcel.lines(kind.file)
        return
    where = files.folder(store).parent
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=UNPACKED, dir=where) as beside:
        path = Path(beside) / DATABASE
        _unpack(parcel, path)
        with open_store(path) as copy, copy.look() as view:
            _check_copy(copy, view, parcel)
            yield lambda kind: plain.lines(view, kind)


def _unpack(parcel: Parcel, path: Path) -> None:
    with parcel.open(DATABASE) as packed, path.open("xb") as file:
        while block := packed.read():
            file.write(block)


def _check_copy(copy: Store, view: Transaction, parcel: Parcel) -> None:
    """Refuse a database that is damaged, or has what ours never has and what may do anything when it is read."""
    if copy.integrity() or view.connection.exec_driver_sql(_OURS).scalar():
        message = f"The database in {parcel.place} is damaged. Take another backup."
        raise Unsound(message)


@contextmanager
def _kept(store: Store, parcel: Parcel) -> Iterator[None]:
    """Copy the kept files of a parcel; those that were not there before go again when what follows fails."""
    fresh: list[Path] = []
    try:
        for digest in parcel.kept:
            path = files.folder(store) / digest
            if not path.exists():
                fresh.append(path)
            with parcel.open(FILES + digest) as file:
                files.keep(store, digest, file)  # type: ignore[arg-type] # it asks for `read` alone
        yield
    except BaseException:
        for path in fresh:
            path.unlink(missing_ok=True)
        raise


def _check_parts(tx: Transaction, parcel: Parcel) -> None:
    """Refuse statements without what they say, and parts of statements of another kind."""
    said = schema.said
    for table, kinds in _PARTS.items():
        spoken = sa.select(said.c.number).where(said.c.person == tx.person, said.c.kind.in_(kinds))
        parts = sa.select(table.c.said).where(table.c.person == tx.person)
        if any(_found(tx, query) for query in (spoken.except_(parts), parts.except_(spoken))):
            raise _apart(parcel, table)
    table = schema.versions
    joined = (said.c.person == table.c.person) & (said.c.number == table.c.said) & (said.c.kind != table.c.kind)
    if _found(tx, sa.select(said.c.number).join(table, joined).where(said.c.person == tx.person)):
        raise _apart(parcel, table)


def _apart(parcel: Parcel, table: sa.Table) -> Unsound:
    return Unsound(
        f"{parcel.place} is not in order: statements and {table.name} do not belong together. Nothing was restored."
    )


def _found(tx: Transaction, query: sa.Select[Any] | sa.CompoundSelect[Any]) -> bool:
    return tx.connection.execute(query.limit(1)).first() is not None


def _check_readable(tx: Transaction, parcel: Parcel) -> None:
    """Read what was put back as it will be read."""
    try:
        judgements.judgements(tx)
        judgements.audits(tx)
        judgements.felt(tx)
        for each in journal.said(tx, versions.KINDS):
            versions.label(tx, journal.part(tx, each))
        for kind in versions.KINDS.values():
            versions.current(tx, kind)
    except (ValueError, LookupError, TypeError, OverflowError, msgspec.MsgspecError) as error:
        message = f"{parcel.place} is not in order: {error}. Nothing was restored."
        raise Unsound(message) from error


def digests(tx: Transaction) -> dict[str, str]:
    """Return the SHA-256 of the lines of each kind, by the name of its file: equal where all records are."""
    found = {}
    for kind in plain.KINDS:
        digest = hashlib.sha256()
        for line in plain.lines(tx, kind):
            digest.update(line)
        found[kind.file] = digest.hexdigest()
    return found
