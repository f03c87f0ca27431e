"""What stands around a title: the people, project and tags of an activity, and the part the person plays in it."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.modes import Mode, mode_of
from outgrow.model.activity import Activity

_RARE_MODE = 0.02  # share of the past from which on a mode is no news
_ENOUGH = 50  # earlier activities from which on a mode can be called rare
_BASE = 2.0  # weight of the mean beside the activities that share people or project


def surroundings(activity: Activity) -> frozenset[str]:
    """Return its people, project and tags, each under a name for what it is."""
    people = (f"with {person.casefold()}" for person in activity.people if person)
    tags = (f"tag {tag.casefold()}" for tag in activity.tags if tag)
    project = (f"project {activity.project.casefold()}",) if activity.project else ()
    return frozenset((*people, *tags, *project))


def first_times(past: Sequence[Activity], asked: Sequence[Activity]) -> list[frozenset[str]]:
    """Return for each activity those of its surroundings that no past one has."""
    known = frozenset[str]().union(*map(surroundings, past))
    return [surroundings(activity) - known for activity in asked]


def strangeness(past: Sequence[Activity], asked: Sequence[Activity]) -> NDArray[np.float64]:
    """Return the share of each activity's surroundings met for the first time, less what is usual for this person.

    Usual is the mean over the later half of the past (in order of time) against its earlier half. 0 where an activity
    has no surroundings, or the past none to set it against.
    """
    half = len(past) - len(past) // 2
    usual = _new_shares(past[:half], past[half:])
    level = np.nanmean(usual) if np.isfinite(usual).any() else np.nan
    return np.nan_to_num(_new_shares(past, asked) - level)


def _new_shares(past: Sequence[Activity], later: Sequence[Activity]) -> NDArray[np.float64]:
    """Return the share of the surroundings of each later activity that no past one has; NaN where it has none."""
    new = first_times(past, later)
    shares = [
        len(first) / len(around) if (around := surroundings(one)) else np.nan
        for first, one in zip(new, later, strict=True)
    ]
    return np.array(shares, np.float64)


def new_modes(past: Sequence[Activity], asked: Sequence[Activity]) -> NDArray[np.bool_]:
    """Whether the person has hardly ever played the part before that each activity asks of them.

    Plain doing is never news: it is the part of whatever tells no other.
    """
    if len(past) < _ENOUGH:
        return np.zeros(len(asked), np.bool_)
    uses = Counter(map(mode_of, past))
    rare = {mode for mode in Mode if mode is not Mode.DO and uses[mode] < _RARE_MODE * len(past)}
    return np.array([mode_of(activity) in rare for activity in asked], np.bool_)


def mean_around(
    activities: Sequence[Activity], values: NDArray[np.float64], counted: NDArray[np.bool_], base: float
) -> NDArray[np.float64]:
    """Return for each activity the mean of the values of the counted ones that share its surroundings.

    One that shares several counts several times; `base` counts `_BASE` times.
    """
    sums: dict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    for index in np.flatnonzero(counted).tolist():
        for around in surroundings(activities[index]):
            sums[around] += float(values[index])
            counts[around] += 1
    shared = [sorted(surroundings(activity)) for activity in activities]
    return np.array(
        [(sum(sums[a] for a in one) + _BASE * base) / (sum(counts[a] for a in one) + _BASE) for one in shared],
        np.float64,
    )
