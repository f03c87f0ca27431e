"""The roles of the person over the years, and for how long nothing of them has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.reports.spans import long
from outgrow.reports.words import columns, harmless

#: Shown where no role is told of yet.
NO_ROLES = (
    "No roles yet. With the dates of your roles and of what you answered for you see for how long both have been "
    "the same."
)
_WIDTH = 80


@dataclass(frozen=True, slots=True)
class RoleDuty:
    """What the person answers for in a role, from a day on; `last` is null while they do."""

    text: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """One role, `last` null while it is held; `overlaps` are the titles of roles held on some of the same days."""

    number: int
    title: str
    level: str
    scope: str
    first: date
    last: date | None
    duties: tuple[RoleDuty, ...]
    overlaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesView:
    """All roles, the latest first; since when level and responsibilities are what they are, null if nothing is said."""

    roles: tuple[RoleView, ...]
    today: date
    same_level: date | None
    same_responsibilities: date | None


def said_same(view: RolesView) -> str:
    """Say for how long level and responsibilities have been the same; empty where nothing is known of either."""
    level, duties = view.same_level, view.same_responsibilities
    if level and level == duties:
        return f"Same responsibilities, same level for {long(level, view.today)}."
    parts = [f"same responsibilities for {long(duties, view.today)}"] if duties else []
    parts += [f"same level for {long(level, view.today)}"] if level else []
    return f"{', '.join(parts)}.".capitalize() if parts else ""


def span(first: date, last: date | None, today: date) -> str:
    """Say from when until when something was, and for how long."""
    until = last or today
    lasted = f", {long(first, until)}" if first <= until else ""
    return f"{_month(first)} to {_month(last) if last else 'now'}{lasted}"


def _month(day: date) -> str:
    return f"{day:%b} {day.year:04}"


def render(view: RolesView) -> str:
    """Return the roles, the latest first, with what was answered for in each."""
    if not view.roles:
        return f'{NO_ROLES}\nBegin with: outgrow role add "Operations analyst" --from 2023-09 --level Senior'
    lines = [line for each in view.roles for line in [*_lines(each, view.today), ""]]
    return "\n".join([*lines, said_same(view)]).rstrip()


def _lines(each: RoleView, today: date) -> Sequence[str]:
    level = f", {each.level}" if each.level else ""
    lines = [(f"{each.number}  {each.title}{level}",), (f"   {span(each.first, each.last, today)}",)]
    if each.scope:
        lines.append((f"   {each.scope}",))
    lines += [(f"   - {duty.text}{_own(each, duty, today)}",) for duty in each.duties]
    if each.overlaps:
        lines.append((f"   beside {', '.join(each.overlaps)}",))
    return [harmless(line) for row in lines for line in columns([row], most=_WIDTH)]


def _own(each: RoleView, duty: RoleDuty, today: date) -> str:
    """Say the days of a responsibility, where they are not those of its role."""
    return "" if (duty.first, duty.last) == (each.first, each.last) else f" ({span(duty.first, duty.last, today)})"
