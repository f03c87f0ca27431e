"""The colours: enough contrast for text and for what is drawn, in light and dark, and no colour beside the tokens.

Contrast is that of WCAG 2.2 (relative luminance of sRGB). It is computed here because tools that look at pages do not
look inside drawings.
"""

import itertools
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "outgrow" / "web" / "static"
SHEETS = sorted(STATIC.glob("*.css"))
LEAST_FOR_TEXT, LEAST_FOR_GRAPHICS = 4.5, 3.0
GROUNDS = ("background", "surface")
TEXT = (
    *itertools.product(("ink", "muted", "depth", "growth"), GROUNDS),
    *itertools.product(("ink", "muted", "growth"), ("growth-fill",)),  # words of a chart may cross the band
    ("on-growth", "growth"),
    ("background", "ink"),  # the first button of a page
    ("surface", "depth"),  # an answer while it is pressed
)
GRAPHICS = (
    *itertools.product(("control", "depth", "depth-fill", "growth", "unsorted", "focus"), GROUNDS),
    ("growth", "growth-fill"),  # the line on its band
)
DECORATION = {"line", "growth-fill"}  # hairlines, and the band whose edges are lines of the growth colour
WORDS = r"\b(?:white|black|red|green|gr[ae]y)\b(?!-)"
NAMED = re.compile(rf"#[0-9a-f]{{3,8}}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch|color)a?\(|{WORDS}")


def declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of each block of tokens.css, by the selector of the block."""
    text = (STATIC / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"(:root[^{]*)\{([^{}]*)\}", text)
    return {selector.strip(): found for selector, block in blocks if (found := declared(block))}


LIGHT, DARK_BY_SYSTEM, DARK_BY_CHOICE = (
    themes()[selector] for selector in (":root", ':root:not([data-theme="light"])', ':root[data-theme="dark"]')
)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_dark_is_the_same_whoever_asks_for_it() -> None:
    assert DARK_BY_SYSTEM == DARK_BY_CHOICE
    assert LIGHT.keys() == DARK_BY_CHOICE.keys()


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT, ids="-on-".join)
def test_text_can_be_read(theme: dict[str, str], pair: tuple[str, str]) -> None:
    assert contrast(*(theme[name] for name in pair)) >= LEAST_FOR_TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK_BY_CHOICE], ids=["light", "dark"])
@pytest.mark.parametrize("pair", GRAPHICS, ids="-on-".join)
def test_what_is_drawn_can_be_seen(theme: dict[str, str], pair: tuple[str, str]) -> None:
    assert contrast(*(theme[name] for name in pair)) >= LEAST_FOR_GRAPHICS


def test_every_colour_has_its_place_in_these_tests() -> None:
    assert {name for pair in (*TEXT, *GRAPHICS) for name in pair} | DECORATION == LIGHT.keys()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_only_what_has_the_contrast_for_it_colours_text(sheet: Path) -> None:
    used = set(re.findall(r"(?<![a-z-])color:\s*var\(--([a-z-]+)\)", sheet.read_text(encoding="utf-8")))
    assert used <= {name for name, _ in TEXT}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_no_colour_stands_beside_the_tokens(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert set(re.findall(r"var\(--([a-z0-9-]+)", text)) <= set(re.findall(r"--([a-z0-9-]+):", _tokens()))
    if sheet.stem != "tokens":
        assert NAMED.findall(text) == []


def _tokens() -> str:
    return (STATIC / "tokens.css").read_text(encoding="utf-8")
