"""What it knows and how fresh: none, one, many, with problems, and brought in again."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from outgrow.cli.main import main
from tests.web.browser.conftest import Opening
from tests.web.calendars import broken, calendar
from tools.browser import Served

Start = Callable[[str], Served]


def test_every_state_of_the_sources(start: Start, window: Opening, tmp_path: Path) -> None:
    at = window(start("empty"))
    page = at.go("/sources")
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    at.inspect("sources-empty")
    brought = [
        calendar(tmp_path / "work.ics"),
        calendar(tmp_path / "other.ics", "Hostile <b>name</b> \u202egnp"),
        broken(tmp_path / "broken.ics"),
    ]
    main(["--quiet", "--data", str(tmp_path / "data"), "import", *map(str, brought)])
    for width, dark in ((1280, False), (390, True)):
        at = window(start("empty"), width=width, dark=dark)
        page = at.go("/sources")
        expect(page.get_by_role("heading", level=2)).to_have_count(3)
        page.get_by_text("45 records could not be read").click()
        at.inspect("sources-many")
        page.get_by_role("link", name="Show all").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("45 records could not be read.")
        at.inspect("sources-problems")


def test_a_source_is_brought_in_again(start: Start, window: Opening, tmp_path: Path) -> None:
    path = calendar(tmp_path / "work.ics")
    at = window(start("empty"))
    main(["--quiet", "--data", str(tmp_path / "data"), "import", str(path)])
    page = at.go("/sources")
    page.get_by_role("button", name="Bring in again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing new: all of it was here already.")
    path.write_text(path.read_text().replace("SUMMARY:Order desk", "SUMMARY:Order office"), newline="")
    at.go("/sources")
    page.get_by_role("button", name="Bring in again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed is in.")
    path.unlink()
    at.go("/sources")
    expect(page.get_by_role("button", name="Bring in again")).to_have_count(0)
