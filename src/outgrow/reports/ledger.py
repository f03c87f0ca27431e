"""The capability ledger: what the person can do now, how they know, and what waits for an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap

from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import EvidenceKind, Polish
from outgrow.model.share import Unit
from outgrow.reports.words import columns, count, full_date, harmless, hours

_WIDTH = 78
_SHOWN = 5
#: Where the ledger is empty this asks for the first entry.
FIRST_QUESTION = "What did you do this month that you'd have needed help with a year ago?"

#: What a state means, in the person's words.
MEANINGS = {
    CapabilityState.CLAIMED: "I say that I can",
    CapabilityState.SHOWN: "done once, with evidence",
    CapabilityState.REPEATED: "done several times, with evidence",
    CapabilityState.TAUGHT: "others do it because of me",
}
#: What evidence of each kind may be, for the kinds that a capability has none of yet.
PROMPTS = {
    EvidenceKind.MY_WORD: "What did you do, and what came of it? A line is enough.",
    EvidenceKind.ARTEFACT: "What is left of it: a document, a message, a plan, a picture? Rough counts.",
    EvidenceKind.SOMEBODY: "Who saw it? What did they say or write? Whom could you ask?",
    EvidenceKind.REPETITION: "When did you do it again, and what was different?",
}


@dataclass(frozen=True, slots=True)
class StateDay:
    """A state, and the first day on which it was so."""

    state: CapabilityState
    on: date


@dataclass(frozen=True, slots=True)
class Named:
    """A capability by its number and name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityLine:
    """One capability in the ledger: `states` are those it has reached in rising order, `evidence` counts pieces."""

    number: int
    name: str
    state: CapabilityState
    states: tuple[StateDay, ...]
    evidence: int
    superseded_by: Named | None = None

    @property
    def latest(self) -> date:
        """The day of its highest state."""
        return self.states[-1].on


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One piece of evidence for a capability."""

    number: int
    action: str
    result: str
    on: date
    kind: EvidenceKind
    polish: Polish
    hours: float | None
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedLine:
    """A state as it was said: its day, the numbers of the evidence named with it, and a note."""

    state: CapabilityState
    on: date
    evidence: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was said of a capability at a moment, in words."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class CurveWeek:
    """One week of a learning curve, by its Monday: how much was done, in the unit of the curve."""

    monday: date
    amount: float


@dataclass(frozen=True, slots=True)
class Discomfort:
    """How uncomfortable the work was from a day on, 1 (hardly) to 5."""

    on: date
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningCurve:
    """An outgrown workstream: growth from the day `grew`, depth from the day `turned` on.

    `amount` is what was done before the week of that day ended, in hours, or in items where nothing measures time;
    `items` counts all its activities by now. `first` and `last` are the days of the first and the latest, None where
    nothing of it is left. `weeks` are those with work.
    """

    workstream: str
    name: str
    grew: date
    turned: date
    unit: Unit
    amount: float
    items: int
    first: date | None
    last: date | None
    weeks: tuple[CurveWeek, ...]
    discomforts: tuple[Discomfort, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A workstream that is asked about again: growth from the day `since` on, as was said so many `days` ago.

    `hours` are those counted since it was said.
    """

    workstream: str
    name: str
    since: date
    days: int
    hours: float


@dataclass(frozen=True, slots=True)
class TurnedDownLine:
    """An outgrown workstream that the person wants no entry for; depth from the day `turned` on."""

    workstream: str
    name: str
    turned: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """The ledger: capabilities that stand, the latest first, those another took the place of, and withdrawn ones.

    `outgrown` are the latest of the outgrown workstreams that wait for an entry, `waiting` how many there are of them;
    `due` are those that are asked about again.
    """

    capabilities: tuple[CapabilityLine, ...]
    superseded: tuple[CapabilityLine, ...]
    withdrawn: tuple[Named, ...]
    outgrown: tuple[LearningCurve, ...]
    waiting: int
    turned_down: tuple[TurnedDownLine, ...]
    due: tuple[DueLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityView:
    """One capability with all that is known of it.

    `parts` were merged into it, `replaces` are those whose place it took, `curves` those of the outgrown workstreams
    it was gained in. `missing` are the kinds of evidence it has none of, `next_state` the next higher state with the
    pieces of evidence `to_next` that it still needs; None at the highest.
    """

    line: CapabilityLine
    reached: tuple[ReachedLine, ...]
    evidence: tuple[EvidenceLine, ...]
    missing: tuple[EvidenceKind, ...]
    next_state: CapabilityState | None
    to_next: int
    parts: tuple[Named, ...]
    replaces: tuple[Named, ...]
    curves: tuple[LearningCurve, ...]
    history: tuple[Change, ...]


def render(view: LedgerView) -> str:
    """Return the ledger as text for a terminal of 80 columns."""
    if not (view.capabilities or view.superseded):
        lines = ["No capabilities yet.", *wrap(f"First entry: {FIRST_QUESTION}", _WIDTH)]
        lines.append('  outgrow capability add "IN YOUR WORDS"')
    else:
        lines = [_headline(view.capabilities), "", *_table(view.capabilities)]
        lines += ["", "Earlier ones, which others took the place of", *_table(view.superseded)] * bool(view.superseded)
    return "\n".join([*lines, *_outgrown(view), *_due(view.due)])


def _headline(capabilities: Sequence[CapabilityLine]) -> str:
    shown = sum(each.state is not CapabilityState.CLAIMED for each in capabilities)
    return f"{count(len(capabilities), 'capability', 'capabilities')}, {shown} of them shown with evidence"


def _table(lines: Sequence[CapabilityLine]) -> list[str]:
    rows = [("name", "state", "since", "evidence", "number")]
    rows += [(each.name, each.state.value, f"{each.latest}", f"{each.evidence}", f"{each.number}") for each in lines]
    return ["  " + row for row in columns(rows, most=_WIDTH, right=frozenset({3, 4}))]


def _outgrown(view: LedgerView) -> list[str]:
    if not view.outgrown:
        return []
    lines = ["", "Outgrown: growth before, depth now. What can you do that you could not?"]
    for each in view.outgrown[:_SHOWN]:
        lines += [f"  {harmless(each.name)}: {learnt(each)}", f"    outgrow capability add --from {each.workstream}"]
    return lines + _more(view.waiting)


def learnt(curve: LearningCurve) -> str:
    """Say how long it took from the first activity until the work was depth."""
    begun = f" since {full_date(curve.first)}" if curve.first and curve.first < curve.turned else ""
    return f"{spent(curve.unit, curve.amount)}{begun}; depth from {full_date(curve.turned)} on"


def spent(unit: Unit, amount: float) -> str:
    """Say how much was done."""
    return hours(amount) if unit is Unit.HOURS else count(round(amount), "activity", "activities")


def _due(due: Sequence[DueLine]) -> list[str]:
    if not due:
        return []
    lines = ["", "Asked again: you called these growth. Are you good at them by now?"]
    lines += [f"  {harmless(each.name)}: {standing(each)}" for each in due[:_SHOWN]]
    return [*lines, *_more(len(due)), "  outgrow sort NAME --period today --as depth (or growth) answers."]


def standing(due: DueLine) -> str:
    """Say how long ago work was called growth, and how many hours of it there were since."""
    since = f", {hours(due.hours)} since" if due.hours else ""
    return f"called growth {count(due.days, 'day')} ago{since}"


def _more(number: int) -> list[str]:
    return [f"  and {number - _SHOWN} more"] if number > _SHOWN else []


def render_one(view: CapabilityView) -> str:
    """Return one capability as text for a terminal of 80 columns."""
    line = view.line
    lines = [f"{harmless(line.name)} ({line.number})", f"  {line.state.value}: {MEANINGS[line.state]}"]
    if line.superseded_by:
        lines.append(f"  its place was taken by {harmless(line.superseded_by.name)} ({line.superseded_by.number})")
    lines += [f"  {each.state.value:<9} {each.on}{_noted(each)}" for each in view.reached]
    lines += [f"  with what was called {harmless(each.name)} ({each.number})" for each in view.parts]
    lines += [f"  gained in {harmless(each.name)}: {learnt(each)}" for each in view.curves]
    return "\n".join([*lines, "", *_evidence(view), *_next(view)])


def _noted(reached: ReachedLine) -> str:
    return f"  {harmless(reached.note)}" if reached.note else ""


def _evidence(view: CapabilityView) -> list[str]:
    if not view.evidence:
        return ["No evidence linked yet: so far it is your own word."]
    rows = [(each.action, each.kind.value, f"{each.on}", f"{each.number}") for each in view.evidence]
    return ["Evidence", *("  " + row for row in columns(rows, most=_WIDTH, right=frozenset({3})))]


def _next(view: CapabilityView) -> list[str]:
    if view.next_state is None:
        return []
    proof = ' --proof "WHAT YOU DID"' if view.to_next else ""
    state = view.next_state
    meaning = f"{state.value.capitalize()} by now ({MEANINGS[state]})?"
    return ["", meaning, f"  outgrow capability reach {view.line.number} {state.value}{proof}"]
