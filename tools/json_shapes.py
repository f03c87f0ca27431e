"""Writes docs/json.md from the views behind ``--json``: ``.env/check/bin/python -m tools.json_shapes``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from outgrow.config import Settings
from outgrow.model.ladder import Ladder
from outgrow.reports import (
    about,
    audit,
    brought_in,
    changed,
    doctor,
    evidence,
    ladders,
    ledger,
    machine,
    next_level,
    opportunities,
    project_choice,
    returns,
    review,
    reviews,
    roles,
    room,
    sources,
    taken_out,
    told,
    traps,
    verdict,
    workstreams,
)
from outgrow.reports.packet import view as packet
from tools.environment import ROOT

PAGE = ROOT / "docs" / "json.md"

#: What each document holds: a view, or a list of views under `items`.
SHAPES: Mapping[str, tuple[str, type]] = {
    "import": ("outgrow import", brought_in.BringInReport),
    "sources": ("outgrow sources", list[sources.SourceView]),
    "problems": ("outgrow sources --problems", list[sources.ProblemView]),
    "audit": ("outgrow audit", audit.AuditView),
    "sort": ("outgrow sort", list[audit.CardView]),
    "sorted": ("outgrow sort WORKSTREAM --as ANSWER", told.Sorted),
    "verdict": ("outgrow verdict, outgrow demo", verdict.VerdictView),
    "changed": ("outgrow changed", changed.ChangedView),
    "evidence list": ("outgrow evidence list", list[evidence.EvidenceRow]),
    "evidence": ("outgrow evidence show, add, edit, file, link", evidence.EvidenceView),
    "suggestions": ("outgrow evidence suggestions", list[evidence.SuggestionView]),
    "workstreams": ("outgrow workstream list", list[workstreams.WorkstreamView]),
    "workstream": ("outgrow workstream show, rename, merge, split", workstreams.WorkstreamView),
    "ledger": ("outgrow capability list", ledger.LedgerView),
    "capability": ("outgrow capability show, add, reach and the others", ledger.CapabilityView),
    "next": ("outgrow next", next_level.NextView),
    "expectation": ("outgrow next show, no-chance, link", next_level.StepRow),
    "opportunities": ("outgrow opportunity list, no", opportunities.OpportunitiesView),
    "opportunity": ("outgrow opportunity add, plan, tried, done", opportunities.OpportunityView),
    "room": ("outgrow room, and its commands", room.RoomView),
    "review": ("outgrow review week, month, quarter, year", review.ReviewView),
    "reviews": ("outgrow review list", reviews.ReviewsView),
    "past review": ("outgrow review show", reviews.PastReviewView),
    "comparison of reviews": ("outgrow review compare", reviews.ComparisonView),
    "commitments": ("outgrow review commitments", list[review.CommitmentView]),
    "commitment": ("outgrow review settle", review.CommitmentView),
    "growth block": ("outgrow review plan, unplan", review.BlockView),
    "calendar": ("outgrow review calendar", told.Written),
    "ladders": ("outgrow ladder list", list[ladders.LadderLine]),
    "ladder": ("outgrow ladder show, export, add, edit, rename", Ladder),
    "ladder read": ("outgrow ladder import", ladders.LadderRead),
    "ladder step": ("outgrow ladder step, aim", ladders.StepView),
    "packets": ("outgrow packet list", list[packet.PacketLine]),
    "packet": ("outgrow packet show, new, edit, export --format json", packet.PacketView),
    "file": ("outgrow packet export", told.Written),
    "roles": ("outgrow role list, add and the others", roles.RolesView),
    "returns": ("outgrow returns", returns.ReturnsView),
    "traps": ("outgrow traps", traps.TrapsView),
    "trap": ("outgrow traps explain, dismiss", traps.TrapView),
    "projects": ("outgrow project compare, new, choose, follow-up and the others", project_choice.ProjectsView),
    "capture": ("outgrow capture", told.Captured),
    "undo": ("outgrow undo", told.TakenBack),
    "settings": ("outgrow settings", Settings),
    "about": ("outgrow about", about.AboutView),
    "export": ("outgrow export", taken_out.Export),
    "backup": ("outgrow backup", taken_out.BackupMade),
    "restored": ("outgrow restore", taken_out.Restored),
    "deleted": ("outgrow delete-everything", taken_out.Deleted),
    "doctor": ("outgrow doctor", list[doctor.Check]),
}
INTRODUCTION = f"""# What `--json` says

Written by `python -m tools.json_shapes` from the views that the terminal shows, too.

Every command with `--json` prints one document. Its first fields are `outgrow`, the kind of the document, and
`version`, now {machine.VERSION}. The version rises when a field goes or changes its meaning; new fields may come.
Shares are fractions, days are `YYYY-MM-DD`, moments ISO 8601 with their offset. `outgrow evaluate` prints JSON Lines of
its own kind, see [evaluating](evaluating.md).

"""


def page() -> str:
    """Return the page."""
    parts = [INTRODUCTION]
    shown: dict[str, type] = {}
    for name, (command, shape) in SHAPES.items():
        listed = get_args(shape)
        view = listed[0] if listed else shape
        holds = f"a list of {_link(view)} under `items`" if listed else _link(view)
        parts.append(f"- `{name}` ({command}): {holds}\n")
        shown |= {each.__name__: each for each in _reached(view)}
    return "".join([*parts, *(_section(shown[name]) for name in sorted(shown))])


def _link(view: type) -> str:
    return f"[{view.__name__}](#{view.__name__.lower()})"


def _reached(view: type) -> Iterator[type]:
    """Yield a dataclass and those in its fields, and enums."""
    yield view
    for hint in get_type_hints(view).values() if is_dataclass(view) else ():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and (is_dataclass(part) or issubclass(part, Enum)):
                yield from _reached(part)


def _section(view: type[Any]) -> str:
    about = re.sub(r"\s+", " ", view.__doc__ or "").strip().replace("None", "null")
    if issubclass(view, Enum):
        values = ", ".join(f"`{member.value}`" for member in view)
        return f"\n## {view.__name__}\n\n{about} One of {values}.\n"
    hints = get_type_hints(view)
    rows = [f"| `{field.name}` | {_words(hints[field.name])} |" for field in fields(view)]
    return "\n".join([f"\n## {view.__name__}\n", about, "", "| field | holds |", "|---|---|", *rows]) + "\n"


def _words(hint: object) -> str:
    """Say a type in the words of JSON."""
    parts = [part for part in get_args(hint) if part is not Ellipsis]
    if type(None) in parts:
        return " or ".join(_words(part) for part in parts if part is not type(None)) + " or null"
    if get_origin(hint) is Mapping:
        return f"{_words(parts[1])} by {_words(parts[0])}"
    if parts:
        return f"list of {_words(parts[0])}"
    names = {"str": "text", "float": "number", "int": "whole number", "bool": "true or false", "datetime": "moment"}
    name = getattr(hint, "__name__", str(hint))
    linked = isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum))
    return f"[{name}](#{name.lower()})" if linked else names.get(name, "day" if name == "date" else name)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
