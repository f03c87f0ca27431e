"""Returns: what projects or workstreams took, and what capabilities and evidence came of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Yield(StrEnum):
    """What came of a project or workstream: a capability, evidence without one, or neither."""

    CAPABILITY = "capability"
    EVIDENCE = "evidence"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Hours and activities that went into something (its key), and the numbers of what came out."""

    key: str
    hours: float
    items: int
    capabilities: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()

    @property
    def gave(self) -> Yield:
        """What came of it."""
        if self.capabilities:
            return Yield.CAPABILITY
        return Yield.EVIDENCE if self.evidence else Yield.NEITHER


def returns(
    spent: Iterable[tuple[str, float, int]],
    capabilities: Mapping[int, Collection[str]],
    evidence: Mapping[int, Collection[str]],
) -> list[Return]:
    """Return what went into each key and came out of it, the most hours first, then the most activities.

    `spent` are keys with hours and activities, a key perhaps more than once; capabilities and evidence are told by
    number with the keys they came of, of which those that nothing was spent on are left out.
    """
    hours: dict[str, float] = {}
    items: dict[str, int] = {}
    for key, time, number in spent:
        hours[key] = hours.get(key, 0.0) + time
        items[key] = items.get(key, 0) + number
    gained, shown = _by_key(capabilities), _by_key(evidence)
    found = [
        Return(
            key=key,
            hours=hours[key],
            items=items[key],
            capabilities=tuple(gained.get(key, ())),
            evidence=tuple(shown.get(key, ())),
        )
        for key in hours
    ]
    return sorted(found, key=lambda each: (-each.hours, -each.items, each.key))


def unplaced(gained: Mapping[int, Collection[str]], found: Sequence[Return]) -> tuple[int, ...]:
    """Return the numbers of what came of nothing that anything was spent on."""
    known = {each.key for each in found}
    return tuple(number for number, keys in sorted(gained.items()) if known.isdisjoint(keys))


def _by_key(gained: Mapping[int, Collection[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, keys in sorted(gained.items()):
        for key in keys:
            found.setdefault(key, []).append(number)
    return found
