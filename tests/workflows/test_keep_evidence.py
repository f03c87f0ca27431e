"""Evidence is kept as said, changed without loss, and leaves nothing outside of the data folder."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outgrow.model.capability import Capability
from outgrow.model.evidence import Evidence, EvidenceKind, Link, Polish
from outgrow.model.ladder import Expected
from outgrow.model.turned_down import TurnedDown
from outgrow.store import files, journal, versions
from outgrow.workflows import keep_evidence
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.choose_ladder import ladders
from outgrow.workflows.keep_evidence import CannotKeep, NoSuchEvidence, every, keep, read, revise, withdraw
from outgrow.workflows.keep_ledger import claim
from outgrow.workflows.show_evidence import list_evidence, show_evidence
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 30, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
TALKS = Evidence(action="Led the supplier talks", on=TODAY)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data with nothing in them."""
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def test_evidence_comes_back_as_it_was_said(workspace: Workspace) -> None:
    activity = capture(workspace, Work(text="Supplier talks", day=TODAY, hours=2))
    capability = claim(workspace, "Run a negotiation alone")
    expected = Expected(0, ladders(workspace)[0].expectations[0].id)
    whole = Evidence(
        action="  Led the\nsupplier talks ",
        on=TODAY,
        situation="The contract ran out.\r\n\r\n\r\n\r\nNobody had one.",
        result="4 % less",
        hours=30.0,
        seen_by=("Priya", " Tom  Lee", "Priya", ""),
        polish=Polish.SOLID,
        kind=EvidenceKind.ARTEFACT,
        activities=(activity, activity),
        capabilities=(capability,),
        expectations=(expected,),
        links=(Link(url=" https://example.org/a ", note=" the terms "), Link(url="https://example.org/a", note="2")),
    )
    number = keep(workspace, whole)
    assert read(workspace, number) == replace(
        whole,
        action="Led the supplier talks",
        situation="The contract ran out.\n\nNobody had one.",
        seen_by=("Priya", "Tom Lee"),
        activities=(activity,),
        links=(Link(url="https://example.org/a", note="2"),),
    )
    view = show_evidence(workspace, number)
    assert [each.title for each in view.activities] == ["Supplier talks"]
    assert [each.name for each in view.capabilities] == ["Run a negotiation alone"]
    assert view.expectations[0].text == ladders(workspace)[0].expectations[0].text


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("action", {"action": " "}),
        ("action", {"action": "x" * 501}),
        ("on", {"on": date(2026, 10, 31)}),
        ("hours", {"hours": 0.0}),
        ("hours", {"hours": -1.0}),
        ("hours", {"hours": float("nan")}),
        ("hours", {"hours": 1e9}),
        ("situation", {"situation": "x" * 4001}),
        ("seen_by", {"seen_by": ("x" * 201,)}),
        ("seen_by", {"seen_by": tuple(map(str, range(51)))}),
        ("activities", {"activities": (99,)}),
        ("capabilities", {"capabilities": (99,)}),
        ("expectations", {"expectations": (Expected(0, "nothing"),)}),
        ("expectations", {"expectations": (Expected(99, "nothing"),)}),
        ("links", {"links": (Link(url="javascript:alert(1)"),)}),
        ("links", {"links": (Link(url="file:///etc/passwd"),)}),
        ("links", {"links": (Link(url="https://"),)}),
        ("links", {"links": (Link(url="", note="the terms"),)}),
        ("links", {"links": (Link(url="https://anna:secret@example.org/"),)}),
        ("links", {"links": (Link(url="https://example.org/\u202egnp"),)}),
        ("links", {"links": (Link(url="https://example.org/a b"),)}),
    ],
)
def test_what_is_no_evidence_is_said_with_its_field(workspace: Workspace, field: str, told: dict[str, object]) -> None:
    with pytest.raises(CannotKeep) as fault:
        keep(workspace, replace(TALKS, **told))  # type: ignore[arg-type]
    assert fault.value.field == field
    assert every(workspace) == {}


def test_what_evidence_was_linked_to_before_may_be_gone(workspace: Workspace) -> None:
    capability = claim(workspace, "Run a negotiation alone")
    number = keep(workspace, replace(TALKS, capabilities=(capability,)))
    with workspace.store.begin() as change:
        versions.withdraw(change, Capability, capability, NOW)
    assert revise(workspace, number, lambda each: replace(each, result="4 % less"))
    assert show_evidence(workspace, number).capabilities == ()


def test_nothing_is_kept_when_nothing_changed(workspace: Workspace) -> None:
    number = keep(workspace, TALKS)
    assert not revise(workspace, number, lambda each: replace(each, action=" Led the supplier  talks"))
    assert undo(workspace).startswith("the evidence Led the supplier talks")
    for deed in (read, withdraw, show_evidence):
        with pytest.raises(NoSuchEvidence):
            deed(workspace, number)


def test_what_was_suggested_and_withdrawn_is_not_suggested_again_until_that_is_undone(workspace: Workspace) -> None:
    number = keep(workspace, replace(TALKS, suggestion="led-1"))
    withdraw(workspace, number)
    with workspace.store.look() as view:
        assert [each.key for each in versions.current(view, TurnedDown).values()] == ["led-1"]
    assert undo(workspace).startswith("the withdrawal of the evidence Led the supplier talks")
    with workspace.store.look() as view:
        assert versions.current(view, TurnedDown) == {}
    assert read(workspace, number).action == TALKS.action


def test_work_and_evidence_of_it_are_one_deed(workspace: Workspace) -> None:
    number = keep_evidence.keep_with_work(workspace, Work(text="Supplier talks", day=TODAY, hours=2), TALKS)
    (linked,) = show_evidence(workspace, number).activities
    assert linked.title == "Supplier talks"
    undo(workspace)
    assert every(workspace) == {}
    assert undo(workspace) == "", "the note of the work is taken back with it"


def test_the_list_is_the_newest_first_and_can_be_narrowed(workspace: Workspace) -> None:
    capability = claim(workspace, "Run a negotiation alone")
    first = keep(workspace, replace(TALKS, on=date(2026, 3, 1), capabilities=(capability,)))
    second = keep(workspace, replace(TALKS, kind=EvidenceKind.ARTEFACT))
    assert [each.number for each in list_evidence(workspace)] == [second, first]
    assert [each.number for each in list_evidence(workspace, kind=EvidenceKind.ARTEFACT)] == [second]
    assert [each.number for each in list_evidence(workspace, capability=capability)] == [first]


def test_a_copy_outlives_what_is_undone(workspace: Workspace) -> None:
    number = keep(workspace, TALKS)
    kept = keep_evidence.attach(workspace, number, "note.txt", io.BytesIO(b"note"))
    again = keep_evidence.attach(workspace, number, "renamed.txt", io.BytesIO(b"note"))
    assert read(workspace, number).files == (again,)
    keep_evidence.detach(workspace, number, kept.sha256[:8])
    assert read(workspace, number).files == ()
    for _ in range(4):
        undo(workspace)
    assert every(workspace) == {}
    assert files.place(workspace.store, kept).read_bytes() == b"note"


@pytest.mark.promise("P10")
def test_nothing_lands_outside_of_the_data_folder(workspace: Workspace, tmp_path: Path) -> None:
    number = keep(workspace, TALKS)
    for name in ("../../canary.txt", "/canary.txt", "..\\canary.txt", "canary\0.txt"):
        keep_evidence.attach(workspace, number, name, io.BytesIO(name.encode()))
    outside = [each for each in tmp_path.rglob("*") if (tmp_path / "data") not in {each, *each.parents}]
    assert outside == []
    assert all("canary" not in each.name for each in tmp_path.rglob("*"))


def _after(workspace: Workspace, deed: str, words: str, before: dict[int, Evidence], which: int) -> dict[int, Evidence]:
    """Do a deed; return what then has to stand."""
    if deed == "keep" or not before:
        made = replace(TALKS, action=f"{TALKS.action} {words}")
        return before | {keep(workspace, made): made}
    number = sorted(before)[which % len(before)]
    each = before[number]
    if deed == "revise":
        revise(workspace, number, lambda draft: replace(draft, result=words))
        return before | {number: replace(each, result=words)}
    if deed == "attach":
        kept = keep_evidence.attach(workspace, number, "a", io.BytesIO(words.encode()))
        return before | {number: replace(each, files=(*each.files, kept))}
    if deed == "detach" and each.files:  # of evidence without a file there is nothing to leave out but itself
        keep_evidence.detach(workspace, number, each.files[0].sha256)
        return before | {number: replace(each, files=each.files[1:])}
    withdraw(workspace, number)
    return {one: kept for one, kept in before.items() if one != number}


_deeds = st.lists(
    st.tuples(st.sampled_from(["keep", "revise", "attach", "detach", "withdraw", "undo"]), st.integers(0, 5)),
    min_size=1,
    max_size=25,
)


@pytest.mark.promise("P7")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(_deeds)
def test_no_order_of_deeds_loses_evidence(workspace: Workspace, deeds: list[tuple[str, int]]) -> None:
    """The twin keeps a stack of all that stood after each deed."""
    with workspace.store.look() as view:
        begun = journal.latest(view)
    stood: list[dict[int, Evidence]] = [{}]
    for place, (deed, which) in enumerate(deeds):
        if deed != "undo":
            now = _after(workspace, deed, f"{place}", stood[-1], which)
            stood += [now] if now != stood[-1] else []
        elif len(stood) > 1:
            undo(workspace)
            stood.pop()
    found = {number: each for number, each in every(workspace).items() if number > begun}
    assert found == stood[-1]
    with workspace.store.look() as view:
        assert files.damaged(workspace.store, files.mentioned(view)) == []
    while len(stood) > 1:
        stood.pop()
        undo(workspace)
        assert {number: each for number, each in every(workspace).items() if number > begun} == stood[-1]
