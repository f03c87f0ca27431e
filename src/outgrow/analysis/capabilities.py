"""The capabilities as they stand: each with what was merged into it and with all the evidence for it.

Merging and superseding only note where a capability went, so that nothing of it is lost and each can be undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.ladder import Expected

#: So many pieces of evidence show that something was done several times; one of the kind "repetition" does alone.
SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One capability of the ledger.

    `reached` has its own states and those of the capabilities merged into it (`parts`, their numbers), by day.
    `evidence` has the numbers of all evidence for it, the newest first, `workstreams` the outgrown ones of its gain.
    `superseded_by` is the number of the entry that took its place; None where none did, or that one was withdrawn.
    `expectations` are those that it or a part of it speaks for.
    """

    number: int
    name: str
    reached: tuple[Reached, ...]
    evidence: tuple[int, ...]
    workstreams: tuple[str, ...]
    parts: tuple[int, ...]
    superseded_by: int | None
    expectations: tuple[Expected, ...]

    @property
    def state(self) -> CapabilityState:
        """The highest state it has reached."""
        return max((each.state for each in self.reached), key=lambda state: state.rank)

    @property
    def firsts(self) -> tuple[tuple[CapabilityState, date], ...]:
        """The states it has reached in rising order, each with its first day."""
        found = ((state, [each.on for each in self.reached if each.state is state]) for state in CapabilityState)
        return tuple((state, min(days)) for state, days in found if days)


def root(number: int, capabilities: Mapping[int, Capability]) -> int:
    """Return the number of the capability that one is shown with: itself, or where it was merged in the end."""
    while number in capabilities and (into := capabilities[number].merged_into) is not None:
        number = into
    return number


def entries(capabilities: Mapping[int, Capability], evidence: Mapping[int, Evidence]) -> dict[int, Entry]:
    """Return the entries by number, in the order they were first told of.

    What was merged into a capability that was withdrawn since is gone with it, and comes back with it.
    """
    parts: dict[int, list[int]] = {}
    for number in capabilities:
        parts.setdefault(root(number, capabilities), []).append(number)
    speaking = _evidence_for(capabilities, evidence)
    return {
        number: _entry(
            number, [each for each in parts[number] if each != number], capabilities, speaking.get(number, {})
        )
        for number in capabilities
        if number in parts
    }


def _evidence_for(
    capabilities: Mapping[int, Capability], evidence: Mapping[int, Evidence]
) -> dict[int, dict[int, Evidence]]:
    """Return the evidence for each entry: that which names a capability, and that which one of its states rests on."""
    found: dict[int, dict[int, Evidence]] = {}
    for number, each in evidence.items():
        for capability in each.capabilities:
            found.setdefault(root(capability, capabilities), {})[number] = each
    for number, made in capabilities.items():
        for named in {each for reached in made.reached for each in reached.evidence} & evidence.keys():
            found.setdefault(root(number, capabilities), {})[named] = evidence[named]
    return found


def _entry(
    number: int, parts: list[int], capabilities: Mapping[int, Capability], evidence: Mapping[int, Evidence]
) -> Entry:
    whole = [capabilities[each] for each in (number, *parts)]
    taken = whole[0].superseded_by
    successor = None if taken is None else root(taken, capabilities)
    reached = [reached for each in whole for reached in each.reached]
    return Entry(
        number=number,
        name=whole[0].name,
        reached=tuple(sorted(reached, key=lambda each: (each.on, each.state.rank))),
        evidence=tuple(sorted(evidence, key=lambda each: (evidence[each].on, each), reverse=True)),
        workstreams=tuple(dict.fromkeys(each.workstream for each in whole if each.workstream)),
        parts=tuple(parts),
        superseded_by=successor if successor in capabilities and successor != number else None,
        expectations=tuple(dict.fromkeys(each for made in whole for each in made.expectations)),
    )


def missing(state: CapabilityState, kinds: list[EvidenceKind]) -> int:
    """Return how many more pieces of evidence a state needs beside those of some kinds.

    Claimed needs none, shown and taught one, repeated several or one of the kind "repetition".
    """
    if state is CapabilityState.CLAIMED:
        return 0
    repeated = state is CapabilityState.REPEATED and EvidenceKind.REPETITION not in kinds
    return max(0, (SEVERAL if repeated else 1) - len(kinds))
