"""Reviews in a real browser: by keyboard alone, without a script, in every state, from data to ledger to commitment."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]
CADENCES = ("week", "month", "quarter", "year")
LAST = "Keep it"


def answer(page: Page) -> None:
    """Say something at the step that is open, whatever it asks."""
    if page.locator(".scores").count():
        page.keyboard.press("4")
        return
    for name, words in (
        ("words", "Took over the rota"),
        ("capable", "Lead a supplier talk alone"),
        ("title", "Draft the strategy"),
        ("day", "in 2 days"),
        ("text", "Ask Marek for the contract"),
        ("sign", "he has answered"),
    ):
        field = page.locator(f"#answering [name='{name}']")
        if field.count():
            field.fill(words)
    state = page.locator("#answering [name^='state-']").first
    if state.locator("option[value=shown]").count():
        state.select_option("shown")
        page.locator("#answering [name^='proof-']").first.fill("The minutes of the talk")
    page.locator("#answering .next button").first.click()


def walk(page: Page, look: Callable[[str], None] | None = None) -> list[str]:
    """Go through a review to its end; return the questions it asked."""
    asked: list[str] = []
    while page.locator("#answering").count():
        question = page.locator("h1").inner_text()
        assert question not in asked, "every step leads on"
        asked.append(question)
        if look:
            look(f"{len(asked)}")
        answer(page)
        expect(page.locator("h1")).not_to_have_text(question)
        page.wait_for_load_state()
    return asked


@pytest.mark.parametrize("state", ["empty", "one", "audited"])
def test_every_review_leads_from_data_to_a_commitment(start: Start, window: Opening, state: str) -> None:
    opened = window(start(state))
    for cadence in CADENCES:
        page = opened.go(f"/review/{cadence}")
        opened.settle()
        asked = walk(page, lambda step, cadence=cadence: opened.inspect(f"review-{state}-{cadence}-{step}"))  # type: ignore[misc]
        assert asked[0].startswith("How much did the"), "how it felt comes before any number"
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kept, with one thing to do.")
        expect(page.get_by_text("Ask Marek for the contract")).to_be_visible()
        opened.inspect(f"review-{state}-{cadence}-end")
    page = opened.go("/review")
    opened.inspect_all(f"review-{state}")
    page.get_by_role("link", name="All reviews and commitments").click()
    opened.inspect_all(f"review-{state}-archive")
    page.get_by_role("button", name="What differs between the two").click()
    opened.inspect_all(f"review-{state}-compare")
    page.go_back()
    page.get_by_role("link", name="Review of quarter").first.click()
    opened.inspect_all(f"review-{state}-past")


@pytest.mark.parametrize(("state", "width", "dark"), [("audited", 390, True), ("hostile", 390, False)])
def test_every_step_of_the_quarter_is_fit_to_be_seen(
    start: Start, window: Opening, state: str, width: int, *, dark: bool
) -> None:
    opened = window(start(state), width=width, dark=dark)
    page = opened.go("/review")
    opened.settle()
    opened.inspect(f"review-waiting-{state}")
    page = opened.go("/review/quarter")
    opened.settle()
    walk(page, lambda step: opened.inspect(f"review-{state}-quarter-{step}"))
    opened.inspect(f"review-{state}-quarter-end")


def test_a_week_by_keyboard_alone(start: Start, window: Opening) -> None:
    page = window(start("empty")).go("/settings")
    page.keyboard.press("r")
    page.wait_for_url("**/review")
    page.get_by_role("link", name="week").focus()
    page.keyboard.press("Enter")
    question = page.get_by_role("heading", level=1)
    expect(question).to_contain_text("How much did the week")
    page.wait_for_load_state()
    page.keyboard.press("2")
    expect(question).to_contain_text("less help")
    assert page.evaluate("() => document.activeElement.name") == "words", "what is asked has the focus"
    page.keyboard.type("Ran the stand-up alone")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(question).to_contain_text("When next week")
    page.keyboard.type("Draft the strategy")
    page.keyboard.press("Tab")
    page.keyboard.type("in 3 days")
    page.keyboard.press("Enter")
    expect(question).to_contain_text("One thing to do")
    page.locator("h1").click()
    page.keyboard.press("k")
    page.wait_for_url("**step=block")
    expect(page.locator("[name=title]")).to_have_value("Draft the strategy")
    page.wait_for_load_state()
    page.locator("h1").click()
    page.keyboard.press("s")
    expect(question).to_contain_text("One thing to do")
    page.keyboard.type("Ask Marek")
    page.keyboard.press("Enter")
    expect(question).to_contain_text("Kept, with one thing to do.")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back: a change to the review of")
    expect(question).to_contain_text("One thing to do")


def test_what_is_wrong_stays_in_its_field(start: Start, window: Opening) -> None:
    opened = window(start("empty"))
    opened.expected = {400}
    page = opened.go("/review/week?step=commitment")
    page.get_by_label("I will").fill("Ask Marek")
    page.get_by_label("By", exact=False).fill("yesterday")
    page.get_by_role("button", name=LAST).click()
    expect(page.locator("#wrong-due")).to_contain_text("has been already")
    assert page.evaluate("() => document.activeElement.name") == "due"
    expect(page.get_by_label("I will")).to_have_value("Ask Marek")
    opened.inspect("review-wrong")


def test_without_a_script(start: Start, window: Opening) -> None:
    page = window(start("empty"), scripts=False).go("/review/week")
    page.get_by_role("button", name="4 much").click()
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="It was a quiet week").click()
    page.get_by_label("I will").fill("Ask Marek")
    page.get_by_role("button", name=LAST).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A quiet week. That is an answer.")
    page.get_by_role("link", name="All reviews").click()
    page.get_by_role("button", name="Partly").click()
    expect(page.get_by_role("status")).to_contain_text("Ask Marek: partly.")
    page.get_by_label("For what").fill("Draft the strategy")
    page.locator("#planning [name=day]").fill("in 3 days")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("Draft the strategy", exact=True)).to_be_visible()


def test_a_month_leads_through_its_audit_and_back(start: Start, window: Opening) -> None:
    opened = window(start("small"))
    page = opened.go("/review/month")
    opened.settle()
    page.keyboard.press("3")
    expect(page.get_by_role("heading", level=1)).to_contain_text("More of the same")
    opened.inspect("review-month-audit")
    page.get_by_role("link", name="Hold the audit").click()
    page.get_by_role("button", name="No idea").click()
    page.get_by_role("button", name="Already good at it").first.click()
    page.get_by_role("link", name="Stop").click()
    opened.inspect("review-month-audit-stopped")
    page.get_by_role("link", name="Back to the review").click()
    expect(page.get_by_text("1 answer kept")).to_be_visible()
    page.get_by_role("button", name="Go on with the review").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Was that the mix you wanted?")
    opened.inspect("review-month-mix")


def test_the_example_person_can_be_looked_back_on(start: Start, window: Opening) -> None:
    opened = window(start("example"))
    for cadence in ("quarter", "week"):
        page = opened.go(f"/example/review/{cadence}")
        opened.settle()
        walk(page, lambda step, cadence=cadence: opened.inspect(f"review-example-{cadence}-{step}"))  # type: ignore[misc]
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kept, with one thing to do.")
        assert page.url.startswith(f"{opened.served.address}/example/")
