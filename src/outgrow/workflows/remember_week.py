"""Keeps a week from memory: lines of work day by day, in the person's words, all of them or none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.model.fault import Fault
from outgrow.store import activities, journal
from outgrow.workflows.capture import Work, activity_of, check, parse_hours
from outgrow.workflows.workspace import Workspace

_TIME = r"(?:\d+(?:[.,]\d+)?\s*h(?:\s*\d{1,2}\s*m(?:in)?)?|\d{1,2}:[0-5]\d|\d+\s*m(?:in)?)"
_BELOW_NOTHING = re.compile(rf"[-\N{{MINUS SIGN}}]{_TIME}(?!\w)", re.IGNORECASE)
_LINE = re.compile(
    rf"(?:[-*\N{{BULLET}}]\s+)?(?:(?P<first>{_TIME})(?!\w))?[\s,;:-]*(?P<text>.*?)(?:[\s,;:-]+(?P<last>{_TIME}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A line that cannot be kept: its day, its words, and why."""

    day: date
    line: str
    why: str


def remember(workspace: Workspace, days: Iterable[tuple[date, str]]) -> tuple[Sequence[int], Sequence[Unfit]]:
    """Keep the lines typed for some days; return their numbers, or the lines that have to be put right first."""
    works: list[Work] = []
    unfit: list[Unfit] = []
    for day, text in days:
        for line in filter(None, map(str.strip, text.splitlines())):
            try:
                works.append(_work(day, line, workspace.today))
            except Fault as fault:
                unfit.append(Unfit(day, line, str(fault)))
    return ((), unfit) if unfit else (_keep(workspace, works), ())


def _keep(workspace: Workspace, works: Iterable[Work]) -> list[int]:
    with workspace.store.begin() as change:
        numbers = []
        for work in works:
            activities.capture(change, activity_of(workspace, work), workspace.now)
            numbers.append(journal.latest(change))
        return numbers


def take_back(workspace: Workspace, numbers: Iterable[int]) -> int:
    """Take back lines of a week that still stand; return how many did."""
    with workspace.store.begin() as change:
        standing = {said.number for said in journal.said(change, ["capture"])} & set(numbers)
        for number in sorted(standing):
            journal.undo(change, number, workspace.now)
    return len(standing)


def _work(day: date, line: str, today: date) -> Work:
    """Read a line such as "2h supplier call", "supplier call 1:30" or "supplier call"."""
    if negative := _BELOW_NOTHING.match(line):
        parse_hours(negative[0])
    parts = _LINE.fullmatch(line)
    time = parts and (parts["first"] or parts["last"])
    work = Work(text=parts["text"], day=day, hours=parse_hours(time)) if parts and time else Work(text=line, day=day)
    check(work, today)
    return work
