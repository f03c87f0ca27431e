"""Reads any table of dated work: CSV and XLSX, exports of known programs and anything else with a title and a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from outgrow.importers.contract import Context, Importer, Question, Unreadable
from outgrow.importers.table.columns import Survey
from outgrow.importers.table.fault import Fault
from outgrow.importers.table.guess import guess
from outgrow.importers.table.header import Header, Layout, find_header, normalised, preset_of, resolve
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.repeats import Repeats
from outgrow.importers.table.rows import RAW_CHARS, Cells, Row, TextRows
from outgrow.importers.table.tasks import TaskRows
from outgrow.importers.table.timed import MeetingRows, TimeEntryRows
from outgrow.importers.table.workbook import WorkbookRows
from outgrow.model.activity import Activity, Kind
from outgrow.model.problem import Problem

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
SAMPLE_ROWS = 1_000
HEADER_ROWS = 60
MOST_HELD, MOST_HELD_CHARS = 50_000, 20_000_000  # of rows that wait for the end of the file
MOST_COLUMNS = 5_000
SAMPLE_CHARS = 200
ACCOUNT = "table"  # of every unknown table: its columns may be moved, and more added, without making its rows new
_FIX = "Correct the row in the file and import it again."
_TOTALS = frozenset(
    [
        "total",
        "totals",
        "sum",
        "subtotal",
        "summe",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "totaux",
        "totale",
        "suma",
        "totaal",
    ]
)

Rows = TextRows | WorkbookRows
RowReader = TimeEntryRows | TaskRows
_TIMED = {Kind.TIME_ENTRY: TimeEntryRows, Kind.MEETING: MeetingRows}


class Table(Importer):
    """Reads one CSV or XLSX file."""

    name = "table"
    kind = "Table"
    never_read = "columns that do not say what was done, when, for how long, on which project or with whom"

    def identify(self, path: Path, head: bytes) -> bool:
        """Whether the file is a table: by its ending, or by the column names of a known export."""
        suffix = path.suffix.lower()
        if suffix in WORKBOOK_SUFFIXES:
            return head.startswith(b"PK")
        if suffix in TEXT_SUFFIXES:
            return not path.is_dir()
        lines = head[:8192].decode("utf-8", "replace").splitlines()[:10]
        return any(preset_of([normalised(name) for name in line.split(",")]) for line in lines)

    def read(self, path: Path, context: Context) -> Iterator[Activity | Problem]:
        """Yield every data row as an activity or as a problem."""
        rows = _open(path, context.choices)
        records = self._records(rows, context)
        return _of_sheet(records, rows) if rows.sheet else records

    def _records(self, rows: Rows, context: Context) -> Iterator[Activity | Problem]:
        header = _header(rows)
        rows.width = len(header.labels)
        reader, repeats = _reader(rows, header, context)
        held: list[tuple[Cells, int]] = []
        room = MOST_HELD_CHARS
        for line, cells in _data(rows, header):
            if isinstance(cells, Problem):
                yield cells
            elif repeats and room > 0 and repeats.holds(cells):
                held.append((cells, line))
                room -= sum(map(len, cells)) + MOST_HELD_CHARS // MOST_HELD
            elif record := _record(reader, header, line, cells, rows.delimiter):
                yield record
        for cells, line in sorted(held):
            if record := _record(reader, header, line, cells, rows.delimiter):
                yield record

    def account(self, path: Path) -> str:
        """Name the export; all unknown tables are one account."""
        header = _header_or_none(path)
        return _account(header) if header else ""

    def signature(self, path: Path) -> str:
        """Name the column names of the file."""
        header = _header_or_none(path)
        return header.signature if header else ""


def _account(header: Header) -> str:
    return header.preset.name if header.preset else ACCOUNT


def _of_sheet(records: Iterable[Activity | Problem], rows: Rows) -> Iterator[Activity | Problem]:
    """Name the sheet in every problem, and beside the first activity the sheets that were passed over."""
    passed = ", ".join(map(repr, rows.others))
    for record in records:
        if isinstance(record, Problem):
            yield replace(record, reason=f"{record.reason} (sheet {rows.sheet!r})")
        elif passed:
            warning = f"only the sheet {rows.sheet!r} was read, not {passed}"
            yield replace(record, warnings=(*record.warnings, warning))
            passed = ""
        else:
            yield record


def _open(path: Path, choices: Mapping[str, str]) -> Rows:
    try:
        with path.open("rb") as file:
            start = file.read(4)
        return WorkbookRows(path, choices) if start == b"PK\x03\x04" else TextRows(path)
    except OSError as fault:
        reason = f"the file cannot be opened: {fault.strerror}"
        raise Unreadable(reason, "Check that it is there and may be read.") from None


def _header(rows: Rows) -> Header:
    header = find_header(_sample(rows, HEADER_ROWS))
    if len(header.labels) > MOST_COLUMNS:
        reason = f"the table has more than {MOST_COLUMNS:,} columns"
        raise Unreadable(reason, "Remove the columns that say nothing of your work.")
    if not header.labels:
        reason = "the file has no rows"
        raise Unreadable(reason, "Export it again, with at least one row.")
    return header


def _sample(rows: Iterable[Row], most: int) -> list[Cells]:
    """Return the first rows, their cells cut; one that cannot be read is empty."""
    first = (cells if isinstance(cells, list) else [] for _, cells in islice(rows, most))
    return [[cell[:SAMPLE_CHARS] for cell in cells[: MOST_COLUMNS + 1]] for cells in first]


def _header_or_none(path: Path) -> Header | None:
    try:
        return _header(_open(path, {}))
    except (Unreadable, Question):
        return None


def _data(rows: Rows, header: Header) -> Iterator[Row]:
    """Yield the rows below the column names."""
    return islice(rows, header.place + 1, None)


def _reader(rows: Rows, header: Header, context: Context) -> tuple[RowReader, Repeats | None]:
    """Settle what the columns mean and how they are written, and choose who reads the rows.

    Returned beside are the rows that must be read in an order of their own; where rows order others there are none.
    """
    layout, kind = _layout(rows, header, context.choices)
    survey = Survey(layout, context.choices, known=header.preset is not None, delimiter=rows.delimiter)
    survey.take(_data(rows, header))
    survey.repeats.done()
    columns = survey.columns(ZoneInfo(context.zone))
    account = context.account or _account(header)
    if kind in _TIMED:
        return _TIMED[kind](layout, columns, context, account), survey.repeats
    ordered = Meaning.TYPE in layout.columns
    return TaskRows(layout, columns, context, account, header.preset), None if ordered else survey.repeats


def _layout(rows: Rows, header: Header, choices: Mapping[str, str]) -> tuple[Layout, Kind]:
    if header.preset:
        return Layout(header.labels, resolve(header.names, header.preset.columns)), header.preset.kind
    return guess(header, _sample(_data(rows, header), SAMPLE_ROWS), choices)


def _record(reader: RowReader, header: Header, line: int, cells: Cells, delimiter: str) -> Activity | Problem | None:
    """Return what a row is; None for a blank one and one that only orders others."""
    width = len(header.labels)
    try:
        if len(cells) != width:
            if not any(cells):
                return None
            cells = _fitted(cells, width)
        return reader.read(line, cells)
    except Fault as fault:
        return _problem(header, line, cells, delimiter, fault)


def _fitted(cells: Cells, width: int) -> Cells:
    """Fill up a short row, and cut empty cells off a long one."""
    if any(cell.strip() for cell in cells[width:]):
        reason = f"{len(cells)} cells under {width} column names: which belongs where cannot be told"
        raise Fault(
            reason,
            "Put text that holds the delimiter in quotes.",
        )
    return cells[:width] + [""] * (width - len(cells))


def _problem(header: Header, line: int, cells: Cells, delimiter: str, fault: Fault) -> Problem | None:
    """Say what is wrong with a row, unless there is nothing in it."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return None
    reason, remedy = fault.reason, fault.remedy or _FIX
    if any(set(normalised(cell[:60]).split()) & _TOTALS for cell in filled[:1]):
        reason, remedy = "a row of totals, not a record", "Nothing to do: its parts are read."
    elif len(cells) == len(header.names) and tuple(map(normalised, cells)) == header.names:
        reason, remedy = "the column names again, not a record", "Nothing to do."
    return Problem(line=line, reason=reason, remedy=remedy, raw=delimiter.join(cells)[:RAW_CHARS])
