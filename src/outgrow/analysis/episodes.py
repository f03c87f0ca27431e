"""Episodes: activities of several sources that are the same stretch of work.

Nothing is deleted for it: an episode is a set of links, each with its reason in words, and each can be left out.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from outgrow.analysis.titles import normalise, rarity, vectors
from outgrow.model.activity import Activity, Kind, Precision, State

_NEAR = 2 * 3600.0  # seconds between activities with the same reference
_ALIKE = 0.6  # similarity of titles that are at the same time anyway
_OVERLAP = 0.5  # of the shorter one
_LATEST = 8  # activities of one source under way at once that are compared
_MOST = 50  # activities of one day that are compared
_BLOCK = 1 << 14  # pairs compared at once, to bound memory
_DIMENSIONS = 256
_SHA = re.compile(r"[0-9a-f]{7,40}")
_IDENTIFIED = frozenset([Kind.ISSUE_EVENT, Kind.TASK_DONE, Kind.COMMIT])


class Link(NamedTuple):
    """Two activities (their numbers in the sequence given, ascending) that are one stretch of work, and why."""

    first: int
    second: int
    reason: str


@dataclass(frozen=True, slots=True)
class Episode:
    """The activities (their numbers, ascending) that links join."""

    members: tuple[int, ...]
    links: tuple[Link, ...]


class _Stretch(NamedTuple):
    """When an activity was, in seconds, and what it came from; whole days have their date instead of a clock."""

    number: int
    source: tuple[str, str]
    day: date
    start: float
    end: float
    clocked: bool


def find(activities: Sequence[Activity], undone: Collection[tuple[int, int]] = ()) -> list[Episode]:
    """Return the episodes of two and more activities, in the order of their first member.

    Activities of different sources are linked when they share a reference (issue key, SHA, URL) within two hours, or
    are at the same time with much the same title; what has no clock is linked within its day. `undone` are pairs of
    numbers, ascending, that are not to be linked. Takes time nearly linear in the number of activities.
    """
    stretches = _stretches(activities)
    links = {link[:2]: link for found in (_by_title, _by_reference) for link in found(stretches, activities)}
    kept = [link for pair, link in sorted(links.items()) if pair not in frozenset(undone)]
    joined: dict[int, list[Link]] = defaultdict(list)
    representative = _representatives(kept)
    for link in kept:
        joined[representative[link.first]].append(link)
    episodes = [Episode(tuple(sorted({n for link in some for n in link[:2]})), tuple(some)) for some in joined.values()]
    return sorted(episodes, key=lambda episode: episode.members)


def _representatives(links: Sequence[Link]) -> dict[int, int]:
    """Return for each linked activity the one that stands for all it is joined with (union-find)."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = number = parent[parent[number]]
        return number

    for link in links:
        low, high = sorted((root(link.first), root(link.second)))
        parent[high] = low
    return {number: root(number) for number in list(parent)}


def _stretches(activities: Sequence[Activity]) -> list[_Stretch]:
    """Return when things were that took place, in the order of their start, whatever the order given."""
    known = [(n, activity) for n, activity in enumerate(activities) if activity.start and activity.state is State.DONE]
    stretches = [stretch for n, activity in known if (stretch := _stretch(n, activity))]
    return sorted(stretches, key=lambda stretch: (*stretch[3:5], stretch.source, _identity(activities[stretch.number])))


def _identity(activity: Activity) -> tuple[str, str]:
    return activity.native_id, activity.occurrence


def _stretch(number: int, activity: Activity) -> _Stretch | None:
    if activity.start is None:
        return None
    start = activity.start.timestamp()
    end = activity.end.timestamp() if activity.end else start + 60 * (activity.minutes or 0)
    clocked = activity.precision not in {Precision.DAY, Precision.NONE}
    return _Stretch(number, (activity.source, activity.account), activity.start.date(), start, max(start, end), clocked)


def _link(one: _Stretch, other: _Stretch, reason: str) -> Link:
    return Link(min(one.number, other.number), max(one.number, other.number), reason)


def _by_reference(stretches: Sequence[_Stretch], activities: Sequence[Activity]) -> Iterator[Link]:
    """Yield a link between each activity and the latest of every other source with the same reference."""
    uses: dict[str, list[_Stretch]] = defaultdict(list)
    for stretch in stretches:
        for reference in _references(activities[stretch.number]):
            uses[reference].append(stretch)
    for reference, used in uses.items():
        latest: dict[tuple[tuple[str, str], bool], _Stretch] = {}
        for stretch in used:
            near = [other for other in latest.values() if other.source != stretch.source and _near(other, stretch)]
            yield from (_link(other, stretch, f"both mention {reference}") for other in near)
            place = (stretch.source, stretch.clocked)
            latest[place] = max(latest.get(place, stretch), stretch, key=lambda one: one.end)


def _near(earlier: _Stretch, later: _Stretch) -> bool:
    if earlier.clocked and later.clocked:
        return later.start - earlier.end <= _NEAR
    return earlier.day == later.day


def _references(activity: Activity) -> set[str]:
    """Return what an activity names and what it is named by, in one form each."""
    names = {*activity.references, activity.url}
    if activity.kind in _IDENTIFIED:
        names.add(activity.native_id)
    return {_one_form(name) for name in names if name}


def _one_form(reference: str) -> str:
    """Return the first 7 digits of a SHA, a URL without its last slash."""
    if _SHA.fullmatch(reference) and not reference.isdecimal():
        return reference[:7]
    return reference.rstrip("/")


def _by_title(stretches: Sequence[_Stretch], activities: Sequence[Activity]) -> Iterator[Link]:
    """Yield the links between activities at the same time whose titles are much the same."""
    pairs = [*_overlapping(stretches), *_same_day(stretches)]
    texts = {activities[stretch.number].title for pair in pairs for stretch in pair}
    plain = {text: normalise(text) for text in texts}
    titles = [(plain[activities[a.number].title], plain[activities[b.number].title]) for a, b in pairs]
    for (one, other), (left, right), alike in zip(pairs, titles, _similarities(titles), strict=True):
        if alike >= _ALIKE:
            when = "at the same time" if one.clocked and other.clocked else "on the same day"
            yield _link(one, other, f"{when}, with {'the same' if left == right else 'much the same'} title")


def _overlapping(stretches: Sequence[_Stretch]) -> Iterator[tuple[_Stretch, _Stretch]]:
    """Yield the pairs of different sources that share at least half of the shorter one."""
    active: dict[tuple[str, str], list[_Stretch]] = defaultdict(list)
    for stretch in stretches:
        if not stretch.clocked:
            continue
        for source, others in active.items():
            others[:] = [other for other in others[-_LATEST:] if other.end > stretch.start]
            if source != stretch.source:
                yield from ((other, stretch) for other in others if _shared(other, stretch) >= _OVERLAP)
        active[stretch.source].append(stretch)


def _shared(earlier: _Stretch, later: _Stretch) -> float:
    """Return the part of the shorter one that both share; an instant within the other is shared whole."""
    shorter = min(earlier.end - earlier.start, later.end - later.start)
    return (min(earlier.end, later.end) - later.start) / shorter if shorter else 1.0


def _same_day(stretches: Sequence[_Stretch]) -> Iterator[tuple[_Stretch, _Stretch]]:
    """Yield the pairs of different sources on a day of which at least one has no clock."""
    days: dict[date, list[_Stretch]] = defaultdict(list)
    for stretch in stretches:
        days[stretch.day].append(stretch)
    for same in days.values():
        whole = [stretch for stretch in same if not stretch.clocked][:_MOST]
        timed = [stretch for stretch in same if stretch.clocked][:_MOST]
        later = ((one, other) for n, one in enumerate(whole) for other in [*whole[n + 1 :], *timed])
        yield from (pair for pair in later if pair[0].source != pair[1].source)


def _similarities(titles: Sequence[tuple[str, str]]) -> list[float]:
    """Return how alike the titles of each pair are."""
    place = {title: n for n, title in enumerate(dict.fromkeys(title for pair in titles for title in pair))}
    rows = vectors(list(place), rarity(()), _DIMENSIONS)
    left, right = (np.array([place[pair[side]] for pair in titles], np.intp) for side in (0, 1))
    blocks = range(0, len(titles), _BLOCK)
    alike = (np.einsum("ij,ij->i", rows[left[n : n + _BLOCK]], rows[right[n : n + _BLOCK]]) for n in blocks)
    return [value for block in alike for value in block.tolist()]
