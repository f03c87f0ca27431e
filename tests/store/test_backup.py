"""Every backup restores, and none takes the place of a good one before it was proved."""

import os
import shutil
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command, config

from outgrow.model.activity import Activity
from outgrow.model.fault import Fault
from outgrow.store import backup, files, parcel, restore, schema, seal, settings, upgrade
from outgrow.store.database import Store, open_store
from outgrow.store.faults import StoreError
from outgrow.store.plain import Unsound
from tests.store.disk import OK, Step, watched
from tests.store.test_faults import in_child, killing
from tests.store.test_restore import fill, pack, put_back, tables

NOW = datetime(2026, 10, 30, 9, 30, tzinfo=UTC)
WORDS = "correct horse, battery staple"
Entry = Callable[..., Activity]


def make(store: Store, to: Path | None = None, *, hours: int = 0, keep: int | None = None) -> Path:
    return backup.back_up(store, NOW + timedelta(hours=hours), to, "", keep).backup.path


def check_restores(path: Path, folder: Path, expected: dict[str, str], passphrase: str = "") -> None:
    """Restore a backup into a new place, and compare everything."""
    with open_store(folder / "outgrow.sqlite3") as fresh, restore.opened(path, passphrase) as read:
        restore.restore(fresh, read)
        assert tables(fresh) == expected
        with fresh.look() as view:
            assert files.damaged(fresh, files.mentioned(view)) == []
    shutil.rmtree(folder)


@pytest.fixture
def here(tmp_path: Path, entry: Entry) -> Iterator[Store]:
    """Give a store in a file with something of every kind."""
    with open_store(tmp_path / "data" / "outgrow.sqlite3") as opened:
        fill(opened, entry)
        yield opened


@pytest.mark.promise("P5")
def test_a_backup_restores_with_its_kept_files(store: Store, entry: Entry, tmp_path: Path) -> None:
    fill(store, entry)
    path = make(store, tmp_path / "stick")
    assert path.stat().st_mode & 0o077 == 0
    check_restores(path, tmp_path / "fresh", tables(store))
    assert [each.name for each in backup.home(store).glob(".*")] == [], "nothing half done is left"


@pytest.mark.promise("P5")
def test_older_ones_go_only_when_the_new_one_was_proved(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make(here, hours=number) for number in range(3)]
    assert [each.path for each in backup.backups(here)] == made[::-1]
    made.append(make(here, hours=3, keep=2))
    assert [each.exists() for each in made] == [False, False, True, True]
    monkeypatch.setattr(restore, "digests", lambda _: {"activities.jsonl": str(os.urandom(4))})
    with pytest.raises(backup.NoBackup, match="for a trial"):
        make(here, hours=4, keep=1)
    assert [each.exists() for each in made] == [False, False, True, True]
    assert sorted(made[3].parent.iterdir()) == made[2:]


def test_the_backups_of_other_data_stay(here: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "other" / "outgrow.sqlite3") as other:
        theirs = make(other, tmp_path / "stick")
    ours = [make(here, tmp_path / "stick", hours=number, keep=1) for number in range(2)]
    (tmp_path / "stick" / "outgrow-notes.zip").touch()
    assert theirs.exists()
    assert [each.path for each in backup.backups(here)] == ours[1:]
    assert not ours[0].exists()


def test_what_a_killed_backup_left_goes_after_a_day(here: Store, tmp_path: Path) -> None:
    made = make(here, tmp_path / "stick")
    left = [made.with_name(f".{made.name}.{mark}") for mark in ("0a1b2c3d", "ffffffff")]
    for each in (*left, made.with_name(".others.zip.0a1b2c3d")):
        each.touch()
        os.utime(each, (0, 0))
    os.utime(left[1])
    make(here, tmp_path / "stick", hours=1)
    assert [each.exists() for each in left] == [False, True]
    assert made.with_name(".others.zip.0a1b2c3d").exists()


def test_backups_of_one_moment_do_not_overwrite_each_other(here: Store) -> None:
    made = [make(here) for _ in range(3)]
    assert len(set(made)) == 3
    assert {each.path for each in backup.backups(here)} == set(made)


@pytest.mark.promise("P5")
def test_damaged_data_are_never_backed_up(here: Store) -> None:
    good = make(here, keep=1)
    assert here.path
    with here.path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 6))
    with pytest.raises(Fault, match="damaged"):
        make(here, hours=1, keep=1)
    assert [each.path for each in backup.backups(here)] == [good]


@pytest.mark.promise("P5")
def test_what_refers_to_nothing_is_never_backed_up(here: Store) -> None:
    good = make(here, keep=1)
    assert here.path
    with sqlite3.connect(here.path) as connection:
        connection.execute("INSERT INTO skips VALUES (1, 99, 98, 'w')")
    with pytest.raises(backup.NoBackup, match="damaged"):
        make(here, hours=1, keep=1)
    assert [each.path for each in backup.backups(here)] == [good]


def test_a_kept_file_that_is_gone_is_told_and_the_rest_backed_up(here: Store, tmp_path: Path) -> None:
    shutil.rmtree(files.folder(here))
    made = backup.back_up(here, NOW, None, "", None)
    assert made.missing == ("offer.pdf",)
    with open_store(tmp_path / "fresh" / "outgrow.sqlite3") as fresh, restore.opened(made.backup.path) as read:
        assert restore.restore(fresh, read).missing == ("offer.pdf",)


@pytest.mark.promise("P5")
def test_a_backup_made_during_writing_holds_one_moment(here: Store, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with open_store(here.path or "") as own:
            for number in range(100_000):
                if done.is_set():
                    return
                with suppress(StoreError), own.begin() as change:  # in use for a moment
                    for part in range(5):
                        settings.put(change, "role", f"{number} {part}", NOW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make(here) for _ in range(3)]
    finally:
        done.set()
        writer.join()
    for path in made:
        with open_store(tmp_path / path.stem / "outgrow.sqlite3") as fresh:
            put_back(fresh, path)
            with fresh.look() as view:
                assert settings.get(view, "role", "x 4").endswith(" 4"), "a change is in it whole or not at all"


@pytest.mark.promise("P6")
def test_the_backup_of_an_older_schema_is_brought_up_to_date(here: Store, tmp_path: Path) -> None:
    old, packed = tmp_path / "old.sqlite3", tmp_path / "old.zip"
    oldest = config.Config()
    oldest.set_main_option("script_location", str(upgrade.MIGRATIONS))
    engine = sa.create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:
        oldest.attributes["connection"] = connection
        command.upgrade(oldest, schema.REVISIONS[0])
        connection.exec_driver_sql("INSERT INTO said VALUES (1, 1, 'setting', 0, 0, NULL)")
        connection.exec_driver_sql("INSERT INTO settings VALUES (1, 1, 'role', 'Analyst')")
    engine.dispose()
    with parcel.packing(packed, "backup") as packer:
        packer.put_file(restore.DATABASE, old)
    put_back(here, packed, replace=True)
    with here.look() as view:
        assert settings.everything(view) == {"role": "Analyst"}


@pytest.mark.parametrize("odd", ["VIEW v AS SELECT 1", "TRIGGER t AFTER INSERT ON said BEGIN SELECT 1; END"])
def test_a_database_with_what_ours_never_has_is_refused(here: Store, odd: str) -> None:
    assert here.path
    with sqlite3.connect(here.path) as connection:
        connection.execute(f"CREATE {odd}")
    with pytest.raises(Unsound, match="damaged"):
        make(here)


@pytest.mark.promise("P5")
def test_a_closed_backup_opens_with_its_passphrase_and_whole_alone(here: Store, tmp_path: Path) -> None:
    path = backup.back_up(here, NOW, tmp_path / "stick", WORDS, None).backup.path
    assert seal.is_sealed(path)
    assert b"outgrow.sqlite3" not in path.read_bytes()
    with pytest.raises(seal.NeedsPassphrase):
        put_back(here, path)
    with pytest.raises(seal.CannotOpen, match="The passphrase does not open"), restore.opened(path, "another"):
        pass
    check_restores(path, tmp_path / "fresh", tables(here), WORDS)
    whole = path.read_bytes()
    for length in (40, 200, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(seal.CannotOpen, match="not whole"), restore.opened(path, WORDS):
            pass


def full_from(step: int) -> Callable[[Step], int]:
    """Let the disk be full from a step on."""
    left = step

    def watch(each: Step) -> int:
        nonlocal left
        left -= 1
        return sqlite3.SQLITE_FULL if left <= 0 and each.kind == "write" else OK

    return watch


def attempt(store: Store, path: Path) -> str:
    """Restore; return the fault in words, empty when all went well."""
    try:
        put_back(store, path)
    except StoreError as fault:
        return str(fault)
    return ""


@pytest.mark.promise("P3")
def test_a_disk_that_is_full_at_any_step_of_a_restore_leaves_nothing_half_done(here: Store, tmp_path: Path) -> None:
    packed, target = pack(here, tmp_path / "out.zip"), tmp_path / "fresh" / "outgrow.sqlite3"
    with open_store(target) as fresh:
        nothing = tables(fresh)
    for step in range(1, 10_000):
        with watched(full_from(step)), open_store(target) as fresh:
            found = attempt(fresh, packed)
        if not found:
            break
        assert "full" in found
        with open_store(target) as fresh:
            assert tables(fresh) == nothing
        assert not any(files.folder(fresh).iterdir())
    assert step > 5


@pytest.mark.promise("P1")
@pytest.mark.promise("P3")
def test_a_kill_at_any_time_in_a_restore_leaves_all_or_nothing(here: Store, tmp_path: Path) -> None:
    packed, target = pack(here, tmp_path / "out.zip"), tmp_path / "fresh" / "outgrow.sqlite3"
    with open_store(target) as fresh:
        nothing = tables(fresh)
    empty = target.read_bytes()

    def job(step: int, acknowledge: Callable[[str], None]) -> None:
        with watched(killing(step)), open_store(target) as fresh:
            put_back(fresh, packed)
            acknowledge("restored")

    for step in range(1, 10_000, 3):
        acknowledged, end = in_child(partial(job, step))
        with open_store(target) as fresh:
            found = tables(fresh)
        assert found == (tables(here) if acknowledged else found)
        assert found in (nothing, tables(here))
        if end == 0:
            break
        assert end == -signal.SIGKILL
        target.write_bytes(empty)
    assert acknowledged
    assert step > 5


CHANGES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"})


@pytest.mark.promise("P5")
def test_a_kill_at_any_time_leaves_the_older_backups_and_none_that_does_not_restore(
    here: Store, tmp_path: Path
) -> None:
    first = make(here, keep=1)
    kept = shutil.copy(first, tmp_path / "kept")
    with here.begin() as change:
        settings.put(change, "role", "Lead", NOW)
    expected = tables(here)

    def job(step: int, acknowledge: Callable[[str], None]) -> None:
        left = step

        def hook(event: str, _: tuple[object, ...]) -> None:
            nonlocal left
            if event not in CHANGES:
                return
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        with open_store(here.path or "") as own:
            sys.addaudithook(hook)
            make(own, hours=1, keep=1)
        acknowledge("made")

    for step in range(1, 10_000, 5):
        acknowledged, end = in_child(partial(job, step))
        there = [each.path for each in backup.backups(here)]
        assert there
        for each in there:
            if each != first:
                check_restores(each, tmp_path / "fresh", expected)
                each.unlink()
        if first not in there:
            assert len(there) == 1, "the older one went although there was no newer one"
            shutil.copy(kept, first)
        if end == 0:
            break
        assert end == -signal.SIGKILL
    assert acknowledged
    assert step > 20
    assert tables(here) == expected
