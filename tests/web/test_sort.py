"""Sort: the list of work, one answer for a row, for several, and for those that are alike."""

import re
from random import Random

import pytest

from tests.web.asking import Asking
from tests.web.work import KINDS, LAST_MONTH, PERIOD, bring_in, card, heading, notice, send

SORT = f"/sort?period={PERIOD}"


@pytest.fixture
def worked(asking: Asking) -> Asking:
    """Give the app on a month of fifteen kinds of work."""
    bring_in(asking.folder)
    return asking


def rows(page: str) -> list[str]:
    """Return the workstreams that a page lists."""
    return re.findall(r'id="row-(\w+)"', page)


def row(page: str, workstream: str) -> str:
    """Return the markup of a row."""
    return page.split(f'id="row-{workstream}"')[1].split("</li>", maxsplit=1)[0]


def test_what_waits_is_listed_with_its_guess_dashed(worked: Asking) -> None:
    page = worked.get(SORT).text
    assert len(rows(page)) == len(KINDS)
    assert f"{len(KINDS)} of {len(KINDS)} kinds of work wait for an answer" in page
    assert page.count('class="guess is-') == len(KINDS)
    assert 'class="answer is-' not in page


def test_days_are_said_in_words(worked: Asking) -> None:
    assert f"An answer holds from 1 {LAST_MONTH:%B %Y} on." in worked.get(SORT).text
    assert '<p class="lead">Last 90 days: ' in worked.get("/sort?period=last+90+days").text


def test_an_answer_takes_a_row_from_what_waits(worked: Asking) -> None:
    first, *others = rows(worked.get(SORT).text)
    page = send(worked, SORT, [("card", first), ("answer", "growth")]).text
    assert rows(page) == others
    assert notice(page).endswith(", growth.")
    page = worked.get(f"{SORT}&all=1").text
    assert 'class="answer is-growth"' in row(page, first)
    assert len(rows(page)) == len(KINDS)
    page = send(worked, "/undo", [("back", SORT)]).text
    assert rows(page) == [first, *others]


def test_what_the_audit_of_the_same_days_answered_waits_no_more(worked: Asking) -> None:
    audit = f"/audit?period={PERIOD}"
    page = send(worked, audit, [("do", "begin"), ("open", "1")]).text
    answered = card(page)
    send(worked, audit, [("card", answered), ("do", "judge"), ("answer", "depth")])
    page = worked.get(SORT).text
    assert answered not in rows(page)
    assert f"{len(KINDS) - 1} of {len(KINDS)} kinds of work wait for an answer" in page
    assert 'class="answer is-depth"' in row(worked.get(f"{SORT}&all=1").text, answered)


def test_the_script_gets_the_row_alone(worked: Asking) -> None:
    first = rows(worked.get(SORT).text)[0]
    page = send(worked, SORT, [("card", first), ("answer", "depth")], swap=True).text
    assert rows(page) == [first]
    assert 'class="answer is-depth"' in page
    assert notice(page).endswith(", depth.")
    assert first not in rows(worked.get(SORT).text)


def test_several_take_one_answer_and_are_taken_back_together(worked: Asking) -> None:
    listed = rows(worked.get(SORT).text)
    page = send(worked, SORT, [*(("chosen", each) for each in listed[:4]), ("answer", "outside")]).text
    assert notice(page) == "Kept: 4 kinds of work, not work."
    assert rows(page) == listed[4:]
    assert rows(send(worked, "/undo", [("back", SORT)]).text) == listed


def test_those_that_are_alike_are_shown_before_they_are_answered(worked: Asking) -> None:
    page = worked.get(SORT).text
    catch_up = next(each for each in rows(page) if "Catch-up" in row(page, each))
    page = worked.get(f"{SORT}&alike={catch_up}").text
    assert len(rows(page)) == 3
    assert heading(page) == "3 alike: one answer for all of them?"
    assert page.count('form="chosen" checked') == 3
    odd = next(each for each in rows(worked.get(SORT).text) if each not in rows(page))
    assert heading(worked.get(f"{SORT}&alike={odd}").text) == "Nothing else here is like it."
    assert worked.get(f"{SORT}&alike=w0").status == 200


@pytest.mark.parametrize(
    "words",
    [
        [("answer", "depth")],
        [("card", "w0"), ("answer", "depth")],
        [("chosen", "w0"), ("answer", "depth")],
        [("card", "?"), ("answer", "good")],
        [("card", "?")],
    ],
)
def test_what_is_no_answer_is_said_and_changes_nothing(worked: Asking, words: list[tuple[str, str]]) -> None:
    listed = rows(worked.get(SORT).text)
    told = [(name, listed[0] if value == "?" else value) for name, value in words]
    assert send(worked, SORT, told).status == 400
    assert rows(worked.get(SORT).text) == listed


def test_states_without_anything_to_sort(worked: Asking) -> None:
    assert "no work in these days" in worked.get("/sort?period=1999-05").text
    send(worked, SORT, [*(("chosen", each) for each in rows(worked.get(SORT).text)), ("answer", "depth")])
    page = worked.get(SORT).text
    assert "Nothing to sort: every kind of work in these days has an answer." in page
    assert worked.get("/sort?period=gibberish").status == 400


def test_a_long_list_comes_in_pages_that_stay_light(asking: Asking) -> None:
    chance = Random(1)  # noqa: S311 - the same words at every run, no secret
    kinds = ["".join(chance.choices("абвгдежзийклмнопрстуфхц", k=300)) for _ in range(89)]
    bring_in(asking.folder, [*kinds, "<script>alert(1)</script>"], days=6)
    pages = [asking.get(f"{SORT}&page={number}") for number in (1, 2, 3)]
    assert [len(rows(page.text)) for page in pages] == [40, 40, 10]
    assert max(len(page.body) for page in pages) < 100_000
    assert len({each for page in pages for each in rows(page.text)}) == 90
    assert not any("<script>alert" in page.text for page in pages)
    for number in ("0", "-1", "9" * 40, "x"):
        assert asking.get(f"{SORT}&page={number}").status == 200
