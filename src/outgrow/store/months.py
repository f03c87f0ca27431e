"""The work of whole months in packed form, so that years of it are read at once.

What the bytes hold is known to those who pack them. A month is dropped here whenever something of it changes.
"""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from outgrow.model.period import Period
from outgrow.store import schema
from outgrow.store.database import Transaction


def put(tx: Transaction, found: Mapping[date, bytes]) -> None:
    """Keep the work of months, by their first day, that are not kept."""
    tx.add(schema.months, [(first.toordinal(), work) for first, work in found.items()], unless_there=True)


def read(tx: Transaction, period: Period) -> dict[date, bytes]:
    """Return the work of the months that are kept and begin within a period, by their first day, in order."""
    table = schema.months
    wanted = sa.select(table.c.first, table.c.work).where(_begun(tx, period.first, period.last))
    return {date.fromordinal(first): work for first, work in tx.connection.execute(wanted.order_by(table.c.first))}


def forget(tx: Transaction, first: date, last: date = date.max) -> None:
    """Drop the months of some days."""
    tx.connection.execute(sa.delete(schema.months).where(_begun(tx, first.replace(day=1), last)))


def _begun(tx: Transaction, first: date, last: date) -> sa.ColumnElement[bool]:
    table = schema.months
    return (table.c.person == tx.person) & table.c.first.between(first.toordinal(), last.toordinal())
