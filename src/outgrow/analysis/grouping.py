"""Workstreams: which activities are the same kind of work.

The unit that is grouped is the topic: one recurring series, or all activities with the same normalised title. Topics
are taken month by month, in the order of their first use. The new topics of a month are linked among themselves by
average linkage; each cluster then joins the part of a workstream it is most alike, or founds a workstream. So what
comes later never changes what was grouped before, and a history can be continued without looking at it again.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import groupby

import numpy as np

from outgrow.analysis.linkage import clusters
from outgrow.analysis.titles import JOINING, FloatArray, is_vague, normalise, rarity, vectors
from outgrow.model.activity import Activity

#: Average similarity from which topics are the same kind of work.
ALIKE = 0.33

_DIMENSIONS = 256  # as good as 4,096 at telling titles apart from `ALIKE` on, and four times as fast as 1,024
_TOGETHER = 500  # topics linked at once, to bound time and memory
_NEVER = (date.max.year + 1, 1)
_FEW = 2  # people who tell one conversation from another
_EDGES = " -\u2013\u2014:/|,;#("  # what no name begins or ends with
_LONGEST = 26  # characters of a title that stands for others
_OTHERS = re.compile(r"…? and \d+ others?$")
_SERIES, _TITLE = "s:", "t:"  # what a key begins with


@dataclass(frozen=True, slots=True)
class Topic:
    """One series or one normalised title: what a workstream is made of.

    `title` is the readable title of its first use, `first_seen` the local date of that (`date.min` when no activity
    has one), `weight` how much of it there is (any unit), `context` what tells it from others with the same title
    where the title names no work.
    """

    key: str
    title: str
    first_seen: date = date.min
    weight: float = 1.0
    context: str = ""

    @property
    def label(self) -> str:
        """What it is compared by: the same label is the same work."""
        return _label(self.title, self.context)


def key_of(activity: Activity) -> str:
    """Return the key of the topic an activity belongs to."""
    if activity.series:
        return _SERIES + activity.series
    return _TITLE + _label(activity.title, _context(activity))


def tells_work(key: str, title: str) -> bool:
    """Whether a topic is the same work in every month: a series is, a title unless it is as vague as "Sync"."""
    return key.startswith(_SERIES) or not is_vague(title)


def topics_of(activities: Iterable[Activity]) -> list[Topic]:
    """Return the topics of activities in any order, each weighing as many as it has, in the order of first use."""
    uses: dict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        uses[key_of(activity)].append(activity)
    return sorted((_topic(key, used) for key, used in uses.items()), key=_order)


def _topic(key: str, used: list[Activity]) -> Topic:
    first = min(used, key=lambda activity: (_day(activity), activity.title, activity.native_id))
    return Topic(key, first.title, _day(first), float(len(used)), _context(first))


def _day(activity: Activity) -> date:
    return activity.start.date() if activity.start else date.min


def _context(activity: Activity) -> str:
    """Tell a title that names no work ("Sync", "Misc") from the same title elsewhere: by few people, or by project."""
    if not _says_nothing(activity.title):
        return ""
    few = 0 < len(activity.people) <= _FEW and normalise(activity.title)
    return " ".join(sorted(activity.people)).casefold() if few else normalise(activity.project)


@lru_cache(maxsize=1 << 16)
def _says_nothing(title: str) -> bool:
    """Whether not even a name stands in the title; without capitals no word passes for a name."""
    return is_vague(title.casefold())


@lru_cache(maxsize=1 << 16)
def _label(title: str, context: str) -> str:
    return " · ".join(part for part in (normalise(title), context) if part)


def group(topics: Sequence[Topic], pins: Mapping[str, str], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the workstream of every topic, by key; the order of the topics does not matter.

    `pins` are the keys the person has placed, with their workstreams: they stay there, and others may join them.
    A workstream without pins is named by its founding key: "w" and 10 hex digits of BLAKE2b. `known` may be what this
    function returned for some of these topics and the same pins: it saves time where all others are of later months,
    and never changes the result.
    """
    ordered = sorted(topics, key=_order)
    settled = {**_settled(ordered, known or {}), **pins}
    touched = frozenset(pins.values())
    parts = _Parts()
    found: dict[str, str] = {}
    for batch in _batches(ordered):
        parts.rows = dict(zip((topic.label for topic in batch), _rows(batch), strict=True))
        for owner, share in _shares(batch, pins, settled):
            found |= parts.place(share, owner, linked=not owner or owner in touched)
    return found


def _order(topic: Topic) -> tuple[date, str]:
    return topic.first_seen, topic.key


def _month(topic: Topic) -> tuple[int, int]:
    return topic.first_seen.year, topic.first_seen.month


def _settled(ordered: Sequence[Topic], known: Mapping[str, str]) -> dict[str, str]:
    """Return what is known of the months before the first topic that is not known."""
    unknown = min((_month(topic) for topic in ordered if topic.key not in known), default=_NEVER)
    return {topic.key: known[topic.key] for topic in ordered if _month(topic) < unknown}


def _batches(ordered: Sequence[Topic]) -> Iterator[Sequence[Topic]]:
    """Yield the topics of each month, at most `_TOGETHER` at once."""
    for _, same in groupby(ordered, _month):
        month = list(same)
        yield from (month[start : start + _TOGETHER] for start in range(0, len(month), _TOGETHER))


def _shares(
    batch: Sequence[Topic], pins: Mapping[str, str], settled: Mapping[str, str]
) -> Iterator[tuple[str, list[Topic]]]:
    """Yield the topics with the workstream they must be in: the pinned ones first, the free ones ("") last."""
    shares: dict[tuple[bool, str], list[Topic]] = defaultdict(list)
    for topic in batch:
        owner = settled.get(topic.key, "")
        shares[(topic.key not in pins, owner)].append(topic)
    return ((owner, shares[free, owner]) for free, owner in sorted(shares, key=lambda share: (share[0], not share[1])))


class _Parts:
    """The parts of workstreams so far, each with the mean of its rows.

    A workstream has one part, unless the person has put unlike topics together: then it has one for each, so that
    what is like one of them still finds it.
    """

    def __init__(self) -> None:
        self.rows: dict[str, FloatArray] = {}  # of the labels that are placed next
        self._means = np.zeros((64, _DIMENSIONS), np.float32)
        self._sizes: list[int] = []
        self._owners: list[str] = []
        self._owned: dict[str, list[int]] = defaultdict(list)
        self._labelled: dict[tuple[str, str], int] = {}

    def place(self, topics: Sequence[Topic], owner: str, *, linked: bool) -> dict[str, str]:
        """Put topics into the parts they are most alike, within the workstream `owner` or ("") any.

        Where they are not to be `linked`, it is known that they are one part.
        """
        new = {topic.label: topic for topic in reversed(topics) if (owner, topic.label) not in self._labelled}
        labels = list(reversed(new))
        rows = np.array([self.rows[label] for label in labels], np.float32).reshape(-1, _DIMENSIONS)
        groups = clusters(rows, ALIKE) if linked else [list(range(len(labels)))] * bool(labels)
        means = [rows[members].mean(axis=0) for members in groups]
        for members, mean, part in zip(groups, means, self._nearest(means, owner, linked=linked), strict=True):
            at = self._founded(owner or _identity(new[labels[members[0]]].key)) if part is None else part
            self._add(at, mean, [labels[member] for member in members])
        return {topic.key: self._owners[self._labelled[owner, topic.label]] for topic in topics}

    def _nearest(self, means: Sequence[FloatArray], owner: str, *, linked: bool) -> list[int | None]:
        """Return for each mean the part that is most alike, of equals the earliest; None if none is alike enough."""
        among = self._owned[owner] if owner else list(range(len(self._sizes)))
        if not among or not means:
            return [None] * len(means)
        if not linked:
            return [among[0]] * len(means)
        similar = np.array(means) @ (self._means[among] if owner else self._means[: len(among)]).T
        best = similar.argmax(axis=1)
        alike = np.round(similar[np.arange(len(best)), best].astype(np.float64), 6) >= ALIKE
        return [among[place] if enough else None for place, enough in zip(best.tolist(), alike.tolist(), strict=True)]

    def _founded(self, owner: str) -> int:
        part = len(self._sizes)
        if part == len(self._means):
            self._means = np.concatenate([self._means, np.zeros_like(self._means)])
        self._sizes.append(0)
        self._owners.append(owner)
        self._owned[owner].append(part)
        return part

    def _add(self, part: int, mean: FloatArray, labels: Sequence[str]) -> None:
        size = self._sizes[part]
        self._sizes[part] += len(labels)
        self._means[part] += (mean - self._means[part]) * np.float32(len(labels) / (size + len(labels)))
        for label in labels:
            self._labelled.setdefault(("", label), part)
            self._labelled.setdefault((self._owners[part], label), part)


def _identity(key: str) -> str:
    return "w" + blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _rows(topics: Sequence[Topic]) -> FloatArray:
    """Return the vectors of the labels; 0, which is like nothing, where the title names no work."""
    rows = vectors([topic.label for topic in topics], _even_weights(), _DIMENSIONS)
    rows[[is_vague(topic.title) for topic in topics]] = 0
    return rows


@cache
def _even_weights() -> FloatArray:
    """Weigh all n-grams alike: weights that hang on the other titles would change what is grouped already."""
    return rarity(())


def names(topics: Iterable[Topic], found: Mapping[str, str]) -> dict[str, str]:
    """Return a readable name for every workstream: what its titles share, or the most typical one "and 3 others"."""
    ordered = sorted(topics, key=_order)
    rows = _rows(ordered)
    members: dict[str, list[int]] = defaultdict(list)
    for place, topic in enumerate(ordered):
        members[found[topic.key]].append(place)
    return {workstream: _name([ordered[n] for n in places], rows[places]) for workstream, places in members.items()}


def _name(topics: Sequence[Topic], rows: FloatArray) -> str:
    typical = topics[_typical(rows, [topic.weight for topic in topics])].title
    name, texts = readable(typical), {normalise(topic.title) for topic in topics}
    others = len(texts) - 1
    shared = _shared(name, texts) if others else name
    if shared:
        return shared
    return f"{_cut(name)} and 1 other" if others == 1 else f"{_cut(name)} and {others} others"


def _cut(name: str) -> str:
    """Shorten a name at a word, so that what follows it is seen where there is little room."""
    if len(name) <= _LONGEST:
        return name
    words = name[:_LONGEST].rsplit(" ", 1)[0]
    return (" ".join(_telling(words.split())).rstrip(_EDGES) or words) + "…"


def _telling(words: Sequence[str]) -> Sequence[str]:
    """Leave out the words at both ends that tell nothing by themselves."""
    places = [place for place, word in enumerate(words) if normalise(word) not in {"", *JOINING}]
    return words[places[0] : places[-1] + 1] if places else ()


def _shared(name: str, texts: Collection[str]) -> str:
    """Return the longest run of words in a name that all texts have; "" where that is less than half of the name."""
    common = frozenset.intersection(*(frozenset(text.split()) for text in texts))
    words = name.split()
    runs = [
        list(run) for shared, run in groupby(words, lambda word: common.issuperset(normalise(word).split())) if shared
    ]
    longest = max(runs, key=len, default=[])
    kept = _telling(longest)
    shared = _capitalised(" ".join(kept).strip(_EDGES))
    return shared if len(words) <= 2 * len(kept) and len(kept) > 1 and not is_vague(shared) else ""


def without_others(name: str) -> str:
    """Return the title in a name that says how many others it stands for."""
    return _OTHERS.sub("", name)


def _typical(rows: FloatArray, weights: Sequence[float]) -> int:
    """Return the number of the row that is most alike all rows by their weight, of equals the first."""
    if len(rows) == 1:
        return 0
    weight = np.array(weights, np.float32)
    alike = rows @ (weight @ rows) + weight * (1 - (rows * rows).sum(axis=1))
    return int(alike.round(4).argmax())


def readable(title: str) -> str:
    """Return a title without the words that date it, as a name for all occurrences."""
    words = title.split()
    after = [*words[1:], ""]
    kept = [word for n, word in enumerate(words) if not _dates(word, after[n], first=n == 0)]
    return _capitalised(" ".join(kept).strip(_EDGES) or title.strip() or "Untitled")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dates(word: str, after: str, *, first: bool) -> bool:
    """Whether a word of a title tells when or how far: one with or before a digit, a day or month within, "WIP"."""
    marks = word.isupper() or word.endswith(":") if first else word[0].isupper() or word[0] == "("
    telling = marks or any(map(str.isdigit, word + after))
    return telling and not normalise(word) and any(map(str.isalnum, word))
