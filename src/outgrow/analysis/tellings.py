"""What a change is called in the words of the work itself, with examples and the person it is mostly done with."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.analysis.comparison import Change
from outgrow.analysis.features import Deed, Trait, words_of
from outgrow.analysis.grouping import readable, without_others
from outgrow.analysis.titles import is_vague, topic

_SEPARATING = re.compile(r"[._+\-\d]+")
_EXAMPLES = 2
_LONGEST_EXAMPLE, _LONGEST_NAME = 48, 64
_MOSTLY = 0.5
_SHARED = 0.6  # of its hours: a phrase as common as this names the work that a word stands for
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Telling:
    """How a change is told: `person` is empty where no one takes part in most of it."""

    name: str
    examples: tuple[str, ...]
    person: str
    workstream: str


def tell(change: Change, deeds: Sequence[Deed], begin: date, names: Mapping[str, str]) -> Telling:
    """Return how a change is told; `begin` is the first day of the later period, `names` are those of workstreams."""
    its = _of_larger_side(change, deeds, begin)
    titles = _weighed((topic(deed.title), deed) for deed in its)
    name = _name(change, its, titles, names)
    people = _weighed((person, deed) for deed in its for person in deed.people)
    most = _largest(people)
    mostly = most if people.get(most, 0.0) > _MOSTLY * sum(deed.size for deed in its) else ""
    return Telling(
        name=name,
        examples=tuple(_examples(its, titles, name)),
        person="" if change.feature.trait is Trait.PERSON else called(mostly),
        workstream=_largest(_weighed((deed.workstream, deed) for deed in its)),
    )


def called(name: str) -> str:
    """Return how a person is called whose name is a mail address: Ana Moreno for ana.moreno@example.org."""
    before, at, _ = name.partition("@")
    words = _SEPARATING.sub(" ", before).split()
    return " ".join(map(str.capitalize, words)) if at and words and " " not in name else name


def _of_larger_side(change: Change, deeds: Sequence[Deed], begin: date) -> list[Deed]:
    """Return the activities of a change in the period that has more of it."""
    first, is_later = begin.toordinal(), change.after > change.before
    return [deeds[n] for n in change.activities if (deeds[n].day >= first) == is_later]


def _weighed(those: Iterable[tuple[str, Deed]]) -> Mapping[str, float]:
    sums: dict[str, float] = {}
    for said, deed in those:
        sums[said] = sums.get(said, 0.0) + deed.size
    return sums


def _largest(sums: Mapping[str, float]) -> str:
    return max(sums, key=lambda each: (sums[each], each), default="")


def _name(change: Change, its: Sequence[Deed], titles: Mapping[str, float], names: Mapping[str, str]) -> str:
    trait, name = change.feature
    if trait is Trait.WORD:
        return _phrase(name, titles)
    if trait is not Trait.WORKSTREAM:
        return called(name)
    named = without_others(names.get(name, ""))
    if named and not named.endswith("…"):
        return _cut(named, _LONGEST_NAME)
    return _cut(_title(its, _largest(titles)), _LONGEST_NAME)


def _title(its: Sequence[Deed], wanted: str) -> str:
    """Return the readable title of the first activity of a topic."""
    return next((readable(deed.title) for deed in its if topic(deed.title) == wanted), "")


def _phrase(word: str, titles: Mapping[str, float]) -> str:
    """Return the longest run of words around a word that stands in most of the work with it."""
    runs: dict[str, float] = {}
    for title, size in titles.items():
        for run in _runs(word, title.split()):
            runs[run] = runs.get(run, 0.0) + size
    common = [run for run, size in runs.items() if size >= _SHARED * runs[word]]
    return max(common, key=lambda run: (run.count(" "), runs[run], run))


def _runs(word: str, words: Sequence[str]) -> set[str]:
    """Return the runs of words with a word in them that begin and end with words that say something."""
    ends = [n for n, each in enumerate(words) if each == word or words_of(each)]
    return {
        " ".join(words[first : last + 1])
        for first in ends
        for last in ends
        if first <= last < first + _LONGEST_PHRASE and word in words[first : last + 1]
    }


def _examples(its: Sequence[Deed], titles: Mapping[str, float], name: str) -> list[str]:
    """Return the titles with most hours that say more than the name does."""
    ordered = sorted(titles, key=lambda title: (is_vague(title), -titles[title], title))
    found: list[str] = []
    for each in ordered:
        title = _cut(_title(its, each), _LONGEST_EXAMPLE)
        if title and title.casefold() not in {name.casefold(), *map(str.casefold, found)}:
            found.append(title)
        if len(found) == _EXAMPLES:
            break
    return found


def _cut(title: str, most: int) -> str:
    """Shorten a title at a word."""
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0].rstrip(" -,;:") + "…"
