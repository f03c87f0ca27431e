"""What is different between two periods, in sentences, a table and two drawings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from textwrap import wrap

from outgrow.analysis.features import Trait
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.reports.words import columns, count, full_date, harmless, percent, percent_range

_WIDTH = 78
MOST_SENTENCES = 7
_NAMED = 3
_ROWS = 12
NOTHING = "Nothing stands out: what differs is what differs between any two such periods."
_DOING = {
    "review": "reviewing",
    "decide": "deciding",
    "lead": "leading",
    "teach": "teaching",
    "present": "presenting",
    "negotiate": "negotiating",
    "plan": "planning",
    "write": "writing",
    "learn": "learning",
    "coordinate": "coordinating",
}


class Turn(StrEnum):
    """What became of work from one period to the next."""

    NEW = "new"
    GROWN = "grown"
    SHRUNK = "shrunk"
    GONE = "gone"
    STEADY = "as before"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change beyond chance: `before` and `after` are hours (or items) a week, the shares fractions of all of them.

    `sort` says what is counted; `workstream` is the one with most of it, `person` one who takes part in most of it.
    """

    turn: Turn
    sort: Trait
    name: str
    before: float
    after: float
    share_before: float
    share_after: float
    since: date
    examples: tuple[str, ...]
    person: str
    workstream: str
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameWorkView:
    """The share that goes into the same workstreams in both periods; 95 % of what chance leaves is from low to high."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionView:
    """The share of the later period that repeats earlier work, and what a history of that length leads to expect."""

    share: float
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A workstream in both periods, in hours (or items) a week; `months` has those of each month of the drawings."""

    workstream: str
    name: str
    turn: Turn
    before: float
    after: float
    months: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedView:
    """Two periods compared; without `same` there was too little work, and `missing` says what is lacking.

    `months` are the first days of the months that the rows have, from the first of the earlier to the last of the later
    period. `roles` are sentences on roles that began or ended.
    """

    earlier: Period
    later: Period
    unit: Unit = Unit.HOURS
    missing: str = ""
    sentences: tuple[str, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    same: SameWorkView | None = None
    repetition: RepetitionView | None = None
    roles: tuple[str, ...] = ()
    months: tuple[date, ...] = ()
    rows: tuple[WorkRow, ...] = ()
    other: tuple[float, ...] = ()


def sentence(change: ChangeView, unit: Unit) -> str:
    """Say one change."""
    what, now, then = _subject(change), _amount(change, unit, after=True), _amount(change, unit, after=False)
    such = f" ({', '.join(map(harmless, change.examples))})" if change.examples else ""
    whom = f", mostly with {harmless(change.person)}" if change.person else ""
    match change.turn:
        case Turn.NEW:
            none = "almost none" if change.before else "none"
            return f"New since {_month(change.since)}: {what}, about {now}{such}{whom}; {none} before."
        case Turn.GONE:
            return f"No more: {what}, about {then} before{such}{whom}; {'almost none' if change.after else 'none'} now."
        case Turn.GROWN:
            return f"More: {what}, about {now}, {then} before{such}{whom}."
        case _:
            return f"Less: {what}, about {now}, {then} before{such}{whom}."


def _subject(change: ChangeView) -> str:
    name = harmless(change.name)
    match change.sort:
        case Trait.WORD:
            return f"“{name}”"
        case Trait.PROJECT:
            return name if name.casefold().startswith("project") else f"the project {name}"
        case Trait.AREA:
            return f"the area {name}"
        case Trait.PERSON:
            return f"work with {name}"
        case Trait.MODE:
            return _DOING.get(name, name)
        case _:
            return name


def _amount(change: ChangeView, unit: Unit, *, after: bool) -> str:
    """Say how much it is a week, or what share where all hours together have changed more than this has."""
    if (change.after > change.before) != (change.share_after > change.share_before):
        return f"{percent(change.share_after if after else change.share_before)} of the {unit.value}"
    return a_week(change.after if after else change.before, unit)


def a_week(amount: float, unit: Unit) -> str:
    """Say hours or items a week."""
    said = f"{amount:.0f}" if amount >= 9.95 else f"{amount:.1f}".removesuffix(".0")  # noqa: PLR2004 - rounds to ten
    if unit is Unit.HOURS:
        return f"{said} h a week"
    return f"{said} {'item' if said == '1' else 'items'} a week"


def _month(day: date) -> str:
    return f"{day:%B} {day.year}"


def tell(changes: Sequence[ChangeView], same: SameWorkView, unit: Unit) -> tuple[str, ...]:
    """Return the sentences on changes: what they come to together first, where there are several."""
    single = tuple(each.sentence for each in changes)
    if len(single) < 2:  # noqa: PLR2004 - one change needs no summary
        return single
    return (_together(changes, same, unit), *single)[:MOST_SENTENCES]


def _together(changes: Sequence[ChangeView], same: SameWorkView, unit: Unit) -> str:
    risen = [each for each in changes if each.share_after > each.share_before]
    fallen = [each for each in changes if each.share_after < each.share_before]
    parts = [
        f"{percent(sum(abs(each.share_after - each.share_before) for each in those))} of the {unit.value} {said} "
        + _listed(those)
        for those, said in ((risen, "went over to"), (fallen, "went away from"))
        if those
    ]
    usual = f"the same work fills {percent(same.share)}, usual would be {percent_range(same.low, same.high)}"
    text = " and ".join(parts)
    return f"About {text}; {usual}." if same.share < same.low else f"About {text}."


def _listed(those: Sequence[ChangeView]) -> str:
    named = [_subject(each) for each in those[:_NAMED]]
    more = len(those) - len(named)
    rest = [count(more, "other")] if more else []
    *first, last = [*named, *rest]
    return f"{', '.join(first)} and {last}" if first else last


def same_words(same: SameWorkView, unit: Unit) -> str:
    """Say how much is the same."""
    usual = percent_range(same.low, same.high)
    return (
        f"{percent(same.share)} of the {unit.value} went into the same kinds of work in both periods; "
        f"with nothing changed it would be {usual}."
    )


def repetition_words(repetition: RepetitionView, unit: Unit) -> str:
    """Say how much repeats earlier work."""
    return (
        f"{percent(repetition.share)} of the {unit.value} repeat earlier work; after a history of that length "
        f"{percent(repetition.expected)} would be usual."
    )


def render(view: ChangedView) -> str:
    """Return the comparison as words for a terminal."""
    lines = [f"{named(view.later)}, beside {named(view.earlier)}", ""]
    if view.missing:
        return "\n".join([*lines, *wrap(view.missing, _WIDTH)])
    for each in view.sentences or (NOTHING,):
        lines += wrap(each, _WIDTH, initial_indent="- ", subsequent_indent="  ")
    told = [*view.roles]
    if view.same:
        told.append(same_words(view.same, view.unit))
    if view.repetition:
        told.append(repetition_words(view.repetition, view.unit))
    for each in told:
        lines += ["", *wrap(each, _WIDTH)]
    rows = [(each.name, short(each.before), short(each.after), each.turn.value) for each in view.rows[:_ROWS]]
    head = (f"{view.unit.value.capitalize()} a week", "before", "now", "")
    return "\n".join([*lines, "", *columns([head, *rows], most=_WIDTH, right=frozenset({1, 2}))])


def named(period: Period) -> str:
    """Say which period it is."""
    return period.name or f"{full_date(period.first)} to {full_date(period.last)}"


def short(amount: float) -> str:
    """Say an amount in a table."""
    return f"{amount:.1f}"
