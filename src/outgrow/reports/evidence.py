"""Evidence, and what may become some: as it is listed, looked at and suggested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from outgrow.model.evidence import EvidenceKind, Link, Polish
from outgrow.reports.about import megabytes
from outgrow.reports.words import columns, count, full_date, harmless, hours

_WIDTH = 100
_KILOBYTE = 1000


@dataclass(frozen=True, slots=True)
class LinkedActivity:
    """An activity that evidence is linked to: its number, local day (null without one), title and hours counted."""

    number: int
    day: date | None
    title: str
    hours: float


@dataclass(frozen=True, slots=True)
class LinkedCapability:
    """A capability that evidence is for."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class LinkedExpectation:
    """An expectation of a ladder that evidence speaks for; `text` is empty where the ladder is gone."""

    ladder: int
    expectation: str
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file kept with evidence; `size` in bytes, `there` says whether its copy is."""

    name: str
    sha256: str
    size: int
    there: bool

    @property
    def told(self) -> str:
        """Its size in words."""
        return megabytes(self.size) if self.size >= _KILOBYTE else count(self.size, "byte")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """One piece of evidence with all it is linked to. `suggested` says that it began as a suggestion.

    `told` is when it was first said, `revised` how often it was changed since.
    """

    number: int
    action: str
    on: date
    situation: str
    result: str
    hours: float | None
    seen_by: tuple[str, ...]
    polish: Polish
    kind: EvidenceKind
    suggested: bool
    told: datetime
    revised: int
    activities: tuple[LinkedActivity, ...] = ()
    capabilities: tuple[LinkedCapability, ...] = ()
    expectations: tuple[LinkedExpectation, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Evidence in a list: how much is linked to it and kept with it."""

    number: int
    on: date
    action: str
    kind: EvidenceKind
    polish: Polish
    hours: float | None
    capabilities: tuple[LinkedCapability, ...]
    attachments: int


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """What may be evidence, and why it is asked; `activity` is null where it is about a whole kind of work."""

    key: str
    kind: str
    action: str
    reason: str
    on: date
    hours: float | None
    activity: int | None


def render(lines: Sequence[EvidenceRow]) -> str:
    """Return one line per piece of evidence, the newest first."""
    if not lines:
        return 'No evidence here yet. Keep some with: outgrow evidence add "What you did"'
    rows = [("evidence", "day", "kind", "", "hours", "no.")]
    rows += [
        (
            each.action,
            each.on.isoformat(),
            each.kind.value,
            each.polish.value,
            hours(each.hours) if each.hours else "",
            str(each.number),
        )
        for each in lines
    ]
    return "\n".join(columns(rows, most=_WIDTH, right=frozenset({4, 5})))


def render_one(view: EvidenceView) -> str:
    """Return one piece of evidence with all it is linked to."""
    spent = f", {hours(view.hours)}" if view.hours else ""
    lines = [harmless(f"{view.action} ({view.number})")]
    lines.append(f"  {full_date(view.on)}{spent}; {view.kind.value}, {view.polish.value}")
    if view.seen_by:
        lines.append(harmless(f"  seen by {', '.join(view.seen_by)}"))
    for name, text in (("situation", view.situation), ("result", view.result)):
        lines += [f"  {name}: {harmless(text)}"] if text else []
    lines += [harmless(f"  for the capability {each.name} ({each.number})") for each in view.capabilities]
    lines += [harmless(f"  speaks for {each.level}: {each.text or each.expectation}") for each in view.expectations]
    lines += [harmless(f"  activity {each.number}: {each.day or ''} {each.title}") for each in view.activities]
    lines += [harmless(f"  {each.url}" + (f" ({each.note})" if each.note else "")) for each in view.links]
    lines += [f"  {_file(each)}" for each in view.files]
    if view.revised:
        lines.append(f"  changed {count(view.revised, 'time')} since {full_date(view.told.date())}")
    return "\n".join(lines)


def _file(each: FileView) -> str:
    gone = "" if each.there else "; its copy is gone, put it back from a backup"
    return harmless(f"file {each.name}, {each.told}, {each.sha256[:12]}{gone}")


def render_suggestions(views: Sequence[SuggestionView]) -> str:
    """Return what may be evidence, numbered."""
    if not views:
        return "Nothing to suggest now. Firsts show themselves as your work goes on."
    return "\n".join(f"{number}  {told(each)}" for number, each in enumerate(views, 1))


def told(each: SuggestionView) -> str:
    """Return a suggestion with why it is made."""
    spent = f", {hours(each.hours)}" if each.hours else ""
    return f"{harmless(each.action)}\n   " + harmless(f"{full_date(each.on)}{spent}. {each.reason}")
