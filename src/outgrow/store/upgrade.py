"""Brings the schema of a database up to date, after a backup. Alembic is only loaded when there is something to do."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from outgrow.store.database import Store
from outgrow.store.faults import StoreError
from outgrow.store.schema import REVISIONS

_FOLDER = Path(__file__).parent / "migrations"
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


def bring_up_to_date(store: Store) -> None:
    """Upgrade an older schema, build an empty one, refuse a newer or a foreign one."""
    with store.look() as view:
        present = revision(view.connection)
        _refuse_unknown(store, view.connection, present)
    if present == REVISIONS[-1]:
        return
    if present and store.path:
        back_up(store.path, store.path.with_name(f"{store.path.name}.before-{REVISIONS[-1]}"))
    with store.begin() as change:
        # Another process may have done it while we waited for our turn.
        if revision(change.connection) != REVISIONS[-1]:
            _migrate(change.connection, _FOLDER)


def revision(connection: sa.Connection) -> str:
    """Return the revision of a database; empty when it has none."""
    if "alembic_version" not in _tables(connection):
        return ""
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""


def back_up(path: Path, copy: Path) -> None:
    """Copy a whole SQLite database to a private file of its own, as it stands between two changes."""
    unfinished = copy.with_name(copy.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
        found = target.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        unfinished.unlink()
        reason = f"{path} is damaged."
        raise StoreError(reason, "Restore it from a backup.")
    unfinished.replace(copy)


def _tables(connection: sa.Connection) -> set[str]:
    return {row[0] for row in connection.exec_driver_sql(_TABLES[connection.dialect.name])}


def _refuse_unknown(store: Store, connection: sa.Connection, present: str) -> None:
    if present and present not in REVISIONS:
        reason = f"{store.location} was written by a newer outgrow."
        raise StoreError(reason, "Install the newest outgrow, or restore the backup made before the upgrade.")
    if not present and store.dialect == "sqlite" and _tables(connection):
        reason = f"{store.location} belongs to another program."
        raise StoreError(reason, "Name another file.")


def _migrate(connection: sa.Connection, folder: Path) -> None:
    from alembic import command, config  # noqa: PLC0415 - 0.3 s that only a new schema needs

    settings = config.Config()
    settings.set_main_option("script_location", str(folder).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
