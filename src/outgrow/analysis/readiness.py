"""The step from one level of a ladder to another, and the evidence there is for it.

Two expectations of one kind say the same when their words do: case, marks, articles and two ways to spell a word make
no difference, every other word does. What a level says that one below it said already is carried over.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from outgrow.analysis.capabilities import Entry
from outgrow.model.evidence import Evidence, EvidenceKind, Polish
from outgrow.model.ladder import Expectation, Expected, Ladder, Level

#: From this part of the step on that has some evidence an overall figure is given.
LEAST_COVERAGE = 0.3

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})
_LONG = 6  # letters from which on a word is looked at for its spelling
_SPELLINGS = (("z", "s"), ("our", "or"), ("ll", "l"))


@dataclass(frozen=True, slots=True)
class Asked:
    """An expectation of the step; `same` are the ids of all of the ladder that say the same, its own with them."""

    expectation: Expectation
    same: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """What the level `next` asks for beyond `now` (None: all of it), by the ladder's order of levels.

    `between` are the levels that are skipped on the way: what they ask for is part of the step. `carried` is what the
    levels of the step ask for and `now`, or one below it, asked for already.
    """

    now: Level | None
    next: Level
    between: tuple[Level, ...]
    asked: tuple[Asked, ...]
    carried: tuple[Expectation, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its expectations, in their order."""
        return tuple(dict.fromkeys(each.expectation.kind for each in self.asked))


class RowState(StrEnum):
    """How far the evidence for an expectation has come. Shown: by more than the person's own word."""

    SHOWN = "shown"
    BEGUN = "begun"
    NO_EVIDENCE = "no evidence yet"
    NO_CHANCE = "no chance yet"


@dataclass(frozen=True, slots=True)
class Counted:
    """A piece of evidence that counts for an expectation, by its number; `through` is the entry it does so by."""

    number: int
    evidence: Evidence
    through: int | None = None


@dataclass(frozen=True)
class Row:
    """An expectation of the step with the evidence for it, the best first."""

    asked: Asked
    evidence: tuple[Counted, ...]
    no_chance: bool = False

    def of(self, kind: EvidenceKind) -> Sequence[Counted]:
        """Return the evidence of a kind, the best first."""
        return [each for each in self.evidence if each.evidence.kind is kind]

    @cached_property
    def newest(self) -> date | None:
        """The day of the newest evidence."""
        return max((each.evidence.on for each in self.evidence), default=None)

    @property
    def state(self) -> RowState:
        """How far it has come; evidence tells more than that there was no chance."""
        if any(each.evidence.kind is not EvidenceKind.MY_WORD for each in self.evidence):
            return RowState.SHOWN
        if self.evidence:
            return RowState.BEGUN
        return RowState.NO_CHANCE if self.no_chance else RowState.NO_EVIDENCE


@dataclass(frozen=True)
class Readiness:
    """The rows of a step. An expectation without a chance so far has no evidence either: it counts as not covered."""

    rows: tuple[Row, ...]

    def number(self, state: RowState) -> int:
        """Return how many rows are in a state."""
        return sum(row.state is state for row in self.rows)

    @property
    def coverage(self) -> float:
        """The part of the step that has some evidence; 0 for a step that asks for nothing."""
        return sum(bool(row.evidence) for row in self.rows) / max(1, len(self.rows))

    @property
    def needed(self) -> int:
        """How many more expectations need some evidence before an overall figure is given."""
        covered = sum(bool(row.evidence) for row in self.rows)
        return next(more for more in range(len(self.rows) + 1) if covered + more >= LEAST_COVERAGE * len(self.rows))

    @property
    def overall(self) -> float | None:
        """The part of the step that is shown; None where too little has evidence to say so, or nothing is asked.

        Where nothing is shown yet by more than the person's own word there is no figure either: a nought would tell of
        what others can look at, and read as if it told of ability.
        """
        shown = self.number(RowState.SHOWN)
        return shown / len(self.rows) if shown and not self.needed else None


def step(ladder: Ladder, now: str, next_: str) -> Step:
    """Return the step between two levels of a ladder, by their ids; with "" for `now` all that `next_` asks for.

    Raises LookupError for a level that is none of the ladder's.
    """
    levels = {each.id: each for each in ladder.levels}
    here, there = levels[now] if now else None, levels[next_]
    way = _way(ladder, here, there)
    groups = alike(ladder.expectations)
    held = {each.id for level in (_below(ladder, here) if here else ()) for each in ladder.of(level.id)}
    asked: dict[frozenset[str], Asked] = {}
    carried: dict[frozenset[str], Expectation] = {}
    for expectation in (each for level in way for each in ladder.of(level.id)):
        same = groups[expectation.id]
        if same & held:
            carried[same] = expectation
        else:
            asked.pop(same, None)  # as the level nearest to the next one words it
            asked[same] = Asked(expectation, same)
    return Step(here, there, tuple(way[:-1]), tuple(asked.values()), tuple(carried.values()))


def alike(expectations: Iterable[Expectation]) -> dict[str, frozenset[str]]:
    """Return for each id the ids of all that say the same."""
    saying: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for each in expectations:
        saying[_said(each)].append(each.id)
    return {one: frozenset(ids) for ids in saying.values() for one in ids}


def _said(expectation: Expectation) -> tuple[str, ...]:
    """Return what an expectation says, in a form that is the same for two that say the same."""
    words = _WORD.findall(unicodedata.normalize("NFKC", expectation.text).casefold())
    told = [_spelt(word) for word in words if word not in _ARTICLES]
    return (expectation.kind.casefold(), *(told or [expectation.id]))


def _spelt(word: str) -> str:
    if len(word) >= _LONG:
        for one, other in _SPELLINGS:
            word = word.replace(one, other)
    return word


def _way(ladder: Ladder, here: Level | None, there: Level) -> list[Level]:
    """Return the levels whose expectations the step takes in, by rank: those that are skipped, and the last one.

    They are of the track it leads to, else of the one it comes from; between two levels of no track all are on the way.
    """
    if here is None:
        return [there]
    tracks = list(dict.fromkeys([there.track, "", here.track]))
    between = _ranked(ladder, here.rank + 1, there.rank - 1)
    skipped = (_on(levels, tracks) or ([] if any(tracks) else levels) for levels in between)
    return [*(each for levels in skipped for each in levels), there]


def _below(ladder: Ladder, here: Level) -> list[Level]:
    """Return a level and those below it: of its track, and where that does not reach, of all."""
    lower = _ranked(ladder, min(each.rank for each in ladder.levels), here.rank - 1)
    return [here, *(each for levels in lower for each in (_on(levels, (here.track, "")) or levels))]


def _ranked(ladder: Ladder, first: int, last: int) -> list[list[Level]]:
    """Return the levels of each rank that there is from one to another, by rank."""
    ranks = sorted({each.rank for each in ladder.levels if first <= each.rank <= last})
    return [[each for each in ladder.levels if each.rank == rank] for rank in ranks]


def _on(levels: Sequence[Level], tracks: Sequence[str]) -> list[Level]:
    """Return the levels on the first of the tracks that has some."""
    return next((found for track in tracks if (found := [each for each in levels if each.track == track])), [])


def readiness(
    one: Step,
    ladder: int,
    evidence: Mapping[int, Evidence],
    entries: Mapping[int, Entry],
    no_chances: Collection[Expected],
) -> Readiness:
    """Return the evidence for each expectation of a step of the ladder of a number.

    Evidence counts for the expectations it is linked to, and for those that a capability it shows speaks for; it counts
    once, on every level that says the same.
    """
    counted: dict[str, dict[int, Counted]] = defaultdict(dict)
    for expected, each in _linked(evidence, entries):
        if expected.ladder == ladder:
            counted[expected.expectation].setdefault(each.number, each)
    without = {each.expectation for each in no_chances if each.ladder == ladder}
    return Readiness(tuple(_row(asked, counted, bool(without & asked.same)) for asked in one.asked))


def _row(asked: Asked, counted: Mapping[str, Mapping[int, Counted]], no_chance: bool) -> Row:  # noqa: FBT001 - a state
    found: dict[int, Counted] = {}
    for each in (each for name in sorted(asked.same) for each in counted.get(name, {}).values()):
        if each.number not in found or each.through is None:
            found[each.number] = each
    return Row(asked, tuple(sorted(found.values(), key=_weight, reverse=True)), no_chance)


def _weight(each: Counted) -> tuple[object, ...]:
    """Say what makes one piece of evidence better than another: solid, with a result, seen, kept; then the newest."""
    one = each.evidence
    return (
        one.polish is Polish.SOLID,
        bool(one.result),
        bool(one.seen_by),
        bool(one.files or one.links),
        one.on,
        each.number,
    )


def _linked(evidence: Mapping[int, Evidence], entries: Mapping[int, Entry]) -> Iterator[tuple[Expected, Counted]]:
    """Yield each expectation with each piece of evidence for it: first what is linked itself."""
    for number, each in evidence.items():
        yield from ((expected, Counted(number, each)) for expected in each.expectations)
    for entry in entries.values():
        for expected in entry.expectations:
            yield from ((expected, Counted(number, evidence[number], entry.number)) for number in entry.evidence)
