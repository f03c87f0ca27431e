"""What an importer is: two required methods, defaults for the rest.

An importer turns one file (or repository) of one kind of source into activities and problems. It never sees the store,
runs in a child process with limits, and is found by the entry-point group ``outgrow.importers``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from outgrow.model.activity import Activity
from outgrow.model.ladder import Ladder
from outgrow.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an importer may know beside the file.

    `now` (aware) and `zone` (IANA name for times that state none) make a reading repeatable. `addresses` are the
    person's own, lower case. `choices` are the answers to earlier questions, by question key. `account` is the
    person's name for where the records come from; empty asks the importer for its own.
    """

    now: datetime
    zone: str = "UTC"
    account: str = ""
    addresses: frozenset[str] = frozenset()
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer to a question: the value that is kept, and its words."""

    value: str
    words: str


class Question(Exception):  # noqa: N818 - it asks, it is not a failure
    """Raised by `read` before its first record when the file cannot be read without the person's word.

    `key` is what `Context.choices` holds the answer under; empty `options` means any text will do.
    """

    def __init__(self, key: str, text: str, options: tuple[Option, ...] = ()) -> None:
        """Keep the parts of the question."""
        super().__init__(text)
        self.key = key
        self.text = text
        self.options = options


class Unreadable(Exception):  # noqa: N818 - a fault of the file, not ours
    """Raised by `read` when nothing in the file can be read; says why and what to do."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        """Keep the reason and the remedy."""
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


class Importer(ABC):
    """Reads one kind of source. Subclasses need a `name`, `identify` and `read`."""

    name: str

    #: What a person calls a source of this kind, and what is never read of it, after "Never read:"; empty where unsaid.
    kind: str = ""
    never_read: str = ""

    #: Whether one file is a whole: a record missing from a newer import of the same account and window is gone.
    complete: bool = False

    @abstractmethod
    def identify(self, path: Path, head: bytes) -> bool:
        """Whether this importer reads the file, judged by its path and first 64 KiB (empty for a folder)."""

    @abstractmethod
    def read(self, path: Path, context: Context) -> Iterator[Activity | Problem]:
        """Yield every record as one or more activities with the same `line`, or as one problem."""

    def passed_over(self) -> Mapping[str, int]:
        """Return what the last `read` left alone and how many of it there were, by the word for one of them."""
        return {}

    def ladder(self) -> Ladder | None:
        """Return the career ladder that the last `read` found; sources of work hold none."""
        return None

    def account(self, path: Path) -> str:
        """Name the account where the person has given none: by default the same for all files."""
        del path
        return ""

    def signature(self, path: Path) -> str:
        """Name the shape under which choices are kept for later files alike; empty keeps them for this importer."""
        del path
        return ""
