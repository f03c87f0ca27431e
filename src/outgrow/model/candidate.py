"""A project that the person may take on: what they expect of it, the choice with its prediction, and what came."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outgrow.model.judgement import Reason
from outgrow.model.ladder import Expected


class Newness(StrEnum):
    """How new something about a project would be to the person."""

    SAME = "the same"
    PARTLY = "partly new"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What was foreseen on the day a project was chosen: its share of growth work, likely (4 in 5) `low` to `high`.

    `hours` are those it was to take.
    """

    on: date
    share: float
    low: float
    high: float
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a project, as it stood when the person looked back on it.

    `hours` and `items` are of its work; `share` is of growth work, from `low` to `high`, None where nothing told it;
    `own_word` says that the person told it. `gained` are the capabilities that came or came further, `evidence` counts
    pieces, `outgrown` are kinds of its work that were growth first and depth then.
    """

    on: date
    hours: float = 0.0
    items: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None
    own_word: bool = False
    gained: tuple[int, ...] = ()
    evidence: int = 0
    outgrown: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A project with its planned hours, and the person's answers.

    `grows` answers whether it would be new for them (None: cannot say), `reasons` say why; `capabilities` are those of
    the ledger (numbers) that it would bring further, `builds` new ones in words, `expectations` those of a ladder that
    it would leave evidence for. Its work is known by the words in `known_by`, or by its name. `chosen` is the
    prediction from the day it was chosen, `came` what came of it.
    """

    name: str
    hours: float
    about: str = ""
    first: date | None = None
    last: date | None = None
    grows: bool | None = None
    reasons: tuple[Reason, ...] = ()
    people: Newness = Newness.SAME
    area: Newness = Newness.SAME
    mode: Newness = Newness.SAME
    capabilities: tuple[int, ...] = ()
    builds: tuple[str, ...] = ()
    expectations: tuple[Expected, ...] = ()
    seen_by: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()
    chosen: Prediction | None = None
    came: Came | None = None

    @property
    def label(self) -> str:
        """What it is called."""
        return self.name
