"""Guesses what the columns of an unknown table mean, by their names and values, and asks where that leaves it open."""

from collections.abc import Mapping, Sequence

from outgrow.importers.contract import Option, Question, Unreadable
from outgrow.importers.table.dates import clock_of
from outgrow.importers.table.fault import Fault
from outgrow.importers.table.header import Header, Layout, is_moment, normalised, resolve
from outgrow.importers.table.numbers import DurationStyle, parse_minutes
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.rows import Cells
from outgrow.importers.table.vocabulary import CLOCKS, VOCABULARY
from outgrow.model.activity import Kind

SHOWN_CHARS = 60
SHOWN_COLUMNS = 20
ID_DIGITS = 6  # a shorter number names a row of one table only, and all unknown tables are one account
SHORT_MINUTES = 360  # hardly any work begins before six, and few stretches of it last longer than six hours

_DATES = (Meaning.COMPLETED, Meaning.START, Meaning.DUE, Meaning.CREATED, Meaning.UPDATED)
_DAYS = frozenset({*_DATES, Meaning.END, Meaning.CANCELLED})
_CLOCK_OF = {Meaning.START: Meaning.START_TIME, Meaning.END: Meaning.END_TIME}
_SPANS = frozenset({Meaning.DURATION, Meaning.END, Meaning.END_TIME})

#: Keys of choices, and what the column named there is taken for.
ROLES = {"date": Meaning.START, **{meaning.value: meaning for meaning in VOCABULARY}}


def guess(header: Header, rows: Sequence[Cells], choices: Mapping[str, str]) -> tuple[Layout, Kind]:
    """Return the layout of an unknown table and the kind of its records. Raises Question, one at a time.

    `rows` are the first data rows; `choices` hold labels of columns by the keys of ROLES. Raises Unreadable where the
    table has no such column.
    """
    values = [_values(rows, place) for place in range(len(header.labels))]
    said = _said(header, choices, values)
    columns = _named(header, values)
    for meaning, places in columns.items():
        columns[meaning] = tuple(place for place in places if place not in said.values())
    columns = {meaning: places for meaning, places in columns.items() if places}
    columns |= {meaning: (place,) for meaning, place in said.items()}
    _find_durations(columns, values)
    if Meaning.START not in said:
        key = "date" if Meaning.START.value in choices else Meaning.START.value
        _settle_start(header, columns, values, key, (Meaning.START,) if said.keys() & _SPANS else _DATES)
    if Meaning.TITLE not in said:
        _settle_title(header, columns, values)
    return Layout(header.labels, columns), _kind(columns, hours=bool(said.keys() & _SPANS))


def _said(header: Header, choices: Mapping[str, str], values: Sequence[Sequence[str]]) -> dict[Meaning, int]:
    """Return the columns the person chose. A start or an end that holds no day is a time of day."""
    said = {}
    for key, meaning in ROLES.items():
        if key in choices:
            place = _place(header, key, choices[key])
            clocks = meaning in _CLOCK_OF and key != "date" and _are_bare_clocks(values[place])
            said[_CLOCK_OF[meaning] if clocks else meaning] = place
    return said


def _place(header: Header, key: str, label: str) -> int:
    """Return the column of a label, in whatever spelling a later file has it."""
    if label in header.labels:
        return header.labels.index(label)
    names = [normalised(each) for each in header.labels]
    if (name := normalised(label)) and name in names:
        return names.index(name)
    reason = f"the table has no column {label[:SHOWN_CHARS]!r}, which was chosen as {key}"
    raise Unreadable(reason, f"Choose one of these: {', '.join(header.labels[:SHOWN_COLUMNS])}.")


def _named(header: Header, values: Sequence[Sequence[str]]) -> dict[Meaning, tuple[int, ...]]:
    """Return the columns that are named like what their values are (no "date" of words, no "done" of yes and no)."""

    def fits(meaning: Meaning, place: int) -> bool:
        return not values[place] or _fits(meaning, values[place])

    columns = resolve(header.names, VOCABULARY, fits)
    clocks = resolve(header.names, CLOCKS, lambda _, place: _are_bare_clocks(values[place]))
    return columns | clocks


def _fits(meaning: Meaning, values: Sequence[str]) -> bool:
    if meaning in _DAYS:
        return _are_days(values, 0.2)
    if meaning in _CLOCK_OF.values():
        return _are_clocks(values)
    return meaning is not Meaning.ID or (len(set(values)) == len(values) and not any(map(_is_short_number, values)))


def _is_short_number(value: str) -> bool:
    return len(value) < ID_DIGITS and value.isdecimal()


def _values(rows: Sequence[Cells], place: int) -> list[str]:
    return [row[place].strip() for row in rows if len(row) > place and row[place].strip()]


def _are_days(values: Sequence[str], least: float = 0.5) -> bool:
    return bool(values) and sum(map(is_moment, values)) > least * len(values)


def _find_durations(columns: dict[Meaning, tuple[int, ...]], values: Sequence[Sequence[str]]) -> None:
    """Take the only column of values like "1h 30m" or "1:30" for durations where none is named so."""
    if Meaning.DURATION not in columns:
        used = {place for places in columns.values() for place in places}
        places = tuple(place for place, column in enumerate(values) if place not in used and _are_durations(column))
        if len(places) == 1:
            columns[Meaning.DURATION] = places


def _are_durations(values: Sequence[str]) -> bool:
    """Whether most values are durations with units, or all are like 1:30 and most too short for times of day."""
    durations = [value for value in values if _is_duration(value)]
    if any(any(map(str.isalpha, value)) for value in durations):
        return len(durations) * 2 > len(values)
    if len(durations) < len(values) or not all(":" in value for value in values):
        return False
    short = sum(parse_minutes(value, DurationStyle()) < SHORT_MINUTES for value in values)
    return short * 2 > len(values)


def _are_bare_clocks(values: Sequence[str]) -> bool:
    """Whether values are times of day without a day."""
    return _are_clocks(values, 0.2) and not _are_days(values, 0.2)


def _are_clocks(values: Sequence[str], least: float = 0.5) -> bool:
    return sum(map(_is_clock, values)) > least * len(values)


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


def _settle_start(
    header: Header,
    columns: dict[Meaning, tuple[int, ...]],
    values: Sequence[Sequence[str]],
    key: str,
    dates: Sequence[Meaning],
) -> None:
    """Make sure that there is a day: a column named like one of `dates`, or the only column of days."""
    if any(values[place] for meaning in dates for place in columns.get(meaning, ())):
        return
    days = [place for place, column in enumerate(values) if _are_days(column)]
    if len(days) == 1:
        columns[Meaning.START] = (days[0],)
        return
    _ask(key, "Which column says when the work was done?", header, values, days)


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
    _ask(Meaning.TITLE.value, "Which column says what was done?", header, values, texts)


def _are_texts(values: Sequence[str]) -> bool:
    """Whether values are words: most have letters and are no days."""
    wordy = sum(any(map(str.isalpha, value)) and not is_moment(value) and not _is_duration(value) for value in values)
    return bool(values) and wordy * 2 > len(values)


def _ask(key: str, text: str, header: Header, values: Sequence[Sequence[str]], likely: Sequence[int]) -> None:
    order = sorted(range(len(header.labels)), key=lambda place: place not in likely)
    options = tuple(Option(header.labels[place], _words(header.labels[place], values[place])) for place in order)
    raise Question(key, text, options)


def _words(label: str, values: Sequence[str]) -> str:
    return f"{label} (such as {values[0][:SHOWN_CHARS]!r})" if values else f"{label} (empty)"


def _kind(columns: Mapping[Meaning, tuple[int, ...]], *, hours: bool) -> Kind:
    """Tell meetings, time entries and tasks apart by which columns there are; `hours` says the person named some."""
    if Meaning.START in columns and (Meaning.ORGANISER in columns or Meaning.ALL_DAY in columns):
        return Kind.MEETING
    if Meaning.COMPLETED in columns and not hours:
        return Kind.TASK_DONE
    if Meaning.START in columns and columns.keys() & _SPANS:
        return Kind.TIME_ENTRY
    return Kind.TASK_DONE
