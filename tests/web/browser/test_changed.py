"""What is different, in a real browser: every state, light and dark, wide and narrow, without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]


@pytest.mark.parametrize("state", ["empty", "one", "small", "many", "hostile"])
def test_every_state(start: Start, window: Opening, state: str) -> None:
    at = start(state)
    for width, dark in ((1280, False), (390, True)):
        here = window(at, width=width, dark=dark)
        page = here.go("/changed")
        here.settle()
        expect(page.get_by_role("heading", level=1)).to_have_text("What is different?")
        here.inspect(f"changed-{state}")


def test_the_turn_of_the_example_is_named(start: Start, window: Opening) -> None:
    at = start("example")
    for width, dark in ((1280, False), (1280, True), (390, False)):
        here = window(at, width=width, dark=dark)
        page = here.go("/example/changed")
        here.settle()
        expect(page.locator(".sentences")).to_contain_text("Norvik")
        here.inspect("changed-example")
        page.get_by_role("link", name="One by one").click()
        expect(page.get_by_role("link", name="One by one")).to_have_attribute("aria-current", "true")
        here.inspect("changed-example-single")


def test_two_periods_are_chosen_without_a_script(start: Start, window: Opening) -> None:
    here = window(start("small"), scripts=False)
    here.expected = {400}
    page = here.go("/changed")
    page.get_by_role("textbox", name="Period").fill("last 3 months")
    page.get_by_role("textbox", name="Against").fill("last 2 months")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#wrong-against")).to_contain_text("before the later one begins")
    page.get_by_role("textbox", name="Against").fill("next year or so")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#wrong-against")).to_contain_text("is no period I know")
    expect(page.locator("input[name=period]")).to_have_value("last 3 months")
