"""The sandbox: what comes through, what does not, and what a file that goes wrong leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import msgspec
import pytest

from outgrow.importers import child, sandbox
from outgrow.importers.contract import Context
from outgrow.importers.frames import Cause, Frame, Limits
from outgrow.importers.sandbox import Asked, Batch, Event, Failed, FileEnded, FileStarted, read
from outgrow.model.activity import Activity, Kind

Files = Callable[..., list[Path]]
SHORT = Limits(seconds=1)


def ends(events: list[Event]) -> list[Event]:
    return [each for each in events if isinstance(each, FileEnded | Asked | Failed)]


def activities(events: list[Event]) -> list[Activity]:
    return [activity for each in events if isinstance(each, Batch) for activity in each.activities]


def failure(files: Files, context: Context, stem: str, limits: Limits = SHORT) -> Failed:
    *_, last = read("unruly", files(stem), context, limits)
    assert isinstance(last, Failed)
    return last


def test_a_file_comes_through_as_it_is(unruly: Files, context: Context) -> None:
    (path,) = unruly("fine")
    started, batch, ended = read("unruly", [path], context)
    assert started == FileStarted(path, 1)
    assert isinstance(batch, Batch)
    assert [each.line for each in batch.activities] == [1, 1]
    assert batch.activities[0].start == datetime(2024, 5, 1, 3, 30, tzinfo=UTC)
    assert str(batch.activities[0].start).endswith("+05:30")
    assert batch.problems[0].reason == "no date"
    assert isinstance(ended, FileEnded)
    assert ended.tally.complete
    assert (ended.tally.records, ended.tally.activities, ended.tally.problems) == (2, 2, 1)


def test_one_child_serves_many_files(unruly: Files, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    popen = Mock(wraps=subprocess.Popen)
    monkeypatch.setattr(subprocess, "Popen", popen)
    paths = unruly(*(f"fine {number}" for number in range(300)))
    assert [each.path for each in ends(list(read("unruly", paths, context)))] == paths
    assert popen.call_count == 1


def test_batches_tell_how_far_it_is(unruly: Files, context: Context) -> None:
    batches = [each for each in read("unruly", unruly("many"), context) if isinstance(each, Batch)]
    assert len(batches) > 10
    assert [each.records for each in batches] == sorted(each.records for each in batches)
    assert batches[-1].records == 10_000
    assert sum(len(each.activities) for each in batches) == 10_002


@pytest.mark.promise("P9")
@pytest.mark.parametrize("stem", ["loop", "pattern"])
def test_too_much_computing_ends_the_file(unruly: Files, context: Context, stem: str) -> None:
    failed = failure(unruly, context, stem)
    assert failed.cause is Cause.TIME
    assert "more than 1 seconds" in failed.problem.reason
    assert failed.problem.line == 0
    assert failed.problem.remedy


@pytest.mark.promise("P9")
def test_waiting_for_ever_ends_the_file(unruly: Files, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_PATIENCE_FLOOR", 0)
    assert failure(unruly, context, "sleep", Limits(seconds=1, patience=1)).cause is Cause.TIME


@pytest.mark.promise("P9")
def test_too_much_memory_ends_the_file(unruly: Files, context: Context) -> None:
    failed = failure(unruly, context, "memory", Limits(memory_mb=100))
    assert failed.cause is Cause.MEMORY
    assert "100 MB" in failed.problem.reason


@pytest.mark.promise("P9")
def test_a_crash_leaves_the_other_files_alone(unruly: Files, context: Context) -> None:
    paths = unruly("fine", "death", "loop", "memory", "fine again")
    last = ends(list(read("unruly", paths, context, Limits(seconds=1, memory_mb=100))))
    assert [each.path for each in last] == paths
    assert [each.cause for each in last if isinstance(each, Failed)] == [Cause.CRASH, Cause.TIME, Cause.MEMORY]
    assert [each.path for each in last if isinstance(each, FileEnded)] == [paths[0], paths[4]]


@pytest.mark.parametrize("stem", ["loop", "memory", "fault"])
def test_what_came_before_the_end_counts(unruly: Files, context: Context, stem: str) -> None:
    events = list(read("unruly", unruly(stem), context, Limits(seconds=1, memory_mb=100)))
    assert [each.line for each in activities(events)] == [1, 1]


@pytest.mark.promise("P12")
def test_a_fault_of_the_importer_tells_its_type_and_place_only(unruly: Files, context: Context) -> None:
    failed = failure(unruly, context, "fault")
    assert failed.cause is Cause.FAULT
    assert "ValueError in unruly_importer.py line" in failed.problem.reason
    assert "swordfish" not in str(failed)


def test_a_file_that_cannot_be_read_says_why(unruly: Files, context: Context) -> None:
    failed = failure(unruly, context, "unreadable")
    assert (failed.cause, failed.problem.reason) == (Cause.UNREADABLE, "it is a picture")
    assert failed.problem.remedy == "Give me words."
    assert "No such file" in failure(unruly, context, "gone").problem.reason


@pytest.mark.promise("P11")
@pytest.mark.parametrize("stem", ["network", "lookup"])
def test_the_network_is_out_of_reach(unruly: Files, context: Context, stem: str) -> None:
    assert "NetworkRefusedError" in failure(unruly, context, stem).problem.reason


def test_no_file_can_be_written(
    unruly: Files, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "written"
    monkeypatch.setenv("UNRULY_OUT", str(target))
    failure(unruly, context, "writing")
    assert not target.exists() or target.read_text() == ""


def test_files_held_open_are_bounded(unruly: Files, context: Context) -> None:
    assert "Too many open files" in failure(unruly, context, "files").problem.reason


def test_what_an_importer_prints_disturbs_nothing(unruly: Files, context: Context) -> None:
    assert isinstance(ends(list(read("unruly", unruly("noise"), context)))[0], FileEnded)


def test_a_question_reaches_the_person_and_its_answer_the_file(unruly: Files, context: Context) -> None:
    paths = unruly("question", "choice")
    kept = {"shape of choice": {"who": "me"}}
    events = list(read("unruly", paths, context, kept=kept))
    asked = ends(events)[0]
    assert isinstance(asked, Asked)
    assert (asked.question.key, asked.question.text) == ("who", "Who are you?")
    assert asked.question.options[0].value == "me"
    assert asked.signature == "shape of question"
    assert activities(events)[-1].title == "me"


@pytest.mark.promise("P13")
def test_odd_texts_and_times_come_through_repaired(unruly: Files, context: Context) -> None:
    *_, long, amsterdam, last, first = activities(list(read("unruly", unruly("odd"), context)))
    assert len(long.title) == 2000
    assert long.title.startswith("?a")
    assert long.tags == ("?",)
    assert amsterdam.start == datetime(1799, 12, 31, 23, 40, 28, tzinfo=UTC)
    assert last.start is not None
    assert (last.start.year, last.start.utcoffset()) == (9999, -timedelta(hours=12))
    assert first.start is not None
    assert (first.start.year, first.start.utcoffset()) == (1, timedelta(hours=14))


def test_an_importer_that_cannot_be_loaded_is_told_for_every_file(
    install: Callable[[str, str, str], Path], context: Context, tmp_path: Path
) -> None:
    install("broken", "broken_importer:Missing", "import no_such_module")
    last = ends(list(read("broken", [tmp_path / "a", tmp_path / "b"], context)))
    assert [each.cause for each in last if isinstance(each, Failed)] == [Cause.FAULT] * 2


def test_an_unknown_importer_is_refused(context: Context) -> None:
    with pytest.raises(KeyError):
        next(read("nobody", [Path("x")], context))


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for processes")
def test_closing_the_reading_ends_the_child(unruly: Files, context: Context) -> None:
    events = read("unruly", unruly("many"), context)
    next(events)
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert children_of(os.getpid()) == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="asks the system for processes")
@pytest.mark.parametrize("stem", ["sleep", "loop"])
def test_no_child_outlives_its_parent(unruly: Files, stem: str) -> None:
    (path,) = unruly(stem)
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(path), *sys.path])
    deadline = time.monotonic() + 20
    while not (left := children_of(parent.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    while any(is_running(each) for each in left) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left
    assert not any(is_running(each) for each in left)


PARENT = """
import sys
sys.path[:] = sys.argv[2:]
from datetime import UTC, datetime
from pathlib import Path
from outgrow.importers.contract import Context
from outgrow.importers.sandbox import read
list(read("unruly", [Path(sys.argv[1])], Context(now=datetime.now(UTC))))
"""


def children_of(pid: int) -> list[int]:
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and (stat := stat_of(entry)) and int(stat[1]) == pid and stat[0] != "Z"
    ]


def is_running(pid: int) -> bool:
    stat = stat_of(Path("/proc") / str(pid))
    return bool(stat) and stat[0] != "Z"


def stat_of(entry: Path) -> list[str]:
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def test_a_frame_that_cannot_be_sent_is_repaired_item_by_item() -> None:
    good = Activity(source="s", account="", native_id="1", line=1, kind=Kind.NOTE, title="fine")
    bad = Activity(source="s", account="", native_id="\ud800", line=2, kind=Kind.NOTE, title="x" * 5000)
    frame = msgspec.json.decode(child.encoded(Frame(activities=[good, bad])), type=Frame)
    assert frame.activities[0] == good
    assert frame.activities[1].native_id == "?"
    assert len(frame.activities[1].title) == 2000


@pytest.mark.slow
def test_the_pipe_costs_little(unruly: Files, context: Context) -> None:
    began = time.process_time()
    for _ in read("unruly", unruly(*["many"] * 10), context):
        pass
    assert time.process_time() - began < 0.5


def test_the_seconds_grow_with_the_file_up_to_a_bound(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x" * 2_000_000)
    limits = Limits()
    assert sandbox._seconds(path, limits) == 30  # noqa: SLF001 - the promise is about this number
    with path.open("r+b") as file:
        file.truncate(10**12)
    assert sandbox._seconds(path, limits) == limits.most_seconds  # noqa: SLF001 - as above
    assert sandbox._seconds(tmp_path, limits) == limits.folder_seconds  # noqa: SLF001 - as above
    assert sandbox._seconds(tmp_path / "gone", limits) == limits.seconds  # noqa: SLF001 - as above
