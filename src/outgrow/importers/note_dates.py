"""The day of a note from its name, as people and programs name daily notes."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<!\d)", r"(?!\d)"

#: From the order that leaves no doubt to those that do.
_SHAPES = tuple(
    re.compile(_NO_DIGIT_BEFORE + shape + _NO_DIGIT_AFTER, re.IGNORECASE)
    for shape in (
        _YEAR + r"(?P<mark>[-_. ])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        _YEAR + r"(?P<month>\d{2})(?P<day>\d{2})",
        rf"\b{_MONTH}\.?[ _-]{{1,3}}{_DAY},?[ _-]{{1,3}}{_YEAR}",
        rf"{_DAY}\.?[ _-]{{1,3}}{_MONTH}\.?,?[ _-]{{1,3}}{_YEAR}",
        rf"{_YEAR}[ _-]{{1,3}}{_MONTH}[ _-]{{1,3}}{_DAY}",
        r"(?P<day>\d{1,2})(?P<mark>[.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?P<mark>[-_ ])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
    )
)
_EITHER_WAY = _SHAPES[-1]
_LONGEST_NAME = 255


def day_in(name: str) -> date | None:
    """Return the day a name states, or None when it states none, or one that could be read in two ways."""
    return next((day for shape in _SHAPES for day in _days(shape, name[:_LONGEST_NAME])), None)


def _days(shape: re.Pattern[str], name: str) -> Iterator[date]:
    for match in shape.finditer(name):
        year, month, day = int(match["year"]), _month(match["month"]), int(match["day"])
        orders = [(month, day)]
        if shape is _EITHER_WAY and day != month:
            orders.append((day, month))
        possible = [each for order in orders if (each := _possible(year, *order))]
        if len(possible) == 1:
            yield possible[0]


def _month(text: str) -> int:
    return int(text) if text.isdigit() else 1 + _MONTHS.index(text[:3].casefold())


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
