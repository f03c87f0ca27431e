"""Takes docs/pictures, one of each place, with the example person: ``.env/check/bin/python -m tools.pictures``.

The moment is fixed, so that the pictures are the same whenever they are taken (with the same browser and fonts).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, FilePayload, FloatRect, Page, expect

from outgrow.workflows.demonstrate import open_example
from tools.browser import Served, open_browser, served
from tools.environment import ROOT, tell
from tools.palette import small

FOLDER = ROOT / "docs" / "pictures"
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WIDTH = 1280
#: The data lie in a temporary folder; the pictures name the usual one of Linux.
SHOWN_FOLDER = "~/.local/share/outgrow"
MOST_BYTES = 150_000
_WORKDAYS = 5
_DAY = (
    ("Weekly stock report", "09:00", "11:30"),
    ("Order desk", "12:30", "15:00"),
    ("Carrier contract: second round", "15:00", "16:30"),
)
#: The letters of most systems are closer to Inter than to those of a bare Linux; it is used where it is installed.
_DRESS = """([folder, shown]) => {
    document.body.style.fontFamily = "Inter, system-ui";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(folder, shown);
}"""


def _nothing(_page: Page) -> None:
    """Take the page as it comes."""


def _answer_some(page: Page) -> None:
    """Say the guess and answer cards until there is a range that narrows."""
    page.get_by_role("textbox", name="Your guess in percent").fill("25")
    page.get_by_role("button", name="Begin").click()
    for card, key in enumerate("dddddddgddd", 1):
        page.get_by_text(f"card {card} ").wait_for()
        page.keyboard.press(key)
    page.get_by_text("card 12 ").wait_for()


def _hand_over(page: Page) -> None:
    """Hand over a time sheet of eight weeks in which one row cannot be read."""
    days = [MOMENT.date() - timedelta(days=back) for back in range(56, 0, -1)]
    worked = [day for day in days if day.isoweekday() <= _WORKDAYS]
    rows = [f"{title},{day},{start},{end}" for day in worked for title, start, end in _DAY]
    rows[7] = rows[7].replace("2026-", "2026-31-")
    sheet = "\n".join(["Description,Start date,Start time,End time", *rows]).encode()
    page.set_input_files("#files", FilePayload(name="timesheet.csv", mimeType="text/csv", buffer=sheet))
    page.get_by_role("button", name="Look at them").click()
    page.get_by_role("button", name="Bring it in").wait_for()


def _open_first(within: str) -> Callable[[Page], None]:
    """Return how the first thing of a list is opened, by where its link stands."""

    def click(page: Page) -> None:
        page.locator(within).first.click()
        page.wait_for_load_state()
        expect(page.locator("[data-watch]")).to_have_count(0)

    return click


@dataclass(frozen=True, slots=True)
class Picture:
    """What is taken: of a page, light or dark, so much from its top, after something was done on it."""

    name: str
    path: str
    dark: bool = False
    height: int = 1200
    before: Callable[[Page], None] = _nothing


PICTURES = (
    Picture("start", "/start"),
    Picture("verdict", "/example/", height=2120),
    Picture("verdict-dark", "/example/", dark=True, height=2120),
    Picture("sort", "/example/sort"),
    Picture("ledger", "/example/ledger", height=1700),
    Picture("capability", "/example/ledger", before=_open_first("main a[href*='/ledger/']"), height=1900),
    Picture("next", "/example/next"),
    Picture("evidence", "/example/evidence"),
    Picture("review", "/example/review", height=1400),
    Picture("roles", "/example/roles", height=1000),
    Picture("packet", "/example/packet", before=_open_first(".drafts a"), height=1250),
    Picture("sources", "/example/sources"),
    Picture("about", "/example/about"),
    Picture("settings", "/example/settings"),
    Picture("bring-in", "/bring-in", before=_hand_over),
    Picture("audit", "/example/audit?period=2026-05&cards=28", before=_answer_some),  # last: it changes the others
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
    expect(page.locator("[data-watch]")).to_have_count(0)  # what it waits for has been computed
    picture.before(page)
    page.evaluate(_DRESS, [at.folder, SHOWN_FOLDER])
    tall = int(page.evaluate("() => document.documentElement.scrollHeight"))
    clip = FloatRect(x=0, y=0, width=WIDTH, height=min(tall, picture.height))
    png = page.screenshot(full_page=True, clip=clip, animations="disabled")
    page.goto("about:blank")
    path = FOLDER / f"{picture.name}.png"
    path.write_bytes(small(page, png))
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
