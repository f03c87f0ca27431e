"""Lines of a text file, however long, broken or oddly encoded they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from outgrow.importers.contract import Unreadable

#: Bytes of a line beyond which it is cut: what no person writes.
LONGEST = 20_000

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, from 1 on, without its end; `cut` if it is longer than what is kept of it."""

    number: int
    text: str
    cut: bool = False


def lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a text file. Never more than one of them is held."""
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST):
            number += 1
            if number == 1:
                raw = _without_mark(raw)
            cut = not raw.endswith(b"\n") and len(raw) >= LONGEST
            yield Line(number, _decoded(raw), cut)
            while cut and (rest := file.readline(LONGEST)) and not rest.endswith(b"\n"):
                continue


def _without_mark(raw: bytes) -> bytes:
    if raw.startswith(_UTF16_MARKS):
        reason = "the text is in UTF-16"
        raise Unreadable(reason, "Save it as UTF-8 and import it again.")
    return raw.removeprefix(_UTF8_MARK)


def _decoded(raw: bytes) -> str:
    """Read a line as UTF-8, or as the old Windows encoding, which has a character for nearly every byte."""
    raw = raw.rstrip(b"\r\n").replace(b"\0", b"")
    try:
        return raw.decode()
    except UnicodeDecodeError as fault:
        cut_in_a_character = fault.start >= len(raw) - 3 and len(raw) >= LONGEST - 2
        return raw.decode("utf-8" if cut_in_a_character else "cp1252", "replace")
