"""What cannot be done is said on a page, with the way on."""

import html
import re

import pytest

from outgrow.model.fault import Fault
from outgrow.web import faults
from tests.web.asking import Asking


@pytest.mark.parametrize("place", ["/", "/sort", "/audit"])
def test_a_period_nobody_knows_can_be_said_again(asking: Asking, place: str) -> None:
    answer = asking.get(f"{place}?period=2026-13&all=1")
    assert answer.status == 400
    assert "is not in the calendar. Say for example" in answer.text
    form = re.search(r'<form method="get" class="row">.*?</form>', answer.text, re.DOTALL)
    assert form
    assert '<input name="period" value="2026-13"' in form[0]
    assert '<input type="hidden" name="all" value="1">' in form[0]


def test_what_is_said_again_is_escaped_and_short(asking: Asking) -> None:
    page = asking.get("/?period=%22%3E%3Cscript%3E" + "x" * 500).text
    assert "<script>" not in page
    found = re.search(r'<input name="period" value="([^"]*)"', page)
    assert found
    assert html.unescape(found[1]) == ('"><script>' + "x" * 500)[:60]


def test_another_fault_asks_for_no_period(asking: Asking) -> None:
    for target in ("/no/such/page", "/workstream?period=2026-10"):
        assert 'name="period"' not in asking.get(target).text


def test_a_fault_is_said_at_a_bearable_length() -> None:
    said = bytes(faults.plain(Fault("It quotes " + "x" * 100_000)).body)
    assert b"It quotes xxx" in said
    assert len(said) < 2000
