"""The pages have the pictures that the script takes, small, and each is shown somewhere."""

import re
import struct
from pathlib import Path

import pytest

from tools.pictures import FOLDER, MOST_BYTES, PICTURES, WIDTH

ROOT = Path(__file__).parents[2]
PATHS = [FOLDER / f"{picture.name}.png" for picture in PICTURES]


def test_there_are_those_pictures_and_no_others() -> None:
    assert set(FOLDER.iterdir()) == set(PATHS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_picture_is_small_and_as_wide_as_a_window(path: Path) -> None:
    head = path.read_bytes()[:24]
    assert path.stat().st_size <= MOST_BYTES
    assert struct.unpack(">I", head[16:20]) == (WIDTH,)


def test_every_picture_is_shown_and_described() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *ROOT.glob("docs/*.md")])
    shown = re.findall(r"!\[([^\]]+)\]\((?:docs/)?pictures/([\w-]+)\.png\)", text)
    assert {name for said, name in shown if said.strip()} == {picture.name for picture in PICTURES}
