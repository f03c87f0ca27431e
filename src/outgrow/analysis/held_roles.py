"""For how long a person's level, and what they answer for, have been the same: whatever their roles were called."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.model.held_role import HeldRole, Responsibility

_State = frozenset[str]


@dataclass(frozen=True, slots=True)
class Standstill:
    """Since when the level, and the responsibilities, are what they are today; None where nothing is said of them."""

    level: date | None
    responsibilities: date | None


def standstill(roles: Collection[HeldRole], today: date) -> Standstill:
    """Return since when nothing has changed. Roles held at once count together, and two that follow as one."""
    return Standstill(_since(roles, today, _levels), _since(roles, today, _answered_for))


def held(role: HeldRole, day: date) -> bool:
    """Whether a role is held on a day."""
    return role.first <= day and (role.last is None or day <= role.last)


def overlap(one: HeldRole, other: HeldRole) -> bool:
    """Whether two roles are held on one day."""
    return one.first <= (other.last or date.max) and other.first <= (one.last or date.max)


def lasts(role: HeldRole, responsibility: Responsibility) -> tuple[date, date | None]:
    """Return the first and last day of a responsibility, the last None while it goes on: no longer than its role."""
    ends = [each for each in (role.last, responsibility.last) if each]
    return max(role.first, responsibility.first or role.first), min(ends, default=None)


def _since(
    roles: Collection[HeldRole], today: date, state: Callable[[Iterable[HeldRole], date], _State]
) -> date | None:
    """Return the day from which on a state is that of today; None where that is empty."""
    now = state(roles, today)
    since = None
    for day in sorted({each for each in _changes(roles) if each <= today}, reverse=True):
        if not now or state(roles, day) != now:
            break
        since = day
    return since


def _changes(roles: Iterable[HeldRole]) -> Iterator[date]:
    """Yield every day on which something begins, or is over."""
    for role in roles:
        for first, last in ((role.first, role.last), *(lasts(role, each) for each in role.responsibilities)):
            yield first
            if last and last < date.max:
                yield last + timedelta(days=1)


def _levels(roles: Iterable[HeldRole], day: date) -> _State:
    return frozenset(_plain(role.level) for role in roles if held(role, day)) - {""}


def _answered_for(roles: Iterable[HeldRole], day: date) -> _State:
    return frozenset(
        _plain(each.text) for role in roles for each in role.responsibilities if _lasts_on(role, each, day)
    )


def _lasts_on(role: HeldRole, responsibility: Responsibility, day: date) -> bool:
    first, last = lasts(role, responsibility)
    return first <= day and (last is None or day <= last)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
