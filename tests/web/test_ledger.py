"""The ledger without a browser: every form, what is wrong beside its field, and the way after each."""

import re
from datetime import timedelta

import pytest

from outgrow.model.capability import CapabilityState
from outgrow.model.judgement import Value
from outgrow.reports.ledger import CapabilityView, LedgerView
from outgrow.workflows.show_ledger import show_capability, show_ledger
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.workspace import open_workspace
from tests.web.asking import Answer, Asking
from tests.web.work import TODAY, bring_in, heading, notice, send
from tests.workflows.said_earlier import said_earlier


def view(asking: Asking) -> LedgerView:
    """Return the ledger as it is kept."""
    with open_workspace(str(asking.folder)) as workspace:
        return show_ledger(workspace)


def one(asking: Asking, number: int) -> CapabilityView:
    """Return a capability as it is kept."""
    with open_workspace(str(asking.folder)) as workspace:
        return show_capability(workspace, number)


def claimed(asking: Asking, name: str) -> int:
    """Make an entry; return its number."""
    page = send(asking, "/ledger", [("do", "claim"), ("name", name)]).text
    assert heading(page) == name
    found = re.search(r'action="/ledger/(\d+)"', page)
    assert found
    return int(found[1])


def do(asking: Asking, number: int, deed: str, **words: str) -> Answer:
    """Send a form of a capability's page."""
    return send(asking, f"/ledger/{number}", [("do", deed), *words.items()])


def outgrown(asking: Asking) -> None:
    """Call some work growth, and depth by now; and some growth for long."""
    bring_in(asking.folder, ["Negotiate contract", "Draft strategy"], days=8)
    with open_workspace(str(asking.folder)) as workspace:
        said_earlier(workspace, ["Draft strategy"], 95, TODAY - timedelta(days=96))
        judge(workspace, ["Negotiate contract"], TODAY - timedelta(days=60), WorkAnswer(Value.GROWTH))
        judge(workspace, ["Negotiate contract"], TODAY, WorkAnswer(Value.DEPTH))


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(asking: Asking) -> None:
    answer = send(asking, "/ledger", [("do", "claim"), ("name", "x" * 201), ("day", "some day")])
    assert answer.status == 400
    assert "is no day I know" in answer.text
    assert "x" * 201 in answer.text
    assert view(asking).capabilities == ()


def test_states_are_reached_and_taken_back(asking: Asking) -> None:
    number = claimed(asking, "Lead talks")
    refused = do(asking, number, "reach", state="shown", note="")
    assert (refused.status, "Shown rests on evidence" in refused.text) == (400, True)
    do(asking, number, "reach", state="shown", proof="Led them", kind="SOMEBODY", day="yesterday")
    assert one(asking, number).line.state is CapabilityState.SHOWN
    page = do(asking, number, "take back", state="shown").text
    assert notice(page) == "Not shown after all; the history keeps both."
    assert one(asking, number).line.state is CapabilityState.CLAIMED


def test_evidence_is_added_by_kind(asking: Asking) -> None:
    number = claimed(asking, "Lead talks")
    assert do(asking, number, "prove", kind="ARTEFACT", **{"action-ARTEFACT": ""}).status == 400
    page = do(asking, number, "prove", kind="ARTEFACT", **{"action-ARTEFACT": "The signed <b>contract</b>"}).text
    assert "The signed &lt;b&gt;contract&lt;/b&gt;" in page
    assert [each.kind.name for each in one(asking, number).evidence] == ["ARTEFACT"]


def test_merged_superseded_withdrawn_and_back(asking: Asking) -> None:
    first, second = claimed(asking, "Lead talks"), claimed(asking, "Talk")
    do(asking, first, "merge", other=str(second))
    assert asking.get(f"/ledger/{second}").header("location") == f"/ledger/{first}", "it is shown where it went"
    send(asking, f"/ledger/{first}", [("do", "part"), ("number", str(second))])
    assert heading(asking.get(f"/ledger/{second}").text) == "Talk"
    do(asking, second, "supersede", other=str(first))
    assert [each.name for each in view(asking).superseded] == ["Talk"]
    assert "Its place was taken by" in asking.get(f"/ledger/{second}").text
    do(asking, first, "withdraw")
    assert [each.name for each in view(asking).withdrawn] == ["Lead talks"]
    send(asking, "/ledger", [("do", "bring back"), ("number", str(first))])
    assert view(asking).withdrawn == ()
    do(asking, first, "rename", name="Lead supplier talks")
    assert one(asking, first).line.name == "Lead supplier talks"
    assert do(asking, first, "rename", name=" ").status == 400


def test_after_undo_of_its_entry_a_page_leads_to_the_ledger(asking: Asking) -> None:
    number = claimed(asking, "Lead talks")
    led = send(asking, "/undo", [("back", f"/ledger/{number}")])
    page = asking.get(led.header("location")).text
    assert heading(page) == "What can you do now that you could not?"
    assert notice(page).startswith("Taken back: the capability Lead talks")
    assert asking.get(f"/ledger/{number}").status == 400


def test_outgrown_work_is_entered_with_what_is_prefilled(asking: Asking) -> None:
    outgrown(asking)
    page = asking.get("/ledger").text
    (workstream,) = set(re.findall(r'name="workstream" value="(\w+)">\s*<label class="field">', page))
    assert f'value="{TODAY}"' in page
    assert 'value="4.0"' in page
    words = [("do", "enter"), ("workstream", workstream), ("name", "Negotiate"), ("keep", "yes"), ("hours", "120")]
    assert send(asking, "/ledger", [*words, ("day", "never")]).status == 400
    assert send(asking, "/ledger", [*words[:-1], ("hours", "much")]).status == 400
    assert heading(send(asking, "/ledger", words).text) == "Negotiate"
    (line,) = view(asking).capabilities
    assert one(asking, line.number).evidence[0].hours == 120


def test_outgrown_work_is_turned_down(asking: Asking) -> None:
    outgrown(asking)
    (curve,) = view(asking).outgrown
    page = send(asking, "/ledger", [("do", "turn down"), ("workstream", curve.workstream)]).text
    assert notice(page) == "No entry for Negotiate contract; it is not asked for again."
    assert "Make the entry after all" in page


@pytest.mark.parametrize("place", ["/ledger", "/sort"])
def test_growth_is_asked_again(asking: Asking, place: str) -> None:
    outgrown(asking)
    assert "Asked again: are you good at it by now?" in asking.get(place).text
    (due,) = view(asking).due
    words = [("do", "again"), ("back", place), ("workstream", due.workstream), ("answer", "growth")]
    page = send(asking, "/ledger", [*words, ("discomfort", "3")]).text
    assert notice(page).startswith("Kept: Draft strategy, growth from ")
    assert "Asked again" not in page


def test_what_has_become_depth_is_asked_for(asking: Asking) -> None:
    outgrown(asking)
    (due,) = view(asking).due
    words = [("do", "again"), ("back", "/sort"), ("workstream", due.workstream), ("answer", "depth")]
    page = send(asking, "/ledger", words).text
    assert heading(page) == "What can you do now that you could not?"
    assert page.count('class="card outgrown"') == 2


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/ledger", [("do", "something else")]),
        ("/ledger", [("do", "again"), ("workstream", "w1"), ("answer", "maybe")]),
        ("/ledger", [("do", "again"), ("workstream", "w1"), ("answer", "growth"), ("discomfort", "9")]),
        ("/ledger", [("do", "enter"), ("workstream", "w1")]),
        ("/ledger", [("do", "turn down"), ("workstream", "<b>")]),
        ("/ledger", [("do", "bring back"), ("number", "x" * 5000)]),
        ("/ledger/1", [("do", "reach"), ("state", "mastered")]),
        ("/ledger/1", [("do", "prove"), ("kind", "hearsay")]),
        ("/ledger/1", [("do", "reach"), ("state", "shown"), ("proof", "x"), ("kind", "hearsay")]),
        ("/ledger/999", [("do", "rename"), ("name", "x")]),
        ("/ledger/999", [("do", "merge"), ("other", "998")]),
        ("/ledger/999999999999999999", [("do", "withdraw")]),
    ],
)
def test_what_cannot_be_is_refused(asking: Asking, target: str, words: list[tuple[str, str]]) -> None:
    claimed(asking, "Lead talks")
    assert send(asking, target, words).status == 400
    assert [each.name for each in view(asking).capabilities] == ["Lead talks"]


def test_the_verdict_names_what_was_gained(asking: Asking) -> None:
    bring_in(asking.folder, ["Negotiate contract"], days=8)
    send(asking, "/ledger", [("do", "claim"), ("name", "Lead talks")])
    page = asking.get(f"/?period={TODAY:%Y-%m}").text
    assert "Lead talks" not in page, "no work, no sides"
    day = TODAY.replace(day=1) - timedelta(days=3)
    send(asking, "/ledger", [("do", "claim"), ("name", "Write strategy"), ("day", f"{day}")])
    page = asking.get(f"/?period={day:%Y-%m}").text
    assert "capability gained" in page
    assert "Write strategy" in page
    assert "Lead talks" not in page
