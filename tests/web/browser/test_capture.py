"""Work is noted from any page: in a dialog by keyboard, without scripts on a page of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]


def field(page: Page, name: str) -> str:
    return page.locator(f"#capture-form [name='{name}']").input_value()


def test_by_keyboard_alone_and_without_leaving_the_page(start: Start, window: Opening) -> None:
    opened = window(start("empty"))
    page = opened.go("/settings")
    page.locator("#role").fill("half typed")
    page.locator("h1").click()
    page.keyboard.press("c")
    page.keyboard.type("Ran the retrospective")
    page.keyboard.press("Tab")
    page.keyboard.type("1:30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(
        "1.5\N{NO-BREAK SPACE}h: Ran the retrospective. Undo takes it back."
    )
    expect(page.locator("#capture")).not_to_be_visible()
    assert page.url.endswith("/settings")
    assert page.locator("#role").input_value() == "half typed", "what was typed elsewhere is not lost"
    page.keyboard.press("c")
    assert field(page, "text") == "", "the form is empty again"
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back: the note Ran the retrospective")
    assert page.url.endswith("/settings")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_wrong_is_said_in_the_dialog(start: Start, window: Opening, width: int, dark: bool) -> None:
    opened = window(start("empty"), width=width, dark=dark)
    page = opened.go("/settings")
    opened.expected = {400}
    page.get_by_role("link", name="Capture").click()
    opened.inspect("capture-dialog")
    page.get_by_label("In a few words").fill("Budget round")
    page.get_by_label("Hours", exact=False).last.fill("soon")
    page.get_by_role("button", name="Note it").click()
    wrong = page.locator("#wrong-hours")
    expect(wrong).to_contain_text("no length of time")
    assert (field(page, "text"), field(page, "hours")) == ("Budget round", "soon")
    assert page.evaluate("() => document.activeElement.name") == "hours"
    assert page.url.endswith("/settings")
    expect(page.get_by_role("button", name="Close")).to_be_visible()
    opened.inspect("capture-wrong")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Budget round")


def test_without_scripts_it_is_a_page(start: Start, window: Opening) -> None:
    opened = window(start("empty"), scripts=False)
    page = opened.go("/settings")
    opened.expected = {400}
    page.get_by_role("link", name="Capture").click()
    page.locator("main [name=text]").fill("Budget round")
    page.locator("main [name=day]").fill("someday")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator("#wrong-day")).to_contain_text("no day I know")
    assert page.locator("main [name=text]").input_value() == "Budget round"
    page.locator("main [name=day]").fill("yesterday")
    page.get_by_role("button", name="Note it").click()
    assert page.url.endswith("/settings")
    expect(page.get_by_role("status")).to_contain_text("Budget round")
    page.get_by_role("button", name="Undo").click()
    assert page.url.endswith("/settings")
    expect(page.get_by_role("status")).to_contain_text("Taken back: the note Budget round")


def test_a_dialog_has_the_keys_to_itself(start: Start, window: Opening) -> None:
    opened = window(start("empty"))
    page = opened.go("/settings")
    page.get_by_role("link", name="Capture").press("Enter")
    page.locator("#capture [name=led]").focus()
    page.keyboard.press("u")
    page.keyboard.press("?")
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.locator("#capture")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#capture")).not_to_be_visible()
    assert page.evaluate("() => document.activeElement.textContent.trim()").startswith("Capture")
