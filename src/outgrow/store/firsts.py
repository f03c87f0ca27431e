"""Looks for what was there before some day, without reading all activities: who, which projects, and in what role."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.store import moments, schema
from outgrow.store.database import Transaction

_ACTIVITY = schema.activities
_decode = msgspec.json.Decoder(tuple[str, ...]).decode


def _before(tx: Transaction, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Tell which activities took place before a local day."""
    local = schema.local(_ACTIVITY.c.starts, _ACTIVITY.c.start_offset)
    there = (_ACTIVITY.c.gone == 0) & (_ACTIVITY.c.state == State.DONE.value)
    begin = moments.midnight(day)
    return _ACTIVITY.c.person == tx.person, there, _ACTIVITY.c.starts < begin + moments.DAY_US, local < begin


def roles(tx: Transaction, day: date, keys: Collection[str]) -> dict[tuple[str, str], int]:
    """Return how often each topic (its key) was met in each role before a day."""
    table, topic = schema.counted, schema.topics
    wanted = (
        sa.select(topic.c.key, _ACTIVITY.c.role, sa.func.count())
        .join(table, (table.c.person == topic.c.person) & (table.c.topic == topic.c.number))
        .join(_ACTIVITY, (_ACTIVITY.c.person == table.c.person) & (_ACTIVITY.c.id == table.c.activity))
        .where(topic.c.person == tx.person, tx.among_texts(topic.c.key, keys), *_before(tx, day))
        .group_by(topic.c.key, _ACTIVITY.c.role)
    )
    return {(key, role): number for key, role, number in tx.connection.execute(wanted)}


def people(tx: Transaction, day: date) -> tuple[frozenset[str], int]:
    """Return who took part in anything before a day (case-folded), and how many activities name somebody."""
    named = sa.select(_ACTIVITY.c.people, sa.func.count()).where(_ACTIVITY.c.people != "", *_before(tx, day))
    found = tx.connection.execute(named.group_by(_ACTIVITY.c.people)).all()
    return frozenset(name.casefold() for listed, _ in found for name in _decode(listed)), sum(each[1] for each in found)


def projects(tx: Transaction, day: date) -> frozenset[str]:
    """Return the projects (case-folded) of what was done before a day."""
    named = sa.select(_ACTIVITY.c.project).where(_ACTIVITY.c.project != "", *_before(tx, day)).distinct()
    return frozenset(name.casefold() for name in tx.connection.scalars(named))


class DaySpent(NamedTuple):
    """The counted hours of a topic on a local day, its workstream and title."""

    workstream: str
    title: str
    day: date
    hours: float


def days_of(tx: Transaction, workstreams: Collection[str], until: datetime) -> Iterator[DaySpent]:
    """Yield the days with work of some workstreams by a moment, in order, and the hours of each topic on them."""
    table, topic = schema.counted, schema.topics
    day = schema.local_day(_ACTIVITY.c.starts, _ACTIVITY.c.start_offset).label("day")
    wanted = (
        sa.select(topic.c.workstream, topic.c.title, day, sa.func.sum(table.c.hours))
        .join(table, (table.c.person == topic.c.person) & (table.c.topic == topic.c.number))
        .join(_ACTIVITY, (_ACTIVITY.c.person == table.c.person) & (_ACTIVITY.c.id == table.c.activity))
        .where(topic.c.person == tx.person, tx.among_texts(topic.c.workstream, workstreams))
        .where(_ACTIVITY.c.gone == 0, _ACTIVITY.c.state == State.DONE.value)
        .where(_ACTIVITY.c.starts <= moments.number(until))
        .group_by(topic.c.workstream, topic.c.number, topic.c.title, day)
        .order_by(topic.c.workstream, day, topic.c.number)
    )
    for workstream, title, ordinal, hours in tx.connection.execute(wanted):
        yield DaySpent(workstream, title, date.fromordinal(ordinal), hours)
