"""The rules for traps: six small ones over the weeks of a year and a half, each with its numbers and thresholds.

A rule that the data could not have told otherwise says nothing. Where one number decides, the side of its interval that
speaks against the trap has to pass the threshold, so that chance alone seldom raises one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from outgrow.analysis.recalibration import Floats, Integers
from outgrow.analysis.rolling import Window
from outgrow.analysis.weekly import Weekly, pace, rise, same_work, usual_same_work
from outgrow.model.share import Target
from outgrow.model.trap import Behind, Fact, Finding, Lack, Need, Outcome, TrapKind

QUARTER, HALF = 13, 26  # weeks
#: All that is looked at: half a year, the one before, and the same half a year earlier.
REACH = 3 * HALF

#: So many weeks of a quarter, or of half a year, have to be seen.
_ENOUGH_QUARTER, _ENOUGH_HALF = 9, 18
_COVERED = 0.5
_ANSWERS = 8
_ANSWERED = 0.5
_SAME = 0.6
_NO_LESS, _KEPT_UP = 0.9, 0.95
_RISE, _FASTER = 1.15, 0.85
_TIMES = 6
_GROWTH_HOURS, _GROWTH_WEEKS = 8.0, 4
_OUTSIDE, _OUTSIDE_MORE = 1 / 3, 2.0
_OVERLOAD = 1.1
_TRIED = 0.01
_TURNED_HOURS = 20.0  # half of the growth work after which it is asked about again
_OVERREACH = 0.4
_KEPT = 3
_MATERIAL = 1.5
_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the rules look at.

    `work` ends with the last week that has ended, and `seen` says which of its weeks have enough work to tell anything.
    `working` are the hours the person says they work in each, without days off; `measured` is whether there are hours
    at all. `quarter` and `half` are the growth shares of the last 13 and 26 weeks, `answers` how many workstreams of
    the half year were answered. `scoped` are workstreams called growth outside the person's scope, `turned` those that
    turned from growth to depth, each with the weeks since then. The weeks `since` something are as many as are looked
    at where there was none. `evidence` was kept in the half year, and of that `others` is somebody else's word.
    """

    work: Weekly
    seen: Sequence[bool]
    working: Sequence[float]
    measured: bool
    sources_kept: bool
    quarter: Window
    half: Window
    target: Target
    answers: int
    scoped: Sequence[int] = ()
    turned: Sequence[tuple[int, float]] = ()
    since_entry: float = REACH
    since_role: float = REACH
    since_step: float = REACH
    evidence: int = 0
    others: int = 0

    @cached_property
    def now(self) -> "Stretch":
        """The last half year."""
        return self.stretch(HALF, 0)

    @cached_property
    def before(self) -> "Stretch":
        """The half year before it."""
        return self.stretch(HALF, HALF)

    @cached_property
    def latest(self) -> "Stretch":
        """The last quarter."""
        return self.stretch(QUARTER, 0)

    @property
    def since_gain(self) -> float:
        """The weeks since a capability was entered, or growth work of some size turned depth."""
        grown = self.work.growth.sum(axis=0)
        least = _TURNED_HOURS if self.measured else _TIMES
        turns = [weeks for number, weeks in self.turned if number < len(grown) and grown[number] >= least]
        return min([self.since_entry, *turns])

    def stretch(self, weeks: int, before: int) -> "Stretch":
        """Return the seen ones of some weeks that end so many weeks before the last."""
        end = max(0, len(self.seen) - before)
        there = np.array(self.seen[max(0, end - weeks) : end], np.bool_)
        hours = np.array(self.working[max(0, end - weeks) : end], np.float64)
        return Stretch(self.work.last(weeks, before).weeks(there), float(hours[there].sum()))


class Stretch(NamedTuple):
    """The weeks of a stretch that were seen, and the working hours of those."""

    work: Weekly
    working: float

    @property
    def seen(self) -> int:
        """How many weeks there are."""
        return len(self.work.size)


def look(ground: Ground) -> tuple[Finding, ...]:
    """Return what each rule finds, in the order of the traps."""
    return tuple(rule(ground) for rule in _RULES)


def changed(measure: float, when_dismissed: float) -> bool:
    """Whether a trap has grown so much since it was dismissed that it is told again: by half."""
    return measure >= _MATERIAL * when_dismissed


def competency(ground: Ground) -> Finding:
    """Look for the same work, quarter after quarter, no less of it, and nothing gained meanwhile."""
    lacks = _lacks(ground, halves=2)
    if lacks:
        return _silent(TrapKind.COMPETENCY, lacks)
    now, before = ground.now.work, ground.before.work
    lasting = _in_all_quarters(ground)
    hours, earlier = _per_week(now, lasting), _per_week(before, lasting)
    same = hours / _per_week(now)
    facts = (
        _at_least("same work", same, _SAME),
        _at_least("same work kept", hours / earlier if earlier else 0.0, _NO_LESS),
        _growth_low(ground),
        *_nothing_gained(ground),
    )
    return _found(TrapKind.COMPETENCY, facts, _behind(ground, now.streams * lasting), hours)


def movement(ground: Ground) -> Finding:
    """Look for more hours and more activities, in the same kinds of work."""
    kind = TrapKind.MOVEMENT
    lacks = _lacks(ground, halves=3)
    if not ground.sources_kept:
        lacks = [*lacks, Lack(Need.SOURCES, 0, 1)]
    if lacks:
        return _silent(kind, lacks)
    now, earlier = ground.now.work, (ground.before.work, ground.stretch(HALF, 2 * HALF).work)
    size = min((rise(each.whole, now.whole) for each in earlier), key=lambda each: each.low)
    items = min((rise(each.items.sum(axis=1), now.items.sum(axis=1)) for each in earlier), key=lambda each: each.low)
    same, usual = same_work(earlier[0].size, now.size), usual_same_work(earlier[0].size, now.size)
    facts = (
        _at_least("more work", size.value, _RISE),
        _above("more work at least", size.low, 1.0),
        _at_least("more activities", items.value, _RISE),
        _above("more activities at least", items.low, 1.0),
        _at_least("same kinds", same, usual),
        _growth_low(ground),
    )
    return _found(kind, facts, _behind(ground, now.streams), _per_week(now))


def efficiency(ground: Ground) -> Finding:
    """Look for the same work done faster, and the time it freed filled with such work again."""
    kind = TrapKind.EFFICIENCY
    lacks = _lacks(ground, halves=2)
    if not ground.measured:
        lacks = [*lacks, Lack(Need.TIMES, 0, 1)]
    if lacks:
        return _silent(kind, lacks)
    now, before = ground.now.work, ground.before.work
    found = pace(before, now, _TIMES)
    if found is None:
        return _silent(kind, [Lack(Need.AGAIN, 0, _TIMES)])
    faster, freed = found
    facts = (
        _at_most("time each", faster.value, _FASTER),
        _under("time each at most", faster.high, 1.0),
        _at_least("depth kept", _depth_kept(before, now), _KEPT_UP),
        _growth_low(ground),
    )
    per_week = max(0.0, float(freed.sum())) / len(now.size)
    return _found(kind, facts, _behind(ground, np.maximum(freed, 0.0)), per_week)


def stretch(ground: Ground) -> Finding:
    """Look for growth work outside of working hours, or on top of a full load, of which nothing is finished."""
    kind = TrapKind.STRETCH
    lacks = _stretch_lacks(ground)
    if lacks:
        return _silent(kind, lacks)
    latest = ground.latest
    growth, whole = float(latest.work.growth.sum()), float(latest.work.size.sum())
    late, later = float(latest.work.outside_growth.sum()), float(latest.work.outside.sum())
    usual = (later - late) / (whole - growth) if whole > growth else 0.0
    outside = (
        _at_least("growth outside hours", late / growth, _OUTSIDE),
        _at_least("growth outside beside other work", late / growth, _OUTSIDE_MORE * usual),
    )
    earlier = ground.stretch(QUARTER, QUARTER).work
    on_top = (
        _at_least("load at least", _load(latest), _OVERLOAD),
        _at_least("depth kept", _depth_kept(earlier, latest.work), _KEPT_UP),
    )
    chosen, measure = outside, late
    if all(each.holds for each in on_top) and not all(each.holds for each in outside):
        chosen, measure = on_top, growth
    facts = (*chosen, _at_least("weeks since a gain", ground.since_gain, HALF))
    behind = _behind(ground, latest.work.growth.sum(axis=0), QUARTER)
    return _found(kind, facts, behind, measure / latest.seen)


def waiting(ground: Ground) -> Finding:
    """Look for work that goes on well, and no attempt at what lies beyond it for half a year."""
    kind = TrapKind.WAITING
    lacks = _lacks(ground, halves=2)
    whole = float(ground.now.work.size.sum())
    answered = float(ground.now.work.answered.sum()) / whole if whole else 0.0
    if not lacks and answered < _ANSWERED:
        lacks = [Lack(Need.ANSWERED, answered, _ANSWERED)]
    if lacks:
        return _silent(kind, lacks)
    now, before = ground.now.work, ground.before.work
    scoped = _beyond_scope(ground)
    tried = float(ground.now.work.growth[:, scoped].sum()) / whole
    idle = min(ground.since_gain, ground.since_role, ground.since_step)
    facts = (
        _at_least("work kept", _per_week(now) / _per_week(before), _NO_LESS),
        _under("growth outside scope", tried, _TRIED),
        _growth_low(ground),
        *_nothing_gained(ground),
        _at_least("weeks since evidence for the step", ground.since_step, HALF),
    )
    return _found(kind, facts, _behind(ground, now.depth.sum(axis=0)), idle)


def overreach(ground: Ground) -> Finding:
    """Look for so much growth work that it stops paying, or for much of it without anybody's word on it."""
    kind = TrapKind.OVERREACH
    lacks = [*_too_few_weeks(ground.latest.seen, _ENOUGH_QUARTER), *_uncovered(ground.latest, ground)]
    lacks += _unanswered(ground)
    if lacks:
        return _silent(kind, lacks)
    facts: tuple[Fact, ...] = (_above("growth at least", ground.quarter.low, _OVERREACH),)
    if not facts[0].holds and ground.evidence >= _KEPT:
        facts = (
            _above("growth at least", ground.quarter.low, ground.target.high),
            _at_least("evidence kept", ground.evidence, _KEPT),
            _under("words of others", ground.others, 1),
        )
    growth = ground.latest.work.growth.sum(axis=0)
    return _found(kind, facts, _behind(ground, growth, QUARTER), ground.quarter.mean)


_RULES: tuple[Callable[[Ground], Finding], ...] = (competency, movement, efficiency, stretch, waiting, overreach)


def _load(some: Stretch) -> float:
    """Return the lower end of hours against working hours; 0 where there are no working hours."""
    if not some.working:
        return 0.0
    return rise(np.full(1, some.working / some.seen), some.work.whole).low


def _lacks(ground: Ground, halves: int) -> list[Lack]:
    """Return what is missing to compare some half years, the last one among them."""
    fewest = min(ground.stretch(HALF, HALF * back).seen for back in range(halves))
    return [*_too_few_weeks(fewest, _ENOUGH_HALF), *_uncovered(ground.now, ground), *_unanswered(ground)]


def _stretch_lacks(ground: Ground) -> list[Lack]:
    latest = ground.latest
    lacks = [*_too_few_weeks(latest.seen, _ENOUGH_QUARTER), *_uncovered(latest, ground), *_unanswered(ground)]
    if not ground.measured:
        return [*lacks, Lack(Need.TIMES, 0, 1)]
    weekly = latest.work.growth.sum(axis=1)
    if weekly.sum() < _GROWTH_HOURS or (weekly > 0).sum() < _GROWTH_WEEKS:
        lacks.append(Lack(Need.GROWTH, float(weekly.sum()), _GROWTH_HOURS))
    return lacks


def _too_few_weeks(seen: int, needed: int) -> list[Lack]:
    return [Lack(Need.WEEKS, seen, needed)] if seen < needed else []


def _uncovered(some: Stretch, ground: Ground) -> list[Lack]:
    covered = float(some.work.size.sum()) / some.working if some.working else 0.0
    return [Lack(Need.COVERAGE, covered, _COVERED)] if ground.measured and covered < _COVERED else []


def _unanswered(ground: Ground) -> list[Lack]:
    return [Lack(Need.ANSWERS, ground.answers, _ANSWERS)] if ground.answers < _ANSWERS else []


def _growth_low(ground: Ground) -> Fact:
    """Ask whether the growth share lies below the target, of the half year and of its last quarter."""
    return _under("growth at most", max(ground.half.high, ground.quarter.high), ground.target.low)


def _nothing_gained(ground: Ground) -> tuple[Fact, Fact]:
    return (
        _at_least("weeks since a gain", ground.since_gain, HALF),
        _at_least("weeks since a new role", ground.since_role, HALF),
    )


def _in_all_quarters(ground: Ground) -> Floats:
    """Return 1 for the workstreams that have work in each of the last four quarters, 0 for the others."""
    quarters = [ground.work.last(QUARTER, QUARTER * back).streams > 0 for back in range(4)]
    return np.array(np.logical_and.reduce(quarters), np.float64)


def _beyond_scope(ground: Ground) -> Integers:
    known = np.array(ground.scoped, np.int64)
    return np.array(known[known < ground.work.size.shape[1]], np.int64)


def _per_week(some: Weekly, chosen: Floats | float = 1.0) -> float:
    """Return the work of a week, on the whole or in chosen workstreams."""
    return float((some.streams * chosen).sum()) / len(some.size)


def _depth_kept(before: Weekly, now: Weekly) -> float:
    earlier = float(before.depth.sum()) / len(before.size) if len(before.size) else 0.0
    return float(now.depth.sum()) / len(now.size) / earlier if earlier else 0.0


def _behind(ground: Ground, weight: Floats, weeks: int = HALF) -> tuple[Behind, ...]:
    """Return the workstreams that weigh most, with their work in the last weeks and in as many before."""
    now, before = (ground.work.last(weeks, back).streams for back in (0, weeks))
    order = np.argsort(-weight, kind="stable")[:_SHOWN].tolist()
    return tuple(Behind(each, float(now[each]), float(before[each])) for each in order if weight[each] > 0)


def _at_least(name: str, value: float, limit: float) -> Fact:
    return Fact(name, float(value), float(limit), bool(value >= limit))


def _above(name: str, value: float, limit: float) -> Fact:
    return Fact(name, float(value), float(limit), bool(value > limit))


def _at_most(name: str, value: float, limit: float) -> Fact:
    return Fact(name, float(value), float(limit), bool(value <= limit))


def _under(name: str, value: float, limit: float) -> Fact:
    return Fact(name, float(value), float(limit), bool(value < limit))


def _silent(kind: TrapKind, lacks: Sequence[Lack]) -> Finding:
    return Finding(kind=kind, outcome=Outcome.SILENT, lacks=tuple(lacks))


def _found(kind: TrapKind, facts: tuple[Fact, ...], behind: tuple[Behind, ...], measure: float) -> Finding:
    outcome = Outcome.RAISED if all(each.holds for each in facts) else Outcome.CLEAR
    return Finding(kind=kind, outcome=outcome, facts=facts, behind=behind, measure=measure)
