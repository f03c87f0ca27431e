"""The person's answers, and the machine's proposals, which are never answers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Value(StrEnum):
    """What a person says a workstream is to them."""

    DEPTH = "depth"
    GROWTH = "growth"
    OUTSIDE = "outside"


class Reason(StrEnum):
    """Why work is growth."""

    LACKING = "needs a capability I lack"
    SCOPE = "outside my scope"
    UNSURE = "not sure how to solve it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer for a workstream from the day `since` on. Dated and never rewritten; a later one takes over.

    `exceptions` are the activities (store ids) struck out on the card: they are of the other value.
    """

    workstream: str
    value: Value
    since: date
    said_at: datetime
    reasons: frozenset[Reason] = frozenset()
    discomfort: int | None = None
    exceptions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The machine's probability of growth for one activity, and a reason a person can check."""

    probability: float
    reason: str
