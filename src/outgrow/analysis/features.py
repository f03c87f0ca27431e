"""What activities have in common, each as a number: their workstream, words, projects, areas, people and modes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from outgrow.analysis.modes import Mode, mode_of
from outgrow.analysis.recalibration import Floats, Integers
from outgrow.analysis.titles import JOINING, is_vague, topic
from outgrow.model.activity import Activity

_SHORTEST = 3  # letters of a word that says something


class Trait(StrEnum):
    """In what activities can be alike."""

    WORKSTREAM = "workstream"
    WORD = "word"
    PROJECT = "project"
    AREA = "area"
    PERSON = "person"
    MODE = "mode"


class Feature(NamedTuple):
    """What some activities share: `name` is that of a workstream, a word, a project, an area, a person or a mode."""

    trait: Trait
    name: str


class Deed(NamedTuple):
    """An activity as it is compared: the ordinal of its day, its hours (1 where items are counted), and what it says.

    `mode` is empty where the person did the work and no more is known.
    """

    day: int
    size: float
    workstream: str
    title: str
    project: str = ""
    areas: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Featured:
    """n activities with m features in all: `owner` and `feature` (m) say which activity has which of the features.

    `day` (n) are ordinals, `size` (n) hours or items.
    """

    day: Integers
    size: Floats
    owner: Integers
    feature: Integers
    features: Sequence[Feature]


def mode_told(activity: Activity) -> str:
    """Return the mode of an activity, empty for doing, which tells nothing."""
    mode = mode_of(activity)
    return "" if mode is Mode.DO else mode.value


def featured(deeds: Sequence[Deed]) -> Featured:
    """Return the features of activities as numbers."""
    numbers: dict[Feature, int] = {}
    found = [(n, numbers.setdefault(each, len(numbers))) for n, deed in enumerate(deeds) for each in _features(deed)]
    owner, feature = np.array(found, np.int64).reshape(-1, 2).T
    days = np.array([deed.day for deed in deeds], np.int64)
    return Featured(days, np.array([deed.size for deed in deeds], np.float64), owner, feature, list(numbers))


def _features(deed: Deed) -> Iterable[Feature]:
    return dict.fromkeys(_each(deed))


def _each(deed: Deed) -> Iterator[Feature]:
    yield Feature(Trait.WORKSTREAM, deed.workstream)
    yield from (Feature(Trait.WORD, word) for word in _own_words(deed.title, deed.project))
    if deed.project:
        yield Feature(Trait.PROJECT, deed.project)
    yield from (Feature(Trait.AREA, area) for area in deed.areas)
    yield from (Feature(Trait.PERSON, person) for person in deed.people)
    if deed.mode:
        yield Feature(Trait.MODE, deed.mode)


@lru_cache(1 << 15)
def _own_words(title: str, project: str) -> tuple[str, ...]:
    """Return the words of a title that say something, without those that stand in the name of its project."""
    known = words_of(project)
    return tuple(word for word in words_of(topic(title)) if word not in known)


@lru_cache(1 << 12)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case that say something by themselves, each once."""
    words = dict.fromkeys(text.casefold().split())
    return tuple(word for word in words if len(word) >= _SHORTEST and word not in JOINING and not is_vague(word))
