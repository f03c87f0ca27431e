"""Answers what the ledger asks of work that was growth: the entry for it, none, or whether it still is growth."""

from datetime import date

from outgrow.model.evidence import EvidenceKind
from outgrow.model.share import Unit
from outgrow.model.turned_down import TurnedDown
from outgrow.reports.ledger import LearningCurve
from outgrow.store import computed, journal, versions
from outgrow.workflows.keep_ledger import CannotKeep, Proof, claim
from outgrow.workflows.show_ledger import asked_again, offered, show_outgrown
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.workspace import Workspace

_ACTIVITIES = 50


def enter_outgrown(  # noqa: PLR0913 - what makes up an entry
    workspace: Workspace,
    words: str,
    name: str = "",
    on: date | None = None,
    *,
    hours: float | None = None,
    keep_work: bool = True,
) -> int:
    """Make the entry for an outgrown workstream (its id or name); return the number of the capability.

    By default it is called as the work is and claimed from the day the work was depth; with `keep_work` the work itself
    is evidence for it, with its counted hours unless the person says others. Raises NotOutgrown or CannotKeep.
    """
    curve = show_outgrown(workspace, words)
    proof = proof_of(workspace, curve, hours) if keep_work else None
    return claim(workspace, name or curve.name, on or curve.turned, workstream=curve.workstream, proof=proof)


def proof_of(workspace: Workspace, curve: LearningCurve, hours: float | None = None) -> Proof | None:
    """Return outgrown work as evidence for its entry, with its counted hours or others; None where it is gone."""
    if not curve.items:
        return None
    with workspace.store.look() as view:
        latest = computed.latest(view, curve.workstream, workspace.now, _ACTIVITIES)
    return Proof(
        action=curve.name,
        kind=EvidenceKind.REPETITION if curve.items > 1 else EvidenceKind.MY_WORD,
        hours=hours or (curve.amount if curve.unit is Unit.HOURS else None),
        activities=tuple(sorted(each.activity for each in latest)),
    )


def turn_down(workspace: Workspace, words: str) -> str:
    """Keep that no entry is wanted for an outgrown workstream (its id or name): it is not asked for again.

    Returns what it is called; raises NotOutgrown.
    """
    curve = show_outgrown(workspace, words)
    with workspace.store.begin() as change:
        declined = TurnedDown(key=offered(curve.workstream), label=curve.name)
        versions.put(change, declined, journal.moment(change, workspace.now))
    return curve.name


def answer_again(workspace: Workspace, workstream: str, answer: WorkAnswer, on: date | None = None) -> str:
    """Keep what a workstream that is asked about again is to the person from a day on (today by default).

    Returns what it is called. Raises CannotKeep unless it is asked about and the day lies after the last answer.
    """
    day = on or workspace.today
    due = next((each for each in asked_again(workspace) if each.workstream == workstream), None)
    if due is None:
        message = "This kind of work is not asked about by now. Sort takes an answer for it at any time."
        raise CannotKeep(message)
    if not due.since < day <= workspace.today:
        message = f"Name a day after {due.since}, from which your last answer holds, and not after today."
        raise CannotKeep(message)
    (name,) = judge(workspace, [workstream], day, answer)
    return name
