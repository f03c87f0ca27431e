"""Work can be noted from anywhere, and what is wrong with it is said beside its field."""

import html
from datetime import date, timedelta

import pytest

from tests.web.asking import Asking

YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011 - the app asks the machine for its own date


def test_work_is_noted_and_the_person_is_where_they_were(asking: Asking) -> None:
    words = {"text": "Ran the retrospective", "hours": "1:30", "day": "yesterday", "project": "Team", "led": "yes"}
    answer = asking.post("/capture", back="/settings?a=1", people="Anna, Ben,", **words)
    assert (answer.status, answer.header("location")) == (303, "/settings?a=1")
    said = f"Noted for {YESTERDAY:%A} {YESTERDAY.day} {YESTERDAY:%B}, 1.5 h: Ran the retrospective. Undo takes it back."
    assert said in asking.get("/settings").text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_line_is_enough(asking: Asking) -> None:
    assert asking.post("/capture", text="Budget round").status == 303
    today = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
    assert f"Noted for {today:%A} {today.day} {today:%B}: Budget round." in asking.get("/settings").text


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("text", {"text": " "}, "Say in a few words"),
        ("text", {"text": "x" * 501}, "Say in a few words"),
        ("hours", {"text": "Budget", "hours": "soon"}, "no length of time"),
        ("hours", {"text": "Budget", "hours": "30"}, "24 hours"),
        ("day", {"text": "Budget", "day": "someday"}, "no day I know"),
        ("day", {"text": "Budget", "day": "9999-12-31"}, "has not come yet"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(asking: Asking, field: str, words: dict[str, str], said: str) -> None:
    answer = asking.post("/capture", back="/settings", project='"Team" <b>', **words)
    page = html.unescape(answer.text)
    assert answer.status == 400
    assert said in page.split(f'id="wrong-{field}"')[1].split("</em>")[0]
    assert page.count('class="wrong"') == 1
    assert all(f'value="{value}"' in page for value in words.values())
    assert 'value="&#34;Team&#34; &lt;b&gt;"' in answer.text
    assert 'name="back" value="/settings"' in page
    assert "nothing to take back" in asking.post_and_follow("/undo").text


def test_two_wrong_fields_are_both_said(asking: Asking) -> None:
    page = asking.post("/capture", text="Budget", hours="soon", day="someday").text
    assert page.count('class="wrong"') == 2


def test_the_page_for_it_leads_back(asking: Asking) -> None:
    page = asking.get("/capture?back=/settings").text
    assert 'name="back" value="/settings"' in page
    assert 'href="/settings">Back</a>' in page
    assert page.count('id="capture-form"') == 1
    assert 'href="//evil' not in asking.get("/capture?back=//evil.example").text
