"""The uses of topics: the counted activities that each has."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.store import moments, schema
from outgrow.store.database import Transaction


def number(tx: Transaction, keys: Collection[str]) -> dict[str, int]:
    """Return how many counted activities each of the topics with some keys has, if any."""
    table, topic = schema.counted, schema.topics
    sums = sa.select(table.c.topic, sa.func.count().label("number")).where(
        table.c.person == tx.person, table.c.topic.in_(_numbers(tx, keys))
    )
    each = sums.group_by(table.c.topic).subquery()
    wanted = sa.select(topic.c.key, each.c.number).join(each, each.c.topic == topic.c.number)
    return {row.key: row.number for row in tx.connection.execute(wanted.where(topic.c.person == tx.person))}


def there(tx: Transaction, keys: Collection[str]) -> list[int]:
    """Return the ids of the counted activities of the topics with some keys, as far as they are still there."""
    table, activity = schema.counted, schema.activities
    wanted = (
        sa.select(activity.c.id)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state != State.PLANNED.value)
    )
    return list(tx.connection.scalars(wanted.where(table.c.topic.in_(_numbers(tx, keys)))))


def ahead(tx: Transaction, now: datetime) -> set[str]:
    """Return the keys of the topics with counted activities that now begin after a moment, or have lost their date."""
    table, topic, activity = schema.counted, schema.topics, schema.activities
    later = sa.or_(activity.c.starts > moments.number(now), activity.c.starts.is_(None))
    wanted = (
        sa.select(topic.c.key)
        .join(table, (table.c.person == topic.c.person) & (table.c.topic == topic.c.number))
        .join(activity, (activity.c.person == table.c.person) & (activity.c.id == table.c.activity))
    )
    return set(tx.connection.scalars(wanted.where(activity.c.person == tx.person, later)))


def _numbers(tx: Transaction, keys: Collection[str]) -> sa.Select[tuple[int]]:
    topic = schema.topics
    return sa.select(topic.c.number).where(topic.c.person == tx.person, tx.among_texts(topic.c.key, keys))
