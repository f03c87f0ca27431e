"""A large change keeps nobody from reading what was there before it, until it is whole."""

from pathlib import Path

from outgrow.store import schema
from outgrow.store.database import open_store


def test_a_change_larger_than_the_cache_keeps_nobody_from_reading(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite3"
    with open_store(path) as writer, open_store(path) as reader:
        with writer.begin() as change:
            for part in range(20):  # 40 MB
                change.add(schema.runs, [(part, "", "", "x" * 2_000_000, "", 0, 0, False, 0, 0, 0, 0, 0, 0, 0)])
            with reader.look() as view:
                assert view.connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 0
        with reader.look() as view:
            assert view.connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 20
