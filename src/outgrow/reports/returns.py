"""What projects and kinds of work took, and what capabilities and evidence came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.reports.words import columns, count, harmless, hours

_WIDTH = 100
_LISTED = 25
NOTHING = "No work in this period."
#: How what came out is placed: shown beside every table of returns.
HOW = (
    "A capability counts where the work is that its evidence is linked to; without such work, where it was outgrown. "
    "It counts in the period in which it reached a state. What took many hours and left nothing may have been needed "
    "all the same."
)


class By(StrEnum):
    """What returns are told of."""

    PROJECT = "project"
    WORKSTREAM = "workstream"


@dataclass(frozen=True, slots=True)
class Gained:
    """A capability of the ledger: its number and its name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """A project or workstream: hours and activities in, capabilities and pieces of evidence out.

    `workstream` is the id of a workstream, null for a project.
    """

    name: str
    workstream: str | None
    hours: float
    items: int
    capabilities: tuple[Gained, ...]
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The returns of one period, the most hours first.

    `capabilities` is how many came of the lines together; `loose_capabilities` and `loose_evidence` are linked to none
    of them; `loose_hours` and `loose_items` belong to no project.
    """

    period: Period
    lines: tuple[ReturnLine, ...]
    capabilities: int
    loose_capabilities: tuple[Gained, ...]
    loose_evidence: int
    loose_hours: float
    loose_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnsView:
    """The returns of a period, and of the one of the same length before it, null where none came before."""

    by: By
    unit: Unit
    now: Returned
    before: Returned | None


def kinds(by: By, number: int) -> str:
    """Say how many projects or kinds of work."""
    return count(number, "project") if by is By.PROJECT else count(number, "kind of work", "kinds of work")


def headline(view: ReturnsView) -> str:
    """Say both periods in one sentence."""
    if not view.now.lines:
        return f"No {'project' if view.by is By.PROJECT else 'work'} in this period."
    said = _gave(view.by, view.now)
    if view.before is None or not view.before.lines:
        return f"{said}."
    return f"{said}; in the period before, {_gave(view.by, view.before)}."


def _gave(by: By, some: Returned) -> str:
    capabilities = count(some.capabilities, "capability", "capabilities") if some.capabilities else "no capability"
    return f"{kinds(by, len(some.lines))} gave {capabilities}"


def parts(view: ReturnsView, some: Returned) -> tuple[tuple[str, str], ...]:
    """Say how much went into what gave a capability, evidence alone, or neither: names and amounts."""
    groups = (
        ("gave a capability", [each for each in some.lines if each.capabilities]),
        ("left evidence", [each for each in some.lines if each.evidence and not each.capabilities]),
        ("neither", [each for each in some.lines if not each.evidence and not each.capabilities]),
    )
    return tuple((name, f"{kinds(view.by, len(lines))}, {_sum(view.unit, lines)}") for name, lines in groups if lines)


def _sum(unit: Unit, lines: list[ReturnLine]) -> str:
    return amount(unit, sum(each.hours for each in lines), sum(each.items for each in lines))


def amount(unit: Unit, time: float, items: int) -> str:
    """Say hours, or items where nothing measures time."""
    return count(items, "item") if unit is Unit.ITEMS else hours(time)


def came_out(line: ReturnLine) -> str:
    """Say what came of a project or workstream."""
    said = [count(len(line.capabilities), "capability", "capabilities")] if line.capabilities else []
    said += [f"{count(line.evidence, 'piece')} of evidence"] if line.evidence else []
    return ", ".join(said)


def loose(view: ReturnsView) -> tuple[str, ...]:
    """Say what belongs to none of the lines."""
    some, said, what = view.now, [], "project" if view.by is By.PROJECT else "work"
    if some.loose_items and view.by is By.PROJECT:
        said.append(f"{amount(view.unit, some.loose_hours, some.loose_items)} belong to no project.")
    if some.loose_capabilities:
        names = ", ".join(each.name for each in some.loose_capabilities)
        said.append(f"Linked to no {what} of this period: {names}.")
    if some.loose_evidence:
        said.append(f"{count(some.loose_evidence, 'piece')} of evidence linked to no {what} of this period.")
    return tuple(said)


def render(view: ReturnsView) -> str:
    """Return both periods in short, then the table."""
    return harmless_lines(_lines(view))


def _lines(view: ReturnsView) -> Iterator[str]:
    yield headline(view)
    yield ""
    for some in filter(None, (view.now, view.before)):
        yield some.period.name or some.period.words
        yield from (f"  {line}" for line in columns(parts(view, some), most=_WIDTH))
    yield ""
    rows = [
        (each.name, amount(view.unit, each.hours, each.items), count(each.items, "item"), came_out(each))
        for each in view.now.lines[:_LISTED]
    ]
    yield from columns(rows, most=_WIDTH, right=frozenset({1, 2}))
    if len(view.now.lines) > _LISTED:
        yield f"and {kinds(view.by, len(view.now.lines) - _LISTED)} more: --json has all."
    yield from loose(view)


def harmless_lines(lines: Iterator[str]) -> str:
    """Return lines as a text that steers no terminal."""
    return "\n".join(map(harmless, lines)).rstrip()
