"""Taking everything out, putting it back and deleting it, in a browser: with scripts, without, and by keyboard."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]
PLACE = "/about/leaving"


@pytest.fixture(autouse=True)
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the folder for temporary files be one of the test, for what is in it is deleted, too."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@pytest.mark.parametrize("state", ["empty", "audited", "hostile"])
def test_the_place_is_looked_at(start: Start, window: Opening, state: str) -> None:
    at = start(state)
    for dark in (False, True):
        for width in (1280, 390):
            opened = window(at, width=width, dark=dark)
            opened.go(PLACE)
            opened.inspect(f"leaving-{state}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_everything_is_taken_out_deleted_and_put_back(
    start: Start, window: Opening, tmp_path: Path, scripts: bool
) -> None:
    opened = window(start("small"), scripts=scripts)
    page = opened.go(PLACE)
    page.get_by_role("button", name="Make an export").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the export").click(timeout=20_000)
    mine = tmp_path / "mine.zip"
    coming.value.save_as(mine)
    page.get_by_role("button", name="Make a backup").click()
    expect(page.get_by_text("A backup beside the data")).to_be_visible(timeout=20_000)
    opened.inspect("leaving-made")
    opened.expected = {400}
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("that takes the word delete")).to_be_visible()
    if scripts:
        opened.inspect("leaving-refused")
    page.get_by_label("Type delete").fill("delete")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Everything is deleted.")).to_be_visible(timeout=20_000)
    page = opened.go(PLACE)
    expect(page.get_by_text("Nothing was brought in or said so far.")).to_be_visible()
    page.get_by_label("File").set_input_files(mine)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("Restored:")).to_be_visible(timeout=20_000)
    opened.inspect("leaving-restored")


def test_it_is_reached_and_used_by_keyboard_alone(start: Start, window: Opening) -> None:
    at = window(start("one"))
    at.expected = {400}
    page = at.go("/about")
    page.get_by_role("link", name="Leave or back up").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PLACE}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "delete":
            break
    page.keyboard.type("no")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Type delete")).to_be_focused()
    expect(page.get_by_label("Type delete")).to_have_value("no")
