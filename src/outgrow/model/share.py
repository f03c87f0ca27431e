"""The growth share of a period: estimate, interval, certainty, verdict."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a share is a share of."""

    HOURS = "hours"
    ITEMS = "items"


class Certainty(StrEnum):
    """How sure a verdict is; the same layout serves all five."""

    NONE = "none"
    EARLY = "early"
    UNCLEAR = "unclear"
    LEANING = "leaning"
    CLEAR = "clear"


class Band(StrEnum):
    """Where a share lies against the target."""

    MOVEMENT = "movement"
    SOME_GROWTH = "some growth"
    PROGRESS = "progress"
    OVERREACH = "overreach"


@dataclass(frozen=True, slots=True)
class Target:
    """The share of growth work the person aims at, as fractions of time."""

    low: float = 0.15
    high: float = 0.20

    def __post_init__(self) -> None:
        """Refuse a target that is not a band within [0, 1]."""
        if not 0 <= self.low <= self.high <= 1:
            message = f"a target needs 0 <= low <= high <= 1, got {self.low} and {self.high}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Growth / (growth + depth), as a fraction, with the 95 % credible interval `low` to `high`.

    `below` is the posterior probability that the share lies under the target's low end.
    `check_low` and `check_high` are the design-based interval, or None where no drawn sample stands behind the share.
    """

    mean: float
    low: float
    high: float
    below: float
    answers: int
    strikeouts: int = 0
    unit: Unit = Unit.HOURS
    check_low: float | None = None
    check_high: float | None = None

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2
