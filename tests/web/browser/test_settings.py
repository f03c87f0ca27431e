"""Settings by eye and keyboard: what is kept shows at once, what is wrong stays where it was typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]


def test_a_theme_is_worn_at_once_and_taken_off_by_undo(start: Start, window: Opening) -> None:
    opened = window(start("empty"))
    page = opened.go("/settings")
    before = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Dark").check()
    page.locator("#keep-theme").click()
    expect(page.get_by_role("status")).to_contain_text("Kept. Theme: dark.")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != before
    assert page.evaluate("() => document.activeElement.id") == "keep-theme", "the focus stays"
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back: the setting theme: dark")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == before


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_wrong_is_said_beside_the_field(start: Start, window: Opening, width: int, dark: bool) -> None:
    opened = window(start("empty"), width=width, dark=dark)
    page = opened.go("/settings")
    opened.expected = {400}
    page.locator("#role").fill("half typed")
    page.locator("#low").fill("30")
    page.locator("#low").press("Enter")
    expect(page.locator("#wrong-target")).to_contain_text("must not lie above")
    assert page.locator("#low").input_value() == "30"
    assert page.evaluate("() => document.activeElement.id") == "low"
    assert page.locator("#role").input_value() == "half typed", "what was typed elsewhere is not lost"
    opened.inspect("settings-wrong")


def test_keys_are_switched_off_and_on(start: Start, window: Opening) -> None:
    opened = window(start("empty"))
    page = opened.go("/settings")
    page.get_by_label("Single keys work").uncheck()
    page.locator("#keep-keys").click()
    expect(page.get_by_role("status")).to_contain_text("Kept. Keys: off.")
    opened.inspect("settings-keys-off")
    page.keyboard.press("c")
    page.keyboard.press("?")
    expect(page.locator("#capture")).not_to_be_visible()
    expect(page.locator("body")).not_to_have_class("show-keys")
    expect(page.locator("header kbd").first).not_to_be_visible()
    page.get_by_label("Single keys work").check()
    page.locator("#keep-keys").click()
    expect(page.get_by_role("status")).to_contain_text("Kept. Keys: on.")
    page.keyboard.press("c")
    expect(page.locator("#capture")).to_be_visible()


def test_a_key_is_put_on_another(start: Start, window: Opening) -> None:
    opened = window(start("empty"))
    page = opened.go("/settings")
    opened.expected = {400}
    page.get_by_label("Your key for: Capture work").fill("u")
    page.locator("#keep-own_keys").click()
    expect(page.locator("#wrong-own_keys")).to_contain_text("choose another")
    page.get_by_label("Your key for: Capture work").fill("t")
    page.locator("#keep-own_keys").click()
    expect(page.get_by_role("status")).to_contain_text("Kept. Own keys: c=t.")
    expect(page.locator("header kbd").first).to_have_text("t")
    page.keyboard.press("c")
    expect(page.locator("#capture")).not_to_be_visible()
    page.keyboard.press("t")
    expect(page.locator("#capture")).to_be_visible()


def test_keys_sleep_in_fields_and_with_modifiers(start: Start, window: Opening) -> None:
    opened = window(start("empty"))
    page = opened.go("/settings")
    page.locator("#role").focus()
    page.keyboard.type("cug?")
    assert page.locator("#role").input_value() == "cug?"
    page.locator("h1").click()
    page.keyboard.press("Alt+c")
    page.keyboard.press("Control+u")
    expect(page.locator("#capture")).not_to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()
    assert page.url.endswith("/settings")


def test_without_scripts_every_setting_is_kept(start: Start, window: Opening) -> None:
    opened = window(start("empty"), scripts=False)
    page = opened.go("/settings")
    page.locator("#working_hours").fill("32")
    page.locator("#keep-working_hours").click()
    expect(page.get_by_role("status")).to_contain_text("Kept. Working hours: 32 h.")
    expect(page.locator("header kbd").first).not_to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back: the setting working hours: 32")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_menu_opens_and_closes_by_keyboard(start: Start, window: Opening, width: int) -> None:
    opened = window(start("empty"), width=width)
    page = opened.go("/capture")
    page.get_by_label("Settings and more").focus()
    page.keyboard.press("Enter")
    settings = page.locator(".menu").get_by_role("link", name="Settings")
    expect(settings).to_be_visible()
    opened.inspect("menu")
    page.keyboard.press("Escape")
    expect(settings).not_to_be_visible()
    page.keyboard.press("Enter")
    settings.click()
    assert page.url.endswith("/settings")
