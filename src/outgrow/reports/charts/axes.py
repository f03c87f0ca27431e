"""Axes: which ends and ticks a share needs, and how the days along a chart are named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from outgrow.reports.charts.svg import Label, element, labels, percentage, text, text_width

_TOPS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
_FINE = 0.5  # up to this top a tick every 10 %, above every 20 %
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_MOST_WEEKS = 110  # what a chart has room for
_FEW_WEEKS = 14  # up to here weeks are named, not months


_Week = TypeVar("_Week")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where values are drawn: `left` and `right` as fractions of the width, `top` and `bottom` in pixels."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How many pixels high it is."""
        return self.bottom - self.top

    def across(self, fraction: float) -> float:
        """Return the place of a fraction of its width, as one of the whole width."""
        return self.left + fraction * (self.right - self.left)

    def down(self, fraction: float) -> float:
        """Return how far down in pixels a fraction of its height lies, counted from its bottom."""
        return self.bottom - fraction * self.height


def top_of(highest: float) -> float:
    """Return the upper end of an axis that a share fits under."""
    return next(top for top in _TOPS if highest <= top or top == _TOPS[-1])


def shares(area: Area, top: float) -> list[str]:
    """Draw the lines of an axis of shares with their names at its left."""
    step = 10 if top <= _FINE else 20
    ticks = [(percent, area.down(percent / 100 / top)) for percent in range(0, round(100 * top) + 1, step)]
    lines = [line(area, y) for _, y in ticks]
    named = [text(f"{percent} %", class_="tick end", x=percentage(area.left), dx=-6, y=y + 4) for percent, y in ticks]
    return lines + named


def line(area: Area, y: float) -> str:
    """Draw a faint line across at a height in pixels."""
    return element("line", class_="hairline", x1=percentage(area.left), x2=percentage(area.right), y1=y, y2=y)


def thinned(weeks: Sequence[_Week]) -> tuple[tuple[_Week, ...], int]:
    """Return as many weeks as a chart shows, in even steps with the last one among them, and the length of a step."""
    step = -(-len(weeks) // _MOST_WEEKS) or 1
    return tuple(weeks[::-step])[::-1], step


def every(step: int) -> str:
    """Say that a chart shows not every week; empty where it does."""
    return f"One week in {step} is shown." if step > 1 else ""


def weeks(area: Area, mondays: Sequence[date], least: float, *, middle: bool = False) -> list[str]:
    """Name as many days under a row of weeks as its least width has room for.

    The first and the last stand at the ends, or with `middle` in the middle of a column each.
    """
    places = {monday: area.across(_place(n, len(mondays), middle=middle)) for n, monday in enumerate(mondays)}
    for named in _choices(mondays):
        those = [Label(said, places[day], "tick") for day, said in named]
        if _apart(those, least):
            return labels(those, least, area.bottom + 20)
    return []


def _place(n: int, weeks: int, *, middle: bool) -> float:
    return (n + 0.5) / weeks if middle else n / max(1, weeks - 1)


def _choices(mondays: Sequence[date]) -> Iterator[list[tuple[date, str]]]:
    """Yield ways to name the weeks, from many names to few."""
    if len(mondays) <= _FEW_WEEKS:
        for step in range(1, len(mondays) + 1):
            yield [(day, f"{day.day} {day:%b}") for day in mondays[::step]]
    begun = list(_begun(mondays))
    for step in _MONTHS:
        found = [(day, month) for day, month in begun if (month.year * 12 + month.month - 1) % step == 0]
        yield [(day, _month(month, first=not n)) for n, (day, month) in enumerate(found)]


def _begun(mondays: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Yield the first week of each month that begins among the weeks, and the month."""
    before: date | None = None
    for monday in mondays:
        month = monday.replace(day=1)
        if before and month != before:
            yield monday, month
        before = month


def _month(month: date, *, first: bool) -> str:
    return f"{month:%b %Y}" if first or month.month == 1 else f"{month:%b}"


def _apart(those: Sequence[Label], least: float) -> bool:
    ends = [(each.at * least, text_width(each.said) / 2 + 4) for each in those]
    return all(later - earlier >= half + other for (earlier, half), (later, other) in pairwise(ends))
