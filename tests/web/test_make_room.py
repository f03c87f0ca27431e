"""The place of making room without a browser."""

import re
from collections.abc import Sequence

import pytest

from outgrow.workflows.workspace import open_workspace
from tests.web.asking import Asking
from tests.web.work import bring_in, heading, notice


@pytest.fixture
def working(asking: Asking) -> Asking:
    """Give the app with a month of work of many kinds."""
    bring_in(asking.folder)
    return asking


def rows(page: str) -> Sequence[str]:
    """Return the ids of the work that is listed."""
    return re.findall(r'name="work" value="([^"]+)"', page)


def test_without_work_it_asks_for_some(asking: Asking) -> None:
    page = asking.get("/room").text
    assert "There is no week of work" in page
    assert 'href="/bring-in"' in page


def test_with_too_few_answers_it_asks_for_some_and_lists_the_work(working: Asking) -> None:
    page = working.get("/room").text
    assert heading(page) == "What could give way to growth?"
    assert "after about eight answers" in page
    assert len(rows(page)) == 12
    assert "Show all 15" in page
    assert len(rows(working.get("/room?all=1").text)) == 15


def test_hours_that_are_named_are_freed_and_begun_in_one_go(working: Asking) -> None:
    page = working.get("/room?hours=2").text
    assert "The fewest releases that free 2.0" in page
    assert "To say to your manager" in page
    page = working.post_and_follow("/room", do="take", plan="0", hours="2").text
    assert notice(page).startswith("Begun: ")
    assert "Let go of so far" in page
    assert "Too early to say" in page
    page = working.post_and_follow("/undo", back="/room").text
    assert "Let go of so far" not in page, "one undo takes all of it back"


def test_more_than_all_is_said_to_be_lacking(working: Asking) -> None:
    page = working.get("/room?hours=80").text
    assert "are lacking" in page
    assert 'value="take"' not in page


@pytest.mark.parametrize("hours", ["x", "0", "-1", "81", "nan", "inf", "1e999"])
def test_hours_that_are_none_are_refused_beside_their_field(working: Asking, hours: str) -> None:
    answer = working.get(f"/room?hours={hours}")
    assert answer.status == 400
    assert 'aria-describedby="wrong-freed"' in answer.text


def test_what_must_not_slip_is_not_done_less_well(working: Asking) -> None:
    work = rows(working.get("/room").text)[0]
    page = working.post_and_follow("/room", do="firm", work=work).text
    assert "must not slip" in notice(page)
    first = page.split('class="work"')[1].split("</li>")[0]
    assert "<option>hand over</option>" in first
    assert "<option>drop</option>" not in first
    page = working.post_and_follow("/room", do="soft", work=work).text
    assert "<option>drop</option>" in page.split('class="work"')[1].split("</li>")[0]


def test_what_stays_is_not_proposed_again(working: Asking) -> None:
    work = rows(working.get("/room").text)[0]
    page = working.post_and_follow("/room", do="turn_down", work=work).text
    assert "stays with you" in page.split('class="work"')[1].split("</li>")[0]
    assert work not in working.get("/room?hours=0.5").text.split("To say to your manager")[0]


def test_a_release_is_begun_and_ended(working: Asking) -> None:
    work = rows(working.get("/room").text)[0]
    page = working.post_and_follow("/room", do="let_go", work=work, way="hand over", to="Mia").text
    assert work not in rows(page)
    assert "Mia" in page
    number = re.findall(r'name="number" value="(\d+)"', page)[0]
    page = working.post_and_follow("/room", do="end", number=number).text
    assert work in rows(page)


@pytest.mark.parametrize(
    "words",
    [
        {"do": "dance"},
        {"do": "end", "number": "9"},
        {"do": "end", "number": "x"},
        {"do": "firm", "work": "nothing like it"},
        {"do": "let_go", "work": "Stock report", "way": "burn"},
        {"do": "take", "plan": "7", "hours": "1"},
    ],
)
def test_a_form_that_is_none(working: Asking, words: dict[str, str]) -> None:
    assert working.post("/room", **words).status == 400


def test_nothing_is_written_by_looking(working: Asking) -> None:
    working.get("/room?hours=3")
    with open_workspace(str(working.folder)) as workspace:
        before = workspace.store.state()
        working.get("/room?hours=4")
        assert workspace.store.state() == before
