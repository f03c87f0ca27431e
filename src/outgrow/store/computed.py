"""What was computed from the activities: kept so that it need not be computed again, and dropped without loss.

The store computes nothing of it. It says which days are out of date, keeps the results, and hands them out.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import islice

import sqlalchemy as sa

from outgrow.model.judgement import Proposal
from outgrow.model.period import Period
from outgrow.store import schema
from outgrow.store.database import Transaction
from outgrow.store.moments import ordinal

#: Start, its offset, end, its offset: as the columns of an activity.
Times = tuple[int | None, int | None, int | None, int | None]

_AT_ONCE = 10_000


def days_of(times: Times) -> tuple[int, int] | None:
    """Return the first and last local day of an activity, as ordinals; None for one without a date."""
    starts, start_offset, ends, end_offset = times
    if starts is None or start_offset is None:
        return None
    first = ordinal(starts, start_offset)
    return (first, first) if ends is None or end_offset is None else (first, max(first, ordinal(ends, end_offset)))


def mark_times(tx: Transaction, times: Iterable[Times]) -> None:
    """Note that the days of some activities are out of date."""
    mark_days(tx, filter(None, map(days_of, times)))


def mark(tx: Transaction, period: Period) -> None:
    """Note that the days of a period are out of date."""
    mark_days(tx, [(period.first.toordinal(), period.last.toordinal())])


def mark_days(tx: Transaction, stretches: Iterable[tuple[int, int]]) -> None:
    """Note that stretches of days (ordinals of the first and the last) are out of date."""
    noted = _noted(tx)
    merged = _merged([*noted, *stretches])
    if merged != noted:
        _replace_dirty(tx, merged)


def dirty(tx: Transaction) -> list[Period]:
    """Return the days whose results are out of date, as separate periods in order."""
    return [Period(date.fromordinal(first), date.fromordinal(last)) for first, last in _noted(tx)]


def clean(tx: Transaction, periods: Iterable[Period]) -> None:
    """Note that the results of the days of some periods are up to date."""
    left = _noted(tx)
    for period in periods:
        left = _without(left, period.first.toordinal(), period.last.toordinal())
    _replace_dirty(tx, left)


def _noted(tx: Transaction) -> list[tuple[int, int]]:
    table = schema.dirty
    wanted = sa.select(table.c.first, table.c.last).where(table.c.person == tx.person).order_by(table.c.first)
    return [(row.first, row.last) for row in tx.connection.execute(wanted)]


def _replace_dirty(tx: Transaction, stretches: list[tuple[int, int]]) -> None:
    _empty(tx, schema.dirty)
    tx.add(schema.dirty, stretches)


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that overlap or touch: [1-2] [2-4] [5-5] [8-9] become [1-5] [8-9]."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _without(stretches: Iterable[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Cut a stretch out of others: [1-9] without 3-4 is [1-2] [5-9]."""
    pieces = [((a, min(b, first - 1)), (max(a, last + 1), b)) for a, b in stretches]
    return [piece for pair in pieces for piece in pair if piece[0] <= piece[1]]


def _empty(tx: Transaction, table: sa.Table) -> None:
    tx.connection.execute(sa.delete(table).where(table.c.person == tx.person))


def _add_all(tx: Transaction, table: sa.Table, rows: Iterable[tuple[object, ...]]) -> None:
    waiting = iter(rows)
    while chunk := list(islice(waiting, _AT_ONCE)):
        tx.add(table, chunk)


def put_topics(tx: Transaction, assignment: Mapping[str, str]) -> None:
    """Keep to which workstream each topic key belongs. A key keeps its number, which `counted` refers to."""
    table = schema.topics
    numbers = _topic_numbers(tx)
    free = max(numbers.values(), default=0)
    for key in assignment:
        if key not in numbers:
            free += 1
            numbers[key] = free
    _empty(tx, table)
    tx.add(table, [(number, key, assignment.get(key, "")) for key, number in numbers.items()])


def topics(tx: Transaction) -> dict[str, str]:
    """Return to which workstream each topic key belongs."""
    table = schema.topics
    wanted = sa.select(table.c.key, table.c.workstream).where(table.c.person == tx.person, table.c.workstream != "")
    return {row.key: row.workstream for row in tx.connection.execute(wanted.order_by(table.c.number))}


def _topic_numbers(tx: Transaction) -> dict[str, int]:
    table = schema.topics
    wanted = sa.select(table.c.key, table.c.number).where(table.c.person == tx.person).order_by(table.c.number)
    return {row.key: row.number for row in tx.connection.execute(wanted)}


def put_counted(tx: Transaction, rows: Iterable[tuple[int, str, float]]) -> None:
    """Keep topic key and counted hours of activities (by id), in place of what was kept of them.

    A key that `put_topics` was not told of is kept without a workstream.
    """
    numbers = _topic_numbers(tx)
    waiting = iter(rows)
    while chunk := list(islice(waiting, _AT_ONCE)):
        unknown = dict.fromkeys(key for _, key, _ in chunk if key not in numbers)
        fresh = {key: number for number, key in enumerate(unknown, max(numbers.values(), default=0) + 1)}
        tx.add(schema.topics, [(number, key, "") for key, number in fresh.items()])
        numbers |= fresh
        forget_counted(tx, [activity for activity, _, _ in chunk])
        tx.add(schema.counted, [(activity, numbers[key], hours) for activity, key, hours in chunk])


def counted(tx: Transaction, ids: Collection[int] | None = None) -> list[tuple[int, str, float]]:
    """Return id, topic key and counted hours of activities, in order of id; of all, or of those named."""
    table, topic = schema.counted, schema.topics
    joined = (table.c.person == topic.c.person) & (table.c.topic == topic.c.number)
    wanted = sa.select(table.c.activity, topic.c.key, table.c.hours).join(topic, joined)
    wanted = wanted.where(table.c.person == tx.person).order_by(table.c.activity)
    if ids is not None:
        wanted = wanted.where(tx.among(table.c.activity, ids))
    return [(row.activity, row.key, row.hours) for row in tx.connection.execute(wanted)]


def forget_counted(tx: Transaction, ids: Collection[int]) -> None:
    """Drop what was counted of some activities."""
    table = schema.counted
    tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, tx.among(table.c.activity, ids)))


def put_weeks(tx: Transaction, weeks: Mapping[date, Mapping[str, float]]) -> None:
    """Keep the hours of each workstream in some weeks (by Monday), in place of what was kept of those weeks."""
    mondays = [monday.toordinal() for monday in weeks]
    for table in (schema.weeks, schema.workstream_weeks):
        tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, tx.among(table.c.week, mondays)))
    filled = sorted((monday.toordinal(), hours) for monday, hours in weeks.items() if hours)
    tx.add(schema.weeks, [(week, sum(hours.values())) for week, hours in filled])
    tx.add(schema.workstream_weeks, [(week, *each) for week, hours in filled for each in sorted(hours.items())])


def _between(tx: Transaction, table: sa.Table, first: date | None, last: date | None) -> sa.ColumnElement[bool]:
    low, high = (first or date.min).toordinal(), (last or date.max).toordinal()
    return (table.c.person == tx.person) & table.c.week.between(low, high)


def hours_by_week(tx: Transaction, first: date | None = None, last: date | None = None) -> dict[date, float]:
    """Return the hours of the weeks whose Monday lies from `first` to `last`; weeks without any are left out."""
    table = schema.weeks
    wanted = sa.select(table.c.week, table.c.hours).where(_between(tx, table, first, last)).order_by(table.c.week)
    return {date.fromordinal(week): hours for week, hours in tx.connection.execute(wanted)}


def hours_by_workstream(
    tx: Transaction, first: date | None = None, last: date | None = None
) -> list[tuple[date, str, float]]:
    """Return Monday, workstream and hours for the weeks whose Monday lies from `first` to `last`, in order."""
    table = schema.workstream_weeks
    wanted = sa.select(table.c.week, table.c.workstream, table.c.hours).where(_between(tx, table, first, last))
    found = tx.connection.execute(wanted.order_by(table.c.week, table.c.workstream))
    return [(date.fromordinal(week), workstream, hours) for week, workstream, hours in found]


def put_proposals(tx: Transaction, found: Mapping[int, Proposal]) -> None:
    """Keep the proposals for activities (by id), in place of what was kept of them."""
    table = schema.proposals
    tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, tx.among(table.c.activity, found)))
    _add_all(tx, table, ((activity, each.probability, each.reason) for activity, each in sorted(found.items())))


def proposals(tx: Transaction, ids: Collection[int] | None = None) -> dict[int, Proposal]:
    """Return the proposals that are kept, by id of their activity; of all, or of those named."""
    table = schema.proposals
    wanted = sa.select(table).where(table.c.person == tx.person).order_by(table.c.activity)
    if ids is not None:
        wanted = wanted.where(tx.among(table.c.activity, ids))
    return {row.activity: Proposal(row.probability, row.reason) for row in tx.connection.execute(wanted)}


def drop(tx: Transaction) -> None:
    """Drop all that was computed, and note all days with activities as out of date."""
    for table in schema.COMPUTED:
        _empty(tx, table)
    activities = schema.activities
    ends = sa.func.coalesce(activities.c.ends, activities.c.starts)
    spans = sa.select(sa.func.min(activities.c.starts), sa.func.max(ends)).where(activities.c.person == tx.person)
    low, high = tx.connection.execute(spans).one()
    if low is not None:
        # A day more on each side: offsets reach up to a day.
        mark_days(tx, [(max(1, ordinal(low, 0) - 1), min(date.max.toordinal(), ordinal(high, 0) + 1))])
