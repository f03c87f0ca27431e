"""Lets the example person do things at the moments when she would have, in their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from outgrow.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Deed:
    """Something she does at a moment of her own clock."""

    at: datetime
    do: Callable[[Workspace], object]


def deed(day: date, clock: tuple[int, int], do: Callable[[Workspace], object]) -> Deed:
    """Return what she does at a time of a day."""
    return Deed(datetime.combine(day, time(*clock)), do)


def live(workspace: Workspace, deeds: Iterable[Deed]) -> None:
    """Let her do all of it that does not lie ahead."""
    zone = ZoneInfo(workspace.settings.zone)
    for each in sorted(deeds, key=lambda each: each.at):
        at = each.at.replace(tzinfo=zone)
        if at <= workspace.now:
            each.do(workspace.afresh(at))
