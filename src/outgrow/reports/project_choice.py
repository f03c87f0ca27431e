"""Projects to choose from side by side, those that were chosen with what came, and how good the predictions were."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from textwrap import wrap

from outgrow.analysis.project_choice import LEAST_EARLIER, Kind, Record
from outgrow.model.candidate import Newness
from outgrow.model.judgement import Reason
from outgrow.reports.words import count, full_date, harmless, hours, percent, percent_range

_WIDTH = 78
#: Shown where there is no project yet.
NO_PROJECTS = (
    "No projects yet. Put two or three that you could take on beside one another: hours, a few answers, and what each "
    "would build."
)
#: How the range comes about, in a sentence.
EXPLAINED = (
    "The range holds what comes of four in five such projects, as far as answers, your own like work and earlier "
    "predictions tell. The weights of the answers are our own choice; what comes corrects them."
)
#: What each kind is called.
KINDS = {
    Kind.GROWTH: "growth in the main",
    Kind.MAINTENANCE: "maintenance in the main",
    Kind.OPEN: "growth or maintenance: cannot be told yet",
}


class BuildKind(StrEnum):
    """What a project would do for something."""

    NEW = "new"
    FURTHER = "further"
    GAP = "gap"
    THERE = "there already"


@dataclass(frozen=True, slots=True)
class BuildLine:
    """What a project would build, and why it counts so; `number` is that of a capability, null for other things."""

    kind: BuildKind
    what: str
    why: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class LikeView:
    """The person's own work that is named like a project: hours of growth and of depth, and some of the names."""

    growth: float
    depth: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapabilityName:
    """A capability by its number and name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameView:
    """What came of a project: as it was kept on a day, or as it stands on it so far.

    `share` is of growth work, from `low` to `high`; null where nothing of it was answered. `own_word` says that the
    person told it. `outgrown` are kinds of work that were growth first and depth then.
    """

    on: date
    hours: float
    items: int
    share: float | None
    low: float | None
    high: float | None
    own_word: bool
    gained: tuple[CapabilityName, ...]
    evidence: int
    outgrown: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """One project. `share` of growth work is expected, `low` to `high` in four of five cases; as it was when chosen.

    `grows` answers whether it would be new, null for who cannot say. `gains` counts what it would build that is not
    there yet. `chosen` is the day of the choice; `due` says that it is time to look back, `came` what was found then,
    `so_far` what is there by today.
    """

    number: int
    name: str
    about: str
    hours: float
    first: date | None
    last: date | None
    grows: bool | None
    reasons: tuple[Reason, ...]
    people: Newness
    area: Newness
    mode: Newness
    seen_by: tuple[str, ...]
    share: float
    low: float
    high: float
    kind: Kind
    builds: tuple[BuildLine, ...]
    gains: int
    like: LikeView | None
    chosen: date | None = None
    due: bool = False
    so_far: CameView | None = None
    came: CameView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectsView:
    """The projects to choose from, those with most hours first; the chosen ones; those that were looked back on.

    `clearest` is the number of the one whose range lies above all others, null where they cannot be told apart.
    `record` says how predictions fared so far, null under three.
    """

    today: date
    candidates: tuple[ProjectView, ...]
    chosen: tuple[ProjectView, ...]
    past: tuple[ProjectView, ...]
    clearest: int | None
    record: Record | None


def headline(view: ProjectsView) -> str:
    """Say what the comparison says in one sentence; of one project alone nothing is ranked."""
    if not view.candidates:
        return "Which project would make you capable of something new?"
    if len(view.candidates) == 1:
        one = view.candidates[0]
        return f"One project to choose from: {percent_range(one.low, one.high)} growth work is likely."
    best = next((each for each in view.candidates if each.number == view.clearest), None)
    if best:
        return f"{harmless(best.name)} would be more growth work than the others."
    return "By growth work they cannot be told apart: the ranges overlap."


def by_gains(view: ProjectsView) -> str:
    """Say which project would build most that is not there yet; empty where none stands out."""
    if len(view.candidates) <= 1:
        return ""
    ranked = sorted(view.candidates, key=lambda each: -each.gains)
    if ranked[0].gains == ranked[1].gains:
        return ""
    what = count(ranked[0].gains, "thing")
    return f"{harmless(ranked[0].name)} would build most: {what} that your ledger and your step do not have yet."


def said_record(view: ProjectsView) -> str:
    """Say how good the predictions were so far."""
    found = view.record
    if found is None:
        known = sum(each.came is not None and each.came.share is not None for each in view.past)
        looked = f"{count(known, 'project')} looked back on with a share"
        return f"{looked}: from {LEAST_EARLIER} on it is said how good the predictions are."
    direction = "as much growth work as foreseen on the whole"
    if abs(found.off) >= 0.05:  # noqa: PLR2004 - points of a share that make a difference
        direction = (
            f"{percent(abs(found.off))} {'more' if found.off > 0 else 'less'} growth work than foreseen on average"
        )
    return (
        f"Of {found.number} predictions {found.within} held within their range; {direction}, "
        f"each was off by {percent(found.distance)} on average. New ranges take that in."
    )


def against(view: ProjectView) -> str:
    """Say what came of a project against what was foreseen."""
    came = view.came or view.so_far
    if came is None:
        return ""
    took = f"{hours(came.hours)} of {hours(view.hours)}" if came.hours else "no measured hours"
    foreseen = f"{percent_range(view.low, view.high)} foreseen"
    if came.share is None:
        return f"{took}; nothing of it was answered, so its growth work is not known ({foreseen})."
    whose = ", by your own word" if came.own_word else ""
    held = "" if came is not view.came else _held(view, came.share)
    return f"{took}; about {percent(came.share)} growth work{whose} ({foreseen}){held}."


def _held(view: ProjectView, came: float) -> str:
    if view.low <= came <= view.high:
        return ": within the range"
    return ": more than the range" if came > view.high else ": less than the range"


def newness(view: ProjectView) -> str:
    """Say what about a project would be new; empty where nothing is."""
    told = (("people", view.people), ("area", view.area), ("kind of doing", view.mode))
    return ", ".join(f"{what} {each}" for what, each in told if each is not Newness.SAME)


def render(view: ProjectsView) -> str:
    """Return the projects as text for a terminal of 80 columns."""
    if not (view.candidates or view.chosen or view.past):
        return f'{NO_PROJECTS}\nBegin with: outgrow project new "Warehouse pilot" --hours 120 --new'
    return "\n".join([*_lines(view), "", *wrap(said_record(view), _WIDTH), *wrap(EXPLAINED, _WIDTH)])


def _lines(view: ProjectsView) -> Iterator[str]:
    if view.candidates:
        yield from wrap(headline(view), _WIDTH)
        yield from wrap(by_gains(view), _WIDTH)
    parts = (("To choose from", view.candidates), ("Chosen", view.chosen), ("Looked back on", view.past))
    for heading, projects in parts:
        if projects:
            yield from ("", heading)
        for each in projects:
            yield from _project(each)


def _project(each: ProjectView) -> Iterator[str]:
    yield f"  {each.number}  {harmless(each.name)}, {hours(each.hours)}"
    yield f"     {percent_range(each.low, each.high)} growth work, {KINDS[each.kind]}"
    for line in each.builds:
        yield from _wrapped(f"{line.what}: {line.why}")
    if each.like:
        yield from _wrapped(f"like work so far: {hours(each.like.growth)} growth, {hours(each.like.depth)} depth")
    if told := newness(each):
        yield from _wrapped(told)
    if each.seen_by:
        yield from _wrapped(f"seen by {', '.join(each.seen_by)}")
    if each.chosen:
        yield from _wrapped(f"chosen on {full_date(each.chosen)}; {against(each)}")
    if each.came and each.came.note:
        yield from _wrapped(each.came.note)
    if each.due:
        yield from _wrapped(f"it is time to look back: outgrow project follow-up {each.number}")


def _wrapped(said: str) -> list[str]:
    return wrap(harmless(said), _WIDTH, initial_indent="     ", subsequent_indent="       ")
