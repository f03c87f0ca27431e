"""The example person's life: every place is filled, nothing is told ahead of its time, and it is built whole."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.analysis.readiness import RowState
from outgrow.model.capability import Capability, CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind, Polish
from outgrow.model.ladder import NoChance
from outgrow.model.review import Cadence, Commitment, Outcome, Review
from outgrow.model.turned_down import TurnedDown
from outgrow.store import files, journal, versions
from outgrow.workflows.demonstrate import example_folder, is_built, open_example
from outgrow.workflows.keep_roles import show_roles
from outgrow.workflows.make_packet import list_packets
from outgrow.workflows.plan_blocks import planned
from outgrow.workflows.show_ledger import show_ledger
from outgrow.workflows.show_next import show_next
from outgrow.workflows.show_packet import show_packet
from outgrow.workflows.workspace import Workspace

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def mira(folder: Path) -> Iterator[Workspace]:
    with open_example(str(folder), lambda _what, _number: None, now=NOW) as workspace:
        yield workspace


def test_nothing_half_done_stays_beside_what_is_built(mira: Workspace, folder: Path) -> None:
    there = {path.name for path in example_folder(str(folder)).iterdir()}
    assert {"outgrow.sqlite3", "outgrow.ics", "files"} <= there
    assert not [name for name in there if name.startswith("building-")]
    assert is_built(example_folder(str(folder)), NOW)
    assert mira.store.integrity() == []


def test_nothing_is_told_ahead_of_its_time(mira: Workspace) -> None:
    with mira.store.look() as view:
        told = [each.at.replace(microsecond=0) for each in journal.said(view)]
        evidence = versions.current(view, Evidence).values()
    assert told == sorted(told)
    assert told[-1] < datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
    assert all(each.on <= NOW.date() for each in evidence)


def test_the_ledger_has_every_state_and_work_that_waits(mira: Workspace) -> None:
    ledger = show_ledger(mira)
    assert 8 <= len(ledger.capabilities) <= 12
    assert {line.state for line in ledger.capabilities} == set(CapabilityState)
    assert len(ledger.superseded) == 1
    assert ledger.waiting == 1
    (curve,) = ledger.outgrown
    assert curve.name.startswith("Ghent onboarding check-in")
    assert curve.discomforts[0].score > curve.discomforts[-1].score
    assert curve.amount > 0
    assert ledger.due
    with mira.store.look() as view:
        entered = [made.workstream for made in versions.current(view, Capability).values() if made.workstream]
    assert len(entered) == 3


def test_the_evidence_is_of_all_kinds_and_of_her_own_work(mira: Workspace) -> None:
    with mira.store.look() as view:
        evidence = list(versions.current(view, Evidence).values())
        damaged = files.damaged(mira.store, files.mentioned(view))
    assert len(evidence) >= 20
    assert {each.kind for each in evidence} == set(EvidenceKind)
    assert {each.polish for each in evidence} == set(Polish)
    assert sum(bool(each.activities) for each in evidence) >= 20
    assert sum(bool(each.links) for each in evidence) == 2
    assert sum(bool(each.files) for each in evidence) == 1
    assert not list(damaged)


def test_the_step_has_all_that_a_step_can_have(mira: Workspace) -> None:
    step = show_next(mira)
    assert step is not None
    assert {row.state for row in step.rows} == set(RowState)
    with mira.store.look() as view:
        assert len(versions.current(view, NoChance)) == 2
        assert versions.current(view, TurnedDown)


def test_reviews_end_in_commitments_that_the_next_ones_ask_about(mira: Workspace) -> None:
    with mira.store.look() as view:
        reviews = versions.current(view, Review).values()
        meant = versions.current(view, Commitment).values()
    assert {each.cadence for each in reviews} == {Cadence.WEEK, Cadence.MONTH, Cadence.QUARTER}
    assert all(each.ended for each in reviews)
    assert {each.outcome for each in meant} == {*Outcome, None}
    assert len(planned(mira)) == 3


def test_her_roles_show_how_long_nothing_has_changed(mira: Workspace) -> None:
    roles = show_roles(mira)
    assert [role.title for role in roles.roles] == ["Operations analyst", "Stock control clerk"]
    assert roles.same_level == roles.roles[0].first


def test_the_packet_blacks_out_names(mira: Workspace) -> None:
    (line,) = list_packets(mira)
    paper = show_packet(mira, line.number).markdown()
    assert line.capabilities >= 6
    assert "Hand a routine over" in paper
    assert "Norvik" not in paper
