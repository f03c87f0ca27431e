"""Throw spoilt files at the importers: each may be refused with a reason, none may crash, hang or break its reader.

``python -m benchmarks.fuzz --count 100000 --importer notes`` runs one importer for long; what breaks it is kept.
"""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from openpyxl import Workbook  # type: ignore[import-untyped]

from benchmarks.figure import Figure
from outgrow.importers import discovery
from outgrow.importers.contract import Context
from outgrow.importers.frames import Cause
from outgrow.importers.sandbox import Batch, Failed, FileEnded, FileStarted, read

SAMPLES = Path(__file__).parents[1] / "tests" / "importers" / "samples"
CONTEXT = Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin", addresses=frozenset({"a@a.example"}))
AT_ONCE = 250
SLOWEST = 10.0  # seconds, the least that any file is given
FEW, MANY = 40, 2000
COMMITS_COST_MORE = 10
LONGEST = 20_000

CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VTIMEZONE
TZID:Made/Up
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20240101T000000Z
DTSTART;TZID=Made/Up:20240502T090000
DTEND;TZID=Made/Up:20240502T093000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20250101T000000Z
EXDATE;TZID=Made/Up:20240516T090000
ATTENDEE;CN="Ann";PARTSTAT=ACCEPTED:mailto:a@a.example
SUMMARY:Plan \\, and talk
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID;TZID=Made/Up:20240530T090000
DTSTART;TZID=Europe/Berlin:20240530T110000
DURATION:PT1H30M
STATUS:CANCELLED
SUMMARY:Moved
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20240601
RDATE;VALUE=PERIOD:20240602T000000Z/PT1H
SUMMARY:All day
END:VEVENT
END:VCALENDAR
"""
TABLES = {
    "toggl.csv": b"Description,Project,Start date,Start time,End date,End time,Duration,Tags\n"
    b'"Plan, and talk",Boat,2024-05-02,09:00:00,2024-05-02,10:30:00,01:30:00,"a, b"\n'
    b"Paint,Boat,2024-05-03,23:30:00,2024-05-04,00:15:00,00:45:00,\n",
    "harvest.csv": b"Date,Client,Project,Task,Notes,Hours\n"
    b'2024-05-02,C,Boat,Paint,green,"2,5"\n2024-05-03,C,Boat,Mast,,1.25\n',
    "own.csv": "Tag;Was;Stunden\n02.05.2024;Pläne;1,5\n03.05.2024;Mast;2\n".encode("cp1252"),
}
#: What has broken readers before.
NASTY = (
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\x1b[31m",
    b'"',
    b"\n",
    b"\r",
    b"0000-00-00",
    b"9999-12-31",
    b"24:00",
    b"99999999999999999999",
    b"FREQ=SECONDLY",
    b"INTERVAL=0",
    b"COUNT=99999999",
    b"BEGIN:VEVENT\n",
    b"END:VEVENT\n",
    b"[[" * 50,
    b"#" + b"a" * 1000,
    b"NaN",
    b"-",
)


@dataclass(slots=True)
class Outcome:
    """What came of the spoilt files of one importer: how many, the slowest in seconds, and what broke it."""

    files: int = 0
    slowest: float = 0.0
    broke: list[str] = field(default_factory=list)


def seeds(importer: str) -> Mapping[str, bytes]:
    """Return good files by name, which are then spoilt."""
    if importer == "icalendar":
        return {"calendar.ics": CALENDAR}
    if importer == "table":
        return TABLES | {"table.xlsx": _workbook()}
    samples = (SAMPLES / importer).glob("*")
    return {each.name: each.read_bytes() for each in sorted(samples) if each.suffix != ".json"}


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Date", "Project", "Task", "Hours"), (datetime(2024, 5, 2), "Boat", "Paint", 1.5)):  # noqa: DTZ001 - as in a sheet
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def spoilt(data: bytes, chance: Random) -> bytes:
    """Return the file with one to eight faults in it."""
    for _ in range(chance.randint(1, 8)):
        begin = chance.randrange(len(data) + 1)
        end = min(len(data), begin + chance.choice((0, 1, 1, 4, 30, 300)))
        piece = chance.choice(
            (
                b"",
                chance.choice(NASTY),
                bytes(chance.randrange(256) for _ in range(end - begin)),
                data[begin:end] * chance.choice((2, 3, 200)),
                b"%d" % chance.choice((0, -1, 7, 60, 2**31, 10**30)),
            )
        )
        data = (data[:begin] + piece + data[end:])[:LONGEST]
    return data


def spoilt_files(importer: str, folder: Path, numbers: Sequence[int]) -> list[Path]:
    """Write the spoilt files with these numbers; the same number always gives the same file."""
    if importer == "git":
        return [_spoilt_repository(folder, number) for number in numbers]
    good = list(seeds(importer).items())
    paths = []
    for number in numbers:
        chance = Random(f"{importer} {number}")  # noqa: S311 - repeatable, no secret
        name, data = chance.choice(good)
        paths.append(folder / f"{number} {name}")
        paths[-1].write_bytes(spoilt(data, chance))
    return paths


def _spoilt_repository(folder: Path, number: int) -> Path:
    """Copy a small repository and spoil one of its files."""
    good = folder / "good"
    if not good.exists():
        _make_repository(good)
    path = folder / str(number)
    shutil.copytree(good, path)
    chance = Random(f"git {number}")  # noqa: S311 - repeatable, no secret
    files = sorted(each for each in (path / ".git").rglob("*") if each.is_file() and "hooks" not in each.parts)
    victim = chance.choice([*files, path / ".mailmap"])
    victim.chmod(0o600)
    victim.write_bytes(spoilt(victim.read_bytes(), chance))
    return path


def _make_repository(path: Path) -> None:
    path.mkdir()
    (path / ".mailmap").write_text("Ann <a@a.example> <old@a.example>\n")
    command = ["git", "-C", str(path), "-c", "user.name=Ann", "-c", "user.email=a@a.example"]
    subprocess.run([*command, "init", "-q"], check=True)  # noqa: S603 - our own words
    for number in range(3):
        (path / f"file {number}").write_text("x" * number)
        subprocess.run([*command, "add", "-A"], check=True)  # noqa: S603 - our own words
        subprocess.run([*command, "commit", "-q", "-m", f"Change {number} (#{number})"], check=True)  # noqa: S603 - our own words


def fuzz(importer: str, count: int, first: int = 0, keep: Path | None = None) -> Outcome:
    """Read `count` spoilt files, numbered from `first`; what breaks the importer is copied to `keep`."""
    outcome = Outcome()
    for begin in range(first, first + count, AT_ONCE):
        with tempfile.TemporaryDirectory() as name:
            paths = spoilt_files(importer, Path(name), range(begin, min(begin + AT_ONCE, first + count)))
            _read_all(importer, paths, outcome, keep)
    return outcome


def _read_all(importer: str, paths: Sequence[Path], outcome: Outcome, keep: Path | None) -> None:
    began = 0.0
    lines: set[tuple[bool, int]] = set()
    for event in read(importer, paths, CONTEXT):
        if isinstance(event, FileStarted):
            began, lines = time.monotonic(), set()
            continue
        if isinstance(event, Batch):
            lines |= {(True, each.line) for each in event.activities} | {(False, each.line) for each in event.problems}
            continue
        outcome.files += 1
        outcome.slowest = max(outcome.slowest, time.monotonic() - began)
        said = _fault(event.problem.reason, event.cause) if isinstance(event, Failed) else ""
        if isinstance(event, FileEnded) and event.tally.records != len(lines):
            said = "records with activities + records with a problem are not the records"
        if said:
            outcome.broke.append(f"{event.path.name}: {said}")
            _keep(event.path, keep)


def _fault(reason: str, cause: Cause) -> str:
    return "" if cause is Cause.UNREADABLE else reason


def _keep(path: Path, keep: Path | None) -> None:
    if keep and path.is_file():
        keep.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, keep)


def run(*, small: bool) -> Iterator[Figure]:
    """Yield for each importer how many spoilt files broke it, and the slowest."""
    for importer in discovery.importers():
        count = (FEW if small else MANY) // (COMMITS_COST_MORE if importer == "git" else 1)
        outcome = fuzz(importer, count)
        broken = f"{importer}: of {count:,} spoilt files, those that break it"
        yield Figure(name=broken, value=len(outcome.broke), unit="files", limit=0)
        yield Figure(name=f"{importer}: slowest spoilt file", value=outcome.slowest, unit="s", limit=SLOWEST)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz as the command line says; 1 if anything broke."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--importer", action="append", choices=sorted(discovery.importers()), help="default: all")
    parser.add_argument("--count", type=int, default=MANY, help="spoilt files for each importer")
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--keep", type=Path, help="folder for the files that break an importer")
    given = parser.parse_args(arguments)
    broke = 0
    for importer in given.importer or discovery.importers():
        outcome = fuzz(importer, given.count, given.first, given.keep)
        broke += len(outcome.broke)
        told = f"{importer}: {outcome.files:,} files, {len(outcome.broke)} broke it, slowest {outcome.slowest:.2f} s"
        sys.stdout.write("\n".join([told, *outcome.broke[:20]]) + "\n")
        sys.stdout.flush()
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main())
