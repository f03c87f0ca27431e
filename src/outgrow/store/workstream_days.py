"""What was done in workstreams, week by week for those that were learnt in, summed for those that still are."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.store import moments, schema
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight


class Amount(NamedTuple):
    """How much was done in a week, by its Monday: hours, or activities."""

    monday: date
    amount: float


def hours_by_week(tx: Transaction, workstreams: Collection[str]) -> dict[str, list[Amount]]:
    """Return the hours of workstreams, for the weeks with any, in order; those without hours are left out."""
    table, topic = schema.topic_weeks, schema.topics
    wanted = (
        sa.select(topic.c.workstream, table.c.week, sa.func.sum(table.c.hours))
        .join(topic, (table.c.person == topic.c.person) & (table.c.topic == topic.c.number))
        .where(table.c.person == tx.person, table.c.topic.in_(_topics(tx, workstreams)))
        .group_by(topic.c.workstream, table.c.week)
        .order_by(table.c.week)
    )
    found: dict[str, list[Amount]] = {}
    for workstream, week, hours in tx.connection.execute(wanted):
        found.setdefault(workstream, []).append(Amount(date.fromordinal(week), hours))
    return found


def hours_of(tx: Transaction, keys: Collection[str]) -> list[Amount]:
    """Return the hours of topics (by their keys) together, for the weeks with any, in order."""
    table = schema.topic_weeks
    wanted = (
        sa.select(table.c.week, sa.func.sum(table.c.hours))
        .where(table.c.person == tx.person, table.c.topic.in_(_numbers(tx, keys)))
        .group_by(table.c.week)
        .order_by(table.c.week)
    )
    return [Amount(date.fromordinal(week), hours) for week, hours in tx.connection.execute(wanted)]


def items_by_week(tx: Transaction, keys: Collection[str], until: datetime) -> list[Amount]:
    """Return how many counted activities of topics (by their keys) began by a moment, for the weeks with any, in order.

    It looks at all counted activities: for work that nothing measures the hours of.
    """
    table, activity = schema.counted, schema.activities
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    monday = day - (day + 6) % 7
    wanted = (
        sa.select(monday.label("monday"), sa.func.count().label("number"))
        .join(activity, (activity.c.person == table.c.person) & (activity.c.id == table.c.activity))
        .where(table.c.person == tx.person, table.c.topic.in_(_numbers(tx, keys)))
        .where(activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts <= moments.number(until))
        .group_by(monday)
        .order_by(monday)
    )
    return [Amount(date.fromordinal(row.monday), float(row.number)) for row in tx.connection.execute(wanted)]


def last_day(tx: Transaction, keys: Collection[str], monday: date, until: datetime) -> date | None:
    """Return the local day of the last counted activity of topics (by their keys) in a week that began by a moment."""
    table, activity = schema.counted, schema.activities
    local = schema.local(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(monday) - DAY_US, midnight(monday) + 8 * DAY_US
    wanted = (
        sa.select(sa.func.max(local))
        .join(table, (activity.c.person == table.c.person) & (activity.c.id == table.c.activity))
        .where(activity.c.person == tx.person, activity.c.starts.between(begin, min(end, moments.number(until))))
        .where(table.c.topic.in_(_numbers(tx, keys)), activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(local < midnight(monday) + 7 * DAY_US)
    )
    found = tx.connection.scalar(wanted)
    return None if found is None else date.fromordinal(moments.ordinal(found, 0))


def hours_since(tx: Transaction, since: Mapping[str, date]) -> dict[str, float]:
    """Return the hours of workstreams in the weeks whose Monday is a day of their own or lies after it."""
    table, topic = schema.topic_weeks, schema.topics
    joined = (table.c.person == topic.c.person) & (table.c.topic == topic.c.number)
    earliest = min(since.values(), default=date.max).toordinal()
    wanted = (
        sa.select(topic.c.workstream, table.c.week, sa.func.sum(table.c.hours).label("hours"))
        .join(topic, joined)
        .where(table.c.person == tx.person, table.c.week >= earliest, tx.among_texts(topic.c.workstream, since))
        .group_by(topic.c.workstream, table.c.week)
    )
    sums = dict.fromkeys(since, 0.0)
    for workstream, week, hours in tx.connection.execute(wanted):
        sums[workstream] += hours if week >= since[workstream].toordinal() else 0.0
    return sums


def _numbers(tx: Transaction, keys: Collection[str]) -> sa.Select[tuple[int]]:
    topic = schema.topics
    return sa.select(topic.c.number).where(topic.c.person == tx.person, tx.among_texts(topic.c.key, keys))


def _topics(tx: Transaction, workstreams: Collection[str]) -> sa.Select[tuple[int]]:
    topic = schema.topics
    return sa.select(topic.c.number).where(topic.c.person == tx.person, tx.among_texts(topic.c.workstream, workstreams))
