"""Mira, an operations analyst: 24 months of calendar, time tracker and tickets, and what she would answer.

For 17 months little of it is new to her; then a new warehouse comes, and with it supplier talks, a planning day to
lead, a strategy note and somebody to teach.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outgrow.example.life import DEPTH, GROWTH_SHARES, Answer, Life
from outgrow.example.work import TURN
from outgrow.model.activity import Activity, State

Identity = tuple[str, str, str, str]

WEEKLY_HOURS = 37.5
#: The number of her last month, counted from 0.
LAST = len(GROWTH_SHARES) - 1
_FELT_BEFORE, _FELT_SINCE = 0.25, 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """Her activities in the order of time, and her answer to each by its identity. `first` is the first of her days."""

    activities: tuple[Activity, ...]
    answers: Mapping[Identity, Answer]
    first: date
    weekly_hours: float = WEEKLY_HOURS

    @property
    def turn(self) -> date:
        """The first day of the month in which her work turned."""
        return self.month(TURN)

    def month(self, number: int) -> date:
        """Return the first day of a month, counted from the first (0); those before it are negative."""
        return _month(self.first, number)

    def done(self, words: str, months: tuple[int, int]) -> list[Activity]:
        """Return what she did in work whose titles hold some words, from one month to another."""
        first, after = self.month(months[0]), self.month(months[1] + 1)
        return [
            each
            for each in self.activities
            if each.start and first <= each.start.date() < after
            if each.state is State.DONE and words.casefold() in each.title.casefold()
        ]

    def guess(self, month: date) -> float:
        """Return the growth share (a fraction) she believes a month had: like most people's guesses, too high."""
        return _FELT_SINCE if month >= self.turn else _FELT_BEFORE

    def answer(self, activity: Activity) -> Answer:
        """Return what she says about one of her activities."""
        return self.answers.get(identity_of(activity), DEPTH)


def identity_of(activity: Activity) -> Identity:
    """Return what tells an activity from all others."""
    return activity.source, activity.account, activity.native_id, activity.occurrence


def generate(until: date) -> Example:
    """Return the 24 calendar months that end on the day `until`, always the same for the same day."""
    first = _month(until, -LAST)
    lived = Life(first, until).lived()
    return Example(
        activities=tuple(activity for activity, _ in lived),
        answers={identity_of(activity): answer for activity, answer in lived},
        first=first,
    )


def _month(day: date, later: int) -> date:
    """Return the first day of the month so many months later."""
    number = day.year * 12 + day.month - 1 + later
    return date(number // 12, number % 12 + 1, 1)
