"""Rows that say when something began and how long it took: time entries and meetings."""

from datetime import datetime, timedelta

from outgrow.importers.contract import Context
from outgrow.importers.table.columns import Columns
from outgrow.importers.table.dates import Calendar, Clock, Memo, Midnight
from outgrow.importers.table.fault import Fault
from outgrow.importers.table.header import Layout, normalised
from outgrow.importers.table.numbers import DAY, DurationStyle, parse_minutes
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.rows import Cells
from outgrow.importers.table.texts import Identities, Texts
from outgrow.model.activity import (
    Activity,
    DurationBasis,
    Kind,
    Precision,
    Role,
    State,
    Visibility,
    ZoneCertainty,
)

_LONG = ("longer than 24 hours",)
_UNCOUNTED = {
    "3": "free", "free": "free", "frei": "free", "libre": "free", "disponible": "free", "libero": "free",
    "4": "out of office", "out of office": "out of office", "abwesend": "out of office",
    "absent du bureau": "out of office", "fuera de la oficina": "out of office",
}  # fmt: skip


class TimedRows:
    """Turns rows into time entries or meetings. Everything that holds for all rows is settled once."""

    def __init__(self, kind: Kind, layout: Layout, columns: Columns, context: Context, account: str) -> None:
        """Settle which column is read how."""
        self._kind, self._account, self._context = kind, account, context
        self._basis = DurationBasis.PLANNED if kind is Kind.MEETING else DurationBasis.MEASURED
        self._layout = layout
        self._start, self._start_time = layout.first(Meaning.START), layout.first(Meaning.START_TIME)
        self._end, self._end_time = layout.first(Meaning.END), layout.first(Meaning.END_TIME)
        self._calendar: Calendar = columns.calendars[self._start]
        self._end_calendar = columns.calendars.get(self._end, self._calendar)
        self._durations = [
            (place, Memo[float](_reader(columns.styles[place]))) for place in layout.all(Meaning.DURATION)
        ]
        self._titles, self._projects = layout.all(Meaning.TITLE), layout.all(Meaning.PROJECT)
        self._tags, self._people = layout.all(Meaning.TAGS), layout.all(Meaning.PEOPLE)
        self._id, self._series = layout.first(Meaning.ID), layout.first(Meaning.SERIES)
        self._texts = Texts(context.addresses)
        self._identities = Identities()
        self._meeting = MeetingColumns(layout, context.addresses, self._texts) if kind is Kind.MEETING else None

    def read(self, line: int, row: Cells) -> Activity:
        """Return the activity of a row. Raises Fault for one that cannot be read."""
        midnight, clock = self._begin(row)
        title, references = self._texts.title(row, self._titles)
        project = self._texts.first(row, self._projects)
        if clock is None or (self._meeting and self._meeting.all_day(row)):
            start, end, minutes = self._whole_days(row, midnight)
            precision, clock_key, zone = Precision.DAY, "", None
        else:
            start = self._calendar.moment(midnight, clock)
            end, minutes = self._end_and_minutes(row, midnight, start)
            precision, clock_key, zone = Precision.MINUTE, clock.key, clock.zone
        visibility, role, uncounted = Visibility.NORMAL, Role.UNKNOWN, ""
        people = self._texts.people(row, self._people)
        if self._meeting:
            visibility, role, uncounted = (
                self._meeting.visibility(row),
                self._meeting.role(row),
                self._meeting.uncounted(row),
            )
            people = self._meeting.people(row)
        warnings: tuple[str, ...] = ()
        if minutes is not None and minutes > DAY:
            warnings = _LONG
        if uncounted:
            minutes, warnings = None, (f"shown as {uncounted}, so its time is not counted",)
        return Activity(
            source="table",
            account=self._account,
            native_id=self._identity(row, f"{midnight.key} {clock_key}\0{project}\0{title}"),
            line=line,
            kind=self._kind,
            title=title,
            start=start,
            end=end,
            precision=precision,
            zone=self._context.zone if zone is None else "",
            zone_certainty=ZoneCertainty.ASSUMED if zone is None else ZoneCertainty.STATED,
            minutes=minutes,
            basis=DurationBasis.NONE if minutes is None else self._basis,
            project=project,
            series=row[self._series].strip() if self._series >= 0 else "",
            tags=self._texts.names(row, self._tags) if self._tags else (),
            people=people,
            role=role,
            state=State.PLANNED if self._meeting and start > self._context.now else State.DONE,
            visibility=visibility,
            references=references,
            warnings=warnings,
        )

    def _identity(self, row: Cells, key: str) -> str:
        if self._id >= 0 and (own := row[self._id].strip()[:200]):
            return self._identities.numbered(own)
        return self._identities.of(key)

    def _begin(self, row: Cells) -> tuple[Midnight, Clock | None]:
        day = row[self._start]
        if not day.strip():
            raise Fault(f"no day in the column {self._layout.label(self._start)!r}", "Fill in the day in the file.")
        if self._start_time >= 0 and (clock := row[self._start_time]):
            return self._calendar.days[day], self._calendar.clocks[clock]
        return self._calendar.read(day)

    def _stated_minutes(self, row: Cells) -> float | None:
        for place, durations in self._durations:
            if text := row[place]:
                minutes = durations[text]
                if minutes < 0:
                    raise Fault(f"the duration {text!r} is negative", "Correct the duration in the file.")
                return minutes
        return None

    def _end_and_minutes(self, row: Cells, midnight: Midnight, start: datetime) -> tuple[datetime | None, float | None]:
        """Return the end and how long it took: as stated, else from start to end."""
        minutes = self._stated_minutes(row)
        end = self._stated_end(row, midnight, start)
        if end is None:
            return (None, None) if minutes is None else (start + timedelta(minutes=minutes), minutes)
        return end, ((end - start).total_seconds() / 60 if minutes is None else minutes)

    def _stated_end(self, row: Cells, midnight: Midnight, start: datetime) -> datetime | None:
        """Return the end; one without a day of its own may lie after midnight."""
        day = row[self._end] if self._end >= 0 else ""
        time = row[self._end_time] if self._end_time >= 0 else ""
        if not day:
            return self._end_by_clock(self._calendar.clocks[time], midnight, start) if time else None
        calendar = self._end_calendar
        last, clock = (calendar.days[day], calendar.clocks[time]) if time else self._read_end(day, midnight)
        if clock is None:
            return None
        end = calendar.moment(last, clock)
        if end < start:
            end = calendar.moment(last, clock, fold=1)
        if end < start:
            raise Fault(f"it ends ({end:%Y-%m-%d %H:%M}) before it starts ({start:%Y-%m-%d %H:%M})", _SWAP)
        return end

    def _read_end(self, text: str, midnight: Midnight) -> tuple[Midnight, Clock | None]:
        """Read an end column that holds day and time, or a time alone."""
        try:
            return self._end_calendar.read(text)
        except Fault:
            return midnight, self._end_calendar.clocks[text]

    def _end_by_clock(self, clock: Clock, midnight: Midnight, start: datetime) -> datetime:
        end = self._calendar.moment(midnight, clock)
        if end < start:
            end = self._calendar.moment(self._calendar.midnight(midnight.day + timedelta(days=1)), clock)
        return end

    def _whole_days(self, row: Cells, midnight: Midnight) -> tuple[datetime, datetime | None, float | None]:
        """Return a record of days: the stated duration, or none for a meeting of whole days."""
        if not self._meeting:
            return midnight.at, None, self._stated_minutes(row)
        return midnight.at, self._last_midnight(row, midnight), None

    def _last_midnight(self, row: Cells, midnight: Midnight) -> datetime:
        """Return the midnight a meeting of whole days ends with: a bare last day is meant with its evening."""
        last, clock = midnight, None
        if self._end >= 0 and row[self._end].strip():
            last, clock = self._end_calendar.read(row[self._end])
            if self._end_time >= 0 and row[self._end_time].strip():
                clock = self._end_calendar.clocks[row[self._end_time]]
        if clock is None or last.day <= midnight.day:
            last = self._calendar.midnight(max(last.day, midnight.day) + timedelta(days=1))
        return last.at


_SWAP = "Correct the start or the end in the file."


def _reader(style: DurationStyle):  # noqa: ANN202
    return lambda text: parse_minutes(text, style)


class MeetingColumns:
    """What only meetings say: who takes part, whether they last all day, are private or leave the person free."""

    def __init__(self, layout: Layout, own: frozenset[str], texts: Texts) -> None:
        """Keep the columns and the person's own addresses."""
        self._own, self._texts = own, texts
        self._all_day, self._private = layout.first(Meaning.ALL_DAY), layout.first(Meaning.PRIVATE)
        self._shown_as, self._organiser = layout.first(Meaning.SHOWN_AS), layout.all(Meaning.ORGANISER)
        self._required, self._optional = layout.all(Meaning.PEOPLE), layout.all(Meaning.OPTIONAL)

    def all_day(self, row: Cells) -> bool:
        """Whether the row says that it lasts whole days."""
        return self._all_day >= 0 and self._texts.flags[row[self._all_day]]

    def visibility(self, row: Cells) -> Visibility:
        """Return whether the row is marked private."""
        private = self._private >= 0 and self._texts.flags[row[self._private]]
        return Visibility.PRIVATE if private else Visibility.NORMAL

    def uncounted(self, row: Cells) -> str:
        """Return as what a row is shown that takes none of the working time, else ""."""
        return _UNCOUNTED.get(normalised(row[self._shown_as]), "") if self._shown_as >= 0 else ""

    def people(self, row: Cells) -> tuple[str, ...]:
        """Return organiser and attendees, without the person."""
        return self._texts.people(row, (*self._organiser, *self._required, *self._optional))

    def role(self, row: Cells) -> Role:
        """Return the person's part, known where one of their addresses is listed."""
        for places, role in (
            (self._organiser, Role.LED),
            (self._required, Role.TOOK_PART),
            (self._optional, Role.OPTIONAL),
        ):
            if any(name.casefold() in self._own for name in self._texts.names(row, places)):
                return role
        return Role.UNKNOWN
