"""Everything that cannot be computed again, as plain lines of JSON: one object for each record, one kind in each file.

The one table here says what each file holds; writing, reading and describing an export all go by it. What is computed
from the rest is in none of them, nor are the hashes by which a record is known again: they are made anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

import msgspec
import sqlalchemy as sa

from outgrow.model.activity import Activity
from outgrow.model.fault import Fault
from outgrow.model.judgement import Reason, Value
from outgrow.store import forms, schema, versions
from outgrow.store.database import Transaction
from outgrow.store.forms import Form, Unfit
from outgrow.store.rows import TOLD, activity_of, written

_AT_ONCE = 1_000
#: The kinds of statement there are, beside those of what is kept in versions.
STATEMENTS = frozenset(
    (
        *("audit", "capture", "choice", "felt", "judgement", "merge", "name"),
        *("pin", "setting", "skip", "split", "undo", "unlink"),
    )
)

Row = tuple[Any, ...]


class Unsound(Fault):
    """What is to be restored cannot be; the message says what is wrong and where. Nothing was changed."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a record: its name, what it says, and how it is kept."""

    name: str
    about: str
    form: Form

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold it."""
        return self.form.columns or (self.name,)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: the name of its file, its table, what it is, and its fields in order."""

    name: str
    table: sa.Table
    about: str
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.jsonl"


_Said = tuple[str, str] | tuple[str, str, Form]


def _kind(name: str, table: sa.Table, about: str, *fields: _Said) -> Kind:
    return Kind(name, table, about, tuple(_field(table, *each) for each in fields))


def _field(table: sa.Table, name: str, about: str, form: Form | None = None) -> Field:
    return Field(name, about, form or forms.plain(table.c[name]))


_AT = forms.moment("at_us", "at_offset")
_BY = ("said", "the statement it is part of")

#: All kinds, each after those it refers to.
KINDS: Sequence[Kind] = (
    _kind(
        "sources",
        schema.sources,
        "Where activities come from.",
        ("number", "its number"),
        ("source", "the importer or the program that told of them"),
        ("account", "whose or which calendar it is, empty where that is not told"),
    ),
    _kind(
        "runs",
        schema.runs,
        "Every import there was.",
        ("number", "its number"),
        ("importer", "what read it"),
        ("account", "the account it was read for"),
        ("location", "the file or the host it was read from"),
        ("file_hash", "a hash of the file"),
        ("at", "when it was read", _AT),
        ("complete", "whether a record missing in it is gone"),
        ("records", "how many records the file had"),
        ("activities", "how many activities were in them"),
        ("problems", "how many records could not be read"),
        ("new", "how many activities were new"),
        ("changed", "how many had changed"),
        ("unchanged", "how many were as before"),
        ("gone", "how many were no longer there"),
    ),
    _kind(
        "problems",
        schema.problems,
        "Records that could not be read.",
        ("run", "the import it was met in"),
        ("number", "its number in that import"),
        ("line", "the line in the file, 0 where there is none"),
        ("reason", "what is wrong with it"),
        ("remedy", "what to do about it"),
        ("raw", "the record, as far as it was kept"),
    ),
    _kind(
        "activities",
        schema.activities,
        "What was done, as the sources told it.",
        ("id", "its number"),
        ("source", "the number of its source"),
        ("run", "the import that brought it as it is"),
        ("gone", "0; else the import in which it was missing, or -1 for a note that was taken back"),
        ("native_id", "what its source calls it"),
        ("occurrence", "which one of a series it is"),
        ("revision", "its revision in the source"),
        ("line", "its line in the file"),
        ("start", "when it began", forms.optional_moment("starts", "start_offset")),
        ("end", "when it ended", forms.optional_moment("ends", "end_offset")),
        ("kind", "what sort of record it was"),
        ("title", "its title"),
        ("precision", "how exactly the source told when"),
        ("zone", "its time zone"),
        ("zone_certainty", "where that zone comes from"),
        ("minutes", "how long it took"),
        ("basis", "what that rests on"),
        ("project", "its project"),
        ("series", "the series it belongs to"),
        ("role", "the part the person had in it"),
        ("state", "whether it took place"),
        ("visibility", "how much of it the source showed"),
        ("url", "its address"),
        ("tags", "its tags", forms.LIST),
        ("people", "who else was there", forms.LIST),
        ("refs", "what it refers to, such as issues", forms.LIST),
        ("warnings", "what was doubtful in reading it", forms.LIST),
    ),
    _kind(
        "series",
        schema.series_names,
        "Series that a source gave another name later.",
        ("source", "the number of the source"),
        ("said", "the later name"),
        ("kept", "the name it is known by"),
    ),
    _kind(
        "statements",
        schema.said,
        "Everything the person said, in order. What it was stands in the files below, by the number of the statement.",
        ("number", "its number"),
        ("kind", "what was said"),
        ("at", "when", _AT),
        ("retracts", "the number of the statement that this one takes back"),
    ),
    _kind(
        "judgements",
        schema.judgements,
        "Answers for kinds of work.",
        _BY,
        ("workstream", "the kind of work"),
        ("value", "growth, depth or outside (no work)", forms.one_of([each.value for each in Value])),
        ("since", "from which day on", forms.DAY),
        ("reasons", "why it is growth", forms.some_of([each.name for each in Reason])),
        ("discomfort", "how uneasy it felt"),
        ("audit", "the statement that began the audit it was given in"),
    ),
    _kind(
        "exceptions",
        schema.exceptions,
        "Activities that an answer does not hold for.",
        _BY,
        ("activity", "the number of the activity"),
    ),
    _kind(
        "audits",
        schema.audits,
        "Audits that were begun.",
        _BY,
        ("first", "the first day of its period", forms.DAY),
        ("last", "the last one", forms.DAY),
        ("name", "how the period was called"),
        ("seed", "what the cards were drawn by"),
        ("drawn", "the kinds of work in the order drawn", forms.DRAWN),
        ("guess", "the share guessed beforehand, from 0 to 1"),
    ),
    _kind(
        "skips",
        schema.skips,
        "Cards that were skipped.",
        _BY,
        ("audit", "the statement that began the audit"),
        ("workstream", "the kind of work"),
    ),
    _kind(
        "captures",
        schema.captures,
        "Work the person noted down themselves.",
        _BY,
        ("activity", "the number of the activity"),
    ),
    _kind(
        "felt",
        schema.felt,
        "How weeks felt.",
        _BY,
        ("week", "the Monday of the week", forms.DAY),
        ("score", "from 1 (no progress) to 5"),
    ),
    _kind(
        "names",
        schema.names,
        "Names given to kinds of work.",
        _BY,
        ("workstream", "the kind of work"),
        ("name", "its name"),
    ),
    _kind(
        "pins",
        schema.pins,
        "Which topics belong to which kind of work.",
        _BY,
        ("key", "the topic: a series, or a title in its plain form"),
        ("workstream", "the kind of work"),
    ),
    _kind(
        "unlinked",
        schema.unlinked,
        "Pairs of activities that are not the same thing.",
        _BY,
        ("first", "the number of the one activity"),
        ("second", "that of the other"),
    ),
    _kind(
        "choices",
        schema.choices,
        "Answers to the questions of importers.",
        _BY,
        ("importer", "who asked"),
        ("signature", "for which form of files"),
        ("question", "what was asked"),
        ("answer", "the answer"),
    ),
    _kind(
        "settings",
        schema.settings,
        "Settings, each time they were changed.",
        _BY,
        ("key", "which one"),
        ("value", "what it was set to"),
    ),
    _kind(
        "versions",
        schema.versions,
        "What the person wrote and revised, every version whole: capabilities, evidence, ladders, roles, reviews, "
        "commitments, planned time, packets.",
        _BY,
        ("number", "the thing it is a version of: the statement that first told of it"),
        ("kind", "what sort of thing it is"),
        ("body", "the thing; null where it was withdrawn", forms.BODY),
    ),
)


def lines(tx: Transaction, kind: Kind) -> Iterator[bytes]:
    """Yield the records of a kind in the order of their keys, each a line of JSON; few are in memory at a time."""
    table = kind.table
    names = [name for field in kind.fields for name in field.columns]
    wanted = sa.select(*(table.c[name] for name in names)).where(table.c.person == tx.person)
    ordered = wanted.order_by(*(_by_bytes(tx, column) for column in list(table.primary_key)[1:]))
    dump = _dumper(kind.fields)
    for row in tx.connection.execute(ordered.execution_options(yield_per=_AT_ONCE)):
        yield msgspec.json.encode(dump(row)) + b"\n"


def _by_bytes(tx: Transaction, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Order texts by their bytes, as SQLite does, whatever the language of a server is."""
    is_text = isinstance(column.type, sa.Text) and tx.dialect == "postgresql"
    return sa.collate(column, "C") if is_text else column


def _dumper(fields: Sequence[Field]) -> Callable[[Sequence[Any]], Mapping[str, Any]]:
    places: list[tuple[str, Any, int, int]] = []
    for field in fields:
        begin = places[-1][3] if places else 0
        places.append((field.name, field.form.dump, begin, begin + len(field.columns)))
    return lambda row: {name: dump(*row[begin:end]) for name, dump, begin, end in places}


def write(tx: Transaction, kind: Kind, told: Iterable[bytes]) -> int:
    """Put records of a kind into its table; return how many. Raises Unsound with the line that is not in order."""
    load = _loader(kind)
    finish = _Activities(tx).finish if kind.table is schema.activities else list
    total, waiting = 0, enumerate(told, 1)
    while chunk := list(islice(waiting, _AT_ONCE)):
        rows = finish([load(number, line) for number, line in chunk])
        tx.add(kind.table, rows)
        total += len(rows)
    return total


def _loader(kind: Kind) -> Callable[[int, bytes], Row]:
    columns = [column.name for column in kind.table.columns][1:]
    made = [name for field in kind.fields for name in field.columns]
    places = [made.index(name) if name in made else None for name in columns]
    names = tuple(field.name for field in kind.fields)

    def load(number: int, line: bytes) -> Row:
        record = _record(kind, number, line, names)
        values: list[Any] = []
        for field in kind.fields:
            try:
                values += field.form.load(record[field.name])
            except Unfit as error:
                raise _unsound(kind, number, f"{field.name} has to be {error}") from error
        _check_known(kind, number, record)
        return tuple(0 if place is None else values[place] for place in places)

    return load


def _record(kind: Kind, number: int, line: bytes, names: tuple[str, ...]) -> Mapping[str, Any]:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unsound(kind, number, "it is no JSON") from error
    if type(record) is not dict or record.keys() != set(names):
        raise _unsound(kind, number, f"it has to have {', '.join(names)}, and nothing else")
    return record


def _check_known(kind: Kind, number: int, record: Mapping[str, Any]) -> None:
    """Refuse statements of kinds that there are not, and things that are not what they are called."""
    if kind.table is schema.said and record["kind"] not in STATEMENTS | versions.KINDS.keys():
        raise _unsound(kind, number, f"there are no statements of the kind {record['kind'][:60]!r}")
    if kind.table is schema.versions:
        _check_version(kind, number, record)


def _check_version(kind: Kind, number: int, record: Mapping[str, Any]) -> None:
    expected = versions.KINDS.get(record["kind"])
    if expected is None:
        raise _unsound(kind, number, f"there is no kind of thing called {record['kind'][:60]!r}")
    try:
        if record["body"] is not None:
            msgspec.json.decode(msgspec.json.encode(record["body"]), type=expected)
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _unsound(kind, number, f"its body is no {record['kind']}: {error}") from error


def _unsound(kind: Kind, number: int, what: str) -> Unsound:
    return Unsound(f"{kind.file}, line {number:,}: {what}. Nothing was restored.")


class _Activities:
    """Makes the hashes of activities anew, by which an import knows them again."""

    def __init__(self, tx: Transaction) -> None:
        """Look up the sources."""
        table = schema.sources
        found = tx.connection.execute(sa.select(table).where(table.c.person == tx.person))
        self._origins = {row.number: (row.source, row.account) for row in found}
        names = [column.name for column in schema.activities.columns][1:]
        self._told = itemgetter(*map(names.index, TOLD))
        self._source, self._id = names.index("source"), names.index("id")
        self._identity, self._content = names.index("identity"), names.index("content")

    def finish(self, rows: Sequence[Row]) -> list[Row]:
        """Return rows with their hashes."""
        ready = written([self._activity(row) for row in rows])
        return [self._with(row, each.identity, each.content) for row, each in zip(rows, ready, strict=True)]

    def _activity(self, row: Row) -> Activity:
        try:
            return activity_of(self._origins[row[self._source]], self._told(row))
        except (LookupError, ValueError, TypeError, OverflowError) as error:
            message = f"activities.jsonl: activity {row[self._id]} has an unknown word, {error}. Nothing was restored."
            raise Unsound(message) from error

    def _with(self, row: Row, identity: int, content: int) -> Row:
        changed = list(row)
        changed[self._identity], changed[self._content] = identity, content
        return tuple(changed)
