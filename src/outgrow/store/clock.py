"""Tells what was done outside of usual working hours, by the local clock."""

import sqlalchemy as sa

from outgrow.model.activity import Precision, State
from outgrow.model.period import Period
from outgrow.store import schema
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, SECOND_US, midnight

_HOUR_US = 3600 * SECOND_US
_SATURDAY = 6  # (day - 1) % 7 + 1 of an ordinal day is 1 on a Monday


def outside(tx: Transaction, period: Period, begins: int, ends: int) -> frozenset[int]:
    """Return the counted activities that began on a weekend, or before or after some hours of a working day.

    Those whose hour of the day no source tells are left out.
    """
    table, activity = schema.counted, schema.activities
    local = schema.local(activity.c.starts, activity.c.start_offset)
    day = schema.local_day(activity.c.starts, activity.c.start_offset)
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    hour = (local - midnight(period.first) + 2 * DAY_US) % DAY_US // _HOUR_US
    late = sa.or_((day - 1) % 7 + 1 >= _SATURDAY, hour < begins, hour >= ends)
    wanted = (
        sa.select(activity.c.id)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, end + DAY_US), local >= begin, local < end)
        .where(activity.c.precision.in_([Precision.INSTANT.value, Precision.MINUTE.value]), late)
    )
    return frozenset(tx.connection.scalars(wanted))
