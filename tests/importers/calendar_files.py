"""Calendar files for tests, and their reading with every VEVENT accounted for."""

import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from outgrow.importers.contract import Context
from outgrow.importers.icalendar import ICalendar
from outgrow.model.activity import Activity
from outgrow.model.problem import Problem

NINE = "DTSTART:20240506T090000Z\nDTEND:20240506T103000Z"
WEEKLY = "DTSTART;TZID=Europe/Berlin:20240304T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5"
CONTEXT = Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin")

Found = tuple[list[Activity], list[Problem]]


def event(*lines: str, uid: str = "a@b") -> str:
    """Return a VEVENT with the lines."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""])


def calendar(*parts: str, header: str = "") -> str:
    """Return a VCALENDAR with the parts."""
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{header}{''.join(parts)}END:VCALENDAR\n"


def read(text: str | bytes, **known: object) -> Found:
    """Read a file with the text; each VEVENT must be told by activities or by one problem."""
    content = text if isinstance(text, bytes) else text.encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calendar.ics"
        path.write_bytes(content)
        items = list(ICalendar().read(path, replace(CONTEXT, **known)))  # type: ignore[arg-type]
    activities = [each for each in items if isinstance(each, Activity)]
    problems = [each for each in items if isinstance(each, Problem)]
    meetings = {each.line for each in activities}
    unfolded = re.sub(rb"[\r\n]+[ \t]", b"", content.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf"))
    events = re.findall(rb"(?:^|[\r\n])[ \t]*begin[ \t]*:[ \t]*vevent[ \t]*(?=[\r\n]|$)", unfolded, re.IGNORECASE)
    assert len(meetings) + len(problems) == len(events)
    assert not meetings & {each.line for each in problems}
    return activities, problems


def only(found: Found) -> Activity:
    """Return the one activity where there is no problem."""
    activities, problems = found
    assert (len(activities), problems) == (1, [])
    return activities[0]


def starts(found: Found) -> list[str]:
    """Return the starts as text."""
    return [each.start.isoformat() for each in found[0] if each.start]
