"""Reads labelled work from a CSV file and has audits played on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outgrow.analysis.evaluation import Labelled, Person, Played, Rules, play
from outgrow.analysis.scores import Summary, summarise
from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.problem import Problem
from outgrow.workflows.read_rows import NotReadable, read_list, read_minutes, read_rows, read_start

HISTORY = "history"
_AUDIT = "audit"
_NEEDED = ("person", "set", "start", "minutes", "title", "label")
_LABELS = {"growth": True, "depth": False}


@dataclass(slots=True)
class LabelledWork:
    """The persons of a file in the order of their first row, and the rows that could not be read."""

    persons: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path) -> LabelledWork:
    """Read a file of labelled work; raises NotReadable when it is none."""
    work = LabelledWork()
    history: dict[str, list[Activity]] = defaultdict(list)
    months: dict[str, dict[str, list[Labelled]]] = defaultdict(lambda: defaultdict(list))
    for row, (line, cells) in enumerate(read_rows(path, _NEEDED, "outgrow evaluate")):
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
        raise NotReadable(message)
    return work


def evaluate(work: LabelledWork, rules: Rules) -> Iterator[Played | Summary]:
    """Yield every month of every person as played, then the summary."""
    played = []
    for person in work.persons:
        for month in play(person, rules):
            played.append(month)
            yield month
    yield summarise(played, rules.half_width)


def _activity(row: int, line: int, cells: Mapping[str, str]) -> Activity:
    minutes = read_minutes(cells["minutes"])
    return Activity(
        source="evaluate",
        account=cells["person"],
        native_id=str(row),
        line=line,
        kind=Kind.MANUAL,
        title=cells["title"],
        start=read_start(cells["start"]),
        minutes=minutes,
        basis=DurationBasis.NONE if minutes is None else DurationBasis.MEASURED,
        project=cells.get("project", ""),
        series=cells.get("series", ""),
        people=read_list(cells.get("people", "")),
    )


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
