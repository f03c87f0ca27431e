"""Every page in every state of the data, wide and narrow, light and dark: no violation, nothing cut off."""

from collections.abc import Callable

import pytest

from outgrow.web.app import EXAMPLE, ROUTES
from tests.web.browser.conftest import Opening
from tests.web.browser.states import STATES
from tools.browser import Served

PARTS = {"/jobs/now"}  # taken into other pages by a script
PAGES = [route.path for route in ROUTES if route.method == "GET" and "{" not in route.path and route.path not in PARTS]


@pytest.mark.parametrize("state", STATES)
def test_every_page_in_every_state(start: Callable[[str], Served], window: Opening, state: str) -> None:
    opened = window(start(state))
    for path in PAGES:
        opened.go((EXAMPLE if state == "example" else "") + path)
        opened.inspect_all(f"{state}{path.replace('/', '-')}")
