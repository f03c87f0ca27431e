"""Recurrence rules (RFC 5545, 3.3.10), read with care and expanded in local time by dateutil within a budget.

By itself dateutil follows a rule that never matches (30 February) to the end of the year 9999, which takes seconds. So
it is asked about the same dates a multiple of 400 years later, where that end is near, and what it may do is paid for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, datetime, timedelta
from typing import Any

from dateutil import rrule as library

from outgrow.importers.icalendar.times import Stamp, Unclear, shown, stamp

_STEPS = 100_000  # of one series: the days of 270 years
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
_SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_LARGEST_INTERVAL = 1_000_000
_LARGEST_SET = 20_000
_WEEKS_OF_MONTH = 5
_WEEKS_OF_YEAR = 53
_YEARS_OF_CYCLE = 400
_CYCLE = timedelta(days=146_097)  # 400 years, after which every date falls on its weekday again
_PACE = {"YEARLY": 112, "MONTHLY": 112, "WEEKLY": 28}  # days that dateutil searches in the time of one of our steps
_PACE_OF_DAYS = 4
_TIMES_LISTED = 10  # in the time of one day searched


class TooOften(Exception):  # noqa: N818 - a word for the file, not for a fault of ours
    """A series, or all of a file, repeats more often than can be listed; the words say which."""


class Budget:
    """How many steps the series of one file may take, together and each."""

    def __init__(self, total: int) -> None:
        """Begin with a total for the file."""
        self._total = total
        self._left = 0

    def begin(self) -> None:
        """Begin with a new series."""
        self._left = min(self._total, _STEPS)

    def spend(self, steps: int = 1) -> None:
        """Pay for steps; when they cannot be paid, take what is left and raise TooOften."""
        paid = min(steps, self._left)
        try:
            self.afford(steps)
        finally:
            self._left -= paid
            self._total -= paid

    def afford(self, steps: int) -> None:
        """Raise TooOften when so many steps could not be paid."""
        if steps > self._left:
            whole = self._left == self._total
            series = "the series of this file together repeat" if whole else "the series repeats"
            message = f"{series} more often than can be listed"
            raise TooOften(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The parts of one rule. `weekdays` are (n-th, day): n = 0 is every one, day 0 Monday. `lists` go by part."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: Stamp | None = None
    week_start: int = 0
    weekdays: Sequence[tuple[int, int]] = ()
    lists: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def step(self) -> timedelta:
        """The time from one step to the next, which dateutil takes singly, of a rule that repeats within a day."""
        seconds = _SECONDS.get(self.frequency)
        return timedelta(seconds=self.interval * seconds) if seconds else timedelta.max

    @property
    def chooses(self) -> bool:
        """Whether it takes only some of the times at its frequency, or more than one each time."""
        return bool(self.lists or self.weekdays)

    def size(self, part: str) -> int:
        """Return how many a part lists, or one where it lists none, since the start then counts."""
        return len(self.lists.get(part, (0,)))

    @property
    def nth(self) -> bool:
        """Whether it names the n-th weekday of a month or year."""
        return self.frequency in {"YEARLY", "MONTHLY"} and any(n for n, _ in self.weekdays)


_LISTS = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
    "BYSETPOS": (-366, 366),
}
_WITHIN_HOURS = {"BYHOUR", "BYMINUTE", "BYSECOND"}


def rule(text: str) -> Rule:
    """Read the value of an RRULE. Raises Unclear where it says nothing that can be followed."""
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        message = f"the rule {shown(text)} has no frequency that is known"
        raise Unclear(message)
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        message = f"the rule {shown(text)} is of another calendar than the Gregorian"
        raise Unclear(message)
    lists = {key: _numbers(parts[key], *limits) for key, limits in _LISTS.items() if parts.get(key, "").strip(",")}
    weekdays = _weekdays(parts.get("BYDAY", ""))
    _check_short(text, frequency, {*lists, *(["BYDAY"] if weekdays else [])})
    return Rule(
        frequency=frequency,
        interval=_interval(parts.get("INTERVAL", "1")),
        count=_count(parts.get("COUNT", "")),
        until=stamp(parts["UNTIL"]) if parts.get("UNTIL") else None,
        week_start=_DAYS.index(parts["WKST"]) if parts.get("WKST") in _DAYS else 0,
        weekdays=weekdays,
        lists=lists,
    )


def _check_short(text: str, frequency: str, named: set[str]) -> None:
    """Refuse what would have to be searched for second by second."""
    possible = {"HOURLY": set(_LISTS) - {"BYSETPOS"} | {"BYDAY"}, "MINUTELY": _WITHIN_HOURS, "SECONDLY": _WITHIN_HOURS}
    if not named <= possible.get(frequency, named):
        message = f"the rule {shown(text)} repeats within a day and yet chooses days or places"
        raise Unclear(message)


def _parts(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in re.sub(r"\s", "", text).upper().split(";"))
    return {key: value for key, _, value in pairs}


def _interval(text: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) < 1:
        message = f"the rule repeats at an interval of {shown(text)}"
        raise Unclear(message)
    return min(int(text), _LARGEST_INTERVAL)


def _count(text: str) -> int | None:
    """Read a count; one below one is written by some programs for no count at all."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(_STEPS)) and int(text) else None


def _numbers(text: str, low: int, high: int) -> tuple[int, ...]:
    items = [each for each in text.split(",") if each]
    numbers = {int(each) for each in items if _NUMBER.fullmatch(each)}
    if len(items) > _LARGEST_SET or not all(map(_NUMBER.fullmatch, items)) or not _within(numbers, low, high):
        message = f"the rule names {shown(text)}, which does not exist"
        raise Unclear(message)
    return tuple(sorted(numbers))


def _within(numbers: set[int], low: int, high: int) -> bool:
    return all(low <= each <= high and (each or low >= 0) for each in numbers)


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    items = [each for each in text.split(",") if each]
    matches = [_WEEKDAY.fullmatch(each) for each in items]
    if not all(matches):
        message = f"the rule names the days {shown(text)}"
        raise Unclear(message)
    return tuple(sorted({(int(match[1] or 0), _DAYS.index(match[2])) for match in matches if match}))


def expand(rule: Rule, start: datetime, last: datetime, budget: Budget) -> Iterator[datetime]:
    """Yield the local times of a rule from `start` to `last`, in order. `until` is the caller's affair.

    Raises TooOften when the budget is spent.
    """
    if start > last:
        return
    step = rule.step
    budget.spend(rule.size("BYHOUR") * rule.size("BYMINUTE") * rule.size("BYSECOND"))
    if rule.count is None:
        budget.afford((last - start) // step)
    shift = (MAXYEAR - last.year) // _YEARS_OF_CYCLE * _CYCLE
    search = _search(rule, start + shift)
    budget.afford(search)
    found, before = 0, start
    for moment in (each - shift for each in _matches(rule, start + shift)):
        if moment > last:
            return
        budget.spend(max(1, (moment - before) // step))
        found, before = found + 1, moment
        yield moment
    if found != rule.count:
        budget.spend(search)


def _search(rule: Rule, start: datetime) -> int:
    """Return how many of our steps it is worth that dateutil searches for a match until the end of its calendar."""
    if not rule.chooses:
        return 0
    each = 1 + len(rule.lists.get("BYSETPOS", ())) + (len(rule.weekdays) if rule.nth else 0)
    if rule.frequency in _SECONDS:  # it lists the times of day at every step
        each += rule.size("BYMINUTE") * rule.size("BYSECOND") // _TIMES_LISTED
    return (datetime.max - start).days * each // _PACE.get(rule.frequency, _PACE_OF_DAYS)  # noqa: DTZ901 - local


def _matches(rule: Rule, start: datetime) -> Iterator[datetime]:
    """Yield what dateutil finds."""
    parts: dict[str, Any] = {name.lower(): numbers for name, numbers in rule.lists.items()}
    parts |= {"freq": _FREQUENCIES.index(rule.frequency), "interval": rule.interval, "wkst": rule.week_start}
    if rule.weekdays:
        parts["byweekday"] = list(_possible_weekdays(rule))
        if not parts["byweekday"]:
            return
    try:
        yield from library.rrule(dtstart=start, count=rule.count, **parts)
    except ValueError:  # it sees that the hours, minutes or seconds named are never reached
        return


def _possible_weekdays(rule: Rule) -> Iterator[library.weekday]:
    """Yield the weekdays for dateutil, which breaks on a 60th Monday and takes "MO,1TU" for days that are both."""
    if not rule.nth:
        yield from (library.weekday(day) for _, day in rule.weekdays)
        return
    most = _WEEKS_OF_YEAR if rule.frequency == "YEARLY" and "BYMONTH" not in rule.lists else _WEEKS_OF_MONTH
    for n, day in rule.weekdays:
        yield from (library.weekday(day, each) for each in ([n] if n else range(1, most + 1)) if abs(each) <= most)
