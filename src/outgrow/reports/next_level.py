"""The next level: what it asks for beyond this one, and the evidence there is for that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from outgrow.analysis.raising import Means
from outgrow.analysis.readiness import LEAST_COVERAGE, RowState
from outgrow.model.evidence import EvidenceKind, Polish
from outgrow.reports.spans import age, ago
from outgrow.reports.words import columns, count, fit, full_date, harmless, percent

#: The columns of the matrix, in a word or two each.
HEADS = {
    EvidenceKind.MY_WORD: "my word",
    EvidenceKind.ARTEFACT: "artefact",
    EvidenceKind.SOMEBODY: "others say",
    EvidenceKind.REPETITION: "repeated",
}
#: What stands above the matrix.
EXPLAINED = (
    "Not more of the same: other kinds of work. A dash means no evidence here yet, which says nothing of ability."
)
NO_STEP = (
    "No step is set yet. Say your level now and the one you look at: "
    'outgrow next --from Senior --to Lead shows a step, outgrow ladder aim "Senior" --next "Lead" keeps it.'
)
_GUESSES = "+1? is a guess: outgrow next show ROW says why, outgrow next link EVIDENCE ROW makes it count."
_WIDTH = 80
_TEXT = 28
_LINES = 4
_NARROW = {**HEADS, EvidenceKind.SOMEBODY: "others"}
_MOST_RAISED = 3


@dataclass(frozen=True, slots=True)
class StepLevel:
    """A level of a ladder."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEvidence:
    """A piece of evidence for an expectation; `through` is the capability (its number and name) it counts by."""

    number: int
    action: str
    result: str
    on: date
    kind: EvidenceKind
    polish: Polish
    seen_by: tuple[str, ...]
    through: int | None = None
    capability: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProposal:
    """A guess that a piece of evidence speaks for an expectation too; `shared` are the words both say."""

    number: int
    action: str
    on: date
    kind: EvidenceKind
    expectation: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCell:
    """The evidence of one kind for an expectation: how much, whether some is solid, the best piece and the newest day.

    `guessed` is how many proposals would come here.
    """

    kind: EvidenceKind
    count: int
    solid: bool
    best: StepEvidence | None
    newest: date | None
    guessed: int


@dataclass(frozen=True, slots=True)
class Speaking:
    """A capability that speaks for an expectation, so that its evidence counts for it."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """An expectation of the step: `row` is its place, `level` the name of the level that words it so.

    `no_chance` is why there was no chance yet in the person's words, null where nothing was said of it.
    """

    row: int
    id: str
    kind: str
    level: str
    text: str
    examples: tuple[str, ...]
    state: RowState
    newest: date | None
    cells: tuple[StepCell, ...]
    evidence: tuple[StepEvidence, ...]
    proposals: tuple[StepProposal, ...]
    speaking: tuple[Speaking, ...]
    no_chance: str | None


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of expectation, and how many of the step are of it."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRaise:
    """A way to raise what is shown: for which row, by what means, the evidence it begins with, and whom to ask."""

    row: int
    expectation: str
    text: str
    means: Means
    rests_on: StepEvidence | None
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextView:
    """A step on a ladder and how far the evidence for it has come. `now` is null where all of the next level is shown.

    `rows` are those of one `kind`, or all where that is empty; every other figure is of the whole step. `carried` are
    texts that were asked for before. `coverage` is the part of the step with any evidence, `overall` the part that is
    shown by more than the person's own word: null while `needed` more expectations need some evidence first, and while
    nothing is shown by more than that.
    """

    ladder: int
    ladder_name: str
    now: StepLevel | None
    next: StepLevel
    aimed: bool
    today: date
    between: tuple[StepLevel, ...]
    kinds: tuple[KindCount, ...]
    kind: str
    rows: tuple[StepRow, ...]
    asked: int
    shown: int
    begun: int
    without: int
    no_chance: int
    carried: tuple[str, ...]
    coverage: float
    overall: float | None
    needed: int
    raising: tuple[StepRaise, ...]


def title(view: NextView) -> str:
    """Say which step it is."""
    if view.now is None:
        return f"What {view.next.name} asks for"
    return f"From {view.now.name} to {view.next.name}"


def counts(view: NextView) -> str:
    """Say how many expectations are in which state; states that none is in are left out."""
    states = (
        (view.shown, "shown"),
        (view.begun, "begun"),
        (view.without, "without evidence"),
        (view.no_chance, "without a chance so far"),
    )
    asked = count(view.asked, "expectation")
    new = asked if view.now is None else f"{asked} new at that level"
    return ": ".join([new, *([", ".join(f"{n} {word}" for n, word in states if n)] if view.asked else [])])


def overall(view: NextView) -> str:
    """Say how much of the step is shown, or that too little has evidence to say so."""
    if not view.asked:
        return "All that this level asks for was asked for before: nothing is new."
    covered = view.shown + view.begun
    if view.overall is None and not view.needed:
        return (
            f"Your own word for {covered} of {view.asked}. An overall figure comes with the first thing that others "
            "can look at, or the word of somebody who was there."
        )
    if view.overall is None:
        more = count(view.needed, "more expectation")
        return (
            f"Evidence for {covered} of {view.asked}. There is no overall figure under {percent(LEAST_COVERAGE)}: "
            f"it comes with evidence for {more}."
        )
    return f"{percent(view.overall)} shown by more than your own word: {view.shown} of {view.asked} expectations."


def carried(view: NextView) -> str:
    """Say how much of the level is no step, since it was asked for before; whether it was met is not known by that."""
    verb = "is" if len(view.carried) == 1 else "are"
    asked = count(len(view.carried), "expectation")
    return f"{asked} of that level {verb} no step: your level, or one below it, asks for the same."


def raised(each: StepRaise) -> str:
    """Say a way to raise what is shown."""
    if each.rests_on is None:
        return "No evidence yet: a thing you made, or the word of somebody who was there, counts most."
    action = each.rests_on.action
    if each.means is Means.LINK:
        return f"You may have it already: {action}"
    if each.means is Means.ASK:
        return f"{each.ask} saw it: a line from them counts for more than your own word ({action})"
    return f"Your own word so far: add what others can look at ({action})"


def render(view: NextView) -> str:
    """Return the matrix in 80 columns, and what would count most."""
    lines = [*_folded(f"{title(view)}, on the ladder {view.ladder_name}", _WIDTH), *_folded(counts(view), _WIDTH)]
    if view.between:
        lines += _folded(f"It takes in {', '.join(each.name for each in view.between)}.", _WIDTH)
    if view.carried:
        lines += _folded(carried(view), _WIDTH)
    if view.rows:
        lines += ["", *_matrix(view)]
    lines += ["", *wrap(overall(view), _WIDTH), *_raising(view)]
    return "\n".join(lines)


def _matrix(view: NextView) -> Iterator[str]:
    """Yield the matrix: the text of a row goes on beside its own lines, each kind begins with its name."""
    yield _line("", "", [*_NARROW.values()], "newest")
    kind = None
    for row in view.rows:
        if row.kind != kind:
            kind = row.kind
            yield f"    {fit(kind, _TEXT).rstrip()}" if kind else ""
        first, *rest = _wrapped(row.text)
        yield _line(str(row.row), first, [_cell(each) for each in row.cells], _newest(row, view.today))
        yield from (f"    {fit(each, _TEXT).rstrip()}" for each in rest)


def _line(number: str, text: str, cells: Sequence[str], newest: str) -> str:
    told = "  ".join(f"{cell:>{len(head)}}" for cell, head in zip(cells, _NARROW.values(), strict=True))
    return f"{number:>3} {fit(text, _TEXT)}  {told}  {newest}".rstrip()


def _wrapped(text: str) -> list[str]:
    lines = wrap(harmless(text), _TEXT) or [""]
    return [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"] if len(lines) > _LINES else lines


def _cell(cell: StepCell) -> str:
    said = f"{cell.count}" if cell.count else ""
    return f"{said} +{cell.guessed}?".strip() if cell.guessed else said or "\N{EN DASH}"


def _newest(row: StepRow, today: date) -> str:
    if row.newest:
        return age(row.newest, today)
    return "no chance" if row.state is RowState.NO_CHANCE else ""


def _raising(view: NextView) -> Iterator[str]:
    if view.raising:
        yield ""
        yield "What would count most now:"
    for each in view.raising[:_MOST_RAISED]:
        yield from columns([(f"  {each.row}  {each.text}",)], most=_WIDTH)
        yield from (f"     {line}" for line in _folded(raised(each), _WIDTH - 5))
    if any(cell.guessed for row in view.rows for cell in row.cells):
        yield from _folded(_GUESSES, _WIDTH)


def _folded(said: str, cells: int) -> list[str]:
    """Return a text in lines of at most so many cells, however wide its letters are."""
    return [fit(line, cells).rstrip() for line in wrap(harmless(said), cells)]


def render_row(view: NextView, row: StepRow) -> str:
    """Return one expectation with all its evidence and the guesses."""
    lines = [*_folded(row.text, _WIDTH), *_folded(f"{row.kind or 'no kind'}, {row.level}; id {row.id}", _WIDTH)]
    lines += [f"  for example: {line}" for each in row.examples for line in [fit(each, _WIDTH - 15).rstrip()]]
    lines += ["", _state(row)]
    lines += [line for each in row.evidence for line in _told(each, view.today)]
    lines += columns(
        [(f"spoken for by the capability {each.number} {each.name}",) for each in row.speaking], most=_WIDTH
    )
    for each in row.proposals:
        shared = ", ".join(each.shared)
        lines += columns([(f"  {each.number}  {each.action}? Both say: {shared}",)], most=_WIDTH)
    return "\n".join(lines)


def _state(row: StepRow) -> str:
    if row.no_chance is None or row.evidence:
        return f"{row.state.value.capitalize()}:" if row.evidence else f"{row.state.value.capitalize()}."
    return "\n".join(_folded(f"No chance yet{': ' + row.no_chance if row.no_chance else '.'}", _WIDTH))


def _told(each: StepEvidence, today: date) -> list[str]:
    by = f", by {each.capability}" if each.capability else ""
    about = f"     {each.kind.value}, {each.polish.value}, {full_date(each.on)} ({ago(each.on, today)}){by}"
    return columns([(f"  {each.number}  {each.action}",), (about,)], most=_WIDTH)
