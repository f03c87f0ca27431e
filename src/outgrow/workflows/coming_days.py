"""Days and times that lie ahead, the way people say them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outgrow.workflows.periods import UnknownPeriod, month, parse_day

EXAMPLES = "tomorrow, friday, in 2 weeks, 4 December or 2026-12-04"
_DAYS = {f"{date(2024, 1, 1) + timedelta(days=number):%A}".lower(): number for number in range(7)}
_DAYS |= {name[:3]: number for name, number in _DAYS.items()}
_UNITS = {"day": 1, "week": 7}
_LONGEST = 60  # characters of what was said that are said again
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]([0-5]\d)?)?\s*(am|pm)?", re.IGNORECASE)
_NOON = 12


def parse_coming_day(words: str, today: date) -> date:
    """Read a day from today on: a weekday is the next one. Raises UnknownPeriod."""
    said = " ".join(words.lower().split())
    try:
        found = _near(said, today) or _dated(said, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        message = f"{words[:_LONGEST]!r} is no day I know. Say for example {EXAMPLES}."
        raise UnknownPeriod(message)
    if found < today:
        message = f"{found} has been already. Say a day from today on, for example {EXAMPLES}."
        raise UnknownPeriod(message)
    return found


def _near(said: str, today: date) -> date | None:
    """Read a day by its distance."""
    if said in {"today", "tomorrow"}:
        return today + timedelta(days=("today", "tomorrow").index(said))
    name = said.removeprefix("next ").removeprefix("on ")
    if name in _DAYS:
        return today + timedelta(days=(_DAYS[name] - today.weekday() - 1) % 7 + 1)
    ahead = re.fullmatch(r"in (?:a|(\d{1,4})) (day|week|month)s?", said)
    if not ahead:
        return None
    many = int(ahead[1] or 1)
    return _later(today, many) if ahead[2] == "month" else today + timedelta(days=many * _UNITS[ahead[2]])


def _later(today: date, months: int) -> date:
    then = month(today.year, today.month + months)
    return then.first.replace(day=min(today.day, then.last.day))


def _dated(said: str, today: date) -> date | None:
    """Read a date; without a year it is this year's, or the next one's where that has been."""
    if re.fullmatch(r"\d{1,2} [a-z]+", said):
        this = _day(f"{said} {today.year}", today)
        return this if this and this >= today else _day(f"{said} {today.year + 1}", today)
    return _day(said, today)


def _day(said: str, today: date) -> date | None:
    try:
        return parse_day(said, today)
    except UnknownPeriod:
        return None


def parse_clock(words: str) -> time:
    """Read a time of day from 9, 9:30, 14.15 or 2 pm; raises UnknownPeriod otherwise."""
    said = _CLOCK.fullmatch(words.strip())
    hour = int(said[1]) if said else _NOON * 2
    half = (said[3] or "").lower() if said else ""
    if half and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    if not said or hour >= _NOON * 2:
        message = f"{words[:_LONGEST]!r} is no time of day I know. Say for example 9, 9:30 or 14:15."
        raise UnknownPeriod(message)
    return time(hour, int(said[2] or 0))


def moment(day: date, clock: time, zone: str) -> datetime:
    """Return the moment of a day and time in a zone; one that a change of clocks leaves out comes after it."""
    here = ZoneInfo(zone)
    return datetime.combine(day, clock, here).astimezone(UTC).astimezone(here)
