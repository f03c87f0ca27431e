"""What shows that something was done: polished or rough, the person's word or somebody else's."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outgrow.model.ladder import Expected


class EvidenceKind(StrEnum):
    """What sort of evidence it is."""

    MY_WORD = "my word"
    ARTEFACT = "artefact"
    SOMEBODY = "somebody else's word"
    REPETITION = "repetition"


class Polish(StrEnum):
    """How finished the thing is; rough counts."""

    ROUGH = "rough"
    SOLID = "solid"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A copy of a file, kept under the SHA-256 of its bytes (hexadecimal); `size` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address, and what stood there in the person's words, since addresses die."""

    url: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was done: situation, action, result. The action alone is needed.

    `activities` and `capabilities` are numbers in the store, `expectations` those of a ladder that it speaks for.
    `suggestion` is the key of the suggestion it came from, empty where the person thought of it themselves.
    """

    action: str
    on: date
    situation: str = ""
    result: str = ""
    hours: float | None = None
    seen_by: tuple[str, ...] = ()
    polish: Polish = Polish.ROUGH
    kind: EvidenceKind = EvidenceKind.MY_WORD
    activities: tuple[int, ...] = ()
    capabilities: tuple[int, ...] = ()
    expectations: tuple[Expected, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[KeptFile, ...] = ()
    suggestion: str = ""

    @property
    def label(self) -> str:
        """What was done."""
        return self.action
