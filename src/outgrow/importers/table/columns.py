"""The first pass: finds the one way each column writes its days and durations, over all rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice

from outgrow.importers.contract import Option, Question
from outgrow.importers.table.dates import Calendar, Clock, DayEvidence, Memo, Order, clock_of, parse_day
from outgrow.importers.table.header import Layout, normalised
from outgrow.importers.table.numbers import DurationEvidence, DurationStyle, Unit
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.repeats import Repeats
from outgrow.importers.table.rows import Cells, Row

DAYS = (
    Meaning.START,
    Meaning.END,
    Meaning.COMPLETED,
    Meaning.CANCELLED,
    Meaning.DUE,
    Meaning.CREATED,
    Meaning.UPDATED,
)
_BATCH = 128  # rows, each of which may be as long as a line may be
_ORDER_OF = "order of "
_UNIT_WORDS = {
    Unit.HOURS: frozenset(
        [
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "std",
            "stunden",
            "heures",
            "horas",
            "ore",
            "uren",
            "decimal",
            "dezimal",
            "ac",
        ]
    ),
    Unit.MINUTES: frozenset(["m", "min", "mins", "minute", "minutes", "minuten", "minutos", "minuti"]),
    Unit.SECONDS: frozenset(["s", "sec", "secs", "second", "seconds", "sek", "sekunden", "secondes", "segundos"]),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns are read: calendars by column index, times of day, and styles of durations."""

    calendars: Mapping[int, Calendar]
    clocks: Memo[Clock]
    styles: Mapping[int, DurationStyle]


class Survey:
    """One go through all rows of a table, after which every column has its one reading.

    `known` says that the table is a known export, whose bare durations are hours.
    """

    def __init__(self, layout: Layout, choices: Mapping[str, str], *, known: bool, delimiter: str) -> None:
        """Begin with no rows seen."""
        self._layout, self._choices, self._known = layout, choices, known
        self._fallback_mark = "," if delimiter == ";" else "."
        self._days = {place: DayEvidence() for meaning in DAYS for place in layout.all(meaning)}
        self._spans = {place: DurationEvidence() for place in layout.all(Meaning.DURATION)}
        self.repeats = Repeats(layout)

    def take(self, rows: Iterable[Row]) -> None:
        """Take all rows into account."""
        for batch in _batches(rows):
            self.repeats.take(batch)
            for place, day in self._days.items():
                day.add(dict.fromkeys(cells[place] for cells in batch if len(cells) > place))
            for place, span in self._spans.items():
                span.add(dict.fromkeys(cells[place] for cells in batch if len(cells) > place))

    def columns(self, zone: tzinfo) -> Columns:
        """Return how each column is read. Raises Question where the rows leave it open."""
        clocks = Memo(clock_of)
        calendars = {place: Calendar(zone, self._order(place), clocks) for place in self._days}
        return Columns(calendars, clocks, {place: self._style(place) for place in self._spans})

    def _order(self, place: int) -> Order | None:
        """Return the order of day and month of a column: its own, else that of the table's other columns, else ask."""
        evidence = self._days[place]
        if (order := evidence.order()) or not evidence.unclear:
            return order
        label = self._layout.label(place)
        if chosen := self._chosen_order(place):
            return chosen
        others = {found for other in self._days.values() if (found := other.order())}
        if len(others) == 1:
            return others.pop()
        options = tuple(Option(order.value, f"{_spoken(evidence.unclear, order)} ({order.value})") for order in Order)
        raise Question(
            _ORDER_OF + label, f"Which day is {evidence.unclear.strip()!r} in the column {label!r}?", options
        )

    def _chosen_order(self, place: int) -> Order | None:
        """Return what the person said of this column, else of another: one program writes one way."""
        said = (self._choices.get(_ORDER_OF + self._layout.label(each)) for each in (place, *self._days))
        return next((Order(order) for order in said if order in set(Order)), None)

    def _style(self, place: int) -> DurationStyle:
        label, evidence = self._layout.label(place), self._spans[place]
        unit = _named_unit(label) or (Unit.HOURS if self._known else evidence.unit())
        return DurationStyle(unit or self._asked_unit(label, evidence), evidence.decimal(self._fallback_mark))

    def _asked_unit(self, label: str, evidence: DurationEvidence) -> Unit:
        key = f"unit of {label}"
        if self._choices.get(key) in set(Unit):
            return Unit(self._choices[key])
        options = tuple(Option(unit.value, f"{evidence.bare} {unit.value}") for unit in Unit)
        raise Question(key, f"What does {evidence.bare!r} mean in the column {label!r}?", options)


def _batches(rows: Iterable[Row]) -> Iterator[list[Cells]]:
    cells = (cells for _, cells in rows if isinstance(cells, list))
    while batch := list(islice(cells, _BATCH)):
        yield batch


def _spoken(text: str, order: Order) -> str:
    day = parse_day(text, order)
    return f"{day.day} {day:%B} {day.year}"


def _named_unit(label: str) -> Unit | None:
    words = frozenset(normalised(label).split())
    return next((unit for unit, names in _UNIT_WORDS.items() if words & names), None)
