"""Reads work whose true changes are known, and tells of each what the comparison of two periods says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from outgrow.analysis.comparison import FEWEST_WEEKS
from outgrow.analysis.features import Deed, mode_told
from outgrow.analysis.grouping import group, key_of, names, topics_of
from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.model.period import Period
from outgrow.model.problem import Problem
from outgrow.model.share import Unit
from outgrow.reports.change_evaluation import ChangeSummary, ChangeTried, hits, summarise
from outgrow.workflows.read_rows import NotReadable, read_list, read_minutes, read_rows, read_start
from outgrow.workflows.weigh_changes import weigh_changes

_COMMAND = "outgrow evaluate-changes"
_ITEM = ("person", "start", "minutes", "title")
_CHANGE = ("person", "date", "words")
_BEFORE, _AFTER = timedelta(days=365), timedelta(days=182)


@dataclass(frozen=True, slots=True)
class TrueChange:
    """What changed in a person's work on a day, in its words; none of them where nothing did."""

    person: str
    day: date
    words: tuple[str, ...]


@dataclass(slots=True)
class KnownWork:
    """The activities of each person, the true changes in the order of their file, and the rows that were not read."""

    items: dict[str, list[Activity]] = field(default_factory=lambda: defaultdict(list))
    changes: list[TrueChange] = field(default_factory=list)
    problems: list[tuple[Path, Problem]] = field(default_factory=list)


def read_known_work(items: Path, changes: Path) -> KnownWork:
    """Read items and true changes; raises NotReadable where a file is none of these."""
    work = KnownWork()
    for row, (line, cells) in enumerate(read_rows(items, _ITEM, _COMMAND)):
        try:
            work.items[cells["person"]].append(_activity(row, line, cells))
        except ValueError as error:
            work.problems.append((items, _problem(line, error, cells)))
    for line, cells in read_rows(changes, _CHANGE, _COMMAND):
        try:
            work.changes.append(_change(cells, work.items))
        except ValueError as error:
            work.problems.append((changes, _problem(line, error, cells)))
    if not work.changes:
        message = f"{changes} has no row that can be compared. It needs a person of the items and a date."
        raise NotReadable(message)
    return work


def evaluate_changes(work: KnownWork) -> Iterator[ChangeTried | ChangeSummary]:
    """Yield what is told of each change, then the summary."""
    tried = []
    for change in work.changes:
        result = _try(change, work.items[change.person])
        tried.append(result)
        yield result
    yield summarise(tried)


def _problem(line: int, error: ValueError, cells: Mapping[str, str]) -> Problem:
    raw = ",".join(value or "" for value in cells.values())
    return Problem(line=line, reason=str(error), remedy="Correct the row.", raw=raw[:2000])


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
        tags=read_list(cells.get("area", "")),
        people=read_list(cells.get("people", "")),
    )


def _change(cells: Mapping[str, str], known: Mapping[str, object]) -> TrueChange:
    if cells["person"] not in known:
        message = f"{cells['person']!r} has no items"
        raise ValueError(message)
    try:
        day = date.fromisoformat(cells["date"].strip()[:10])
    except ValueError:
        message = f"{cells['date']!r} is no date: write it like 2026-03-02"
        raise ValueError(message) from None
    return TrueChange(cells["person"], day, read_list(cells["words"]))


def _try(change: TrueChange, items: Sequence[Activity]) -> ChangeTried:
    day = timedelta(days=1)
    earlier, later = Period(change.day - _BEFORE, change.day - day), Period(change.day, change.day + _AFTER - day)
    looked_at = [each for each in items if each.start and earlier.first <= each.start.date() <= later.last]
    deeds, called, unit = _deeds(looked_at)
    view = weigh_changes(deeds, earlier, later, called, unit)
    sentences = view.sentences if view else ()
    same = view.same if view else None
    return ChangeTried(
        person=change.person,
        date=change.day.isoformat(),
        sentences=sentences,
        first_hit=hits(sentences[:1], change.words),
        first_three_hit=hits(sentences[:3], change.words),
        same_work=same.share if same else None,
        noise_low=same.low if same else None,
        noise_high=same.high if same else None,
        stationary=not change.words,
        missing="" if view else f"Under {FEWEST_WEEKS} weeks with work, or too few in one of the two periods.",
    )


def _deeds(items: Sequence[Activity]) -> tuple[list[Deed], Mapping[str, str], Unit]:
    """Return activities as they are compared, the names of their workstreams, and what is counted."""
    topics = topics_of(items)
    grouped = group(topics, {})
    unit = Unit.HOURS if any(each.minutes for each in items) else Unit.ITEMS
    deeds = [
        Deed(
            day=each.start.date().toordinal() if each.start else 0,
            size=(each.minutes or 0.0) / 60 if unit is Unit.HOURS else 1.0,
            workstream=grouped[key_of(each)],
            title=each.title,
            project=each.project,
            areas=each.tags,
            people=tuple(dict.fromkeys(each.people)),
            mode=mode_told(each),
        )
        for each in items
    ]
    return deeds, names(topics, grouped), unit
