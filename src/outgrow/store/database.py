"""Opens the database and gives out transactions: SQLite in a private file by default, PostgreSQL by address."""

import os
import sqlite3
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import msgspec
import sqlalchemy as sa

from outgrow.store import upgrade
from outgrow.store.faults import StoreError, told
from outgrow.store.schema import REVISIONS

#: How long to wait for another program's change before saying that the database is in use.
PATIENCE_SECONDS = 5.0

_PAGE_CACHE_KIB = 32 * 1024
#: Pages of 4 KiB that a change may hold in memory before it is written. Without a write-ahead log that writing keeps
#: everybody from reading until the change is whole.
_MOST_HELD = 64 * 1024
#: Before this version a reset of the write-ahead log may lose acknowledged changes.
_WAL_SOUND = (3, 51, 3)
_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
#: The head of an SQLite file ends here with the counter of its changes.
_COUNTED = 28
#: Names our lock among the advisory locks of a PostgreSQL server: "outg" in ASCII.
_LOCK = 0x6F757467


@dataclass(frozen=True, slots=True)
class Transaction:
    """One consistent view of one person's data; of `Store.begin`, also one change, kept whole or not at all."""

    connection: sa.Connection
    person: int

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    def next_number(self, column: sa.Column[int]) -> int:
        """Return the number after the highest one given out in a table; from 1."""
        highest = sa.select(sa.func.max(column)).where(column.table.c.person == self.person)
        return (self.connection.scalar(highest) or 0) + 1

    def among(self, column: sa.Column[int], numbers: Iterable[int]) -> sa.ColumnElement[bool]:
        """Tell whether a column holds one of many numbers, handed over as one value."""
        if self.dialect == "postgresql":
            return column == sa.any_(sa.cast(list(numbers), sa.ARRAY(sa.BigInteger)))
        listed = sa.func.json_each(f"[{','.join(map(str, numbers))}]").table_valued("value")
        return column.in_(sa.select(listed.c.value))

    def among_texts(self, column: sa.Column[str], texts: Iterable[str]) -> sa.ColumnElement[bool]:
        """Tell whether a column holds one of many texts, handed over as one value."""
        if self.dialect == "postgresql":
            return column == sa.any_(sa.cast(list(texts), sa.ARRAY(sa.Text)))
        listed = sa.func.json_each(msgspec.json.encode(list(texts)).decode()).table_valued("value")
        return column.in_(sa.select(listed.c.value))

    def add(self, table: sa.Table, rows: Sequence[tuple[object, ...]], *, unless_there: bool = False) -> int:
        """Hand complete rows, in the table's order of columns but without `person`, straight to the driver.

        Returns how many were written; `unless_there` leaves out those whose keys are there.
        """
        if not rows:
            return 0
        statement = _insertion(table, self.dialect, self.person) + (" ON CONFLICT DO NOTHING" if unless_there else "")
        return self.connection.exec_driver_sql(statement, list(rows)).rowcount


@cache
def _insertion(table: sa.Table, dialect: str, person: int) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    names = [column.name for column in table.columns]
    marks = ", ".join([str(int(person)), *(mark for _ in names[1:])])
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our own schema


class Store:
    """An open database of one person."""

    def __init__(self, engine: sa.Engine, person: int, path: Path | None) -> None:
        """Keep the engine; `open_store` is the way to get one."""
        self.engine = engine
        self.person = person
        self.path = path
        self._changes = 0

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    def state(self) -> Hashable | None:
        """Return a value that differs after every change, whoever made it; None where that cannot be told."""
        if self.path is None:
            return None
        with self.path.open("rb") as file:
            counter = file.read(_COUNTED)[-4:]
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        seen = (file.stat() for file in files if file.exists())
        return self._changes, counter, tuple((each.st_mtime_ns, each.st_size) for each in seen)

    @property
    def location(self) -> str:
        """Where it is, as a person may be shown it (no password)."""
        return str(self.path) if self.path else self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """Open a change: committed to the disk at the end, undone by any exception. One writer at a time."""
        with self._open(writes=True) as connection:
            if self.dialect == "postgresql":
                _wait_for_turn(connection, self.person)
            self._changes += 1
            yield Transaction(connection, self.person)

    @contextmanager
    def look(self) -> Iterator[Transaction]:
        """Open a view that does not change while it is open. Not to be kept open while a person thinks."""
        options = {} if self.dialect == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with self._open(**options) as connection:
            yield Transaction(connection, self.person)

    @contextmanager
    def _open(self, **options: str | bool) -> Iterator[sa.Connection]:
        with told(self.location), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def integrity(self) -> list[str]:
        """Return what the database itself finds wrong with its file and references; empty when all is well."""
        if self.dialect != "sqlite":
            return []
        with self.look() as view:
            found = [str(row[0]) for row in view.connection.exec_driver_sql("PRAGMA integrity_check")]
            astray = [
                f"{row[0]}: no such {row[2]}" for row in view.connection.exec_driver_sql("PRAGMA foreign_key_check")
            ]
        return [line for line in found if line != "ok"] + astray

    def hurry(self) -> None:
        """Wait for the disk no more: for data that are thrown away unless all of them are written and synced."""
        if self.dialect == "sqlite":
            sa.event.listen(self.engine, "connect", _hurry)
            self.engine.dispose()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Give the store itself."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Close it."""
        self.close()


def open_store(location: str | Path, person: int = 1) -> Store:
    """Open the database at a path or address, make it where there is none, and bring its schema up to date.

    Raises StoreError with a remedy when that cannot be done.
    """
    if str(location).startswith(_SCHEMES):
        store = Store(_postgresql(str(location)), person, None)
    else:
        path = Path(str(location).removeprefix("sqlite:///")).expanduser().absolute()
        _make_private(path)
        store = Store(_sqlite(path), person, path)
    try:
        _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store) -> None:
    with store.look() as view:
        present = upgrade.revision(view.connection, store.location)
    if present == REVISIONS[-1]:
        return
    if present and store.path:
        upgrade.back_up(store.path, store.path.with_name(f"{store.path.name}.before-{REVISIONS[-1]}"))
    with store.begin() as change:
        # Another process may have done it while we waited for our turn.
        if upgrade.revision(change.connection, store.location) != REVISIONS[-1]:
            upgrade.migrate(change.connection)


def _make_private(path: Path) -> None:
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        elif path.stat().st_mode & 0o077 and path.is_file() and path.stat().st_uid == os.geteuid():
            path.chmod(0o600)
    except OSError as fault:
        reason = f"{path} cannot be opened: {fault.strerror}."
        raise StoreError(reason, "Make the folder writable for you, or name another place.") from fault
    if not path.is_file():
        reason = f"{path} is not a file."
        raise StoreError(reason, "Name a database file.")


def _sqlite(path: Path) -> sa.Engine:
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE_SECONDS})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _journal() -> str:
    return "WAL" if sqlite3.sqlite_version_info >= _WAL_SOUND else "TRUNCATE"


def manner() -> str:
    """Say how changes are kept in a file on this machine."""
    journal = {"WAL": "write-ahead log", "TRUNCATE": "rollback journal"}[_journal()]
    return f"SQLite {sqlite3.sqlite_version} with a {journal}"


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # We say ourselves when a transaction begins. A truncated journal is synced at each commit, a deleted one is not:
    # it could come back with a power cut and undo an acknowledged change.
    connection.isolation_level = None
    journal = _journal()
    for pragma in (
        f"journal_mode = {journal}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        f"cache_size = -{_PAGE_CACHE_KIB}",
        f"cache_spill = {_MOST_HELD}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _postgresql(location: str) -> sa.Engine:
    scheme = next(scheme for scheme in _SCHEMES if location.startswith(scheme))
    try:
        return sa.create_engine("postgresql+psycopg://" + location.removeprefix(scheme))
    except ModuleNotFoundError as fault:
        reason = "The driver for PostgreSQL is not installed."
        raise StoreError(reason, "Install it with: pip install 'outgrow[postgresql]'") from fault


def _wait_for_turn(connection: sa.Connection, person: int) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(PATIENCE_SECONDS * 1000)}ms'")
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s, %s)", (_LOCK, person))
