"""Repetition: how much of a period repeats the person's own earlier work, and what came for the first time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp, lgamma

from outgrow.analysis.grouping import key_of
from outgrow.analysis.hours import unit
from outgrow.analysis.modes import mode_of
from outgrow.model.activity import Activity, State
from outgrow.model.period import Period
from outgrow.model.share import Unit


@dataclass(frozen=True, slots=True)
class Repetition:
    """The repetition index of a period, as a fraction, beside what it would be if all times were alike.

    `history` is the number of activities before the period.
    """

    share: float
    expected: float
    history: int
    unit: Unit


class Sort(StrEnum):
    """What can come for the first time."""

    PERSON = "person"
    PROJECT = "project"
    MODE = "mode"


@dataclass(frozen=True, slots=True)
class First:
    """What came for the first time, on which day, and the number of the activity in the sequence given."""

    sort: Sort
    what: str
    day: date
    activity: int


def index(activities: Sequence[Activity], hours: Sequence[float], period: Period) -> Repetition | None:
    """Return the repetition index of a period; None if nothing took place in it.

    An activity repeats when an earlier one has the same topic. `hours` has those of each activity; where the period has
    none, the share is of items. What comes after the period is not looked at.
    """
    past = [n for n in _in_order(activities) if _day(activities[n]) <= period.last]
    told = [n for n in past if _day(activities[n]) in period]
    if not told:
        return None
    counted = unit(hours[n] for n in told)
    weights = dict.fromkeys(past, 1.0) if counted is Unit.ITEMS else {n: hours[n] for n in past}
    keys = {n: key_of(activities[n]) for n in past}
    history = len(past) - len(told)
    repeats = _repeats(keys)
    share = sum(weights[n] for n in told if n in repeats) / sum(weights[n] for n in told)
    return Repetition(share, expected(_by_uses(keys, weights), len(past), history + len(told) // 2), history, counted)


def _in_order(activities: Sequence[Activity]) -> list[int]:
    """Return the numbers of what took place on a known day, in the order of time."""
    dated = [
        (a.start.timestamp(), a.native_id, n) for n, a in enumerate(activities) if a.start and a.state is State.DONE
    ]
    return [n for _, _, n in sorted(dated)]


def _day(activity: Activity) -> date:
    return activity.start.date() if activity.start else date.min


def _repeats(keys: Mapping[int, str]) -> set[int]:
    """Return the activities whose topic was there before; `keys` is in the order of time."""
    seen: set[str] = set()
    repeats: set[int] = set()
    for n, key in keys.items():
        if key in seen:
            repeats.add(n)
        seen.add(key)
    return repeats


def _by_uses(keys: Mapping[int, str], weights: Mapping[int, float]) -> dict[int, float]:
    """Return the weight of all topics with as many activities."""
    sums: dict[str, list[float]] = {}
    for n, key in keys.items():
        sums.setdefault(key, []).append(weights[n])
    by_uses: dict[int, float] = {}
    for each in sums.values():
        by_uses[len(each)] = by_uses.get(len(each), 0.0) + sum(each)
    return by_uses


def expected(weights: Mapping[int, float], activities: int, before: int) -> float:
    """Return the share that would repeat after `before` others, were the same activities in random order.

    `weights` has for each number of activities a topic can have the weight (hours, or their number) of all topics with
    that many; `activities` is how many there are in all. Of N activities one whose topic has k of them repeats after n
    others with probability 1 - C(N - k, n) / C(N - 1, n) (hypergeometric). That grows with n for everybody: a long
    history by itself makes all work look repeated.
    """
    whole = sum(weights.values())
    repeated = sum(weight * (1 - _none_before(activities, uses, before)) for uses, weight in weights.items())
    return repeated / whole if whole else 0.0


def _none_before(total: int, same: int, before: int) -> float:
    """Return C(total - same, before) / C(total - 1, before)."""
    if before > total - same:
        return 0.0
    upper = lgamma(total - same + 1) - lgamma(total - same - before + 1)
    return exp(upper - lgamma(total) + lgamma(total - before))


def firsts(activities: Sequence[Activity], period: Period) -> list[First]:
    """Return the people, projects and modes of work that a period has and no time before it, in the order of time."""
    seen: set[tuple[Sort, str]] = set()
    found: list[First] = []
    for n in _in_order(activities):
        day = _day(activities[n])
        new = [named for named in _named(activities[n]) if named not in seen]
        seen.update(new)
        if day in period:
            found += [First(sort, what, day, n) for sort, what in new]
    return found


def _named(activity: Activity) -> Iterator[tuple[Sort, str]]:
    """Yield the people, the project and the mode of an activity, each once."""
    yield from ((Sort.PERSON, person) for person in dict.fromkeys(activity.people))
    if activity.project:
        yield Sort.PROJECT, activity.project
    yield Sort.MODE, mode_of(activity).value
