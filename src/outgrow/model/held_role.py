"""The person's roles over the years."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """What the person answered for in a role: as long as it, unless it has a first or last day of its own."""

    text: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role the person held from `first` on; `last` is None while they hold it. `level` and `scope` in their words."""

    title: str
    first: date
    last: date | None = None
    level: str = ""
    scope: str = ""
    responsibilities: tuple[Responsibility, ...] = ()

    @property
    def label(self) -> str:
        """What it is called."""
        return self.title
