"""The store: bringing in beside plain `csv` and `sqlite3`, small changes of a large store, hours per week.

Both sides read the same CSV file and end with the same rows in the same tables, synced to the disk.
"""

import csv
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Cost, Figure, command_cpu, measure
from outgrow.importers.contract import Context
from outgrow.importers.table import Table
from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.store import activities, computed, schema
from outgrow.store.database import Store, open_store
from outgrow.store.sources import Counts, Reading

AT = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = datetime(2016, 1, 4, 8, tzinfo=UTC)
TEN_YEARS = timedelta(days=3650)
MONDAY = date(2016, 1, 4)
WEEKS = 520
WORKSTREAMS = 40
SHEET = ("Description", "Project", "Start date", "Start time", "End date", "End time", "Duration", "Tags")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def run(*, small: bool) -> Iterator[Figure]:
    """Measure with 100,000 activities coming in and 1,000,000 in the store, or a hundredth of it."""
    size = 1_000 if small else 100_000
    with TemporaryDirectory() as folder:
        file = Path(folder) / "entries.csv"
        _write(file, size)
        yield from _bringing_in(Path(folder), file)
        yield from _whole_command(Path(folder), size)
        yield from _large(Path(folder), 10 * size)


def _write(file: Path, size: int) -> None:
    step = TEN_YEARS / size
    with file.open("w", newline="") as target:
        rows = csv.writer(target)
        for number in range(size):
            start = FIRST + step * number
            # Ids in no order, as sources give them.
            native_id = f"{number * 2_654_435_761 % 2**32:08x}"
            title = f"Review report {number % 700} with the team"
            rows.writerow([native_id, start, start + timedelta(minutes=30), title, f"Project {number % 12}", "deep"])


def _bringing_in(folder: Path, file: Path) -> Iterator[Figure]:
    """Take the median of three rounds: one alone is off by a tenth on a busy machine."""
    rounds = [_round(folder / str(number), file) for number in range(3)]
    plain, first, again = (statistics.median(cost.cpu for cost in each) for each in zip(*rounds, strict=True))
    count = rounds[0][0].result
    name = f"import of {count:,} activities"
    yield Figure(name=name, value=first / plain, unit="x", limit=2, against="csv + sqlite3.executemany")
    yield Figure(name="unchanged import again", value=again / first, unit="x", limit=1, against="the first")
    yield Figure(name="memory of the import", value=rounds[0][1].peak, unit="MB", limit=150)
    yield Figure(name="memory of the import again", value=rounds[0][2].peak, unit="MB", limit=150)


def _round(folder: Path, file: Path) -> tuple[Cost[int], Cost[Counts], Cost[Counts]]:
    folder.mkdir()
    plain = measure(plain_import, folder / "plain.db", file)
    first = measure(our_import, folder / "ours.db", file)
    again = measure(our_import, folder / "ours.db", file)
    assert first.result.new == again.result.unchanged == plain.result
    return plain, first, again


def _whole_command(folder: Path, size: int) -> Iterator[Figure]:
    """Compare `outgrow import` of a time sheet, start and processes included, with its reader and executemany."""
    sheet = folder / "toggl.csv"
    _write_sheet(sheet, size)
    plain = measure(read_and_insert, folder / "read.db", sheet)
    assert plain.result == size
    outgrow = str(Path(sys.executable).with_name("outgrow"))
    whole = command_cpu([outgrow, "--data", str(folder / "whole"), "import", str(sheet)], 1)
    name = f"outgrow import of {size:,} rows, with its processes"
    reader = "the same reader + sqlite3.executemany"
    yield Figure(name=name, value=whole / plain.cpu, unit="x", against=reader)


def _write_sheet(file: Path, size: int) -> None:
    step = TEN_YEARS / size
    with file.open("w", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(SHEET)
        for number in range(size):
            start = (FIRST + step * number).replace(second=0, microsecond=0)
            end = start + timedelta(minutes=30)
            title = f"Review report {number % 700} with the team"
            times = (f"{start:%Y-%m-%d}", f"{start:%H:%M:%S}", f"{end:%Y-%m-%d}", f"{end:%H:%M:%S}", "00:30:00")
            rows.writerow([title, f"Project {number % 12}", *times, "deep"])


def read_and_insert(database: Path, file: Path) -> int:
    """Read a time sheet with our reader in this process and write the rows with the standard library."""
    open_store(database).close()
    read = (each for each in Table().read(file, Context(now=AT)) if isinstance(each, Activity))
    with closing(sqlite3.connect(database)) as connection:
        marks = ", ".join("?" for _ in schema.activities.columns)
        rows = (_told_row(number, each) for number, each in enumerate(read, 1))
        connection.executemany(f"INSERT INTO activities VALUES ({marks})", rows)  # noqa: S608 - marks only
        connection.commit()
        return int(connection.execute("SELECT count(*) FROM activities").fetchone()[0])


def _told_row(number: int, each: Activity) -> tuple[object, ...]:
    starts, ends = ((when - EPOCH) // MICROSECOND if when else None for when in (each.start, each.end))
    told = (each.kind.value, each.title, each.precision.value, each.zone, each.zone_certainty.value, each.minutes)
    rest = (each.basis.value, each.project, each.series, each.role.value, each.state.value, each.visibility.value)
    own = (1, number, 1, number << 20, 1, 0, each.native_id, each.occurrence, 0, each.line, number)
    return (*own, starts, 0, ends, 0, *told, *rest, each.url, *map("\n".join, (each.tags, each.people)), "", "")


def plain_import(database: Path, file: Path) -> int:
    """Write the rows with nothing but the standard library, into tables as ours."""
    open_store(database).close()
    with closing(sqlite3.connect(database)) as connection, file.open(newline="") as lines:
        rows = (_plain_row(number, *fields) for number, fields in enumerate(csv.reader(lines), 1))
        marks = ", ".join("?" for _ in schema.activities.columns)
        connection.executemany(f"INSERT INTO activities VALUES ({marks})", rows)  # noqa: S608 - marks only
        connection.commit()
        return int(connection.execute("SELECT count(*) FROM activities").fetchone()[0])


def _plain_row(number: int, *fields: str) -> tuple[object, ...]:
    native_id, start, end, title, project, tag = fields
    starts, ends = ((datetime.fromisoformat(each) - EPOCH) // MICROSECOND for each in (start, end))
    identity = int(native_id, 16) << 20
    told = ("time entry", title, "minute", "", "assumed", 30.0, "measured", project, "", "unknown", "done", "normal")
    own = (1, number, 1, identity, 1, 0, native_id, "", 0, number, identity)
    return (*own, starts, 0, ends, 0, *told, "", tag, "", "", "")


def our_import(database: Path, file: Path) -> Counts:
    """Bring the same file in."""
    with open_store(database) as store, file.open(newline="") as lines:
        told = (_activity(number, *fields) for number, fields in enumerate(csv.reader(lines), 1))
        return _record(store, told)


def _activity(line: int, *fields: str) -> Activity:
    native_id, start, end, title, project, tag = fields
    return Activity(
        source="table",
        account="anna",
        native_id=native_id,
        line=line,
        kind=Kind.TIME_ENTRY,
        title=title,
        start=datetime.fromisoformat(start),
        end=datetime.fromisoformat(end),
        minutes=30.0,
        basis=DurationBasis.MEASURED,
        project=project,
        tags=(tag,),
    )


def _record(store: Store, told: Iterable[Activity]) -> Counts:
    reading = Reading(importer="table", location="entries.csv", at=AT, complete=True)
    with store.begin() as change:
        return activities.record(change, reading, told)


def _large(folder: Path, size: int) -> Iterator[Figure]:
    large, little = folder / "large.db", folder / "little.db"
    _fill(large, size)
    _fill(little, size // 100)
    yield Figure(name=f"500 more into {size:,}", value=_more(large, size), unit="ms", limit=50)
    ten_years, beside = _milliseconds(large, _hours), _milliseconds(little, _hours)
    yield Figure(name="hours per week over ten years", value=ten_years, unit="ms", limit=50)
    yield Figure(name="the same", value=ten_years / beside, unit="x", limit=1.5, against=f"it with {size // 100:,}")
    yield Figure(name="hours per week and workstream", value=_milliseconds(large, _by_workstream), unit="ms")


def _fill(database: Path, size: int) -> None:
    """Write a store of ten years, with the hours per week that go with it."""
    step = TEN_YEARS / size
    keys = [f"t:{number}" for number in range(max(1, min(WORKSTREAMS, size // WEEKS)))]
    weekly = dict.fromkeys(keys, 0.5 * size / WEEKS / len(keys))
    weeks = [MONDAY + timedelta(weeks=week) for week in range(WEEKS)]
    with open_store(database) as store:
        _record(store, (_entry(f"old-{number}", FIRST + step * number) for number in range(size)))
        with store.begin() as change:
            computed.put_topics(change, [computed.TopicRow(key, key, MONDAY, 1.0, "", f"w{key}") for key in keys])
            computed.put_weeks(change, weeks[0], weeks[-1], dict.fromkeys(weeks, weekly))


def _entry(native_id: str, start: datetime) -> Activity:
    times = start.isoformat(), (start + timedelta(minutes=30)).isoformat()
    return _activity(1, native_id, *times, "Review report", "Project", "")


def _more(database: Path, size: int) -> float:
    """Bring in 500 activities of the weeks after, five times over; the median in milliseconds of processor time."""
    step = TEN_YEARS / size
    taken = []
    with open_store(database) as store:
        for turn in range(1, 6):
            start = FIRST + TEN_YEARS + turn * 500 * step
            more = [_entry(f"new-{turn}-{number}", start + step * number) for number in range(500)]
            before = time.process_time()
            assert _record(store, more).new == len(more)
            taken.append(time.process_time() - before)
    return statistics.median(taken) * 1000


def _milliseconds(database: Path, look: Callable[[Store], int]) -> float:
    with open_store(database) as store:
        taken = list(islice(_taken(store, look), 21))
    return statistics.median(taken) * 1000


def _taken(store: Store, look: Callable[[Store], int]) -> Iterator[float]:
    while True:
        before = time.process_time()
        assert look(store) >= WEEKS
        yield time.process_time() - before


def _hours(store: Store) -> int:
    with store.look() as view:
        return len(computed.hours_by_week(view, MONDAY, MONDAY + TEN_YEARS))


def _by_workstream(store: Store) -> int:
    with store.look() as view:
        return len(computed.hours_by_workstream(view, MONDAY, MONDAY + TEN_YEARS))
