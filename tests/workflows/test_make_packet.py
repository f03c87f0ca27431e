"""Packets are drafts: begun with what was gained, chosen, ordered, put away, and each change can be taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence
from outgrow.model.ladder import BUILT_IN, Expected
from outgrow.model.packet import Packet
from outgrow.model.period import Period
from outgrow.workflows.choose_ladder import NoSuchLevel, set_aim
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.keep_evidence import keep
from outgrow.workflows.keep_ledger import Proof, claim, merge, reach
from outgrow.workflows.keep_ledger import withdraw as take_out
from outgrow.workflows.make_packet import (
    CannotMake,
    NoSuchPacket,
    begin,
    choices,
    find_aim,
    list_packets,
    propose,
    read,
    revise,
    split_words,
    withdraw,
)
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30), "quarter 3 of 2026")
AUGUST = date(2026, 8, 5)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def draft(**said: object) -> Packet:
    return replace(Packet(audience="Anna", period=QUARTER), **said)  # type: ignore[arg-type] # as the test says


def test_it_begins_with_what_was_gained_the_highest_state_first(workspace: Workspace) -> None:
    claim(workspace, "Earlier", date(2026, 2, 1))
    claimed = claim(workspace, "Claimed", AUGUST)
    shown = claim(workspace, "Shown", AUGUST, proof=Proof(action="Did it"))
    reach(workspace, shown, CapabilityState.SHOWN, AUGUST)
    assert propose(workspace, "Anna", QUARTER) == draft(capabilities=(shown, claimed))


def test_other_evidence_of_the_period_for_the_step_comes_with_it(workspace: Workspace) -> None:
    set_aim(workspace, BUILT_IN, "senior", "lead")
    expected = (Expected(BUILT_IN, "lead-strategic-1"),)
    able = claim(workspace, "Able", AUGUST)
    loose = keep(workspace, Evidence(action="Loose", on=AUGUST, expectations=expected))
    keep(workspace, Evidence(action="Before", on=date(2026, 1, 5), expectations=expected))
    keep(workspace, Evidence(action="Shown with it", on=AUGUST, expectations=expected, capabilities=(able,)))
    keep(workspace, Evidence(action="For nothing", on=AUGUST))
    assert propose(workspace, "Anna", QUARTER) == draft(capabilities=(able,), evidence=(loose,))


def test_each_change_is_one_that_can_be_taken_back(workspace: Workspace) -> None:
    number = begin(workspace, draft())
    assert revise(workspace, number, lambda each: replace(each, title="  Half   a year ", redacted=("Acme", "Acme ")))
    assert read(workspace, number) == draft(title="Half a year", redacted=("Acme",))
    assert not revise(workspace, number, lambda each: replace(each, title="Half a year"))
    assert withdraw(workspace, number).label == "Half a year"
    with pytest.raises(NoSuchPacket):
        read(workspace, number)
    assert list_packets(workspace) == []
    for left in ("Half a year", ""):
        undo(workspace)
        assert read(workspace, number).title == left
    assert [line.audience for line in list_packets(workspace)] == ["Anna"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"audience": " "}, "audience"),
        ({"audience": "x" * 201}, "audience"),
        ({"title": "x" * 201}, "title"),
        ({"opening": "x" * 4001}, "opening"),
        ({"redacted": ("x",)}, "redacted"),
        ({"redacted": ("--",)}, "redacted"),
        ({"redacted": ("x" * 201,)}, "redacted"),
        ({"redacted": tuple(f"word{n}" for n in range(201))}, "redacted"),
        ({"capabilities": (7,)}, "capabilities"),
        ({"evidence": (7,)}, "evidence"),
        ({"evidence": tuple(range(201))}, "evidence"),
        ({"aim": "0:nowhere"}, "aim"),
        ({"aim": "lead"}, "aim"),
        ({"aim": "9:lead"}, "aim"),
    ],
)
def test_what_makes_no_packet_is_refused_with_its_field(
    workspace: Workspace, said: dict[str, object], field: str
) -> None:
    with pytest.raises(CannotMake) as refused:
        begin(workspace, draft(**said))
    assert refused.value.field == field
    assert list_packets(workspace) == []


def test_its_period_keeps_a_name_that_holds_next_year_too(workspace: Workspace) -> None:
    number = begin(workspace, draft(period=named_period(workspace, "last 12 months")))
    assert read(workspace, number).period.name == "21 November 2025 to 20 November 2026"


def test_what_may_be_shown_comes_in_its_order_and_then_the_newest(workspace: Workspace) -> None:
    old, new, first, second = (
        claim(workspace, name, date(2026, month, 5), proof=Proof(action=f"Proof of {name}"))
        for name, month in (("Old", 2), ("New", 9), ("First", 3), ("Second", 4))
    )
    number = begin(workspace, draft(capabilities=(second, first)))
    found = choices(workspace, read(workspace, number))
    assert [each.entry.number for each in found.capabilities] == [second, first, new, old]
    assert [each.chosen for each in found.capabilities] == [True, True, False, False]
    assert [evidence.action for _, evidence, _ in found.evidence] == ["Proof of New", "Proof of Old"]


def test_what_was_merged_or_withdrawn_since_is_shown_as_it_stands(workspace: Workspace) -> None:
    one, other, gone = (claim(workspace, name, AUGUST) for name in ("One", "Other", "Gone"))
    number = begin(workspace, draft(capabilities=(other, one, gone)))
    merge(workspace, one, [other])
    take_out(workspace, gone)
    chosen = [each.entry.name for each in choices(workspace, read(workspace, number)).capabilities if each.chosen]
    assert chosen == ["One"]
    assert revise(workspace, number, lambda each: replace(each, capabilities=(one,)))


def test_a_level_is_named_by_its_ladder(workspace: Workspace) -> None:
    assert find_aim(workspace, "Lead") == "0:lead"
    assert begin(workspace, draft(aim="0:lead"))
    with pytest.raises(NoSuchLevel):
        find_aim(workspace, "Emperor")


def test_words_are_typed_one_a_line_or_with_commas() -> None:
    assert split_words(" Acme  Ltd\nNordwind, Anna ;\n\n") == ("Acme Ltd", "Nordwind", "Anna")
