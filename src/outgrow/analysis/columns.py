"""Activities side by side in arrays, so that years of them are weighed in a few passes."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.recalibration import Floats, Integers

_DAYS = 1 << 22  # more than there are ordinals of days: workstream and day make one number
_EVEN = 0.5
_WORD = np.int64  # what packed columns are made of; floats go by their bits

Flags = NDArray[np.bool_]

#: Id, ordinal of the local day, number of the topic, hours, proposal if there is one: of one activity.
Row = tuple[int, int, int, float, float | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """n activities in the order of their days (ordinals); `probability` is the proposal, NaN where there is none."""

    id: Integers
    day: Integers
    topic: Integers
    hours: Floats
    probability: Floats

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        """Return some rows as columns."""
        id_, day, topic, hours, probability = zip(*rows, strict=True) if rows else ((),) * 5
        days = np.array(day, np.int64)
        columns = cls(
            id=np.array(id_, np.int64),
            day=days,
            topic=np.array(topic, np.int64),
            hours=np.array(hours, np.float64),
            probability=np.array(probability, np.float64),
        )
        return columns.only(np.argsort(days, kind="stable"))

    @classmethod
    def unpacked(cls, parts: Sequence[bytes]) -> Self:
        """Return the activities of packed parts, one after the other: the parts in the order of their days."""
        words = [np.frombuffer(each, _WORD).reshape(len(fields(cls)), -1) for each in parts]
        id_, day, topic, hours, probability = np.concatenate([np.zeros((len(fields(cls)), 0), _WORD), *words], axis=1)
        return cls(id_, day, topic, hours.view(np.float64), probability.view(np.float64))

    def packed(self) -> bytes:
        """Return the activities as bytes: the columns one after the other, 8 bytes a value."""
        return b"".join(getattr(self, each.name).tobytes() for each in fields(self))

    def only(self, places: Integers | Flags | slice) -> Self:
        """Return some of the activities."""
        return type(self)(*(getattr(self, each.name)[places] for each in fields(self)))

    def between(self, first: int, last: int) -> Self:
        """Return the activities of some days, the last one with them."""
        begin, end = np.searchsorted(self.day, [first, last + 1])
        return self.only(slice(int(begin), int(end)))

    def measured(self) -> Self:
        """Return those that have hours; all where none has."""
        return self.only(self.hours > 0) if self.hours.any() else self

    @property
    def days(self) -> list[int]:
        """The days with work."""
        return [int(day) for day in np.unique(self.day)]

    @property
    def without_proposal(self) -> frozenset[int]:
        """The days with work that has no proposal."""
        return frozenset(np.unique(self.day[np.isnan(self.probability)]).tolist())

    def times(self) -> list[tuple[int, int]]:
        """Return each topic with the number of its activities."""
        return [
            (int(topic), int(number)) for topic, number in zip(*np.unique(self.topic, return_counts=True), strict=True)
        ]

    @property
    def topics(self) -> list[int]:
        """The topics there are."""
        return [topic for topic, _ in self.times()]


class Topic(NamedTuple):
    """What is known of a topic: the number of its workstream, the ordinal of the day it began.

    `placed` says whether judgements on the workstream hold for it, `struck` whether it was struck out of them.
    """

    workstream: int
    begun: int
    placed: bool
    struck: bool


class Stand(NamedTuple):
    """A judgement that holds for a workstream (its number) from a day (ordinal) on until the next one does.

    `value` is 1 growth, 0 depth, NaN for neither; `outside` says that it is no work; the `exceptions`, by their id, are
    of the other value.
    """

    workstream: int
    since: int
    value: float
    outside: bool
    exceptions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """Activities with the number of their workstream, and what was said of them: 1 growth, 0 depth, NaN neither.

    `size` is how much each weighs, `repeats` whether its topic was there on an earlier day, `outside` whether it was
    judged to be no work.
    """

    work: Columns
    workstream: Integers
    size: Floats
    repeats: Flags
    outside: Flags
    value: Floats

    @property
    def probability(self) -> Floats:
        """The proposals, 0 where there is none."""
        return np.nan_to_num(self.work.probability)

    @property
    def hours(self) -> float:
        """All hours."""
        return float(self.work.hours.sum())

    @property
    def repeated(self) -> float | None:
        """How much of the work repeats what was there on an earlier day; None where there is no work."""
        size = float(self.size.sum())
        return float(self.size[self.repeats].sum()) / size if size else None

    @property
    def answers(self) -> int:
        """How many workstreams something was said of."""
        return len(np.unique(self.workstream[~np.isnan(self.value)]))

    def only(self, places: Integers | Flags) -> Self:
        """Return some of the activities."""
        return type(self)(self.work.only(places), *(getattr(self, each.name)[places] for each in fields(self)[1:]))

    def kept(self) -> Self:
        """Leave out what is no work."""
        return self.only(~self.outside)

    def saying(self, values: Mapping[int, float], outside: Collection[int]) -> Self:
        """Return the same with other values, and other activities that are no work, both by their id."""
        none = np.full(len(self.value), np.nan)
        is_outside = np.isin(self.work.id, list(outside))
        return replace(self, value=_filled(none, self.work.id, values), outside=is_outside)

    def growth(self) -> Self:
        """Return what was said to be growth."""
        return self.only(self.value == 1.0)

    def likely_depth(self) -> Self:
        """Return what was said to be depth, and what is more likely depth where nothing was said."""
        told = np.where(np.isnan(self.value), self.probability, self.value)
        return self.only(told < _EVEN)

    def sums(self) -> list[tuple[int, float, int]]:
        """Return hours and number of activities of each workstream (its number)."""
        hours, items = np.bincount(self.workstream, self.work.hours), np.bincount(self.workstream)
        there = np.flatnonzero(items)
        return list(zip(there.tolist(), hours[there].tolist(), items[there].tolist(), strict=True))

    def sizes(self) -> list[tuple[int, float, float, float]]:
        """Return what weighs in each workstream (its number) as growth, as depth, and as neither."""
        kinds = [self.value == 1.0, self.value == 0.0, np.isnan(self.value)]
        there = np.flatnonzero(np.bincount(self.workstream))
        most = int(there.max(initial=-1)) + 1
        sums = [np.bincount(self.workstream, self.size * kind, most)[there].tolist() for kind in kinds]
        return list(zip(there.tolist(), *sums, strict=True))

    def firsts(self) -> list[int]:
        """Return the topics of the activities that repeat nothing, the largest first."""
        first = self.only(~self.repeats)
        ordered = first.work.topic[np.lexsort((first.work.id, -first.size))]
        return list(dict.fromkeys(ordered.tolist()))


def judge(work: Columns, topics: Mapping[int, Topic], stands: Iterable[Stand], given: Mapping[int, float]) -> Judged:
    """Return what stands for each activity.

    `topics` are by their number, `stands` in the order they were said, `given` are answers by the id of the activity,
    which hold where no judgement does. Activities weigh their hours, or 1 each where none has any.
    """
    told = np.zeros((4, max(topics, default=-1) + 1), np.int64)
    told[:, list(topics)] = np.array(list(zip(*topics.values(), strict=True)), np.int64).reshape(4, -1)
    workstream, begun, placed, struck = (each[work.topic] for each in told)
    judgements = _Judgements.of(stands)
    holding = judgements.holding(workstream, work.day)
    value = np.where(placed == 1, judgements.value[holding], np.nan)
    turned = (struck == 1) | judgements.excepts(work.id, holding)
    value, outside = np.where(turned, 1 - value, value), judgements.outside[holding]
    value = np.where(outside, np.nan, _filled(value, work.id, given))
    size = work.hours if work.hours.any() else np.ones(len(work.day))
    return Judged(work, workstream, size, begun < work.day, outside, value)


@dataclass(frozen=True, slots=True)
class _Judgements:
    """Judgements in the order of workstream and day, and after them one that says nothing."""

    key: Integers
    workstream: Integers
    value: Floats
    outside: Flags
    exceptions: Sequence[frozenset[int]]

    @classmethod
    def of(cls, stands: Iterable[Stand]) -> Self:
        """Return judgements that come in the order they were said."""
        ordered = sorted(stands, key=lambda each: (each.workstream, each.since))
        ordered.append(Stand(-1, 0, math.nan, outside=False, exceptions=frozenset()))
        workstream, since, value, outside, exceptions = zip(*ordered, strict=True)
        numbers = np.array(workstream, np.int64)
        key = (numbers * _DAYS + np.array(since))[:-1]
        return cls(key, numbers, np.array(value, np.float64), np.array(outside, np.bool_), exceptions)

    def holding(self, workstream: Integers, day: Integers) -> Integers:
        """Return the place of the judgement that holds for each activity."""
        place = np.searchsorted(self.key, workstream * _DAYS + day, side="right") - 1
        return np.where(self.workstream[place] == workstream, place, len(self.key))

    def excepts(self, ids: Integers, holding: Integers) -> Flags:
        """Tell which activities are exceptions of the judgement that holds for them."""
        named = np.flatnonzero(np.isin(ids, [each for some in self.exceptions for each in some]))
        excepted = np.zeros(len(ids), np.bool_)
        excepted[[n for n in named.tolist() if int(ids[n]) in self.exceptions[holding[n]]]] = True
        return excepted


def _filled(value: Floats, ids: Integers, given: Mapping[int, float]) -> Floats:
    """Put what was given, by the id of the activity, where nothing is."""
    known = np.array(sorted(given), np.int64)
    values = np.array([*(given[each] for each in known.tolist()), math.nan])
    place = np.searchsorted(known, ids)
    there = np.append(known, -1)[place] == ids
    return np.where(np.isnan(value) & there, values[place], value)
