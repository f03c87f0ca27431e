"""What was computed from the activities: kept so that it need not be computed again, and dropped without loss.

The store computes nothing of it. It says which days are out of date, keeps the results, and hands them out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from outgrow.model.activity import State
from outgrow.model.period import Period
from outgrow.store import moments, months, schema, stamp
from outgrow.store.database import Transaction
from outgrow.store.moments import DAY_US, midnight, ordinal
from outgrow.store.rows import storable

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


def add_all(tx: Transaction, table: sa.Table, rows: Iterable[tuple[object, ...]]) -> None:
    """Hand rows without `person` to a table, some thousands at a time."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, _AT_ONCE)):
        tx.add(table, chunk)


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic as it was grouped; `pin` is the workstream it was pinned to then, empty for a free one."""

    key: str
    title: str
    first_seen: date
    weight: float
    context: str
    workstream: str
    pin: str = ""


@dataclass(frozen=True, slots=True)
class TopicTotal:
    """What was counted of a topic in a period: activities, their hours, the first and the last day."""

    key: str
    workstream: str
    items: int
    hours: float
    first: date
    last: date


def put_topics(tx: Transaction, rows: Iterable[TopicRow], gone: Iterable[str] = ()) -> None:
    """Keep topics and where they belong, in place of what was kept of them; those `gone` lose their workstream.

    A key keeps its number for good: `counted` and the weeks refer to it.
    """
    stamp.renew(tx)
    changed_rows = [*(TopicRow(key, "", date.min, 0.0, "", "") for key in gone), *rows]
    numbers = _topic_numbers(tx, [row.key for row in changed_rows])
    unknown = dict.fromkeys(row.key for row in changed_rows if row.key not in numbers)
    numbers |= {key: number for number, key in enumerate(unknown, tx.next_number(schema.topics.c.number))}
    changed = {numbers[row.key]: row for row in changed_rows}
    table = schema.topics
    tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, tx.among(table.c.number, changed)))
    add_all(tx, table, (_topic_values(number, row) for number, row in changed.items()))


def _topic_values(number: int, row: TopicRow) -> tuple[object, ...]:
    title, context = storable(row.title), storable(row.context)
    first_seen = row.first_seen.toordinal()
    return (number, storable(row.key), row.workstream, title, first_seen, row.weight, context, row.pin)


def topics(tx: Transaction, keys: Collection[str] | None = None) -> list[TopicRow]:
    """Return the topics that are grouped, or those of them with some keys, in the order they became known."""
    table = schema.topics
    named = [] if keys is None else [tx.among_texts(table.c.key, keys)]
    return _topics(tx, table.c.workstream != "", *named)


def topics_of(tx: Transaction, workstream: str) -> list[TopicRow]:
    """Return the topics of a workstream, in the order they became known."""
    return _topics(tx, schema.topics.c.workstream == workstream)


def _topics(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> list[TopicRow]:
    table = schema.topics
    wanted = sa.select(*table.columns[2:]).where(table.c.person == tx.person, *conditions)
    found = tx.connection.execute(wanted.order_by(table.c.number))
    return [
        TopicRow(key, title, date.fromordinal(first_seen), weight, context, workstream, pin)
        for key, workstream, title, first_seen, weight, context, pin in found
    ]


def topics_begun(tx: Transaction, period: Period) -> list[TopicRow]:
    """Return the topics whose first use lies in a period."""
    days = schema.topics.c.first_seen.between(period.first.toordinal(), period.last.toordinal())
    return _topics(tx, schema.topics.c.workstream != "", days)


def pinned(tx: Transaction) -> dict[str, str]:
    """Return the topic keys that were pinned when they were grouped, with the workstream they were pinned to."""
    table = schema.topics
    wanted = sa.select(table.c.key, table.c.pin).where(table.c.person == tx.person, table.c.pin != "")
    return {row.key: row.pin for row in tx.connection.execute(wanted)}


def pin(tx: Transaction, keys: Collection[str], workstream: str) -> None:
    """Note that the person has placed topics where they are grouped already, so that they need not be grouped anew."""
    table = schema.topics
    here = (table.c.person == tx.person) & (table.c.workstream == workstream) & tx.among_texts(table.c.key, keys)
    tx.connection.execute(sa.update(table).where(here).values(pin=workstream))


def sizes(tx: Transaction) -> dict[int, int]:
    """Return how many topics have as many counted activities."""
    table = schema.topics
    wanted = sa.select(table.c.weight, sa.func.count()).where(table.c.person == tx.person, table.c.workstream != "")
    return {int(weight): topics for weight, topics in tx.connection.execute(wanted.group_by(table.c.weight)).all()}


def put_workstream_names(tx: Transaction, names: Mapping[str, str]) -> None:
    """Keep the computed names of the workstreams, in place of all that were kept."""
    _empty(tx, schema.workstream_names)
    add_all(tx, schema.workstream_names, ((workstream, storable(name)) for workstream, name in sorted(names.items())))


def workstream_names(tx: Transaction) -> dict[str, str]:
    """Return the computed names of the workstreams."""
    table = schema.workstream_names
    wanted = sa.select(table.c.workstream, table.c.name).where(table.c.person == tx.person)
    return {row.workstream: row.name for row in tx.connection.execute(wanted)}


def totals(tx: Transaction, period: Period | None = None, workstream: str = "") -> list[TopicTotal]:
    """Return the totals of the topics over the counted activities that begin in a period by their local day, or all.

    With a workstream, those of its topics.
    """
    table, topic, activity = schema.counted, schema.topics, schema.activities
    local = schema.local(activity.c.starts, activity.c.start_offset)
    sums = (
        sa.select(
            table.c.topic,
            sa.func.count().label("number"),
            sa.func.sum(table.c.hours).label("hours"),
            sa.func.min(local).label("first"),
            sa.func.max(local).label("last"),
        )
        .join(activity, (activity.c.person == table.c.person) & (activity.c.id == table.c.activity))
        .where(table.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .group_by(table.c.topic)
    )
    if period:
        begin, end = midnight(period.first), midnight(period.last) + DAY_US
        near = activity.c.starts.between(begin - DAY_US, end + DAY_US)
        sums = sums.where(activity.c.person == tx.person, near, local >= begin, local < end)
    if workstream:
        named = sa.select(topic.c.number).where(topic.c.person == tx.person, topic.c.workstream == workstream)
        sums = sums.where(table.c.topic.in_(named))
    each = sums.subquery()
    wanted = sa.select(topic.c.key, topic.c.workstream, each).join(each, each.c.topic == topic.c.number)
    return [
        TopicTotal(row.key, row.workstream, row.number, row.hours, *_days(row.first, row.last))
        for row in tx.connection.execute(wanted.where(topic.c.person == tx.person).order_by(topic.c.number))
    ]


class Spent(NamedTuple):
    """A counted activity as it is listed: local day, title and hours."""

    activity: int
    day: date
    title: str
    hours: float


def latest(tx: Transaction, workstream: str, until: datetime, most: int) -> list[Spent]:
    """Return the last counted activities of a workstream that took place and began by a moment, the newest first."""
    table, topic, activity = schema.counted, schema.topics, schema.activities
    local = schema.local(activity.c.starts, activity.c.start_offset)
    named = sa.select(topic.c.number).where(topic.c.person == tx.person, topic.c.workstream == workstream)
    wanted = (
        sa.select(activity.c.id, local, activity.c.title, table.c.hours)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(table.c.topic.in_(named), activity.c.starts <= moments.number(until))
        .order_by(activity.c.starts.desc(), activity.c.id.desc())
        .limit(most)
    )
    found = tx.connection.execute(wanted)
    return [Spent(number, date.fromordinal(ordinal(at, 0)), title, hours) for number, at, title, hours in found]


def _days(first: int, last: int) -> tuple[date, date]:
    return date.fromordinal(ordinal(first, 0)), date.fromordinal(ordinal(last, 0))


def _topic_numbers(tx: Transaction, keys: Iterable[str]) -> dict[str, int]:
    table = schema.topics
    wanted = sa.select(table.c.key, table.c.number).where(table.c.person == tx.person)
    found = tx.connection.execute(wanted.where(tx.among_texts(table.c.key, set(keys))))
    return {row.key: row.number for row in found}


def put_counted(tx: Transaction, rows: Iterable[tuple[int, str, float]]) -> None:
    """Keep topic key and counted hours of activities (by id), in place of what was kept of them.

    A key that `put_topics` was not told of is kept without a workstream.
    """
    waiting = iter(rows)
    while chunk := list(islice(waiting, _AT_ONCE)):
        numbers = _topic_numbers(tx, (key for _, key, _ in chunk))
        unknown = dict.fromkeys(key for _, key, _ in chunk if key not in numbers)
        fresh = {key: number for number, key in enumerate(unknown, tx.next_number(schema.topics.c.number))}
        blank = TopicRow("", "", date.min, 0.0, "", "")
        tx.add(schema.topics, [_topic_values(number, replace(blank, key=key)) for key, number in fresh.items()])
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


def count_since(tx: Transaction, day: date) -> int:
    """Return how many counted activities began on a local day or later."""
    local, begin = _local_starts(), midnight(day)
    return _count_begun(tx, local >= begin, schema.activities.c.starts > begin + DAY_US, begin)


def count_before(tx: Transaction, day: date) -> int:
    """Return how many counted activities began before a local day."""
    local, begin = _local_starts(), midnight(day)
    return _count_begun(tx, local < begin, schema.activities.c.starts < begin - DAY_US, begin)


def _local_starts() -> sa.ColumnElement[Any]:
    return schema.local(schema.activities.c.starts, schema.activities.c.start_offset)


def _count_begun(tx: Transaction, near: sa.ColumnElement[bool], far: sa.ColumnElement[bool], begin: int) -> int:
    """Count what is meant: near a midnight by the local clock; far from it the index of moments tells, and is quick."""
    table, activity = schema.counted, schema.activities
    around = near & activity.c.starts.between(begin - DAY_US, begin + DAY_US)
    wanted = (
        sa.select(sa.func.count())
        .select_from(table)
        .join(activity, (activity.c.person == table.c.person) & (activity.c.id == table.c.activity))
        .where(activity.c.person == tx.person)
    )
    return sum(tx.connection.scalar(wanted.where(each)) or 0 for each in (around, far))


class Worked(NamedTuple):
    """A counted activity that took place: local day (ordinal), hours, topic key, proposal if there is one."""

    activity: int
    day: int
    hours: float
    key: str
    probability: float | None


def worked(tx: Transaction, period: Period, until: datetime) -> list[Worked]:
    """Return the counted activities that took place on the local days of a period and began by a moment, by start."""
    table, topic, activity, proposal = schema.counted, schema.topics, schema.activities, schema.proposals
    local = activity.c.starts + activity.c.start_offset * moments.SECOND_US
    begin, end = midnight(period.first), midnight(period.last) + DAY_US
    wanted = (
        sa.select(activity.c.id, local, table.c.hours, topic.c.key, proposal.c.probability)
        .join(table, (table.c.person == activity.c.person) & (table.c.activity == activity.c.id))
        .join(topic, (topic.c.person == activity.c.person) & (topic.c.number == table.c.topic))
        .outerjoin(proposal, (proposal.c.person == activity.c.person) & (proposal.c.activity == activity.c.id))
        .where(activity.c.person == tx.person, activity.c.gone == 0, activity.c.state == State.DONE.value)
        .where(activity.c.starts.between(begin - DAY_US, min(end + DAY_US, moments.number(until))))
        .where(local >= begin, local < end)
        .order_by(activity.c.starts, activity.c.id)
    )
    return [
        Worked(number, ordinal(at, 0), hours, key, probability)
        for number, at, hours, key, probability in tx.connection.execute(wanted).all()
    ]


def first_day(tx: Transaction) -> date | None:
    """Return the local day of the first counted activity that took place; None where there is none."""
    begun = _local_begins().where(schema.activities.c.starts.is_not(None))
    return _day(tx, begun.order_by(schema.activities.c.starts))


def last_day(tx: Transaction, until: datetime) -> date | None:
    """Return the local day of the last counted activity that began by a moment; None where there is none."""
    begun = _local_begins().where(schema.activities.c.starts <= moments.number(until))
    return _day(tx, begun.order_by(schema.activities.c.starts.desc()))


def _local_begins() -> sa.Select[Any]:
    table, activity = schema.counted, schema.activities
    there = (table.c.person == activity.c.person) & (table.c.activity == activity.c.id)
    wanted = sa.select(activity.c.starts + activity.c.start_offset * moments.SECOND_US).join(table, there)
    return wanted.where(activity.c.gone == 0, activity.c.state == State.DONE.value)


def _day(tx: Transaction, begins: sa.Select[Any]) -> date | None:
    found = tx.connection.scalar(begins.where(schema.activities.c.person == tx.person).limit(1))
    return None if found is None else date.fromordinal(ordinal(found, 0))


def begun_since(tx: Transaction, now: datetime) -> Period | None:
    """Return the days on which activities began after the last counted one and by a moment; None where there are none.

    All that has begun is counted in one go, so what follows the last counted one was still to come at that time.
    """
    table, activity = schema.counted, schema.activities
    begun = (activity.c.person == tx.person) & (activity.c.starts <= moments.number(now))
    joined = (table.c.person == activity.c.person) & (table.c.activity == activity.c.id)
    latest = sa.select(activity.c.starts).join(table, joined).where(begun).order_by(activity.c.starts.desc()).limit(1)
    counts = (activity.c.gone == 0) & (activity.c.state != State.PLANNED.value)
    local = schema.local(activity.c.starts, activity.c.start_offset)
    wanted = sa.select(sa.func.min(local), sa.func.max(local)).where(begun, counts)
    last = tx.connection.scalar(latest)
    first, final = tx.connection.execute(wanted if last is None else wanted.where(activity.c.starts > last)).one()
    return None if first is None else Period(*_days(first, final))


def forget_counted(tx: Transaction, ids: Collection[int]) -> None:
    """Drop what was counted of some activities."""
    stamp.renew(tx)
    table = schema.counted
    tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, tx.among(table.c.activity, ids)))


def forget_ahead(tx: Transaction, now: datetime) -> int:
    """Drop what was counted of activities that now begin after a moment, or have lost their date; return how many."""
    stamp.renew(tx)
    table, activity = schema.counted, schema.activities
    ahead = sa.or_(activity.c.starts > moments.number(now), activity.c.starts.is_(None))
    wanted = sa.select(activity.c.id).where(activity.c.person == tx.person, ahead)
    gone = tx.connection.execute(sa.delete(table).where(table.c.person == tx.person, table.c.activity.in_(wanted)))
    if gone.rowcount:
        months.forget(tx, date.fromordinal(max(1, now.toordinal() - 1)))
    return gone.rowcount


def put_weeks(tx: Transaction, first: date, last: date, weeks: Mapping[date, Mapping[str, float]]) -> None:
    """Keep the hours of each topic in the weeks (Mondays) from `first` to `last`, in place of what was kept."""
    numbers = _topic_numbers(tx, {key for hours in weeks.values() for key in hours})
    for table in (schema.weeks, schema.topic_weeks):
        tx.connection.execute(sa.delete(table).where(_between(tx, table, first, last)))
    filled = sorted((monday.toordinal(), hours) for monday, hours in weeks.items() if hours)
    tx.add(schema.weeks, [(week, sum(hours.values())) for week, hours in filled])
    each = ((week, numbers[key], spent) for week, hours in filled for key, spent in hours.items())
    add_all(tx, schema.topic_weeks, sorted(each))


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
    table, topic = schema.topic_weeks, schema.topics
    joined = (table.c.person == topic.c.person) & (table.c.topic == topic.c.number)
    wanted = (
        sa.select(table.c.week, topic.c.workstream, sa.func.sum(table.c.hours).label("hours"))
        .join(topic, joined)
        .where(_between(tx, table, first, last))
        .group_by(table.c.week, topic.c.workstream)
    )
    found = tx.connection.execute(wanted.order_by(table.c.week, topic.c.workstream))
    return [(date.fromordinal(week), workstream, hours) for week, workstream, hours in found]


def drop(tx: Transaction) -> None:
    """Drop all that was computed, and note all days with activities as out of date."""
    stamp.renew(tx)
    for table in schema.COMPUTED:
        _empty(tx, table)
    activities = schema.activities
    ends = sa.func.coalesce(activities.c.ends, activities.c.starts)
    spans = sa.select(sa.func.min(activities.c.starts), sa.func.max(ends)).where(activities.c.person == tx.person)
    low, high = tx.connection.execute(spans).one()
    if low is not None:
        # A day more on each side: offsets reach up to a day.
        mark_days(tx, [(max(1, ordinal(low, 0) - 1), min(date.max.toordinal(), ordinal(high, 0) + 1))])
