"""The verdict in its states, wide and narrow, light and dark: read, led on from, and told how a week felt."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]
LOOKS = pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
PARTS = ("What moved", "What progressed", "One thing to do next", "How sure this is, and why")
#: Returns the texts of drawings that lie over one another, reach out of the window, or are under 11 pixels.
MISPLACED = """() => [...document.querySelectorAll("svg.drawing")].filter(svg => svg.checkVisibility()).flatMap(svg => {
    const texts = [...svg.querySelectorAll("text")].map(each => [each.textContent, each.getBoundingClientRect(), each]);
    const over = ([, a], [, b]) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    return texts.flatMap((one, n) => [
        ...texts.slice(n + 1).filter(other => over(one, other)).map(other => `${one[0]} | ${other[0]}`),
        ...(one[1].left < 0 || one[1].right > innerWidth ? [`${one[0]} is cut off`] : []),
        ...(parseFloat(getComputedStyle(one[2]).fontSize) < 11 ? [`${one[0]} is small`] : []),
    ]);
})"""


def misplaced(page: Page) -> list[str]:
    found: list[str] = page.evaluate(MISPLACED)
    return found


@LOOKS
@pytest.mark.parametrize("state", ["one", "small", "begun", "audited", "many", "hostile"])
def test_every_state_has_the_same_layout(start: Start, window: Opening, state: str, width: int, *, dark: bool) -> None:
    at = window(start(state), width=width, dark=dark)
    page = at.go("/")
    for part in PARTS:
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.locator("figure.scale .drawing:visible")).to_have_count(1)
    assert misplaced(page) == []
    at.inspect(f"verdict-{state}")


@pytest.mark.parametrize("width", [1280, 760, 390, 320])
def test_the_example_fills_every_chart(start: Start, window: Opening, width: int) -> None:
    at = window(start("example"), width=width)
    for words in ("", "?period=last+2+years", "?period=last+6+weeks"):
        page = at.go(f"/example/{words}")
        expect(page.locator("figure .drawing:visible")).to_have_count(5)
        assert misplaced(page) == []
        at.overflow()


def test_each_chart_has_its_table_behind_it(start: Start, window: Opening) -> None:
    at = window(start("example"))
    page = at.go("/example/")
    for summary in page.get_by_text("Show as table").all():
        summary.press("Enter")
    expect(page.locator("figure table:visible")).to_have_count(5)
    expect(page.locator("figure table:visible").nth(1).locator("tbody tr").first).to_contain_text("%")
    at.inspect("verdict-tables")


@pytest.mark.parametrize("scripts", [True, False])
def test_how_a_week_felt_is_kept_changed_and_taken_back(start: Start, window: Opening, scripts: bool) -> None:
    at = window(start("audited"), scripts=scripts)
    page = at.go("/")
    page.get_by_role("button", name="4", exact=True).click()
    expect(page.get_by_text("you said 4 of 5")).to_be_visible()
    expect(page.locator("#notice")).to_contain_text("felt like 4 of 5")
    page.locator("#felt-2").press("Enter")
    expect(page.get_by_text("you said 2 of 5")).to_be_visible()
    page.locator("#undo").click()
    expect(page.get_by_text("you said 4 of 5")).to_be_visible()


def test_periods_lead_on(start: Start, window: Opening) -> None:
    at = window(start("audited"))
    page = at.go("/")
    here = page.locator(".periods strong").inner_text()
    page.locator(".periods a[rel=prev]").click()
    expect(page.locator(".periods strong")).not_to_have_text(here)
    expect(page.get_by_role("link", name=here)).to_be_visible()
    page.get_by_label("Another period").fill("last 90 days")
    page.keyboard.press("Enter")
    expect(page.locator(".periods strong")).to_have_text("last 90 days")
    at.expected = {400}
    page.get_by_label("Another period").fill("someday")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is no period I know")).to_be_visible()


def test_the_next_step_leads_to_the_audit(start: Start, window: Opening) -> None:
    page = window(start("small")).go("/")
    page.get_by_role("link", name="Answer a few cards").click()
    expect(page).to_have_url(re.compile("/audit[?]period="))


def test_weeks_that_wait_for_proposals_are_computed_in_the_background(start: Start, window: Opening) -> None:
    at = window(start("audited"))
    page = at.go("/")
    expect(page.get_by_text("still to be computed")).to_be_visible()
    for _ in range(50):
        if not page.get_by_text("still to be computed").count():
            break
        page.wait_for_timeout(200)
        page.reload()
    assert page.locator("figure.chart .growth-line").count() >= 2
