"""How an import meets what is stored: each activity is new, changed, unchanged, or the same under another id."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

import sqlalchemy as sa

from outgrow.model.activity import Activity
from outgrow.model.problem import Problem
from outgrow.store import computed, recognition, schema, sources
from outgrow.store.database import Transaction
from outgrow.store.marks import Marks
from outgrow.store.rows import TOLD, Written, update_rows, written

_AT_ONCE = 5_000
_TABLE = schema.activities
_TIMES = (_TABLE.c.starts, _TABLE.c.start_offset, _TABLE.c.ends, _TABLE.c.end_offset)
_TIMES_FROM = TOLD.index("starts")
_TIMES_TO = TOLD.index("end_offset") + 1
_THERE = 0


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


@dataclass(frozen=True, slots=True)
class _Stored:
    """What must be known of a stored activity to meet a new one."""

    id: int
    revision: int
    content: int
    gone: int
    times: computed.Times


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
        self._touched: set[int] = set()
        self._windows: dict[int, tuple[int, int]] = {}
        self._days: set[tuple[int, int]] = set()
        self._tally = _Tally()

    def record(self, records: Iterable[Activity | Problem], whole: Callable[[], bool]) -> sources.Counts:
        """Write everything, chunk by chunk, and the import itself at the end."""
        waiting = iter(records)
        while chunk := list(islice(waiting, _AT_ONCE)):
            self._keep_problems([each for each in chunk if isinstance(each, Problem)])
            self._meet([each for each in chunk if isinstance(each, Activity)])
        self._recognise()
        self._note_new_days()
        if self._reading.complete and whole():
            self._miss()
        computed.mark_days(self._tx, self._days)
        counts = self._tally.counts()
        sources.add_run(self._tx, self._run, self._reading, counts)
        return counts

    def _keep_problems(self, problems: list[Problem]) -> None:
        sources.add_problems(self._tx, self._run, self._tally.problems + 1, problems)
        self._tally.problems += len(problems)
        for each in problems:
            if each.line:
                self._tally.lines.add(each.line)

    def _meet(self, activities: list[Activity]) -> None:
        """Sort a chunk into new and stored, and write what differs."""
        chunk = self._prepared(activities)
        stored = self._find(chunk)
        fresh = [each for identity, each in chunk.items() if identity not in stored]
        self._add(fresh)
        self._change([(found, chunk[identity]) for identity, found in stored.items()])

    def _prepared(self, activities: list[Activity]) -> dict[int, Written]:
        """Return the activities by identity; of several alike in it the highest revision, whatever their order."""
        chunk: dict[int, Written] = {}
        for each in activities:
            self._tally.lines.add(each.line)
            ready = written(self._renamed(each))
            other = chunk.get(ready.identity)
            if other is None or _rank(ready) > _rank(other):
                chunk[ready.identity] = ready
        self._tally.activities += len(activities)
        self._tally.unchanged += len(activities) - len(chunk)
        return chunk

    def _renamed(self, activity: Activity) -> Activity:
        if not activity.series or not self._series:
            return activity
        kept = self._series.get((activity.source, activity.account, activity.series))
        return replace(activity, series=kept) if kept else activity

    def _find(self, chunk: dict[int, Written]) -> dict[int, _Stored]:
        columns = (_TABLE.c.identity, _TABLE.c.id, _TABLE.c.revision, _TABLE.c.content, _TABLE.c.gone, *_TIMES)
        wanted = sa.select(*columns).where(_TABLE.c.person == self._tx.person, self._tx.among(_TABLE.c.identity, chunk))
        return {row[0]: _Stored(*row[1:5], tuple(row[5:])) for row in self._tx.connection.execute(wanted)}

    def _add(self, fresh: list[Written]) -> None:
        first = self._next_id
        rows = [
            (number, self._source(each.origin), each.identity, self._run, _THERE, *each.values)
            for number, each in enumerate(fresh, first)
        ]
        self._tx.add(_TABLE, rows)
        self._next_id += len(fresh)
        self._tally.new += len(fresh)
        for number, each in enumerate(fresh, first):
            self._touch(number, each)

    def _source(self, origin: tuple[str, str]) -> int:
        if origin not in self._sources:
            self._sources[origin] = number = len(self._sources) + 1
            self._tx.add(schema.sources, [(number, *origin)])
        return self._sources[origin]

    def _touch(self, number: int, each: Written) -> None:
        """Note that this import holds an activity, and widen its window by it."""
        self._seen.add(number)
        source = self._source(each.origin)
        self._touched.add(source)
        starts = _times(each)[0]
        if starts is not None:
            low, high = self._windows.get(source, (starts, starts))
            self._windows[source] = (min(low, starts), max(high, starts))

    def _note_days(self, times: computed.Times) -> None:
        days = computed.days_of(times)
        if days:
            self._days.add(days)

    def _change(self, met: list[tuple[_Stored, Written]]) -> None:
        changed = [(found, each) for found, each in met if self._replaces(found, each)]
        newer = [(each.revision, found.id) for found, each in met if _only_newer(found, each)]
        for found, each in changed:
            self._note_days(found.times)
            self._note_days(_times(each))
        self._rewrite([(found.id, each) for found, each in changed])
        update_rows(self._tx, ("revision",), newer)
        self._tally.changed += len(changed)
        self._tally.unchanged += len(met) - len(changed)
        for found, each in met:
            self._touch(found.id, each)

    def _replaces(self, found: _Stored, each: Written) -> bool:
        """Tell whether an activity takes the place of the stored one: it came back, or differs and is no older."""
        if found.id in self._seen:
            return _rank(each) > (found.revision, found.content) and each.content != found.content
        return found.gone != _THERE or (each.content != found.content and each.revision >= found.revision)

    def _rewrite(self, changed: list[tuple[int, Written]]) -> None:
        columns = ("identity", "run", "gone", *TOLD)
        rows = [(each.identity, self._run, _THERE, *each.values, number) for number, each in changed]
        update_rows(self._tx, columns, rows)

    def _recognise(self) -> None:
        """Give activities that only came under another id back their place."""
        if not self._recognising or self._known.isdisjoint(self._touched):
            return
        again = recognition.recognise(self._tx, self._run, self._first_new, self._seen)
        self._tally.new -= again.same + again.changed
        self._tally.changed += again.changed
        self._tally.unchanged += again.same
        self._days |= again.days

    def _note_new_days(self) -> None:
        wanted = sa.select(*_TIMES).where(_TABLE.c.person == self._tx.person, _TABLE.c.id >= self._first_new)
        self._days.update(filter(None, map(computed.days_of, self._tx.connection.execute(wanted))))

    def _miss(self) -> None:
        """Mark as gone what the window of a whole source no longer holds."""
        columns = (_TABLE.c.id, *_TIMES)
        here = (_TABLE.c.person == self._tx.person, _TABLE.c.id < self._first_new, _TABLE.c.gone == _THERE)
        for source in self._known.intersection(self._windows):
            within = (_TABLE.c.source == source, _TABLE.c.starts.between(*self._windows[source]))
            wanted = sa.select(*columns).where(*here, *within).with_hint(*schema.by_start(_TABLE))
            found = self._tx.connection.execute(wanted)
            missed = [row for row in found if row[0] not in self._seen]
            self._days.update(filter(None, (computed.days_of(tuple(row[1:])) for row in missed)))
            update_rows(self._tx, ("gone",), [(self._run, row[0]) for row in missed])
            self._tally.gone += len(missed)


def _times(each: Written) -> computed.Times:
    return each.values[_TIMES_FROM:_TIMES_TO]


def _rank(each: Written) -> tuple[int, int]:
    return each.revision, each.content


def _only_newer(found: _Stored, each: Written) -> bool:
    return found.gone == _THERE and each.content == found.content and each.revision > found.revision


def _known_sources(tx: Transaction) -> dict[tuple[str, str], int]:
    table = schema.sources
    found = tx.connection.execute(sa.select(table).where(table.c.person == tx.person))
    return {(row.source, row.account): row.number for row in found}
