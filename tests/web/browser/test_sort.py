"""The list of work in a real browser: by keys, with several chosen, and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tests.web.browser.window import Window
from tools.browser import Served

Start = Callable[[str], Served]


def rows(at: Window, path: str = "/sort") -> list[str]:
    """Open the list; return the names on it."""
    return at.go(path).locator(".name").all_inner_texts()


def test_by_keys(start: Start, window: Opening) -> None:
    at = window(start("small"))
    names = rows(at)
    page = at.page
    page.keyboard.press("d")
    expect(page.get_by_role("status")).to_have_text(f"Kept: {names[0]}, depth.")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("g")
    expect(page.get_by_role("status")).to_have_text(f"Kept: {names[2]}, growth.")
    page.keyboard.press(".")
    expect(page.get_by_role("status")).to_have_text(f"Kept: {names[3]}, growth.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"Kept: {names[4]}, ")
    page.keyboard.press("k")
    expect(page.locator("[data-row]").nth(4)).to_be_focused()
    expect(page.locator("[data-row] .answer")).to_have_count(4)
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    assert len(rows(at)) == len(names) - 3


def test_several_are_chosen_by_keys(start: Start, window: Opening) -> None:
    at = window(start("small"))
    names = rows(at)
    page = at.page
    page.keyboard.press("m")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.locator("[data-count]")).to_have_text("2")
    page.keyboard.press("x")
    expect(page.get_by_role("status")).to_have_text("Kept: 2 kinds of work, not work.")
    expect(page.locator(".name")).to_have_count(len(names) - 2)


def test_without_a_script(start: Start, window: Opening) -> None:
    at = window(start("small"), scripts=False)
    names = rows(at)
    page = at.page
    page.get_by_role("button", name="New for me").first.click()
    expect(page.get_by_role("status")).to_have_text(f"Kept: {names[0]}, growth.")
    for box in page.get_by_role("checkbox").all()[:3]:
        box.check()
    page.get_by_role("button", name="Already good at it").click()
    expect(page.get_by_role("status")).to_have_text("Kept: 3 kinds of work, depth.")
    expect(page.locator(".name")).to_have_count(len(names) - 4)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".name")).to_have_count(len(names) - 1)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("state", ["small", "hostile"])
def test_every_step_is_fit_to_be_seen(start: Start, window: Opening, state: str, width: int, dark: bool) -> None:
    at = window(start(state), width=width, dark=dark)
    page = at.go("/sort?all=1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("m")
    at.inspect(f"sort-chosen-{state}")
    page.keyboard.press("b")
    page.wait_for_url("**alike=*")
    at.inspect(f"sort-alike-{state}")
    page.locator(".name").first.click()
    page.wait_for_url("**/workstream/*")
    at.inspect(f"workstream-{state}")


def test_merged_and_split_in_the_browser(start: Start, window: Opening) -> None:
    at = window(start("small"))
    page = at.go("/sort?all=1")
    page.locator(".name").first.click()
    page.get_by_placeholder("a part of its name").fill("e")
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("button", name="Make it part of this").first.click()
    expect(page.get_by_role("status")).to_contain_text("is part of this now")
    page.get_by_role("checkbox").last.check()
    page.get_by_role("button", name="See what a split would move").click()
    expect(page.get_by_role("button", name="Split them off")).to_be_focused()
    at.inspect("workstream-split")
    page.get_by_role("button", name="Split them off").click()
    expect(page.get_by_role("status")).to_contain_text("a kind of work of its own now")


def test_the_buttons_of_a_row_stand_in_one_line_on_a_phone(start: Start, window: Opening) -> None:
    page = window(start("small"), width=390).go("/sort")
    tops = "those => new Set(those.map(each => Math.round(each.getBoundingClientRect().top))).size"
    assert page.locator(".verdicts").first.locator("button, .button").evaluate_all(tops) == 1


def test_the_keys_lie_beside_the_words(start: Start, window: Opening) -> None:
    page = window(start("small")).go("/sort")
    page.keyboard.press("?")
    for link in page.locator("[data-float]").all():
        over, words = link.evaluate(
            """each => {
                const tag = getComputedStyle(each, "::after"), text = document.createRange();
                text.selectNodeContents(each);
                const bottom = each.getBoundingClientRect().bottom - parseFloat(tag.bottom);
                return [bottom, text.getBoundingClientRect().top];
            }"""
        )
        assert over <= words + 3
