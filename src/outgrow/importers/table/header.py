"""Finds the line with the column names, and what each column means."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from outgrow.importers.table.dates import Order, parse_clock, parse_day, plain, split_moment
from outgrow.importers.table.fault import Fault
from outgrow.importers.table.presets import PRESETS, Columns, Meaning, Preset
from outgrow.importers.table.rows import Cells

SEVERAL = frozenset({Meaning.TITLE, Meaning.PROJECT, Meaning.TAGS, Meaning.PEOPLE, Meaning.OPTIONAL, Meaning.COMMENT})
FALLBACKS = frozenset({Meaning.DUE, Meaning.UPDATED, Meaning.STATE})


@dataclass(frozen=True, slots=True)
class Header:
    """The column names: `labels` as a person can tell them apart, `names` normalised; `place` is the index of the row.

    `place` is -1 where the table has no names and the columns are lettered.
    """

    place: int
    labels: tuple[str, ...]
    names: tuple[str, ...]
    preset: Preset | None = None

    @property
    def signature(self) -> str:
        """Ten signs that are the same for every table with these columns."""
        return hashlib.blake2b("\0".join(self.names).encode(), digest_size=5).hexdigest()


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns hold what: indices by meaning, in order of preference."""

    labels: tuple[str, ...]
    columns: Mapping[Meaning, tuple[int, ...]] = field(default_factory=dict)

    def first(self, meaning: Meaning) -> int:
        """Return the index of a meaning's column, or -1."""
        return self.columns.get(meaning, (-1,))[0]

    def all(self, meaning: Meaning) -> tuple[int, ...]:
        """Return the indices of all columns of a meaning."""
        return self.columns.get(meaning, ())

    def label(self, index: int) -> str:
        """Name a column."""
        return self.labels[index]


def normalised(name: str) -> str:
    """Return a column name in lower case, without accents and signs."""
    return " ".join(re.split(r"[^\w]+|_", plain(name.lstrip("\ufeff")))).strip()


def find_header(rows: Sequence[Cells]) -> Header:
    """Find the column names among the first rows: those of a known export, else the first row as wide as the table."""
    names = [tuple(map(normalised, row)) for row in rows]
    for place, row in enumerate(names):
        if preset := preset_of(row):
            return Header(place, _labels(rows[place]), row, preset)
    width = _usual_width(rows)
    for place, cells in enumerate(rows):
        if len(cells) >= width and _holds_names(cells):
            return Header(place, _labels(cells), names[place])
        if len(cells) == width and any(_is_value(cell) for cell in cells):
            break
    letters = tuple(f"column {number}" for number in range(1, width + 1))
    return Header(-1, letters, letters)


def preset_of(names: Sequence[str]) -> Preset | None:
    """Return the known export that has these column names."""
    present = frozenset(names)
    return next((preset for preset in PRESETS if any(mark <= present for mark in preset.marks)), None)


def _usual_width(rows: Sequence[Cells]) -> int:
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    return max(widths, key=lambda width: widths[width] * (width > 1), default=0)


def _holds_names(cells: Cells) -> bool:
    """Whether a row can be column names: most cells are filled, and none is a day, a time or a number."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) * 2 > len(cells) and not any(map(_is_value, filled))


def _is_value(cell: str) -> bool:
    text = cell.strip()
    if len(text) > 100 or not any(map(str.isdigit, text)):  # noqa: PLR2004 - no name is longer; a value has digits
        return len(text) > 100  # noqa: PLR2004 - as above
    return is_moment(text) or not any(map(str.isalpha, text))


def is_moment(text: str) -> bool:
    """Whether a text is a day, with or without a time."""
    day, clock = split_moment(text)
    try:
        if clock:
            parse_clock(clock)
        return bool(_either_order(day))
    except Fault:
        return False


def _either_order(day: str) -> object:
    try:
        return parse_day(day, Order.DAY_FIRST)
    except Fault:
        return parse_day(day, Order.MONTH_FIRST)


def _labels(cells: Cells) -> tuple[str, ...]:
    """Return names a person can tell apart: a repeated one is numbered, an empty one gets its place."""
    labels: list[str] = []
    seen: Counter[str] = Counter()
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.lstrip("\ufeff").split())[:80] or f"column {place}"
        seen[name] += 1
        labels.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(labels)


def resolve(
    names: Sequence[str], columns: Columns, fits: Callable[[Meaning, int], bool] = lambda _, __: True
) -> dict[Meaning, tuple[int, ...]]:
    """Find the columns of each meaning by their names; of repeated names every date takes its own.

    `fits` says whether the values of a column can mean what its name says.
    """
    taken: set[int] = set()
    found: dict[Meaning, tuple[int, ...]] = {}
    for meaning, wanted in columns.items():
        named = [place for name in dict.fromkeys(wanted) for place, own in enumerate(names) if own == name]
        places = [place for place in named if fits(meaning, place)]
        if meaning not in SEVERAL | FALLBACKS:
            places = [place for place in places if place not in taken][:1]
            taken.update(places)
        if places:
            found[meaning] = tuple(places)
    return found
