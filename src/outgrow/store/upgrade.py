"""What a database's schema is, and how it becomes the newest. Alembic is only loaded when there is something to do."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from outgrow.store.faults import StoreError, told
from outgrow.store.schema import REVISIONS

MIGRATIONS = Path(__file__).parent / "migrations"
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


def revision(connection: sa.Connection, place: str) -> str:
    """Return the revision of a database, empty for one without tables; refuse a newer and a foreign one."""
    tables = {row[0] for row in connection.exec_driver_sql(_TABLES[connection.dialect.name])}
    if "alembic_version" not in tables:
        if tables and connection.dialect.name == "sqlite":
            reason = f"{place} belongs to another program."
            raise StoreError(reason, "Name another file.")
        return ""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
    if found not in REVISIONS:
        reason = f"{place} was written by a newer outgrow."
        raise StoreError(reason, "Install the newest outgrow, or restore the backup made before the upgrade.")
    return str(found)


def migrate(connection: sa.Connection) -> None:
    """Apply the revisions that a database lacks, within the transaction that is open."""
    from alembic import command, config  # noqa: PLC0415 - 0.1 s that only an old schema needs

    settings = config.Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def back_up(path: Path, copy: Path) -> None:
    """Copy a whole SQLite database, as it stands between two changes, to a private file that is checked."""
    unfinished = copy.with_name(copy.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    try:
        with told(str(path)), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
            found = target.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            reason = f"{path} is damaged."
            raise StoreError(reason, "Restore it from a backup.")
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)
