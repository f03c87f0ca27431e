"""What was offered to the person and turned down: it is not offered again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedDown:
    """`key` names what was offered, such as a suggestion, for good; `reason` and `label` are in words."""

    key: str
    label: str
    reason: str = ""
