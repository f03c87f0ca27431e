"""Versions: what counts is the latest that stands, and nothing is rewritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from outgrow.model.capability import Capability, CapabilityState, Reached
from outgrow.model.evidence import Evidence, Link
from outgrow.model.ladder import Expected
from outgrow.store import journal, versions
from outgrow.store.database import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLAIMED = Reached(state=CapabilityState.CLAIMED, on=date(2026, 3, 1))
TALKS = Capability(name="Leads supplier talks", reached=(CLAIMED,))


def test_a_thing_comes_back_as_it_was_told(store: Store) -> None:
    told = Evidence(
        action="Led the talks\0 \ud800",
        on=date(2026, 3, 1),
        hours=1.5,
        seen_by=("Priya",),
        expectations=(Expected(0, "lead-1"),),
        links=(Link(url="https://example.org", note="the terms"),),
    )
    with store.begin() as change:
        number = versions.put(change, told, AT)
    with store.look() as view:
        assert versions.get(view, Evidence, number) == replace(told, action="Led the talks\ufffd \ufffd")


def test_the_latest_version_counts_and_undo_brings_back_the_one_before(store: Store) -> None:
    renamed = replace(TALKS, name="Negotiates")
    with store.begin() as change:
        number = versions.put(change, TALKS, AT)
        versions.put(change, renamed, AT + timedelta(seconds=1), number)
        versions.withdraw(change, Capability, number, AT + timedelta(seconds=2))
    seen = []
    for _ in range(4):
        with store.begin() as change:
            seen.append(versions.current(change, Capability))
            journal.undo_last(change, AT + timedelta(hours=1))
    assert seen == [{}, {number: renamed}, {number: TALKS}, {}]
    with store.look() as view:
        assert versions.get(view, Capability, number) is None


def test_a_withdrawn_thing_is_called_as_before(store: Store) -> None:
    with store.begin() as change:
        number = versions.put(change, TALKS, AT)
        versions.withdraw(change, Capability, number, AT)
        last = journal.said(change)[-1]
        assert versions.label(change, journal.part(change, last)) == TALKS.name


def test_every_kind_of_value_has_its_own_word() -> None:
    assert len(set(versions.KINDS.values())) == len(versions.KINDS)


_deeds = st.lists(
    st.tuples(st.sampled_from(["put", "change", "withdraw", "undo"]), st.integers(0, 5)), min_size=1, max_size=20
)


@pytest.mark.promise("P7")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_deeds)
def test_no_order_of_deeds_loses_a_version(store: Store, deeds: list[tuple[str, int]]) -> None:
    """The twin keeps a list of statements and replays it."""
    told: list[tuple[int, Capability | None]] = []
    with store.begin() as change:
        first = journal.latest(change)
        for place, (deed, which) in enumerate(deeds):
            at = AT + timedelta(seconds=place)
            numbers = sorted({number for number, _ in told})
            value = replace(TALKS, name=f"{deed} {place}")
            if deed == "put":
                told.append((versions.put(change, value, at), value))
            elif deed == "undo" and told:
                journal.undo_last(change, at, after=first)
                told.pop()
            elif numbers and deed == "change":
                told.append((versions.put(change, value, at, numbers[which % len(numbers)]), value))
            elif numbers and deed == "withdraw":
                versions.withdraw(change, Capability, numbers[which % len(numbers)], at)
                told.append((numbers[which % len(numbers)], None))
        expected = {number: value for number, value in dict(told).items() if value}
        found = versions.current(change, Capability)
        assert {number: found[number] for number in found if number > first} == expected
        change.connection.rollback()
