"""Reads labelled work from a CSV file and has audits played on it."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from outgrow.analysis.evaluation import Labelled, Person, Played, Rules, play
from outgrow.analysis.scores import Summary, summarise
from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.fault import Fault
from outgrow.model.problem import Problem

HISTORY = "history"
_AUDIT = "audit"
_NEEDED = ("person", "set", "start", "minutes", "title", "label")
_LABELS = {"growth": True, "depth": False}


class NotLabelled(Fault):
    """The file cannot be evaluated as a whole."""

    exit_code = 2


@dataclass(slots=True)
class LabelledWork:
    """The persons of a file in the order of their first row, and the rows that could not be read."""

    persons: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path) -> LabelledWork:
    """Read a file of labelled work; raises NotLabelled when it is none."""
    work = LabelledWork()
    history: dict[str, list[Activity]] = defaultdict(list)
    months: dict[str, dict[str, list[Labelled]]] = defaultdict(lambda: defaultdict(list))
    for row, (line, cells) in enumerate(_rows(path)):
        try:
            activity = _activity(row, line, cells)
            person, name = cells["person"], cells["set"]
            if name == HISTORY:
                history[person].append(activity)
            else:
                months[person][_set(name)].append(Labelled(row, activity, _label(cells["label"])))
        except ValueError as error:
            raw = ",".join(value or "" for value in cells.values())
            work.problems.append(Problem(line=line, reason=str(error), remedy="Correct the row.", raw=raw[:2000]))
    work.persons = [Person(name, history[name], months[name]) for name in months]
    if not work.persons:
        message = f"{path} has no row to audit. Rows of a set called audit need a label, growth or depth."
        raise NotLabelled(message)
    return work


def evaluate(work: LabelledWork, rules: Rules) -> Iterator[Played | Summary]:
    """Yield every month of every person as played, then the summary."""
    played = []
    for person in work.persons:
        for month in play(person, rules):
            played.append(month)
            yield month
    yield summarise(played, rules.half_width)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line number and the cells of each data row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        try:
            _check_columns(path, reader.fieldnames or ())
            for cells in reader:
                yield reader.line_num, {key: value for key, value in cells.items() if isinstance(value, str)}
        except (csv.Error, UnicodeDecodeError) as error:
            message = f"{path} cannot be read beyond line {reader.line_num}: {error}. Save it as CSV in UTF-8."
            raise NotLabelled(message) from error


def _check_columns(path: Path, names: Collection[str]) -> None:
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        message = f"{path} lacks the column {missing[0]}. The columns are told in: outgrow evaluate --help"
        raise NotLabelled(message)


def _activity(row: int, line: int, cells: Mapping[str, str]) -> Activity:
    minutes = _minutes(cells["minutes"])
    return Activity(
        source="evaluate",
        account=cells["person"],
        native_id=str(row),
        line=line,
        kind=Kind.MANUAL,
        title=cells["title"],
        start=_start(cells["start"]),
        minutes=minutes,
        basis=DurationBasis.NONE if minutes is None else DurationBasis.MEASURED,
        project=cells.get("project", ""),
        series=cells.get("series", ""),
        people=tuple(name.strip() for name in cells.get("people", "").split(";") if name.strip()),
    )


def _start(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no start: write it like 2026-03-02T09:30"
        raise ValueError(message) from None
    return start if start.tzinfo else start.replace(tzinfo=UTC)


def _minutes(text: str) -> float | None:
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


def _set(name: str) -> str:
    if not name.startswith(_AUDIT):
        message = f"{name!r} is no set: write history, audit, or audit-1, audit-2 and so on"
        raise ValueError(message)
    return name


def _label(text: str) -> bool:
    if text not in _LABELS:
        message = f"{text!r} is no label: write growth or depth"
        raise ValueError(message)
    return _LABELS[text]
