"""How an import meets what is stored: each activity is new, changed, unchanged, or the same under another id."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import msgspec
import sqlalchemy as sa

from outgrow.model.activity import Activity
from outgrow.model.problem import Problem
from outgrow.store import collector, computed, recognition, schema, sources
from outgrow.store.database import Transaction
from outgrow.store.marks import Marks
from outgrow.store.rows import TOLD, Row, Written, storable, update_rows, written

_AT_ONCE = 1_000
_TABLE = schema.activities
_TIMES = (_TABLE.c.starts, _TABLE.c.start_offset, _TABLE.c.ends, _TABLE.c.end_offset)
_STARTS = TOLD.index("starts")
_THERE = 0
_ANOTHER = 10  # activities, none of which came again: a calendar of a few may well change altogether


@dataclass(slots=True)
class _Tally:
    activities: int = 0
    problems: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    lines: Marks = field(default_factory=Marks)

    def counts(self) -> sources.Counts:
        return sources.Counts(
            records=len(self.lines),
            activities=self.activities,
            problems=self.problems,
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            gone=self.gone,
        )


class _Stored(msgspec.Struct, frozen=True):
    """What must be known of a stored activity to meet a new one."""

    id: int
    revision: int
    content: int
    gone: int


class Recording:
    """One import on its way into the store."""

    def __init__(self, tx: Transaction, reading: sources.Reading, *, recognising: bool = True) -> None:
        """Take the next numbers; the transaction keeps others from taking the same."""
        self._tx = tx
        self._reading = reading
        self._recognising = recognising
        self._run = tx.next_number(schema.runs.c.number)
        self._first_new = self._next_id = tx.next_number(_TABLE.c.id)
        self._sources = _known_sources(tx)
        self._known = set(self._sources.values())
        self._series = recognition.kept_series(tx)
        self._seen = Marks()
        self._last_found = 0
        self._windows: dict[int, tuple[int, int] | None] = {}
        self._days: set[tuple[int, int]] = set()
        self._tally = _Tally()

    def record(self, records: Iterable[Activity | Problem], whole: Callable[[], bool]) -> sources.Counts:
        """Write everything, chunk by chunk, and the import itself at the end."""
        with collector.paused():
            self._meet_all(iter(records))
            self._recognise()
            self._note_new_days()
            if self._reading.complete and whole():
                self._miss()
        computed.mark_days(self._tx, self._days)
        counts = self._tally.counts()
        sources.add_run(self._tx, self._run, self._reading, counts)
        return counts

    def _meet_all(self, waiting: Iterator[Activity | Problem]) -> None:
        while chunk := list(islice(waiting, _AT_ONCE)):
            self._keep_problems([each for each in chunk if isinstance(each, Problem)])
            self._meet([each for each in chunk if isinstance(each, Activity)])

    def _keep_problems(self, problems: list[Problem]) -> None:
        sources.add_problems(self._tx, self._run, self._tally.problems + 1, problems)
        self._tally.problems += len(problems)
        self._tally.lines.update([each.line for each in problems if each.line])

    def _meet(self, activities: list[Activity]) -> None:
        """Sort a chunk into new and stored, and write what differs."""
        chunk = self._prepared(activities)
        self._widen_windows(chunk.values())
        if self._known.isdisjoint(self._windows):
            self._try(chunk)
            return
        stored = self._find(chunk)
        there = {identity for identity, *_ in stored}
        self._add([each for identity, each in chunk.items() if identity not in there])
        self._change(stored, chunk)

    def _try(self, chunk: dict[int, Written]) -> None:
        """Write a chunk of sources that had nothing before: only where that fails something is there twice."""
        mine = self._next_id
        there = len(chunk) - self._add(list(chunk.values()))
        if there:
            self._tally.new -= there
            self._change([row for row in self._find(chunk) if row[1] < mine], chunk)

    def _prepared(self, activities: list[Activity]) -> dict[int, Written]:
        """Return the activities by identity; of several alike in it the highest revision, whatever their order."""
        chunk: dict[int, Written] = {}
        for ready in written(list(map(self._renamed, activities)) if self._series else activities):
            other = chunk.setdefault(ready.identity, ready)
            if other is not ready and _rank(ready) > _rank(other):
                chunk[ready.identity] = ready
        self._tally.lines.update([each.line for each in activities])
        self._tally.activities += len(activities)
        self._tally.unchanged += len(activities) - len(chunk)
        return chunk

    def _renamed(self, activity: Activity) -> Activity:
        kept = self._series.get((activity.source, activity.account, activity.series))
        return replace(activity, series=kept) if kept else activity

    def _find(self, chunk: dict[int, Written]) -> list[Row]:
        """Return what is stored of a chunk, as `_rows` does.

        Files come again mostly in the order of before: what follows the last one found is at hand, the rest looked up.
        """
        behind = _TABLE.c.id.between(self._last_found + 1, self._last_found + len(chunk))
        found = [row for row in self._rows(behind) if row[0] in chunk]
        missing = chunk.keys() - {identity for identity, *_ in found}
        if missing:
            found += self._rows(self._tx.among(_TABLE.c.identity, missing))
        self._last_found = max((number for _, number, *_ in found), default=self._last_found)
        return found

    def _rows(self, condition: sa.ColumnElement[bool]) -> Iterable[Row]:
        """Return identity, id, revision, content and gone of stored activities."""
        columns = (_TABLE.c.identity, _TABLE.c.id, _TABLE.c.revision, _TABLE.c.content, _TABLE.c.gone)
        return self._tx.connection.execute(sa.select(*columns).where(_TABLE.c.person == self._tx.person, condition))

    def _add(self, fresh: list[Written]) -> int:
        """Write activities unless their identity is there; return how many were written."""
        run, source = self._run, self._sources
        rows = [
            (number, source[each.origin], each.identity, run, _THERE, *each.values)
            for number, each in enumerate(fresh, self._next_id)
        ]
        self._next_id += len(fresh)
        self._tally.new += len(fresh)
        return self._tx.add(_TABLE, rows, unless_there=True)

    def _source(self, origin: tuple[str, str]) -> int:
        if origin not in self._sources:
            self._sources[origin] = number = len(self._sources) + 1
            self._tx.add(schema.sources, [(number, *origin)])
        return self._sources[origin]

    def _widen_windows(self, activities: Iterable[Written]) -> None:
        """Note from when to when this import reaches in each of its sources."""
        starts_of = defaultdict(list)
        for each in activities:
            starts_of[each.origin].append(each.values[_STARTS])
        for origin, starts in starts_of.items():
            source = self._source(origin)
            dated = [each for each in (*starts, *(self._windows.get(source) or ())) if each is not None]
            self._windows[source] = (min(dated), max(dated)) if dated else None

    def _change(self, stored: Sequence[Row], chunk: dict[int, Written]) -> None:
        differing = [
            (_Stored(number, revision, content, gone), each)
            for identity, number, revision, content, gone in stored
            if content != (each := chunk[identity]).content or revision != each.revision or gone != _THERE
        ]
        changed = [(found, each) for found, each in differing if self._replaces(found, each)]
        newer = [(each.revision, found.id) for found, each in differing if _only_newer(found, each)]
        self._note_days_before([found.id for found, _ in changed])
        self._days.update(filter(None, (computed.days_of(_times(each)) for _, each in changed)))
        self._rewrite([(found.id, each) for found, each in changed])
        update_rows(self._tx, ("revision",), newer)
        self._tally.changed += len(changed)
        self._tally.unchanged += len(stored) - len(changed)
        self._seen.update([number for _, number, *_ in stored])

    def _note_days_before(self, ids: Collection[int]) -> None:
        """Note the days on which activities lie that are about to change."""
        if ids:
            wanted = sa.select(*_TIMES).where(_TABLE.c.person == self._tx.person, self._tx.among(_TABLE.c.id, ids))
            found = self._tx.connection.execute(wanted)
            self._days.update(filter(None, (computed.days_of(tuple(row)) for row in found)))

    def _replaces(self, found: _Stored, each: Written) -> bool:
        """Tell whether an activity takes the place of the stored one: it came back, or differs and is no older."""
        if found.id >= self._first_new or found.id in self._seen:  # this import brought it
            return _rank(each) > (found.revision, found.content) and each.content != found.content
        return found.gone != _THERE or (each.content != found.content and each.revision >= found.revision)

    def _rewrite(self, changed: list[tuple[int, Written]]) -> None:
        columns = ("identity", "run", "gone", *TOLD)
        rows = [(each.identity, self._run, _THERE, *each.values, number) for number, each in changed]
        update_rows(self._tx, columns, rows)

    def _recognise(self) -> None:
        """Give activities that only came under another id back their place."""
        if not self._recognising or self._known.isdisjoint(self._windows):
            return
        again = recognition.recognise(self._tx, self._run, self._first_new, self._seen)
        self._tally.new -= again.same + again.changed
        self._tally.changed += again.changed
        self._tally.unchanged += again.same
        self._days |= again.days

    def _note_new_days(self) -> None:
        first = schema.local_day(_TABLE.c.starts, _TABLE.c.start_offset)
        last = sa.func.coalesce(schema.local_day(_TABLE.c.ends, _TABLE.c.end_offset), first)
        new = (_TABLE.c.person == self._tx.person, _TABLE.c.id >= self._first_new, _TABLE.c.starts.is_not(None))
        found = self._tx.connection.execute(sa.select(first, last).where(*new).distinct())
        self._days.update((row[0], max(row)) for row in found)

    def _miss(self) -> None:
        """Mark as gone what the window of a whole source no longer holds.

        Of several files of one account each speaks for what it brought itself: two calendars may bear the same name.
        One that shares nothing with what was there under its name is another calendar, and takes nothing away.
        """
        here = (_TABLE.c.person == self._tx.person, _TABLE.c.id < self._first_new, _TABLE.c.gone == _THERE)
        runs = schema.runs
        own = sa.select(runs.c.number).where(
            runs.c.person == self._tx.person, runs.c.location == storable(self._reading.location)
        )
        for source in self._known.intersection(self._windows):
            low, high = self._windows[source] or (0, -1)
            within = (_TABLE.c.source == source, _TABLE.c.starts.between(low, high))
            stored = sa.select(_TABLE.c.id).where(*here, *within, _TABLE.c.run.in_(own))
            found = self._tx.connection.scalars(stored).all()
            missed = [number for number in found if number not in self._seen]
            if len(missed) == len(found) >= _ANOTHER:
                continue
            self._note_days_before(missed)
            update_rows(self._tx, ("gone",), [(self._run, number) for number in missed])
            self._tally.gone += len(missed)


def _times(each: Written) -> computed.Times:
    return each.values[_STARTS : _STARTS + len(_TIMES)]


def _rank(each: Written) -> tuple[int, int]:
    return each.revision, each.content


def _only_newer(found: _Stored, each: Written) -> bool:
    return found.gone == _THERE and each.content == found.content and each.revision > found.revision


def _known_sources(tx: Transaction) -> dict[tuple[str, str], int]:
    table = schema.sources
    found = tx.connection.execute(sa.select(table).where(table.c.person == tx.person))
    return {(row.source, row.account): row.number for row in found}
