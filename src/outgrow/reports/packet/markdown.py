"""A packet as Markdown: whatever its texts hold, they are text."""

import re
from collections.abc import Iterator

from outgrow.reports.packet.blocks import Block, Box, Drawing, Grid, Heading, Items, Line, Paragraph, Run
from outgrow.reports.packet.paper import Paper
from outgrow.reports.words import harmless

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&!$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_OPENING = re.compile(r"^([ ]*)(?:([-+=])|(\d+)([.)]))")
_WEB = re.compile(r"https?://[^\s<>()\\]+", re.IGNORECASE)


def document(paper: Paper) -> str:
    """Return the whole text."""
    return "\n\n".join(part for block in paper.blocks for part in _block(block)) + "\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    said = " ".join(harmless(text).split())
    return _OPENING.sub(_opening, _MARKS.sub(r"\\\g<0>", said))


def _opening(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_line(block.line)}"
        case Paragraph():
            yield _line(block.line)
        case Items():
            yield "\n".join(f"- {_line(each)}" for each in block.lines)
        case Grid():
            yield _grid(block)
        case Drawing():
            return  # the words beside it say it all
        case Box():
            for each in block.blocks:
                yield from _block(each)


def _grid(grid: Grid) -> str:
    rows = [grid.columns, ["---"] * len(grid.columns), *([_line(cell) for cell in row] for row in grid.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _line(line: Line) -> str:
    return "".join(map(_run, line)).strip()


def _run(run: Run) -> str:
    space = " " if run.said[:1].isspace() else ""
    end = " " if run.said[-1:].isspace() else ""
    said = escaped(run.said)
    if _WEB.fullmatch(run.url) and run.url.isprintable():
        said = f"<{run.url}>" if run.said == run.url else f"[{said}](<{run.url}>)"
    elif run.strong and said:
        said = f"**{said}**"
    return f"{space}{said}{end}" if said else space
