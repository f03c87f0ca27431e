"""Rows of a workbook. Its size is checked before it is opened: a few kilobytes can unpack to gigabytes."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outgrow.importers.contract import Option, Question, Unreadable
from outgrow.importers.table.rows import Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

PART_BYTES = 400_000_000  # sheets are read as a stream
TEXT_BYTES = 100_000_000  # shared texts, styles and the rest are held in memory
PARTS = 2_000
GRID_CELLS = 6_000_000  # the reader holds 30 bytes for every cell of the used rectangle, filled or not
SHEET = "sheet"

_CELL = re.compile(rb' r="([A-Z]{1,3})([0-9]{1,7})"')
_TOO_LARGE = "the workbook unpacks to more than this program takes in"
_REMEDY = "Export it as CSV, or delete unused rows and columns."


class WorkbookRows:
    """The rows of one sheet as texts; can be gone through several times."""

    delimiter = ","

    def __init__(self, path: Path, choices: Mapping[str, str]) -> None:
        """Check the file and choose the sheet. Raises Unreadable, or Question where several sheets hold rows."""
        _check(path)
        self.width = 0
        self._sheet = _choose(_open(path), choices)

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
            for part in parts:
                _check_part(archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        reason = f"this is no readable workbook: {fault}"
        raise Unreadable(reason, "Open it in a spreadsheet and save it again.") from None


def _allowed(name: str) -> int:
    return PART_BYTES if "worksheets/" in name else TEXT_BYTES


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part through, so that a false size or checksum shows here, and measure the rectangle of a sheet."""
    columns: set[bytes] = set()
    last_row = rows = cells = 0
    with archive.open(part) as stream:
        for chunk in _chunks(stream.read):
            if "worksheets/" in part.filename:
                found = _CELL.findall(chunk)
                columns.update(column for column, _ in found)
                last_row = max(last_row, max((int(row) for _, row in found), default=0))
                rows += chunk.count(b"<row")
                cells += chunk.count(b"<c")
    width = max(map(_column_number, columns), default=0)
    # Cells without a reference follow each other: together they can be no more than the tags counted.
    if max(last_row, rows) * width > GRID_CELLS or cells > GRID_CELLS:
        raise Unreadable(_TOO_LARGE, _REMEDY)


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


def _choose(workbook: "CalamineWorkbook", choices: Mapping[str, str]) -> "CalamineSheet":
    """Return the only sheet with two rows or more, or the one the person chose."""
    names = [meta.name for meta in workbook.sheets_metadata if "WorkSheet" in str(meta.typ)]
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
