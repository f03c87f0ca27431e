"""What became of an import, in words."""

from dataclasses import dataclass
from itertools import chain

from outgrow.model.problem import Problem
from outgrow.reports.words import count, fit, harmless

_SHOWN = 10
_NOTICES_SHOWN = 3
_FILES_SHOWN = 50
_RAW = 70


@dataclass(frozen=True, slots=True)
class Notice:
    """What an importer had to assume to read a record, and the line of the record."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file: records = those with activities + those that are problems.

    `unread` says why the file was not read to its end, `unanswered` which question stands open.
    """

    location: str
    importer: str = ""
    records: int = 0
    activities: int = 0
    problems: tuple[Problem, ...] = ()
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    unread: str = ""
    unanswered: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class BringInReport:
    """All files of one import, and those no importer knows."""

    files: tuple[FileReport, ...]
    unknown: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every record of every file was read."""
        return all(map(_is_whole, self.files))

    @property
    def sums(self) -> FileReport:
        """What became of all files together."""
        return FileReport(
            location="",
            records=sum(file.records for file in self.files),
            problems=tuple(chain.from_iterable(file.problems for file in self.files)),
            new=sum(file.new for file in self.files),
            changed=sum(file.changed for file in self.files),
            unchanged=sum(file.unchanged for file in self.files),
            gone=sum(file.gone for file in self.files),
        )

    @property
    def cut(self) -> tuple[FileReport, ...]:
        """The files that were not read to their end, or not at all."""
        return tuple(file for file in self.files if file.unread or file.unanswered)


def render(report: BringInReport, *, every_problem: bool = False) -> str:
    """Return one line per file, its problems with file, line, reason and remedy, and the sum.

    Of many files only those are named that something is to be said of.
    """
    lines: list[str] = []
    brief = len(report.files) > _FILES_SHOWN
    for file in report.files:
        lines += [] if brief and _is_whole(file) else _file(file)
        lines += _problems(file, every_problem=every_problem)
        lines += _notices(file, every=every_problem)
    lines += [f"{harmless(path)}: no importer knows this kind of file; it was left alone" for path in report.unknown]
    return "\n".join([*lines, _sum(report)] if len(report.files) > 1 else lines)


def _is_whole(file: FileReport) -> bool:
    return not (file.problems or file.unread or file.unanswered)


def _file(file: FileReport) -> list[str]:
    place = harmless(file.location)
    if file.unanswered:
        return [f"{place}: left out, since a question stands open: {harmless(file.unanswered)}"]
    lines = [f"{place}: {harmless(file.unread)}"] if file.unread else []
    if file.records:
        lines.append(f"{place} ({file.importer}): {_counts(file)}")
    elif not file.unread:
        lines.append(f"{place} ({file.importer}): holds no records")
    return lines


def _counts(file: FileReport) -> str:
    problems = len(file.problems)
    read = file.records - problems
    said = f"{count(file.records, 'record')} = {read:,} read + {count(problems, 'problem')}"
    if file.activities != read:
        said += f"; {count(file.activities, 'activity', 'activities')} with all repetitions"
    return f"{said}; {_changes(file)}"


def _changes(file: FileReport) -> str:
    parts = ((file.new, "new"), (file.changed, "changed"), (file.unchanged, "as before"), (file.gone, "gone"))
    return ", ".join(f"{number:,} {word}" for number, word in parts if number) or "nothing to keep"


def _problems(file: FileReport, *, every_problem: bool) -> list[str]:
    shown = file.problems if every_problem else file.problems[:_SHOWN]
    lines = []
    for problem in shown:
        where = f"line {problem.line}: " if problem.line else ""
        remedy = f". {problem.remedy}" if problem.remedy else ""
        lines.append(harmless(f"  {file.location}, {where}{problem.reason}{remedy}"))
        if problem.raw:
            lines.append(f"    | {fit(problem.raw, _RAW).rstrip()}")
    left = len(file.problems) - len(shown)
    return lines + ([f"  and {count(left, 'more problem')}: outgrow sources --problems shows all"] if left else [])


def _notices(file: FileReport, *, every: bool) -> list[str]:
    shown = file.notices if every else file.notices[:_NOTICES_SHOWN]
    lines = [harmless(f"  note on line {notice.line}: {notice.text}") for notice in shown]
    left = len(file.notices) - len(shown)
    return lines + ([f"  and {count(left, 'more note')}: --all-problems shows all"] if left else [])


def _sum(report: BringInReport) -> str:
    sums, problems = report.sums, len(report.sums.problems)
    said = f"Together {count(len(report.files), 'file')}: {count(sums.records, 'record')} = "
    said += f"{sums.records - problems:,} read + {count(problems, 'problem')}; {_changes(sums)}"
    return said + (f"; {count(len(report.cut), 'file')} not read to the end" if report.cut else "")
