"""The capability ledger: what each deed does, and that no order of deeds loses anything, on both stores."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from outgrow.config import Settings
from outgrow.model.capability import Capability, CapabilityState
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.fault import Fault
from outgrow.model.judgement import Value
from outgrow.store import judgements, versions
from outgrow.store.database import Store
from outgrow.workflows import arrange_workstreams, keep_evidence
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.keep_ledger import (
    CannotKeep,
    NeedsEvidence,
    NoSuchCapability,
    Proof,
    claim,
    merge,
    reach,
    read_ledger,
    rename,
    stand_again,
    supersede,
    take_back,
    withdraw,
)
from outgrow.workflows.show_ledger import show_capability, show_ledger
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.store.conftest import place, server, store  # noqa: F401 - fixtures

NOW = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
TITLES = ("Budget round", "Supplier call", "Board paper")
_people = itertools.count(1)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give data of nobody."""
    with open_workspace(str(tmp_path), NOW) as opened:
        yield opened


def test_a_claim_is_in_the_ledger_until_it_is_taken_back(workspace: Workspace) -> None:
    number = claim(workspace, "  Lead\nsupplier talks ", date(2026, 10, 1), proof=Proof(action="Closed the contract"))
    (line,) = show_ledger(workspace).capabilities
    assert (line.name, line.state, line.latest, line.evidence) == (
        "Lead supplier talks",
        "claimed",
        date(2026, 10, 1),
        1,
    )
    assert "the capability Lead supplier talks" in undo(workspace)
    assert show_ledger(workspace).capabilities == ()
    with workspace.store.look() as view:
        assert versions.current(view, Evidence) == {}
    with pytest.raises(NoSuchCapability):
        show_capability(workspace, number)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_has_to_say_something(workspace: Workspace, name: str) -> None:
    with pytest.raises(CannotKeep):
        claim(workspace, name)


def test_nothing_is_claimed_ahead_of_its_day(workspace: Workspace) -> None:
    with pytest.raises(CannotKeep, match="2026-10-07 has not come yet"):
        claim(workspace, "Lead talks", TODAY + timedelta(days=1))


def test_states_rest_on_evidence(workspace: Workspace) -> None:
    number = claim(workspace, "Lead talks")
    with pytest.raises(NeedsEvidence, match="Shown rests on evidence"):
        reach(workspace, number, CapabilityState.SHOWN)
    reach(workspace, number, CapabilityState.SHOWN, proof=Proof(action="Led them", kind=EvidenceKind.SOMEBODY))
    with pytest.raises(NeedsEvidence, match="it takes 1 piece more"):
        reach(workspace, number, CapabilityState.REPEATED)
    again = keep_evidence.keep(workspace, Evidence(action="Led them again", on=TODAY))
    reach(workspace, number, CapabilityState.REPEATED, evidence=[again], note="easier")
    view = show_capability(workspace, number)
    assert [each.state for each in view.reached] == ["claimed", "shown", "repeated"]
    assert view.missing == (EvidenceKind.ARTEFACT, EvidenceKind.REPETITION)
    assert (view.next_state, view.to_next) == ("taught", 0)
    with pytest.raises(CannotKeep, match="no evidence 999"):
        reach(workspace, number, CapabilityState.TAUGHT, evidence=[999])


def test_a_state_is_taken_back_and_its_history_keeps_both(workspace: Workspace) -> None:
    number = claim(workspace, "Lead talks")
    reach(workspace, number, CapabilityState.SHOWN, proof=Proof(action="Led them"))
    take_back(workspace, number, CapabilityState.SHOWN)
    view = show_capability(workspace, number)
    assert view.line.state is CapabilityState.CLAIMED
    assert [each.words for each in view.history] == [
        "Lead talks: claimed on 6 October 2026",
        "shown on 6 October 2026",
        "not shown after all",
    ]
    with pytest.raises(CannotKeep, match="Claimed is all that Lead talks is"):
        take_back(workspace, number, CapabilityState.CLAIMED)


def test_a_state_that_was_never_reached_is_not_taken_back(workspace: Workspace) -> None:
    number = claim(workspace, "Lead talks")
    reach(workspace, number, CapabilityState.TAUGHT, proof=Proof(action="Taught Ana"))
    with pytest.raises(CannotKeep, match="has not reached shown: it is claimed and taught"):
        take_back(workspace, number, CapabilityState.SHOWN)


def test_what_was_taught_before_it_was_claimed_is_claimed_since_then(workspace: Workspace) -> None:
    number = claim(workspace, "Lead talks")
    day = TODAY - timedelta(days=200)
    reach(workspace, number, CapabilityState.TAUGHT, day, proof=Proof(action="Taught Ana"))
    states = show_capability(workspace, number).line.states
    assert [(each.state, each.on) for each in states] == [("claimed", day), ("taught", day)]
    undo(workspace)
    states = show_capability(workspace, number).line.states
    assert [(each.state, each.on) for each in states] == [("claimed", TODAY)]


def test_merged_superseded_and_withdrawn_ones_stand_again(workspace: Workspace) -> None:
    one, two, three = (claim(workspace, name) for name in ("Lead talks", "Talk", "Deal with carriers"))
    merge(workspace, one, [two])
    supersede(workspace, one, three)
    withdraw(workspace, three)
    view = show_ledger(workspace)
    assert [each.name for each in view.capabilities] == ["Lead talks"], "nothing that stands took its place"
    assert [each.name for each in view.withdrawn] == ["Deal with carriers"]
    stand_again(workspace, three)
    assert [each.name for each in show_ledger(workspace).superseded] == ["Lead talks"]
    for each in (one, two):
        stand_again(workspace, each)
    assert {each.name for each in show_ledger(workspace).capabilities} == {"Lead talks", "Talk", "Deal with carriers"}


def test_none_takes_its_own_place(workspace: Workspace) -> None:
    one, two = claim(workspace, "Talk"), claim(workspace, "Lead talks")
    supersede(workspace, one, two)
    with pytest.raises(CannotKeep, match="its own place"):
        supersede(workspace, two, one)
    merge(workspace, one, [two])
    (line,) = show_ledger(workspace).capabilities
    assert line.name == "Talk", "what took its place is a part of it now"


def test_one_is_found_by_number_name_or_a_part_of_it(workspace: Workspace) -> None:
    one, two = claim(workspace, "Lead talks"), claim(workspace, "Lead")
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    assert [ledger.find(words) for words in (f"#{one}", "talks", "lead", " LEAD TALKS ")] == [one, one, two, one]
    for words in ("le", "999", "", "nothing"):
        with pytest.raises(NoSuchCapability):
            ledger.find(words)


@dataclass(frozen=True)
class Held:
    """One capability of the twin."""

    name: str
    states: tuple[str, ...]
    into: int | None = None
    by: int | None = None
    gone: bool = False


@dataclass(frozen=True)
class Twin:
    """All that was said, as a person would keep it on paper; each deed makes a new one."""

    held: dict[int, Held] = field(default_factory=dict)
    evidence: dict[int, int] = field(default_factory=dict)
    judged: tuple[tuple[str, str], ...] = ()

    def root(self, number: int) -> int:
        """Follow the merges one by one."""
        while (into := self.held[number].into) is not None:
            number = into
        return number

    def changed(self, number: int, **changes: object) -> "Twin":
        """Return the twin with one capability changed."""
        return replace(self, held=self.held | {number: replace(self.held[number], **changes)})  # type: ignore[arg-type] # fields


class Player:
    """Does deeds in a workspace and on paper."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with some work."""
        self.workspace = workspace
        for title in TITLES:
            capture(workspace, Work(text=title, day=TODAY - timedelta(days=9), hours=2))
        self.paper = [Twin()]

    def play(self, deed: str, one: int, two: int) -> None:
        """Do a deed; one that is refused changes nothing."""
        try:
            getattr(self, deed)(one, two)
        except Fault:
            return

    @property
    def twin(self) -> Twin:
        """What is on paper now."""
        return self.paper[-1]

    def pick(self, which: int) -> int:
        """Return the number of some capability; one that does not exist where there is none."""
        numbers = sorted(self.twin.held)
        return numbers[which % len(numbers)] if numbers else 10**6

    def claim(self, one: int, two: int) -> None:
        """Claim something, with evidence or without."""
        proof = Proof(action=f"did {two}") if two % 2 else None
        number = claim(self.workspace, f"Capability {one}", proof=proof)
        evidence = {number + 1: number} if proof else {}
        held = self.twin.held | {number: Held(f"Capability {one}", ("claimed",))}
        self.paper.append(replace(self.twin, held=held, evidence=self.twin.evidence | evidence))

    def reach(self, one: int, two: int) -> None:
        """Reach some state with a piece of evidence said in the same go."""
        state, number = tuple(CapabilityState)[two % 4], self.pick(one)
        reach(self.workspace, number, state, proof=Proof(action="again", kind=EvidenceKind.REPETITION))
        number, fresh = self.twin.root(number), self._last_evidence()
        whole = self.twin.changed(number, states=(*self.twin.held[number].states, state.value))
        self.paper.append(replace(whole, evidence=whole.evidence | {fresh: number}))

    def rename(self, one: int, two: int) -> None:
        """Call one otherwise."""
        rename(self.workspace, self.pick(one), f"Name {two}")
        self.paper.append(self.twin.changed(self.twin.root(self.pick(one)), name=f"Name {two}"))

    def merge(self, one: int, two: int) -> None:
        """Merge one into another."""
        merge(self.workspace, self.pick(one), [self.pick(two)])
        target, source = self.twin.root(self.pick(one)), self.twin.root(self.pick(two))
        after = self.twin.changed(source, into=target, by=None)
        if source in self._line(target):
            after = replace(after, held=after.held | {target: replace(after.held[target], by=None)})
        self.paper.append(after)

    def supersede(self, one: int, two: int) -> None:
        """Let one take the place of another."""
        supersede(self.workspace, self.pick(one), self.pick(two))
        self.paper.append(self.twin.changed(self.twin.root(self.pick(one)), by=self.twin.root(self.pick(two))))

    def withdraw(self, one: int, _two: int) -> None:
        """Withdraw one."""
        withdraw(self.workspace, self.pick(one))
        self.paper.append(self.twin.changed(self.twin.root(self.pick(one)), gone=True))

    def stand_again(self, one: int, _two: int) -> None:
        """Let one stand again."""
        stand_again(self.workspace, self.pick(one))
        self.paper.append(self.twin.changed(self.pick(one), into=None, by=None, gone=False))

    def judge(self, one: int, two: int) -> None:
        """Judge some work."""
        title, value = TITLES[one % 3], tuple(Value)[two % 3]
        judge(self.workspace, [title], TODAY - timedelta(days=9 - two), WorkAnswer(value))
        self.paper.append(replace(self.twin, judged=(*self.twin.judged, (title, value.value))))

    def merge_work(self, one: int, two: int) -> None:
        """Merge two workstreams."""
        arrange_workstreams.merge(self.workspace, TITLES[one % 3], [TITLES[two % 3]])
        self.paper.append(self.twin)

    def bring_in(self, one: int, two: int) -> None:
        """Bring in more work."""
        capture(self.workspace, Work(text=f"{TITLES[one % 3]} {two}", day=TODAY, hours=1))
        self.paper.append(self.twin)

    def undo(self, _one: int, _two: int) -> None:
        """Take back what was said last, but for the work at the beginning."""
        if len(self.paper) > 1:
            assert undo(self.workspace)
            self.paper.pop()

    def _line(self, number: int) -> list[int]:
        line = [number]
        while (by := self.twin.held[line[-1]].by) is not None:
            later = self.twin.root(by)
            if later in line or self.twin.held[later].gone:
                break
            line.append(later)
        return line

    def _last_evidence(self) -> int:
        with self.workspace.store.look() as view:
            return max(versions.current(view, Evidence))

    def check(self) -> None:
        """Compare the ledger with the paper."""
        with self.workspace.store.look() as view:
            ledger, gone = read_ledger(view), versions.withdrawn(view, Capability)
            judged = [each.value.value for each in judgements.judgements(view)]
        groups: dict[int, list[int]] = {}
        for number in self.twin.held:
            groups.setdefault(self.twin.root(number), []).append(number)
        standing = {number for number, held in self.twin.held.items() if not held.gone}
        assert set(gone) == self.twin.held.keys() - standing
        assert set(ledger.evidence) == set(self.twin.evidence)
        assert judged == [value for _, value in self.twin.judged]
        assert set(ledger.entries) == {number for number in groups if number in standing}
        for number, entry in ledger.entries.items():
            parts = [self.twin.held[each] for each in groups[number] if each in standing]
            assert entry.name == self.twin.held[number].name
            assert Counter(each.state.value for each in entry.reached) == Counter(
                s for each in parts for s in each.states
            )
            assert set(entry.evidence) == {e for e, to in self.twin.evidence.items() if self.twin.root(to) == number}


DEEDS = (
    *("claim", "claim", "reach", "merge", "rename", "supersede", "withdraw", "stand_again"),
    *("judge", "merge_work", "bring_in", "undo", "undo"),
)
_deeds = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    min_size=4,
    max_size=22,
)


@pytest.mark.promise("P7")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_deeds)
def test_no_order_of_deeds_loses_anything(store: Store, deeds: list[tuple[str, int, int]]) -> None:  # noqa: F811 - the fixture
    """The twin keeps on paper what was said; undo takes the last sheet away."""
    person = Store(store.engine, next(_people) + 1000, store.path)
    player = Player(Workspace(person, Settings(), NOW))
    for deed in deeds:
        player.play(*deed)
        player.check()
