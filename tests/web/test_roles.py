"""The place of the roles without a browser."""

import re

import pytest

from tests.web.asking import Asking
from tests.web.work import heading, notice

ROLE = {
    "do": "keep",
    "title": "Operations <analyst>",
    "first": "2023-09",
    "level": "Senior",
    "scope": "three sites",
    "responsibilities": "Stock report\nBudget [from 2025-03]",
}


def kept(asking: Asking) -> str:
    """Keep a role; return its number."""
    page = asking.post_and_follow("/roles", **ROLE).text
    assert notice(page) == "Kept: Operations <analyst>."
    return str(re.findall(r'id="role-(\d+)"', page)[0])


def test_at_first_it_says_what_roles_are_for(asking: Asking) -> None:
    page = asking.get("/roles").text
    assert heading(page) == "For how long has your work been the same?"
    assert "No roles yet" in page
    assert "<svg" not in page.split("<main")[1].split("</main")[0]


def test_a_role_is_kept_and_shown(asking: Asking) -> None:
    kept(asking)
    page = asking.get("/roles").text
    assert heading(page).startswith("Same responsibilities for")
    assert "<analyst>" not in page
    assert 'class="role"' in page
    assert page.count('class="duty"') == 4, "two, in a narrow and a wide drawing"


def test_it_is_changed_in_place(asking: Asking) -> None:
    number = kept(asking)
    page = asking.get(f"/roles?edit={number}").text
    assert "Change the role" in page
    assert "Budget [from 2025-03-01]</textarea>" in page
    words = ROLE | {"number": number, "title": "Analyst", "responsibilities": "Stock report"}
    page = asking.post_and_follow(f"/roles?edit={number}", **words).text
    assert "Budget" not in page.split('class="duties"')[1].split("</ul>", maxsplit=1)[0]
    page = asking.post_and_follow("/undo", back="/roles").text
    assert "Budget" in page.split('class="duties"')[1].split("</ul>", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("first", ""),
        ("first", "soon"),
        ("last", "2001"),
        ("level", "x" * 300),
        ("responsibilities", "[from 2]"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(asking: Asking, field: str, value: str) -> None:
    answer = asking.post("/roles", **(ROLE | {field: value}))
    assert answer.status == 400
    assert f'aria-describedby="wrong-{field}"' in answer.text
    assert field == "scope" or 'value="three sites"' in answer.text, "what was typed stays"


def test_it_ends_and_is_taken_out_and_comes_back(asking: Asking) -> None:
    number = kept(asking)
    page = asking.post_and_follow("/roles", do="end", number=number).text
    assert "Ended today" not in page
    page = asking.post_and_follow("/roles", do="remove", number=number).text
    assert "No roles yet" in page
    page = asking.post_and_follow("/undo", back="/roles").text
    assert f'id="role-{number}"' in page


@pytest.mark.parametrize("words", [{"do": "dance"}, {"do": "end", "number": "9"}, {"do": "remove", "number": "x"}])
def test_a_form_that_is_none(asking: Asking, words: dict[str, str]) -> None:
    assert asking.post("/roles", **words).status == 400
    assert asking.get("/roles?edit=999").status == 200
