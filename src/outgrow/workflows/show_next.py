"""Shows the step to the next level, or between any two levels of any ladder, and the evidence there is for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from outgrow.analysis.likely_links import Proposal, propose
from outgrow.analysis.raising import Raising, raising
from outgrow.analysis.readiness import Counted, Readiness, Row, RowState, Step, readiness, step
from outgrow.model.evidence import Evidence, EvidenceKind, Polish
from outgrow.model.fault import Fault
from outgrow.model.ladder import BUILT_IN, Expected, Ladder, Level, NoChance
from outgrow.model.turned_down import TurnedDown
from outgrow.reports.next_level import (
    NO_STEP,
    KindCount,
    NextView,
    Speaking,
    StepCell,
    StepEvidence,
    StepLevel,
    StepProposal,
    StepRaise,
    StepRow,
)
from outgrow.store import versions
from outgrow.store.database import Transaction
from outgrow.workflows.choose_ladder import Aim, aim, find_ladder, find_level, read_ladders
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.workspace import Workspace

#: Said for the level now: all that the next level asks for, whatever was asked for before.
NOTHING = "-"
_MOST_OFFERED = 50
_LONGEST_QUOTE = 60


class NoSuchRow(Fault):
    """What was named is no expectation of the step."""

    exit_code = 2


class NoStep(Fault):
    """There is no telling which step is meant."""

    exit_code = 2


class NoSuchKind(Fault):
    """The step has no expectations of the kind that was named."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Asking:
    """Which step is looked at, in words; what is left empty is as it is set. `kind` narrows the rows."""

    ladder: str = ""
    now: str = ""
    next: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read: a ladder with its number, the step on it, the evidence for it and the guesses."""

    number: int
    ladder: Ladder
    step: Step
    ledger: Ledger
    ready: Readiness
    no_chances: Mapping[str, str]
    proposals: Sequence[Proposal]


def show_next(workspace: Workspace, asking: Asking | None = None) -> NextView | None:
    """Return the step with its evidence; None where none is set and none is asked for.

    Raises NoSuchLadder, NoSuchLevel, or NoStep where a ladder is named without a level.
    """
    asked = asking or Asking()
    what = ("next", asked, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _show(workspace, asked))


def check_kind(view: NextView) -> None:
    """Raise NoSuchKind where a step is narrowed to a kind that nothing new at that level is of."""
    if view.kind and not view.rows:
        kinds = ", ".join(each.kind for each in view.kinds if each.kind)
        among = f"There are: {kinds}." if kinds else "Its expectations have no kinds."
        message = f"{view.kind[:_LONGEST_QUOTE]!r} is no kind of what is new at {view.next.name}. {among}"
        raise NoSuchKind(message)


def whole_step(workspace: Workspace, asking: Asking | None = None) -> NextView:
    """Return the step with all its rows; raises NoStep where none is set and none is asked for, else as show_next."""
    view = show_next(workspace, replace(asking or Asking(), kind=""))
    if view is None:
        raise NoStep(NO_STEP)
    return view


def find_row(view: NextView, words: str) -> StepRow:
    """Return the row of a step meant by its place or the id of its expectation; raises NoSuchRow."""
    found = [row for row in view.rows if words == row.id] or [row for row in view.rows if words == str(row.row)]
    if not found:
        message = f"{words[:60]!r} is no expectation of this step. outgrow next lists them with their numbers."
        raise NoSuchRow(message)
    return found[0]


def turned_down_key(evidence: int, expected: Expected) -> str:
    """Return the key under which it is kept that evidence does not speak for an expectation."""
    return f"link {evidence} {expected.ladder} {expected.expectation}"


def _show(workspace: Workspace, asking: Asking) -> NextView | None:
    set_ = aim(workspace)
    if set_ is None and asking == Asking():
        return None
    with workspace.store.look() as view:
        known = read_ladders(view)
        chosen = _chosen(known, set_, asking)
        known_by_now = _read(view, known[chosen.ladder], chosen)
    return _view(known_by_now, workspace, asking, aimed=chosen == set_)


def _chosen(known: Mapping[int, Ladder], set_: Aim | None, asking: Asking) -> Aim:
    """Return the step that is meant, with "" for `now` where all of the level is."""
    number = find_ladder(known, asking.ladder) if asking.ladder else set_.ladder if set_ else BUILT_IN
    ladder, own = known[number], set_ if set_ and set_.ladder == number else None
    now = own.now if own else ""
    if asking.now:
        now = "" if asking.now == NOTHING else find_level(ladder, asking.now).id
    if asking.next:
        return Aim(number, now, find_level(ladder, asking.next).id)
    if own and own.next != now:
        return Aim(number, now, own.next)
    after = level_after(ladder, now)
    if after is None:
        message = f"Say which level of {ladder.name} to look at: {', '.join(each.name for each in ladder.levels)}."
        raise NoStep(message)
    return Aim(number, now, after.id)


def level_after(ladder: Ladder, now: str) -> Level | None:
    """Return the level that follows one (its id) on its track, else on any; None after the last, or for no level."""
    here = next((each for each in ladder.levels if each.id == now), None)
    if here is None:
        return None
    higher = [each for each in ladder.levels if each.rank > here.rank]
    own = [each for each in higher if not here.track or each.track in {here.track, ""}] or higher
    return min(own, key=lambda each: each.rank, default=None)


def _read(view: Transaction, ladder: Ladder, chosen: Aim) -> _Known:
    ledger = read_ledger(view)
    chances = {each.expected: each.note for each in versions.current(view, NoChance).values()}
    declined = {each.key for each in versions.current(view, TurnedDown).values()}
    one = _by_kind(step(ladder, chosen.now, chosen.next))
    return _Known(
        number=chosen.ladder,
        ladder=ladder,
        step=one,
        ledger=ledger,
        ready=readiness(one, chosen.ladder, ledger.evidence, ledger.entries, chances.keys()),
        no_chances={each.expectation: note for each, note in chances.items() if each.ladder == chosen.ladder},
        proposals=[
            each
            for each in propose(_loose(ledger, chosen.ladder), one.asked, ladder.expectations)
            if turned_down_key(each.evidence, Expected(chosen.ladder, each.expectation)) not in declined
        ],
    )


def _by_kind(one: Step) -> Step:
    """Return a step whose expectations of one kind stand together."""
    order = {kind: place for place, kind in enumerate(one.kinds)}
    return replace(one, asked=tuple(sorted(one.asked, key=lambda each: order[each.expectation.kind])))


def _loose(ledger: Ledger, ladder: int) -> dict[int, Evidence]:
    """Return the evidence that speaks for no expectation of a ladder so far."""
    speaking = (entry.evidence for entry in ledger.entries.values() if _speaks(entry.expectations, ladder))
    linked = {each for numbers in speaking for each in numbers}
    return {
        number: each
        for number, each in ledger.evidence.items()
        if number not in linked and not _speaks(each.expectations, ladder)
    }


def _speaks(expectations: Iterable[Expected], ladder: int) -> bool:
    return any(each.ladder == ladder for each in expectations)


def _view(known: _Known, workspace: Workspace, asking: Asking, *, aimed: bool) -> NextView:
    ready, one = known.ready, known.step
    rows = [_row(known, row, place) for place, row in enumerate(ready.rows, 1)]
    kinds = [KindCount(kind, sum(row.kind == kind for row in rows)) for kind in one.kinds]
    return NextView(
        ladder=known.number,
        ladder_name=known.ladder.name,
        now=_level(one.now) if one.now else None,
        next=_level(one.next),
        aimed=aimed,
        today=workspace.today,
        between=tuple(map(_level, one.between)),
        kinds=tuple(kinds),
        kind=asking.kind,
        rows=tuple(row for row in rows if asking.kind.casefold() in {"", row.kind.casefold()}),
        asked=len(rows),
        shown=ready.number(RowState.SHOWN),
        begun=ready.number(RowState.BEGUN),
        without=ready.number(RowState.NO_EVIDENCE),
        no_chance=ready.number(RowState.NO_CHANCE),
        carried=tuple(each.text for each in one.carried),
        coverage=ready.coverage,
        overall=ready.overall,
        needed=ready.needed,
        raising=tuple(_raise(known, each, rows) for each in raising(ready, known.proposals)),
    )


def _level(level: Level) -> StepLevel:
    return StepLevel(level.id, level.name)


def _row(known: _Known, row: Row, place: int) -> StepRow:
    asked = row.asked.expectation
    guesses = [each for each in known.proposals if each.expectation == asked.id]
    names = {each.id: each.name for each in known.ladder.levels}
    return StepRow(
        row=place,
        id=asked.id,
        kind=asked.kind,
        level=names[asked.level],
        text=asked.text,
        examples=asked.examples,
        state=row.state,
        newest=row.newest,
        cells=tuple(_cell(known, row, guesses, kind) for kind in EvidenceKind),
        evidence=tuple(_evidence(known, each) for each in row.evidence),
        proposals=tuple(_proposal(known, each) for each in guesses),
        speaking=_speaking(known, row),
        no_chance=next((known.no_chances[each] for each in sorted(row.asked.same & known.no_chances.keys())), None),
    )


def _cell(known: _Known, row: Row, guesses: Iterable[Proposal], kind: EvidenceKind) -> StepCell:
    found = row.of(kind)
    return StepCell(
        kind=kind,
        count=len(found),
        solid=any(each.evidence.polish is Polish.SOLID for each in found),
        best=_evidence(known, found[0]) if found else None,
        newest=max((each.evidence.on for each in found), default=None),
        guessed=sum(known.ledger.evidence[each.evidence].kind is kind for each in guesses),
    )


def _evidence(known: _Known, counted: Counted) -> StepEvidence:
    one = counted.evidence
    return StepEvidence(
        number=counted.number,
        action=one.action,
        result=one.result,
        on=one.on,
        kind=one.kind,
        polish=one.polish,
        seen_by=one.seen_by,
        through=counted.through,
        capability="" if counted.through is None else known.ledger.entries[counted.through].name,
    )


def _proposal(known: _Known, each: Proposal) -> StepProposal:
    one = known.ledger.evidence[each.evidence]
    return StepProposal(
        number=each.evidence,
        action=one.action,
        on=one.on,
        kind=one.kind,
        expectation=each.expectation,
        shared=each.shared,
    )


def _speaking(known: _Known, row: Row) -> tuple[Speaking, ...]:
    wanted = {Expected(known.number, each) for each in row.asked.same}
    found = (entry for entry in known.ledger.entries.values() if wanted & {*entry.expectations})
    return tuple(Speaking(entry.number, entry.name) for entry in found)


def _raise(known: _Known, each: Raising, rows: Sequence[StepRow]) -> StepRaise:
    asked = each.row.asked.expectation
    rests_on = None
    if each.rests_on is not None:
        rests_on = _evidence(known, Counted(each.rests_on, known.ledger.evidence[each.rests_on]))
    place = next(row.row for row in rows if row.id == asked.id)
    return StepRaise(
        row=place, expectation=asked.id, text=asked.text, means=each.means, rests_on=rests_on, ask=each.ask
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be said to speak for an expectation beside what does: capabilities, and evidence, the newest first."""

    capabilities: tuple[Speaking, ...]
    evidence: tuple[Speaking, ...]


def choices(workspace: Workspace, row: StepRow) -> Choices:
    """Return what may speak for a row beside what does: all capabilities, and so much of the newest evidence."""
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    speaking, counted = {each.number for each in row.speaking}, {each.number for each in row.evidence}
    newest = sorted(ledger.evidence, key=lambda number: (ledger.evidence[number].on, number), reverse=True)
    return Choices(
        tuple(Speaking(each.number, each.name) for each in ledger.entries.values() if each.number not in speaking),
        tuple(Speaking(each, ledger.evidence[each].action) for each in newest if each not in counted)[:_MOST_OFFERED],
    )
