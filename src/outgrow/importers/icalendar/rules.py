"""Recurrence rules (RFC 5545, 3.3.10), expanded in local time.

Written here because no library can be bounded: a rule that never matches (30 February) or repeats by the second since
1970 keeps dateutil busy to the year 9999. Every step taken here is paid from a budget.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain, product

from outgrow.importers.icalendar.times import Stamp, Unclear, shown, stamp

_STEPS = 100_000  # of one series: the days of 270 years
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
_SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_LARGEST_INTERVAL = 1_000_000
_LARGEST_SET = 20_000
_DAYS_OF_WEEK = 7


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
        """Pay for steps, or raise TooOften."""
        self.afford(steps)
        self._left -= steps
        self._total -= steps

    def afford(self, steps: int) -> None:
        """Raise TooOften when so many steps could not be paid."""
        if steps > self._left:
            whole = self._left == self._total
            series = "the series of this file together repeat" if whole else "the series repeats"
            message = f"{series} more often than can be listed"
            raise TooOften(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The parts of one rule. `weekdays` are (n-th, day): n = 0 is every one, day 0 Monday. Nothing allows all."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: Stamp | None = None
    week_start: int = 0
    months: Sequence[int] = ()
    weeks: Sequence[int] = ()
    year_days: Sequence[int] = ()
    month_days: Sequence[int] = ()
    weekdays: Sequence[tuple[int, int]] = ()
    hours: Sequence[int] = ()
    minutes: Sequence[int] = ()
    seconds: Sequence[int] = ()
    positions: Sequence[int] = ()

    @property
    def nth(self) -> bool:
        """Whether it names the n-th weekday of something."""
        return any(n for n, _ in self.weekdays)


_LISTS = {
    "BYMONTH": ("months", 1, 12),
    "BYWEEKNO": ("weeks", -53, 53),
    "BYYEARDAY": ("year_days", -366, 366),
    "BYMONTHDAY": ("month_days", -31, 31),
    "BYHOUR": ("hours", 0, 23),
    "BYMINUTE": ("minutes", 0, 59),
    "BYSECOND": ("seconds", 0, 59),
    "BYSETPOS": ("positions", -366, 366),
}


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
    lists = {field: _numbers(parts[key], low, high) for key, (field, low, high) in _LISTS.items() if key in parts}
    return Rule(
        frequency=frequency,
        interval=_interval(parts.get("INTERVAL", "1")),
        count=_count(parts.get("COUNT", "")),
        until=stamp(parts["UNTIL"]) if parts.get("UNTIL") else None,
        week_start=_DAYS.index(parts["WKST"]) if parts.get("WKST") in _DAYS else 0,
        weekdays=_weekdays(parts.get("BYDAY", "")),
        **lists,
    )


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
    rule = _completed(rule, start)
    left = rule.count
    for moment in chain.from_iterable(_chosen(rule, start, last, budget)):
        if moment < start:
            continue
        if moment > last or left == 0:
            return
        budget.spend()
        yield moment
        if left is not None:
            left -= 1


def _completed(rule: Rule, start: datetime) -> Rule:
    """Take from the start what the rule leaves open."""
    if rule.weeks or rule.year_days or rule.month_days or rule.weekdays:
        return rule
    if rule.frequency == "YEARLY":
        return replace(rule, months=rule.months or (start.month,), month_days=(start.day,))
    if rule.frequency == "MONTHLY":
        return replace(rule, month_days=(start.day,))
    return replace(rule, weekdays=((0, start.weekday()),)) if rule.frequency == "WEEKLY" else rule


def _chosen(rule: Rule, start: datetime, last: datetime, budget: Budget) -> Iterator[Iterator[datetime]]:
    """Yield the times of each year, month, week, day ... of the rule."""
    for days, times in _sets(rule, start, last, budget):
        if not rule.positions:
            yield (datetime.combine(day, each) for day, each in product(days, times))
            continue
        if len(days) * len(times) > _LARGEST_SET:
            message = "the series repeats more often than can be listed"
            raise TooOften(message)
        moments = [datetime.combine(day, each) for day, each in product(days, times)]
        budget.spend(len(moments))
        size = len(moments)
        places = {place - 1 if place > 0 else size + place for place in rule.positions}
        yield (moments[place] for place in sorted(places) if 0 <= place < size)


_Set = tuple[Sequence[date], Sequence[time]]


def _sets(rule: Rule, start: datetime, last: datetime, budget: Budget) -> Iterator[_Set]:
    """Yield the days and the times of day of every step of the rule."""
    if rule.frequency in _SECONDS:
        yield from _short_steps(rule, start, last, budget)
        return
    hours, minutes, seconds = (
        rule.hours or (start.hour,),
        rule.minutes or (start.minute,),
        rule.seconds or (start.second,),
    )
    budget.spend(len(hours) * len(minutes) * len(seconds))
    times = [time(*each) for each in product(hours, minutes, seconds)]
    for days in _STEPS_OF[rule.frequency](rule, start.date(), last.date(), budget):
        budget.spend()
        yield days, times


def _short_steps(rule: Rule, start: datetime, last: datetime, budget: Budget) -> Iterator[_Set]:
    step = timedelta(seconds=rule.interval * _SECONDS[rule.frequency])
    if rule.count is None:
        budget.afford((last - start) // step)
    moment = start
    while moment <= last:
        budget.spend()
        if _allowed(rule, moment.date()) and moment.hour in (rule.hours or (moment.hour,)):
            yield [moment.date()], _times_within(rule, moment)
        moment += step


def _times_within(rule: Rule, moment: datetime) -> list[time]:
    """Return the times of day in the hour, minute or second of a moment."""
    minutes = _inner(rule.minutes, moment.minute, free=rule.frequency == "HOURLY")
    seconds = _inner(rule.seconds, moment.second, free=rule.frequency != "SECONDLY")
    return [time(moment.hour, *each) for each in product(minutes, seconds)]


def _inner(listed: Sequence[int], own: int, *, free: bool) -> Sequence[int]:
    """Return what is listed: all of it where the step is longer, else only the step's own."""
    if not listed:
        return (own,)
    return listed if free else tuple(each for each in listed if each == own)


def _years(rule: Rule, start: date, last: date, budget: Budget) -> Iterator[Sequence[date]]:
    for year in range(start.year, last.year + 1, rule.interval):
        days = list(_days_of_year(rule, year))
        budget.spend(len(days))
        yield [day for day in days if _allowed(rule, day) and _in_weeks(rule, day)]


def _months(rule: Rule, start: date, last: date, _budget: Budget) -> Iterator[Sequence[date]]:
    for index in range(start.year * 12 + start.month - 1, last.year * 12 + last.month, rule.interval):
        year, month = divmod(index, 12)
        wanted = not rule.months or month + 1 in rule.months
        yield _days_of_month(rule, year, month + 1) if wanted else ()


def _weeks(rule: Rule, start: date, last: date, _budget: Budget) -> Iterator[Sequence[date]]:
    first = start.toordinal() - (start.weekday() - rule.week_start) % _DAYS_OF_WEEK
    for monday in range(first, last.toordinal() + 1, _DAYS_OF_WEEK * rule.interval):
        week = (date.fromordinal(max(1, each)) for each in range(monday, monday + _DAYS_OF_WEEK))
        yield [day for day in week if _allowed(rule, day)]


def _single_days(rule: Rule, start: date, last: date, _budget: Budget) -> Iterator[Sequence[date]]:
    for ordinal in range(start.toordinal(), last.toordinal() + 1, rule.interval):
        day = date.fromordinal(ordinal)
        yield (day,) if _allowed(rule, day) else ()


_STEPS_OF = {"YEARLY": _years, "MONTHLY": _months, "WEEKLY": _weeks, "DAILY": _single_days}


def _allowed(rule: Rule, day: date) -> bool:
    """Whether the lists of months, days and weekdays (whatever their n) let a day through."""
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.weekdays or any(day.weekday() == each for _, each in rule.weekdays))
        and (not rule.month_days or _counted(rule.month_days, day.day, _length_of_month(day.year, day.month)))
        and (not rule.year_days or _counted(rule.year_days, day.timetuple().tm_yday, _length_of_year(day.year)))
    )


def _counted(listed: Sequence[int], place: int, size: int) -> bool:
    """Whether a place is listed, counted from the front or from the back."""
    return place in listed or place - size - 1 in listed


def _length_of_month(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def _length_of_year(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _days_of_month(rule: Rule, year: int, month: int) -> list[date]:
    """Return the days of a month that its lists of days of the month and of (n-th) weekdays name."""
    size = _length_of_month(year, month)
    numbers = {each if each > 0 else size + 1 + each for each in rule.month_days} or set(range(1, size + 1))
    if rule.weekdays:
        numbers &= _nth(rule, date(year, month, 1).weekday(), size)
    return [date(year, month, each) for each in sorted(numbers) if 1 <= each <= size]


def _nth(rule: Rule, first_weekday: int, size: int) -> set[int]:
    """Return the places, from 1, of the rule's weekdays in a stretch of `size` days that begins on `first_weekday`."""
    places: set[int] = set()
    for n, weekday in rule.weekdays:
        every = range((weekday - first_weekday) % _DAYS_OF_WEEK + 1, size + 1, _DAYS_OF_WEEK)
        index = n - 1 if n > 0 else n
        places.update(every if n == 0 else every[index : index + 1 or None])
    return places


def _days_of_year(rule: Rule, year: int) -> Iterable[date]:
    """Return the days of a year, as far as days of the month and n-th weekdays narrow them down."""
    if not rule.nth or rule.months:
        return chain.from_iterable(_days_of_month(rule, year, month) for month in rule.months or range(1, 13))
    first = date(year, 1, 1)
    places = sorted(_nth(rule, first.weekday(), _length_of_year(year)))
    return (date.fromordinal(first.toordinal() + place - 1) for place in places)


def _in_weeks(rule: Rule, day: date) -> bool:
    if not rule.weeks:
        return True
    year, number = _week(day, rule.week_start)
    return _counted(rule.weeks, number, _week(date(year, 12, 28), rule.week_start)[1])


def _week(day: date, week_start: int) -> tuple[int, int]:
    """Return the year and the number of a week: it belongs to the year that has its fourth day."""
    fourth = day - timedelta(days=(day.weekday() - week_start) % _DAYS_OF_WEEK - 3)
    return fourth.year, (fourth.timetuple().tm_yday - 1) // _DAYS_OF_WEEK + 1
