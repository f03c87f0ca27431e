"""Brings in a career ladder from a file: read in the child process like any import, looked at, then kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from outgrow.importers import sandbox
from outgrow.importers.contract import Context
from outgrow.importers.frames import Limits
from outgrow.model.fault import Fault
from outgrow.model.ladder import Ladder
from outgrow.model.problem import Problem
from outgrow.reports.ladders import LadderRead, kinds, level_counts, place
from outgrow.store import journal, versions
from outgrow.workflows.choose_ladder import read_ladders
from outgrow.workflows.workspace import Workspace

_READER = "outgrow.importers.ladders.reader:LadderFile"
_LIMITS = Limits(seconds=10, seconds_per_mb=20)


class NoLadder(Fault):
    """A file holds no ladder that could be read; nothing was kept."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A ladder as it was read, what of its file could not be, and how many of what else stands in it."""

    ladder: Ladder
    problems: tuple[Problem, ...]
    passed_over: Mapping[str, int] = field(default_factory=dict)

    @property
    def view(self) -> LadderRead:
        """What is shown of it before it is kept."""
        return LadderRead(
            name=self.ladder.name,
            origin=self.ladder.origin,
            levels=level_counts(self.ladder),
            kinds=kinds(self.ladder.expectations),
            expectations=len(self.ladder.expectations),
            problems=self.problems,
            passed_over=tuple(self.passed_over.items()),
        )


def read_file(workspace: Workspace, path: Path, name: str = "") -> Reading:
    """Read a file as a ladder; `name` is what it is called where `path` is passing. Raises NoLadder with the reason."""
    problems: list[Problem] = []
    ladder, failure = None, Problem(line=0, reason="it holds no ladder")
    passed_over: Mapping[str, int] = {}
    for event in sandbox.read(_READER, [path], Context(now=workspace.now), _LIMITS):
        match event:
            case sandbox.Batch():
                problems += event.problems
            case sandbox.Failed():
                failure = event.problem
            case sandbox.FileEnded():
                ladder, passed_over = event.tally.ladder, event.tally.passed_over
    if ladder is None:
        raise NoLadder(_refused(name or path.name, failure, problems))
    return Reading(replace(ladder, origin=name or ladder.origin), tuple(problems), passed_over)


def _refused(name: str, failure: Problem, problems: list[Problem]) -> str:
    first = f" {place(problems[0]).capitalize()}: {problems[0].reason}." if problems else ""
    return f"{name} was not read: {failure.reason}.{first} {failure.remedy}".rstrip()


def keep(workspace: Workspace, reading: Reading) -> LadderRead:
    """Keep a ladder that was read, under a number of its own unless the very same is there already."""
    with workspace.store.begin() as change:
        known = next((number for number, each in read_ladders(change).items() if each == reading.ladder), None)
        if known is not None:
            return replace(reading.view, number=known, already=True)
        number = versions.put(change, reading.ladder, journal.moment(change, workspace.now))
    return replace(reading.view, number=number)
