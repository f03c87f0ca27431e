"""The place of the projects without a browser."""

import re

import pytest

from tests.web.asking import Asking
from tests.web.work import heading, notice

PILOT = {
    "do": "keep",
    "name": "Warehouse <pilot>",
    "hours": "120",
    "grows": "new",
    "reasons": "outside my scope",
    "people": "new",
    "area": "the same",
    "mode": "partly new",
    "builds": "Plan a <move>",
    "seen_by": "Anna",
}


def kept(asking: Asking, **words: str) -> str:
    """Keep a project; return its number."""
    page = asking.post_and_follow("/projects", **(PILOT | words)).text
    assert notice(page).startswith("Kept:")
    return str(re.findall(r'id="project-(\d+)"', page)[-1])


def test_at_first_it_says_what_projects_are_for(asking: Asking) -> None:
    page = asking.get("/projects").text
    assert heading(page) == "Which project would make you capable of something new?"
    assert "No projects yet" in page
    assert "<svg" not in page.split("<main")[1].split("</main")[0]


def test_two_stand_side_by_side(asking: Asking) -> None:
    kept(asking, area="new", mode="new")
    kept(asking, name="Upkeep", hours="30", grows="same", reasons="", people="the same", mode="the same", builds="")
    page = asking.get("/projects").text
    assert heading(page) == "Warehouse <pilot> would be more growth work than the others."
    assert "<pilot>" not in page
    assert "<move>" not in page


def test_it_is_changed_in_place(asking: Asking) -> None:
    number = kept(asking)
    page = asking.get(f"/projects?edit={number}").text
    assert "Change the project" in page
    assert 'value="outside my scope" checked' in page
    page = asking.post_and_follow(f"/projects?edit={number}", **(PILOT | {"number": number, "name": "Yard"})).text
    assert "Yard" in page
    assert "Warehouse" not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("hours", "many"), ("first", "soon"), ("last", "x"), ("grows", "?"), ("people", "odd")],
)
def test_what_is_wrong_is_said_beside_its_field(asking: Asking, field: str, value: str) -> None:
    answer = asking.post("/projects", **(PILOT | {field: value}))
    assert answer.status == 400
    assert f'id="wrong-{field}"' in answer.text
    assert "Plan a &lt;move&gt;</textarea>" in answer.text, "what was typed stays"


def test_it_is_chosen_and_looked_back_on(asking: Asking) -> None:
    number = kept(asking)
    page = asking.post_and_follow("/projects", do="choose", number=number).text
    assert "is chosen" in notice(page)
    answer = asking.post("/projects", do="look back", number=number, share="lots", note="Well")
    assert answer.status == 400
    assert 'id="wrong-share"' in answer.text
    assert 'value="Well"' in answer.text
    page = asking.post_and_follow("/projects", do="look back", number=number, share="60", note="Well").text
    assert "by your own word" in page
    assert "1 project looked back on" in page
    page = asking.post_and_follow("/undo", back="/projects").text
    assert "by your own word" not in page


def test_it_is_taken_out_and_comes_back(asking: Asking) -> None:
    number = kept(asking)
    assert "No projects yet" in asking.post_and_follow("/projects", do="remove", number=number).text
    assert f'id="project-{number}"' in asking.post_and_follow("/undo", back="/projects").text


@pytest.mark.parametrize(
    "words",
    [
        {"do": "dance"},
        {"do": "choose", "number": "9"},
        {"do": "remove", "number": "x"},
        {"do": "look back", "number": "9"},
        PILOT | {"number": "9"},
    ],
)
def test_a_form_that_is_none(asking: Asking, words: dict[str, str]) -> None:
    assert asking.post("/projects", **words).status == 400
    assert asking.get("/projects?edit=999").status == 200
