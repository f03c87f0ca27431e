"""What surrounds every page: places, keys, focus, theme; and nothing that leaves this machine."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from outgrow.web.app import EXAMPLE, ROUTES
from outgrow.web.pages import PLACES
from tests.web.browser.conftest import Opening
from tests.web.browser.test_axe import PAGES
from tools.browser import Served

Start = Callable[[str], Served]
THERE = [place for place in PLACES if place[0] in {route.name for route in ROUTES}]
FOCUSED = (
    "() => document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle"
)


def background(page: Page) -> str:
    return str(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))


def test_g_and_a_letter_jump_to_each_place(start: Start, window: Opening) -> None:
    opened = window(start("audited"))
    for _, word, letter in THERE:
        opened.page.keyboard.press("g")
        opened.page.keyboard.press(letter)
        current = opened.page.get_by_role("navigation", name="Places").locator("[aria-current=page]")
        expect(current).to_have_text(word)
        opened.go("/")


def test_the_keys_float_on_their_controls_until_escape(start: Start, window: Opening) -> None:
    opened = window(start("audited"))
    body = opened.page.locator("body")
    opened.page.keyboard.press("?")
    expect(body).to_have_class("show-keys")
    opened.inspect("keys")
    opened.page.keyboard.press("Escape")
    expect(body).not_to_have_class("show-keys")


def test_the_first_stop_of_the_keyboard_leads_past_the_frame(start: Start, window: Opening) -> None:
    opened = window(start("audited"))
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("() => document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("() => document.activeElement.id") == "main"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_stop_of_the_keyboard_shows_where_the_focus_is(start: Start, window: Opening, dark: bool) -> None:
    opened = window(start("audited"), dark=dark)
    opened.page.keyboard.press("Tab")
    seen = set()
    while (where := opened.page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")) not in seen:
        seen.add(where)
        assert opened.page.evaluate(FOCUSED) == "solid", where
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate("() => document.activeElement === document.body"):
            break
    assert len(seen) > len(THERE)


def test_the_system_chooses_light_or_dark(start: Start, window: Opening) -> None:
    at = start("empty")
    assert background(window(at).page) != background(window(at, dark=True).page)


def test_undo_takes_back_from_any_page_and_stays_there(start: Start, window: Opening) -> None:
    opened = window(start("audited"))
    opened.go("/settings")
    opened.page.keyboard.press("u")
    expect(opened.page.get_by_role("status")).to_contain_text("Taken back: the answer")
    assert opened.page.url.endswith("/settings")
    opened.inspect("undone")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_the_pages_of_the_example_lead_to_each_other_alone(start: Start, window: Opening, scripts: bool) -> None:
    opened = window(start("example"), scripts=scripts)
    for path in PAGES:
        opened.go(EXAMPLE + path)
        expect(opened.page.get_by_text("Leave the example")).to_be_visible()
        led = opened.page.locator("a[href], form[action]").evaluate_all(
            "all => all.map(each => each.getAttribute('href') ?? each.getAttribute('action'))"
        )
        outside = {each for each in led if not each.startswith((f"{EXAMPLE}/", "#"))}
        assert outside <= {"/"}


@pytest.mark.promise("P11")
def test_a_page_cannot_reach_beyond_this_machine(start: Start, window: Opening) -> None:
    opened = window(start("audited"))
    opened.go("/")
    reached = opened.page.evaluate("() => fetch('https://example.org/').then(() => true, () => false)")
    assert not reached
    assert len(opened.wrong) > 0
    assert all(re.search("example.org", wrong) for wrong in opened.wrong)
    opened.wrong.clear()


@pytest.mark.promise("P10")
def test_the_link_opens_once(start: Start, window: Opening) -> None:
    at = start("empty")
    link = at.link()
    opened = window(at)
    opened.page.goto(link)
    expect(opened.page.get_by_role("navigation", name="Places")).to_be_visible()
    opened.expected = {403}
    answer = opened.page.goto(link)
    assert answer
    assert answer.status == 403
    assert "has been used" in answer.text()


@pytest.mark.promise("P10")
def test_a_window_that_did_not_enter_sees_nothing(start: Start, window: Opening) -> None:
    opened = window(start("audited"))
    opened.page.context.clear_cookies()
    opened.expected = {403}
    answer = opened.page.goto(f"{opened.served.address}/")
    assert answer
    assert answer.status == 403
    assert "link" in answer.text()
