"""A packet as text for a terminal."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from outgrow.reports.packet.blocks import Block, Box, Drawing, Grid, Heading, Items, Line, Paragraph
from outgrow.reports.packet.paper import Paper
from outgrow.reports.packet.view import PacketLine
from outgrow.reports.words import columns, harmless

_WIDTH = 78
_NONE = 'No packets yet. Begin one with: outgrow packet new --audience "Whom you talk to" --period 2026-Q3'


def render(paper: Paper) -> str:
    """Return the whole text."""
    return "\n".join(told for block in paper.blocks for told in _block(block, "")).strip("\n")


def render_list(lines: Sequence[PacketLine]) -> str:
    """Return one line for each packet."""
    if not lines:
        return _NONE
    rows = [("packet", "for", "period", "capabilities", "evidence", "no.")]
    rows += [
        (each.title, each.audience, each.period, f"{each.capabilities}", f"{each.evidence}", f"{each.number}")
        for each in lines
    ]
    return "\n".join(columns(rows, most=100, right=frozenset({3, 4, 5})))


def _block(block: Block, indent: str) -> Iterator[str]:
    match block:
        case Heading():
            yield from _heading(block, indent)
        case Paragraph():
            yield from _wrapped(block.line, indent, indent)
        case Items():
            for each in block.lines:
                yield from _wrapped(each, f"{indent}- ", f"{indent}  ")
        case Grid():
            yield from _grid(block, indent)
        case Drawing():
            return  # the words beside it say it all
        case Box():
            yield from _box(block, indent)


def _heading(heading: Heading, indent: str) -> Iterator[str]:
    yield ""
    yield from _wrapped(heading.line, indent, indent)
    if heading.level == 1:
        yield "=" * min(_WIDTH, len(_said(heading.line)))


def _box(box: Box, indent: str) -> Iterator[str]:
    if box.kind == "evidence":
        yield ""
    inner = f"{indent}  " if box.kind == "evidence" else indent
    for each in box.blocks:
        yield from _block(each, inner)


def _grid(grid: Grid, indent: str) -> Iterator[str]:
    for row in grid.rows:
        first, *rest = (_said(cell) for cell in row)
        yield from wrap(first, _WIDTH, initial_indent=f"{indent}- ", subsequent_indent=f"{indent}  ")
        yield f"{indent}  {', '.join(filter(None, rest))}"


def _wrapped(line: Line, first: str, then: str) -> list[str]:
    return wrap(_said(line), _WIDTH, initial_indent=first, subsequent_indent=then)


def _said(line: Line) -> str:
    return harmless("".join(run.said for run in line))
