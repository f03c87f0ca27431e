"""Reads what took place in a period, with all that is computed of it, as bare rows: years of them at once."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.model.period import Period
from outgrow.store import schema
from outgrow.store.computed import TopicRow
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight


def rows(tx: Transaction, period: Period) -> Sequence[tuple[int, int, int, float, float | None]]:
    """Return the counted activities that took place on the local days of a period, in no order.

    Of each: id, local day (ordinal), number of the topic, hours, proposal if there is one.
    """
    table, activity, proposal = schema.counted, schema.activities, schema.proposals
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    wanted = (
        sa.select(activity.c.id, day, table.c.topic, table.c.hours, proposal.c.probability)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .outerjoin(proposal, (proposal.c.person == activity.c.person) & (proposal.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, end + DAY_US))
        .where(day.between(period.first.toordinal(), period.last.toordinal()))
    )
    return tx.connection.execute(wanted).all()


def topics(tx: Transaction, numbers: Collection[int]) -> dict[int, TopicRow]:
    """Return topics by their number."""
    table = schema.topics
    named = (table.c.person == tx.person) & tx.among(table.c.number, numbers)
    wanted = sa.select(*table.columns[1:]).where(named).order_by(table.c.number)
    return {
        number: TopicRow(key, title, date.fromordinal(first_seen), weight, context, workstream, pin)
        for number, key, workstream, title, first_seen, weight, context, pin in tx.connection.execute(wanted)
    }


def kinds(tx: Transaction, period: Period) -> int:
    """Return how many workstreams have counted activities on the local days of a period."""
    table, activity, topic = schema.counted, schema.activities, schema.topics
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    wanted = (
        sa.select(sa.func.count(sa.distinct(topic.c.workstream)))
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .join(topic, (topic.c.person == table.c.person) & (topic.c.number == table.c.topic))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, end + DAY_US))
        .where(day.between(period.first.toordinal(), period.last.toordinal()))
    )
    return tx.connection.scalar(wanted.select_from(activity)) or 0


def is_any(tx: Transaction, period: Period) -> bool:
    """Whether there is a counted activity on the local days of a period."""
    table, activity = schema.counted, schema.activities
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    wanted = (
        sa.select(activity.c.id)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, end + DAY_US))
        .where(day.between(period.first.toordinal(), period.last.toordinal()))
        .limit(1)
    )
    return tx.connection.scalar(wanted.select_from(activity)) is not None
