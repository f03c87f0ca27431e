"""Entries of the ledger: what was merged is shown together, and nothing of it is lost."""

from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from outgrow.analysis.capabilities import Entry, entries, missing, root
from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.ladder import Expected

DAY = date(2026, 3, 2)


def capability(name: str = "Leads talks", *states: tuple[CapabilityState, date], **changes: object) -> Capability:
    reached = tuple(Reached(state=state, on=on) for state, on in states or ((CapabilityState.CLAIMED, DAY),))
    return Capability(name=name, reached=reached, **changes)  # type: ignore[arg-type] # the fields of a capability


def evidence(*capabilities: int, on: date = DAY) -> Evidence:
    return Evidence(action="did it", on=on, capabilities=capabilities)


def test_merged_ones_are_shown_together() -> None:
    held = {
        1: capability("Leads talks", (CapabilityState.CLAIMED, date(2026, 5, 1))),
        2: capability(
            "Deals with carriers",
            (CapabilityState.CLAIMED, date(2026, 1, 1)),
            (CapabilityState.SHOWN, date(2026, 4, 1)),
            merged_into=1,
            workstream="w2",
            expectations=(Expected(0, "lead-1"),),
        ),
        3: capability("Talks", merged_into=2),
    }
    found = entries(held, {7: evidence(3), 8: evidence(1, on=date(2026, 4, 2))})
    assert found == {
        1: Entry(
            number=1,
            name="Leads talks",
            reached=(*held[2].reached[:1], *held[3].reached, *held[2].reached[1:], *held[1].reached),
            evidence=(8, 7),
            workstreams=("w2",),
            parts=(2, 3),
            superseded_by=None,
            expectations=(Expected(0, "lead-1"),),
        )
    }
    assert found[1].state is CapabilityState.SHOWN
    assert found[1].firsts == ((CapabilityState.CLAIMED, date(2026, 1, 1)), (CapabilityState.SHOWN, date(2026, 4, 1)))


def test_evidence_counts_that_a_state_names() -> None:
    shown = Reached(state=CapabilityState.SHOWN, on=DAY, evidence=(7, 9))
    held = {1: Capability(name="Leads talks", reached=(shown,))}
    assert entries(held, {7: evidence()})[1].evidence == (7,), "9 was withdrawn"


def test_what_took_its_place_is_shown_where_it_was_merged_and_not_once_it_is_withdrawn() -> None:
    held = {1: capability(superseded_by=2), 2: capability(merged_into=3), 3: capability()}
    assert entries(held, {})[1].superseded_by == 3
    del held[3]
    assert entries(held, {})[1].superseded_by is None


def test_what_was_merged_into_a_withdrawn_one_is_gone_with_it() -> None:
    assert not entries({2: capability(merged_into=1)}, {})


@given(st.lists(st.integers(-1, 8), min_size=1, max_size=9))
def test_every_capability_is_in_the_one_entry_its_merges_lead_to(into: list[int]) -> None:
    """The twin follows the merges one by one; each leads to an earlier number, so that they have an end."""
    held = {
        number: capability(merged_into=target if 0 <= target < number else None) for number, target in enumerate(into)
    }
    found = entries(held, {})
    shown = [each for entry in found.values() for each in (entry.number, *entry.parts)]
    assert sorted(shown) == sorted(held)
    for number in held:
        at = number
        while (further := held[at].merged_into) is not None:
            at = further
        assert root(number, held) == at
        assert number in (at, *found[at].parts)


@pytest.mark.parametrize(
    ("state", "kinds", "short"),
    [
        (CapabilityState.CLAIMED, [], 0),
        (CapabilityState.SHOWN, [], 1),
        (CapabilityState.SHOWN, [EvidenceKind.MY_WORD], 0),
        (CapabilityState.REPEATED, [], 2),
        (CapabilityState.REPEATED, [EvidenceKind.ARTEFACT], 1),
        (CapabilityState.REPEATED, [EvidenceKind.REPETITION], 0),
        (CapabilityState.REPEATED, [EvidenceKind.MY_WORD, EvidenceKind.MY_WORD], 0),
        (CapabilityState.TAUGHT, [EvidenceKind.SOMEBODY], 0),
        (CapabilityState.TAUGHT, [], 1),
    ],
)
def test_how_much_evidence_a_state_needs(state: CapabilityState, kinds: list[EvidenceKind], short: int) -> None:
    assert missing(state, kinds) == short
