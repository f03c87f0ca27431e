"""The verdict in its states, wide and narrow, light and dark: read, led on from, and told how a week felt."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Opening
from tools.browser import Served

Start = Callable[[str], Served]
LOOKS = pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])


@LOOKS
@pytest.mark.parametrize("state", ["one", "small", "begun", "audited", "many", "hostile"])
def test_every_state_has_the_same_layout(start: Start, window: Opening, state: str, width: int, *, dark: bool) -> None:
    at = window(start(state), width=width, dark=dark)
    page = at.go("/")
    for part in ("What moved", "What progressed", "One thing to do next", "How sure this is, and why"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.locator("figure.scale .drawing:visible")).to_have_count(1)
    at.inspect(f"verdict-{state}")
