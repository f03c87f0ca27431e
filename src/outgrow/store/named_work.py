"""Finds work by what it is called: the words of its title or its project."""

from collections.abc import Collection

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.model.period import Period
from outgrow.store import schema
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight


def named(tx: Transaction, period: Period, words: Collection[str]) -> frozenset[int]:
    """Return the counted activities on the local days of a period whose title or project has one of some words in it.

    However they are written. Without words none is found.
    """
    table, activity = schema.counted, schema.activities
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    wanted = (
        sa.select(activity.c.id, activity.c.title, activity.c.project)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, end + DAY_US))
        .where(day.between(period.first.toordinal(), period.last.toordinal()))
    )
    said = [each.casefold() for each in words if each.strip()]
    found = tx.connection.execute(wanted) if said else ()
    return frozenset(id_ for id_, *texts in found if _has(texts, said))


def _has(texts: Collection[str], said: Collection[str]) -> bool:
    folded = "\n".join(texts).casefold()
    return any(each in folded for each in said)
