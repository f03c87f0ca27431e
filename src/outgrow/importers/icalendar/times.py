"""Dates, times and durations as calendar files write them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,9})?\s*([Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?", re.ASCII
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(?::?(\d\d))?", re.ASCII)
_MIDNIGHT = 24
_LEAP_SECOND = 60
_YEARS = range(2, 9998)  # the years at either end cannot be told in every zone, nor ends after them
_LONGEST_SHOWN = 60
LONGEST = timedelta(days=366)


class Unclear(ValueError):  # noqa: N818 - a fault of the file, not ours
    """A value cannot be read; the words say which and why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date or a time of day on a date, as it stands. `offset` is None where none is written (a Z is zero)."""

    wall: datetime
    all_day: bool = False
    offset: timedelta | None = None


def shown(value: str) -> str:
    """Return a foreign value short enough for a message."""
    return repr(value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "...")


def stamp(value: str) -> Stamp:
    """Read a DATE or DATE-TIME; 24:00 is the next midnight and a leap second the next minute. Raises Unclear."""
    match = _STAMP.fullmatch(value.strip())
    if not match:
        message = f"{shown(value)} is no date or time"
        raise Unclear(message)
    year, month, day, hour, minute, second, suffix = match.groups()
    try:
        date = datetime(int(year), int(month), int(day))  # noqa: DTZ001 - the zone stands elsewhere
        wall = date if hour is None else _at(date, int(hour), int(minute), int(second or 0))
        offset = _suffix(suffix) if suffix else None
    except (ValueError, OverflowError) as fault:
        message = f"{shown(value)} is no date or time that exists"
        raise Unclear(message) from fault
    if wall.year not in _YEARS:
        message = f"the year of {shown(value)} is outside of what can be counted"
        raise Unclear(message)
    return Stamp(wall, hour is None, offset)


def _at(date: datetime, hour: int, minute: int, second: int) -> datetime:
    if hour < _MIDNIGHT and second < _LEAP_SECOND:
        return date.replace(hour=hour, minute=minute, second=second)
    if second > _LEAP_SECOND or (hour, minute, second) > (_MIDNIGHT, 0, 0):
        raise ValueError
    date.replace(hour=hour % _MIDNIGHT, minute=minute)
    return date + timedelta(hours=hour, minutes=minute, seconds=second)


def _suffix(text: str) -> timedelta:
    return timedelta() if text in "Zz" else offset(text)


def offset(text: str) -> timedelta:
    """Read an offset from UTC such as +0530; more than a day raises Unclear."""
    match = _OFFSET.fullmatch(text.strip())
    if not match or int(match[2]) >= _MIDNIGHT:
        message = f"{shown(text)} is no offset from UTC"
        raise Unclear(message)
    size = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -size if match[1] == "-" else size


@dataclass(frozen=True, slots=True)
class Length:
    """How long an event is: whole days on the calendar, then exact time. `rest` is None where no end is stated."""

    days: int = 0
    rest: timedelta | None = timedelta()


def duration(value: str) -> Length:
    """Read a DURATION such as PT1H30M or P2D. A negative one raises Unclear."""
    match = _DURATION.fullmatch(value.strip().upper())
    if not match or not any(match.groups()[1:]):
        message = f"{shown(value)} is no duration"
        raise Unclear(message)
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups()[1:])
    if match[1] == "-" and any((weeks, days, hours, minutes, seconds)):
        message = f"the duration {shown(value)} is negative"
        raise Unclear(message)
    return Length(7 * weeks + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))
