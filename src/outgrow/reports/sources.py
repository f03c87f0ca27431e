"""The sources, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from outgrow.model.problem import Problem
from outgrow.reports.words import columns, count, fit, harmless

_WIDTH = 110
_RAW = 76


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source: the last import of its files (records and problems of those) and what is there of it now.

    `location` is the file imported last; `again` says whether it can be read again as it stands there. `kind` is what a
    person calls such a source, `never_read` what is left out of it. `stale` says that its last import is long ago.
    `fault` tells why a file could not be reached or read to its end at last, and `failed` when that was.
    """

    importer: str
    kind: str
    account: str
    never_read: str
    again: bool
    stale: bool
    location: str
    files: int
    imported: datetime
    records: int
    problems: int
    activities: int
    first: date | None
    last: date | None
    fault: str = ""
    failed: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A record that could not be read, and the file it stands in."""

    location: str
    problem: Problem


def render(views: Sequence[SourceView]) -> str:
    """Return one line per source."""
    if not views:
        return "Nothing imported yet. Begin with: outgrow import calendar.ics"
    rows = [("source", "kind", "account", "imported", "activities", "from", "to", "problems")]
    rows += [
        (
            _place(each),
            each.importer,
            each.account,
            f"{each.imported:%Y-%m-%d}",
            f"{each.activities:,}",
            str(each.first or ""),
            str(each.last or ""),
            str(each.problems or ""),
        )
        for each in views
    ]
    lines = columns(rows, most=_WIDTH, right=frozenset({4, 7}))
    lines += [harmless(f"{_place(each)}, {each.failed:%Y-%m-%d}: {each.fault}") for each in views if each.failed]
    problems = sum(each.problems for each in views)
    if problems:
        lines.append(f"{count(problems, 'record')} could not be read: outgrow sources --problems shows them")
    return "\n".join(lines)


def _place(each: SourceView) -> str:
    if not each.location:
        return "noted by hand"
    return each.location if each.files == 1 else f"{count(each.files, 'file')}, last {each.location}"


def render_problems(views: Sequence[ProblemView]) -> str:
    """Return every problem with its file, line, reason, remedy and raw text."""
    lines = []
    for view in views:
        problem = view.problem
        where = f", line {problem.line}" if problem.line else ""
        remedy = f" {problem.remedy}" if problem.remedy else ""
        lines.append(harmless(f"{view.location}{where}: {problem.reason}.{remedy}"))
        if problem.raw:
            lines.append(f"  | {fit(problem.raw, _RAW).rstrip()}")
    return "\n".join(lines) or "Everything could be read."
