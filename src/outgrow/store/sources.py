"""Where activities come from: imports, what could not be read, and the answers to importers' questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from outgrow.model.problem import Problem
from outgrow.store import journal, schema
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight, moment, number, offset
from outgrow.store.rows import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One import of one file. `complete`: a record missing in it, within its window, is gone."""

    importer: str
    account: str = ""
    location: str
    at: datetime
    file_hash: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What an import did. `records` are distinct lines; the other counts are of activities, but for `problems`."""

    records: int = 0
    activities: int = 0
    problems: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """An import that took place."""

    number: int
    reading: Reading
    counts: Counts


def add_run(tx: Transaction, run: int, reading: Reading, counts: Counts) -> None:
    """Append an import to those there were."""
    tx.add(
        schema.runs,
        [
            (
                run,
                reading.importer,
                reading.account,
                storable(reading.location),
                reading.file_hash,
                number(reading.at),
                offset(reading.at),
                reading.complete,
                counts.records,
                counts.activities,
                counts.problems,
                counts.new,
                counts.changed,
                counts.unchanged,
                counts.gone,
            )
        ],
    )


def runs(tx: Transaction) -> list[Run]:
    """Return all imports, the newest last."""
    table = schema.runs
    found = tx.connection.execute(sa.select(table).where(table.c.person == tx.person).order_by(table.c.number))
    return [_run(row) for row in found]


def last_run(tx: Transaction) -> int:
    """Return the number of the last import, 0 before the first."""
    return tx.next_number(schema.runs.c.number) - 1


def _run(row: sa.Row[tuple[object, ...]]) -> Run:
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's public way, its underscore only avoids clashes with columns
    reading = Reading(
        importer=said["importer"],
        account=said["account"],
        location=said["location"],
        at=moment(said["at_us"], said["at_offset"]),
        file_hash=said["file_hash"],
        complete=bool(said["complete"]),
    )
    return Run(said["number"], reading, Counts(**{name: said[name] for name in Counts.__dataclass_fields__}))


def add_problems(tx: Transaction, run: int, first: int, problems: Iterable[Problem]) -> None:
    """Append what could not be read in an import, numbered from `first`."""
    rows = [
        (run, place, each.line, storable(each.reason), storable(each.remedy), storable(each.raw))
        for place, each in enumerate(problems, first)
    ]
    tx.add(schema.problems, rows)


def problems(tx: Transaction, run: int | None = None, most: int | None = None) -> list[tuple[int, Problem]]:
    """Return what could not be read, with the number of its import; of one import if its number is given."""
    table = schema.problems
    wanted = sa.select(table).where(table.c.person == tx.person).order_by(table.c.run, table.c.number).limit(most)
    if run is not None:
        wanted = wanted.where(table.c.run == run)
    return [(row.run, _problem(row)) for row in tx.connection.execute(wanted)]


def faults(tx: Transaction) -> dict[int, Problem]:
    """Return what was wrong with a file as a whole, by the number of the import that it kept from its end."""
    table = schema.problems
    wanted = sa.select(table).where(table.c.person == tx.person, table.c.line == 0)
    return {row.run: _problem(row) for row in tx.connection.execute(wanted)}


def _problem(row: sa.Row[tuple[object, ...]]) -> Problem:
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's public way, its underscore only avoids clashes with columns
    return Problem(line=said["line"], reason=said["reason"], remedy=said["remedy"], raw=said["raw"])


def choose(  # noqa: PLR0913, PLR0917 - a question is known by three names
    tx: Transaction, importer: str, signature: str, question: str, answer: str, at: datetime
) -> int:
    """Keep the person's answer to an importer's question for all files of the same signature."""
    said = journal.say(tx, "choice", at)
    tx.add(schema.choices, [(said, importer, signature, question, answer)])
    return said


def choices(tx: Transaction, importer: str) -> dict[str, dict[str, str]]:
    """Return the last answers to an importer's questions, by the signature of the files they hold for."""
    table = schema.choices
    found: dict[str, dict[str, str]] = {}
    for row in tx.connection.execute(journal.live(tx, table).where(table.c.importer == importer)):
        found.setdefault(row.signature, {})[row.question] = row.answer
    return found


def unlink(tx: Transaction, first: int, second: int, at: datetime) -> int:
    """Keep that two activities are not the same stretch of work."""
    said = journal.say(tx, "unlink", at)
    tx.add(schema.unlinked, [(said, *sorted((first, second)))])
    return said


def unlinked(tx: Transaction) -> frozenset[tuple[int, int]]:
    """Return the pairs of activities that are not the same stretch of work, the smaller id first."""
    return frozenset((row.first, row.second) for row in tx.connection.execute(journal.live(tx, schema.unlinked)))


def hours_by_source(tx: Transaction, first: date, last: date) -> list[tuple[str, str, date, float]]:
    """Return source, account, day and hours of the days from `first` to `last` on which activities with hours began."""
    table, activity, source = schema.counted, schema.activities, schema.sources
    day = schema.local_day(activity.c.starts, activity.c.start_offset).label("day")
    near = activity.c.starts.between(midnight(first) - DAY_US, midnight(last) + 2 * DAY_US)
    wanted = (
        sa.select(source.c.source, source.c.account, day, sa.func.sum(table.c.hours).label("hours"))
        .select_from(activity)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .join(source, (source.c.person == activity.c.person) & (source.c.number == activity.c.source))
        .where(activity.c.person == tx.person, near, day.between(first.toordinal(), last.toordinal()))
        .group_by(source.c.source, source.c.account, day)
    )
    return [(name, account, date.fromordinal(at), hours) for name, account, at, hours in tx.connection.execute(wanted)]
