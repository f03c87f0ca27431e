"""A career ladder: levels, and what each expects."""

from collections.abc import Sequence
from dataclasses import dataclass

#: The number that stands for the built-in ladder; imported ones have that of their statement.
BUILT_IN = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level. `rank` grows with the levels; two tracks (individual, leading) may share a rank."""

    id: str
    name: str
    rank: int
    track: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a level expects, so that it can be observed. `kind` is the ladder's own, such as strategic or leadership."""

    id: str
    level: str
    kind: str
    text: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """Names an expectation: the number of its ladder, and its id in it."""

    ladder: int
    expectation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Levels by rising rank, and their expectations in the ladder's order. `origin` says where it comes from.

    `shipped` is the built-in one, also as the person has changed it.
    """

    name: str
    levels: tuple[Level, ...]
    expectations: tuple[Expectation, ...]
    summary: str = ""
    origin: str = ""
    shipped: bool = False

    @property
    def label(self) -> str:
        """What it is called."""
        return self.name

    def level(self, name: str) -> Level | None:
        """Return the level of an id or a name, however it is written; None where there is none."""
        wanted = name.strip().casefold()
        return next((each for each in self.levels if wanted in {each.id.casefold(), each.name.casefold()}), None)

    def of(self, level: str) -> Sequence[Expectation]:
        """Return what a level (its id) expects."""
        return [each for each in self.expectations if each.level == level]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoChance:
    """The person had no chance yet to show an expectation: that is no gap of theirs. `note` says why."""

    expected: Expected
    note: str = ""

    @property
    def label(self) -> str:
        """What it says."""
        return f"yet: {self.note}" if self.note else "yet"
