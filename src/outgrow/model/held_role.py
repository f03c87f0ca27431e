"""The person's roles over the years."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role the person held from `first` on; `last` is None while they hold it. `level` and `scope` in their words."""

    title: str
    first: date
    last: date | None = None
    level: str = ""
    scope: str = ""
    responsibilities: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What it is called."""
        return self.title
