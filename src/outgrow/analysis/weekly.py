"""Work as tables of weeks and workstreams, and how far two stretches of weeks differ beyond chance.

Chance is what drawing weeks anew from a stretch gives, or dealing the weeks of two stretches out at random.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self

import numpy as np

from outgrow.analysis.columns import Flags, Judged
from outgrow.analysis.recalibration import Floats, Integers

_DRAWS = 400
_SURE = 2.5  # per cent that lie beyond either end of what chance gives
_EVEN = 0.5


@dataclass(frozen=True)
class Weekly:
    """Tables of w weeks and n workstreams: all work, activities, and what was answered to be growth.

    `depth` is work that was answered to be depth or more likely is, `outside` work outside of working hours and
    `outside_growth` the growth among it, `answered` work that something was said of. Work is in hours, or in
    activities where nothing measures time.
    """

    size: Floats
    items: Floats
    growth: Floats
    depth: Floats
    answered: Floats
    outside: Floats
    outside_growth: Floats

    @classmethod
    def of(cls, done: Judged, first: int, weeks: int, outside: Collection[int]) -> Self:
        """Return the tables of work from the Monday `first` (ordinal) on; `outside` names activities by their id."""
        week = (done.work.day - first) // 7
        within = (week >= 0) & (week < weeks)
        done, week = done.only(within), week[within]
        streams = int(done.workstream.max(initial=-1)) + 1
        place = week * streams + done.workstream
        grows, late = done.value == 1.0, np.isin(done.work.id, list(outside))
        told = np.where(np.isnan(done.value), done.probability, done.value)
        columns = (
            done.size,
            np.ones(len(place)),
            done.size * grows,
            done.size * (told < _EVEN),
            done.size * ~np.isnan(done.value),
            done.size * late,
            done.size * (late & grows),
        )
        return cls(*(_table(place, each, weeks, streams) for each in columns))

    def weeks(self, places: slice | Flags) -> Self:
        """Return the tables of some of the weeks."""
        return type(self)(*(getattr(self, each.name)[places] for each in fields(self)))

    def last(self, weeks: int, before: int = 0) -> Self:
        """Return the tables of the last weeks, or of as many that end so many weeks before."""
        end = len(self.size) - before
        return self.weeks(slice(max(0, end - weeks), max(0, end)))

    @cached_property
    def whole(self) -> Floats:
        """All work of each week."""
        return np.asarray(self.size.sum(axis=1), np.float64)

    @cached_property
    def streams(self) -> Floats:
        """All work of each workstream."""
        return np.asarray(self.size.sum(axis=0), np.float64)


def _table(place: Integers, value: Floats, weeks: int, streams: int) -> Floats:
    return np.bincount(place, value, weeks * streams).astype(np.float64).reshape(weeks, streams)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much larger one thing is than another, with the ends of what chance leaves open."""

    value: float
    low: float
    high: float


def rise(before: Floats, now: Floats) -> Ratio:
    """Return how many times as large the mean of some weeks is as that of others; both have weeks, and some work."""
    generator = np.random.default_rng(41)
    drawn = _means(now, generator) / np.maximum(_means(before, generator), np.finfo(np.float64).tiny)
    return _ratio(now.mean() / before.mean(), drawn)


def pace(before: Weekly, now: Weekly, least: int) -> tuple[Ratio, Floats] | None:
    """Return how long depth work takes now as a part of what it took, and the hours freed in each workstream.

    It looks at workstreams with at least so many activities in both stretches; None where there are none.
    """
    again = _again(before, now, least)
    if not again.any():
        return None
    generator = np.random.default_rng(43)
    drawn = [_sums(each, again, generator) for each in (before, now)]
    (hours, items), (later, times) = drawn
    expected = (times * hours / np.maximum(items, 1.0)).sum(axis=1)
    known = before.size.sum(axis=0) / np.maximum(before.items.sum(axis=0), 1.0)
    due = now.items.sum(axis=0) * known * again
    freed = due - now.streams * again
    told = float((now.streams * again).sum() / due.sum())
    return _ratio(told, later.sum(axis=1) / np.maximum(expected, np.finfo(np.float64).tiny)), freed


def _again(before: Weekly, now: Weekly, least: int) -> Flags:
    """Tell which workstreams are depth work that is done again and again in both stretches."""
    often = np.minimum(before.items.sum(axis=0), now.items.sum(axis=0)) >= least
    depth = now.depth.sum(axis=0) > _EVEN * now.streams
    return np.asarray(often & depth & (before.streams > 0), np.bool_)


def _sums(some: Weekly, again: Flags, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Draw the weeks anew, and sum hours and activities of some workstreams (draws x workstreams)."""
    drawn = _drawn(len(some.size), generator)
    return drawn @ some.size[:, again], drawn @ some.items[:, again]


def same_work(one: Floats, other: Floats) -> float:
    """Return the same-work share of two stretches: the smaller of the two shares of each workstream, summed."""
    shares = [each.sum(axis=0) / max(float(each.sum()), np.finfo(np.float64).tiny) for each in (one, other)]
    return float(np.minimum(*shares).sum())


def usual_same_work(one: Floats, other: Floats) -> float:
    """Return the same-work share that 97.5 % of random deals of all weeks into two such stretches reach."""
    generator = np.random.default_rng(47)
    weeks = np.concatenate([one, other])
    drawn = np.argsort(generator.random((_DRAWS, len(weeks))), axis=1) < len(one)
    sums = drawn.astype(np.float64) @ weeks
    rest = weeks.sum(axis=0) - sums
    shares = [each / np.maximum(each.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny) for each in (sums, rest)]
    return float(np.percentile(np.minimum(*shares).sum(axis=1), _SURE))


def _means(weeks: Floats, generator: np.random.Generator) -> Floats:
    return np.asarray(_drawn(len(weeks), generator) @ weeks / len(weeks), np.float64)


def _drawn(weeks: int, generator: np.random.Generator) -> Floats:
    """Draw as many weeks as there are, with repetition: how often each is in each draw (draws x weeks)."""
    return generator.multinomial(weeks, np.full(weeks, 1 / weeks), _DRAWS).astype(np.float64)


def _ratio(value: float, drawn: Floats) -> Ratio:
    low, high = np.percentile(drawn, [_SURE, 100 - _SURE])
    return Ratio(float(value), float(low), float(high))
