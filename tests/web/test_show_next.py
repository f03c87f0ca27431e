"""The place of the next level without a browser: the step is set, rows open, evidence is linked, and taken back."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from outgrow.cli.main import main
from tests.web.asking import Asking
from tests.web.work import heading, notice

ROW = "lead-cross-functional-1"
DASH = "\N{EN DASH}"
OPEN = f"/next?open={ROW}"


@pytest.fixture
def aimed(asking: Asking) -> Asking:
    """Give the app with the step from Senior to Lead set."""
    page = asking.post_and_follow("/next", do="aim", **{"from": "0:senior", "to": "0:lead"}).text
    assert notice(page) == "The step is set: from Senior to Lead."
    return asking


def keep(asking: Asking, *words: str) -> None:
    assert main(["-q", "--data", str(asking.folder), *words]) == 0


def cells(page: str, row: int) -> list[str]:
    """Return what the cells of a row say."""
    part = page.split(f'id="row-{row}"')[1].split("</tr>", maxsplit=1)[0]
    found = re.findall(r'class="cell[^"]*"[^>]*>(.*?)</span>', part, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).replace(DASH, "-").strip() for each in found]


def test_at_first_it_asks_for_two_levels(asking: Asking) -> None:
    page = asking.get("/next").text
    assert heading(page) == "What does the next level ask for that this one does not?"
    assert page.count("<select") == 2
    assert 'value="0:senior"' in page


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ("", "0:lead", "Choose the level you have now"),
        ("0:senior", "", "Choose the level you want"),
        ("0:senior", "1:lead", "two levels of one ladder"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(asking: Asking, now: str, then: str, said: str) -> None:
    answer = asking.post("/next", do="aim", **{"from": now, "to": then})
    assert answer.status == 400
    assert said in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    if now:
        assert f'value="{now}" selected' in answer.text, "what was chosen stays"


def test_the_matrix_lists_the_step(aimed: Asking) -> None:
    page = aimed.get("/next").text
    assert heading(page) == "What the next level asks for that this one does not."
    assert "From <bdi>Senior</bdi> to <bdi>Lead</bdi>" in page
    rows = page.count('role="rowheader"')
    assert f"All {rows}" in page
    assert page.count(f'<span aria-hidden="true">{DASH}</span>') == 4 * rows, "a dash where there is nothing"
    assert "No overall figure yet" in page
    for word in ("lack", "missing", "weak", "fail"):
        assert word not in page.lower().split("<main")[1].split("</main")[0]


def test_one_kind_alone(aimed: Asking) -> None:
    page = aimed.get("/next?kind=leadership").text
    assert 0 < page.count('role="rowheader"') < aimed.get("/next").text.count('role="rowheader"')
    assert "No expectation of this kind" in aimed.get("/next?kind=no+such").text


def test_new_evidence_is_kept_for_a_row(aimed: Asking) -> None:
    words = {"do": "add", "expectation": ROW, "did": "Agreed dates", "evidence_kind": "artefact", "day": "today"}
    page = aimed.post_and_follow(OPEN, **words, seen_by="Anna, Ben").text
    assert notice(page).startswith("Kept, and it counts for: Negotiates")
    row = int(re.findall(r'id="row-(\d+)" class="open', page)[0])
    assert cells(page, row) == ["-", "1", "-", "-"]
    assert "seen by <bdi>Anna, Ben</bdi>" in page
    number = re.findall(r'/evidence/(\d+)"', page)[0]
    page = aimed.post_and_follow(OPEN, do="unlink", expectation=ROW, number=number).text
    assert cells(page, row) == ["-"] * 4
    page = aimed.post_and_follow(OPEN, do="link", expectation=ROW, number=number).text
    assert cells(page, row)[1] == "1"
    page = aimed.post_and_follow("/undo", back=OPEN).text
    assert cells(page, row)[1] == "-"


@pytest.mark.parametrize(
    ("field", "value"),
    [("did", ""), ("did", "x" * 5001), ("day", "soon"), ("day", "2999-01-01"), ("seen_by", "x" * 300)],
)
def test_what_cannot_be_kept_is_said_beside_its_field(aimed: Asking, field: str, value: str) -> None:
    words = {"do": "add", "expectation": ROW, "did": "Agreed dates", "day": "today", field: value}
    answer = aimed.post(OPEN, **words)
    assert answer.status == 400
    assert f'aria-describedby="wrong-{field}"' in answer.text
    assert field == "did" or 'value="Agreed dates"' in answer.text


def test_a_guess_is_confirmed_or_turned_down(aimed: Asking) -> None:
    keep(aimed, "evidence", "add", "Negotiated the carrier contract")
    page = aimed.get("/next").text
    assert "May count already" in page
    assert 'class="cell guessed">1?' in page
    number = re.findall(r'name="number" value="(\d+)"', page)[0]
    page = aimed.post_and_follow("/next", do="turn_down", expectation=ROW, number=number).text
    assert "May count already" not in page
    page = aimed.post_and_follow("/undo", back="/next").text
    assert "May count already" in page
    page = aimed.post_and_follow("/next", do="link", expectation=ROW, number=number).text
    assert "May count already" not in page
    assert 'class="cell rough"' in page


def test_a_capability_speaks_for_a_row(aimed: Asking) -> None:
    keep(aimed, "capability", "add", "Runs a <round>")
    number = re.findall(r'<option value="(\d+)">Runs', aimed.get(OPEN).text)[0]
    page = aimed.post_and_follow(OPEN, do="speak", expectation=ROW, number=number).text
    assert f'href="/ledger/{number}"' in page
    page = aimed.post_and_follow(OPEN, do="fall_silent", expectation=ROW, number=number).text
    assert f'href="/ledger/{number}"' not in page


def test_no_chance_is_a_state_with_its_reason(aimed: Asking) -> None:
    page = aimed.post_and_follow(OPEN, do="no_chance", expectation=ROW, note="Nobody <i>asks</i>").text
    assert "1 without a chance so far" in page
    assert "No chance yet: <bdi>Nobody &lt;i&gt;asks&lt;/i&gt;</bdi>" in page
    page = aimed.post_and_follow(OPEN, do="chance", expectation=ROW).text
    assert "without a chance so far" not in page
    assert aimed.post(OPEN, do="no_chance", expectation=ROW, note="x" * 400).status == 400


def test_another_step_is_a_comparison(aimed: Asking) -> None:
    page = aimed.get("/next?from=0:senior&to=0:head").text
    assert "A comparison" in page
    assert "It takes in what" in page
    page = aimed.post_and_follow("/next", do="aim", **{"from": "0:senior", "to": "0:head"}).text
    assert "A comparison" not in page
    page = aimed.get("/next?from=-&to=0:expert").text
    assert unescape(re.sub("<[^>]+>", "", heading(page))) == "What Expert asks for."
    assert aimed.get("/next?to=Fellow").status == 200


@pytest.mark.parametrize(
    "query", ["to=9:lead", "to=0:", "to=%00", "from=0:nothing", "to=" + quote("0:<b>"), "from=" + "9" * 400 + ":x"]
)
def test_a_step_that_is_none_is_no_fault_of_ours(aimed: Asking, query: str) -> None:
    answer = aimed.get(f"/next?{query}")
    assert answer.status in {200, 400}
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        {"do": "dance"},
        {"do": "link", "expectation": "none", "number": "1"},
        {"do": "link", "expectation": ROW, "number": "99"},
        {"do": "speak", "expectation": ROW, "number": "x"},
        {"do": "turn_down", "expectation": ROW, "number": ""},
    ],
)
def test_a_form_that_is_none(aimed: Asking, words: dict[str, str]) -> None:
    assert aimed.post("/next", **words).status == 400
