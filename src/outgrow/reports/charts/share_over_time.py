"""Share over time: four weeks rolling with its range, faint weekly dots, and the target."""

from dataclasses import dataclass
from datetime import date

from outgrow.model.period import Period
from outgrow.model.share import Target, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekShare:
    """One week, by its Monday: its own share, and that of the four weeks up to it with its range.

    Shares are fractions, None where there was too little work. `audited` says whether an audit asked about the week.
    """

    monday: date
    own: float | None
    mean: float | None
    low: float | None
    high: float | None
    audited: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, in a few words."""

    day: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOverTime:
    """The share in every week of a period, in order, also where there is none.

    `waiting` counts weeks whose proposals are still to be computed.
    """

    period: Period
    target: Target
    unit: Unit
    weeks: tuple[WeekShare, ...]
    events: tuple[Event, ...] = ()
    waiting: int = 0
