"""The page on `--json` is current and knows every document that a command prints."""

import re
from pathlib import Path

from tools import json_shapes

SOURCE = Path(__file__).parents[2] / "src" / "outgrow"


def test_the_page_is_current() -> None:
    assert json_shapes.PAGE.read_text(encoding="utf-8") == json_shapes.page()


def test_every_document_has_its_shape() -> None:
    printed = {
        name for path in SOURCE.rglob("*.py") for name in re.findall(r'machine\.document\("([\w ]+)"', path.read_text())
    }
    assert printed == set(json_shapes.SHAPES)
