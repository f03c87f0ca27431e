"""Shows a step of a ladder: what one level asks for that another does not, whatever evidence there is."""

from outgrow.analysis.readiness import step
from outgrow.model.ladder import BUILT_IN
from outgrow.reports.ladders import StepView
from outgrow.workflows.choose_ladder import aim, find_ladder, find_level, ladders
from outgrow.workflows.show_next import NoStep, level_after
from outgrow.workflows.workspace import Workspace


def look_at_step(workspace: Workspace, ladder: str = "", now: str = "", next_: str = "") -> StepView:
    """Return the step between two levels in words; what is left empty is as it is set, else the first and the next.

    Raises NoSuchLadder, NoSuchLevel, and NoStep after the last level.
    """
    known, set_ = ladders(workspace), aim(workspace)
    number = find_ladder(known, ladder) if ladder else set_.ladder if set_ else BUILT_IN
    chosen = known[number]
    own = set_ if set_ and set_.ladder == number else None
    here = find_level(chosen, now or (own.now if own else chosen.levels[0].id))
    after = level_after(chosen, here.id)
    there = find_level(chosen, next_) if next_ else find_level(chosen, own.next) if own and not now else after
    if there is None:
        message = f"No level of {chosen.name} follows {here.name}. Say which one to look at."
        raise NoStep(message)
    found = step(chosen, here.id, there.id)
    return StepView(
        ladder=number,
        ladder_name=chosen.name,
        now=here,
        next=there,
        between=found.between,
        asked=tuple(each.expectation for each in found.asked),
        carried=found.carried,
    )
