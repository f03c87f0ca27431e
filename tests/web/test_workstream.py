"""One kind of work on its page: answered, named, merged, split, and each of it taken back."""

import re

import pytest

from outgrow.model.judgement import Value
from outgrow.store import judgements
from outgrow.workflows.workspace import open_workspace
from tests.web.asking import Asking
from tests.web.test_sort import rows
from tests.web.work import PERIOD, bring_in, heading, notice, send

SORT = f"/sort?period={PERIOD}&all=1"


@pytest.fixture
def worked(asking: Asking) -> Asking:
    """Give the app on a month of a few kinds of work."""
    bring_in(asking.folder, ["Stock report", "Order desk", "Budget round 2026", "Forklift training"], days=8)
    return asking


def named(asking: Asking, name: str) -> str:
    """Return the address of a kind of work by its name."""
    page = asking.get(SORT).text
    return next(f"/workstream/{each}" for each in rows(page) if name in page.split(f'id="name-{each}"')[1][:200])


def merged(asking: Asking) -> str:
    """Merge two kinds of work; return the address of the one."""
    address, other = named(asking, "Stock report"), named(asking, "Order desk").rpartition("/")[2]
    page = send(asking, address, [("do", "merge"), ("other", other)]).text
    assert notice(page) == "Order desk is part of this now."
    return address


def test_it_tells_what_it_is_made_of(worked: Asking) -> None:
    page = worked.get(named(worked, "Stock report")).text
    assert heading(page) == "Stock report"
    assert "4.0 h in 8 activities" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "No answer yet." in page
    assert page.count('class="when"') == 8


def test_an_answer_with_its_reasons(worked: Asking) -> None:
    address = f"{named(worked, 'Stock report')}?period={PERIOD}"
    words = [("do", "judge"), ("answer", "growth"), ("reason", "SCOPE"), ("reason", "UNSURE"), ("discomfort", "4")]
    page = send(worked, address, words).text
    assert notice(page) == f"Kept: Stock report, growth from {PERIOD}-01 on."
    assert 'class="answer is-growth"' in page


def test_reasons_of_growth_are_not_kept_with_another_answer(worked: Asking) -> None:
    words = [("do", "judge"), ("answer", "depth"), ("reason", "SCOPE"), ("discomfort", "4")]
    send(worked, f"{named(worked, 'Stock report')}?period={PERIOD}", words)
    with open_workspace(str(worked.folder)) as workspace, workspace.store.look() as view:
        (said,) = judgements.judgements(view)
    assert (said.value, said.reasons, said.discomfort) == (Value.DEPTH, frozenset(), None)


def test_a_name_is_kept_and_taken_back(worked: Asking) -> None:
    address = named(worked, "Stock report")
    page = send(worked, address, [("do", "rename"), ("name", "  Stock   <b>figures</b> ")]).text
    assert heading(page) == "Stock <b>figures</b>"
    assert "<b>" not in page
    page = send(worked, "/undo", [("back", address)]).text
    assert heading(page) == "Stock report"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_that_will_not_do_stays_in_its_field(worked: Asking, name: str) -> None:
    answer = send(worked, named(worked, "Stock report"), [("do", "rename"), ("name", name)])
    assert answer.status == 400
    assert "between 1 and 200 characters" in answer.text
    assert f'value="{name}" aria-invalid="true"' in answer.text


def test_another_is_looked_for_and_merged_and_taken_back(worked: Asking) -> None:
    address = named(worked, "Stock report")
    page = worked.get(f"{address}?search=desk").text
    assert page.count("Make it part of this") == 1
    assert "holds that" in worked.get(f"{address}?search=nothing+such").text
    assert "Make it part" not in worked.get(f"{address}?search=Stock").text, "never with itself"
    page = worked.get(merged(worked)).text
    assert "Made of 2 titles" in page
    assert "16 activities" in page
    page = send(worked, "/undo", [("back", address)]).text
    assert "Made of 1 title<" in page


def test_a_split_shows_first_what_it_would_move(worked: Asking) -> None:
    address = merged(worked)
    page = worked.get(address).text
    mark = re.search(r'value="(\w+)"> <span><bdi>Order desk', page)
    assert mark
    page = send(worked, address, [("do", "preview"), ("title", mark[1])]).text
    assert "1 title with 8 activities and 4.0 h would become" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 title with 8 activities would stay here" in page
    assert "Made of 2 titles" in worked.get(address).text, "nothing has been done yet"
    page = send(worked, address, [("do", "split"), ("title", mark[1])]).text
    assert heading(page) == "Order desk"
    assert "Made of 1 title<" in worked.get(address).text


@pytest.mark.parametrize("ticked", [0, 2])
def test_a_split_of_nothing_or_all_is_refused(worked: Asking, ticked: int) -> None:
    address = merged(worked)
    marks = re.findall(r'name="title" value="(\w+)"', worked.get(address).text)
    for do in ("preview", "split"):
        answer = send(worked, address, [("do", do), *(("title", each) for each in marks[:ticked])])
        assert answer.status == 400
        assert "Nothing was changed" in answer.text
    assert "Made of 2 titles" in worked.get(address).text


def test_a_split_that_is_taken_back_leads_to_the_list(worked: Asking) -> None:
    address = merged(worked)
    mark = re.findall(r'name="title" value="(\w+)"', worked.get(address).text)[0]
    where = worked.post(address, do="split", title=mark).header("location")
    answer = worked.post("/undo", back=where)
    gone = worked.get(answer.header("location"))
    assert (gone.status, gone.header("location")) == (303, "/sort")
    assert "Taken back" in notice(worked.get("/sort").text)


@pytest.mark.parametrize(
    "path", ["/workstream/w0", "/workstream/%3Cscript%3E", "/workstream/..", "/workstream/" + "9" * 999]
)
def test_an_id_that_is_none(worked: Asking, path: str) -> None:
    answer = worked.get(path)
    assert 400 <= answer.status < 500
    assert "<script>" not in answer.text
    assert send(worked, path, [("do", "rename"), ("name", "x")]).status in {400, 404}


def test_a_form_that_is_none(worked: Asking) -> None:
    address = named(worked, "Stock report")
    for words in ([("do", "dance")], [("do", "merge"), ("other", "w0")], [("do", "judge"), ("answer", "good")]):
        assert send(worked, address, words).status == 400
