"""Evidence in a browser: kept in seconds, answered, changed in place; by keyboard alone and without scripts."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from outgrow.cli.main import main
from tests.web.browser.conftest import Opening
from tests.web.browser.states import HOSTILE
from tools.browser import Served

Start = Callable[[str], Served]
_PATIENCE = 20.0  # seconds that keeping evidence may take; a person types for most of them


def add(folder: Path, text: str, *more: str) -> None:
    assert main(["-q", "--data", str(folder), "evidence", "add", text, *more]) == 0


def here(page: Page) -> Locator:
    """Return the page without the dialog over it, which has fields of the same names."""
    return page.locator("main")


def test_the_capture_dialog_keeps_evidence_by_a_few_keys(start: Start, window: Opening) -> None:
    at = window(start("small"))
    page = at.go("/settings")
    begun = time.monotonic()
    presses = ["c", *"Led the supplier talks", "Shift+Tab", "ArrowRight", "Enter"]
    for key in presses:
        page.keyboard.press(key)
    expect(page.get_by_role("status")).to_contain_text("Kept as evidence: Led the supplier talks. Undo takes it back.")
    assert time.monotonic() - begun < _PATIENCE
    assert len(presses) - len("Led the supplier talks") == 4, "keys beside the words themselves"
    assert page.url.endswith("/settings")
    page.keyboard.press("c")
    expect(page.locator("#capture").get_by_label("Work", exact=True)).to_be_checked()
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement === document.body")  # a frame after the dialog has closed
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Taken back: the evidence Led the supplier talks")


def test_a_line_on_the_page_itself(start: Start, window: Opening) -> None:
    at = window(start("empty"))
    page = at.go("/evidence")
    at.inspect_all("evidence-empty")
    here(page).get_by_label("What did you do?").fill("Led the supplier talks")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 piece of evidence")).to_be_visible()
    at.inspect_all("evidence-one-kept")


def test_evidence_is_looked_at_and_changed_in_place(start: Start, window: Opening, tmp_path: Path) -> None:
    served = start("empty")
    data = tmp_path / "data"
    note = tmp_path / "note.html"
    note.write_text("<p>terms</p>", encoding="utf-8")
    assert main(["-q", "--data", str(data), "capability", "add", "Run a supplier negotiation"]) == 0
    add(data, "Led the supplier talks", "--seen-by", "Priya", "--file", str(note), "--link", "https://example.org/a")
    at = window(served)
    page = at.go("/evidence")
    page.get_by_role("link", name="Led the supplier talks").press("Enter")
    at.inspect_all("evidence-without-result")
    here(page).get_by_label("What came of it?").fill("A contract at 4 % less.\nTwo sites joined.")
    page.get_by_role("button", name="Keep that").press("Enter")
    expect(page.locator(".written")).to_have_text("A contract at 4 % less.Two sites joined.")
    page.get_by_text("Change it").press("Enter")
    page.get_by_text("What it shows that you can do").press("Enter")
    here(page).get_by_label("Run a supplier negotiation").press("Space")
    here(page).get_by_label("Solid").check(force=True)
    here(page).locator("[name=hours]").fill("soon")
    at.expected = {400}
    page.get_by_role("button", name="Keep it so").press("Enter")
    expect(page.locator("#wrong-hours")).to_contain_text("no length of time")
    at.inspect_all("evidence-wrong")
    here(page).locator("[name=hours]").fill("30")
    page.get_by_role("button", name="Keep it so").press("Enter")
    expect(page.locator(".lead")).to_contain_text("30\N{NO-BREAK SPACE}h. My word, solid. Seen by Priya.")
    expect(page.get_by_role("link", name="Run a supplier negotiation")).to_be_visible()
    at.inspect_all("evidence-whole")
    with page.expect_download() as saved:
        page.get_by_role("link", name="note.html").click()
    assert saved.value.path().read_bytes() == b"<p>terms</p>"
    assert saved.value.suggested_filename == "note.html"
    page.get_by_role("button", name="Leave out note.html").click()
    expect(page.get_by_role("status")).to_contain_text("note.html is left out")
    page.keyboard.press("u")
    expect(page.get_by_role("link", name="note.html")).to_be_visible()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("heading", name="No evidence yet")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_all_of_it_works(start: Start, window: Opening, tmp_path: Path, width: int) -> None:
    note = tmp_path / "note.txt"
    note.write_text("terms", encoding="utf-8")
    at = window(start("empty"), width=width, scripts=False)
    page = at.go("/evidence")
    page.get_by_role("link", name="Say more").click()
    at.inspect("evidence-new")
    here(page).get_by_label("What you did").fill("Led the supplier talks")
    here(page).locator("[name=on]").fill("someday")
    at.expected = {400}
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#wrong-on")).to_contain_text("no day I know")
    here(page).locator("[name=on]").fill("yesterday")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Led the supplier talks")
    page.locator("input[type=file]").set_input_files(note)
    page.get_by_role("button", name="Keep a copy", exact=True).click()
    expect(page.get_by_role("link", name="note.txt")).to_be_visible()
    here(page).locator("#linking [name=url]").fill("https://example.org/a")
    page.get_by_role("button", name="Keep the link").click()
    at.inspect("evidence-with-file")
    page.get_by_role("link", name="Capture").click()
    page.get_by_label("In a few words").fill("Wrote the note")
    page.get_by_label("Both").check(force=True)
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("status")).to_contain_text("Wrote the note, as evidence too.")
    page.get_by_role("link", name="Evidence").first.click()
    expect(page.get_by_role("heading", name="2 pieces of evidence")).to_be_visible()


def test_what_is_hostile_is_text(start: Start, window: Opening, tmp_path: Path) -> None:
    served = start("empty")
    for text in HOSTILE:
        add(tmp_path / "data", text[:500], "--situation", text, "--seen-by", text[:150])
    at = window(served)
    page = at.go("/evidence")
    at.inspect_all("evidence-hostile")
    for link in page.locator("ol.kept a").all()[:9]:
        looked_at(at.go(str(link.get_attribute("href"))))
        at.inspect("evidence-hostile-one")
        page.go_back()
    assert "taken" not in page.title()


def looked_at(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_suggestions_are_answered_without_leaving_the_page(start: Start, window: Opening) -> None:
    at = window(start("example"))
    page = at.go("/example/evidence")
    at.settle()
    expect(page.get_by_role("heading", name="Is this evidence?")).to_be_visible()
    at.inspect_all("evidence-suggested")
    first = page.locator(".suggested .what").first
    before = first.text_content() or ""
    page.get_by_role("button", name="Yes, keep it").first.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"Kept: {before}")
    second = first.text_content() or ""
    assert second != before
    page.get_by_role("button", name="No", exact=True).first.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("not suggested again")
    expect(first).not_to_have_text(second)
    page.get_by_role("link", name="Change it first").first.press("Enter")
    at.inspect_all("evidence-suggested-form")
    assert here(page).get_by_label("What you did").input_value()
