"""What Mira's ledger, career and reviews are made of. Months count from the first; so nothing hangs on the calendar."""

from dataclasses import dataclass

from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import EvidenceKind, Polish
from outgrow.model.review import Outcome

#: The month in which she begins to look back at her work; she knows of earlier ones from her calendar.
BEGINS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A piece of evidence by a name of ours: what she did, in work whose titles hold the words `of` in some months.

    `asked` are ids of expectations of the built-in ladder that it speaks for, `link` an address with what stood there,
    `file` the name and the text of a file.
    """

    name: str
    of: str
    months: tuple[int, int]
    action: str
    situation: str = ""
    result: str = ""
    seen_by: tuple[str, ...] = ()
    polish: Polish = Polish.ROUGH
    kind: EvidenceKind = EvidenceKind.MY_WORD
    asked: tuple[str, ...] = ()
    link: tuple[str, str] | None = None
    file: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Able:
    """Something she can do: claimed with the first evidence for it, and its further states with the names of that.

    `outgrown` are the words of the outgrown work it was gained in, `instead_of` the name of what it takes the place of,
    `asked` are ids of the expectations that it speaks for.
    """

    name: str
    states: tuple[tuple[CapabilityState, tuple[str, ...]], ...]
    outgrown: str = ""
    instead_of: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastered:
    """Work whose titles hold some words that was growth, with a discomfort from each of some months on; then depth.

    `name` is what she calls it, where that is not what it came with.
    """

    of: str
    name: str = ""
    growth: tuple[tuple[int, int], ...]
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What she means to do, and what became of it by the next review; None where she has not said yet."""

    text: str
    outcome: Outcome | None = None
    note: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """What she says in a review: by step in her words, and what she means to do then.

    `planned` is the title, the weekday and the time of growth work ahead, `gaps` are ids of expectations to go for,
    `grown` is a capability with the state it has come to and what shows it.
    """

    words: tuple[tuple[str, str], ...] = ()
    felt: int | None = None
    meant: Meant | None = None
    planned: tuple[str, str, str] | None = None
    gaps: tuple[str, ...] = ()
    grown: tuple[str, CapabilityState, str] | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A role with the months of its first and last day; None while she holds it. Duties are one a line.

    In them, {month} of a number such as {17} is that month.
    """

    title: str
    level: str
    scope: str
    first: int
    last: int | None
    duties: str
