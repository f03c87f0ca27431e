"""The weeks of Mira's life, one after the other."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from outgrow.example import routine, turn, work
from outgrow.example.chance import Chance
from outgrow.example.days import Days, away, is_close
from outgrow.example.records import Records
from outgrow.example.work import Series, Theme
from outgrow.model.activity import Activity, State
from outgrow.model.judgement import Reason, Value
from outgrow.model.period import monday

#: The share of growth aimed at in each month: a plateau, then the turn.
GROWTH_SHARES = (
    *(0.07, 0.07, 0.06, 0.06, 0.05, 0.05, 0.05, 0.06, 0.07, 0.07, 0.06, 0.05, 0.05, 0.04, 0.05, 0.05, 0.05),
    *(0.10, 0.16, 0.21, 0.24, 0.24, 0.27, 0.27),
)

_SEED = 1872
_DAY_HOURS = 6.6
_FEWEST, _MOST = 0.93, 1.05  # how full a week is
_TRIES = 60
_VENDORS_KNOWN = 8  # at the beginning; the others come later
_NEW_VENDORS_SINCE = 8
_SLOT = re.compile(r"\{(\w+)\}")
_THEMES = (*routine.THEMES, *turn.THEMES)
_VARIED: tuple[tuple[float, Callable[[str], str]], ...] = (
    (0.06, str.lower),
    (0.03, "{} (cont.)".format),
    (0.02, "WIP {}".format),
    (0.02, "{} v2".format),
    (0.02, "Re: {}".format),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Mira says about an activity."""

    value: Value
    reasons: frozenset[Reason] = frozenset()
    discomfort: int | None = None


DEPTH = Answer(Value.DEPTH)
_OUTSIDE = Answer(Value.OUTSIDE)
_NEW_SCOPE = Answer(Value.GROWTH, frozenset([Reason.SCOPE]), 3)


class Life:
    """Lives through the weeks and keeps what the sources tell of them."""

    def __init__(self, first: date, last: date) -> None:
        """Begin on a first of a month."""
        self._first, self._last = first, last
        self._chance = Chance(_SEED)
        self._days = Days(self._chance)
        self._records = Records()
        self._away = away(first, last)
        self._off = frozenset(day for one in self._away for day in one.all)
        self._owed = 0.0  # hours of growth that are due
        self._hours = 0.0  # in the week
        self._lived: list[tuple[Activity, Answer]] = []

    def lived(self) -> list[tuple[Activity, Answer]]:
        """Return all activities in the order of time, each with her answer."""
        for one in self._away:
            self._keep(self._records.absence(one), _OUTSIDE)
        begin = monday(self._first)
        while begin <= self._last:
            self._week(begin)
            begin += timedelta(weeks=1)
        return sorted(self._lived, key=_when)

    def _week(self, begin: date) -> None:
        days = [day for n in range(5) if self._first <= (day := begin + timedelta(days=n)) <= self._last]
        working = [day for day in days if day not in self._off]
        self._hours = 0.0
        for series in routine.SERIES:
            self._series(series, days)
        for day in working:
            self._life_outside(day)
            self._tickets(day)
            self._meetings(day)
        goal = len(working) * _DAY_HOURS * (_FEWEST + (_MOST - _FEWEST) * self._chance.whole(0, 10) / 10)
        for _ in range(_TRIES):
            if working and self._hours < goal:
                self._at_the_desk(self._chance.one(working))

    def _series(self, series: Series, days: Sequence[date]) -> None:
        for day in days:
            week = day.toordinal() // 7
            if (
                day.weekday() in series.days
                and week % series.every == 0
                and series.since <= self._month(day) <= series.until
            ):
                self._occurrence(series, day)

    def _occurrence(self, series: Series, day: date) -> None:
        state = State.DECLINED if day in self._off else State.CANCELLED if self._chance.happens(0.04) else State.DONE
        start = self._days.take(day, series.at, series.minutes)
        event = self._records.meeting(series.title, start, series.minutes, series.people)
        growth = series.growth[0] <= self._month(day) <= series.growth[1]
        self._keep(self._records.occurrence(event, led=series.led, state=state), _NEW_SCOPE if growth else DEPTH)
        if state is State.DONE and self._chance.happens(series.tracked):
            late = start + timedelta(minutes=self._chance.whole(-4, 6))
            self._keep(self._records.entry(series.title, series.project, late, series.minutes), DEPTH, again=True)

    def _life_outside(self, day: date) -> None:
        if self._chance.happens(0.2) and (start := self._days.place(day, 45)):
            self._keep(self._records.meeting(self._chance.one(routine.OUTSIDE), start, 45), _OUTSIDE)
        if self._chance.happens(0.06) and (start := self._days.place(day, 60, crowded=True)):
            self._keep(self._records.busy(start, 60), _OUTSIDE)
        if self._chance.happens(0.1) and (start := self._days.place(day, 60, crowded=True)):
            self._keep(self._records.declined(self._chance.one(routine.DECLINED), start, 60), DEPTH)

    def _tickets(self, day: date) -> None:
        for _ in range(self._chance.whole(0, 2)):
            new = self._month(day) >= work.TURN and self._owed > 0 and self._chance.happens(0.5)
            titles = turn.tickets(self._month(day)) if new else routine.TICKETS
            self._ticket(day, self._filled(self._chance.one(titles), day), new=new)

    def _ticket(self, day: date, title: str, *, new: bool) -> None:
        minutes = self._chance.whole(2, 6) * 15
        start = self._days.place(day, minutes)
        if start is None:
            return
        answer = _NEW_SCOPE if new else DEPTH
        project = "Ghent" if new else "Requests"
        ticket = self._records.ticket(title, project, start + timedelta(minutes=minutes + self._chance.whole(1, 9)))
        self._keep(ticket, answer)
        if self._chance.happens(0.35):
            title = f"{ticket.native_id} {title}"
            self._keep(self._records.entry(title, project, start, minutes, ticket.references), answer)

    def _meetings(self, day: date) -> None:
        for _ in range(self._chance.weighted(((0, 0.4), (1, 0.4), (2, 0.2)))):
            self._do(self._theme(day, meeting=True, growth=False), day)

    def _at_the_desk(self, day: date) -> None:
        growth = self._owed > 0
        self._do(self._theme(day, meeting=growth and self._chance.happens(0.35), growth=growth), day)

    def _theme(self, day: date, *, meeting: bool, growth: bool) -> Theme:
        """Choose what to do; where there is no meeting of the kind, work at the desk."""
        return self._chance.weighted(_choice(self._month(day), day.month, meeting, growth, is_close(day)))

    def _do(self, theme: Theme, day: date) -> None:
        minutes = self._chance.whole(theme.minutes[0] // 15, theme.minutes[1] // 15) * 15
        start = self._days.place(day, minutes, crowded=theme.meeting and self._chance.happens(0.2))
        if start is None:
            return
        month = self._month(day)
        title = self._filled(self._chance.one(theme.titles), day)
        answer = Answer(Value.GROWTH, theme.reasons, theme.discomfort) if theme.is_growth(month) else DEPTH
        if theme.vague and month >= work.TURN and self._chance.happens(0.25):
            answer = _NEW_SCOPE
        self._keep(self._told(theme, title, start, minutes), answer)

    def _told(self, theme: Theme, title: str, start: datetime, minutes: int) -> Activity:
        if not theme.meeting:
            return self._records.entry(self._varied(title), theme.project, start, minutes)
        named = tuple(name for name in work.TEAM if name in title)
        people = theme.people or named or (self._chance.one(work.TEAM), self._chance.one(work.OTHERS))
        return self._records.meeting(title, start, minutes, people)

    def _filled(self, title: str, day: date) -> str:
        """Fill the slots of a title."""
        return _SLOT.sub(lambda slot: self._word(slot.group(1), day), title)

    def _word(self, slot: str, day: date) -> str:
        dated = {"month": f"{day:%B}", "week": f"{day:%V}", "number": str(self._chance.whole(1, 30))}
        words = work.WORDS.get(slot, ())
        if slot == "vendor" and self._month(day) < _NEW_VENDORS_SINCE:
            words = words[:_VENDORS_KNOWN]
        return dated.get(slot) or self._chance.one(words)

    def _varied(self, title: str) -> str:
        for probability, vary in _VARIED:
            if self._chance.happens(probability):
                return vary(title)
        return title

    def _month(self, day: date) -> int:
        """Return how many months after the first a day is."""
        return (day.year - self._first.year) * 12 + day.month - self._first.month

    def _keep(self, activity: Activity, answer: Answer, *, again: bool = False) -> None:
        """Keep an activity; `again` when its hours are known from another source."""
        self._lived.append((activity, answer))
        if again or activity.state is not State.DONE or answer is _OUTSIDE or activity.start is None:
            return
        hours = (activity.minutes or 0) / 60
        grown = hours if answer.value is Value.GROWTH else 0
        self._hours += hours
        self._owed += GROWTH_SHARES[self._month(activity.start.date())] * hours - grown


@cache
def _choice(month: int, of_year: int, meeting: bool, growth: bool, close: bool) -> Sequence[tuple[Theme, float]]:  # noqa: FBT001 - a key
    """Return the themes to choose from in a month, each with its weight."""
    fit = [
        theme
        for theme in _THEMES
        if theme.is_growth(month) == growth
        and theme.since <= month <= theme.until
        and (not theme.season or of_year in theme.season)
        and (close or not theme.close)
    ]
    wanted = [theme for theme in fit if theme.meeting == meeting] or fit
    return [(theme, theme.weight) for theme in wanted]


def _when(lived: tuple[Activity, Answer]) -> tuple[float, str]:
    activity = lived[0]
    return activity.start.timestamp() if activity.start else 0.0, activity.native_id
