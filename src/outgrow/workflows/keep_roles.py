"""Keeps the person's roles with what they answered for in each, and shows since when nothing has changed."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from outgrow.analysis.held_roles import lasts, overlap, standstill
from outgrow.model.fault import Fault
from outgrow.model.held_role import HeldRole, Responsibility
from outgrow.reports.roles import RoleDuty, RolesView, RoleView
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.periods import UnknownPeriod, parse_period
from outgrow.workflows.workspace import Workspace

_LONGEST = 200
_LONGEST_SCOPE = 1000
_LONGEST_QUOTE = 60
_MOST = 60  # responsibilities of one role
_OWN_DAYS = re.compile(r"\[(?:(?:from|since) (?P<first>[^\]]+?))?\s*(?:(?:until|to) (?P<last>[^\]]+?))?\]\s*$")


class CannotKeepRole(Fault):
    """What was said is no role as it stands; `field` is the part of it that is wrong. Nothing was changed."""

    exit_code = 2

    def __init__(self, field: str, message: str) -> None:
        """Keep which part it is about."""
        super().__init__(message)
        self.field = field


class NoSuchRole(Fault):
    """What was named is no role, or more than one."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """A role as it is typed: days in the words of periods, `last` empty while it is held, one responsibility a line."""

    title: str
    first: str
    last: str = ""
    level: str = ""
    scope: str = ""
    responsibilities: str = ""


def show_roles(workspace: Workspace) -> RolesView:
    """Return all roles, the latest first, and since when level and responsibilities are the same."""
    roles = read_roles(workspace)
    found = standstill(roles.values(), workspace.today)
    latest = sorted(roles, key=lambda number: (roles[number].last or date.max, roles[number].first, number))
    return RolesView(
        roles=tuple(_view(number, roles) for number in reversed(latest)),
        today=workspace.today,
        same_level=found.level,
        same_responsibilities=found.responsibilities,
    )


def read_roles(workspace: Workspace) -> dict[int, HeldRole]:
    """Return all roles as they stand, by number."""
    with workspace.store.look() as view:
        return versions.current(view, HeldRole)


def _view(number: int, roles: Mapping[int, HeldRole]) -> RoleView:
    role = roles[number]
    beside = (other for each, other in roles.items() if each != number and overlap(role, other))
    return RoleView(
        number=number,
        title=role.title,
        level=role.level,
        scope=role.scope,
        first=role.first,
        last=role.last,
        duties=tuple(RoleDuty(each.text, *lasts(role, each)) for each in role.responsibilities),
        overlaps=tuple(each.title for each in beside),
    )


def add(workspace: Workspace, said: RoleWords) -> int:
    """Keep a role; return its number. Raises CannotKeepRole."""
    role = read(said, workspace.today)
    with workspace.store.begin() as change:
        return versions.put(change, role, journal.moment(change, workspace.now))


def edit(workspace: Workspace, number: int, said: RoleWords) -> bool:
    """Keep a role as it is said now; return whether anything differs. Raises NoSuchRole and CannotKeepRole."""
    return _revise(workspace, number, lambda _: read(said, workspace.today))


def end(workspace: Workspace, number: int, last: str) -> None:
    """Keep the last day of a role. Raises NoSuchRole and CannotKeepRole."""
    _revise(workspace, number, lambda role: read(replace(words_of(role), last=last), workspace.today))


def remove(workspace: Workspace, number: int) -> HeldRole:
    """Take a role out; undo brings it back. Raises NoSuchRole."""
    with workspace.store.begin() as change:
        role = _standing(change, number)
        versions.withdraw(change, HeldRole, number, journal.moment(change, workspace.now))
    return role


def find_role(workspace: Workspace, words: str) -> int:
    """Return the number of the role meant by its number, its title or a part of it; raises NoSuchRole."""
    roles = read_roles(workspace)
    said = words.strip().casefold()
    titles = {number: role.title.casefold() for number, role in roles.items()}
    rounds: Iterable[list[int]] = (
        [number for number in roles if str(number) == said],
        [number for number, title in titles.items() if title == said],
        [number for number, title in titles.items() if said and said in title],
    )
    found = next((each for each in rounds if each), [])
    if len(found) != 1:
        is_ = f"may mean {len(found)} roles" if found else "is no role"
        message = f"{words[:_LONGEST_QUOTE]!r} {is_}. outgrow role list shows them with their numbers."
        raise NoSuchRole(message)
    return found[0]


def _revise(workspace: Workspace, number: int, how: Callable[[HeldRole], HeldRole]) -> bool:
    with workspace.store.begin() as change:
        before = _standing(change, number)
        after = how(before)
        if after != before:
            versions.put(change, after, journal.moment(change, workspace.now), number)
    return after != before


def _standing(tx: Transaction, number: int) -> HeldRole:
    role = versions.get(tx, HeldRole, number)
    if role is None:
        message = f"There is no role {number}. outgrow role list shows them; undo brings one back."
        raise NoSuchRole(message)
    return role


def words_of(role: HeldRole) -> RoleWords:
    """Return a role as it would be typed."""
    return RoleWords(
        title=role.title,
        first=f"{role.first}",
        last=f"{role.last or ''}",
        level=role.level,
        scope=role.scope,
        responsibilities="\n".join(map(_line, role.responsibilities)),
    )


def _line(each: Responsibility) -> str:
    days = [f"from {each.first}"] if each.first else []
    days += [f"until {each.last}"] if each.last else []
    return f"{each.text} [{' '.join(days)}]" if days else each.text


def read(said: RoleWords, today: date) -> HeldRole:
    """Read a role from what was typed; raises CannotKeepRole."""
    if not said.first.strip():
        _refuse("first", "Say since when you have held it, for example 2025-03 or March 2025.")
    role = HeldRole(
        title=_text(said.title, "title", 1, _LONGEST),
        first=_day(said.first, today, "first"),
        last=_day(said.last, today, "last") if said.last.strip() else None,
        level=_text(said.level, "level", 0, _LONGEST),
        scope=_text(said.scope, "scope", 0, _LONGEST_SCOPE),
        responsibilities=_responsibilities(said.responsibilities, today),
    )
    if role.first > today:
        _refuse("first", f"{role.first} has not come yet: note a role when it has begun.")
    if role.last and role.last < role.first:
        _refuse("last", f"A role from {role.first} cannot end on {role.last}.")
    for each in role.responsibilities:
        _check_within(role, each)
    return role


def _check_within(role: HeldRole, responsibility: Responsibility) -> None:
    """Refuse a responsibility of which no day lies within its role."""
    first, last = lasts(role, responsibility)
    if last and last < first:
        held = f"from {role.first} until {role.last}" if role.last else f"from {role.first} on"
        text = responsibility.text[:_LONGEST_QUOTE]
        _refuse("responsibilities", f"{text}: its days lie outside of the role, which was held {held}.")


def _responsibilities(said: str, today: date) -> tuple[Responsibility, ...]:
    lines = [line for line in said.splitlines() if line.strip()]
    if len(lines) > _MOST:
        _refuse(
            "responsibilities", f"A role has at most {_MOST} responsibilities; put those that belong together in one."
        )
    return tuple(dict.fromkeys(_responsibility(line, today) for line in lines))


def _responsibility(line: str, today: date) -> Responsibility:
    """Read a line such as: Budget of the site [from 2025-03 until 2026-01]."""
    own = _OWN_DAYS.search(line)
    first, last = (own["first"], own["last"]) if own else (None, None)
    found = Responsibility(
        text=_text(line[: own.start()] if own else line, "responsibilities", 1, _LONGEST),
        first=_day(first, today, "responsibilities") if first else None,
        last=_day(last, today, "responsibilities", ends=True) if last else None,
    )
    if found.first and found.last and found.last < found.first:
        _refuse("responsibilities", f"{found.text[:_LONGEST_QUOTE]} cannot end before it begins.")
    return found


def _day(said: str, today: date, field: str, *, ends: bool = False) -> date:
    """Read a day; of a longer period such as 2025-03 the first one, or the last one where something ends."""
    try:
        period = parse_period(said, today)
    except UnknownPeriod as fault:
        message = f"{said[:_LONGEST_QUOTE]!r} is no day: say for example 2025-03-01, 2025-03 or March 2025."
        raise CannotKeepRole(field, message) from fault
    return period.last if ends or field == "last" else period.first


def _text(said: str, field: str, least: int, most: int) -> str:
    text = " ".join(said.split())
    if not least <= len(text) <= most:
        _refuse(field, f"Say it in {f'between {least} and ' if least else 'at most '}{most:,} characters.")
    return text


def _refuse(field: str, message: str) -> None:
    raise CannotKeepRole(field, message)
