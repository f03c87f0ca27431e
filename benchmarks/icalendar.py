"""Ten years of a calendar in one file, against icalendar + recurring-ical-events, with the same occurrences."""

import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar as icalendar_library
import recurring_ical_events  # type: ignore[import-untyped]

from benchmarks.figure import Figure, measure
from outgrow.importers.contract import Context
from outgrow.importers.icalendar import ICalendar
from outgrow.importers.icalendar.reader import AHEAD
from outgrow.model.activity import Activity

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
FIRST = datetime(2016, 1, 4, tzinfo=UTC)
ZONE = "Europe/Berlin"
LIMIT = 0.3
WORDS = [
    "plan",
    "review",
    "budget",
    "roadmap",
    "numbers",
    "hiring",
    "release",
    "customer",
    "contract",
    "forecast",
    "risk",
    "report",
    "workshop",
    "retro",
]
RULES = (
    "FREQ=WEEKLY;BYDAY={day}",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
    "FREQ=MONTHLY;BYDAY=2{day}",
    "FREQ=DAILY;COUNT=90",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL={until}",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=YEARLY",
)
HEADER = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//benchmark//EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""

Occurrences = list[tuple[str, str, str]]  # UID, start, end


def run(*, small: bool) -> Iterator[Figure]:
    """Read the same file both ways, each in a fresh process; the occurrences must be the same ones."""
    events, series = (1_000, 10) if small else (20_000, 200)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ten-years.ics"
        path.write_bytes(calendar(events, series).replace("\n", "\r\n").encode())
        size = path.stat().st_size / 1e6
        ours, theirs = measure(read, path), measure(read_with_libraries, path)
    assert ours.result == theirs.result, "the two readings differ"
    assert len(ours.result) > events
    peer = f"icalendar + recurring-ical-events, {size:.1f} MB, {len(ours.result):,} occurrences"
    yield Figure(name="reading a calendar file", value=ours.cpu / theirs.cpu, unit="x", limit=LIMIT, against=peer)
    yield Figure(name="processor time", value=ours.cpu, unit="s")
    yield Figure(name="peak memory", value=ours.peak, unit="MB")


def read(path: Path) -> Occurrences:
    """Read it as an import does."""
    context = Context(now=NOW, zone=ZONE)
    told = (each for each in ICalendar().read(path, context) if isinstance(each, Activity))
    return sorted((each.native_id, _utc(each.start), _utc(each.end)) for each in told)


def read_with_libraries(path: Path) -> Occurrences:
    """Read it as the documentation of the two libraries shows."""
    found = icalendar_library.Calendar.from_ical(path.read_bytes())
    end = NOW + AHEAD + timedelta(seconds=1)  # we list the last moment itself, they end before it
    told = recurring_ical_events.of(found).between(FIRST - timedelta(days=1), end)
    return sorted((str(each["UID"]), _utc(each.start), _utc(each.end)) for each in told)


def _utc(moment: object) -> str:
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC).isoformat()


def calendar(events: int, series: int) -> str:
    """Write the file: one in `events / series` repeats, some with exceptions and a moved time."""
    chance = random.Random(5)  # noqa: S311 - the same file every time
    every = events // series
    blocks = (_series(number, chance) if number % every == 0 else [_single(number, chance)] for number in range(events))
    written = [each for block in blocks for each in block]
    return HEADER + "".join(written[:events]) + "END:VCALENDAR\n"


def _single(number: int, chance: random.Random) -> str:
    start = FIRST + timedelta(days=chance.randrange(3650), hours=chance.randrange(8, 17))
    if number % 3:
        return _event(
            number, f"DTSTART:{start:%Y%m%dT%H%M%SZ}\nDTEND:{start + timedelta(minutes=45):%Y%m%dT%H%M%SZ}", chance
        )
    return _event(number, f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}\nDURATION:PT1H", chance)


def _series(number: int, chance: random.Random) -> list[str]:
    """Return a series, with one excepted and one moved time where its rule is weekly."""
    start = (FIRST + timedelta(days=chance.randrange(200), hours=chance.randrange(8, 17))).replace(tzinfo=None)
    rule = RULES[number % len(RULES)].format(
        day=("MO", "TU", "WE", "TH", "FR", "SA", "SU")[start.weekday()], until="20251231T000000Z"
    )
    times = f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}\nDTEND;TZID={ZONE}:{start + timedelta(hours=1):%Y%m%dT%H%M%S}"
    if number % len(RULES):
        return [_event(number, f"{times}\nRRULE:{rule}", chance)]
    excepted, moved = start + timedelta(weeks=5), start + timedelta(weeks=9)
    series = f"{times}\nRRULE:{rule}\nEXDATE;TZID={ZONE}:{excepted:%Y%m%dT%H%M%S}"
    later = moved + timedelta(hours=2)
    change = (
        f"RECURRENCE-ID;TZID={ZONE}:{moved:%Y%m%dT%H%M%S}\nDTSTART;TZID={ZONE}:{later:%Y%m%dT%H%M%S}\nDURATION:PT30M"
    )
    return [_event(number, series, chance), _event(number, change, chance)]


def _event(number: int, times: str, chance: random.Random) -> str:
    words = " ".join(chance.choices(WORDS, k=40))
    return (
        f"BEGIN:VEVENT\nUID:{number}@example.org\nDTSTAMP:20260101T000000Z\n{times}\nSUMMARY:{words[:30]}\n"
        f"DESCRIPTION:{words[:60]}\n {words[60:120]}\n {words[120:]}\nLOCATION:Room {number % 9}\nSTATUS:CONFIRMED\n"
        f"ORGANIZER;CN=Kim:mailto:kim@example.org\nSEQUENCE:{number % 3}\nTRANSP:OPAQUE\nEND:VEVENT\n"
    )
