"""What the person can do that they could not do before, in their own words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outgrow.model.ladder import Expected


class CapabilityState(StrEnum):
    """How far a capability has come, in rising order."""

    CLAIMED = "claimed"
    SHOWN = "shown"
    REPEATED = "repeated"
    TAUGHT = "taught"

    @property
    def rank(self) -> int:
        """Its place in that order, from 0."""
        return list(type(self)).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A state of a capability, the day it was reached, and the numbers of the evidence for it."""

    state: CapabilityState
    on: date
    evidence: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """Something the person can do. Never deleted: another may take its place, or take it in.

    `reached` has every state there was, in the order said. `workstream` is the outgrown workstream it was gained in,
    empty where there was none. `superseded_by` is the number of the capability that took its place; `merged_into` that
    of the one whose states and evidence now include its own. `expectations` are those of a ladder that it speaks for:
    then its evidence counts for them, too.
    """

    name: str
    reached: tuple[Reached, ...]
    workstream: str = ""
    superseded_by: int | None = None
    merged_into: int | None = None
    expectations: tuple[Expected, ...] = ()

    @property
    def state(self) -> CapabilityState:
        """The highest state it has reached."""
        return max((each.state for each in self.reached), key=lambda state: state.rank)

    @property
    def label(self) -> str:
        """What it is called."""
        return self.name
