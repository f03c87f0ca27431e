"""Computes ahead what pages would else wait for: hours, and proposals for every month, the newest first."""

from collections.abc import Callable

from outgrow.model.period import Period
from outgrow.store import computed, proposals
from outgrow.workflows.judged_work import read_work
from outgrow.workflows.period_work import propose
from outgrow.workflows.periods import month
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace


def catch_up(workspace: Workspace, tell: Callable[[str, int, int], None]) -> None:
    """Count and propose; `tell` gets what it is at, and how much is done of how much. What it ends by raising stays.

    Each month is kept by itself, so that others may write in between.
    """
    tell("Counting hours", 0, 0)
    recount(workspace)
    with workspace.store.look() as view:
        months = proposals.months_without(view, workspace.now)
    for number, first in enumerate(months):
        each = month(first.year, first.month)
        tell(f"Making proposals for {each.name}", number, len(months))
        propose(workspace, each)
    _pack(workspace)


def _pack(workspace: Workspace) -> None:
    """Read everything once, which keeps whole months so that the next one reads them quickly."""
    with workspace.store.look() as view:
        first = computed.first_day(view)
    if first:
        read_work(workspace, Period(first, max(first, workspace.today)))
