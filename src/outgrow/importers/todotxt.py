"""Tasks of todo.txt files: one task a line, as the todo.txt format has them.

Every line with words is a record. A finished task is done on its completion date; one without that date has none (and
says so). Open tasks are planned. `todo.txt` and `done.txt` are one account, so that a task keeps its identity when it
is moved from one to the other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from outgrow.importers.contract import Context, Importer
from outgrow.importers.identity import Identities
from outgrow.importers.lines import LONGEST, Line, lines
from outgrow.importers.references import references_in
from outgrow.model.activity import Activity, Kind, Precision, State
from outgrow.model.problem import Problem

_NAMES = ("todo.txt", "done.txt", ".todotxt")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+|$)")
_PRIORITY = re.compile(r"\(([A-Z])\)\s+")
_PAIR = re.compile(r"(?<!\S)([A-Za-z][\w-]{0,30}):([^\s:/][^\s]{0,200})")
_TYPICAL = re.compile(rb"x \d{4}-\d\d-\d\d |\([A-Z]\) |\d{4}-\d\d-\d\d \S")
_FIRST_LINES = 20
_PLANNED_FOR = ("due", "t")
_MOST_TAGS = 20


class ImpossibleDateError(ValueError):
    """A date that no calendar has."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One line, taken apart. `words` are the text without marks, `pairs` its ``key:value``."""

    done: bool
    completed: date | None
    created: date | None
    priority: str
    words: str
    projects: tuple[str, ...]
    contexts: tuple[str, ...]
    pairs: Mapping[str, str]


class TodoTxt(Importer):
    """Reads one list of tasks."""

    name = "todotxt"
    kind = "todo.txt"

    def identify(self, path: Path, head: bytes) -> bool:
        """Whether the name says so, or most of the first lines of a .txt file look like tasks."""
        name = path.name.casefold()
        if name.endswith(_NAMES):
            return True
        first = [line for line in head.split(b"\n") if line.strip()][:_FIRST_LINES]
        return name.endswith(".txt") and 2 * sum(bool(_TYPICAL.match(line)) for line in first) > len(first)

    def read(self, path: Path, context: Context) -> Iterator[Activity | Problem]:
        """Yield one activity or problem for each line with words."""
        identities = Identities()
        for line in lines(path):
            if line.text.strip():
                yield self._read_line(line, identities, context)

    def _read_line(self, line: Line, identities: Identities, context: Context) -> Activity | Problem:
        if line.cut:
            return _problem(line, f"the line is longer than {LONGEST:,} characters", "Shorten it.")
        try:
            task = _taken_apart(line.text.strip())
        except ImpossibleDateError as fault:
            return _problem(line, f"there is no such date: {fault}", "Correct the date and import the file again.")
        if not task.words:
            return _problem(line, "the task has no words", "Add some, or delete the line.")
        return _activity(task, line.number, identities, context)


def _problem(line: Line, reason: str, remedy: str) -> Problem:
    return Problem(line=line.number, reason=reason, remedy=remedy, raw=line.text[:2000])


def _taken_apart(text: str) -> _Task:
    done = text.startswith("x ")
    text = text[2:].lstrip() if done else text
    priority, text = _taken(_PRIORITY, text)
    first, text = _taken(_DATE, text)
    second, text = _taken(_DATE, text) if done else ("", text)
    pairs = dict(_PAIR.findall(text))
    tokens = _PAIR.sub(" ", text).split()
    return _Task(
        done=done,
        completed=_date(first) if done else None,
        created=_date(second if done else first),
        priority=priority or pairs.get("pri", ""),
        words=_words(tokens),
        projects=tuple(each[1:] for each in tokens if _is_mark(each, "+")),
        contexts=tuple(each[1:] for each in tokens if _is_mark(each, "@")),
        pairs=pairs,
    )


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImpossibleDateError(text) from None


def _is_mark(token: str, sign: str) -> bool:
    return token.startswith(sign) and len(token) > 1


def _words(tokens: list[str]) -> str:
    """Join the text: marks at its end go, marks within it stay as words (``Plan the +Fair``)."""
    tokens = list(tokens)
    while tokens and _is_mark(tokens[-1], tokens[-1][0]) and tokens[-1][0] in "+@":
        tokens.pop()
    return " ".join(each[1:] if _is_mark(each, "+") or _is_mark(each, "@") else each for each in tokens)


def _activity(task: _Task, line: int, identities: Identities, context: Context) -> Activity | Problem:
    warnings = []
    try:
        day = task.completed if task.done else _planned_for(task)
    except ImpossibleDateError as fault:
        day = task.created
        warnings.append(f"there is no such date: {fault}")
    if task.done and day is None:
        warnings.append("the day it was done is not stated")
    moment = datetime.combine(day, time(), ZoneInfo(context.zone)) if day else None
    told_by = task.pairs.get("id") or task.pairs.get("uuid") or str(task.created or task.completed or "")
    return Activity(
        source="todotxt",
        account=context.account,
        native_id=identities.of(told_by, *task.projects[:1], task.words),
        line=line,
        kind=Kind.TASK_DONE,
        title=task.words,
        start=moment,
        end=moment,
        precision=Precision.DAY if day else Precision.NONE,
        zone=context.zone if day else "",
        project=task.projects[0] if task.projects else "",
        tags=(*task.projects[1:], *task.contexts, *([f"priority {task.priority}"] if task.priority else []))[
            :_MOST_TAGS
        ],
        state=State.DONE if task.done else State.PLANNED,
        references=references_in(task.words),
        warnings=tuple(warnings),
    )


def _planned_for(task: _Task) -> date | None:
    stated = next((task.pairs[key] for key in _PLANNED_FOR if _DATE.fullmatch(task.pairs.get(key, ""))), "")
    return _date(stated) or task.created
