"""Looking back in fixed cadences, and what the person means to do until the next time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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
class Review:
    """One review as it stands: `answers` by step in the person's words, `skipped` steps, `shown` what the data said.

    `shown` is kept by step as it was told then, so that a later look at the review does not change it.
    """

    cadence: Cadence
    period: Period
    begun: date
    answers: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    ended: date | None = None

    @property
    def label(self) -> str:
        """What it looks back on."""
        return f"{self.cadence} review of {self.period.name or self.period.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One thing the person means to do by a day; `review` is the number of the review it ended, if one did."""

    text: str
    due: date
    review: int | None = None
    outcome: Outcome | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """What is meant to be done."""
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthBlock:
    """Time planned for growth work: from an aware `start` on, for some minutes."""

    title: str
    start: datetime
    minutes: int

    @property
    def label(self) -> str:
        """What it is for."""
        return self.title
