"""What is held about the person, looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]


@pytest.mark.parametrize("state", ["empty", "audited", "hostile"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_is_told_and_looked_at(start: Start, window: Opening, state: str, dark: bool) -> None:
    at = start(state)
    for width in (1280, 390):
        opened = window(at, width=width, dark=dark)
        page = opened.go("/about")
        page.get_by_role("link", name="Look now").click()
        expect(page.locator(".checks li").first).to_contain_text("Database: well.")
        opened.inspect(f"about-{state}")


def test_guesses_stand_beside_the_answers(start: Start, window: Opening) -> None:
    page = window(start("audited")).go("/about")
    rows = page.locator("section[aria-labelledby=guesses] tbody tr")
    cards = sum(int(rows.nth(number).locator("td").first.inner_text()) for number in range(rows.count()))
    expect(page.get_by_text(f"{cards} cards")).to_be_visible()
    expect(page.get_by_text(f"{cards} answers", exact=True)).to_be_visible()
