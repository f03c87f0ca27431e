"""How much of a project would be growth work: from answers, from the person's own like work, and from what came before.

All three weigh as if pieces of work had been seen. The weights are our own choice, not taken from a study: what came of
earlier projects corrects them, person by person.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from outgrow.analysis.columns import Judged
from outgrow.model.candidate import Candidate, Newness

#: The answers weigh like so many pieces of work that were seen.
ANSWERS = 4.0
#: Like work weighs one piece for so many hours, up to so many pieces; under the least it says nothing.
HOURS_A_PIECE, MOST_PIECES = 10.0, 8.0
LEAST_HOURS = 10.0
#: What came of earlier projects counts against so many that came as foreseen.
TRUSTED = 3
#: From so many earlier projects on it is said how good the predictions are.
LEAST_EARLIER = 3
#: From half of its hours on a project is growth work in the main.
IN_THE_MAIN = 0.5
#: The range holds what comes of four in five such projects, if the model is right.
OUTSIDE = 0.2

_POINTS = {Newness.SAME: 0.0, Newness.PARTLY: 0.5, Newness.NEW: 1.0}
_MOST_POINTS = 8.0  # two for the question itself, three reasons, three times newness
_EVEN = 0.5
_DRAWS = 20_000
_EDGE = 0.02


class Kind(StrEnum):
    """What a project is in the main, as far as that can be told."""

    GROWTH = "growth"
    MAINTENANCE = "maintenance"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class LikeWork:
    """Hours of growth and of depth in the person's own work that is named like a project."""

    growth: float = 0.0
    depth: float = 0.0

    @property
    def hours(self) -> float:
        """All of them."""
        return self.growth + self.depth


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier project: the share that was foreseen with its range, and the share that came."""

    foreseen: float
    low: float
    high: float
    came: float


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The share of growth work to be expected, and the range in which it lies in four of five cases; fractions."""

    share: float
    low: float
    high: float

    @property
    def kind(self) -> Kind:
        """Growth or maintenance where the whole range says so."""
        if self.low >= IN_THE_MAIN:
            return Kind.GROWTH
        return Kind.MAINTENANCE if self.high < IN_THE_MAIN else Kind.OPEN


@dataclass(frozen=True, slots=True)
class Record:
    """How predictions fared: of `number` projects `within` came inside their range.

    `off` is the mean of what came less what was foreseen, `distance` that of how far they lay apart; fractions.
    """

    number: int
    within: int
    off: float
    distance: float


def answered(candidate: Candidate) -> float:
    """Return the share that the answers alone speak for: their points of all points, never quite none or all."""
    question = _EVEN if candidate.grows is None else float(candidate.grows)
    new = sum(_POINTS[each] for each in (candidate.people, candidate.area, candidate.mode))
    return (_EVEN + 2 * question + len(set(candidate.reasons)) + new) / (1 + _MOST_POINTS)


def foresee(answers: float, like: LikeWork, earlier: Sequence[Earlier]) -> Foreseen:
    """Return what is to be expected of a project.

    Answers and like work make up a beta distribution. What came of earlier projects shifts its mean by their mean
    error, and mixes their squared errors into its variance, both shrunk by `TRUSTED` projects without any.
    """
    pieces = min(MOST_PIECES, like.hours / HOURS_A_PIECE) if like.hours >= LEAST_HOURS else 0.0
    grown = like.growth / like.hours if pieces else 0.0
    growth = _EVEN + ANSWERS * answers + pieces * grown
    whole = 2 * _EVEN + ANSWERS + pieces
    mean, variance = growth / whole, growth * (whole - growth) / (whole**2 * (whole + 1))
    errors = [each.came - each.foreseen for each in earlier]
    shift = sum(errors) / (len(errors) + TRUSTED)
    variance = (TRUSTED * variance + sum((each - shift) ** 2 for each in errors)) / (TRUSTED + len(errors))
    return _between(min(max(mean + shift, _EDGE), 1 - _EDGE), variance)


def _between(mean: float, variance: float) -> Foreseen:
    """Return mean and range of the beta distribution of a mean and a variance."""
    widest = mean * (1 - mean)
    pieces = widest / min(variance, 0.5 * widest) - 1
    draws = np.random.default_rng(41).beta(mean * pieces, (1 - mean) * pieces, _DRAWS)
    low, high = np.quantile(draws, [OUTSIDE / 2, 1 - OUTSIDE / 2]).tolist()
    return Foreseen(mean, min(low, mean), max(high, mean))


def record(earlier: Sequence[Earlier]) -> Record | None:
    """Return how the predictions of earlier projects fared; None for too few to say."""
    if len(earlier) < LEAST_EARLIER:
        return None
    errors = [each.came - each.foreseen for each in earlier]
    within = sum(each.low <= each.came <= each.high for each in earlier)
    number = len(earlier)
    return Record(number, within, sum(errors) / number, sum(map(abs, errors)) / number)


def apart(ranges: Sequence[Foreseen]) -> int | None:
    """Return the place of the one whose range lies above all others, so that they can be told apart; None for none."""
    if len(ranges) <= 1:
        return None
    best = max(range(len(ranges)), key=lambda place: ranges[place].low)
    others = (each.high for place, each in enumerate(ranges) if place != best)
    return best if ranges[best].low > max(others) else None


def of_project(judged: Judged, activities: Collection[int]) -> Judged:
    """Return what of some work is among the activities (ids) of a project, without what is no work."""
    return judged.kept().only(np.isin(judged.kept().work.id, list(activities)))


def like_work(judged: Judged, workstreams: Collection[int]) -> LikeWork:
    """Return the hours of growth and depth of what was answered in some workstreams (their numbers)."""
    some = judged.kept().only(np.isin(judged.kept().workstream, list(workstreams)))
    hours = some.work.hours
    return LikeWork(float(hours[some.value == 1.0].sum()), float(hours[some.value == 0.0].sum()))
