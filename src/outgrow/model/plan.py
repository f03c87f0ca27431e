"""What the person means to change: work they let go of, and small experiments they take on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """How work is let go of, the gentlest first."""

    EIGHTY = "do at 80 %"
    AUTOMATE = "automate"
    HAND_OVER = "hand over"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A workstream (its id) the person lets go of in some way from a day on; `to` is who takes it, if anybody does.

    As it was on that day: `hours` a week it took, `frees` of them the way was to free, `name` what it was called.
    """

    workstream: str
    name: str
    way: Way
    since: date
    hours: float
    frees: float
    to: str = ""

    @property
    def label(self) -> str:
        """What is let go of, and how."""
        return f"{self.name}: {self.way}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNotSlip:
    """A workstream (its id) that may be done by somebody or something else, and is never done less well."""

    workstream: str
    name: str

    @property
    def label(self) -> str:
        """What it is called."""
        return self.name


class Challenge(StrEnum):
    """What makes work develop who does it, as research on developmental jobs names it (docs/opportunities.md)."""

    UNFAMILIAR = "unfamiliar responsibilities"
    CHANGE = "creating change"
    STAKES = "high stakes"
    BOUNDARIES = "working across boundaries"
    INFLUENCE = "influence without authority"
    DIVERSITY = "diversity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A small thing to try: `kind` of expectation, first step of a quarter of an hour, hours in all, whom to ask.

    `leaves` is the evidence there is afterwards, `months` (1 to 12) when it fits best, `meeting` the words of a meeting
    it can be done in; all three empty where nothing is known.
    """

    id: str
    title: str
    kind: str
    challenge: Challenge | None = None
    first_step: str = ""
    hours: float = 1.0
    ask: str = ""
    leaves: str = ""
    months: tuple[int, ...] = ()
    meeting: tuple[str, ...] = ()


class OpportunityState(StrEnum):
    """How far an experiment has come."""

    OWN = "own idea"
    PLANNED = "planned"
    TRIED = "tried"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """An experiment the person has added, planned, tried or done, and the day they said so.

    `block` is the number of the time planned for it, `evidence` that of the evidence it left.
    """

    experiment: Experiment
    state: OpportunityState
    on: date
    block: int | None = None
    evidence: int | None = None

    @property
    def label(self) -> str:
        """What it is."""
        return self.experiment.title
