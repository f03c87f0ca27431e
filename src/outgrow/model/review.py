"""Looking back in fixed cadences, and what the person means to do until the next time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from outgrow.model.capability import CapabilityState
from outgrow.model.period import Period


class Cadence(StrEnum):
    """How often a review is held."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Outcome(StrEnum):
    """What became of a commitment."""

    KEPT = "kept"
    PARTLY = "partly"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareThen:
    """The growth share as it was told in a review: a fraction with its 95 % credible interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StateThen:
    """The state a capability had when a review was held, and what it was called."""

    number: int
    name: str
    state: CapabilityState


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review as it stands: `answers` by step in the person's words, `skipped` steps, `shown` what the data said.

    `shown`, `share` and `states` are kept as they were told then, so that a later look at the review does not change
    it. `quiet` says that the person called the period a quiet one, which is an answer as good as any.
    """

    cadence: Cadence
    period: Period
    begun: date
    answers: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    ended: date | None = None
    share: ShareThen | None = None
    states: tuple[StateThen, ...] = ()
    quiet: bool = False

    @property
    def label(self) -> str:
        """What it looks back on."""
        return f"of {self.period.name or self.period.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One thing the person means to do by a day; `review` is the number of the review it ended, if one did.

    `sign` is how the person would know that it worked, `note` what they said of its outcome.
    """

    text: str
    due: date
    sign: str = ""
    review: int | None = None
    outcome: Outcome | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """What is meant to be done."""
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthBlock:
    """Time planned for growth work: from an aware `start` on, for some minutes; `review` as in a commitment."""

    title: str
    start: datetime
    minutes: int
    review: int | None = None

    @property
    def label(self) -> str:
        """What it is for."""
        return self.title
