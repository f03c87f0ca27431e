"""What becomes of changes when the process, the power or the disk fails (SQLite; see disk.py)."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outgrow.model.activity import Activity
from outgrow.model.judgement import Judgement, Value
from outgrow.store import activities, journal, judgements, settings
from outgrow.store.database import Store, open_store
from outgrow.store.faults import StoreError
from outgrow.store.sources import Reading
from tests.store.disk import OK, Step, Watch, watched

Entry = Callable[..., Activity]
AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
SECTOR = 512


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database in which all has been said once."""
    path = tmp_path_factory.mktemp("template") / "outgrow.db"
    with open_store(path) as store, store.begin() as change:
        settings.put(change, "turn", "0", AT)
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """Give a copy of the template."""
    return Path(shutil.copy(template, tmp_path / "outgrow.db"))


class Work:
    """Three changes, each acknowledged by its name: an import, a second one that changes half of it, a judgement."""

    def __init__(self, entry: Entry, size: int) -> None:
        """Make the activities of both imports."""
        self.first = [entry(number) for number in range(size)]
        self.second = [
            entry(number, title="Changed" if number % 2 else f"Plan week {number}") for number in range(size)
        ]

    def do(self, path: Path, acknowledge: Callable[[str], None]) -> None:
        """Make the changes and acknowledge each."""
        with open_store(path) as store:
            for name, records in (("first", self.first), ("second", self.second)):
                with store.begin() as change:
                    reading = Reading(importer="table", location=name, at=AT, complete=True)
                    activities.record(change, reading, records)
                acknowledge(name)
            with store.begin() as change:
                struck = frozenset(each.id for each in activities.everything(change)[:2])
                said = Judgement(workstream="w1", value=Value.DEPTH, since=AT.date(), said_at=AT, exceptions=struck)
                judgements.judge(change, said, keys=["t:plan"])
            acknowledge("judgement")

    def found(self, path: Path) -> list[str]:
        """Return the changes that are there: each as a whole, and the later ones only after the earlier."""
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            read = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own words
                for table in (
                    "runs",
                    "activities",
                    "activities WHERE title = 'Changed'",
                    "judgements",
                    "exceptions",
                    "pins",
                )
            ]
        size, half = len(self.first), len(self.first) // 2
        states = [[0] * 6, [1, size, 0, 0, 0, 0], [2, size, half, 0, 0, 0], [2, size, half, 1, 2, 1]]
        assert read in states
        return ["first", "second", "judgement"][: states.index(read)]


@pytest.fixture
def work(entry: Entry) -> Work:
    """Give work on a few activities."""
    return Work(entry, 40)


def in_child(job: Callable[[Callable[[str], None]], None]) -> tuple[list[str], int]:
    """Do a job in a process of its own; return what it acknowledged, and how it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            job(lambda name: (os.write(writing, f"{name}\n".encode()), None)[1])
            os._exit(0)
        except BaseException:  # noqa: BLE001 - whatever it is, this copy of the test run must end here
            os._exit(1)
    os.close(writing)
    with open(reading) as acknowledged:  # noqa: PTH123 - a pipe
        names = acknowledged.read().split()
    return names, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killing(step: int) -> Watch:
    """End the process before a step of the disk (the first is 1)."""
    left = step

    def watch(_: Step) -> int:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return OK

    return watch


def killed(work: Work, path: Path, step: int) -> tuple[list[str], int]:
    def job(acknowledge: Callable[[str], None]) -> None:
        with watched(killing(step)):
            work.do(path, acknowledge)

    return in_child(job)


@pytest.mark.promise("P1")
def test_a_kill_before_any_step_of_the_disk_loses_nothing_acknowledged(
    work: Work, template: Path, database: Path
) -> None:
    for step in range(1, 10_000):
        shutil.copy(template, database)
        acknowledged, end = killed(work, database, step)
        found = work.found(database)
        assert found[: len(acknowledged)] == acknowledged
        assert len(found) <= len(acknowledged) + 1
        if end == 0:
            break
        assert end == -signal.SIGKILL
    assert step > 50
    assert found == ["first", "second", "judgement"]


@pytest.mark.slow
@pytest.mark.promise("P1")
def test_a_kill_before_any_step_of_a_large_import_loses_nothing_acknowledged(
    entry: Entry, template: Path, database: Path
) -> None:
    test_a_kill_before_any_step_of_the_disk_loses_nothing_acknowledged(Work(entry, 600), template, database)


@pytest.mark.promise("P1")
def test_the_store_opens_after_a_kill_and_goes_on(work: Work, database: Path) -> None:
    killed(work, database, 40)
    work.do(database, lambda _: None)
    with open_store(database) as store, store.look() as view:
        assert activities.count(view) == len(work.first)
        assert len(judgements.judgements(view)) == 1


@dataclass
class PowerCut:
    """What a disk may hold after the power went: what was synced, and any part of what was not."""

    chance: random.Random
    synced: dict[str, bytearray] = field(default_factory=dict)
    waiting: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))

    def take(self, step: Step) -> None:
        """Take a step while there is power."""
        if step.kind == "sync":
            for each in self.waiting.pop(step.file, []):
                self._apply(each)
        else:
            self.waiting[step.file].append(step)

    def cut(self) -> dict[str, bytearray]:
        """Cut the power; return what the files hold then."""
        for steps in self.waiting.values():
            for step in steps:
                for part in self._torn(step):
                    self._apply(part)
        return self.synced

    def _torn(self, step: Step) -> Iterator[Step]:
        fate = self.chance.random()
        if step.kind == "write" and fate < 1 / 3:
            for at in range(0, len(step.data), SECTOR):
                if self.chance.random() < 1 / 2:
                    yield Step("write", step.file, step.place + at, step.data[at : at + SECTOR])
        elif fate < 2 / 3:
            yield step

    def _apply(self, step: Step) -> None:
        if step.kind == "delete":
            self.synced.pop(step.file, None)
            return
        held = self.synced.setdefault(step.file, bytearray())
        if step.kind == "truncate":
            del held[step.place :]
        else:
            held.extend(bytes(max(0, step.place - len(held))))
            held[step.place : step.place + len(step.data)] = step.data


def cut_power(work: Work, template: Path, database: Path, times: int) -> None:
    log: list[Step | str] = []

    def watch(step: Step) -> int:
        log.append(step)
        return OK

    with watched(watch):
        work.do(database, log.append)
    chance = random.Random(20_260_401)  # noqa: S311 - the same cuts in each run
    for _ in range(times):
        point = chance.randrange(len(log) + 1)
        power = PowerCut(chance, {str(database): bytearray(template.read_bytes())})
        for event in log[:point]:
            if isinstance(event, Step):
                power.take(event)
        shutil.rmtree(database.parent)
        database.parent.mkdir()
        for name, held in power.cut().items():
            Path(name).write_bytes(held)
        acknowledged = [event for event in log[:point] if isinstance(event, str)]
        assert work.found(database)[: len(acknowledged)] == acknowledged


@pytest.mark.promise("P2")
def test_a_power_cut_loses_nothing_acknowledged(work: Work, template: Path, database: Path) -> None:
    cut_power(work, template, database, 300)


@pytest.mark.slow
@pytest.mark.promise("P2")
def test_ten_thousand_power_cuts_lose_nothing_acknowledged(work: Work, template: Path, database: Path) -> None:
    cut_power(work, template, database, 10_000)


@dataclass(frozen=True)
class Fault:
    """A step of one kind fails with a code, which is told with a word."""

    code: int
    kind: str
    word: str


FAULTS = [
    Fault(sqlite3.SQLITE_FULL, "write", "full"),
    Fault(sqlite3.SQLITE_IOERR, "sync", "refused"),
    Fault(sqlite3.SQLITE_READONLY, "write", "cannot be written"),
]


def failing_from(step: int, fault: Fault) -> Watch:
    """Let every step of a kind fail from some step on."""
    left = step

    def watch(taken: Step) -> int:
        nonlocal left
        left -= 1
        return fault.code if left <= 0 and taken.kind == fault.kind else OK

    return watch


def reason_of_failing(work: Work, path: Path, watch: Watch, done: list[str]) -> str:
    """Do the work on a failing disk; return what is told, empty when all went well."""
    try:
        with watched(watch):
            work.do(path, done.append)
    except StoreError as told:
        return told.reason
    return ""


@pytest.mark.promise("P3")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.word)
def test_a_failing_disk_is_told_and_nothing_is_half_done(
    work: Work, template: Path, database: Path, fault: Fault
) -> None:
    for step in range(1, 10_000, 7):
        shutil.copy(template, database)
        done: list[str] = []
        reason = reason_of_failing(work, database, failing_from(step, fault), done)
        if not reason:
            break
        assert fault.word in reason
        # Now the disk is well again.
        assert work.found(database)[: len(done)] == done
    assert step > 50
    assert done == ["first", "second", "judgement"]


@pytest.mark.promise("P4")
def test_two_processes_write_while_one_is_killed_again_and_again(database: Path) -> None:
    def write(name: str, times: int) -> Callable[[Callable[[str], None]], None]:
        def job(acknowledge: Callable[[str], None]) -> None:
            with open_store(database) as store:
                for turn in range(times):
                    with store.begin() as change:
                        judgements.feel(change, date.fromordinal(700_000 + turn), 3, AT)
                        settings.put(change, name, str(turn), AT)
                    acknowledge(str(turn))

        return job

    chance = random.Random(4)  # noqa: S311 - any moments will do
    steady = os.fork()
    if steady == 0:
        in_child_status = in_child(write("steady", 60))[1]
        os._exit(in_child_status)
    for turn in range(8):
        name = f"killed-{turn}"
        acknowledged, _ = in_child(_killed_after(write(name, 1_000), chance.uniform(0.05, 0.2)))
        with open_store(database) as store, store.look() as view:
            last = int(settings.get(view, name, "-1"))
        assert last in {len(acknowledged) - 1, len(acknowledged)}
    assert os.waitstatus_to_exitcode(os.waitpid(steady, 0)[1]) == 0
    with open_store(database) as store:
        assert store.integrity() == []
        with store.look() as view:
            assert settings.get(view, "steady") == "59"
            numbers = [each.number for each in journal.said(view)]
            assert numbers == list(range(1, len(numbers) + 1))


def _killed_after(
    job: Callable[[Callable[[str], None]], None], seconds: float
) -> Callable[[Callable[[str], None]], None]:
    def killed_job(acknowledge: Callable[[str], None]) -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        job(acknowledge)

    return killed_job


def test_a_database_in_use_is_told(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outgrow.store.database.PATIENCE_SECONDS", 0.1)
    with open_store(place) as one, open_store(place) as other, one.begin() as change:
        settings.put(change, "a", "1", AT)
        began = time.monotonic()
        with pytest.raises(StoreError, match="in use"), other.begin():
            pass
        assert time.monotonic() - began < 3


def test_an_exception_within_a_change_undoes_it(store: Store) -> None:
    def broken() -> None:
        with store.begin() as change:
            settings.put(change, "a", "1", AT)
            raise LookupError

    with pytest.raises(LookupError):
        broken()
    with store.look() as view:
        assert settings.everything(view) == {}
