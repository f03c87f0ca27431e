"""Mira's days: when she is away, and where there is room for something."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from outgrow.example.chance import Chance
from outgrow.model.period import monday

ZONE = ZoneInfo("Europe/London")

_OPEN, _CLOSE = 34, 72  # quarters of an hour of the day: 8:30 to 18:00
_LUNCH = frozenset({50, 51})
_MONTH_ENDS_AROUND = 3


@dataclass(frozen=True, slots=True)
class Away:
    """Whole days without work, and what the calendar calls them."""

    first: date
    days: int
    title: str

    @property
    def all(self) -> frozenset[date]:
        """Every day of it."""
        return frozenset(self.first + timedelta(days=n) for n in range(self.days))


def away(first: date, last: date) -> list[Away]:
    """Return the holidays and the sick week between two days."""
    found = [Away(monday(first + timedelta(days=402)), 5, "Sick")]
    for year in range(first.year, last.year + 1):
        found += [
            Away(date(year, 1, 1), 1, "New Year's Day (bank holiday)"),
            Away(monday(date(year, 2, 17)), 5, "Holiday - half term"),
            Away(monday(date(year, 5, 7)), 1, "Early May bank holiday"),
            Away(monday(date(year, 8, 6)), 12, "Holiday"),
            Away(date(year, 10, 24), 2, "Holiday"),
            Away(date(year, 12, 25), 2, "Christmas (bank holiday)"),
        ]
    return [one for one in found if first <= one.first and max(one.all) <= last]


def is_close(day: date) -> bool:
    """Whether the month is being closed: its last days and the first of the next."""
    return day.day <= _MONTH_ENDS_AROUND or (day + timedelta(days=_MONTH_ENDS_AROUND)).month != day.month


class Days:
    """Which quarters of an hour are taken."""

    def __init__(self, chance: Chance) -> None:
        """Begin with nothing taken."""
        self._chance = chance
        self._taken: dict[date, set[int]] = defaultdict(set)

    def take(self, day: date, at: tuple[int, int], minutes: int) -> datetime:
        """Take a stretch, whatever else is there."""
        first = at[0] * 4 + at[1] // 15
        self._taken[day].update(range(first, first + _quarters(minutes)))
        return _clock(day, first)

    def place(self, day: date, minutes: int, *, crowded: bool = False) -> datetime | None:
        """Find room on a day and take it; a crowded one may fall on something else. None if there is no room."""
        length = _quarters(minutes)
        taken = frozenset() if crowded else self._taken[day] | _LUNCH
        room = [first for first in range(_OPEN, _CLOSE - length + 1) if taken.isdisjoint(range(first, first + length))]
        if not room:
            return None
        first = self._chance.one(room)
        self._taken[day].update(range(first, first + length))
        return _clock(day, first)


def _quarters(minutes: int) -> int:
    return -(-minutes // 15)


def _clock(day: date, quarter: int) -> datetime:
    return datetime(day.year, day.month, day.day, quarter // 4, quarter % 4 * 15, tzinfo=ZONE)
