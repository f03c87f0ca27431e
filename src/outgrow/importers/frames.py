"""What the sandbox and its child say to each other: one JSON document per line.

JSON and not msgpack, because msgpack turns every time into UTC, and an activity keeps its own offset.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from outgrow.importers.contract import Context, Option
from outgrow.model.activity import Activity
from outgrow.model.ladder import Ladder
from outgrow.model.problem import Problem

SPLIT = "Export a shorter period, or split the file, and import the parts one after the other."


class Cause(StrEnum):
    """Why a file could not be read to its end."""

    UNREADABLE = "unreadable"
    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    FAULT = "fault"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much one file may cost: seconds of computing, the same per MB of the file, MB of memory.

    A folder (a repository) has a size that nothing cheap tells, so it gets `folder_seconds`; no file gets more than
    `most_seconds`, however large it says it is.
    Waiting is allowed `patience` times as long as computing.
    """

    seconds: float = 10
    seconds_per_mb: float = 10
    folder_seconds: float = 300
    most_seconds: float = 1800
    memory_mb: int = 512
    patience: float = 3


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What the child is to read: the importer (``module:name``), the files with their seconds, and what it may know.

    `kept` are choices kept from earlier files, by the signature of the file.
    """

    importer: str
    paths: list[bytes]
    seconds: list[float]
    memory_mb: int
    context: Context
    kept: Mapping[str, Mapping[str, str]]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the importer, and the signature under which its answer is kept."""

    key: str
    text: str
    options: tuple[Option, ...]
    signature: str


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a file that was not read to its end."""

    cause: Cause
    problem: Problem


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a file that was: its account and signature, whether it is a whole (see the contract), and the counts.

    The signature is told where the person has answered a question beforehand, so that the answer can be kept under it.
    `passed_over` says how many of what were left alone, `ladder` what a reader of ladders found.
    """

    account: str
    signature: str = ""
    complete: bool
    records: int
    activities: int
    problems: int
    passed_over: Mapping[str, int] = {}
    ladder: Ladder | None = None


class Frame(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the child about the file in hand. `records` counts those read so far; `leaving` is its last word."""

    activities: list[Activity] = []
    problems: list[Problem] = []
    records: int = 0
    asked: Asked | None = None
    failure: Failure | None = None
    tally: Tally | None = None
    leaving: bool = False

    @property
    def ends(self) -> bool:
        """Whether it is the last one of its file."""
        return bool(self.asked or self.failure or self.tally)
