"""The one journal of all the person said: every statement has its number in order, and undo is one more statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from outgrow.store import computed, moments, schema
from outgrow.store.database import Transaction

_UNDO = "undo"
_LATER = schema.said.alias("later")
_TAKEN_BACK = -1
_PARTS = {
    "judgement": schema.judgements,
    "skip": schema.skips,
    "name": schema.names,
    "capture": schema.captures,
    "setting": schema.settings,
}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its number, of what kind it is, and when it was made."""

    number: int
    kind: str
    at: datetime


def say(tx: Transaction, kind: str, at: datetime, retracts: int | None = None) -> int:
    """Append a statement and return its number, under which the tables keep its parts."""
    number = tx.next_number(schema.said.c.number)
    tx.add(schema.said, [(number, kind, moments.number(at), moments.offset(at), retracts)])
    return number


def latest(tx: Transaction) -> int:
    """Return the number of the last statement, 0 before the first."""
    return tx.next_number(schema.said.c.number) - 1


def moment(tx: Transaction, now: datetime) -> datetime:
    """Return the moment to keep with what is said now: later than all that was said, whatever the clock says.

    Statements of one moment are one answer to several cards, and are taken back together.
    """
    table = schema.said
    last = tx.connection.scalar(sa.select(sa.func.max(table.c.at_us)).where(table.c.person == tx.person))
    early = 0 if last is None else max(0, last + 1 - moments.number(now))
    return now + timedelta(microseconds=early)


def together(tx: Transaction, one: Said, kinds: Collection[str]) -> list[Said]:
    """Return the statements of some kinds that stand and were made with one: at its moment."""
    return [each for each in said(tx, kinds) if each.at == one.at and each.number != one.number]


def live(tx: Transaction, table: sa.Table) -> sa.Select[Any]:
    """Select the parts of a table that nobody took back, in the order they were said."""
    return (
        sa.select(table)
        .where(table.c.person == tx.person, ~_retracted(table.c.person, table.c.said))
        .order_by(table.c.said)
    )


def part(tx: Transaction, one: Said) -> dict[str, Any]:
    """Return what its table keeps of a statement, whether it stands or not; empty for kinds that consist of several."""
    table = _PARTS.get(one.kind, schema.versions)
    wanted = sa.select(table).where(table.c.person == tx.person, table.c.said == one.number)
    return dict(tx.connection.execute(wanted).mappings().first() or {})


def _retracted(person: sa.Column[Any], number: sa.Column[Any]) -> sa.Exists:
    return sa.exists().where(_LATER.c.person == person, _LATER.c.retracts == number)


def said(tx: Transaction, kinds: Collection[str] = ()) -> list[Said]:
    """Return the statements that stand, of some kinds or of all, oldest first."""
    table = schema.said
    wanted = (
        sa.select(table)
        .where(table.c.person == tx.person, table.c.kind != _UNDO, ~_retracted(table.c.person, table.c.number))
        .order_by(table.c.number)
    )
    if kinds:
        wanted = wanted.where(table.c.kind.in_(kinds))
    return [
        Said(row.number, row.kind, moments.moment(row.at_us, row.at_offset)) for row in tx.connection.execute(wanted)
    ]


def undo(tx: Transaction, number: int, at: datetime) -> Said:
    """Take back a statement that stands. Raises LookupError when there is none of this number."""
    for each in said(tx):
        if each.number == number:
            say(tx, _UNDO, at, retracts=number)
            _take_back_capture(tx, number)
            return each
    message = f"no statement {number} stands"
    raise LookupError(message)


def undo_last(tx: Transaction, at: datetime, kinds: Collection[str] = (), after: int = 0) -> Said | None:
    """Take back the newest statement that stands (of some kinds, made after a number); None when there is none."""
    standing = [each for each in said(tx, kinds) if each.number > after]
    return undo(tx, standing[-1].number, at) if standing else None


def _take_back_capture(tx: Transaction, number: int) -> None:
    captures, activities = schema.captures, schema.activities
    captured = sa.select(captures.c.activity).where(captures.c.person == tx.person, captures.c.said == number)
    here = (activities.c.person == tx.person) & (activities.c.id == captured.scalar_subquery())
    when = (activities.c.starts, activities.c.start_offset, activities.c.ends, activities.c.end_offset)
    for row in tx.connection.execute(sa.select(*when).where(here)):
        computed.mark_times(tx, [tuple(row)])
    tx.connection.execute(sa.update(activities).where(here).values(gone=_TAKEN_BACK))
