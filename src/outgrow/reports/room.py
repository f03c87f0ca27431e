"""Making room for growth: the hours it needs, the depth work they can come from, and what became of releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outgrow.analysis.making_room import Followed
from outgrow.model.period import Period
from outgrow.model.plan import Way
from outgrow.model.share import Share, Target
from outgrow.reports.spans import age
from outgrow.reports.words import columns, count, full_date, harmless, hours, percent, percent_range

_WIDTH = 80
_MOST_SHOWN = 10


class RoomState(StrEnum):
    """What can be said."""

    NOTHING = "no work yet"
    ITEMS = "no hours"
    FEW = "too few answers"
    ENOUGH = "target reached"
    UNDER_WAY = "enough under way"
    PLANNED = "planned"
    LACKING = "not enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomWork:
    """Depth work that could be let go of: hours a week, times, the part that repeats, days since something was new.

    `ways` are those that are open for it, `must_not_slip` says that it is never done less well.
    """

    workstream: str
    name: str
    hours: float
    times: int
    repeated: float
    idle: int
    ways: tuple[Way, ...]
    must_not_slip: bool


@dataclass(frozen=True, slots=True)
class RoomRelease:
    """A proposed release, and the hours a week it would free."""

    workstream: str
    name: str
    way: Way
    frees: float


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """Releases that free the hours together; `sentence` is what one could say to one's manager."""

    releases: tuple[RoomRelease, ...]
    frees: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFollowed:
    """A release that was begun: hours a week before and since, what was to be freed, and what became of it.

    `looked_at` is the last day that is looked at, or while it is early the day from which there is something to say.
    The changes of growth and of other depth work are in hours a week. They and `now` are null while it is early.
    """

    number: int
    workstream: str
    name: str
    way: Way
    to: str
    since: date
    before: float
    frees: float
    now: float | None
    growth: float | None
    other: float | None
    outcome: Followed
    looked_at: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """The hours a week that growth needs, as a range `low` to `high`, and where they can come from.

    All hours are a week's, on average over `period`. `wanted` is what the plans free: `high` without what is under way,
    or what was asked for. `lacking` is what all releases together leave open. `work` ranks by hours x repetition x time
    since the last learning.
    """

    state: RoomState
    target: Target
    period: Period | None = None
    weeks: int = 0
    hours: float = 0.0
    share: Share | None = None
    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0
    under_way: float = 0.0
    wanted: float = 0.0
    asked: bool = False
    lacking: float = 0.0
    plan: RoomPlan | None = None
    others: tuple[RoomPlan, ...] = ()
    work: tuple[RoomWork, ...] = ()
    followed: tuple[RoomFollowed, ...] = ()


def hours_range(low: float, high: float) -> str:
    """Say two amounts of hours as a range."""
    first, last = hours(low), hours(high)
    return last if first == last else f"{first.removesuffix(' h')}\N{EN DASH}{last}"


def need(view: RoomView) -> str:
    """Say how many hours a week have to come from somewhere, or why that cannot be said."""
    match view.state:
        case RoomState.NOTHING:
            return "There is no week of work to look at yet. Bring in a calendar or a time sheet first."
        case RoomState.ITEMS:
            return "Nothing here measures hours: a calendar or a time sheet does. Then it can be said how many to free."
        case RoomState.FEW:
            return "How many hours growth needs can be said after about eight answers. The audit asks for them."
        case RoomState.ENOUGH:
            return f"No hours have to move: all of the likely range reaches {percent(view.target.low)}."
    if view.asked:
        return f"You asked for {hours(view.wanted)} a week."
    said = (
        f"To reach {percent(view.target.low)}, {hours_range(view.low, view.high)} a week have to come from somewhere."
    )
    return f"{said} {_under_way(view)}".rstrip()


def _under_way(view: RoomView) -> str:
    if not view.under_way:
        return ""
    return f"{hours(view.under_way)} of them are being let go of already."


def rests_on(view: RoomView) -> str:
    """Say what the hours rest on."""
    share = view.share
    if share is None:
        return ""
    return (
        f"The share is likely {percent_range(share.low, share.high)} of {hours(view.hours)} a week, over "
        f"{count(view.weeks, 'week')} and by {count(share.answers, 'answer')}."
    )


def why(view: RoomView) -> str:
    """Say why the plan is as it is, or what is lacking."""
    if view.plan:
        fewest = count(len(view.plan.releases), "release")
        return f"{fewest} {'is' if len(view.plan.releases) == 1 else 'are'} the fewest that free {hours(view.wanted)}."
    if view.state is not RoomState.LACKING:
        return ""
    can = view.wanted - view.lacking
    if not view.work:
        return f"Nothing repeats enough to let go of: all {hours(view.wanted)} are lacking."
    return (
        f"All that could be let go of frees {hours(can)}; {hours(view.lacking)} are lacking. A smaller target, or work "
        "that may slip, would do."
    )


def measures(work: RoomWork) -> str:
    """Say what ranks work."""
    learnt = "a year or more" if work.idle >= 365 else count(work.idle, "day")  # noqa: PLR2004 - days of a year
    return (
        f"{hours(work.hours)} a week · {count(work.times, 'time')} · {percent(work.repeated)} repeats · "
        f"last new {learnt} ago"
    )


def outcome(each: RoomFollowed, today: date) -> str:
    """Say what became of a release."""
    if each.outcome is Followed.EARLY or each.now is None:
        return f"Too early to say: look again from {full_date(each.looked_at)}."
    fell = f"{hours(each.before)} a week before, {hours(each.now)} since ({age(each.since, today)})."
    changes = f"Growth work {_change(each.growth)}, other depth work {_change(each.other)}."
    return f"{fell} {_OUTCOMES[each.outcome]} {changes}"


_OUTCOMES = {
    Followed.GROWTH: "Growth took their place.",
    Followed.MORE_DEPTH: "More of the same took their place.",
    Followed.FEWER: "The hours fell, and the week became shorter.",
    Followed.NOT_YET: "The hours have not fallen: say it again, or let go of it in another way.",
}


def _change(amount: float | None) -> str:
    value = amount or 0.0
    return f"{'+' if value >= 0 else '-'}{hours(abs(value))}"


def sentence(releases: Sequence[RoomRelease], frees: float, weeks: int = 6) -> str:
    """Say what one could tell one's manager."""
    parts = [f"{_DEEDS[each.way].format(each.name)} ({hours(each.frees)} a week)" for each in releases]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return (
        f"I would like to put about {hours(frees)} a week into work that is new for me. To make room I would {listed}. "
        f"May I try that for {weeks} weeks, and then we look at it together?"
    )


_DEEDS = {
    Way.EIGHTY: "do {} at 80 %",
    Way.AUTOMATE: "automate {}",
    Way.HAND_OVER: "hand over {}",
    Way.DROP: "stop {}",
}


def render(view: RoomView, today: date) -> str:
    """Return the need, the plan with what else would do, the ranked work, and what became of earlier releases."""
    lines = [need(view), *([rests_on(view)] if view.share else [])]
    if view.plan:
        lines += ["", *_plan(view.plan), "", why(view)]
        lines += ["", "What else would do:", *(f"  {_short(each)}" for each in view.others)] if view.others else []
        lines += ["", "To say to your manager:", f"  {view.plan.sentence}"]
        lines += ["", "outgrow room take begins these releases; outgrow room keep WORK says what must not slip."]
    elif why(view):
        lines += ["", why(view)]
    lines += _ranked(view) if view.work else []
    if view.followed:
        lines += ["", "Let go of so far:"]
        lines += [f"  {each.number}  {each.name}: {each.way}. {outcome(each, today)}" for each in view.followed]
    return "\n".join(map(harmless, lines))


def _plan(plan: RoomPlan) -> list[str]:
    rows = [(each.name, each.way, f"frees {hours(each.frees)}") for each in plan.releases]
    return [f"  {line}" for line in columns(rows, most=_WIDTH - 2)]


def _short(plan: RoomPlan) -> str:
    said = "; ".join(f"{each.name}: {each.way}" for each in plan.releases)
    return f"{said} (frees {hours(plan.frees)})"


def _ranked(view: RoomView) -> list[str]:
    shown = view.work[:_MOST_SHOWN]
    rows = [(f"{each.name}{' (must not slip)' if each.must_not_slip else ''}", measures(each)) for each in shown]
    more = len(view.work) - len(shown)
    lines = ["", "Depth work by hours, repetition and time since something was new in it:"]
    lines += [f"  {line}" for line in columns(rows, most=_WIDTH + 20)]
    return [*lines, *([f"  and {more} more"] if more else [])]
