"""Tables for people, as RFC 4180 has them, so that any spreadsheet opens them and runs nothing of what is in them.

They begin with a byte order mark, without which some spreadsheets read no UTF-8.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from outgrow.reports.words import harmless

Cell = str | int | float | date | datetime | None

_MARK = b"\xef\xbb\xbf"
#: What a text must not begin with, also after spaces: some spreadsheets would run it.
_RUNS = frozenset(
    "=+-@|%\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it is, and its columns, each with what it says."""

    about: str
    columns: Mapping[str, str]


#: The tables of an export, by the name of their file.
TABLES: Mapping[str, Table] = {
    "activities": Table(
        "What was done, in the order it became known; what is no longer in its source is among it.",
        {
            "number": "its number in activities.jsonl",
            "start": "when it began, on the local clock",
            "end": "when it ended",
            "minutes": "how long it took, as far as its source tells",
            "title": "its title",
            "project": "its project",
            "kind": "what sort of record it was",
            "source": "where it comes from",
            "account": "whose or which calendar",
            "people": "who else was there",
            "tags": "its tags",
            "role": "the part you had in it",
            "state": "whether it took place",
            "gone": "yes where its source no longer has it, or you took it back",
            "work": "the kind of work you placed it in by an answer or a name",
        },
    ),
    "judgements": Table(
        "Your answers for kinds of work, those you took back left out.",
        {
            "number": "its number in statements.jsonl",
            "said": "when you answered",
            "work": "the kind of work: the name you gave it, or the title of its first activity",
            "answer": "growth, depth or outside (no work)",
            "since": "from which day on it holds",
            "reasons": "why it is growth",
            "discomfort": "how uneasy it felt",
            "struck": "the numbers of the activities it does not hold for",
        },
    ),
    "capabilities": Table(
        "What you can do, as it stands.",
        {
            "number": "its number in versions.jsonl",
            "name": "what you call it",
            "state": "claimed, shown, repeated or taught",
            "claimed": "since when",
            "shown": "since when",
            "repeated": "since when",
            "taught": "since when",
            "evidence": "the numbers of the evidence for it",
            "into": "the number of the capability that took it in or took its place",
        },
    ),
    "evidence": Table(
        "What shows it, as it stands.",
        {
            "number": "its number in versions.jsonl",
            "on": "the day",
            "action": "what you did",
            "situation": "what it was about",
            "result": "what came of it",
            "hours": "how long it took",
            "seen_by": "who saw it",
            "kind": "whose word it is",
            "polish": "rough or solid",
            "links": "addresses",
            "files": "the names of the kept files",
        },
    ),
    "commitments": Table(
        "What you meant to do, as it stands.",
        {
            "number": "its number in versions.jsonl",
            "text": "what you meant to do",
            "due": "by when",
            "sign": "how you would know that it worked",
            "outcome": "what became of it",
            "note": "what you said of that",
        },
    ),
}


def rows(name: str, told: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a table of TABLES row by row, its heading first."""
    columns = list(TABLES[name].columns)
    line = _writer()
    yield _MARK + line(columns)
    for cells in told:
        if len(cells) != len(columns):
            message = f"{name} has {len(columns)} columns, not {len(cells)}"
            raise ValueError(message)
        yield line([_cell(each) for each in cells])


def _writer() -> Callable[[Sequence[Cell]], bytes]:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n").writerow

    def line(cells: Sequence[Cell]) -> bytes:
        text.seek(0)
        text.truncate()
        write(cells)
        return text.getvalue().encode()

    return line


def _cell(value: Cell) -> Cell:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if not isinstance(value, str):
        return value
    plain = harmless(value)
    return f"'{plain}" if plain.lstrip()[:1] in _RUNS else plain
