"""The first pass: finds the one way each column writes its days and durations, over all rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice

from outgrow.importers.contract import Option, Question
from outgrow.importers.table.dates import Calendar, DayEvidence, Order, parse_day
from outgrow.importers.table.header import Layout, normalised
from outgrow.importers.table.numbers import DurationEvidence, DurationStyle, Unit
from outgrow.importers.table.presets import Meaning
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
_BATCH = 4096
_UNIT_WORDS = {
    Unit.HOURS: frozenset(["h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "horas", "ore", "uren", "decimal", "dezimal", "ac"]),
    Unit.MINUTES: frozenset(["m", "min", "mins", "minute", "minutes", "minuten", "minutos", "minuti"]),
    Unit.SECONDS: frozenset(["s", "sec", "secs", "second", "seconds", "sek", "sekunden", "secondes", "segundos"]),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns are read: calendars by column index, and styles of durations."""

    calendars: Mapping[int, Calendar]
    styles: Mapping[int, DurationStyle]


def infer(
    rows: Iterable[Row], layout: Layout, choices: Mapping[str, str], zone: tzinfo, *, known: bool, delimiter: str
) -> Columns:
    """Go through all rows once. Raises Question where they leave it open. `known`: the table is a known export."""
    days = {place: DayEvidence() for meaning in DAYS for place in layout.all(meaning)}
    spans = {place: DurationEvidence() for place in layout.all(Meaning.DURATION)}
    for batch in _batches(rows):
        for place, evidence in (*days.items(), *spans.items()):
            evidence.add({cells[place] for cells in batch if len(cells) > place})
    calendars = {place: Calendar(zone, _order(place, days, layout, choices)) for place in days}
    comma = "," if delimiter == ";" else "."
    styles = {place: _style(place, spans[place], layout, choices, comma, known=known) for place in spans}
    return Columns(calendars, styles)


def _batches(rows: Iterable[Row]) -> Iterator[list[Cells]]:
    cells = (cells for _, cells in rows if isinstance(cells, list))
    while batch := list(islice(cells, _BATCH)):
        yield batch


def _order(place: int, days: Mapping[int, DayEvidence], layout: Layout, choices: Mapping[str, str]) -> Order | None:
    """Return the order of day and month of a column: its own, else that of the table's other columns, else ask."""
    evidence = days[place]
    if (order := evidence.order()) or not evidence.unclear:
        return order
    label = layout.label(place)
    key = f"order of {label}"
    if choices.get(key) in set(Order):
        return Order(choices[key])
    others = {found for other in days.values() if (found := other.order())}
    if len(others) == 1:
        return others.pop()
    options = tuple(Option(order.value, f"{_spoken(evidence.unclear, order)} ({order.value})") for order in Order)
    raise Question(key, f"Which day is {evidence.unclear.strip()!r} in the column {label!r}?", options)


def _spoken(text: str, order: Order) -> str:
    day = parse_day(text, order)
    return f"{day.day} {day:%B} {day.year}"


def _style(
    place: int, evidence: DurationEvidence, layout: Layout, choices: Mapping[str, str], fallback: str, *, known: bool
) -> DurationStyle:
    label = layout.label(place)
    unit = _named_unit(label) or (Unit.HOURS if known else evidence.unit())
    if unit is None:
        unit = _asked_unit(label, evidence, choices)
    return DurationStyle(unit, evidence.decimal(fallback))


def _named_unit(label: str) -> Unit | None:
    words = frozenset(normalised(label).split())
    return next((unit for unit, names in _UNIT_WORDS.items() if words & names), None)


def _asked_unit(label: str, evidence: DurationEvidence, choices: Mapping[str, str]) -> Unit:
    key = f"unit of {label}"
    if choices.get(key) in set(Unit):
        return Unit(choices[key])
    options = tuple(Option(unit.value, f"{evidence.bare} {unit.value}") for unit in Unit)
    raise Question(key, f"What does {evidence.bare!r} mean in the column {label!r}?", options)
