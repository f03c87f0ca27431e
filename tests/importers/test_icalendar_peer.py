"""Series with exceptions and changes, against icalendar + recurring-ical-events on the same random calendars."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]

from outgrow.importers.icalendar.reader import AHEAD
from outgrow.model.activity import State
from tests.importers.calendar_files import CONTEXT, calendar, event, read

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "UTC", "floating", "day")
STEPS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
LAST = CONTEXT.now + AHEAD


class Maker:
    """Makes one random calendar: a series in one zone, with up to three exceptions and two changed times."""

    def __init__(self, seed: int) -> None:
        """Choose zone, start and frequency."""
        self.chance = chance = random.Random(seed)  # noqa: S311 - the same calendars every time
        self.zone = chance.choice(ZONES)
        start = datetime(2023, 1, 1) + timedelta(days=chance.randrange(500), minutes=15 * chance.randrange(96))  # noqa: DTZ001 - a local time
        self.start = start.replace(hour=0, minute=0) if self.zone == "day" else start
        self.frequency = chance.choice(sorted(STEPS))

    def calendar(self) -> str:
        """Return the calendar as text, its events in any order."""
        times = self.line("DTSTART", self.start), self.rule(), *([] if self.zone == "day" else ["DURATION:PT1H15M"])
        more = [self.line("EXDATE", self.some_time()) for _ in range(self.chance.randint(0, 3))]
        more += [self.line("RDATE", self.start + timedelta(days=self.chance.randint(1, 200)))] * self.chance.randint(
            0, 1
        )
        changed = {self.some_time() for _ in range(self.chance.randint(0, 2))}
        parts = [event(*times, *more, "SUMMARY:series"), *map(self.change, sorted(changed))]
        self.chance.shuffle(parts)
        return calendar(*parts)

    def change(self, time: datetime) -> str:
        """Return an event that moves one time."""
        hours = 24 * self.chance.randint(0, 2) + (0 if self.zone == "day" else self.chance.randint(0, 3))
        moved = self.line("DTSTART", time + timedelta(hours=hours), local=True)
        return event(self.line("RECURRENCE-ID", time), moved, "SEQUENCE:1", "SUMMARY:changed")

    def rule(self) -> str:
        """Return the rule, without end, with a count or with a last time."""
        parts = [f"RRULE:FREQ={self.frequency}", f"INTERVAL={self.chance.randint(1, 3)}"]
        if self.frequency in {"DAILY", "WEEKLY"} and self.chance.random() < 0.4:
            parts.append("BYDAY=" + ",".join(self.chance.sample(DAYS, 2)))
        if self.frequency == "MONTHLY" and self.chance.random() < 0.4:
            parts.append("BYDAY=" + self.chance.choice(("1", "2", "-1", "")) + self.chance.choice(DAYS))
        until = "UNTIL=" + self.utc(self.some_time())
        return ";".join(parts + self.chance.choice(([], [f"COUNT={self.chance.randint(1, 30)}"], [until])))

    def some_time(self) -> datetime:
        """Return a local time that is likely one of the series."""
        return self.start + timedelta(days=STEPS[self.frequency] * self.chance.randint(0, 12))

    def line(self, name: str, time: datetime, *, local: bool = False) -> str:
        """Return a line with a time in the series' own manner, or in UTC."""
        if self.zone == "day":
            return f"{name};VALUE=DATE:{time:%Y%m%d}"
        if "/" in self.zone and (local or name == "DTSTART" or self.chance.random() < 0.5):
            return f"{name};TZID={self.zone}:{time:%Y%m%dT%H%M%S}"
        return f"{name}:{self.utc(time)}"

    def utc(self, time: datetime) -> str:
        """Return a time in UTC, or as it is where the series has no zone."""
        if self.zone == "day":
            return f"{time:%Y%m%d}"
        if self.zone == "floating":
            return f"{time:%Y%m%dT%H%M%S}"
        return f"{time.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def ours(text: str) -> list[tuple[str, str]]:
    """Return title and start of what takes place, as we read it."""
    told = (each for each in read(text)[0] if each.state is not State.CANCELLED)
    return sorted(
        (each.title, each.start.astimezone(UTC).isoformat()) for each in told if each.start and each.start < LAST
    )


def theirs(text: str) -> list[tuple[str, str]]:
    """Return title and start as the libraries read it."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(FIRST, LAST)
    return sorted((str(each["SUMMARY"]), _aware(each.start)) for each in found)


def _aware(start: object) -> str:
    assert start
    time = start if isinstance(start, datetime) else datetime.fromisoformat(str(start))
    return (time if time.tzinfo else time.replace(tzinfo=ZoneInfo(CONTEXT.zone))).astimezone(UTC).isoformat()


@pytest.mark.parametrize("seed", range(60))
def test_series_take_place_when_the_libraries_say(seed: int) -> None:
    text = Maker(seed).calendar()
    assert ours(text) == theirs(text)
