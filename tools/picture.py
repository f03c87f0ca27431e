"""Draws what `outgrow demo` prints as docs/verdict.svg: ``.env/check/bin/python -m tools.picture``."""

import re
import subprocess
import sys
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from tools.environment import ROOT

PAGE = ROOT / "docs" / "verdict.svg"
COMMAND = "outgrow demo"
WIDTH, LINE, MARGIN = 8.4, 19, 24
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" role="img" aria-label="{label}">
<rect width="100%" height="100%" rx="6" fill="#12161b"/>
<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e8ebef" xml:space="preserve">
"""


def picture(printed: str) -> str:
    """Return the lines as an SVG of a terminal; every line is as wide as its characters, whatever the font."""
    lines = [f"$ {COMMAND}", *printed.rstrip().splitlines()]
    width, height = 2 * MARGIN + WIDTH * max(map(len, lines)), 2 * MARGIN + LINE * len(lines)
    drawn = [_line(number, line) for number, line in enumerate(lines) if line.strip()]
    label = "A terminal with the verdict that outgrow demo prints"
    return HEAD.format(width=width, height=height, label=label) + "\n".join(drawn) + "\n</g>\n</svg>\n"


def _line(number: int, line: str) -> str:
    text = line.strip()
    left = MARGIN + WIDTH * (len(line) - len(line.lstrip()))
    top = MARGIN + LINE * number + 14
    return f'<text x="{left:.1f}" y="{top}" textLength="{WIDTH * len(text):.1f}">{_coloured(text)}</text>'


def _coloured(text: str) -> str:
    return re.sub("[━●]+", r'<tspan fill="#ffa65e">\g<0></tspan>', escape(text))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "outgrow", "--quiet", "--data", folder, "demo"]
        said = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    PAGE.write_text(picture(said.stdout), encoding="utf-8")
