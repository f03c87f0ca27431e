"""What was offered to the person and turned down: it is not offered again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedDown:
    """`key` names what was offered, such as a suggestion, for good; `reason` and `label` are in words.

    `measure` is the main number of a trap that was dismissed: it is told again when that has grown much.
    """

    key: str
    label: str
    reason: str = ""
    measure: float | None = None
