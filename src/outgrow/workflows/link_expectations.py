"""Says which evidence and which capabilities speak for an expectation, and that there was no chance for one yet."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from outgrow.analysis.readiness import alike
from outgrow.model.capability import Capability
from outgrow.model.evidence import Evidence
from outgrow.model.fault import Fault
from outgrow.model.ladder import Expected, NoChance
from outgrow.model.turned_down import TurnedDown
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows import keep_evidence
from outgrow.workflows.choose_ladder import read_ladders
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.show_next import turned_down_key
from outgrow.workflows.workspace import Workspace

_LONGEST = 300


class CannotLink(Fault):
    """What was said links nothing; nothing was changed."""

    exit_code = 2


def link(workspace: Workspace, number: int, expected: Expected) -> bool:
    """Let evidence count for an expectation; return whether it did not yet. Raises NoSuchEvidence and CannotKeep."""
    return keep_evidence.revise(
        workspace, number, lambda each: replace(each, expectations=(*each.expectations, expected))
    )


def unlink(workspace: Workspace, number: int, expected: Expected) -> bool:
    """Let evidence count no more for an expectation, on whatever level it is said; return whether it did.

    Raises NoSuchEvidence.
    """
    with workspace.store.look() as view:
        same = _same(view, expected)
    return keep_evidence.revise(
        workspace,
        number,
        lambda each: replace(each, expectations=tuple(one for one in each.expectations if one not in same)),
    )


def turn_down(workspace: Workspace, number: int, expected: Expected) -> None:
    """Keep that evidence does not speak for an expectation: it is not proposed again. Raises NoSuchEvidence."""
    told = keep_evidence.read(workspace, number)
    with workspace.store.begin() as change:
        said = TurnedDown(key=turned_down_key(number, expected), label=f"{told.action} for an expectation")
        versions.put(change, said, journal.moment(change, workspace.now))


def add(workspace: Workspace, draft: Evidence, expected: Expected) -> int:
    """Keep new evidence that speaks for an expectation; return its number. Raises CannotKeep."""
    return keep_evidence.keep(workspace, replace(draft, expectations=(expected,)))


def speak(workspace: Workspace, capability: int, expected: Expected) -> str:
    """Let all evidence of a capability, that to come as well, count for an expectation; return its name.

    Raises NoSuchCapability, or CannotLink for an expectation that is none.
    """
    with workspace.store.begin() as change:
        same = _same(change, expected)
        entry = read_ledger(change).entry(capability)
        if not same & {*entry.expectations}:
            _put(change, workspace, {entry.number: (*_made(change, entry.number).expectations, expected)})
    return entry.name


def fall_silent(workspace: Workspace, capability: int, expected: Expected) -> str:
    """Let the evidence of a capability count no more for an expectation; return its name. Raises NoSuchCapability."""
    with workspace.store.begin() as change:
        same = _same(change, expected)
        entry = read_ledger(change).entry(capability)
        told = {each: _made(change, each).expectations for each in (entry.number, *entry.parts)}
        speaking = {each: expectations for each, expectations in told.items() if same & {*expectations}}
        _put(change, workspace, {n: tuple(e for e in each if e not in same) for n, each in speaking.items()})
    return entry.name


def set_no_chance(workspace: Workspace, expected: Expected, note: str) -> None:
    """Keep that there was no chance yet to show an expectation, and why in the person's words.

    Raises CannotLink, also where there is evidence for it.
    """
    said = NoChance(expected=expected, note=" ".join(note.split()))
    if len(said.note) > _LONGEST:
        message = f"Say in at most {_LONGEST} characters why there was no chance yet."
        raise CannotLink(message)
    with workspace.store.begin() as change:
        same = _same(change, expected)
        if _has_evidence(read_ledger(change), same):
            message = "There is evidence for it, so there was a chance. Unlink what does not count for it first."
            raise CannotLink(message)
        numbers = _without_chance(change, same)
        versions.put(change, said, journal.moment(change, workspace.now), next(iter(numbers), None))


def clear_no_chance(workspace: Workspace, expected: Expected) -> bool:
    """Say that there is a chance now; return whether it was said that there was none. Raises CannotLink."""
    with workspace.store.begin() as change:
        numbers = _without_chance(change, _same(change, expected))
        at = journal.moment(change, workspace.now)
        for number in numbers:
            versions.withdraw(change, NoChance, number, at)
    return bool(numbers)


def _same(tx: Transaction, expected: Expected) -> frozenset[Expected]:
    """Return all of the ladder that say the same as an expectation; raises CannotLink where there is none such."""
    ladder = read_ladders(tx).get(expected.ladder)
    groups = alike(ladder.expectations) if ladder else {}
    if expected.expectation not in groups:
        message = "That is no expectation of a ladder that is kept here. outgrow next lists those of your step."
        raise CannotLink(message)
    return frozenset(Expected(expected.ladder, each) for each in groups[expected.expectation])


def _without_chance(tx: Transaction, same: Collection[Expected]) -> list[int]:
    return [number for number, each in versions.current(tx, NoChance).items() if each.expected in same]


def _has_evidence(ledger: Ledger, same: Collection[Expected]) -> bool:
    """Whether some evidence counts for one of the expectations, by itself or through a capability."""
    spoken_for = (entry.expectations for entry in ledger.entries.values() if entry.evidence)
    linked = (each.expectations for each in ledger.evidence.values())
    return any(each in same for expectations in (*spoken_for, *linked) for each in expectations)


def _made(tx: Transaction, number: int) -> Capability:
    return versions.current(tx, Capability)[number]


def _put(tx: Transaction, workspace: Workspace, told: Mapping[int, tuple[Expected, ...]]) -> None:
    """Keep for capabilities what they speak for."""
    at = journal.moment(tx, workspace.now)
    for number, expectations in told.items():
        versions.put(tx, replace(_made(tx, number), expectations=expectations), at, number)
