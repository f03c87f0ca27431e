"""What the data say for a step, as values: shares compared with their uncertainty, work that came and went."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from outgrow.model.review import ShareThen


class ShareChange(StrEnum):
    """How a share stands to an earlier one."""

    UP = "up"
    DOWN = "down"
    NOISE = "within noise"


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work by its name, with its hours and items in a period."""

    name: str
    hours: float
    items: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What the data say of a period: its `share` and that `before` it (None where there is no number), and work.

    `new` was not there in the year before, `gone` was done in the period before and not in this one, `outgrown`
    turned from growth to depth, `depth` is the largest work that was judged so or is most likely so. `hours` and
    `items` count all that was done. `reaches_back` says whether enough is known of the time before to tell what came
    and went. Of now, where the period is the latest: `traps` are the names of those that are told, `room` says where
    hours could come from, `due` names chosen projects that it is time to look back on.
    """

    hours: float = 0.0
    items: int = 0
    share: ShareThen | None = None
    before: ShareThen | None = None
    new: tuple[Work, ...] = ()
    gone: tuple[Work, ...] = ()
    outgrown: tuple[str, ...] = ()
    depth: tuple[Work, ...] = ()
    reaches_back: bool = False
    traps: tuple[str, ...] = ()
    room: str = ""
    due: tuple[str, ...] = ()

    @property
    def change(self) -> ShareChange | None:
        """How the share stands to the one before; None where one of them is missing."""
        return compare(self.before, self.share) if self.before and self.share else None


def compare(then: ShareThen, now: ShareThen) -> ShareChange:
    """Tell how one share stands to an earlier one: a change is called one where their ranges do not overlap."""
    if now.low > then.high:
        return ShareChange.UP
    return ShareChange.DOWN if now.high < then.low else ShareChange.NOISE


def came_and_went(
    now: Mapping[str, Work], before: Mapping[str, Work], known: Collection[str], most: int
) -> tuple[tuple[Work, ...], tuple[Work, ...]]:
    """Return the work that is new and that which is gone, each the largest first, at most so many.

    Work is told apart by the keys, its ids. New is what is not `known` from the year before, gone what was done in the
    period `before` more than once and not now.
    """
    new = [each for id_, each in now.items() if id_ not in known]
    gone = [each for id_, each in before.items() if id_ not in now and each.items > 1]
    return tuple(sorted(new, key=_size)[:most]), tuple(sorted(gone, key=_size)[:most])


def _size(work: Work) -> tuple[float, int, str]:
    return (-work.hours, -work.items, work.name)
