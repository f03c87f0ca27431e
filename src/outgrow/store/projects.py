"""What was spent on projects and workstreams in a period, and which of them single activities belong to."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.model.period import Period
from outgrow.store import moments, schema
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight


class Spent(NamedTuple):
    """What was spent in a workstream on a project (empty: none): activities and their hours."""

    project: str
    workstream: str
    items: int
    hours: float


class Place(NamedTuple):
    """The project and the workstream of an activity."""

    project: str
    workstream: str


def spent(tx: Transaction, period: Period, until: datetime) -> list[Spent]:
    """Return what took place on the local days of a period and began by a moment, in no order."""
    table, topic, activity = schema.counted, schema.topics, schema.activities
    local = schema.local(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    sums = (
        sa.select(activity.c.project, table.c.topic, sa.func.count().label("number"), sa.func.sum(table.c.hours))
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, min(end + DAY_US, moments.number(until))))
        .where(local >= begin, local < end)
        .group_by(activity.c.project, table.c.topic)
    )
    named = sa.select(topic.c.number, topic.c.workstream).where(topic.c.person == tx.person)
    streams = {row.number: row.workstream for row in tx.connection.execute(named)}
    found = tx.connection.execute(sums)
    return [Spent(project, streams.get(number, ""), items, hours) for project, number, items, hours in found]


def places(tx: Transaction, ids: Collection[int]) -> dict[int, Place]:
    """Return the project and workstream of activities by their number; those that are not counted have none."""
    table, topic, activity = schema.counted, schema.topics, schema.activities
    wanted = (
        sa.select(activity.c.id, activity.c.project, topic.c.workstream)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .join(topic, (topic.c.person == activity.c.person) & (topic.c.number == table.c.topic))
        .where(activity.c.person == tx.person, tx.among(activity.c.id, ids))
    )
    return {number: Place(project, workstream) for number, project, workstream in tx.connection.execute(wanted)}
