"""The machine's proposals: for each activity of a month the probability that it is growth, and a reason to check.

Before any answer the probability is the prior of `prior.py`, moved by what the title does not say: people, projects
and tags met for the first time, a part the person has not played before. Answers come in by likeness, so that those
named in the reason are those that made the number.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np

from outgrow.analysis import reasons
from outgrow.analysis.modes import mode_of
from outgrow.analysis.novelty import WINDOW, BoolArray, even_edges, rows_between
from outgrow.analysis.prior import BASE_RATE, Compared, Probabilities, compared, prior
from outgrow.analysis.reasons import Reason
from outgrow.analysis.surroundings import first_times, mean_around, new_modes, strangeness, surroundings
from outgrow.analysis.titles import FloatArray, RowArray, is_vague, topic
from outgrow.analysis.words import FINE, words_of
from outgrow.model.activity import Activity
from outgrow.model.judgement import Proposal

#: How many of the earlier activities are looked at.
REACH = 3 * WINDOW
#: New work stays new for so long: a theme that began a few weeks ago has hardly been mastered yet.
NEW_FOR = timedelta(days=90)
#: p = (PRIOR_WEIGHT * prior + sum of w y) / (PRIOR_WEIGHT + sum of w), w = similarity ** LIKENESS_POWER
PRIOR_WEIGHT = 0.1
LIKENESS_POWER = 6

#: Log odds for first meetings and a new part. Not fitted, for no labelled history tells people, projects and parts: set
#: so that they order what the titles leave open and never outweigh them.
FIRST_TIME = 0.7
NEW_MODE = 0.5

_SHIFT_VARIANCE = 0.3  # of the log odds of this person's growth against the prior's
_SLOPE_VARIANCE = 0.1  # of how much more, or less, the prior tells about this person
_STEPS = 10  # of Newton's method; it settles in five
_EVEN = 0.5  # from here on growth is guessed
_BOUND = 1e-3  # a prior is never surer than this
_SMALLEST_BLOCK = 32
_UNDATED = datetime.min.replace(tzinfo=UTC)
_MOST = 2000  # activities of a month compared with each other; bounds memory, which grows with the square
_AT_ONCE = 256  # titles compared with all of their month


def propose(
    earlier: Sequence[Activity], asked: Sequence[Activity], answers: Mapping[int, float] | None = None
) -> list[Proposal]:
    """Return the proposal for each activity asked about, from those `earlier` and the answers so far.

    `answers` maps an index into `asked` to 1.0 (growth) or 0.0 (depth).
    """
    return Scorer(earlier, asked).proposals(answers or {})


class Scorer:
    """All that is known of one month before any answer, measured once; each answer then costs milliseconds.

    `earlier` are the person's activities before those `asked` about, in any order; the last REACH are looked at.
    `said` are judgements of earlier activities (index into `earlier` -> 1.0 growth, 0.0 depth); they count as answers.
    `told` are others that the person named as growth: answers too, and no part of what the month is compared with.
    """

    def __init__(
        self,
        earlier: Sequence[Activity],
        asked: Sequence[Activity],
        said: Mapping[int, float] | None = None,
        told: Sequence[Activity] = (),
    ) -> None:
        """Measure the month."""
        said = said or {}
        self._asked = asked
        recent = sorted(earlier, key=_in_time)[-REACH:]
        self._recent, self._past = recent, settled(recent, asked)
        self._judged = [*(earlier[index] for index in said), *told]
        self._said = np.array([*said.values(), *(1.0 for _ in told)], np.float64)
        self._telling, self._topics = _telling(asked), _topics(asked)
        self._past_rows, self._judged_rows, self._rows = _rows(self._past, self._judged, asked)
        self._first = first_times(recent, asked)
        self._new_part = new_modes(self._past, asked) & self._telling
        self._moved = FIRST_TIME * strangeness(recent, asked) + NEW_MODE * self._new_part
        self._odds = _log_odds(_priors(self._past, asked)) + self._moved

    def probabilities(self, answers: Mapping[int, float] | None = None) -> Probabilities:
        """Return p of growth for each activity asked about; where it is answered, the answer.

        A vague one has the mean of what shares its people and projects, else of the month.
        """
        index, labels = _arrays(answers or {})
        chance = self._chances(index, labels)
        chance[index] = labels
        counted = self._telling.copy()
        counted[index] = True
        base = float(chance[counted].mean()) if counted.any() else BASE_RATE
        around = mean_around(self._asked, chance, counted, base)
        return np.where(counted, chance, _chance(_log_odds(around) + self._moved))

    def proposals(self, answers: Mapping[int, float] | None = None) -> list[Proposal]:
        """Return the probabilities with their reasons."""
        index, labels = _arrays(answers or {})
        known = [*self._judged, *(self._asked[at] for at in index.tolist())]
        called = [*self._said.tolist(), *labels.tolist()]
        chances = self.probabilities(answers)
        words = [
            reasons.said_of_like(known, called, row) or reason
            for row, reason in zip(self._similar(index), self._fitting(chances, learnt=bool(known)), strict=True)
        ]
        for at, label in zip(index.tolist(), labels, strict=True):
            words[at] = reasons.said(label)
        return [Proposal(float(chance), why) for chance, why in zip(chances, words, strict=True)]

    def _fitting(self, chances: Probabilities, *, learnt: bool) -> list[str]:
        """Return the reasons of guesses that hang on nothing alike the person has spoken of."""
        growth, turned = chances >= _EVEN, (chances >= _EVEN) != (self._odds >= 0)
        return [
            reason.for_guess(growth=bool(growth[at]), learnt=learnt and bool(turned[at]))
            for at, reason in enumerate(self._reasons)
        ]

    def _chances(self, index: RowArray, labels: Probabilities) -> Probabilities:
        """Return p of those whose titles tell something, by the formula above."""
        told = self._telling[index]
        prior_chance = _chance(_recalibrated(self._odds, index[told], labels[told]))
        weights = self._similar(index).astype(np.float64) ** LIKENESS_POWER
        total = PRIOR_WEIGHT * prior_chance + weights @ np.concatenate([self._said, labels])
        chance: Probabilities = total / (PRIOR_WEIGHT + weights.sum(axis=1))
        return chance

    def _similar(self, index: RowArray) -> FloatArray:
        """Return how similar each is to those the person has spoken of: the earlier ones, then those at `index`."""
        similar: FloatArray = np.clip(self._rows @ np.concatenate([self._judged_rows, self._rows[index]]).T, 0, 1)
        return similar

    @cached_property
    def _reasons(self) -> list[Reason]:
        """The reasons before any answer."""
        return [self._reason(index) for index in range(len(self._asked))]

    def _reason(self, index: int) -> Reason:
        """Return why, by the title where it tells something, and by what is new around it."""
        by_title = self._by_title(index) if self._telling[index] else self._by_others(index)
        first = reasons.from_surroundings(self._first[index], self._recent)
        part = reasons.from_part(mode_of(self._asked[index]), self._past) if self._new_part[index] else ""
        words = "; ".join(filter(None, (by_title.words, first, part)))
        return replace(by_title, words=words, earlier=0 if first or part else by_title.earlier)

    def _alongside(self, index: int) -> int:
        """Return how many telling activities of the month share people, project or tags with this one."""
        around = surroundings(self._asked[index])
        return sum(
            not around.isdisjoint(surroundings(self._asked[at])) for at in np.flatnonzero(self._telling).tolist()
        )

    def _by_others(self, index: int) -> Reason:
        """Return what can be said of a title that names no work."""
        return Reason(reasons.from_vague(self._alongside(index)))

    def _by_title(self, index: int) -> Reason:
        """Return what the past and the month say of a title."""
        similar, alike = self._likeness[self._topics[index]]
        company = [self._asked[other] for other in alike if other != index]
        return Reason(
            reasons.from_past(self._past, similar, company),
            earlier=int((similar >= reasons.LIKE).sum()),
            company=len(company),
            is_new=bool(len(similar)) and bool(similar.max() < reasons.UNLIKE),
        )

    @cached_property
    def _likeness(self) -> dict[str, tuple[FloatArray, list[int]]]:
        """How similar each title that tells something is to the past, and which of the month are like it.

        Titles that come again are compared once, so that the same ones are equally alike.
        """
        places = {self._topics[at]: at for at in np.flatnonzero(self._telling).tolist()}
        different, number = _different(self._past)
        past = self._past_rows[different]
        likeness = {}
        for start in range(0, len(places), _AT_ONCE):
            titles = list(places)[start : start + _AT_ONCE]
            rows = self._rows[[places[title] for title in titles]]
            for title, similar, alike in zip(titles, rows @ past.T, rows @ self._rows.T, strict=True):
                likeness[title] = (similar[number], np.flatnonzero(alike >= reasons.LIKE).tolist())
        return likeness


def _in_time(activity: Activity) -> tuple[datetime, str, str, str, tuple[str, ...]]:
    """Order by time, those without one first; equal ones by what is compared of them."""
    return activity.start or _UNDATED, activity.title, activity.native_id, activity.project, activity.people


def settled(ordered: Sequence[Activity], asked: Sequence[Activity]) -> Sequence[Activity]:
    """Return those of the earlier activities, in order of time, that the titles asked about are compared with.

    At most 2 * WINDOW; those of the last NEW_FOR before the first one asked about only where WINDOW are not reached
    without them.
    """
    first = min((activity.start for activity in asked if activity.start), default=None)
    old = sum(not activity.start or not first or first - activity.start >= NEW_FOR for activity in ordered)
    return ordered[: max(old, WINDOW)][-2 * WINDOW :]


def _telling(activities: Sequence[Activity]) -> BoolArray:
    return np.array([not is_vague(activity.title) for activity in activities], np.bool_)


def _topics(activities: Sequence[Activity]) -> list[str]:
    return [topic(activity.title) for activity in activities]


def _different(activities: Sequence[Activity]) -> tuple[RowArray, RowArray]:
    """Return the places of the different titles, and the number among them of each one's title."""
    titles = list(zip(_topics(activities), _telling(activities).tolist(), strict=True))
    places = {title: at for at, title in reversed(list(enumerate(titles)))}
    numbers = {title: number for number, title in enumerate(places)}
    return np.array(list(places.values()), np.intp), np.array([numbers[title] for title in titles], np.intp)


def _rows(*parts: Sequence[Activity]) -> list[FloatArray]:
    """Return the rows of several lists of activities, words weighted by their rarity in the first; vague ones are 0."""
    everything = [activity for part in parts for activity in part]
    words, count = words_of(_topics(everything), FINE), len(parts[0])
    seen = np.bincount(words.between(0, count), minlength=words.different)
    rows = rows_between(words, 0, len(everything), seen, count) * _telling(everything)[:, None]
    return np.split(rows, np.cumsum([len(part) for part in parts[:-1]]))


def _priors(past: Sequence[Activity], asked: Sequence[Activity]) -> Probabilities:
    """Return the prior by titles alone, of as many at once as memory allows."""
    parts = [prior(month_after(past, asked[start : start + _MOST])) for start in range(0, len(asked), _MOST)]
    return np.concatenate([np.zeros(0), *parts])


def month_after(past: Sequence[Activity], asked: Sequence[Activity]) -> Compared:
    """Return a month (not empty) as one block, compared with the past, which is in order of time.

    The later half of the past is measured in blocks of the size of the month, and both it and the month against as many
    activities before them, so that they can be set against each other.
    """
    everything = [*past, *asked]
    count, half = len(past), len(past) - len(past) // 2
    blocks = max(1, round((count - half) / max(len(asked), _SMALLEST_BLOCK)))
    edges = {0, *np.linspace(half, count, blocks + 1).round().astype(int).tolist(), len(everything)}
    words = words_of(_topics(everything), FINE)
    return deque(compared(words, _telling(everything), sorted(edges), max(half, 1)), maxlen=1).pop()


def priors(activities: Sequence[Activity]) -> Probabilities:
    """Return the prior by titles alone of a whole history in order of time, each from what stands before it.

    In blocks of BLOCK activities instead of months, and with coarser rows than for one month: about 10 microseconds of
    processor time per activity.
    """
    words, telling = words_of(_topics(activities)), _telling(activities)
    blocks = compared(words, telling, even_edges(len(activities)))
    return np.concatenate([np.zeros(0), *map(prior, blocks)])


def _arrays(answers: Mapping[int, float]) -> tuple[RowArray, Probabilities]:
    """Return the indices and the labels of the answers."""
    return np.array(list(answers.keys()), np.intp), np.array(list(answers.values()), np.float64)


def _log_odds(chance: Probabilities) -> Probabilities:
    """Return log(p / (1 - p)), with p kept off 0 and 1."""
    bounded = np.clip(chance, _BOUND, 1 - _BOUND)
    odds: Probabilities = np.log(bounded / (1 - bounded))
    return odds


def _chance(odds: Probabilities) -> Probabilities:
    """Return the probability of log odds."""
    chance: Probabilities = 1 / (1 + np.exp(-odds))
    return chance


def _recalibrated(odds: Probabilities, index: RowArray, labels: Probabilities) -> Probabilities:
    """Return a + b * odds, as the answers make them likely: the mode of a logistic regression by Newton's method.

    a ~ N(0, _SHIFT_VARIANCE) and b ~ N(1, _SLOPE_VARIANCE) before any answer.
    """
    design = np.stack([np.ones(len(index)), odds[index]], axis=1)
    usual, precision = np.array([0.0, 1.0]), np.diag([1 / _SHIFT_VARIANCE, 1 / _SLOPE_VARIANCE])
    shift_slope = usual
    for _ in range(_STEPS):
        chance = _chance(design @ shift_slope)
        gradient = design.T @ (labels - chance) - precision @ (shift_slope - usual)
        curvature = (design.T * (chance * (1 - chance))) @ design + precision
        shift_slope = shift_slope + np.linalg.solve(curvature, gradient)
    recalibrated: Probabilities = shift_slope[0] + shift_slope[1] * odds
    return recalibrated
