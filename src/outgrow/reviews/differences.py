"""What differs between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby


class Side(StrEnum):
    """Where a piece of text stands."""

    BOTH = "both"
    THEN = "then"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row with the space that follows them, and where they stand."""

    side: Side
    text: str


def differences(then: str, now: str) -> tuple[Piece, ...]:
    """Return the pieces of two texts in reading order; those of one side alone give that text back."""
    pieces = (each for each in _pieces(re.findall(r"\S+\s*|\s+", then), re.findall(r"\S+\s*|\s+", now)) if each.text)
    return tuple(Piece(side, "".join(each.text for each in some)) for side, some in groupby(pieces, lambda it: it.side))


def _pieces(then: list[str], now: list[str]) -> Iterator[Piece]:
    for tag, i, i_end, j, j_end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Side.BOTH, "".join(then[i:i_end]))
        else:
            yield Piece(Side.THEN, "".join(then[i:i_end]))
            yield Piece(Side.NOW, "".join(now[j:j_end]))
