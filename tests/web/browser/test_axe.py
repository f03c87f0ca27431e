"""Every page, in every state of the data, in light and dark, wide and narrow: no violation, nothing cut off."""

from collections.abc import Callable

import pytest

from outgrow.web.app import EXAMPLE, ROUTES
from tests.web.browser.conftest import Opening
from tests.web.browser.states import STATES
from tools.browser import Served

PAGES = [route.path for route in ROUTES if route.method == "GET" and "{" not in route.path]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_every_page_in_every_state(start: Callable[[str], Served], window: Opening, state: str, dark: bool) -> None:
    at = start(state)
    for width in (1280, 390):
        opened = window(at, dark=dark, width=width)
        for path in PAGES:
            opened.go((EXAMPLE if state == "example" else "") + path)
            opened.inspect(f"{state}{path.replace('/', '-')}")
