"""What a packet is made of, whatever format it is written in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

#: Says a text otherwise, such as blacked out.
Say: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words; `to` is the letter of the evidence they lead to, `url` an address."""

    said: str
    to: str = ""
    url: str = ""
    strong: bool = False

    def over(self, say: Say) -> "Run":
        """Return it with its words said otherwise."""
        return replace(self, said=say(self.said))


Line: TypeAlias = tuple[Run, ...]


def _over(line: Line, say: Say) -> Line:
    return tuple(run.over(say) for run in line)


def line(*parts: str | Run) -> Line:
    """Return a line of words and runs."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` from 1."""

    level: int
    line: Line

    def over(self, say: Say) -> "Heading":
        """Return it with its words said otherwise."""
        return replace(self, line=_over(self.line, say))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `role` is how it looks: lead, meta, state, or nothing. `ref` is the letter that leads to it."""

    line: Line
    role: str = ""
    ref: str = ""

    def over(self, say: Say) -> "Paragraph":
        """Return it with its words said otherwise."""
        return replace(self, line=_over(self.line, say))


@dataclass(frozen=True, slots=True)
class Items:
    """Lines one under the other."""

    lines: tuple[Line, ...]

    def over(self, say: Say) -> "Items":
        """Return it with its words said otherwise."""
        return Items(tuple(_over(each, say) for each in self.lines))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the names of its columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]

    def over(self, say: Say) -> "Grid":
        """Return it with its words said otherwise."""
        rows = tuple(tuple(_over(cell, say) for cell in row) for row in self.rows)
        return Grid(tuple(map(say, self.columns)), rows)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG: what it shows is said beside it in words as well."""

    svg: str

    def over(self, _say: Say) -> "Drawing":
        """Return it as it is: its markup is blacked out when it is drawn."""
        return self


Block: TypeAlias = "Heading | Paragraph | Items | Grid | Drawing | Box"


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks that stand together; `kind` is how they look. `whole` keeps them on one page."""

    kind: str
    blocks: tuple[Block, ...]
    whole: bool = True

    def over(self, say: Say) -> "Box":
        """Return it with its words said otherwise."""
        return replace(self, blocks=tuple(each.over(say) for each in self.blocks))


def separated(parts: Sequence[Run], between: str = ", ") -> Iterator[Run]:
    """Yield runs with words between them."""
    for place, part in enumerate(parts):
        if place:
            yield Run(between)
        yield part
