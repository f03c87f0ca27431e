"""What would be brought in: told before anything is."""

from dataclasses import dataclass
from datetime import date

from outgrow.model.problem import Problem
from outgrow.reports.brought_in import Notice


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What an importer has to know first: `options` are values with their words; without any, words of one's own do."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """One file: records = `readable` ones with activities + `unreadable`, of which the first are in `problems`.

    Of the activities `planned` are still ahead and `private` are marked so; `recent` counts the work of the last
    `PreviewReport.days` days. `apart` says how many count no hours and why, `passed_over` how many of what else stands
    in the file and is never read. `titles` are the most frequent ones with their number, empty for those without one.
    `notices` say what had to be assumed. `unread` says why it was not read to its end.
    """

    location: str
    importer: str
    kind: str
    records: int = 0
    activities: int = 0
    first: date | None = None
    last: date | None = None
    recent: int = 0
    planned: int = 0
    private: int = 0
    apart: tuple[tuple[str, int], ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()
    titles: tuple[tuple[str, int], ...] = ()
    unreadable: int = 0
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    unread: str = ""
    question: QuestionView | None = None

    @property
    def readable(self) -> int:
        """The records that would be brought in."""
        return self.records - self.unreadable


@dataclass(frozen=True, slots=True)
class PreviewReport:
    """All that was handed over: what can be read, and the files nobody reads, each with the reason."""

    files: tuple[FilePreview, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    days: int = 90

    @property
    def records(self) -> int:
        """The records that would be brought in."""
        return sum(file.readable for file in self.files)

    @property
    def unreadable(self) -> int:
        """The records that cannot be."""
        return sum(file.unreadable for file in self.files)

    @property
    def barren(self) -> bool:
        """Whether nothing of it can be brought in, whatever is answered."""
        return not self.records and not any(file.question for file in self.files)

    @property
    def questions(self) -> tuple[FilePreview, ...]:
        """The files that a question stands open for, one for each question."""
        first = {(file.question.signature, file.question.key): file for file in reversed(self.files) if file.question}
        return tuple(file for file in self.files if file in first.values())

    @property
    def first(self) -> date | None:
        """The first day of all files."""
        return min((file.first for file in self.files if file.first), default=None)

    @property
    def last(self) -> date | None:
        """The last day of all files."""
        return max((file.last for file in self.files if file.last), default=None)

    @property
    def recent(self) -> int:
        """The work of the last days in all files."""
        return sum(file.recent for file in self.files)
