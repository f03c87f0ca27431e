"""Activities that are the same kind of work: what a person judges."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workstream:
    """One kind of work. `keys` are the topics (series or normalised titles) in it, in order of first use."""

    id: str
    name: str
    keys: tuple[str, ...] = ()
