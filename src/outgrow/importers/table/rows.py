"""Rows of a delimited text file, each with the physical line it starts at.

A quote that is opened and never closed makes a plain CSV reader swallow the rest of the file. Here a row may only span
so many lines, and not lines that are rows themselves: where it does, the line that opened the quote becomes a problem
and the lines after it are read again.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TextIO

from outgrow.importers.contract import Unreadable
from outgrow.model.problem import Problem

LINE_CHARS = 500_000
ROW_LINES = 2_000
AGAIN_CHARS = 3_000_000  # what may be read again before the rest is read line by line, so that the time stays bounded
SAMPLE_CHARS = 65_536
RAW_CHARS = 2_000
DELIMITERS = ",;\t|"

Cells = list[str]
Row = tuple[int, Cells | Problem]

_QUOTE_REMEDY = 'Close the quote in that line, or write two quotes ("") for one that belongs to the text.'
_UNTERMINATED = "a quote opened in this line is never closed"
_TOO_LONG = f"the line is longer than {LINE_CHARS:,} characters"


class TextRows:
    """The rows of a text file; can be gone through several times. `width` is set once the header is known."""

    sheet = ""
    others: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        """Find out encoding and delimiter."""
        self.path = path
        self.encoding = encoding_of(path)
        with self._open() as file:
            sample = file.read(SAMPLE_CHARS)
        if not sample.strip("\0 \t\r\n\ufeff"):
            reason = "the file holds no text, only zero bytes" if "\0" in sample else "the file is empty"
            raise Unreadable(reason, "Export it again, with at least one row.")
        if sample.count("\0") * 10 > len(sample):
            reason = "the file is not text"
            raise Unreadable(reason, "Export it as CSV or XLSX.")
        self.first, self.delimiter = _delimiter(sample)
        self.width = 0

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, errors="replace", newline="")

    def __iter__(self) -> Iterator[Row]:
        """Yield every row with the line it starts at; one that cannot be read as a problem."""
        with self._open() as file:
            yield from _Reading(_lines(file), self.delimiter, self.width, self.first).rows()


def encoding_of(path: Path) -> str:
    """Name the encoding of a text file: by its mark, by its zero bytes, else UTF-8 unless most of it is not."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in (
            (codecs.BOM_UTF8, "utf-8-sig"),
            (codecs.BOM_UTF16_LE, "utf-16"),
            (codecs.BOM_UTF16_BE, "utf-16"),
        ):
            if head.startswith(mark):
                return name
        zeros = head[1::2].count(0), head[0::2].count(0)
        if max(zeros) * 3 > len(head) // 2 and min(zeros) * 10 < max(zeros):
            return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
        file.seek(0)
        return _utf8_or_not(iter(partial(file.read, 1 << 20), b""))


def _utf8_or_not(chunks: Iterable[bytes]) -> str:
    """Tell UTF-8 (maybe with a few damaged bytes) from the one-byte encoding of Western Windows."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    damaged = sound = 0
    for chunk in chunks:
        text = decoder.decode(chunk)
        if text.isascii():
            continue
        bad = text.count("\ufffd")
        damaged += bad
        sound += len(text) - len(text.encode("ascii", "ignore")) - bad
    return "cp1252" if damaged > sound else "utf-8"


def _delimiter(sample: str) -> tuple[int, str]:
    """Return how many lines to skip ("sep=;" is one) and the delimiter under which most rows have the same width."""
    lines = sample.splitlines(keepends=True)[:400]
    first = lines[0].strip().strip('"').lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:  # noqa: PLR2004 - sep= and one sign
        return 1, first[4]
    if first == "sep=":
        return 1, "\t"
    return 0, max(DELIMITERS, key=partial(_fit, lines))


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    for row in csv.reader((line[:LINE_CHARS].replace("\0", "") for line in lines), delimiter=delimiter):
        if len(row) > 1:
            widths[len(row)] += 1
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    return rows * min(width, 12) ** 0.5, width


def _lines(file: TextIO) -> Iterator[str]:
    """Yield physical lines. One that is too long comes cut to one more than the limit, by which it is known."""
    read = partial(file.readline, LINE_CHARS + 1)
    for line in iter(read, ""):
        yield line.replace("\0", "") if "\0" in line else line
        if len(line) > LINE_CHARS and line[-1] not in "\r\n":
            while (rest := read()) and rest[-1] not in "\r\n":
                pass


class _Runaway(Exception):  # noqa: N818 - ends one attempt at a row
    """Raised where a row cannot end well."""


class _Reading:
    """One pass over the lines of a file. `_pending` holds the lines of the row being read."""

    def __init__(self, lines: Iterator[str], delimiter: str, width: int, skip: int) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._width = width
        self._skip = skip
        self._pending: list[str] = []
        self._line = 1
        self._ended = False
        self._again = AGAIN_CHARS

    def rows(self) -> Iterator[Row]:
        """Yield rows and problems in the order of the file."""
        csv.field_size_limit(LINE_CHARS)
        for _ in range(self._skip):
            next(self._lines, None)
            self._line += 1
        while not self._ended and self._again > 0:
            yield from self._attempt()
        if not self._ended:
            yield from self._line_by_line()

    def _attempt(self) -> Iterator[Row]:
        """Read on until the end or a row that runs away; that one's first line is given up."""
        self._pending.clear()
        try:
            yield from self._well_formed()
        except (_Runaway, csv.Error):
            first, *rest = self._pending
            self._again -= sum(map(len, rest))
            yield self._line, _problem(self._line, first)
            self._line += 1
            self._lines = chain(rest, self._lines)

    def _feed(self) -> Iterator[str]:
        """Hand lines to the CSV reader, and an empty one at the end: a row that takes it in never ended."""
        pending, size = self._pending, 0
        for line in self._lines:
            pending.append(line)
            size = size + len(line) if len(pending) > 1 else len(line)
            if size > LINE_CHARS or len(pending) > ROW_LINES:
                raise _Runaway
            yield line
        pending.append("")
        yield ""

    def _well_formed(self) -> Iterator[Row]:
        pending = self._pending
        for row in csv.reader(self._feed(), delimiter=self._delimiter):
            count = len(pending)
            if count == 1:
                yield self._line, row
            elif self._swallowed(row):
                if not pending[-1]:
                    pending.pop()
                raise _Runaway
            else:
                yield self._line, row
            self._line += count
            pending.clear()
        self._ended = True

    def _swallowed(self, row: Cells) -> bool:
        """Whether a row of several lines is several rows: it met the end, or its inner lines are rows themselves."""
        inner = self._pending[1:]
        if not inner[-1]:
            return True
        if self._width < 2:  # noqa: PLR2004 - one column: nothing to compare
            return False
        alike = sum(self._is_row(line) for line in inner)
        if len(row) == self._width:
            return self._width > 2 and alike * 2 > len(inner)  # noqa: PLR2004 - two columns are one comma in a text
        return alike * 2 >= len(inner)

    def _is_row(self, line: str) -> bool:
        """Whether a line alone is a row of the right width, with quotes that only enclose cells."""
        cells = _single(line, self._delimiter)
        if not cells or len(cells) != self._width:
            return False
        return not any(text.count('"') % 2 for text in (line, *cells))

    def _line_by_line(self) -> Iterator[Row]:
        """Read every further line for itself: a row here cannot span lines."""
        for line in self._lines:
            cells = _single(line, self._delimiter)
            yield self._line, (_problem(self._line, line) if cells is None else cells)
            self._line += 1


def _single(line: str, delimiter: str) -> Cells | None:
    """Parse one line; None when it is too long or opens a quote that it does not close."""
    if len(line) > LINE_CHARS:
        return None
    try:
        rows = list(csv.reader([line, ""], delimiter=delimiter))
    except csv.Error:
        return None
    if len(rows) == 1 and line.count('"') % 2:
        return None
    return rows[0] if rows else []


def _problem(line: int, text: str) -> Problem:
    raw = text[:RAW_CHARS].rstrip("\r\n")
    if len(text) > LINE_CHARS:
        return Problem(line=line, reason=_TOO_LONG, remedy="Shorten or remove that line.", raw=raw)
    return Problem(line=line, reason=_UNTERMINATED, remedy=_QUOTE_REMEDY, raw=raw)
