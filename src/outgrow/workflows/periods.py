"""Periods and days the way people say them."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from outgrow.config import WeekStart
from outgrow.model.fault import Fault
from outgrow.model.period import Period, monday

EXAMPLES = "last month, this week, 2026-10, 2026-Q3, 2026-W41, October 2025, since 2025-11-01, last 90 days"
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if number}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAY = rf"(\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}})"
_BEGIN = rf"(\d{{1,2}}(?: (?:{'|'.join(_MONTHS)}))?)"
_LONGEST = 60  # characters of what was said that are said again


class UnknownPeriod(Fault, ValueError):  # noqa: N818 - named for what is wrong, as Fault is
    """The words name no period or day; the message says what would."""

    exit_code = 2


def month(year: int, number: int) -> Period:
    """Return a calendar month; `number` may run past 12 or below 1 into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    first = date(year, number, 1)
    return Period(first, date(year, number, calendar.monthrange(year, number)[1]), f"{first:%B} {year:04}")


def _monday(year: int, number: int) -> date:
    return date.fromisocalendar(year, number, 1)


def week(day: date) -> Period:
    """Return the ISO week a day lies in."""
    first = monday(day)
    year, number, _ = first.isocalendar()
    return Period(first, first + timedelta(days=6), f"week {number} of {year:04}")


def _said(day: date) -> str:
    return f"{day.day} {day:%B} {day.year:04}"


def _date(words: str) -> date:
    """Return the day that is said as 2026-10-05 or 5 October 2026; raises ValueError where there is none such."""
    first, middle, last = re.split("[- ]", words)
    return date(int(last), _MONTHS[middle], int(first)) if " " in words else date(int(first), int(middle), int(last))


def _span(first: date, last: date) -> Period:
    """Return the days from one to another, a whole ISO week by its number; raises UnknownPeriod where none lies so."""
    if last < first:
        message = f"A period from {_said(first)} cannot end on {_said(last)}. Say for example {EXAMPLES}."
        raise UnknownPeriod(message)
    if first.weekday() == 0 and (last - first).days == 6:  # noqa: PLR2004 - from Monday to Sunday
        return week(first)
    return Period(first, last, f"{_begin(first, last)} to {_said(last)}" if first != last else _said(first))


def _begin(first: date, last: date) -> str:
    """Return the first day of two without the month and year that it shares with the last one."""
    if first.year != last.year:
        return _said(first)
    return f"{first.day} {first:%B}" if first.month != last.month else str(first.day)


def _begun(begin: str, last: str) -> date:
    """Read such a first day."""
    return _date(" ".join([begin, *last.split()[len(begin.split()) :]]))


def _own_week(today: date, which: str, start: WeekStart) -> Period:
    """Return this week or the last one, as weeks begin for the person."""
    passed = (today.weekday() - _WEEKDAYS[start]) % 7
    first = today - timedelta(days=passed + (7 if which == "last" else 0))
    return _span(first, first + timedelta(days=6))


def _quarter(year: int, number: int) -> Period:
    if not 1 <= number <= 4:  # noqa: PLR2004 - a year has four
        raise ValueError(number)
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return Period(first.first, last.last, f"quarter {number} of {year:04}")


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}")


def _relative(today: date, which: str, unit: str) -> Period:
    back = {"this": 0, "last": 1}[which]
    match unit:
        case "day":
            day = today - timedelta(days=back)
            return _span(day, day)
        case "month":
            return month(today.year, today.month - back)
        case "quarter":
            then = month(today.year, today.month - 3 * back).first
            return _quarter(then.year, (then.month - 1) // 3 + 1)
        case _:
            return _year(today.year - back)


def _recent(today: date, count: int, unit: str) -> Period:
    if unit == "month":
        then = month(today.year, today.month - count)
        first = then.first.replace(day=min(today.day, then.last.day)) + timedelta(days=1)
    elif unit == "year":
        return _recent(today, 12 * count, "month")
    else:
        first = today - timedelta(days=count * (7 if unit == "week" else 1) - 1)
    return Period(first, today, f"last {count} {unit}{'s' if count != 1 else ''}")


def _named_month(today: date, name: str, year: str | None) -> Period:
    number = _MONTHS[name]
    if year:
        return month(int(year), number)
    return month(today.year if number <= today.month else today.year - 1, number)


_FORMS: tuple[tuple[str, Callable[..., Period]], ...] = (
    (r"today|yesterday", lambda today, word: _relative(today, "last" if word == "yesterday" else "this", "day")),
    (r"(this|last) (month|quarter|year)", lambda today, _, which, unit: _relative(today, which, unit)),
    (
        r"(?:the )?last ([1-9]\d{0,3}) (day|week|month|year)s?",
        lambda today, _, count, unit: _recent(today, int(count), unit),
    ),
    (rf"since {_DAY}", lambda today, _, day: _span(_date(day), today)),
    (rf"{_DAY}\s*(?:\.\.|to|until)\s*{_DAY}", lambda _today, _, first, last: _span(_date(first), _date(last))),
    (rf"{_BEGIN} to {_DAY}", lambda _today, _, begin, last: _span(_begun(begin, last), _date(last))),
    (_DAY, lambda _today, _, day: _span(_date(day), _date(day))),
    (r"(\d{4})-w(\d{1,2})", lambda _today, _, year, number: week(_monday(int(year), int(number)))),
    (r"week (\d{1,2}) of (\d{4})", lambda _today, _, number, year: week(_monday(int(year), int(number)))),
    (r"quarter ([1-4]) of (\d{4})", lambda _today, _, number, year: _quarter(int(year), int(number))),
    (r"(\d{4})[- ]?q([1-4])", lambda _today, _, year, number: _quarter(int(year), int(number))),
    (r"(\d{4})-(\d{1,2})", lambda _today, _, year, number: _checked_month(int(year), int(number))),
    (r"(\d{4})", lambda _today, _, year: _year(int(year))),
    (
        rf"({'|'.join(_MONTHS)})(?: (\d{{4}}))?",
        lambda today, _, name, year: _named_month(today, name, year),
    ),
)


def _checked_month(year: int, number: int) -> Period:
    date(year, number, 1)
    return month(year, number)


def parse_period(words: str, today: date, week_start: WeekStart = WeekStart.MONDAY) -> Period:
    """Read a period from what a person says; raises UnknownPeriod with examples when the words name none."""
    said = " ".join(words.lower().split())
    if own := re.fullmatch("(this|last) week", said):
        return _own_week(today, own[1], week_start)
    for pattern, make in _FORMS:
        if found := re.fullmatch(pattern, said):
            try:
                return make(today, said, *found.groups())
            except UnknownPeriod:
                raise
            except (ValueError, OverflowError) as error:
                message = f"{words[:_LONGEST]!r} is not in the calendar. Say for example {EXAMPLES}."
                raise UnknownPeriod(message) from error
    message = f"{words[:_LONGEST]!r} is no period I know. Say for example {EXAMPLES}."
    raise UnknownPeriod(message)


def parse_day(words: str, today: date) -> date:
    """Read one day: today, yesterday, monday (the latest one), or 2026-10-05; raises UnknownPeriod otherwise."""
    said = words.strip().lower()
    if said in _WEEKDAYS:
        return today - timedelta(days=(today.weekday() - _WEEKDAYS[said]) % 7)
    if dotted := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", said):
        said = "-".join(reversed(dotted.groups()))
    try:
        period = parse_period(said, today)
    except UnknownPeriod:
        period = None
    if period is None or period.days != 1:
        message = f"{words!r} is no day I know. Say today, yesterday, monday or a date such as 2026-10-05."
        raise UnknownPeriod(message)
    return period.first
