"""What every chart is made of: a title that says what it shows, its drawing, and the table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from outgrow.reports.charts.svg import element, words


@dataclass(frozen=True, slots=True)
class Table:
    """The values behind a chart, as said: the names of the columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `title` is a sentence with what it shows, `note` what has to be known to read it, `svg` is markup."""

    title: str
    svg: str
    table: Table
    note: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The width in pixels from which on a drawing is shown, and its name in the style sheet."""

    least: float
    class_: str


#: A chart is drawn for narrow and for wide places; `charts.css` shows the one that fits.
NARROW = Frame(300, "narrow")
WIDE = Frame(600, "wide")


def drawing(title: str, frame: Frame, height: float, parts: Sequence[str]) -> str:
    """Return a whole drawing: as wide as its place, `height` pixels high, told as one image with its title."""
    return element(
        "svg",
        element("title", words(title)),
        *parts,
        class_=f"drawing {frame.class_}",
        role="img",
        width="100%",
        height=height,
    )
