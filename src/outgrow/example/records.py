"""How Mira's calendar, time tracker and tickets would tell of her work."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from outgrow.example.days import ZONE, Away
from outgrow.example.work import EMPLOYER
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, State, Visibility, ZoneCertainty


class Records:
    """Writes activities with the identities their sources would give them."""

    def __init__(self) -> None:
        """Begin with empty sources."""
        self._lines: Counter[str] = Counter()
        self._series: dict[str, int] = {}
        self._ticket = 400

    def meeting(self, title: str, start: datetime, minutes: int, people: tuple[str, ...] = ()) -> Activity:
        """Return a single event of the calendar."""
        return Activity(
            source="icalendar",
            account=f"mira@{EMPLOYER}",
            native_id=_code("event", title, start),
            line=self._line("calendar"),
            kind=Kind.MEETING,
            title=title,
            start=start,
            end=start + timedelta(minutes=minutes),
            zone=str(ZONE),
            zone_certainty=ZoneCertainty.STATED,
            minutes=float(minutes),
            basis=DurationBasis.PLANNED,
            people=tuple(f"{name.lower()}@{EMPLOYER}" for name in people),
            role=Role.TOOK_PART if people else Role.UNKNOWN,
        )

    def occurrence(self, event: Activity, *, led: bool, state: State) -> Activity:
        """Return an event as the occurrence of the series with its title."""
        uid = _code("series", event.title)
        line = self._series.setdefault(uid, event.line)
        key = f"{event.start:%Y%m%dT%H%M%S}"
        role = Role.LED if led else event.role
        return replace(event, native_id=uid, series=uid, occurrence=key, line=line, role=role, state=state)

    def busy(self, start: datetime, minutes: int) -> Activity:
        """Return what a second calendar shows of an event: that there is one."""
        return replace(self.meeting("Busy", start, minutes), visibility=Visibility.BUSY)

    def declined(self, title: str, start: datetime, minutes: int) -> Activity:
        """Return an event the person said no to."""
        return replace(self.meeting(title, start, minutes, ("Events",)), state=State.DECLINED)

    def absence(self, away: Away) -> Activity:
        """Return a whole-day event."""
        midnight = datetime(away.first.year, away.first.month, away.first.day, tzinfo=ZONE)
        event = self.meeting(away.title, midnight, 0)
        end = midnight + timedelta(days=away.days)
        return replace(event, end=end, precision=Precision.DAY, minutes=None, basis=DurationBasis.NONE)

    def entry(
        self, title: str, project: str, start: datetime, minutes: int, references: tuple[str, ...] = ()
    ) -> Activity:
        """Return an entry of the time tracker."""
        return Activity(
            source="table",
            account="time tracker",
            native_id=_code("entry", title, start),
            line=self._line("tracker"),
            kind=Kind.TIME_ENTRY,
            title=title,
            start=start,
            end=start + timedelta(minutes=minutes),
            zone=str(ZONE),
            minutes=float(minutes),
            basis=DurationBasis.MEASURED,
            project=project,
            references=references,
        )

    def ticket(self, title: str, project: str, done: datetime) -> Activity:
        """Return a ticket that was done; it has no hours."""
        self._ticket += 1
        name = f"OPS-{self._ticket}"
        return Activity(
            source="table",
            account="tickets",
            native_id=name,
            line=self._line("tickets"),
            kind=Kind.TASK_DONE,
            title=title,
            start=done,
            zone=str(ZONE),
            zone_certainty=ZoneCertainty.STATED,
            project=project,
            url=f"https://tickets.{EMPLOYER}/browse/{name}",
            references=(name,),
        )

    def _line(self, source: str) -> int:
        self._lines[source] += 1
        return self._lines[source]


def _code(*parts: object) -> str:
    return blake2b(" ".join(map(str, parts)).encode(), digest_size=8).hexdigest()
