"""Small experiments: which fit now and why, and what the person has planned, tried and done."""

from dataclasses import dataclass
from datetime import date, datetime
from textwrap import fill

from outgrow.model.plan import OpportunityState
from outgrow.reports.words import count, full_date, harmless, hours

_WIDTH = 80
NOTHING_FITS = "All of the catalogue is planned, done or turned down. An experiment of your own can be added."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityView:
    """An experiment: `id` names one of the catalogue, `number` one the person has said something of.

    `reasons` say in words why it fits now. `planned` is when time is planned for it, `evidence` the number of what it
    left.
    """

    id: str
    number: int | None
    title: str
    kind: str
    challenge: str
    first_step: str
    hours: float
    ask: str
    leaves: str
    state: OpportunityState | None
    on: date | None
    planned: datetime | None
    evidence: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunitiesView:
    """What fits now, the best first, and what the person has taken on: planned and tried, then done.

    `kinds` are those an experiment may be of. `step` is the level that is looked at, empty where none is. `turned_down`
    is how many are not offered any more.
    """

    offered: tuple[OpportunityView, ...]
    under_way: tuple[OpportunityView, ...]
    done: tuple[OpportunityView, ...]
    kinds: tuple[str, ...]
    step: str
    turned_down: int


def heading(view: OpportunitiesView) -> str:
    """Say what the order rests on."""
    if view.step:
        return f"By what {view.step} asks for that has least evidence yet, your coming two weeks and the season."
    return "By your coming two weeks and the season. With a step set (outgrow ladder aim), by its gaps, too."


def about(each: OpportunityView) -> str:
    """Say what an experiment is like, and takes."""
    said = [each.kind, each.challenge, hours(each.hours), f"ask: {each.ask}" if each.ask else ""]
    return " · ".join(word for word in said if word)


def standing(each: OpportunityView) -> str:
    """Say how far an experiment has come."""
    if each.planned and each.state is OpportunityState.PLANNED:
        return f"planned for {full_date(each.planned.date())}, {each.planned:%H:%M}"
    return f"{each.state}, {full_date(each.on)}" if each.state and each.on else ""


def render(view: OpportunitiesView, most: int = 5) -> str:
    """Return what fits best, and what is under way."""
    lines = [heading(view), ""] if view.offered else [NOTHING_FITS, ""]
    for each in view.offered[:most]:
        lines += [*_lines(each), ""]
    if len(view.offered) > most:
        lines += [f"{count(len(view.offered) - most, 'other')} with outgrow opportunity list --all", ""]
    lines += _listed("Under way:", view.under_way) + _listed("Done:", view.done)
    lines.append('Next: outgrow opportunity plan NAME --on tuesday, or outgrow opportunity no NAME --because "..."')
    return "\n".join(map(harmless, lines))


def _listed(title: str, some: tuple[OpportunityView, ...]) -> list[str]:
    return [title, *(f"  {each.number}  {each.title}: {standing(each)}" for each in some), ""] if some else []


def render_one(each: OpportunityView) -> str:
    """Return one experiment."""
    return "\n".join(map(harmless, _lines(each)))


def _lines(each: OpportunityView) -> list[str]:
    said = [
        f"{each.title}  ({each.number if each.number is not None else each.id})",
        f"  {about(each)}",
        *([_wrapped("First 15 minutes", each.first_step)] if each.first_step else []),
        *([_wrapped("Leaves", each.leaves)] if each.leaves else []),
        *(_wrapped("Why now", reason) for reason in each.reasons),
        *([f"  {standing(each)}"] if each.state else []),
    ]
    return [line for text in said for line in text.splitlines()]


def _wrapped(label: str, text: str) -> str:
    return fill(f"{label}: {text}", _WIDTH, initial_indent="  ", subsequent_indent="    ")
