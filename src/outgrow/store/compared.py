"""Reads what took place in a period as it is compared with another: with the words, people and projects of each."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.model.period import Period
from outgrow.store import schema
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight

_decode = msgspec.json.Decoder(tuple[str, ...]).decode


class Told(NamedTuple):
    """A counted activity; `day` and `begun`, the first day of its topic, are ordinals, `kind` and `role` as stored."""

    day: int
    hours: float
    workstream: str
    begun: int
    title: str
    kind: str
    role: str
    project: str
    tags: tuple[str, ...]
    people: tuple[str, ...]


def told(tx: Transaction, period: Period) -> Iterator[Told]:
    """Yield the counted activities that took place on the local days of a period, in no order."""
    table, activity, topic = schema.counted, schema.activities, schema.topics
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    names = (activity.c[name] for name in ("title", "kind", "role", "project", "tags", "people"))
    wanted = (
        sa.select(day, table.c.hours, topic.c.workstream, topic.c.first_seen, *names)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .join(topic, (topic.c.person == table.c.person) & (topic.c.number == table.c.topic))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, end + DAY_US))
        .where(day.between(period.first.toordinal(), period.last.toordinal()))
    )
    for *values, tags, people in tx.connection.execute(wanted.select_from(activity)):
        yield Told._make((*values, _listed(tags), _listed(people)))


@lru_cache(1 << 14)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_decode(text))) if text else ()
