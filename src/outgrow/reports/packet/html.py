"""A packet as one HTML file: it carries its own style, runs no script and asks for nothing."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from outgrow.reports.charts.svg import element, words
from outgrow.reports.packet.blocks import Block, Box, Drawing, Grid, Heading, Items, Line, Paragraph, Run
from outgrow.reports.packet.paper import Paper
from outgrow.reports.words import together

_HEAD = (
    '<meta charset="utf-8">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    '<meta name="referrer" content="no-referrer">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_TURNING = {"R", "AL"}
#: Pages are numbered in a file of its own: in a browser's print they are numbered by that.
_NUMBERED = (
    '@page { @bottom-right { content: counter(page) " / " counter(pages); font: 9pt system-ui; color: #59626e; } }'
)


@cache
def sheet() -> str:
    """Return the style of the paper, on a screen and in print."""
    return Path(__file__).with_name("paper.css").read_text(encoding="utf-8")


def document(paper: Paper, *, size: str = "", numbered: bool = True) -> str:
    """Return the whole file; `size` is that of the paper, such as A4, where the reader's printer does not say it."""
    style = [sheet(), _NUMBERED if numbered else "", f"@page {{ size: {size}; }}" if size else ""]
    head = (_HEAD, element("title", words(paper.title)), element("style", "\n".join(style)))
    page = element("html", element("head", *head), element("body", body(paper)), lang="en")
    return f"<!doctype html>\n{page}\n"


def body(paper: Paper) -> str:
    """Return the paper itself, which the page with its preview shows, too."""
    return element("article", *map(_block, paper.blocks), class_="paper")


def _block(block: Block) -> str:
    match block:
        case Heading():
            return element(f"h{block.level}", _line(block.line))
        case Paragraph():
            return _paragraph(block)
        case Items():
            return element("ul", *(element("li", _line(each)) for each in block.lines))
        case Grid():
            return _grid(block)
        case Drawing():
            return element("div", block.svg, class_="chart") if block.svg else ""
        case Box():
            look = f"box {block.kind} whole" if block.whole else f"box {block.kind}"
            return element("section", *map(_block, block.blocks), class_=look)


def _paragraph(paragraph: Paragraph) -> str:
    named = {"class_": paragraph.role} if paragraph.role else {}
    if paragraph.ref:
        named["id"] = _anchor(paragraph.ref)
    return element("p", _line(paragraph.line), **named)


def _grid(grid: Grid) -> str:
    head = element("tr", *(element("th", words(name), scope="col") for name in grid.columns))
    rows = [element("tr", *(element("td", _line(cell)) for cell in row)) for row in grid.rows]
    return element("table", element("thead", head), element("tbody", *rows))


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    said = words(together(run.said))
    if any(unicodedata.bidirectional(char) in _TURNING for char in run.said):
        said = element("bdi", said)
    if run.to:
        return element("a", said, href=f"#{_anchor(run.to)}")
    if _WEB.match(run.url):
        return element("a", said, href=run.url, rel="noopener noreferrer", class_="out")
    return element("strong", said) if run.strong else said


def _anchor(ref: str) -> str:
    return f"evidence-{ref}"
