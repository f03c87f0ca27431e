"""Plans time for growth work, which the calendar file tells."""

from collections.abc import Mapping
from datetime import timedelta

from outgrow.model.fault import Fault
from outgrow.model.review import GrowthBlock
from outgrow.reports.review import BlockView
from outgrow.store import journal, versions
from outgrow.workflows.keep_feed import keep_feed
from outgrow.workflows.review_answers import read_block
from outgrow.workflows.workspace import Workspace


class NoSuchBlock(Fault):
    """There is no planned time of this number."""

    exit_code = 2


def plan(workspace: Workspace, said: Mapping[str, str]) -> int:
    """Plan time from its title, day, time and length; return its number. Raises WrongAnswer."""
    block = read_block(workspace, said)
    with workspace.store.begin() as change:
        number = versions.put(change, block, journal.moment(change, workspace.now))
    keep_feed(workspace)
    return number


def drop(workspace: Workspace, number: int) -> BlockView:
    """Say that time is planned no more. Raises NoSuchBlock."""
    with workspace.store.begin() as change:
        block = versions.get(change, GrowthBlock, number)
        if block is None:
            message = f"There is no planned time {number}. outgrow review list shows what is planned."
            raise NoSuchBlock(message)
        versions.withdraw(change, GrowthBlock, number, journal.moment(change, workspace.now))
    keep_feed(workspace)
    return block_view(number, block)


def block_view(number: int, block: GrowthBlock) -> BlockView:
    """Return planned time as it is shown."""
    return BlockView(number=number, title=block.title, start=block.start, minutes=block.minutes)


def planned(workspace: Workspace) -> tuple[BlockView, ...]:
    """Return the time that is planned and has not passed, the next first."""
    with workspace.store.look() as view:
        blocks = versions.current(view, GrowthBlock)
    ahead = [
        block_view(number, block)
        for number, block in blocks.items()
        if block.start + timedelta(minutes=block.minutes) > workspace.now
    ]
    return tuple(sorted(ahead, key=lambda each: (each.start, each.number)))
