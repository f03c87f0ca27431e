"""The table of addresses: every link leads somewhere, and never out of its own data."""

import re
from pathlib import Path

import pytest

from outgrow.web import app
from outgrow.web.app import EXAMPLE, ROUTES
from tests.web.asking import Asking

WEB = Path(app.__file__).parent
NAMES = {route.name for route in ROUTES}
PAGES = [route.path for route in ROUTES if route.method == "GET" and "{" not in route.path]
LINK = re.compile(r'(?:href|action|src)="([^"]*)"')
OUTSIDE = {"data:,", "#main"}
FRAGMENTS = {"/jobs/now", "/review/calendar"}


def test_every_address_has_a_name_of_its_own() -> None:
    assert len(NAMES) == len(ROUTES)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_every_name_that_is_linked_to_is_known() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (*WEB.glob("templates/*.html"), *WEB.glob("*.py"))}
    for path, text in texts.items():
        linked = set(re.findall(r'(?:\burl|\.url|\.go)\("([\w-]+)"', text))
        asked = set(re.findall(r'"([\w-]+)" in (?:known|visit\.paths)', text))
        assert linked - asked <= NAMES, path.name


@pytest.mark.parametrize("path", PAGES)
def test_links_stay_with_the_data_they_are_about(asking: Asking, path: str) -> None:
    for prefix in ("", EXAMPLE):
        answer = asking.get(prefix + path)
        links = {link for link in LINK.findall(answer.text) if not link.startswith(("/static/", "#"))} - OUTSIDE
        if prefix:
            assert {link for link in links if not link.startswith(f"{EXAMPLE}/")} <= {"/"}, "only the way out"
        else:
            assert {link for link in links if not link.startswith("/")} == set()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_where_it_is(asking: Asking, path: str) -> None:
    answer = asking.get(path)
    assert answer.status in {200, 303, 409}
    if answer.status == 200 and path not in FRAGMENTS:
        assert answer.text.count("<h1") == 1
        assert answer.text.count("<main") == 1
        ids = re.findall(r'\sid="([^"]*)"', answer.text)
        assert len(ids) == len(set(ids))
