"""The calendar of reviews and planned growth work, as an iCalendar file (RFC 5545) that any calendar can take.

The same data give the same bytes. Reviews come back at local times that name no zone, planned work at moments in UTC,
so that no zone has to be described.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from outgrow.config import WeekStart
from outgrow.model.review import Cadence
from outgrow.reports.words import harmless

_FOLD = 75  # octets of a line
_AT = time(16)
_FIRST_DAY = {WeekStart.MONDAY: 0, WeekStart.SATURDAY: 5, WeekStart.SUNDAY: 6}
_REVIEW_DAY = 4  # of a week, from its first: when most of its work is done
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = 5
_JANUARY, _DECEMBER = 1, 12
#: By cadence: the working day of the month it is held on, after how many months it comes back, and its minutes.
_MONTHLY = {Cadence.MONTH: (1, 1, 15), Cadence.QUARTER: (2, 3, 30), Cadence.YEAR: (3, 12, 45)}
_WEEK_MINUTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedBlock:
    """Planned growth work: `told` is when it was first said, `revised` when last, `revisions` how often since."""

    number: int
    title: str
    start: datetime
    minutes: int
    told: datetime
    revised: datetime
    revisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """What is in the feed: reviews from the day `since`, in weeks as the person's begin, and planned work."""

    since: date
    week_start: WeekStart
    blocks: tuple[FeedBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    uid: str
    summary: str
    description: str
    start: str
    minutes: int
    stamp: datetime
    sequence: int
    before: int
    rule: str = ""
    busy: bool = False


def write(feed: CalendarFeed) -> bytes:
    """Return the file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//outgrow//reviews and growth blocks//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:outgrow",
        "X-WR-CALNAME:outgrow",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for event in _events(feed) for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _events(feed: CalendarFeed) -> Iterator[_Event]:
    stamp = datetime.combine(feed.since, time(), UTC)
    day = (_FIRST_DAY[feed.week_start] + _REVIEW_DAY) % len(_CODES)
    first = feed.since + timedelta(days=(day - feed.since.weekday()) % len(_CODES))
    yield _review(Cadence.WEEK, first, f"FREQ=WEEKLY;BYDAY={_CODES[day]}", stamp, f"week-{_CODES[day].lower()}")
    for cadence, (place, months, _) in _MONTHLY.items():
        rule = f"FREQ=MONTHLY;INTERVAL={months};BYDAY={','.join(_CODES[:_WORKDAYS])};BYSETPOS={place}"
        yield _review(cadence, _first_workday(feed.since, place, months), rule, stamp, cadence.value)
    for block in feed.blocks:
        yield _block(block)


def _review(cadence: Cadence, first: date, rule: str, stamp: datetime, name: str) -> _Event:
    return _Event(
        uid=f"review-{name}@outgrow",
        summary=f"{cadence.value.capitalize()} review",
        description=f"Open outgrow and choose Review, or say in a terminal: outgrow review {cadence}",
        start=f"DTSTART:{datetime.combine(first, _AT):%Y%m%dT%H%M%S}",
        minutes=_MONTHLY[cadence][2] if cadence in _MONTHLY else _WEEK_MINUTES,
        stamp=stamp,
        sequence=0,
        before=0,
        rule=rule,
    )


def _block(block: FeedBlock) -> _Event:
    return _Event(
        uid=f"growth-{block.number}-{_utc(block.told)}@outgrow",
        summary=harmless(block.title),
        description="Time for growth work, planned in outgrow.",
        start=f"DTSTART:{_utc(block.start)}",
        minutes=block.minutes,
        stamp=block.revised,
        sequence=block.revisions,
        before=10,
        busy=True,
    )


def _first_workday(since: date, place: int, months: int) -> date:
    """Return the first day from `since` on that is the so-manieth working day of every so-manieth month of a year."""
    year, month = since.year, (since.month - 1) // months * months + 1
    while (found := _workday(year, month, place)) < since:
        year, month = (year + 1, month + months - _DECEMBER) if month + months > _DECEMBER else (year, month + months)
    return found


def _workday(year: int, month: int, place: int) -> date:
    days = (date(year, month, number) for number in range(1, 11))
    return [day for day in days if day.weekday() < _WORKDAYS][place - 1]


def _lines(event: _Event) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(event.stamp)}", f"SEQUENCE:{event.sequence}")
    yield from (event.start, f"DURATION:PT{event.minutes}M")
    if event.rule:
        yield f"RRULE:{event.rule}"
    yield from (f"SUMMARY:{_escaped(event.summary)}", f"DESCRIPTION:{_escaped(event.description)}")
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event.summary)}")
    yield from (f"TRIGGER:{'-' if event.before else ''}PT{event.before}M", "END:VALARM", "END:VEVENT")


def _utc(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Escape what has a meaning in a text of the format."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 octets, none of which cuts a character."""
    pieces: list[bytes] = []
    piece = b""
    for char in line:
        encoded = char.encode("utf-8")
        if len(piece) + len(encoded) > _FOLD - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += encoded
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
