"""The place of small experiments without a browser."""

import re

import pytest

from tests.web.asking import Asking
from tests.web.work import heading, notice


def listed(page: str) -> list[str]:
    return re.findall(r'id="experiment-([\w-]+)"', page)


def test_the_first_few_are_offered_and_all_on_request(asking: Asking) -> None:
    page = asking.get("/opportunities").text
    assert heading(page) == "What is worth trying next?"
    assert len(listed(page)) == 8
    assert len(listed(asking.get("/opportunities?all=1").text)) == 65
    assert len(listed(asking.get("/opportunities?kind=craft&all=1").text)) == 13
    assert "None of this kind" in asking.get("/opportunities?kind=dance").text


def test_one_that_is_linked_to_is_shown_open(asking: Asking) -> None:
    hidden = listed(asking.get("/opportunities?all=1").text)[-1]
    page = asking.get(f"/opportunities?open={hidden}").text
    assert "<details open>" in page.split(f'id="experiment-{hidden}"')[1]


def test_it_is_planned_tried_and_done(asking: Asking) -> None:
    page = asking.post_and_follow("/opportunities", do="plan", experiment="run-retro", when="tomorrow").text
    assert notice(page).startswith("Run a retrospective: planned for ")
    assert "Under way" in page
    page = asking.post_and_follow("/opportunities", do="try", experiment="run-retro").text
    assert notice(page).startswith("Tried: Run a retrospective.")
    words = {"did": "Ran the <b> retrospective", "result": "Two actions", "seen_by": "Anna, Ben"}
    page = asking.post_and_follow("/opportunities", do="done", experiment="run-retro", **words).text
    assert notice(page) == "Done, and kept as evidence: Run a retrospective."
    (number,) = re.findall(r'href="/evidence/(\d+)"', page)
    assert "Ran the &lt;b&gt; retrospective" in asking.get(f"/evidence/{number}").text
    page = asking.post_and_follow("/undo", back="/opportunities").text
    assert f"/evidence/{number}" not in page


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"do": "plan", "when": "yesterday"}, "when"),
        ({"do": "plan", "clock": "25"}, "clock"),
        ({"do": "plan", "length": "x"}, "length"),
        ({"do": "done", "did": ""}, "did"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(asking: Asking, words: dict[str, str], field: str) -> None:
    answer = asking.post("/opportunities", experiment="automate-own", **words)
    assert answer.status == 400
    assert answer.text.count(f'aria-describedby="wrong-{field}"') == 1


def test_what_is_turned_down_is_gone(asking: Asking) -> None:
    first, *_ = listed(asking.get("/opportunities").text)
    page = asking.post_and_follow("/opportunities", do="turn_down", experiment=first).text
    assert "1 experiment turned down; it is not offered again" in page
    assert first not in listed(asking.get("/opportunities?all=1").text)


def test_an_own_one_is_kept(asking: Asking) -> None:
    words = {"title": "Count the <stock> alone", "kind": "craft", "takes": "3"}
    page = asking.post_and_follow("/opportunities", do="add", **words).text
    assert "Count the &lt;stock&gt; alone" in page
    answer = asking.post("/opportunities", do="add", title="", kind="craft", ask="Anna")
    assert answer.status == 400
    assert 'aria-describedby="wrong-title"' in answer.text
    assert 'value="Anna"' in answer.text, "what was typed stays"
    answer = asking.post("/opportunities", do="add", title="x", kind="craft", takes="soon")
    assert 'aria-describedby="wrong-takes"' in answer.text


@pytest.mark.parametrize("words", [{"do": "dance"}, {"do": "try"}, {"do": "plan", "experiment": "none such"}])
def test_a_form_that_is_none(asking: Asking, words: dict[str, str]) -> None:
    assert asking.post("/opportunities", **words).status == 400


def test_the_next_level_offers_three_and_room_for_them(asking: Asking) -> None:
    asking.post_and_follow("/next", do="aim", **{"from": "0:senior", "to": "0:lead"})
    page = asking.get("/next").text
    assert page.count('href="/opportunities?open=') == 3
    assert "Room for them" in page
    assert 'href="/room"' in page
