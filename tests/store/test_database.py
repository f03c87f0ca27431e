"""Opening a database: private, up to date, or refused with a remedy."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from outgrow.store import database, schema, settings, upgrade
from outgrow.store.database import Store, open_store
from outgrow.store.faults import StoreError

LATER = f"""
from alembic import op

revision = "9999"
down_revision = "{schema.REVISIONS[-1]}"


def upgrade():
    op.execute("CREATE TABLE later (a INTEGER)")
"""
AT = datetime(2026, 4, 1, 8, tzinfo=UTC)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_empty_store_is_whole(store: Store) -> None:
    assert store.integrity() == []


def test_the_revisions_lead_to_the_tables_we_work_with(store: Store) -> None:
    with store.look() as view:
        assert compare_metadata(MigrationContext.configure(view.connection), schema.metadata) == []
    known = ScriptDirectory(str(upgrade.MIGRATIONS)).walk_revisions()
    assert [each.revision for each in known] == list(reversed(schema.REVISIONS))


def test_every_key_begins_with_the_person() -> None:
    for table in schema.metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "person"
        assert all(next(iter(index.columns)).name == "person" for index in table.indexes)


@pytest.mark.promise("P10")
def test_folder_and_files_are_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "outgrow.db"
    with open_store(path) as store:
        with store.begin() as change:
            settings.put(change, "a", "1", AT)
            assert {mode(each) for each in path.parent.iterdir()} == {0o600}
        assert mode(path.parent) == 0o700
    path.chmod(0o644)
    open_store(path).close()
    assert mode(path) == 0o600


@pytest.mark.promise("P2")
def test_changes_are_synced_and_references_checked(tmp_path: Path) -> None:
    with open_store(tmp_path / "outgrow.db") as store, store.look() as view:
        said = {
            name: view.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "foreign_keys", "journal_mode")
        }
    sound = sqlite3.sqlite_version_info >= (3, 51, 3)
    assert said == {"synchronous": 2, "foreign_keys": 1, "journal_mode": "wal" if sound else "truncate"}


def test_what_was_said_is_there_when_opened_again(place: str) -> None:
    with open_store(place) as store, store.begin() as change:
        settings.put(change, "a", "1", AT)
    with open_store(place) as store, store.look() as view:
        assert settings.get(view, "a") == "1"


def test_an_up_to_date_database_is_opened_without_alembic(tmp_path: Path) -> None:
    path = tmp_path / "outgrow.db"
    open_store(path).close()
    opening = "from outgrow.store.database import open_store; open_store(sys.argv[1])"
    program = f"import sys; {opening}; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.promise("P6")
def test_a_newer_schema_is_refused(place: str) -> None:
    with open_store(place) as store, store.begin() as change:
        change.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer outgrow") as refused:
        open_store(place)
    assert "Install the newest outgrow" in refused.value.remedy


@pytest.mark.promise("P6")
def test_an_older_schema_is_upgraded_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "outgrow.db"
    with open_store(path) as store, store.begin() as change:
        settings.put(change, "a", "1", AT)
    _next_revision(tmp_path, monkeypatch)
    with open_store(path) as store, store.look() as view:
        assert settings.get(view, "a") == "1"
        assert upgrade.revision(view.connection, "") == "9999"
        assert view.connection.scalar(sa.text("SELECT count(*) FROM later")) == 0
    backup = tmp_path / "outgrow.db.before-9999"
    assert mode(backup) == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.REVISIONS[-1],)]
        assert connection.execute("SELECT key, value FROM settings").fetchall() == [("a", "1")]


def _next_revision(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be a revision more than there is."""
    migrations = folder / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / "9999_later.py").write_text(LATER)
    monkeypatch.setattr(upgrade, "MIGRATIONS", migrations)
    for module in (database, upgrade):
        monkeypatch.setattr(module, "REVISIONS", (*schema.REVISIONS, "9999"))


@pytest.mark.promise("P5")
def test_a_damaged_database_is_never_backed_up(tmp_path: Path) -> None:
    path, copy = tmp_path / "outgrow.db", tmp_path / "copy.db"
    open_store(path).close()
    copy.write_bytes(b"the good one")
    held = bytearray(path.read_bytes())
    held[3 * 4096 : 4 * 4096] = b"\xff" * 4096
    path.write_bytes(held)
    with pytest.raises(StoreError, match="damaged"):
        upgrade.back_up(path, copy)
    assert copy.read_bytes() == b"the good one"


def test_what_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary\n" * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(path)
    assert path.read_text() == "Dear diary\n" * 100


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


@pytest.mark.parametrize("place", ["/proc/outgrow/outgrow.db", "/dev/null/outgrow.db", "/proc"])
@pytest.mark.promise("P3")
def test_a_place_that_cannot_hold_a_database_is_told(place: str) -> None:
    with pytest.raises(StoreError) as told:
        open_store(place)
    assert place in told.value.reason
    assert told.value.remedy


def test_an_unreachable_server_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached") as told:
        open_store(f"postgresql://anna:secret@/outgrow?host={tmp_path}")
    assert "secret" not in str(told.value)
