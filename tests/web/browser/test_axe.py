"""Every page in every state of the data, wide and narrow, light and dark: no violation, nothing cut off."""

from collections.abc import Callable

import pytest

from outgrow.web.app import EXAMPLE, ROUTES
from tests.web.browser.conftest import Opening
from tests.web.browser.states import STATES
from tools.browser import Served

NO_PAGES = {"/jobs/now", "/review/calendar"}  # a part of other pages, and a file
PAGES = [r.path for r in ROUTES if r.method == "GET" and "{" not in r.path and r.path not in NO_PAGES]


@pytest.mark.parametrize("state", STATES)
def test_every_page_in_every_state(start: Callable[[str], Served], window: Opening, state: str) -> None:
    opened = window(start(state))
    for path in PAGES:
        opened.go((EXAMPLE if state == "example" else "") + path)
        opened.inspect_all(f"{state}{path.replace('/', '-')}")
