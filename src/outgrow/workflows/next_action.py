"""Chooses the one thing to do next: the first of a few that waits, in the order that docs/next-action.md explains."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from outgrow.model.review import Cadence
from outgrow.model.share import Certainty
from outgrow.reports import traps as trap_words
from outgrow.reports.room import RoomState, need
from outgrow.reports.verdict import NextStep, StepKind, VerdictView
from outgrow.reports.words import harmless
from outgrow.workflows.choose_period import latest_period
from outgrow.workflows.choose_project import follow_ups_due
from outgrow.workflows.look_at_reviews import look_at_reviews
from outgrow.workflows.make_room import show_first_plan
from outgrow.workflows.plan_growth import show_opportunities
from outgrow.workflows.show_ledger import show_ledger
from outgrow.workflows.watch_traps import watch_traps
from outgrow.workflows.workspace import TakesLong, Workspace

_Choice = Callable[[Workspace, VerdictView], NextStep | None]
_SURE = frozenset({Certainty.LEANING, Certainty.CLEAR})
_SURER = frozenset({StepKind.BRING_IN, StepKind.AUDIT, StepKind.MORE, StepKind.CAPTURE})
_FRESH = timedelta(days=45)  # so long a period that has ended is fresh enough to be put before all else
_BY_LENGTH = (Cadence.YEAR, Cadence.QUARTER, Cadence.MONTH)


def with_next_action(workspace: Workspace, view: VerdictView) -> VerdictView:
    """Return the verdict with the best thing to do next; one of an earlier period keeps its own."""
    if view.period.last < latest_period(workspace).first:
        return view
    waiting = workspace.in_haste()
    for choice in _CHOICES:
        found = choice(waiting, view)
        if found is not None:
            return replace(view, next_step=found)
    return view


def _unsure(_workspace: Workspace, view: VerdictView) -> NextStep | None:
    """While the verdict cannot be called, what makes it surer comes first: all else rests on it."""
    called = view.certainty in _SURE
    return None if called or view.next_step.kind not in _SURER else view.next_step


def _ledger(workspace: Workspace, _view: VerdictView) -> NextStep | None:
    waiting = show_ledger(workspace).outgrown
    if not waiting:
        return None
    name = harmless(waiting[0].name)
    return NextStep(
        StepKind.LEDGER,
        f"{name} was growth work and is depth work now. What can you do because of it?",
        name,
        "A capability was gained there, and the ledger does not have it yet.",
    )


def _trap(workspace: Workspace, _view: VerdictView) -> NextStep | None:
    told = watch_traps(workspace).told
    if not told:
        return None
    about = trap_words.ABOUT[told[0].kind]
    return NextStep(
        StepKind.TRAP, f"The numbers speak for this: {about.name.lower()}. {about.clears}", told[0].kind, about.what
    )


def _follow_up(workspace: Workspace, _view: VerdictView) -> NextStep | None:
    due = follow_ups_due(workspace)
    if not due:
        return None
    number, project = due[0]
    words = f"Look back on {harmless(project.name)}: did it come as foreseen?"
    return NextStep(StepKind.FOLLOW_UP, words, f"{number}", "It makes the next prediction better.")


def _review(workspace: Workspace, _view: VerdictView) -> NextStep | None:
    since = workspace.today - _FRESH
    waiting = {each.cadence: each for each in look_at_reviews(workspace).waiting if each.period.last >= since}
    found = next((waiting[each] for each in _BY_LENGTH if each in waiting), None)
    if found is None:
        return None
    period = found.period.name or found.period.words
    words = f"Look back on {period}, in about {found.minutes} min."
    return NextStep(StepKind.REVIEW, words, found.cadence, "It ends in one thing to do by a day.")


def _surer(_workspace: Workspace, view: VerdictView) -> NextStep | None:
    return view.next_step if view.next_step.kind in _SURER else None


def _room(workspace: Workspace, view: VerdictView) -> NextStep | None:
    """Where growth lacks room, the smallest plan that makes it; not where its hours are being freed already."""
    if view.next_step.kind is not StepKind.HAND_OVER:
        return None
    try:
        room = show_first_plan(workspace)
    except TakesLong:  # the proposals of a year are still being computed
        return None
    if room.state is not RoomState.PLANNED or room.plan is None:
        return None
    ways = "; ".join(f"{harmless(each.name)}: {each.way}" for each in room.plan.releases)
    return NextStep(StepKind.ROOM, f"Make room. {ways}.", room.plan.releases[0].name, need(room))


def _experiment(workspace: Workspace, view: VerdictView) -> NextStep | None:
    """Where room is there or on its way, an experiment: one that was begun, else the one that fits best."""
    if view.next_step.kind not in {StepKind.HAND_OVER, StepKind.GO_ON}:
        return None
    known = show_opportunities(workspace)
    found = next(iter((*known.under_way, *known.offered)), None)
    if found is None:
        return None
    reason = found.reasons[0] if found.reasons else "It is under way." if found.state else ""
    first = f" First step, 15 min: {harmless(found.first_step)}" if found.first_step else ""
    return NextStep(StepKind.EXPERIMENT, f"{harmless(found.title)}.{first}", found.title, reason)


_CHOICES: Sequence[_Choice] = (_unsure, _ledger, _trap, _follow_up, _review, _surer, _room, _experiment)
