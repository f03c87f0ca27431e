"""Looks back: what is different in a period from an earlier one, a year or any other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from outgrow.analysis.comparison import FEWEST_WEEKS, FEWEST_WEEKS_EACH, Comparison, compare, weeks_with_work
from outgrow.analysis.features import Deed, mode_told
from outgrow.model.activity import Activity, Kind, Role
from outgrow.model.fault import Fault
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.reports.changed import ChangedView, RepetitionView, WorkRow
from outgrow.reports.words import count
from outgrow.store import compared, computed, workstreams
from outgrow.store.compared import Told
from outgrow.store.database import Transaction
from outgrow.workflows.keep_roles import read_roles
from outgrow.workflows.period_work import judged_anywhere, usual_repetition, while_computed
from outgrow.workflows.recount import recount
from outgrow.workflows.weigh_changes import in_words, turn_of, weeks_of
from outgrow.workflows.workspace import Workspace

_HALF_YEAR, _YEAR = 182, 365
_SHORTEST = 7 * FEWEST_WEEKS_EACH
_MOST_MONTHS = 30
_MOST_ROWS = 60


class CannotCompare(Fault):
    """The two periods cannot be held against each other."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class _Work:
    """The work of two periods, and what was found between them; None where there is too little of it."""

    deeds: Sequence[Deed]
    repeats: float
    found: Comparison | None
    unit: Unit


def periods_to_compare(workspace: Workspace, later: Period | None, earlier: Period | None) -> tuple[Period, Period]:
    """Return the earlier and the later period: those that are named, by default the last half year and the year before.

    A history of under a year and a half is cut at two thirds. Raises CannotCompare where they overlap.
    """
    later = later or _latest(workspace)
    if earlier is None:
        last = later.first - timedelta(days=1)
        earlier = Period(last - timedelta(days=_YEAR - 1), last, "the year before")
    if earlier.last >= later.first:
        message = "The earlier period has to end before the later one begins. Name two that do not overlap."
        raise CannotCompare(message)
    return earlier, later


def look_back(workspace: Workspace, later: Period | None = None, earlier: Period | None = None) -> ChangedView:
    """Return what is different in a period from an earlier one; raises CannotCompare where they overlap."""
    recount(workspace)
    periods = periods_to_compare(workspace, later, earlier)
    what = ("changed", *periods, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _look_back(workspace, periods))


def _latest(workspace: Workspace) -> Period:
    with workspace.store.look() as view:
        first, last = computed.first_day(view), computed.last_day(view, workspace.now)
    last = last or workspace.today
    days = min(_HALF_YEAR, max(_SHORTEST, (last - (first or last)).days // 3))
    begin = last - timedelta(days=days - 1)
    return Period(begin, last, f"{begin:%B} {begin.year} to {last:%B} {last.year}")


def _look_back(workspace: Workspace, periods: tuple[Period, Period]) -> ChangedView:
    earlier, later = periods
    outside = _outside(workspace)
    what = ("compared", *periods, workspace.today, outside)
    work = while_computed(workspace, what, lambda tx: _compare(tx, workspace, periods, outside))
    if work.found is None:
        return ChangedView(earlier=earlier, later=later, unit=work.unit, missing=_missing(work.deeds, periods))
    with workspace.store.look() as view:
        names = computed.workstream_names(view) | workstreams.names(view)
    told = in_words(work.found, work.deeds, periods, names, work.unit)
    months = _months(work.deeds)
    rows, other = _rows(work.deeds, periods, names, months)
    return replace(
        told,
        roles=tuple(_roles(workspace, later)),
        repetition=_repetition(workspace, later, work),
        months=tuple(months),
        rows=tuple(rows),
        other=other,
    )


def _outside(workspace: Workspace) -> frozenset[str]:
    """Return the workstreams that are no work by what was said of them last."""
    return frozenset(name for name, said in judged_anywhere(workspace).items() if said[-1].value is Value.OUTSIDE)


def _compare(tx: Transaction, workspace: Workspace, periods: tuple[Period, Period], outside: frozenset[str]) -> _Work:
    today = workspace.today
    ended = [Period(each.first, max(each.first, min(each.last, today))) for each in periods]
    told = [row for each in ended for row in compared.told(tx, each) if row.workstream not in outside]
    unit = Unit.HOURS if any(row.hours for row in told) else Unit.ITEMS
    deeds = [_deed(row, unit) for row in told if row.hours or unit is Unit.ITEMS]
    return _Work(deeds, _repeated(told, periods[1], unit), compare(deeds, *ended), unit)


def _deed(row: Told, unit: Unit) -> Deed:
    return Deed(
        day=row.day,
        size=row.hours if unit is Unit.HOURS else 1.0,
        workstream=row.workstream,
        title=row.title,
        project=row.project,
        areas=row.tags,
        people=row.people,
        mode=_mode(row.title, row.kind, row.role, len(row.people)),
    )


@lru_cache(1 << 15)
def _mode(title: str, kind: str, role: str, people: int) -> str:
    several = tuple(map(str, range(people)))
    return mode_told(
        Activity(
            source="", account="", native_id="", line=0, kind=Kind(kind), title=title, role=Role(role), people=several
        )
    )


def _repeated(told: Iterable[Told], later: Period, unit: Unit) -> float:
    """Return the share of a period whose topics were there on an earlier day."""
    first, whole, repeated = later.first.toordinal(), 0.0, 0.0
    for row in told:
        if row.day >= first:
            size = row.hours if unit is Unit.HOURS else 1.0
            whole += size
            repeated += size if row.begun < row.day else 0.0
    return repeated / whole if whole else 0.0


def _repetition(workspace: Workspace, later: Period, work: _Work) -> RepetitionView | None:
    items = sum(deed.day >= later.first.toordinal() for deed in work.deeds)
    usual = usual_repetition(workspace, later, items)
    return None if usual is None else RepetitionView(share=work.repeats, expected=usual)


def _roles(workspace: Workspace, later: Period) -> Iterable[str]:
    for role in sorted(read_roles(workspace).values(), key=lambda each: each.first):
        if role.first in later:
            yield f"Since {role.first:%B} {role.first.year} your role is {role.title}."
        elif role.last and role.last in later:
            yield f"Your role as {role.title} ended in {role.last:%B} {role.last.year}."


def _missing(deeds: Sequence[Deed], periods: tuple[Period, Period]) -> str:
    """Say what is lacking."""
    weeks = [weeks_with_work(deeds, each) for each in periods]
    if sum(weeks) < FEWEST_WEEKS:
        so_far = f"There {'is' if sum(weeks) == 1 else 'are'} {count(sum(weeks), 'such week')}"
        return (
            f"To tell change from chance, {FEWEST_WEEKS} weeks with work are needed. {so_far} in the two periods. "
            "Bring in older calendars or time sheets, or come back later."
        )
    return (
        f"Each of the two periods needs {FEWEST_WEEKS_EACH} weeks with work. The earlier one has "
        f"{count(weeks[0], 'week')}, the later one {count(weeks[1], 'week')}. Name longer periods."
    )


def _months(deeds: Sequence[Deed]) -> list[date]:
    """Return the first days of the months from the first work to the last, or of steps of several months."""
    first, last = (date.fromordinal(each(deed.day for deed in deeds)) for each in (min, max))
    begin, months = 12 * first.year + first.month - 1, 12 * (last.year - first.year) + last.month - first.month + 1
    step = -(-months // _MOST_MONTHS)
    return [date((begin + n) // 12, (begin + n) % 12 + 1, 1) for n in range(0, months, step)]


def _rows(
    deeds: Sequence[Deed], periods: tuple[Period, Period], names: Mapping[str, str], months: Sequence[date]
) -> tuple[list[WorkRow], tuple[float, ...]]:
    """Return the workstreams with most work, and what the others have in each month."""
    begin, weeks = periods[1].first.toordinal(), [weeks_of(deeds, each) for each in periods]
    place = _places(months, max(deed.day for deed in deeds))
    sums: dict[str, list[float]] = {}
    for deed in deeds:
        each = sums.setdefault(deed.workstream, [0.0] * (len(months) + 2))
        each[place[deed.day]] += deed.size
        each[-1 if deed.day >= begin else -2] += deed.size
    largest = sorted(sums, key=lambda name: (-max(sums[name][-2] / weeks[0], sums[name][-1] / weeks[1]), name))
    rows = [_row(name, sums[name], weeks, names) for name in largest[:_MOST_ROWS]]
    rest = [sums[name] for name in largest[_MOST_ROWS:]]
    return rows, tuple(sum((each[n] for each in rest), 0.0) for n in range(len(months)))


def _places(months: Sequence[date], last: int) -> dict[int, int]:
    """Return for each day (ordinal) the place of its month."""
    begun = [each.toordinal() for each in months]
    ends = [*begun[1:], last + 1]
    return {day: n for n, (first, end) in enumerate(zip(begun, ends, strict=True)) for day in range(first, end)}


def _row(workstream: str, sums: Sequence[float], weeks: Sequence[float], names: Mapping[str, str]) -> WorkRow:
    before, after = sums[-2] / weeks[0], sums[-1] / weeks[1]
    larger, smaller = max(before, after), min(before, after)
    return WorkRow(
        workstream=workstream,
        name=names.get(workstream, workstream),
        turn=turn_of(before, after, changed=larger >= 1.5 * smaller),
        before=before,
        after=after,
        months=tuple(sums[:-2]),
    )
