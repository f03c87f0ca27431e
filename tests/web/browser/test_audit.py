"""The whole audit in a real browser: by keyboard alone, by mouse alone, without a script, and over a restart."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]
CARDS = 8


def begin(page: Page, guess: str = "25") -> None:
    """Say the guess by keyboard."""
    page.keyboard.type(guess)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()


def press(page: Page, key: str, number: int) -> None:
    """Answer a card by a key, and wait for the card of this number or the end."""
    page.keyboard.press(key)
    expect(page.locator("#main")).to_contain_text(f"card {number} ·" if number <= CARDS else "is answered")


def test_by_keyboard_alone(start: Start, window: Opening) -> None:
    at = window(start("small"))
    page = at.go("/audit")
    begin(page)
    for number, key in enumerate(["d", "g", "Enter", "x", "d", "Enter", "g", "d"], 2):
        press(page, key, number)
    expect(page.get_by_role("heading", level=1)).to_contain_text("of your time went into growth work")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back: ")
    press(page, "d", CARDS + 1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?period=*")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_step_is_fit_to_be_seen(start: Start, window: Opening, width: int, dark: bool) -> None:
    at = window(start("small"), width=width, dark=dark)
    page = at.go("/audit")
    at.inspect("audit-guess")
    begin(page)
    at.inspect("audit-first")
    press(page, "g", 2)
    page.keyboard.press("n")
    expect(page.locator("#because-n")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("4")
    expect(page.locator("#felt-4")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    at.inspect("audit-because")
    page.get_by_role("link", name="Stop").click()
    at.inspect("audit-stopped")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    page.wait_for_load_state()  # the keys come with the scripts
    for number in range(3, CARDS + 2):
        press(page, "d", number)
    at.inspect("audit-end")


def test_by_mouse_alone(start: Start, window: Opening) -> None:
    page = window(start("small")).go("/audit")
    page.get_by_role("button", name="No idea").click()
    page.get_by_label("not this one").first.check()
    page.get_by_role("button", name="Makes me capable").click()
    page.get_by_role("button", name="not sure how to solve it").click()
    expect(page.locator("#because-h")).to_have_attribute("aria-pressed", "true")
    for number in range(3, CARDS + 1):
        page.get_by_role("button", name="Already good at it").click()
        expect(page.locator("#main")).to_contain_text(f"card {number} ·")
    page.get_by_role("button", name="Take the guess").click()
    expect(page.get_by_role("link", name="See the verdict")).to_be_visible()


def test_without_a_script(start: Start, window: Opening) -> None:
    page = window(start("small"), scripts=False).go("/audit")
    page.get_by_label("Your guess in percent").last.fill("30")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("not this one").first.check()
    page.get_by_role("button", name="Makes me capable").click()
    page.get_by_role("button", name="outside my scope").click()
    expect(page.get_by_role("status")).to_contain_text("because: outside my scope")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#main")).to_contain_text("card 1 ·")
    for number in range(2, CARDS + 1):
        page.get_by_role("button", name="Already good at it").click()
        expect(page.locator("#main")).to_contain_text(f"card {number} ·")
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("link", name="See the verdict")).to_be_visible()


def test_it_goes_on_after_a_restart(start: Start, window: Opening) -> None:
    page = window(start("small")).go("/audit")
    begin(page)
    press(page, "d", 2)
    press(page, "d", 3)
    name = page.get_by_role("heading", level=1).inner_text()
    again = window(start("small")).go("/audit")
    expect(again.locator("#main")).to_contain_text("card 3 ·")
    expect(again.get_by_role("heading", level=1)).to_have_text(name)


def test_two_windows_on_the_same_card(start: Start, window: Opening) -> None:
    served = start("begun")
    one, two = window(served), window(served)
    first, second = one.go("/audit"), two.go("/audit")
    press(first, "g", 4)
    second.keyboard.press("d")
    expect(second.get_by_role("status")).to_contain_text("answered in another window")
    expect(second.locator("#main")).to_contain_text("card 4 ·")


def test_the_card_that_comes_is_read_and_keys_rest_in_fields(start: Start, window: Opening) -> None:
    page = window(start("small")).go("/audit")
    page.keyboard.type("dg2x5")
    expect(page.locator("input[name=guess]")).to_have_value("dg2x5")
    page.locator("input[name=guess]").fill("25")
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    press(page, "d", 2)
    expect(page.locator("#name")).to_be_focused()


def test_alike_cards_by_one_key(start: Start, window: Opening) -> None:
    at = window(start("example"))
    page = at.go("/example/audit?period=last+90+days&cards=60")
    page.get_by_role("button", name="No idea").click()
    for number in range(2, 60):
        expect(page.locator("#card")).to_be_visible()
        if page.get_by_role("link", name="alike").count():
            break
        page.keyboard.press("d")
        expect(page.locator("#main")).to_contain_text(f"card {number} ·")
    page.keyboard.press("b")
    expect(page.get_by_role("group", name="alike")).to_be_visible()
    at.inspect("audit-alike")
    page.keyboard.press("d")
    expect(page.get_by_role("status")).to_contain_text("kinds of work, depth")


@pytest.mark.parametrize("state", ["hostile", "many", "one", "empty"])
def test_other_states(start: Start, window: Opening, state: str) -> None:
    served = start(state)
    for width, dark in ((1280, False), (390, True)):
        at = window(served, width=width, dark=dark)
        page = at.go("/audit?cards=40")
        if page.get_by_role("button", name="No idea").count():
            page.get_by_role("button", name="No idea").click()
            expect(page.locator("h1")).not_to_contain_text("Before any number")
        at.inspect(f"audit-{state}")


def test_nothing_stands_over_the_card_on_a_phone(start: Start, window: Opening) -> None:
    served = start("begun")
    page = window(served, width=390).go("/audit")
    expect(page.locator(".asking")).to_have_css("position", "static")
    expect(window(served).go("/audit").locator(".asking")).to_have_css("position", "sticky")


def test_keys_are_not_shown_where_there_is_no_keyboard(start: Start, window: Opening) -> None:
    page = window(start("small"), width=390).go("/sort")
    expect(page.locator("[data-shows-keys]")).to_be_visible()
    page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    expect(page.locator("[data-shows-keys]")).to_be_hidden()
    assert page.locator("kbd").evaluate_all("those => those.every(each => !each.offsetParent)")


def test_while_an_answer_is_on_its_way_the_card_takes_no_other_and_shows_it(start: Start, window: Opening) -> None:
    at = window(start("begun"))
    page = at.go("/audit")
    held: list[Route] = []
    page.route("**/audit*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.keyboard.press("d")
    expect(page.locator("#card")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#card")).to_have_css("opacity", "0.6")
    page.keyboard.press("g")
    page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("depth.")
    assert len(held) == 1
