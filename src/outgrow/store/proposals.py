"""The proposals that are kept: computed from what was done and answered, and dropped without loss."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.model.judgement import Proposal
from outgrow.store import moments, months, schema, stamp
from outgrow.store.computed import add_all
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight


def put(tx: Transaction, found: Mapping[int, Proposal]) -> None:
    """Keep the proposals for activities (by id), in place of what was kept of them."""
    stamp.renew(tx)
    table = schema.proposals
    tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, tx.among(table.c.activity, found)))
    add_all(tx, table, ((activity, each.probability, each.reason) for activity, each in sorted(found.items())))


def read(tx: Transaction, ids: Collection[int] | None = None) -> dict[int, Proposal]:
    """Return the proposals that are kept, by id of their activity; of all, or of those named."""
    table = schema.proposals
    wanted = sa.select(table).where(table.c.person == tx.person).order_by(table.c.activity)
    if ids is not None:
        wanted = wanted.where(tx.among(table.c.activity, ids))
    return {row.activity: Proposal(row.probability, row.reason) for row in tx.connection.execute(wanted)}


def months_without(tx: Transaction, until: datetime) -> list[date]:
    """Return the first days of the months with counted activities that have no proposal, the newest first."""
    table, activity, proposal = schema.counted, schema.activities, schema.proposals
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    wanted = (
        sa.select(day)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .outerjoin(proposal, (proposal.c.person == activity.c.person) & (proposal.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts <= moments.number(until), proposal.c.activity.is_(None))
        .distinct()
    )
    days = map(date.fromordinal, tx.connection.scalars(wanted))
    return sorted({each.replace(day=1) for each in days}, reverse=True)


def forget(tx: Transaction, since: date) -> None:
    """Drop the proposals for activities that begin on or after a day."""
    table, activity = schema.proposals, schema.activities
    local = schema.local(activity.c.starts, activity.c.start_offset)
    begun = sa.select(activity.c.id).where(
        activity.c.person == tx.person, activity.c.starts >= midnight(since) - DAY_US, local >= midnight(since)
    )
    gone = tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, table.c.activity.in_(begun)))
    if gone.rowcount:
        months.forget(tx, since)
        stamp.renew(tx)
