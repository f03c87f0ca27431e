"""Rows that say when something began and how long it took: time entries and meetings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from outgrow.importers.contract import Context
from outgrow.importers.table.columns import Columns
from outgrow.importers.table.dates import Clock, Memo, Midnight
from outgrow.importers.table.fault import Fault
from outgrow.importers.table.header import Layout, normalised
from outgrow.importers.table.numbers import DAY, DurationStyle, parse_minutes
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.rows import Cells
from outgrow.importers.table.texts import Texts
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, State, Visibility, ZoneCertainty

_LONG = ("longer than 24 hours",)
_CORRECT = "Correct the start or the end in the file."
_SHOWN_AS = {
    word: shown
    for shown, words in {
        "free": ["3", "free", "frei", "libre", "disponible", "libero", "vrij"],
        "out of office": ("4", "out of office", "abwesend", "absent du bureau", "fuera de la oficina", "fuori sede"),
    }.items()
    for word in words
}

#: Start, end, minutes, the zone the source states, whether it is whole days, and what tells rows of one day apart.
Span = tuple[datetime, datetime | None, float | None, tzinfo | None, bool, str]


class TimeEntryRows:
    """Turns rows into time entries. Everything that holds for all rows is settled once."""

    kind = Kind.TIME_ENTRY
    basis = DurationBasis.MEASURED

    def __init__(self, layout: Layout, columns: Columns, context: Context, account: str) -> None:
        """Settle which column is read how."""
        self._layout, self._context, self._account = layout, context, account
        self._start, self._start_time = layout.first(Meaning.START), layout.first(Meaning.START_TIME)
        self._end, self._end_time = layout.first(Meaning.END), layout.first(Meaning.END_TIME)
        self._calendar = columns.calendars[self._start]
        self._end_calendar = columns.calendars.get(self._end, self._calendar)
        self._clocks = columns.clocks
        self._durations = [(place, Memo(_minutes_in(columns.styles[place]))) for place in layout.all(Meaning.DURATION)]
        self._titles, self._projects = layout.all(Meaning.TITLE), layout.all(Meaning.PROJECT)
        self._tags, self._people = layout.all(Meaning.TAGS), layout.all(Meaning.PEOPLE)
        self._series = layout.first(Meaning.SERIES)
        self._texts = Texts(layout, context.addresses)

    def read(self, line: int, row: Cells) -> Activity:
        """Return the activity of a row. Raises Fault for one that cannot be read."""
        try:
            start, end, minutes, zone, whole_days, key = self._span(row)
        except Fault as fault:
            raise self._located(row, fault) from None
        title, references = self._texts.title(row, self._titles)
        project = self._texts.first(row, self._projects)
        return Activity(
            source="table",
            account=self._account,
            native_id=self._texts.identity(row, key, project, title),
            line=line,
            kind=self.kind,
            title=title,
            start=start,
            end=end,
            precision=Precision.DAY if whole_days else Precision.MINUTE,
            zone=self._context.zone if zone is None else "",
            zone_certainty=ZoneCertainty.ASSUMED if zone is None else ZoneCertainty.STATED,
            minutes=minutes,
            basis=DurationBasis.NONE if minutes is None else self.basis,
            project=project,
            series=row[self._series].strip() if self._series >= 0 else "",
            tags=self._texts.names(row, self._tags) if self._tags else (),
            people=self._texts.people(row, self._people) if self._people else (),
            references=references,
            warnings=_LONG if minutes is not None and minutes > DAY else (),
        )

    def _span(self, row: Cells) -> Span:
        midnight, clock = self._begin(row)
        if clock is None or self._lasts_all_day(row):
            end, minutes = self._whole_days(row, midnight)
            return midnight.at, end, minutes, None, True, midnight.key
        start = self._calendar.moment(midnight, clock)
        end = self._stated_end(row, midnight, start)
        if end is not None and end < start:
            start, end = self._across_a_change(row, midnight, clock, end)
        minutes = self._stated_minutes(row)
        if end is None:
            end = None if minutes is None else _after(start, minutes)
        elif minutes is None:
            minutes = (end - start).total_seconds() / 60
        return start, end, minutes, clock.zone, False, f"{midnight.key} {clock.key}"

    def _located(self, row: Cells, fault: Fault) -> Fault:
        """Name the column that a fault comes from."""
        days = self._calendar.read, self._end_calendar.read
        readers: list[tuple[int, Callable[[str], object]]] = [
            (self._start, days[0]),
            (self._start_time, self._clocks.__getitem__),
            (self._end, days[1]),
        ]
        readers += [(self._end_time, self._clocks.__getitem__)]
        readers += [(place, durations.__getitem__) for place, durations in self._durations]
        for place, read in readers:
            try:
                _ = place >= 0 and row[place] and read(row[place])
            except Fault as found:
                if found.reason == fault.reason:
                    return Fault(f"{fault.reason} (column {self._layout.label(place)!r})", fault.remedy)
        return fault

    def _begin(self, row: Cells) -> tuple[Midnight, Clock | None]:
        day = row[self._start]
        if self._start_time >= 0 and day and (clock := row[self._start_time]):
            return self._calendar.days[day], self._clocks[clock]
        if not day.strip():
            raise self._empty(self._start)
        return self._calendar.read(day)

    def _empty(self, place: int) -> Fault:
        return Fault(f"no day in the column {self._layout.label(place)!r}", "Fill in the day in the file.")

    def _lasts_all_day(self, row: Cells) -> bool:
        """Whether a row with a time of day is meant to last whole days."""
        del row
        return False

    def _whole_days(self, row: Cells, midnight: Midnight) -> tuple[datetime | None, float | None]:
        """Return end and minutes of a row that names days only."""
        del midnight
        return None, self._stated_minutes(row)

    def _stated_minutes(self, row: Cells) -> float | None:
        for place, durations in self._durations:
            if text := row[place]:
                minutes = durations[text]
                if minutes < 0:
                    reason = f"the duration {text!r} is negative (column {self._layout.label(place)!r})"
                    raise Fault(reason, "Correct the duration in the file.")
                return minutes
        return None

    def _stated_end(self, row: Cells, midnight: Midnight, start: datetime) -> datetime | None:
        """Return the end; one without a day of its own may lie after midnight."""
        time = row[self._end_time] if self._end_time >= 0 else ""
        day = row[self._end] if self._end >= 0 else ""
        if day and time:
            return self._end_calendar.moment(self._end_calendar.days[day], self._clocks[time])
        if day and ":" in day:
            return self._end_by_text(day, midnight, start)
        return self._end_by_clock(self._clocks[time], midnight, start) if time else None

    def _end_by_text(self, text: str, midnight: Midnight, start: datetime) -> datetime | None:
        """Read an end column that holds day and time, or a time alone."""
        try:
            last, clock = self._end_calendar.read(text)
        except Fault:
            return self._end_by_clock(self._clocks[text], midnight, start)
        return None if clock is None else self._end_calendar.moment(last, clock)

    def _end_by_clock(self, clock: Clock, midnight: Midnight, start: datetime) -> datetime:
        end = self._calendar.moment(midnight, clock)
        if end < start:
            end = self._calendar.moment(self._calendar.midnight(midnight.day + timedelta(days=1)), clock)
        return end

    def _across_a_change(
        self, row: Cells, midnight: Midnight, clock: Clock, end: datetime
    ) -> tuple[datetime, datetime]:
        """Return start and end where the clock was changed between them, else refuse the row.

        In the hour that is skipped the start is read as the time after it; in the hour that comes twice the end is
        read as its second coming.
        """
        start = self._calendar.moment(midnight, clock)
        earlier = self._calendar.moment(midnight, clock, fold=1)
        if earlier <= end:
            return earlier, end
        if row[self._end] and self._end_time >= 0 and row[self._end_time]:
            last = self._end_calendar.days[row[self._end]]
            later = self._end_calendar.moment(last, self._clocks[row[self._end_time]], fold=1)
            if later >= start:
                return start, later
        reason = f"it ends ({end:%Y-%m-%d %H:%M}) before it starts ({start:%Y-%m-%d %H:%M})"
        raise Fault(reason, _CORRECT)


def _minutes_in(style: DurationStyle) -> Callable[[str], float]:
    return lambda text: parse_minutes(text, style)


class MeetingRows(TimeEntryRows):
    """Turns rows into meetings: who takes part, whether they last all day, are private or leave the person free."""

    kind = Kind.MEETING
    basis = DurationBasis.PLANNED

    def __init__(self, layout: Layout, columns: Columns, context: Context, account: str) -> None:
        """Settle which column is read how."""
        super().__init__(layout, columns, context, account)
        self._all_day, self._private = layout.first(Meaning.ALL_DAY), layout.first(Meaning.PRIVATE)
        self._shown_as, self._organiser = layout.first(Meaning.SHOWN_AS), layout.all(Meaning.ORGANISER)
        self._optional = layout.all(Meaning.OPTIONAL)

    def read(self, line: int, row: Cells) -> Activity:
        """Return the meeting of a row. One to come is planned. Raises Fault for one that cannot be read."""
        meeting = super().read(line, row)
        shown = _SHOWN_AS.get(normalised(row[self._shown_as]), "") if self._shown_as >= 0 else ""
        return replace(
            meeting,
            tags=(*meeting.tags, shown) if shown else meeting.tags,
            people=self._texts.people(row, (*self._organiser, *self._people, *self._optional)),
            role=self._role(row),
            state=State.PLANNED if meeting.start and meeting.start > self._context.now else State.DONE,
            visibility=Visibility.PRIVATE if self._flag(row, self._private) else Visibility.NORMAL,
        )

    def _role(self, row: Cells) -> Role:
        """Return the person's part, known where one of their addresses is listed."""
        for places, role in (
            (self._organiser, Role.LED),
            (self._people, Role.TOOK_PART),
            (self._optional, Role.OPTIONAL),
        ):
            if self._texts.lists_the_person(row, places):
                return role
        return Role.UNKNOWN

    def _flag(self, row: Cells, place: int) -> bool:
        return place >= 0 and self._texts.flags[row[place]]

    def _lasts_all_day(self, row: Cells) -> bool:
        return self._flag(row, self._all_day)

    def _whole_days(self, row: Cells, midnight: Midnight) -> tuple[datetime | None, float | None]:
        """Return the midnight it ends with: a bare last day is meant with its evening. It has no minutes."""
        last, clock = midnight, None
        if self._end >= 0 and row[self._end].strip():
            last, clock = self._end_calendar.read(row[self._end])
            if self._end_time >= 0 and row[self._end_time].strip():
                clock = self._clocks[row[self._end_time]]
        if clock is None or last.day <= midnight.day:
            last = self._calendar.midnight(max(last.day, midnight.day) + timedelta(days=1))
        return last.at, None


def _after(start: datetime, minutes: float) -> datetime:
    try:
        return start + timedelta(minutes=minutes)
    except OverflowError:
        reason, remedy = "the duration reaches beyond the year 9999", "Correct it in the file and import it again."
        raise Fault(reason, remedy) from None
