"""The workstreams, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.model.judgement import Value
from outgrow.reports.words import columns, count, harmless, hours

_WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstreamView:
    """One workstream: counted hours and items up to now, its first and last day, and the judgement that stands."""

    id: str
    name: str
    hours: float
    items: int
    first: date
    last: date
    judgement: Value | None
    since: date | None
    titles: tuple[str, ...]


def render(workstreams: Sequence[WorkstreamView]) -> str:
    """Return one line per workstream."""
    if not workstreams:
        return "No workstreams yet. Bring in a calendar or an export first: outgrow import FILE"
    rows = [("name", "hours", "items", "last", "judged", "id")]
    rows += [
        (
            each.name,
            hours(each.hours) if each.hours else "\N{EN DASH}",
            f"{each.items:,}",
            each.last.isoformat(),
            each.judgement.value if each.judgement else "",
            each.id,
        )
        for each in workstreams
    ]
    return "\n".join(columns(rows, most=_WIDTH, right=frozenset({1, 2})))


def render_one(each: WorkstreamView) -> str:
    """Return one workstream with the titles it is made of."""
    judged = f"{each.judgement.value} since {each.since}" if each.judgement else "not judged yet"
    lines = [
        f"{harmless(each.name)} ({each.id})",
        f"  {hours(each.hours)}, {count(each.items, 'item')}, {each.first} to {each.last}; {judged}",
        f"  made of {count(len(each.titles), 'title')}:",
    ]
    return "\n".join([*lines, *(line for title in each.titles for line in columns([("    " + title,)], most=_WIDTH))])
