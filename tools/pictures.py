"""Takes docs/pictures, one of each place, with the example person: ``.env/check/bin/python -m tools.pictures``.

The moment is fixed, so that the pictures are the same whenever they are taken (with the same browser and fonts).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from outgrow.workflows.demonstrate import open_example
from tools.browser import Served, open_browser, served
from tools.environment import ROOT, tell

FOLDER = ROOT / "docs" / "pictures"
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WIDTH = 1280
MOST_BYTES = 150_000


def _nothing(_page: Page) -> None:
    """Take the page as it comes."""


def _say_the_guess(page: Page) -> None:
    """Go on from the guess to the first card."""
    page.get_by_role("main").get_by_role("button").first.click()
    page.locator("[data-key=d]").wait_for()


@dataclass(frozen=True, slots=True)
class Picture:
    """What is taken: the path of the page, light or dark, and what is done on it before."""

    name: str
    path: str
    dark: bool = False
    before: Callable[[Page], None] = _nothing


PICTURES = (
    Picture("start", "/start"),
    Picture("verdict", "/example/"),
    Picture("verdict-dark", "/example/", dark=True),
    Picture("audit", "/example/audit?period=this+month", before=_say_the_guess),
    Picture("sort", "/example/sort"),
    Picture("sources", "/example/sources"),
    Picture("about", "/example/about"),
    Picture("settings", "/example/settings"),
)


def take(picture: Picture, browser: Browser, at: Served) -> Path:
    """Take one picture; return where it lies."""
    page = browser.new_page(
        viewport={"width": WIDTH, "height": 800},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page.goto(at.link())
    page.goto(at.address + picture.path)
    picture.before(page)
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path, full_page=True, animations="disabled")
    page.close()
    return path


@contextmanager
def _example() -> Iterator[Served]:
    """Serve the example person as she is at the fixed moment."""
    with TemporaryDirectory() as folder:
        with open_example(folder, lambda _what, _number: None, now=MOMENT):
            pass
        with served(Path(folder), lambda: MOMENT) as at:
            yield at


def main() -> None:
    """Take all pictures, and say of each how large it is."""
    os.environ["TZ"] = "UTC"
    FOLDER.mkdir(exist_ok=True)
    with _example() as at, open_browser() as browser:
        for picture in PICTURES:
            path = take(picture, browser, at)
            tell(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
