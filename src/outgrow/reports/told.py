"""What the short commands tell in `--json`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Captured:
    """Work that was noted; `hours` is null when no time was said."""

    number: int
    day: date
    hours: float | None
    text: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What `outgrow undo` took back, in words; empty when there was nothing."""

    taken_back: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """The names of the workstreams that were judged."""

    workstreams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Where a file was written."""

    path: str
