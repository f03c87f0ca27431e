"""A ladder as a table: a row for each expectation, or levels along one side and topics along the other."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from outgrow.importers.contract import Unreadable
from outgrow.importers.ladders.draft import Draft, as_rank, clean, titled
from outgrow.importers.ladders.shapes import EXAMPLES, KIND, LEVEL, TEXT
from outgrow.importers.table.rows import Cells, TextRows
from outgrow.model.problem import Problem

_REMEDY = 'Name the columns "level", "kind" and "text".'
_PARTS = re.compile(r"[\r\n]+")
_MARK = re.compile(r"\s*[-*•·\u2013]\s+")
_CORNER = (*LEVEL, *KIND, "levels", "topics", "")


def read_sheet(path: Path, draft: Draft) -> None:
    """Add to the draft what a table says. Raises Unreadable where it has no header of a ladder."""
    rows = _rows(path, draft)
    _, header = next(rows, (0, []))
    names = [clean(cell, 200).casefold() for cell in header]
    level, text = _column(names, LEVEL), _column(names, TEXT)
    if level >= 0 and text >= 0:
        _listed(rows, names, draft)
    elif len(names) > 1 and names[0] in _CORNER:
        _crossed(rows, header, draft)
    else:
        reason = f"its first row names no columns of a ladder: {', '.join(filter(None, names))[:200] or 'it is empty'}"
        raise Unreadable(reason, _REMEDY)


def _rows(path: Path, draft: Draft) -> Iterator[tuple[int, Cells]]:
    """Yield the rows that hold something, with their lines; one that cannot be read becomes a problem."""
    rows = TextRows(path)
    for line, row in rows:
        if isinstance(row, Problem):
            draft.problems.append(row)
        elif any(cell.strip() for cell in row):
            rows.width = rows.width or len(row)
            yield line, row


def _column(names: Sequence[str], wanted: Sequence[str]) -> int:
    return next((names.index(each) for each in wanted if each in names), -1)


def _listed(rows: Iterator[tuple[int, Cells]], names: Sequence[str], draft: Draft) -> None:
    """Read a row for each expectation."""
    level, text, kind = (_column(names, each) for each in (LEVEL, TEXT, KIND))
    shown, own_id, track, rank = (_column(names, each) for each in (EXAMPLES, ("id",), ("track",), ("rank",)))
    for line, row in rows:
        cells = [*row, *[""] * (len(names) - len(row)), ""]  # a column that is not there is the last, empty one
        if not cells[level].strip() or not cells[text].strip():
            missing = "level" if cells[text].strip() else "text"
            draft.problem(line, f"this row has no {missing}", "Fill it in.", "; ".join(row))
            continue
        known = draft.level(cells[level], track=cells[track], rank=as_rank(cells[rank]))
        draft.expect(known, cells[kind], cells[text], _parts(cells[shown]), cells[own_id])


def _crossed(rows: Iterator[tuple[int, Cells]], header: Cells, draft: Draft) -> None:
    """Read a table with levels along one side: down where its corner says so, else across."""
    down = header[0].strip().casefold() in (*LEVEL, "levels")
    for line, row in rows:
        if len(row) > len(header):
            draft.problem(line, "this row has more cells than there are columns", "Name them.", "; ".join(row))
        for name, cell in zip(header[1:], row[1:], strict=False):
            level, kind = (row[0], name) if down else (name, row[0])
            if level.strip():
                known = draft.level(level)
                for text in _parts(cell):
                    draft.expect(known, titled(kind), text)
            elif cell.strip():
                draft.problem(line, "this cell is under no level", "Name the level.", cell)


def _parts(cell: str) -> list[str]:
    """Return what a cell lists, one to a line."""
    return [_MARK.sub("", part, count=1) if _MARK.match(part) else part for part in _PARTS.split(cell) if part.strip()]
