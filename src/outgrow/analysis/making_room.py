"""Making room for growth: the hours a target needs, the depth work they can come from, and the fewest releases.

How many hours a way frees is an assumption until it has been tried, and is followed up afterwards: who hands over still
answers questions (a fifth of the hours), what is automated is still looked after (two fifths).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from outgrow.analysis.columns import Judged
from outgrow.model.plan import Way
from outgrow.model.share import Share, Target

#: The part of the hours that each way frees.
FREES: Mapping[Way, float] = {Way.EIGHTY: 0.2, Way.AUTOMATE: 0.6, Way.HAND_OVER: 0.8, Way.DROP: 1.0}
#: What each way asks of the people around, as a weight: the gentlest of several plans with as few releases is chosen.
_ASKS: Mapping[Way, float] = {Way.EIGHTY: 1.0, Way.AUTOMATE: 2.0, Way.HAND_OVER: 3.0, Way.DROP: 4.0}
#: Work that came at least so often in the weeks looked at can be let go of: what came once is over.
LEAST_TIMES = 3
_LEAST_HOURS = 0.1
_YEAR = 365
_CLOSE = 1e-6  # hours: the solver works in floats
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Need:
    """The hours a week that have to move from depth to growth: at the ends of the share's range, and in its middle."""

    low: float
    likely: float
    high: float


def need(share: Share, target: Target, hours: float) -> Need:
    """Return the hours a week (0 and up) that bring a share of so many hours a week to the low end of the target."""
    low, likely, high = (max(0.0, target.low - each) * hours for each in (share.high, share.mean, share.low))
    return Need(low, likely, high)


@dataclass(frozen=True, slots=True)
class Depth:
    """Depth work of one workstream (its number): hours a week, activities, and the part that repeats earlier work.

    `idle` is for how many days nothing in it was new or judged growth, at most a year. `newest` is the id of its last
    activity.
    """

    workstream: int
    hours: float
    times: int
    repeated: float
    idle: int
    newest: int

    @property
    def rank(self) -> float:
        """Hours x repetition x time since the last learning: how much it keeps from growth while it teaches least."""
        return self.hours * self.repeated * self.idle / _YEAR


def depth(year: Judged, first: int, last: int, weeks: int) -> list[Depth]:
    """Return the depth work done again and again on the days `first` to `last` (ordinals), what comes first ranked so.

    `year` is the work of about a year up to `last`, from which the last learning is told; `weeks` (1 and up) are those
    between the two days.
    """
    kept = year.kept()
    recent = kept.only(kept.work.day >= first).likely_depth()
    learnt = kept.only(~kept.repeats | (kept.value == 1.0))
    last_learnt = dict(zip(learnt.workstream.tolist(), learnt.work.day.tolist(), strict=True))
    repeats = dict(_repeated(recent))
    newest = dict(zip(recent.workstream.tolist(), recent.work.id.tolist(), strict=True))
    found = (
        Depth(
            workstream=number,
            hours=spent / weeks,
            times=times,
            repeated=repeats[number],
            idle=min(_YEAR, last - last_learnt.get(number, last - _YEAR)),
            newest=newest[number],
        )
        for number, spent, times in recent.sums()
    )
    able = (each for each in found if each.times >= LEAST_TIMES and each.hours >= _LEAST_HOURS)
    return sorted(able, key=lambda each: (-each.rank, -each.hours, each.workstream))


def _repeated(work: Judged) -> Iterator[tuple[int, float]]:
    """Yield each workstream with the part of its hours that repeats what was there on an earlier day."""
    most = int(work.workstream.max(initial=-1)) + 1
    hours = np.bincount(work.workstream, work.size, most)
    again = np.bincount(work.workstream, work.size * work.repeats, most)
    for number in np.flatnonzero(hours).tolist():
        yield number, float(again[number] / hours[number])


@dataclass(frozen=True, slots=True)
class Option:
    """One way to let go of a workstream (by its place): the hours a week it frees, and what it weighs."""

    place: int
    way: Way
    frees: float
    weight: float


def options(work: Sequence[Depth], ways: Sequence[Collection[Way]]) -> list[Option]:
    """Return all options, for each workstream in the ways that are open for it; what ranks high weighs less."""
    return [
        Option(place, way, each.hours * FREES[way], _ASKS[way] * (1 + place / max(1, len(work))))
        for place, (each, open_) in enumerate(zip(work, ways, strict=True))
        for way in Way
        if way in open_
    ]


@dataclass(frozen=True, slots=True)
class Plan:
    """Some releases, at most one for each workstream, and the hours a week they free together."""

    releases: tuple[Option, ...]

    @property
    def frees(self) -> float:
        """The hours a week."""
        return float(sum(each.frees for each in self.releases))

    @property
    def places(self) -> frozenset[int]:
        """Which workstreams."""
        return frozenset(each.place for each in self.releases)


def most(known: Iterable[Option]) -> float:
    """Return the hours a week that all options together can free."""
    best: dict[int, float] = {}
    for each in known:
        best[each.place] = max(best.get(each.place, 0.0), each.frees)
    return sum(best.values())


def plans(known: Sequence[Option], wanted: float, number: int = 3) -> list[Plan]:
    """Return the best plans that free so many hours a week, none for the same workstreams as another.

    The fewest releases first, among those the least weight; none where all options together do not free the hours, or
    where none are wanted. Further plans may have more releases.
    """
    if wanted <= _CLOSE or most(known) < wanted - _CLOSE:
        return []
    found: list[Plan] = []
    while len(found) < number and (best := _best(known, wanted, [each.places for each in found])):
        found.append(best)
    return found


def _best(known: Sequence[Option], wanted: float, without: Sequence[frozenset[int]]) -> Plan | None:
    """Solve twice: for the fewest releases, then for the least weight of so many. None where nothing is left.

    A plan for more workstreams than one that was found, with all of that one's, is no other plan.
    """
    rows = [*_rows(known, wanted), *((_among(known, places), -np.inf, len(places) - 1) for places in without)]
    count = np.ones(len(known))
    fewest = _solve(count, rows)
    if fewest is None:
        return None
    rows.append((count, -np.inf, round(float(fewest.sum()))))
    chosen = _solve(np.array([each.weight for each in known]), rows)
    chosen = fewest if chosen is None else chosen
    return Plan(tuple(known[place] for place in np.flatnonzero(chosen > _HALF).tolist()))


_Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
_Row = tuple[_Floats, float, float]


def _rows(known: Sequence[Option], wanted: float) -> Iterator[_Row]:
    """Yield what every plan keeps to: it frees the hours, each workstream in one way."""
    yield np.array([each.frees for each in known]), wanted, np.inf
    for place in sorted({each.place for each in known}):
        yield _among(known, {place}), -np.inf, 1.0


def _among(known: Sequence[Option], places: Collection[int]) -> _Floats:
    return np.array([float(each.place in places) for each in known])


def _solve(weights: _Floats, rows: Sequence[_Row]) -> _Floats | None:
    """Return which options (0 or 1 each) weigh least within the bounds of the rows; None where no choice is."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - loading it takes a third of a second

    matrix, low, high = (np.array(each) for each in zip(*rows, strict=True))
    found = milp(
        weights,
        integrality=np.ones(len(weights), np.int8),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": 0.0, "time_limit": 2.0},
    )
    return None if found.x is None else np.round(found.x)


class Followed(StrEnum):
    """What became of a release."""

    EARLY = "too early to say"
    GROWTH = "growth took their place"
    MORE_DEPTH = "more of the same took their place"
    FEWER = "the week became shorter"
    NOT_YET = "the hours have not fallen"


@dataclass(frozen=True, slots=True)
class Week:
    """Hours a week on average: of the released workstream, of growth work, and of the other depth work."""

    released: float
    growth: float
    other: float


def followed(before: Week, since: Week, frees: float) -> Followed:
    """Say what became of a release that was to free so many hours a week; half of it counts as done.

    Growth took their place where growth work rose by half of the hours that fell; else the other depth work, where that
    did.
    """
    fell = before.released - since.released
    if fell < _HALF * frees:
        return Followed.NOT_YET
    if since.growth - before.growth >= _HALF * fell:
        return Followed.GROWTH
    return Followed.MORE_DEPTH if since.other - before.other >= _HALF * fell else Followed.FEWER
