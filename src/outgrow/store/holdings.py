"""Counts what is held about a person."""

from collections import Counter
from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from outgrow.store import journal, schema
from outgrow.store.activities import MANUAL
from outgrow.store.database import Transaction
from outgrow.store.moments import moment


def activities(tx: Transaction) -> int:
    """Return how many activities are kept, those that are gone or were taken back among them."""
    return _count(tx, schema.activities)


def imports(tx: Transaction) -> int:
    """Return how many imports there were; a note of the person's own is none."""
    return _count(tx, schema.runs, schema.runs.c.importer != MANUAL)


def problems(tx: Transaction) -> int:
    """Return how many records could not be read, in all imports."""
    return _count(tx, schema.problems)


def computed(tx: Transaction, tables: Collection[str]) -> dict[str, int]:
    """Return how many rows there are in some tables of what is computed, by table."""
    return {table.name: _count(tx, table) for table in schema.COMPUTED if table.name in tables}


def said(tx: Transaction) -> dict[str, int]:
    """Return how many statements stand, by kind."""
    return Counter(each.kind for each in journal.said(tx))


def taken_back(tx: Transaction) -> int:
    """Return how many statements were taken back; they are kept as well."""
    return _count(tx, schema.said, schema.said.c.retracts.is_not(None))


def since(tx: Transaction) -> date | None:
    """Return the day of the first import or statement."""
    firsts = [_first(tx, table) for table in (schema.said, schema.runs)]
    return min((each for each in firsts if each), default=None)


def _count(tx: Transaction, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
    wanted = sa.select(sa.func.count()).select_from(table).where(table.c.person == tx.person, *conditions)
    return tx.connection.scalar(wanted) or 0


def _first(tx: Transaction, table: sa.Table) -> date | None:
    wanted = sa.select(table.c.at_us, table.c.at_offset).where(table.c.person == tx.person)
    row = tx.connection.execute(wanted.order_by(table.c.number).limit(1)).first()
    return moment(row.at_us, row.at_offset).date() if row else None
