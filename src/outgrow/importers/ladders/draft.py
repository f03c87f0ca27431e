"""A ladder while it is read: levels and expectations are gathered, then named, ranked and checked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from outgrow.importers.contract import Unreadable
from outgrow.model.ladder import Expectation, Ladder, Level
from outgrow.model.problem import Problem

MOST_LEVELS = 60
MOST_EXPECTATIONS = 2_000
TEXT_CHARS = 4_000
NAME_CHARS = 200
_MOST_EXAMPLES = 50
_HIGHEST_NUMBER = 999
_SURROGATE = re.compile("[\0\ud800-\udfff]")
_WITHOUT_WIDTH = str.maketrans("", "", "\u200b\u2060\ufeff")  # left behind by editors: they are seen as nothing
_NUMBERED = re.compile(r"level (\d{1,3})", re.IGNORECASE)
_TRACK = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]")


@dataclass(slots=True)
class Draft:
    """What was read so far. Levels keep the order in which they were first named, unless all of them are numbers.

    `own` is a ladder in outgrow's own format, which means what it says to the letter. `references` counts what says no
    more than that a level holds what another one does.
    """

    name: str = ""
    summary: str = ""
    own: bool = False
    levels: dict[str, Level] = field(default_factory=dict)
    expectations: list[Expectation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    references: int = 0

    def level(self, words: str, *, name: str = "", rank: int = 0, track: str = "", summary: str = "") -> str:
        """Return the id of a level known by its id or name; one that is new is added with what is told of it."""
        said = clean(words, NAME_CHARS)
        known = self.known(said)
        if known:
            return known
        numbered = _NUMBERED.fullmatch(said)
        new = numbered[1] if numbered else said
        called = clean(name, NAME_CHARS) or (f"Level {new}" if new.isdecimal() else new)
        self.add(
            Level(id=new, name=called, rank=rank, track=clean(track, NAME_CHARS), summary=clean(summary, TEXT_CHARS))
        )
        return new

    def add(self, level: Level) -> None:
        """Add a level as it is."""
        self.levels[level.id] = level
        if len(self.levels) > MOST_LEVELS:
            _too_many(f"{MOST_LEVELS} levels")

    def describe(self, level: str, summary: str) -> None:
        """Say what a level (its id) is."""
        self.levels[level] = replace(self.levels[level], summary=clean(summary, TEXT_CHARS))

    def known(self, words: str) -> str:
        """Return the id of the level of this id or name, "" where there is none."""
        said = clean(words, NAME_CHARS)
        if said in self.levels:
            return said
        wanted = said.casefold()
        levels = self.levels.values()
        return next((each.id for each in levels if wanted in {each.id.casefold(), each.name.casefold()}), "")

    def expect(self, level: str, kind: str, text: str, examples: Iterable[str] = (), own_id: str = "") -> None:
        """Add what a level (its id) expects; a text that says nothing is passed over."""
        said = clean(text, TEXT_CHARS)
        if not said:
            return
        shown = tuple(found for each in examples if (found := clean(each, TEXT_CHARS)))[:_MOST_EXAMPLES]
        self.expectations.append(
            Expectation(
                id=clean(own_id, NAME_CHARS), level=level, kind=clean(kind, NAME_CHARS), text=said, examples=shown
            )
        )
        if len(self.expectations) > MOST_EXPECTATIONS:
            _too_many(f"{MOST_EXPECTATIONS:,} expectations")

    def problem(self, line: int, reason: str, remedy: str = "", raw: str = "") -> None:
        """Keep that something could not be read."""
        self.problems.append(Problem(line=line, reason=reason, remedy=remedy, raw=raw[:2000]))

    def ladder(self, name: str, origin: str) -> Ladder:
        """Return the ladder; `name` is what it is called where it does not say. Raises Unreadable where it is none."""
        if not self.levels or not self.expectations:
            reason = "it names no levels" if not self.levels else "no level of it expects anything"
            raise Unreadable(reason, "outgrow reads ladders in the shapes that docs/ladders.md shows.")
        return Ladder(
            name=clean(self.name, NAME_CHARS) or clean(name, NAME_CHARS) or "Ladder",
            summary=clean(self.summary, TEXT_CHARS),
            origin=clean(origin, NAME_CHARS),
            levels=ranked(tuple(self.levels.values())),
            expectations=tuple(with_ids(self.expectations)),
        )


def as_rank(text: str) -> int:
    """Return the rank that a text says, 0 where it says none."""
    said = text.strip()
    return min(int(said[:9]), _HIGHEST_NUMBER) if said.isdecimal() else 0


def _too_many(what: str) -> None:
    reason = f"it has more than {what}, which is more than a career ladder has"
    raise Unreadable(reason, "Import the part of it that is yours.")


def clean(text: str, most: int) -> str:
    """Return a text in one line, fit to be kept, and cut where it is longer than any person writes."""
    line = " ".join(_SURROGATE.sub("\ufffd", text[: most * 4].translate(_WITHOUT_WIDTH)).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def titled(name: str) -> str:
    """Return a kind as it is read: without pictures before it, marks of a slug as spaces, the first letter large."""
    said = undecorated(clean(name, NAME_CHARS))
    if " " not in said and said.islower():
        said = re.sub(r"[_-]+", " ", said)
    return said[:1].upper() + said[1:]


def undecorated(name: str) -> str:
    """Return a name without the pictures before and after it."""
    while name and _is_picture(name[0]):
        name = name[1:]
    while name and _is_picture(name[-1]):
        name = name[:-1]
    return name


def _is_picture(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"So", "Sk", "Cf", "Cn"} or "\ufe00" <= char <= "\ufe0f"


def ranked(levels: Sequence[Level]) -> tuple[Level, ...]:
    """Return the levels by rising rank; where none is said, by number or by order, tracks side by side.

    Two tracks are neighbours whose names differ in what stands last, in brackets: "Senior (expert)", "Senior (lead)".
    """
    if all(each.rank for each in levels):
        return tuple(sorted(levels, key=lambda each: each.rank))
    if all(each.id.isdecimal() and int(each.id[:4]) <= _HIGHEST_NUMBER for each in levels):
        return tuple(sorted((replace(each, rank=int(each.id)) for each in levels), key=lambda each: each.rank))
    found: list[Level] = []
    for each in levels:
        beside = bool(found) and _apart(found[-1].name) is not None and _apart(found[-1].name) == _apart(each.name)
        found.append(replace(each, rank=(found[-1].rank if found else 0) + (not beside)))
    return tuple(_with_track(each, found) for each in found)


def _apart(name: str) -> str | None:
    """Return a name up to the brackets it ends with, None where it has none."""
    parts = _TRACK.fullmatch(name)
    return parts[1].casefold() if parts else None


def _with_track(level: Level, levels: Sequence[Level]) -> Level:
    shares = sum(each.rank == level.rank for each in levels) > 1
    parts = _TRACK.fullmatch(level.name)
    return replace(level, track=parts[2].strip()) if shares and parts and not level.track else level


def with_ids(expectations: Sequence[Expectation]) -> list[Expectation]:
    """Return the expectations with an id each: the one it has, unless it is taken; else of level, kind and number."""
    own = {each.id for each in expectations}
    taken: set[str] = set()
    found = []
    for each in expectations:
        free = each.id if each.id and each.id not in taken else free_id(each, taken | own)
        taken.add(free)
        found.append(replace(each, id=free))
    return found


def free_id(expectation: Expectation, taken: set[str]) -> str:
    """Return an id of an expectation's level, its kind and a number, such as lead-craft-2, that is not taken."""
    stem = f"{slug(expectation.level)}-{slug(expectation.kind)}".strip("-") or "expectation"
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def slug(name: str) -> str:
    """Return a name as part of an id."""
    return "-".join(re.findall(r"\w+", name.casefold()))[:40].strip("-")
