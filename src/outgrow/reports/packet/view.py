"""What a packet says: evidence for one conversation, by letters that its claims point to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outgrow.analysis.readiness import RowState
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import EvidenceKind, Polish
from outgrow.model.share import Certainty, Unit
from outgrow.reports.words import full_date


class Hidden(StrEnum):
    """A sort of words that is blacked out."""

    PEOPLE = "names of people"
    PROJECTS = "names of projects"
    NUMBERS = "numbers"
    WORDS = "some words"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and how it is said; `on` is null where numbers are blacked out."""

    on: date | None
    said: str

    @classmethod
    def of(cls, on: date) -> "Day":
        """Return a day with its words."""
        return cls(on, full_date(on))

    def in_month(self, say: Callable[[str], str]) -> "Day":
        """Return it without its numbers, by the name of its month."""
        return Day(None, say(f"{self.on:%B}" if self.on else self.said))


@dataclass(frozen=True, slots=True)
class PacketLink:
    """An address and what stood there; the address is empty where any of it is blacked out."""

    url: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketEvidence:
    """A piece of evidence under its letter; `files` are the names of copies that the person keeps."""

    ref: str
    action: str
    day: Day
    situation: str
    result: str
    kind: EvidenceKind
    polish: Polish
    hours: float | None
    seen_by: tuple[str, ...]
    links: tuple[PacketLink, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketClaim:
    """A state that a capability has reached, and the letters of the evidence for it; without any it is `own_word`."""

    state: CapabilityState
    day: Day
    refs: tuple[str, ...]
    own_word: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketCapability:
    """A capability with its claims in rising order, and the letters of all evidence shown for it.

    `expectations` are those of the step it speaks for, `learnt` says what work it was gained in and for how long.
    """

    name: str
    claims: tuple[PacketClaim, ...]
    refs: tuple[str, ...]
    expectations: tuple[str, ...]
    learnt: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRow:
    """An expectation of the step, and the letters of the evidence shown for it; its state is by these alone.

    `no_chance` says why there was no chance yet, null where nothing was said of it.
    """

    text: str
    kind: str
    state: RowState
    refs: tuple[str, ...]
    no_chance: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketStep:
    """The step that the packet argues for; `now` is empty where all of the next level is shown."""

    ladder: str
    now: str
    next: str
    rows: tuple[PacketRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketShare:
    """The growth share of a period as a fraction with its 95 % credible interval.

    `drawn` says that an audit asked about this very period; `coverage` is the part of the usual hours that was seen,
    null where nothing measures time.
    """

    period: str
    mean: float
    low: float
    high: float
    certainty: Certainty
    unit: Unit
    answers: int
    drawn: bool
    coverage: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRole:
    """A role held when the period began or when it ended."""

    title: str
    level: str
    scope: str
    since: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketView:
    """A packet as it is handed over: all that is to be blacked out is.

    `earlier` is how many capabilities there were before the period, `by_now` how many at its end. `with_share` says
    whether the growth share was chosen: `share` may be null all the same, where too little is known. `hidden` are the
    sorts of words that are blacked out.
    """

    title: str
    audience: str
    opening: str
    period: str
    first: date | None
    last: date | None
    made: Day
    capabilities: tuple[PacketCapability, ...]
    evidence: tuple[PacketEvidence, ...]
    step: PacketStep | None
    with_share: bool
    share: PacketShare | None
    year_before: PacketShare | None
    earlier: int | None
    by_now: int | None
    role_then: PacketRole | None
    role_now: PacketRole | None
    hidden: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketLine:
    """A packet among others."""

    number: int
    title: str
    audience: str
    period: str
    capabilities: int
    evidence: int
