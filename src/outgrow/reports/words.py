"""Text fit for a terminal: outside text made harmless, numbers and plurals said the same way everywhere."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from outgrow.model.judgement import Value

_SIGNED = re.compile(r"(?<=\d) (?=%|h\b)")
_RANGE = re.compile(r"(?<=\d)\N{EN DASH}(?=\d)")
_HIDDEN = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WITHOUT_WIDTH = str.maketrans("", "", "\u200b\ufeff")  # left behind by editors: they are seen as nothing


def harmless(text: str) -> str:
    """Replace what could steer a terminal or turn the reading direction; line breaks and tabs become spaces.

    Spaces without width are dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    seen = text.translate(_WITHOUT_WIDTH)
    return "".join(" " if char in "\t\r\n" else "\ufffd" if _is_hidden(char) else char for char in seen)


def _is_hidden(char: str) -> bool:
    return char in _HIDDEN or unicodedata.category(char) in {"Cc", "Cs"}


def width(text: str) -> int:
    """Return how many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def fit(text: str, cells: int) -> str:
    """Return the harmless text, cut with an ellipsis if need be and padded to exactly `cells`."""
    text = harmless(text)
    if width(text) > cells:
        while text and width(text) > cells - 1:
            text = text[: -max(1, (width(text) - cells) // 2)]
        text += "…"
    return text + " " * (cells - width(text))


def columns(rows: Sequence[Sequence[str]], *, most: int, right: frozenset[int] = frozenset()) -> list[str]:
    """Lay rows out in columns, two cells apart, the first one cut so that no line is over `most` cells."""
    if not rows:
        return []
    widths = [max(width(harmless(row[at])) for row in rows) for at in range(len(rows[0]))]
    widths[0] = min(widths[0], max(12, most - sum(widths[1:]) - 2 * (len(widths) - 1)))
    return [
        "  ".join(
            " " * (cells - width(harmless(cell))) + harmless(cell) if at in right else fit(cell, cells)
            for at, (cell, cells) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def percent(fraction: float) -> str:
    """Say a fraction in whole percent."""
    return f"{100 * fraction:.0f} %"


def percent_range(low: float, high: float) -> str:
    """Say two fractions as a range in whole percent."""
    first, last = f"{100 * low:.0f}", f"{100 * high:.0f}"
    return f"{first} %" if first == last else f"{first}\N{EN DASH}{last} %"


def hours(amount: float) -> str:
    """Say hours: whole from ten on, with one decimal below."""
    return f"{amount:,.0f} h" if amount >= 9.95 else f"{amount:.1f} h"  # noqa: PLR2004 - would round up to ten


def together(said: str) -> str:
    """Keep each number and its sign, and both ends of a range, on one line where lines break by themselves."""
    return _RANGE.sub("\N{EN DASH}\N{WORD JOINER}", _SIGNED.sub("\N{NO-BREAK SPACE}", said))


def answers(own: int, every: int) -> str:
    """Say how many answers there are: those of an audit itself, and beside them those given before it."""
    if own == every or not own:
        return count(every, "answer")
    return f"{count(own, 'answer')} here, {every - own:,} from before"


def said_of(value: Value) -> str:
    """Say an answer to a kind of work."""
    return "not work" if value is Value.OUTSIDE else value.value


def count(number: int, one: str, many: str = "") -> str:
    """Say how many, with the right plural."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def full_date(day: date) -> str:
    """Return a day as it is said: 26 August 2026."""
    return f"{day.day} {day:%B} {day.year}"
