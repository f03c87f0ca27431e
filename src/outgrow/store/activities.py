"""The activities: written as imports bring them, read by period, all, or by id."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from outgrow.model.activity import Activity, Kind, State
from outgrow.model.period import Period
from outgrow.model.problem import Problem
from outgrow.store import collector, journal, moments, schema
from outgrow.store.database import Transaction
from outgrow.store.recording import Recording
from outgrow.store.rows import TOLD, activity_of
from outgrow.store.sources import Counts, Reading

#: Where captures come from.
MANUAL = "manual"

_AT_ONCE = 1_000
_TABLE = schema.activities
_TOLD = tuple(_TABLE.c[name] for name in TOLD)


@dataclass(frozen=True, slots=True)
class Stored:
    """An activity with its id in the store, which it keeps for good."""

    id: int
    activity: Activity


def _always() -> bool:
    return True


def record(
    tx: Transaction, reading: Reading, records: Iterable[Activity | Problem], whole: Callable[[], bool] = _always
) -> Counts:
    """Write what one import read: streamed, and the same again changes nothing.

    An activity replaces the stored one of the same identity if its content differs and its revision is no lower. Where
    the reading is complete, stored ones within its window that it no longer holds are marked gone; they come back when
    a later import holds them. `whole` is asked after the last record: a file that broke off makes nothing gone.
    """
    return Recording(tx, reading).record(records, whole)


def capture(tx: Transaction, activity: Activity, at: datetime) -> int:
    """Write work that the person tells of themselves; it can be taken back like all they say. Returns its id."""
    said = journal.say(tx, "capture", at)
    manual = replace(activity, source=MANUAL, account="", native_id=str(said), occurrence="", kind=Kind.MANUAL)
    number = tx.next_number(_TABLE.c.id)
    # The same words twice are work done twice.
    Recording(tx, Reading(importer=MANUAL, location="", at=at), recognising=False).record([manual], _always)
    tx.add(schema.captures, [(said, number)])
    return number


def within(tx: Transaction, period: Period, *, gone: bool = False, planned: bool = False) -> list[Stored]:
    """Return the activities that overlap a period by their own local dates, by start; also those begun before it."""
    return _stored(tx, _wanted(gone=gone, planned=planned), _overlap(tx, period))


def whole_days(tx: Transaction, period: Period) -> list[Stored]:
    """Return the meetings without a clock that overlap a period: holidays, leave and the like."""
    return _stored(tx, _wanted(gone=False, planned=False), schema.WHOLE_DAY, _during(period))


def everything(tx: Transaction, *, gone: bool = False, planned: bool = False) -> list[Stored]:
    """Return all activities by start, then those without a date."""
    return _stored(tx, _wanted(gone=gone, planned=planned))


def stream(tx: Transaction) -> Iterator[tuple[Stored, bool]]:
    """Yield all activities by id, each with whether it is gone; few are in memory at a time."""
    origins = _origins(tx)
    wanted = sa.select(_TABLE.c.gone, _TABLE.c.id, _TABLE.c.source, *_TOLD).where(_TABLE.c.person == tx.person)
    found = tx.connection.execute(wanted.order_by(_TABLE.c.id).execution_options(yield_per=_AT_ONCE))
    for gone, number, source, *told in found:
        yield Stored(number, activity_of(origins[source], told)), bool(gone)


def by_ids(tx: Transaction, ids: Collection[int]) -> list[Stored]:
    """Return the activities with these ids, whatever became of them, by start."""
    return _stored(tx, tx.among(_TABLE.c.id, ids))


def count(tx: Transaction, period: Period | None = None) -> int:
    """Count the activities that are there; those that overlap a period, if one is given."""
    wanted = sa.select(sa.func.count()).select_from(_TABLE).where(_TABLE.c.person == tx.person, _TABLE.c.gone == 0)
    if period:
        wanted = wanted.where(_overlap(tx, period))
    return tx.connection.scalar(wanted) or 0


@dataclass(frozen=True, slots=True)
class Span:
    """What is there of one source and account: how many activities, from which local day to which."""

    source: str
    account: str
    activities: int
    first: date | None
    last: date | None


def spans(tx: Transaction) -> list[Span]:
    """Return what is there of every source and account."""
    local = schema.local(_TABLE.c.starts, _TABLE.c.start_offset)
    found = sa.select(_TABLE.c.source, sa.func.count(), sa.func.min(local), sa.func.max(local))
    wanted = found.where(_TABLE.c.person == tx.person, _TABLE.c.gone == 0).group_by(_TABLE.c.source)
    origins = _origins(tx)
    return [
        Span(*origins[source], number, _local_day(first), _local_day(last))
        for source, number, first, last in tx.connection.execute(wanted)
    ]


def _local_day(local: int | None) -> date | None:
    return None if local is None else date.fromordinal(moments.ordinal(local, 0))


def latest_before(tx: Transaction, day: date, most: int) -> list[Stored]:
    """Return the last `most` activities that took place before a local day, by start."""
    begin = moments.midnight(day)
    local = schema.local(_TABLE.c.starts, _TABLE.c.start_offset)
    done = (_TABLE.c.gone == 0) & (_TABLE.c.state == State.DONE.value)
    before = (_TABLE.c.starts < begin + moments.DAY_US) & (local < begin)
    wanted = sa.select(_TABLE.c.id).where(_TABLE.c.person == tx.person, done, before)
    latest = wanted.order_by(_TABLE.c.starts.desc(), _TABLE.c.id.desc()).limit(most)
    return _stored(tx, _TABLE.c.id.in_(latest))


def columns(
    tx: Transaction, *names: str, period: Period | None = None, gone: bool = False, planned: bool = False
) -> list[tuple[Any, ...]]:
    """Return some columns of the table (see schema.py) for the activities of a period, or for all, by start.

    `starts` and `ends` are microseconds since 1970 in UTC, their offsets seconds; None for one without a date.
    """
    conditions = [_wanted(gone=gone, planned=planned)]
    if period:
        conditions.append(_overlap(tx, period))
    return [tuple(row) for row in _rows(tx, [_TABLE.c[name] for name in names], conditions)]


def _stored(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> list[Stored]:
    origins = _origins(tx)
    with collector.paused():
        found = _rows(tx, (_TABLE.c.id, _TABLE.c.source, *_TOLD), conditions)
        return [Stored(number, activity_of(origins[source], told)) for number, source, *told in found]


def _rows(
    tx: Transaction, chosen: Iterable[sa.Column[Any]], conditions: Iterable[sa.ColumnElement[bool]]
) -> sa.CursorResult[*tuple[Any, ...]]:
    undated = _TABLE.c.starts.is_(None)
    wanted = sa.select(*chosen).where(_TABLE.c.person == tx.person, *conditions)
    return tx.connection.execute(wanted.order_by(undated, _TABLE.c.starts, _TABLE.c.id))


def _wanted(*, gone: bool, planned: bool) -> sa.ColumnElement[bool]:
    conditions: list[sa.ColumnElement[bool]] = [sa.true()]
    if not gone:
        conditions.append(_TABLE.c.gone == 0)
    if not planned:
        conditions.append(_TABLE.c.state != State.PLANNED.value)
    return sa.and_(*conditions)


def _overlap(tx: Transaction, period: Period) -> sa.ColumnElement[bool]:
    """Tell which activities overlap a period on the local clock.

    Those of ordinary length begin shortly before its end; the few long ones have an index of their own, so that no
    history before the period is read.
    """
    begin, end = moments.midnight(period.first), moments.midnight(period.last) + moments.DAY_US
    latest = end + moments.DAY_US
    here = _TABLE.c.person == tx.person
    near = _TABLE.c.starts.between(begin - schema.LONG_US - moments.DAY_US, latest)
    lasts = _TABLE.c.ends - _TABLE.c.starts > sa.literal_column(str(schema.LONG_US))
    ids = sa.select(_TABLE.c.id).correlate(None)
    candidates = sa.union(ids.where(here, near), ids.where(here, lasts, _TABLE.c.starts < latest))
    return _TABLE.c.id.in_(candidates) & _during(period)


def _during(period: Period) -> sa.ColumnElement[bool]:
    """Tell which activities overlap a period on the local clock, of all there are."""
    begin, end = moments.midnight(period.first), moments.midnight(period.last) + moments.DAY_US
    local_start = schema.local(_TABLE.c.starts, _TABLE.c.start_offset)
    local_end = sa.func.coalesce(schema.local(_TABLE.c.ends, _TABLE.c.end_offset), local_start)
    return sa.or_(local_end > begin, local_start >= begin) & (local_start < end)


def _origins(tx: Transaction) -> dict[int, tuple[str, str]]:
    table = schema.sources
    found = tx.connection.execute(sa.select(table).where(table.c.person == tx.person))
    return {row.number: (row.source, row.account) for row in found}
