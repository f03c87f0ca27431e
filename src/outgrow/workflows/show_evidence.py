"""Shows evidence: in a list, or one piece with all it is linked to."""

from collections.abc import Mapping, Sequence
from datetime import date

from outgrow.model.evidence import Evidence, EvidenceKind, KeptFile
from outgrow.model.ladder import Expected, Ladder
from outgrow.model.period import Period
from outgrow.reports.evidence import (
    EvidenceRow,
    EvidenceView,
    FileView,
    LinkedActivity,
    LinkedCapability,
    LinkedExpectation,
)
from outgrow.store import activities, computed, files, versions
from outgrow.store.database import Store, Transaction
from outgrow.workflows.choose_ladder import aim, read_ladders
from outgrow.workflows.keep_evidence import NoSuchEvidence
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.workspace import Workspace

_MOST_OF_A_DAY = 40


def list_evidence(
    workspace: Workspace, kind: EvidenceKind | None = None, capability: int | None = None, period: Period | None = None
) -> tuple[EvidenceRow, ...]:
    """Return evidence, the newest first: all, or of a kind, for a capability, of a period."""
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    rows = [
        _row(number, each, ledger)
        for number, each in ledger.evidence.items()
        if kind in {None, each.kind} and (period is None or each.on in period)
    ]
    kept = [row for row in rows if capability is None or capability in {each.number for each in row.capabilities}]
    return tuple(sorted(kept, key=lambda row: (row.on, row.number), reverse=True))


def _row(number: int, each: Evidence, ledger: Ledger) -> EvidenceRow:
    attached = len(each.links) + len(each.files)
    return EvidenceRow(
        number, each.on, each.action, each.kind, each.polish, each.hours, _capabilities(number, each, ledger), attached
    )


def _capabilities(number: int, each: Evidence, ledger: Ledger) -> tuple[LinkedCapability, ...]:
    """Return the capabilities of evidence: of one that was merged, that which it is shown with.

    They are those it was linked to, and those with a state that rests on it.
    """
    resting = [entry for entry, told in ledger.entries.items() if number in told.evidence]
    roots = dict.fromkeys([*(ledger.root(linked) for linked in each.capabilities), *resting])
    return tuple(LinkedCapability(root, ledger.entries[root].name) for root in roots if root in ledger.entries)


def show_evidence(workspace: Workspace, number: int) -> EvidenceView:
    """Return one piece of evidence with all it is linked to; raises NoSuchEvidence."""
    with workspace.store.look() as view:
        told = versions.history(view, Evidence, number)
        each = told[-1][1] if told else None
        if each is None:
            raise NoSuchEvidence(number)
        return EvidenceView(
            number=number,
            action=each.action,
            on=each.on,
            situation=each.situation,
            result=each.result,
            hours=each.hours,
            seen_by=each.seen_by,
            polish=each.polish,
            kind=each.kind,
            suggested=bool(each.suggestion),
            told=told[0][0].at,
            revised=len(told) - 1,
            activities=_activities(view, each.activities),
            capabilities=_capabilities(number, each, read_ledger(view)),
            expectations=_expectations(view, each),
            links=each.links,
            files=tuple(_file(workspace.store, kept) for kept in each.files),
        )


def _activities(tx: Transaction, ids: Sequence[int]) -> tuple[LinkedActivity, ...]:
    hours = {number: spent for number, _, spent in computed.counted(tx, ids)} if ids else {}
    found = activities.by_ids(tx, ids) if ids else []
    return tuple(
        LinkedActivity(
            each.id,
            each.activity.start.date() if each.activity.start else None,
            each.activity.title,
            hours.get(each.id, 0.0),
        )
        for each in found
    )


def _expectations(tx: Transaction, each: Evidence) -> tuple[LinkedExpectation, ...]:
    ladders = read_ladders(tx) if each.expectations else {}
    return tuple(_expectation(one, ladders) for one in each.expectations)


def _expectation(named: Expected, ladders: Mapping[int, Ladder]) -> LinkedExpectation:
    ladder = ladders.get(named.ladder)
    found = next((each for each in ladder.expectations if each.id == named.expectation), None) if ladder else None
    level = ladder.level(found.level) if ladder and found else None
    return LinkedExpectation(named.ladder, named.expectation, level.name if level else "", found.text if found else "")


def _file(store: Store, kept: KeptFile) -> FileView:
    return FileView(kept.name, kept.sha256, kept.size, files.place(store, kept).is_file())


def work_of(workspace: Workspace, day: date) -> tuple[LinkedActivity, ...]:
    """Return the activities of a day that evidence may be linked to, as far as they are counted."""
    with workspace.store.look() as view:
        found = computed.worked(view, Period(day, day), workspace.now)
        return _activities(view, [each.activity for each in found[:_MOST_OF_A_DAY]])


def linked_work(workspace: Workspace, draft: Evidence) -> tuple[LinkedActivity, ...]:
    """Return the activities that evidence is linked to."""
    with workspace.store.look() as view:
        return _activities(view, draft.activities)


def linked_expectations(workspace: Workspace, draft: Evidence) -> tuple[LinkedExpectation, ...]:
    """Return the expectations that evidence speaks for."""
    with workspace.store.look() as view:
        return _expectations(view, draft)


def step(workspace: Workspace) -> tuple[LinkedExpectation, ...]:
    """Return what the next level of the person's aim expects; empty where they have set none."""
    with workspace.store.look() as view:
        ladders = read_ladders(view)
    aimed = aim(workspace)
    ladder = ladders.get(aimed.ladder) if aimed else None
    level = ladder.level(aimed.next) if aimed and ladder else None
    if not (aimed and ladder and level):
        return ()
    return tuple(LinkedExpectation(aimed.ladder, each.id, level.name, each.text) for each in ladder.of(level.id))


def capabilities(workspace: Workspace) -> tuple[LinkedCapability, ...]:
    """Return the capabilities of the ledger that evidence may be for, by name."""
    with workspace.store.look() as view:
        entries = read_ledger(view).entries
    lines = [LinkedCapability(number, entry.name) for number, entry in entries.items()]
    return tuple(sorted(lines, key=lambda line: line.name.casefold()))
