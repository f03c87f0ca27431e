"""Rows that are tasks or issues, open or done. They are evidence of work and have no hours of their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outgrow.importers.contract import Context
from outgrow.importers.references import references_in
from outgrow.importers.table.columns import Columns
from outgrow.importers.table.dates import Calendar, Clock, Memo, Midnight, fixed
from outgrow.importers.table.fault import Fault
from outgrow.importers.table.header import Layout, normalised
from outgrow.importers.table.presets import Meaning, Preset
from outgrow.importers.table.rows import Cells
from outgrow.importers.table.texts import Texts
from outgrow.model.activity import Activity, Kind, Precision, State, ZoneCertainty

_DONE = frozenset(
    [
        "done",
        "completed",
        "complete",
        "closed",
        "resolved",
        "finished",
        "fixed",
        "true",
        "yes",
        "x",
        "1",
        "erledigt",
        "fertig",
        "abgeschlossen",
        "geschlossen",
        "ja",
        "termine",
        "fini",
        "fait",
        "oui",
        "hecho",
        "completado",
        "completada",
        "cerrado",
        "terminado",
        "finito",
        "completato",
        "concluido",
        "feito",
        "gereed",
        "afgerond",
    ]
)
_CANCELLED = frozenset(
    ("cancelled", "canceled", "won t do", "wont do", "rejected", "abgebrochen", "verworfen", "annule", "cancelado")
)
_COMMENT_PARTS = 3  # date;user;text
_INSTEAD = "no day of completion: the day of the last change stands for it"


class When(NamedTuple):
    """When a task was done or is due, and where its zone comes from."""

    moment: datetime | None = None
    precision: Precision = Precision.NONE
    zone: str = ""
    certainty: ZoneCertainty = ZoneCertainty.ASSUMED
    warning: str = ""


class TaskRows:
    """Turns rows into tasks or issues. Everything that holds for all rows is settled once."""

    def __init__(self, layout: Layout, columns: Columns, context: Context, account: str, preset: Preset | None) -> None:
        """Settle which column is read how."""
        self._kind = preset.kind if preset else Kind.TASK_DONE
        self._layout, self._context, self._account = layout, context, account
        self._calendars = columns.calendars
        self._done = preset.done if preset and preset.done else _DONE
        self._cancelled = preset.cancelled if preset and preset.cancelled else _CANCELLED
        self._structure = preset.structure if preset else frozenset()
        self._texts = Texts(layout, context.addresses)
        self._clocks = columns.clocks
        self._zones: Memo[ZoneInfo | None] = Memo(_zone)
        self._section = ""

    def read(self, line: int, row: Cells) -> Activity | None:
        """Return the activity of a row; None for one that only orders others. Raises Fault for an unreadable one."""
        if self._structure and self._is_structure(row):
            return None
        state, place, warning = self._state(row)
        when = self._when(row, place, state)
        title, references = self._texts.title(row, self._layout.all(Meaning.TITLE))
        if not title and when.moment is None:
            reason = "neither title nor day in this row"
            raise Fault(reason, "Fill them in, or delete the row.")
        project = self._texts.first(row, self._layout.all(Meaning.PROJECT)) or self._section
        return Activity(
            source="table",
            account=self._account,
            native_id=self._texts.identity(row, self._created(row), project, title),
            line=line,
            kind=self._kind,
            title=title,
            start=when.moment,
            end=when.moment if when.precision is Precision.INSTANT else None,
            precision=when.precision,
            zone=when.zone,
            zone_certainty=when.certainty,
            project=project,
            tags=self._texts.names(row, self._layout.all(Meaning.TAGS)),
            people=self._people(row),
            state=state,
            references=tuple(dict.fromkeys((*references_in(self._texts.own_id(row)), *references))),
            warnings=tuple(filter(None, (warning, when.warning))),
        )

    def _created(self, row: Cells) -> str:
        """Return what tells tasks of one title apart and stays the same when they are done."""
        place = self._filled(row, Meaning.CREATED, Meaning.START)
        return row[place].strip() if place >= 0 else ""

    def _is_structure(self, row: Cells) -> bool:
        """Whether a row only orders others; a section names the project of the tasks after it."""
        kind = normalised(row[self._layout.first(Meaning.TYPE)])
        if kind == "section":
            self._section = self._texts.first(row, self._layout.all(Meaning.TITLE))
        return kind in self._structure

    def _state(self, row: Cells) -> tuple[State, int, str]:
        """Return the state of a row, the column with the day it belongs to (-1: none), and a warning."""
        words = {_word(row[place]) for place in self._layout.all(Meaning.STATE)}
        completed, cancelled = self._filled(row, Meaning.COMPLETED), self._filled(row, Meaning.CANCELLED)
        changed = self._filled(row, Meaning.UPDATED, Meaning.START, Meaning.DUE, Meaning.CREATED)
        if cancelled >= 0 or words & self._cancelled:
            return State.CANCELLED, max(cancelled, completed) if max(cancelled, completed) >= 0 else changed, ""
        if completed >= 0:
            return State.DONE, completed, ""
        if words & self._done:
            return State.DONE, changed, _INSTEAD if self._layout.all(Meaning.COMPLETED) else ""
        columns = self._layout.columns
        if Meaning.START in columns and not columns.keys() & {Meaning.STATE, Meaning.COMPLETED}:
            return State.DONE, self._required(row), ""
        return State.PLANNED, self._filled(row, Meaning.DUE, Meaning.START, Meaning.CREATED), ""

    def _filled(self, row: Cells, *meanings: Meaning) -> int:
        """Return the first column of these meanings that is filled in, or -1."""
        for meaning in meanings:
            for place in self._layout.all(meaning):
                if row[place].strip():
                    return place
        return -1

    def _required(self, row: Cells) -> int:
        place = self._layout.first(Meaning.START)
        if not row[place].strip():
            reason = f"no day in the column {self._layout.label(place)!r}"
            raise Fault(reason, "Fill in the day in the file.")
        return place

    def _when(self, row: Cells, place: int, state: State) -> When:
        """Return when it was. The day of an open task may be words ("every Monday"): it is kept without a day then."""
        if place < 0:
            return When()
        try:
            midnight, clock = self._calendars[place].read(row[place])
        except Fault as fault:
            if state is State.PLANNED:
                return When(warning=f"its day could not be read: {fault.reason}")
            reason = f"{fault.reason} (column {self._layout.label(place)!r})"
            raise Fault(reason, fault.remedy) from None
        zone = self._stated_zone(row)
        calendar = Calendar(zone, None, self._clocks) if zone else self._calendars[place]
        certainty = ZoneCertainty.STATED if zone or (clock and clock.zone) else ZoneCertainty.ASSUMED
        name = zone.key if zone else "" if clock and clock.zone else self._context.zone
        return When(*self._placed(row, calendar, midnight, clock), name, certainty)

    def _placed(
        self, row: Cells, calendar: Calendar, midnight: Midnight, clock: Clock | None
    ) -> tuple[datetime, Precision]:
        """Return the moment. A midnight that means a day is moved to the zone the row states first."""
        midnight = calendar.midnight(midnight.day)
        if clock is None or (clock.zone is None and not clock.since_midnight):
            return midnight.at, Precision.DAY
        moment = calendar.moment(midnight, clock)
        if self._all_day(row):
            return calendar.midnight(moment.astimezone(calendar.zone).date()).at, Precision.DAY
        return (fixed(moment.astimezone(calendar.zone)) if self._stated_zone(row) else moment), Precision.INSTANT

    def _all_day(self, row: Cells) -> bool:
        """Whether the day column of this row holds a midnight that means the whole day."""
        place = self._layout.first(Meaning.ALL_DAY)
        return place >= 0 and self._texts.flags[row[place]]

    def _stated_zone(self, row: Cells) -> ZoneInfo | None:
        place = self._layout.first(Meaning.ZONE)
        return self._zones[row[place].strip()] if place >= 0 else None

    def _people(self, row: Cells) -> tuple[str, ...]:
        """Return the people of a row and those who commented on it."""
        people = self._texts.people(row, self._layout.all(Meaning.PEOPLE))
        authors = comment_authors(row, self._layout.all(Meaning.COMMENT))
        return tuple(dict.fromkeys((*people, *authors))) if authors else people


def _word(text: str) -> str:
    """Return a state in one spelling; the sign of a number counts."""
    short = text.strip()
    return short if short.lstrip("-").isdecimal() else normalised(short[:100])


def comment_authors(row: Cells, places: Sequence[int]) -> list[str]:
    """Return who wrote the comments of a row; a cell holds "date;user;text"."""
    authors = []
    for place in places:
        parts = row[place].split(";", _COMMENT_PARTS - 1)
        if len(parts) == _COMMENT_PARTS and (author := parts[1].strip()[:200]):
            authors.append(author)
    return authors


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
