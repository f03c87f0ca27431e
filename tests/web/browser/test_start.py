"""The three doors: the example year, bringing something in, and a week from memory."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]


def test_the_doors_by_key(start: Start, window: Opening) -> None:
    for width, dark in ((1280, False), (1280, True), (390, False), (390, True)):
        at = window(start("empty"), width=width, dark=dark)
        expect(at.page.get_by_role("heading", level=1)).to_have_text("Was last month progress, or movement?")
        at.inspect("start")
    at.page.keyboard.press("3")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Last week from memory")
    at.go("/")
    at.page.keyboard.press("2")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Bring in what you have")


def test_the_example_year_fills_every_place(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    page = at.page
    page.keyboard.press("1")
    expect(page.get_by_role("complementary", name="Example data")).to_be_visible()
    expect(page.locator("main .chart").first).to_be_visible(timeout=20_000)
    for path in ("/example/audit", "/example/sort", "/example/sources", "/example/about"):
        at.go(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("Nothing yet.")
    at.go("/example/sources")
    at.inspect("sources-example")
    page.get_by_role("link", name="Leave the example").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was last month progress, or movement?")


def test_the_example_is_led_to_without_scripts(start: Start, window: Opening) -> None:
    at = window(start("empty"), scripts=False)
    page = at.page
    page.get_by_role("button", name="The example year").click()
    expect(page.get_by_role("complementary", name="Example data")).to_be_visible()
    expect(page.locator("main .chart").first).to_be_visible(timeout=30_000)
    at.go("/start")  # and once it is there the door leads straight to it
    page.get_by_role("button", name="The example year").click()
    expect(page.locator("main .chart").first).to_be_visible()


def test_a_week_is_typed_put_right_and_taken_back(start: Start, window: Opening) -> None:
    at = window(start("empty"), width=390)
    page = at.go("/start/week")
    at.expected.add(400)
    fields = page.locator("textarea")
    fields.nth(0).fill("2h supplier call\nstand-up 0:15")
    fields.nth(1).fill("30h budget")
    page.get_by_role("button", name="Note it all").click()
    expect(page.get_by_text("is not between a minute and 24 hours")).to_be_visible()
    expect(fields.nth(0)).to_have_value("2h supplier call\nstand-up 0:15")
    at.inspect("week-wrong")
    fields.nth(1).fill("3h budget")
    page.get_by_role("button", name="Note it all").click()
    expect(page.get_by_role("status").first).to_contain_text("Noted: 3 pieces of work.")
    at.inspect("week-kept")
    at.go("/sources")
    expect(page.get_by_role("heading", level=2)).to_have_text("Noted by hand")
    page.go_back()
    page.get_by_role("button", name="Take all of it back").click()
    expect(page.get_by_role("status").first).to_contain_text("Taken back: 3 pieces of work.")
    at.go("/sources")
    expect(page.get_by_text("0", exact=True)).to_be_visible()
