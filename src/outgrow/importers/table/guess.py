"""Guesses what the columns of an unknown table mean, by their names and values, and asks where that leaves it open."""

from collections.abc import Mapping, Sequence

from outgrow.importers.contract import Option, Question
from outgrow.importers.table.dates import clock_of
from outgrow.importers.table.fault import Fault
from outgrow.importers.table.header import Header, Layout, is_moment, resolve
from outgrow.importers.table.numbers import DurationStyle, parse_minutes
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.rows import Cells
from outgrow.importers.table.vocabulary import VOCABULARY
from outgrow.model.activity import Kind

SHOWN_CHARS = 60

_DATES = (Meaning.COMPLETED, Meaning.START, Meaning.DUE, Meaning.CREATED, Meaning.UPDATED)


def guess(header: Header, rows: Sequence[Cells], choices: Mapping[str, str]) -> tuple[Layout, Kind]:
    """Return the layout of an unknown table and the kind of its records. Raises Question, one at a time.

    `rows` are the first data rows; `choices` hold answers given before, as labels of columns.
    """
    columns = resolve(header.names, VOCABULARY)
    values = [_values(rows, place) for place in range(len(header.labels))]
    _drop_what_values_deny(columns, values)
    _find_durations(columns, values)
    for meaning, settle in ((Meaning.START, _settle_start), (Meaning.TITLE, _settle_title)):
        chosen = choices.get(meaning.value)
        if chosen in header.labels:
            columns[meaning] = (header.labels.index(chosen),)
        else:
            settle(header, columns, values)
    return Layout(header.labels, columns), _kind(columns)


def _values(rows: Sequence[Cells], place: int) -> list[str]:
    return [row[place].strip() for row in rows if len(row) > place and row[place].strip()]


def _are_days(values: Sequence[str], least: float = 0.5) -> bool:
    return bool(values) and sum(map(is_moment, values)) > least * len(values)


def _drop_what_values_deny(columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Forget columns named like days that hold something else (a "date" of words, a "done" of yes and no)."""
    for meaning in (*_DATES, Meaning.END, Meaning.CANCELLED):
        places = tuple(
            place for place in columns.get(meaning, ()) if _are_days(values[place], 0.2) or not values[place]
        )
        columns[meaning] = places
    for meaning in (Meaning.START_TIME, Meaning.END_TIME):
        places = columns.get(meaning, ())
        columns[meaning] = tuple(place for place in places if _are_clocks(values[place]) or not values[place])
    for meaning in [meaning for meaning, places in columns.items() if not places]:
        del columns[meaning]
    ids = [value for place in columns.get(Meaning.ID, ()) for value in values[place]]
    if len(set(ids)) < len(ids):
        del columns[Meaning.ID]


def _find_durations(columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Take the only column of words like "1h 30m" for durations where none is named so."""
    if Meaning.DURATION not in columns:
        used = {place for places in columns.values() for place in places}
        places = tuple(place for place, column in enumerate(values) if place not in used and _are_durations(column))
        if len(places) == 1:
            columns[Meaning.DURATION] = places


def _are_durations(values: Sequence[str]) -> bool:
    durations = [value for value in values if _is_duration(value)]
    return len(durations) * 2 > len(values) and any(any(map(str.isalpha, value)) for value in durations)


def _are_clocks(values: Sequence[str]) -> bool:
    return sum(map(_is_clock, values)) * 2 > len(values)


def _is_clock(value: str) -> bool:
    try:
        clock_of(value)
    except Fault:
        return False
    return True


def _is_duration(value: str) -> bool:
    try:
        return parse_minutes(value, DurationStyle()) >= 0
    except Fault:
        return False


def _settle_start(header: Header, columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Make sure that there is a day: a named column, or the only column of days."""
    if any(values[place] for meaning in _DATES for place in columns.get(meaning, ())):
        return
    days = [place for place, column in enumerate(values) if _are_days(column)]
    if len(days) == 1:
        columns[Meaning.START] = (days[0],)
        return
    _ask(Meaning.START, "Which column says when the work was done?", header, values, days)


def _settle_title(header: Header, columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Make sure that there is a title: a named column, or the only column of texts."""
    titles = [place for place in columns.get(Meaning.TITLE, ()) if values[place]]
    if titles:
        columns[Meaning.TITLE] = tuple(titles)
        return
    used = {place for meaning, places in columns.items() for place in places if meaning is not Meaning.TITLE}
    texts = [place for place, column in enumerate(values) if place not in used and _are_texts(column)]
    if len(texts) == 1:
        columns[Meaning.TITLE] = (texts[0],)
        return
    _ask(Meaning.TITLE, "Which column says what was done?", header, values, texts)


def _are_texts(values: Sequence[str]) -> bool:
    """Whether values are words: most have letters and are no days."""
    wordy = sum(any(map(str.isalpha, value)) and not is_moment(value) and not _is_duration(value) for value in values)
    return bool(values) and wordy * 2 > len(values)


def _ask(meaning: Meaning, text: str, header: Header, values: Sequence[Sequence[str]], likely: Sequence[int]) -> None:
    order = sorted(range(len(header.labels)), key=lambda place: place not in likely)
    options = tuple(Option(header.labels[place], _words(header.labels[place], values[place])) for place in order)
    raise Question(meaning.value, text, options)


def _words(label: str, values: Sequence[str]) -> str:
    return f"{label} (such as {values[0][:SHOWN_CHARS]!r})" if values else f"{label} (empty)"


def _kind(columns: Mapping[Meaning, tuple[int, ...]]) -> Kind:
    """Tell meetings, time entries and tasks apart by which columns there are."""
    if Meaning.START in columns and (Meaning.ORGANISER in columns or Meaning.ALL_DAY in columns):
        return Kind.MEETING
    if Meaning.COMPLETED in columns:
        return Kind.TASK_DONE
    if Meaning.START in columns and columns.keys() & {Meaning.DURATION, Meaning.END, Meaning.END_TIME}:
        return Kind.TIME_ENTRY
    return Kind.TASK_DONE
