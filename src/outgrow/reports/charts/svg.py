"""SVG as text: elements with escaped attributes and text, and how wide a text is at most."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from outgrow.reports.words import harmless

#: The size of a chart's text in pixels, which no width of the page changes.
TEXT = 12

_GAP = 12.0  # pixels between two labels
_NEAR = 0.5

_NAMES = {
    "class_": "class",
    "view_box": "viewBox",
    "preserve_aspect_ratio": "preserveAspectRatio",
    "pattern_units": "patternUnits",
}
_NARROW = frozenset("iljtfrI.,:;'|!()[] \N{NO-BREAK SPACE}")
_WIDE = frozenset("mwMW%@…")
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")


def element(name: str, *children: str, **attributes: str | float) -> str:
    """Return an element; `children` are markup already, the values of attributes are escaped here."""
    told = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{''.join(children)}</{name}>" if children else f"<{name}{told}/>"


def words(text: str) -> str:
    """Return text from anywhere as markup that holds it and does nothing else."""
    return escape(harmless(text).translate(_NO_CHARACTERS), quote=False)


def text(said: str, **attributes: str | float) -> str:
    """Return a text element."""
    return element("text", words(said), **attributes)


def _attribute(key: str) -> str:
    return _NAMES.get(key, key.replace("_", "-"))


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(harmless(value).translate(_NO_CHARACTERS))
    return number(value)


def hatch(name: str) -> str:
    """Define the hatched pattern of what is not known, for `fill="url(#hatch-name)"` within one page."""
    line = element("path", class_="hatch", d="M-2,2L2,-2M0,6L6,0M4,8L8,4")
    return element("pattern", line, id=f"hatch-{name}", width=6, height=6, pattern_units="userSpaceOnUse")


def number(value: float) -> str:
    """Say a coordinate with at most two decimals."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def percentage(fraction: float) -> str:
    """Say a fraction of the width as a coordinate."""
    return f"{number(100 * fraction)}%"


def text_width(said: str, size: float = TEXT) -> float:
    """Return how many pixels wide a text is at most in the usual system fonts."""
    return size * sum(map(_ems, harmless(said)))


@lru_cache(4096)
def _ems(char: str) -> float:
    if char in _NARROW:
        return 0.42
    if char in _WIDE or unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1.0
    return 0.75 if char.isupper() else 0.64


def shortened(said: str, most: float, size: float = TEXT) -> str:
    """Return a text that is at most so many pixels wide, cut with an ellipsis if need be."""
    said = harmless(said)
    if text_width(said, size) <= most:
        return said
    while said and text_width(said + "…", size) > most:
        said = said[:-1]
    return said.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Label:
    """A text that belongs to a place along a chart, `at` as a fraction of its width."""

    said: str
    at: float
    class_: str = "label"


def labels(those: Sequence[Label], least: float, y: float) -> list[str]:
    """Return labels as text elements in one row: each centred on its place as far as the chart and the others allow.

    What is clear of its neighbours and of the ends at the least width in pixels is so at every greater one.
    """
    return [_placed(label, start, least, y) for label, start in zip(those, spread(those, least), strict=True)]


def _placed(label: Label, start: float, least: float, y: float) -> str:
    wide = text_width(label.said)
    moved, anchor = start + wide / 2 - label.at * least, " middle"
    if start < _NEAR:
        moved, anchor = start - label.at * least, ""
    elif start + wide > least - _NEAR:
        moved, anchor = start + wide - label.at * least, " end"
    return text(label.said, class_=label.class_ + anchor, x=percentage(label.at), dx=moved, y=y)


def spread(those: Sequence[Label], least: float) -> list[float]:
    """Return where each label begins, in pixels, in a chart of the least width; they are kept from one another."""
    order = sorted(range(len(those)), key=lambda n: those[n].at)
    widths = [text_width(those[n].said) for n in order]
    starts = [those[n].at * least - wide / 2 for n, wide in zip(order, widths, strict=True)]
    edge = 0.0
    for place, wide in enumerate(widths):
        starts[place] = max(starts[place], edge)
        edge = starts[place] + wide + _GAP
    edge = least
    for place, wide in reversed(list(enumerate(widths))):
        starts[place] = min(starts[place], edge - wide)
        edge = starts[place] - _GAP
    return [start for _, start in sorted(zip(order, starts, strict=True))]
