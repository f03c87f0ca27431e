"""Rows of a workbook. Its size is checked before it is opened: a few kilobytes can unpack to gigabytes."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outgrow.importers.contract import Option, Question, Unreadable
from outgrow.importers.table.rows import Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

PART_BYTES = 400_000_000  # sheets are read as a stream
TEXT_BYTES = 60_000_000  # shared texts, styles and the rest are held in memory
COPIED_BYTES = 150_000_000  # a shared text is copied into every cell that refers to it
PARTS = 2_000
GRID_CELLS = 6_000_000  # the reader holds 30 bytes for every cell of the used rectangle, filled or not
SHEET = "sheet"

_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>([0-9]{1,9})<""")
_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_TOO_LARGE = "the workbook unpacks to more than this program takes in"
_REMEDY = "Export it as CSV, or delete unused rows and columns."


class WorkbookRows:
    """The rows of one sheet as texts; can be gone through several times."""

    delimiter = ","
    #: The name of the sheet where there are several, and of those with rows that were not chosen.
    sheet: str
    others: tuple[str, ...]

    def __init__(self, path: Path, choices: Mapping[str, str]) -> None:
        """Check the file and choose the sheet. Raises Unreadable, or Question where several sheets hold rows."""
        _check(path)
        self.width = 0
        workbook = _open(path)
        self._sheet = _choose(workbook, choices)
        names = _sheets(workbook)
        self.sheet = self._sheet.name if len(names) > 1 else ""
        others = set(names) - {self.sheet} if choices.get(SHEET) == self.sheet else ()
        self.others = tuple(name for name in names if name in others and workbook.get_sheet_by_name(name).height > 1)

    def __iter__(self) -> Iterator[Row]:
        """Yield every row with its number in the sheet."""
        for number, row in enumerate(self._sheet.iter_rows(), 1):
            yield number, [_TEXTS.get(cell.__class__, str)(cell) for cell in row]


def _open(path: Path) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only for workbooks

    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        reason = "the workbook is protected by a password"
        raise Unreadable(reason, "Save a copy without it.") from None
    except (CalamineError, OSError, ValueError) as fault:
        reason = f"this is no readable workbook: {fault}"
        raise Unreadable(reason, _REMEDY) from None


def _check(path: Path) -> None:
    """Refuse an archive whose parts, or whose used rectangle, would not fit in memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS or any(part.file_size > _allowed(part.filename) for part in parts):
                raise Unreadable(_TOO_LARGE, _REMEDY)
            lengths = [size for part in parts for size in _text_lengths(archive, part)]
            for part in parts:
                _check_part(archive, part, lengths)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        reason = f"this is no readable workbook: {fault}"
        raise Unreadable(reason, "Open it in a spreadsheet and save it again.") from None


def _allowed(name: str) -> int:
    return PART_BYTES if "worksheets/" in name else TEXT_BYTES


def _text_lengths(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[int]:
    """Return the lengths of the texts that cells share."""
    if not part.filename.lower().endswith("sharedstrings.xml"):
        return []
    return list(map(len, _TEXT.split(archive.read(part))[1:]))


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, lengths: Sequence[int]) -> None:
    """Read a part through, so that a false size or checksum shows here, and measure what a sheet will take."""
    size = _Size()
    with archive.open(part) as stream:
        for chunk in _chunks(stream.read):
            if "worksheets/" in part.filename:
                size.add(chunk)
    if size.cells() > GRID_CELLS or size.copied(lengths) > COPIED_BYTES:
        raise Unreadable(_TOO_LARGE, _REMEDY)


class _Size:
    """What a sheet takes in memory, gathered piece by piece."""

    def __init__(self) -> None:
        self._columns: set[bytes] = set()
        self._last_row = self._rows = self._tags = 0
        self._shared: Counter[bytes] = Counter()

    def add(self, chunk: bytes) -> None:
        """Take a piece of the sheet into account."""
        found = _CELL.findall(chunk)
        self._columns.update(column.upper() for column, _ in found)
        self._last_row = max(self._last_row, max((int(row) for _, row in found), default=0))
        self._rows += chunk.count(b"<row") + chunk.count(b":row")
        self._tags += chunk.count(b"<c") + chunk.count(b":c")
        self._shared.update(_SHARED.findall(chunk))

    def cells(self) -> int:
        """Return how many cells the used rectangle may have; without references they follow each other."""
        width = max(map(_column_number, self._columns), default=0)
        return max(max(self._last_row, self._rows) * width, self._tags)

    def copied(self, lengths: Sequence[int]) -> int:
        """Return how many bytes the shared texts take once every cell has its own."""
        return sum(lengths[int(place)] * count for place, count in self._shared.items() if int(place) < len(lengths))


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Yield pieces cut between tags, so that no reference is split. A tag of megabytes is passed on as it is."""
    rest = b""
    for chunk in iter(partial(read, 1 << 20), b""):
        head, mark, tail = (rest + chunk).rpartition(b"<")
        if len(tail) > 1 << 20:
            raise Unreadable(_TOO_LARGE, _REMEDY)
        yield head
        rest = mark + tail
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(workbook: "CalamineWorkbook") -> list[str]:
    return [meta.name for meta in workbook.sheets_metadata if "WorkSheet" in str(meta.typ)]


def _choose(workbook: "CalamineWorkbook", choices: Mapping[str, str]) -> "CalamineSheet":
    """Return the only sheet with two rows or more, or the one the person chose."""
    names = _sheets(workbook)
    if choices.get(SHEET) in names:
        return workbook.get_sheet_by_name(choices[SHEET])
    filled = []
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height > 1:
            filled.append(sheet)
    if not filled:
        reason = "the workbook has no rows"
        raise Unreadable(reason, "Export it again, with at least one row.")
    if len(filled) > 1:
        options = tuple(Option(sheet.name, f"{sheet.name} ({sheet.height:,} rows)") for sheet in filled)
        raise Question(SHEET, "Which sheet holds the records?", options)
    return filled[0]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _moment(value: datetime) -> str:
    if value.year < 1900:  # noqa: PLR2004 - a time of day, which a workbook keeps as the day before its first
        return value.time().isoformat("seconds")
    return value.isoformat(" ", "seconds")


def _span(value: timedelta) -> str:
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _clean(value: str) -> str:
    return value.replace("\0", "")


def _clock(value: time) -> str:
    return value.isoformat("seconds")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: _clean,
    float: _number,
    int: str,
    bool: lambda value: "true" if value else "false",
    datetime: _moment,
    date: date.isoformat,
    time: _clock,
    timedelta: _span,
}
