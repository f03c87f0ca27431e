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
    page.get_by_role("link", name="Quarter review").first.click()
    opened.inspect_all(f"review-{state}-past")
