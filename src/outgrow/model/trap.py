"""Ways of working hard without becoming capable of more, and what a rule found of each."""

from dataclasses import dataclass
from enum import StrEnum


class TrapKind(StrEnum):
    """The traps there are rules for."""

    COMPETENCY = "competency"
    MOVEMENT = "movement"
    EFFICIENCY = "efficiency"
    STRETCH = "stretch"
    WAITING = "waiting"
    OVERREACH = "overreach"


class Outcome(StrEnum):
    """What a rule says: that it holds, that it does not, or nothing, since the data could not have said otherwise."""

    RAISED = "raised"
    CLEAR = "clear"
    SILENT = "silent"


class Need(StrEnum):
    """What a rule lacks to say anything."""

    WEEKS = "weeks"
    COVERAGE = "coverage"
    ANSWERS = "answers"
    ANSWERED = "answered"
    GROWTH = "growth"
    SOURCES = "sources"
    TIMES = "times"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Lack:
    """What there is of something a rule needs, and how much it needs."""

    need: Need
    has: float
    needs: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a rule: its name, its value, the threshold beside it, and whether it speaks for the trap."""

    name: str
    value: float
    limit: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Behind:
    """A workstream (by its number) behind a trap: its hours, or items, in the later weeks and in those before."""

    workstream: int
    now: float
    before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found. `measure` is its main number, the higher the more of a trap; 0 where it says nothing."""

    kind: TrapKind
    outcome: Outcome
    facts: tuple[Fact, ...] = ()
    lacks: tuple[Lack, ...] = ()
    behind: tuple[Behind, ...] = ()
    measure: float = 0.0
