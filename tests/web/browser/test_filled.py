"""Every place of ledger, next level, reviews and packets: with much in it, with hostile things, and the example."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tests.web.browser.window import NARROW, PATIENCE, WIDE
from tools.browser import Served

Start = Callable[[str], Served]
#: Each place, and what leads from it to one thing in it, if there is such a page.
PLACES = (
    ("ledger", "main a[href*='/ledger/']"),
    ("next", ""),
    ("evidence", "ol.kept a"),
    ("ladder", "main a[href*='/ladder/']"),
    ("roles", ""),
    ("review", ""),
    ("review/archive", "main a[href*='/review/archive/']"),
    ("packet", ".drafts a"),
)


@pytest.mark.parametrize("state", ["many", "hostile", "example"])
def test_every_place_is_fit_to_be_seen(start: Start, window: Opening, state: str) -> None:
    at = window(start(state))
    mount = "/example" if state == "example" else ""
    for place, one in PLACES:
        name = f"{state}-{place.replace('/', '-')}"
        page = at.go(f"{mount}/{place}")
        at.inspect_all(name)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        if one:
            page.locator(one).first.click()
            at.settle()
            at.inspect_all(f"{name}-one")
        assert page.title() != "taken"


def test_the_example_is_told_without_scripts(start: Start, window: Opening) -> None:
    at = window(start("example"), scripts=False)
    page = at.go("/example/ledger")
    expect(page.get_by_text("Negotiate yearly terms with a supplier larger than us").first).to_be_visible(
        timeout=PATIENCE
    )
    page = at.go("/example/next")
    expect(page.locator("main")).to_contain_text("no chance yet")
    for width in (NARROW, WIDE):
        at.look(width)
        at.inspect("example-next-plain")
