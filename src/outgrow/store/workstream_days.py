"""What was done in workstreams: day by day for those that were learnt in, hours alone for those that still are."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.store import moments, schema
from outgrow.store.database import Transaction


class WorkDay(NamedTuple):
    """The counted activities of one local day and their hours."""

    day: date
    items: int
    hours: float


def days(tx: Transaction, keys: Collection[str], until: datetime) -> list[WorkDay]:
    """Return the days on which topics (by their keys) were worked on and that began by a moment, in order."""
    table, activity = schema.counted, schema.activities
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    wanted = (
        sa.select(day.label("day"), sa.func.count().label("number"), sa.func.sum(table.c.hours).label("hours"))
        .join(activity, (activity.c.person == table.c.person) & (activity.c.id == table.c.activity))
        .where(table.c.person == tx.person, table.c.topic.in_(_numbers(tx, keys)))
        .where(activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts <= moments.number(until))
        .group_by(day)
        .order_by(day)
    )
    return [WorkDay(date.fromordinal(row.day), row.number, row.hours) for row in tx.connection.execute(wanted)]


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
