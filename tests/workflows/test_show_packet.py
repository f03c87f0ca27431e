"""What a packet shows: claims with their evidence, the step by what is shown alone, and nothing of what is hidden."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outgrow.analysis.readiness import RowState
from outgrow.cli.main import main
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.ladder import BUILT_IN, Expected
from outgrow.model.packet import Packet
from outgrow.model.period import Period
from outgrow.reports.packet.formats import Made
from outgrow.reports.packet.redaction import squeezed
from outgrow.reports.packet.view import Day
from outgrow.workflows.choose_ladder import set_aim
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.keep_evidence import keep
from outgrow.workflows.keep_ledger import Proof, claim, reach
from outgrow.workflows.keep_roles import RoleWords, add
from outgrow.workflows.make_packet import begin
from outgrow.workflows.show_packet import make, show_packet
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.workflows.packets import NUMBER, PERSON, PROJECT, TEXT, WORD, fill

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")
AUGUST = date(2026, 8, 5)
FORMATS = pytest.mark.parametrize("form", [Made.html, Made.markdown, Made.json, Made.text])
SHOWN = (
    *("audience", "title", "opening", "able", "bare", "for it", "loose", "situation", "result", "file_", "note"),
    *("one", "two", "no budget", "next", "level", "scope"),
)
WORDS = [*squeezed(PERSON).partition("quill")[:2], *map(squeezed, (PROJECT, WORD))]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def whole(workspace: Workspace) -> Packet:
    able, bare, loose = fill(workspace)
    return Packet(
        audience=f"audience {TEXT}",
        period=replace(YEAR, name=f"year {TEXT}"),
        title=f"title {TEXT}",
        opening=f"opening {TEXT}",
        capabilities=(able, bare),
        evidence=(loose,),
    )


def with_project(workspace: Workspace, tmp_path: Path) -> None:
    """Bring in work of the project, which makes its name known."""
    sheet = tmp_path / "sheet.csv"
    lines = (
        "Description,Project,Start date,Start time,End date,End time,Duration,Tags",
        f"Talks,{PROJECT.lower()},2026-10-05,09:00:00,2026-10-05,10:00:00,01:00:00,",
    )
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert workspace.store.path
    assert main(["-q", "--data", str(workspace.store.path.parent), "import", str(sheet)]) == 0


@FORMATS
def test_every_text_is_shown(workspace: Workspace, form: Callable[[Made], str]) -> None:
    said = " ".join(form(make(workspace, whole(workspace))).replace("\\", "").split())
    for name in SHOWN:
        assert squeezed(f"{name}{TEXT}") in squeezed(said), name
    assert all(squeezed(each) in squeezed(said) for each in WORDS)


@pytest.mark.promise("P12")
@FORMATS
def test_nothing_that_is_hidden_is_left(workspace: Workspace, form: Callable[[Made], str], tmp_path: Path) -> None:
    packet = whole(workspace)
    with_project(workspace, tmp_path)
    hidden = replace(packet, hide_people=True, hide_projects=True, hide_numbers=True, redacted=(WORD,))
    said = squeezed(form(make(workspace, hidden)))
    assert [each for each in (*WORDS, NUMBER) if each in said] == []


@pytest.mark.promise("P12")
@pytest.mark.parametrize(
    ("sort", "gone"), [("hide_people", WORDS[:2]), ("hide_projects", WORDS[2:3]), ("hide_numbers", [NUMBER])]
)
def test_each_switch_hides_its_sort_alone(workspace: Workspace, sort: str, gone: list[str], tmp_path: Path) -> None:
    packet = whole(workspace)
    with_project(workspace, tmp_path)
    hidden: dict[str, bool] = {sort: True}
    said = squeezed(make(workspace, replace(packet, **hidden)).markdown())  # type: ignore[arg-type] # a switch
    assert [each for each in (*WORDS, NUMBER) if each not in said] == gone


def test_a_packet_of_an_empty_ledger_names_its_gaps(workspace: Workspace) -> None:
    number = begin(workspace, Packet(audience="Anna", period=YEAR))
    said = show_packet(workspace, number).text().replace("\n", " ")
    for words in ("No capability is shown for this period", "No step to a next level is set", "Too few answers"):
        assert words in said
    assert "Then and now" not in said


def test_a_state_points_to_the_evidence_named_for_it_or_to_what_was_there_by_then(workspace: Workspace) -> None:
    number = claim(workspace, "Able", AUGUST)
    for day, kind in ((10, EvidenceKind.ARTEFACT), (20, EvidenceKind.SOMEBODY)):
        keep(workspace, Evidence(action=f"Day {day}", on=date(2026, 8, day), kind=kind, capabilities=(number,)))
    reach(workspace, number, CapabilityState.SHOWN, date(2026, 8, 15))
    reach(workspace, number, CapabilityState.REPEATED, date(2026, 8, 25), proof=Proof(action="Again"))
    view = make(workspace, Packet(audience="Anna", period=YEAR, capabilities=(number,))).view
    (able,) = view.capabilities
    assert [each.action for each in view.evidence] == ["Day 10", "Day 20", "Again"]
    assert [(claim.state.value, claim.refs, claim.own_word) for claim in able.claims] == [
        ("claimed", (), True),
        ("shown", ("a",), False),
        ("repeated", ("c",), False),
    ]


def test_what_is_left_out_counts_for_nothing(workspace: Workspace) -> None:
    set_aim(workspace, BUILT_IN, "senior", "lead")
    number = claim(workspace, "Able", AUGUST)
    expected = (Expected(BUILT_IN, "lead-strategic-1"),)
    proof = keep(
        workspace,
        Evidence(action="Note", on=AUGUST, kind=EvidenceKind.ARTEFACT, capabilities=(number,), expectations=expected),
    )
    reach(workspace, number, CapabilityState.SHOWN, AUGUST)
    packet = Packet(audience="Anna", period=YEAR, capabilities=(number,))

    def shown(packet: Packet) -> tuple[bool, set[RowState]]:
        view = make(workspace, packet).view
        assert view.step
        row = next(row for row in view.step.rows if "what the team is for" in row.text)
        return view.capabilities[0].claims[-1].own_word, {row.state}

    assert shown(packet) == (False, {RowState.SHOWN})
    assert shown(replace(packet, left_out=(proof,))) == (True, {RowState.NO_EVIDENCE})


def test_it_argues_for_the_level_it_names_or_for_the_step_that_is_set(workspace: Workspace) -> None:
    packet = Packet(audience="Anna", period=YEAR)
    assert make(workspace, packet).view.step is None
    named = make(workspace, replace(packet, aim="0:lead")).view.step
    assert named
    assert (named.now, named.next) == ("", "Lead")
    set_aim(workspace, BUILT_IN, "senior", "lead")
    step = make(workspace, packet).view.step
    assert step
    assert (step.now, step.next) == ("Senior", "Lead")
    assert make(workspace, replace(packet, aim="77:gone")).view.step is None


def test_roles_are_those_at_both_ends_of_the_period(workspace: Workspace) -> None:
    add(workspace, RoleWords(title="Analyst", first="2023-09-01", last="2026-06-30", level="Senior"))
    add(workspace, RoleWords(title="Lead", first="2026-07-01"))
    view = make(workspace, Packet(audience="Anna", period=YEAR)).view
    assert view.role_then
    assert view.role_now
    assert (view.role_then.title, view.role_now.title) == ("Analyst", "Lead")
    assert view.role_now.since == Day(date(2026, 7, 1), "1 July 2026")


def test_the_ledger_is_counted_before_and_by_the_end(workspace: Workspace) -> None:
    for year in (2025, 2026, 2026):
        claim(workspace, f"Able {year}", date(year, 5, 5))
    view = make(workspace, Packet(audience="Anna", period=YEAR)).view
    assert (view.earlier, view.by_now) == (1, 3)


@pytest.mark.parametrize(
    ("period", "year_before"),
    [
        (Period(date(2026, 10, 1), date(2026, 10, 31)), "2025-10"),
        (Period(date(2026, 7, 1), date(2026, 9, 30)), "2025-Q3"),
        (YEAR, "2025"),
        (Period(date(2026, 10, 5), date(2026, 10, 11)), "2025-10-06..2025-10-12"),
        (Period(date(1, 1, 1), date(1, 1, 8)), None),
    ],
)
def test_the_share_is_that_of_the_verdict_beside_the_year_before(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, period: Period, year_before: str | None
) -> None:
    asked: list[str] = []

    def verdict(workspace: Workspace, period: Period) -> object:
        asked.append(period.words)
        return give_verdict(workspace, period)

    monkeypatch.setattr("outgrow.workflows.show_packet.give_verdict", verdict)
    packet = Packet(audience="Anna", period=period)
    make(workspace, packet)
    assert asked == [period.words, *([year_before] if year_before else [])]
    asked.clear()
    make(workspace, replace(packet, with_share=False))
    assert asked == []


def test_more_than_an_alphabet_of_evidence_has_letters(workspace: Workspace) -> None:
    numbers = tuple(keep(workspace, Evidence(action=f"Did {n}", on=AUGUST)) for n in range(30))
    view = make(workspace, Packet(audience="Anna", period=YEAR, evidence=numbers)).view
    assert [each.ref for each in view.evidence[:2] + view.evidence[25:29]] == ["a", "b", "z", "aa", "ab", "ac"]
