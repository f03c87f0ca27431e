"""Keeps work that nothing tracked, in the person's words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from outgrow.importers.references import references_in
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, ZoneCertainty
from outgrow.model.fault import Fault
from outgrow.store import activities
from outgrow.workflows.workspace import Workspace

_MOST_HOURS = 24
_LONGEST = 500
_LONGEST_QUOTE = 60
_DURATION = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*h)?\s*(?:(\d+)\s*(?:m(?:in)?)?)?", re.IGNORECASE)


class CannotCapture(Fault):
    """What was typed cannot be kept; nothing was."""

    exit_code = 2


class NotYet(CannotCapture):
    """The day lies ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What the person did: `hours` is None when they do not say how long it took."""

    text: str
    day: date
    hours: float | None = None
    project: str = ""
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    led: bool = False


def parse_hours(text: str) -> float:
    """Read the hours of one day from 2, 1.5, 1,5, 1:30, 1h 30m or 45m; raises CannotCapture otherwise."""
    hours = read_length(text)
    if not 0 < hours <= _MOST_HOURS:
        message = f"{text[:_LONGEST_QUOTE]!r} is not between a minute and 24 hours; note longer work day by day."
        raise CannotCapture(message)
    return hours


def read_length(text: str) -> float:
    """Read a length of time of any number of hours, as `parse_hours` does; raises CannotCapture where it is none."""
    said = text.strip()
    if re.fullmatch(r"\d+(?:[.,]\d+)?", said):
        hours = float(said.replace(",", "."))
    elif clock := re.fullmatch(r"(\d+):([0-5]\d)", said):
        hours = int(clock[1]) + int(clock[2]) / 60
    elif (parts := _DURATION.fullmatch(said)) and any(parts.groups()):
        hours = float((parts[1] or "0").replace(",", ".")) + int(parts[2] or 0) / 60
    else:
        message = f"{text[:_LONGEST_QUOTE]!r} is no length of time. Say for example 2, 1.5, 1:30 or 45m."
        raise CannotCapture(message)
    return hours


def capture(workspace: Workspace, work: Work) -> int:
    """Keep one piece of work; return its number. `outgrow undo` takes it back. Raises CannotCapture."""
    check(work, workspace.today)
    with workspace.store.begin() as change:
        return activities.capture(change, activity_of(workspace, work), workspace.now)


def check(work: Work, today: date) -> None:
    """Raise CannotCapture unless a piece of work can be kept."""
    if not work.text.strip() or len(work.text) > _LONGEST:
        message = f"Say in a few words what you did, in at most {_LONGEST} characters."
        raise CannotCapture(message)
    if work.day > today:
        message = f"{work.day} has not come yet: note work when it is done."
        raise NotYet(message)


def activity_of(workspace: Workspace, work: Work) -> Activity:
    """Return a piece of work as an activity."""
    zone = ZoneInfo(workspace.settings.zone)
    return Activity(
        source="manual",
        account="",
        native_id="",
        line=0,
        kind=Kind.MANUAL,
        title=" ".join(work.text.split()),
        start=datetime.combine(work.day, time(), zone),
        precision=Precision.DAY,
        zone=workspace.settings.zone,
        zone_certainty=ZoneCertainty.STATED,
        minutes=None if work.hours is None else work.hours * 60,
        basis=DurationBasis.NONE if work.hours is None else DurationBasis.MEASURED,
        project=work.project,
        tags=_unique(work.tags),
        people=_unique(work.people),
        role=Role.LED if work.led else Role.UNKNOWN,
        references=references_in(work.text),
    )


def _unique(words: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
