"""Tasks and logged time of Markdown notes, as Obsidian and its Tasks and Dataview plugins write them.

Records are the boxes with words after them (``- [x] text``, nested or not) and, in a note of one day, the lines that
begin with a stretch of time (``09:00-10:30 text``). Everything else in a note (text, headings, bullets, code, comments)
is never kept. `x` is done, `-` is cancelled; any other character, with `/` for begun, is planned.
A finished task was done on its stated day, else on the day of its note, else on the nearest day it states, with a
warning; without any of them it has no time.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from zoneinfo import ZoneInfo

from outgrow.importers import note_lines
from outgrow.importers.contract import Context, Importer
from outgrow.importers.identity import Identities
from outgrow.importers.lines import LONGEST, Line, lines
from outgrow.importers.note_dates import day_in
from outgrow.importers.note_lines import ImpossibleError, Said, Span
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, State
from outgrow.model.problem import Problem

_SUFFIXES = frozenset({".md", ".markdown"})
_FENCE = re.compile(r"[\s>]{0,100}(?:[-*+][ \t]+)?(`{3,}|~{3,})")
_FRONT_MATTER_AT_MOST = 300  # lines
_PROPERTY = re.compile(r"(date|day|project|tags?)\s{0,5}:(.{0,2000})", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\s{0,20}-\s{1,5}(\S.{0,200})")
_MOST_TAGS = 20
_VAULT_LEVELS = 20

_STATES = {"x": State.DONE, "X": State.DONE, "-": State.CANCELLED}
#: What states the day, the surest first. The day of the note comes after the first.
_DAYS = {
    State.DONE: ("completion", "scheduled", "due", "start", "created"),
    State.CANCELLED: ("cancelled", "completion", "scheduled", "due", "start", "created"),
    State.PLANNED: ("scheduled", "due", "start", "created"),
}


@dataclass(frozen=True, slots=True)
class _Note:
    """What holds for all records of a note. `place` tells it from other notes, wherever the vault lies."""

    place: str
    day: date | None
    project: str
    tags: Sequence[str]
    account: str
    zone: str


class Notes(Importer):
    """Reads one note."""

    name = "notes"
    kind = "Notes"
    never_read = "text, headings and code: boxes with words and logged times are all that is read"

    def identify(self, path: Path, head: bytes) -> bool:
        """Whether it is a Markdown file."""
        del head
        return path.suffix.casefold() in _SUFFIXES

    def read(self, path: Path, context: Context) -> Iterator[Activity | Problem]:
        """Yield one activity or problem for each task and each stretch of time."""
        front, body = _split(lines(path))
        note = _note(path, front, context)
        identities = Identities()
        outside_code = _OutsideCode()
        for line in outside_code.of(body):
            if note_lines.is_task(line.text) or (note.day and note_lines.is_timed(line.text)):
                yield _read_line(line, note, identities)
        yield from outside_code.problems()

    def account(self, path: Path) -> str:
        """Return the name of the vault, or nothing where there is none."""
        vault = _vault(path)
        return vault.name if vault else ""


def _vault(path: Path) -> Path | None:
    above = islice(path.resolve().parents, _VAULT_LEVELS)
    return next((each for each in above if (each / ".obsidian").is_dir()), None)


def _note(path: Path, front: Sequence[str], context: Context) -> _Note:
    vault = _vault(path)
    full = path.resolve()
    properties = _properties(front)
    day = day_in(", ".join(properties.get("date", ()))) or day_in(path.stem)
    return _Note(
        place=(full.relative_to(vault) if vault else Path(full.parent.name, full.name)).as_posix(),
        day=day,
        project=next(iter(properties.get("project", ())), "") or ("" if day else path.stem),
        tags=properties.get("tags", ())[:_MOST_TAGS],
        account=context.account or (vault.name if vault else ""),
        zone=context.zone,
    )


def _split(body: Iterator[Line]) -> tuple[Sequence[str], Iterable[Line]]:
    """Take the properties at the top (between two ``---``) from the rest; without a second one there are none."""
    first = list(islice(body, 1))
    if not first or first[0].text.rstrip() != "---":
        return (), chain(first, body)
    top: list[Line] = []
    for line in islice(body, _FRONT_MATTER_AT_MOST):
        top.append(line)
        if line.text.rstrip() in {"---", "..."}:
            return [each.text for each in top[:-1]], body
    return (), chain(first, top, body)


def _properties(front: Sequence[str]) -> dict[str, list[str]]:
    """Read the few properties that matter: day, project, tags, each as a list of values."""
    properties: dict[str, list[str]] = {}
    values: list[str] = []
    for text in front:
        if match := _PROPERTY.match(text):
            name = match[1].casefold()
            values = properties.setdefault({"day": "date", "tag": "tags"}.get(name, name), [])
            values.extend(_values(match[2]))
        elif item := _LIST_ITEM.match(text):
            values.extend(_values(item[1]))
        elif not text[:1].isspace():
            values = []
    return properties


def _values(text: str) -> list[str]:
    parts = text.strip().removeprefix("[").removesuffix("]").split(",")
    return [value for part in parts if (value := part.strip().strip("\"'#[]").strip())]


class _OutsideCode:
    """The lines of a note that are not in a block of code; a block without an end is told of if it hides tasks."""

    def __init__(self) -> None:
        self._fence = ""
        self._began: Line | None = None
        self._hides_tasks = False

    def of(self, body: Iterable[Line]) -> Iterator[Line]:
        for line in body:
            match = _FENCE.match(line.text)
            if match and not self._fence:
                self._fence, self._began, self._hides_tasks = match[1], line, False
            elif match and match[1].startswith(self._fence):
                self._fence = ""
            elif self._fence:
                self._hides_tasks = self._hides_tasks or note_lines.is_task(line.text)
            else:
                yield line

    def problems(self) -> Iterator[Problem]:
        if self._fence and self._began and self._hides_tasks:
            reason = "this block of code has no end, so the tasks after it count as code"
            yield _problem(self._began, reason, "Close the block, and import the note again.")


def _problem(line: Line, reason: str, remedy: str) -> Problem:
    return Problem(line=line.number, reason=reason, remedy=remedy, raw=line.text[:2000])


def _read_line(line: Line, note: _Note, identities: Identities) -> Activity | Problem:
    if line.cut:
        return _problem(line, f"the line is longer than {LONGEST:,} characters", "Shorten it.")
    try:
        said = note_lines.task(line.text) if note_lines.is_task(line.text) else note_lines.timed(line.text)
        return _activity(said, line.number, note, identities)
    except ImpossibleError as fault:
        return _problem(line, str(fault), "Correct it, and import the note again.")
    except OverflowError:
        return _problem(line, "the time lies outside the calendar", "Correct it, and import the note again.")


def _activity(said: Said, line: int, note: _Note, identities: Identities) -> Activity:
    state = _STATES.get(said.state, State.PLANNED) if said.state else State.DONE
    day, warnings = _day(said, state, note)
    timed = said.span is not None and day is not None
    start, end = _times(day, said.span, ZoneInfo(note.zone))
    told_by = said.id or str(said.dates.get("created") or said.dates.get("completion") or "")
    return Activity(
        source="notes",
        account=note.account,
        native_id=identities.of(note.place, told_by, str(said.span.begin if said.span else ""), said.title),
        line=line,
        kind=Kind.TIME_ENTRY if timed else Kind.TASK_DONE,
        title=said.title,
        start=start,
        end=end,
        precision=_precision(day, timed=timed),
        zone=note.zone if day else "",
        minutes=(end.timestamp() - start.timestamp()) / 60 if timed and start and end else None,
        basis=_basis(state, timed=timed),
        project=note.project,
        tags=tuple(dict.fromkeys((*said.tags, *note.tags)))[:_MOST_TAGS],
        state=state,
        references=said.references,
        warnings=warnings,
    )


def _day(said: Said, state: State, note: _Note) -> tuple[date | None, tuple[str, ...]]:
    """Return the day of a record, and a warning where it is not the one that was asked for."""
    surest, *others = _DAYS[state]
    if said.span and note.day:  # a stretch of time in a note of a day is on that day, whenever it was ticked off
        return note.day, ()
    if surest in said.dates:
        return said.dates[surest], ()
    if note.day:
        return note.day, ()
    other = next((each for each in others if each in said.dates), None)
    if state is State.PLANNED:
        return said.dates[other] if other else None, ()
    if other:
        return said.dates[other], (f"the day it was {state} is not stated, the {other} date stands for it",)
    return None, (f"the day it was {state} is not stated",)


def _times(day: date | None, span: Span | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    if day is None:
        return None, None
    midnight = datetime.combine(day, time())
    begin, end = (span.begin, span.end) if span else (0, 0)
    start = (midnight + timedelta(minutes=begin)).replace(tzinfo=zone)
    return start, (midnight + timedelta(minutes=end)).replace(tzinfo=zone)


def _precision(day: date | None, *, timed: bool) -> Precision:
    if day is None:
        return Precision.NONE
    return Precision.MINUTE if timed else Precision.DAY


def _basis(state: State, *, timed: bool) -> DurationBasis:
    if not timed:
        return DurationBasis.NONE
    return DurationBasis.MEASURED if state is State.DONE else DurationBasis.PLANNED
