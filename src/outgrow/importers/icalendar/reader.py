"""Reads a calendar file: every VEVENT is an activity, the occurrences of one series, or a problem.

Never read: VTODO (tasks, also done ones), VJOURNAL, VFREEBUSY, VAVAILABILITY, VALARM, attachments, locations, comments,
and the words of a description, of which only references are kept.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from itertools import islice
from pathlib import Path

from outgrow.importers.contract import Context, Importer, Unreadable
from outgrow.importers.icalendar.blocks import Block, blocks, decoded, parsed, unfolded
from outgrow.importers.icalendar.events import SOURCE, Event, Teller, event, problem
from outgrow.importers.icalendar.rules import Budget
from outgrow.importers.icalendar.series import Reading, tell
from outgrow.importers.icalendar.times import Unclear
from outgrow.importers.icalendar.zones import Zones
from outgrow.model.activity import Activity
from outgrow.model.problem import Problem

AHEAD = timedelta(days=400)  # how far beyond now a series is followed
_STEPS = 1_000_000  # of all series of a file, and for each of its MB
_STEPS_OF_MB = 200_000
_SUFFIXES = frozenset({".ics", ".ical", ".icalendar", ".ifb"})
_BEGIN = re.compile(rb"(\xef\xbb\xbf)?\s*BEGIN\s*:\s*V(CALENDAR|EVENT|TODO)\b", re.IGNORECASE)
_UID = re.compile(rb"^[ \t]*UID[ \t]*(?:;[^:\n]*)?:[ \t]*([^\s][^\n]*)", re.IGNORECASE | re.MULTILINE)
_HEADER_LINES = 500
_COPY = re.compile(
    r"[\s_.-]*(\(\d+\)|\[\d+\]|\b(copy|kopie|copie|copia|export|exported|backup)\b(\s*\(?\d+\)?)?|"
    r"\d{4}[-_.]?\d\d[-_.]?\d\d([T_ -]?\d\d[-_.:]?\d\d([-_.:]?\d\d)?Z?)?)$",
    re.IGNORECASE,
)
_PASSED_OVER = {"VTODO": "task", "VJOURNAL": "journal note", "VFREEBUSY": "free-busy list"}
_EXPORT_AGAIN = "Export the calendar as an .ics file again and import that."


class ICalendar(Importer):
    """Calendar files and feeds."""

    name = SOURCE
    kind = "Calendar"
    never_read = "attachments, alarms, tasks, and descriptions beyond references such as ABC-12"
    complete = True

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._passed_over: Mapping[str, int] = {}

    def identify(self, path: Path, head: bytes) -> bool:
        """Whether it is called or begins like a calendar file."""
        return not path.is_dir() and (path.suffix.lower() in _SUFFIXES or bool(_BEGIN.match(head.replace(b"\0", b""))))

    def account(self, path: Path) -> str:
        """Return the name the calendar gives itself, else that of the file without dates and words of copying."""
        try:
            for _, line in islice(unfolded(path), _HEADER_LINES):
                name, item = parsed(decoded(line))
                if name in {"X-WR-CALNAME", "NAME"} and item.text:
                    return " ".join(item.text.split())[:200]
                if name == "BEGIN" and item.value.strip().upper() == "VEVENT":
                    break
        except OSError:
            pass
        return _cleaned(path.stem)

    def read(self, path: Path, context: Context) -> Iterator[Activity | Problem]:
        """Yield activities and problems, events that share a UID at the place of the first of them."""
        found = _found(path)
        self._passed_over = Counter(_PASSED_OVER[each.name] for each in found if each.name in _PASSED_OVER)
        account = context.account or self.account(path)
        last = context.now.astimezone(UTC) + AHEAD
        budget = Budget(_STEPS + _STEPS_OF_MB * path.stat().st_size // 1_000_000)
        definitions = (each for each in found if each.name == "VTIMEZONE")
        reading = Reading(Zones(definitions, context.zone, last, budget), budget, Teller(context, account), last)
        for group in _groups(each for each in found if each.name == "VEVENT"):
            yield from _told(group, reading)

    def passed_over(self) -> Mapping[str, int]:
        """Return how many tasks and the like stood between the events."""
        return self._passed_over


def _cleaned(stem: str) -> str:
    """Take words of copying and dates off the end of a name, unless nothing else remains."""
    while (shorter := _COPY.sub("", stem)) != stem and shorter:
        stem = shorter
    return stem.strip(" _-.") or stem


def _found(path: Path) -> list[Block]:
    try:
        found = list(blocks(path))
        empty = not found and not _has_calendar(path)
    except OSError as fault:
        reason = f"the file cannot be opened: {fault.strerror or type(fault).__name__}"
        raise Unreadable(reason, "Check that it is there and that you may read it.") from fault
    if empty:
        reason = "the file is empty" if not path.stat().st_size else "there is no calendar in the file"
        raise Unreadable(reason, _EXPORT_AGAIN)
    return found


def _has_calendar(path: Path) -> bool:
    return any(_BEGIN.match(line) for _, line in unfolded(path))


def _groups(events: Iterator[Block]) -> Iterator[list[Block]]:
    """Put the events together that share a UID, in the order of the first; those without one stay alone."""
    groups: dict[object, list[Block]] = {}
    for block in events:
        found = _UID.search(block.text)
        groups.setdefault(found[1].rstrip() if found else block, []).append(block)
    yield from groups.values()


def _told(group: list[Block], reading: Reading) -> Iterator[Activity | Problem]:
    events: list[Event] = []
    for block in group:
        try:
            events.append(event(block, reading.zones))
        except Unclear as fault:
            yield problem(block, str(fault))
    if events:
        yield from tell(events, reading)
