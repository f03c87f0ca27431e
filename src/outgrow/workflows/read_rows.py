"""Reads the rows of CSV files in columns that outgrow itself asks for, and the cells that they have in common."""

import csv
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from outgrow.model.fault import Fault


class NotReadable(Fault):
    """The file cannot be read as a whole."""

    exit_code = 2


def read_rows(path: Path, needed: Collection[str], command: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line number and the cells of each data row; raises NotReadable where a needed column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        try:
            _check_columns(path, reader.fieldnames or (), needed, command)
            for cells in reader:
                yield reader.line_num, {key: value for key, value in cells.items() if isinstance(value, str)}
        except (csv.Error, UnicodeDecodeError) as error:
            message = f"{path} cannot be read beyond line {reader.line_num}: {error}. Save it as CSV in UTF-8."
            raise NotReadable(message) from error


def _check_columns(path: Path, names: Collection[str], needed: Collection[str], command: str) -> None:
    missing = [name for name in needed if name not in names]
    if missing:
        message = f"{path} lacks the column {missing[0]}. The columns are told in: {command} --help"
        raise NotReadable(message)


def read_start(text: str) -> datetime:
    """Return a moment, in UTC where no offset is told; raises ValueError."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no start: write it like 2026-03-02T09:30"
        raise ValueError(message) from None
    return start if start.tzinfo else start.replace(tzinfo=UTC)


def read_minutes(text: str) -> float | None:
    """Return minutes, None where there are none; raises ValueError."""
    if not text.strip():
        return None
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes < float("inf"):
        message = f"{text!r} is no number of minutes"
        raise ValueError(message)
    return minutes


def read_list(text: str) -> tuple[str, ...]:
    """Return what is separated by semicolons, without what is empty."""
    return tuple(each.strip() for each in text.split(";") if each.strip())
