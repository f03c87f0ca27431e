"""Activities that came again under another id: exports that give out new UIDs each time, and edited rows without ids.

Of one source and account, a new activity is the same as a stored one that this import no longer holds if start, end and
title are equal; of several alike the first is the first. It keeps its place in the store, and with it all that was said
of it. Where its series came under another name too, the series keeps the name it was first known by.
"""

from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from outgrow.store import computed, schema
from outgrow.store.database import Transaction
from outgrow.store.marks import Marks
from outgrow.store.rows import TOLD, Row, activity_of, update_rows, written

_TABLE = schema.activities
_TOLD = tuple(_TABLE.c[name] for name in TOLD)
_ALIKE = (_TABLE.c.id, _TABLE.c.source, _TABLE.c.starts, _TABLE.c.ends, _TABLE.c.title)
_AT_ONCE = 5_000
_SERIES = TOLD.index("series") + 1
_CONTENT = TOLD.index("content") + 1
_TIMES = slice(TOLD.index("starts") + 1, TOLD.index("end_offset") + 2)

#: Source, account and name of a series.
Series = tuple[str, str, str]


@dataclass(slots=True)
class Recognised:
    """How many came again with the same content or with another; the days of the latter; kept names of series."""

    same: int = 0
    changed: int = 0
    days: set[tuple[int, int]] = field(default_factory=set)
    renamed: dict[tuple[int, str], str] = field(default_factory=dict)


def kept_series(tx: Transaction) -> dict[Series, str]:
    """Return the names that series are kept under, by the names their source gives them now."""
    table, source = schema.series_names, schema.sources
    joined = (table.c.person == source.c.person) & (table.c.source == source.c.number)
    wanted = sa.select(source.c.source, source.c.account, table.c.said, table.c.kept).join(source, joined)
    found = tx.connection.execute(wanted.where(table.c.person == tx.person))
    return {(row[0], row[1], row[2]): row[3] for row in found}


def recognise(tx: Transaction, run: int, first_new: int, seen: Marks) -> Recognised:
    """Let the activities stored from the id `first_new` on take the places of those they are the same as."""
    pairs = _same_again(tx, first_new, seen)
    done = Recognised()
    origins = _origins(tx)
    for part in _parts(list(pairs.items())):
        _take_places(tx, run, dict(part), origins, done)
    if done.renamed:
        tx.add(schema.series_names, [(source, said, kept) for (source, said), kept in done.renamed.items()])
        _rename_series(tx, run, first_new, origins, done.renamed)
    return done


def _parts(items: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    return [items[at : at + _AT_ONCE] for at in range(0, len(items), _AT_ONCE)]


def _same_again(tx: Transaction, first_new: int, seen: Marks) -> dict[int, int]:
    """Return the ids of activities to be recognised, each with the id of the one it is the same as."""
    pairs: dict[int, int] = {}
    wanted = sa.select(*_ALIKE).where(_TABLE.c.person == tx.person, _TABLE.c.id >= first_new).order_by(_TABLE.c.id)
    for part in tx.connection.execute(wanted).partitions(_AT_ONCE):
        waiting = _waiting(tx, first_new, seen, {row.starts for row in part})
        for row in part:
            alike = waiting.get(tuple(row[1:]))
            if alike:
                pairs[row.id] = alike.popleft()
                seen.add(pairs[row.id])
    return pairs


def _waiting(tx: Transaction, first_new: int, seen: Marks, starts: set[int | None]) -> dict[Row, deque[int]]:
    """Return the stored activities with these starts that the import did not hold, by what makes them alike."""
    dated = tx.among(_TABLE.c.starts, [each for each in starts if each is not None])
    waiting: dict[Row, deque[int]] = defaultdict(deque)
    for condition in [dated, _TABLE.c.starts.is_(None)] if None in starts else [dated]:
        wanted = sa.select(*_ALIKE).where(_TABLE.c.person == tx.person, _TABLE.c.id < first_new, condition)
        for row in tx.connection.execute(wanted.order_by(_TABLE.c.id)):
            if row.id not in seen:
                waiting[tuple(row[1:])].append(row.id)
    return waiting


def _origins(tx: Transaction) -> dict[int, tuple[str, str]]:
    table = schema.sources
    found = tx.connection.execute(sa.select(table).where(table.c.person == tx.person))
    return {row.number: (row.source, row.account) for row in found}


def _told(tx: Transaction, condition: sa.ColumnElement[bool]) -> dict[int, Row]:
    """Return source and told columns of activities by id."""
    wanted = sa.select(_TABLE.c.id, _TABLE.c.source, *_TOLD).where(_TABLE.c.person == tx.person, condition)
    return {row[0]: tuple(row[1:]) for row in tx.connection.execute(wanted)}


def _take_places(
    tx: Transaction, run: int, pairs: dict[int, int], origins: dict[int, tuple[str, str]], done: Recognised
) -> None:
    again = _told(tx, tx.among(_TABLE.c.id, pairs))
    before = _told(tx, tx.among(_TABLE.c.id, pairs.values()))
    rows: list[Row] = []
    for new, old in pairs.items():
        source, said, kept = again[new][0], again[new][_SERIES], before[old][_SERIES]
        if said and kept and said != kept:
            done.renamed.setdefault((source, said), kept)
        name = done.renamed.get((source, said), said or "")
        (ready,) = written([replace(activity_of(origins[source], again[new][1:]), series=name)])
        _note(done, before[old], ready.values, ready.content)
        rows.append((ready.identity, run, 0, *ready.values, old))
    delete(tx, pairs)
    update_rows(tx, ("identity", "run", "gone", *TOLD), rows)


def _note(done: Recognised, before: Row, values: Row, content: int) -> None:
    if before[_CONTENT] == content:
        done.same += 1
        return
    done.changed += 1
    for times in (before[_TIMES], (0, *values)[_TIMES]):
        days = computed.days_of(times)
        if days:
            done.days.add(days)


def delete(tx: Transaction, ids: Collection[int]) -> None:
    """Take out rows that this very change put in."""
    tx.connection.execute(sa.delete(_TABLE).where(_TABLE.c.person == tx.person, tx.among(_TABLE.c.id, ids)))


def _rename_series(
    tx: Transaction, run: int, first_new: int, origins: dict[int, tuple[str, str]], renamed: dict[tuple[int, str], str]
) -> None:
    """Give what is really new in a renamed series its kept name too."""
    rows: list[Row] = []
    for number, row in _told(tx, _TABLE.c.id >= first_new).items():
        name = renamed.get((row[0], row[_SERIES]))
        if name:
            activity = replace(activity_of(origins[row[0]], row[1:]), series=name)
            (ready,) = written([activity])
            rows.append((ready.identity, run, *ready.values, number))
    update_rows(tx, ("identity", "run", *TOLD), rows)
