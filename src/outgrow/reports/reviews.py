"""The reviews there are: those that wait, those that were held, one as it was, and what differs between two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.model.capability import CapabilityState
from outgrow.model.period import Period
from outgrow.model.review import Cadence, ShareThen
from outgrow.reports.review import BlockView, CommitmentView, block_line, commitment_lines
from outgrow.reports.words import columns, count, full_date, harmless, percent, percent_range
from outgrow.reviews.differences import Piece, Side
from outgrow.reviews.findings import ShareChange

_WIDTH = 100
_NONE_OPEN = "No review is open now. Any may be held all the same: outgrow review week, month, quarter or year."


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """A review that can be held now; `begun` where it goes on. `minutes` is about what is left of it."""

    cadence: Cadence
    period: Period
    begun: bool
    minutes: int

    @property
    def name(self) -> str:
        """What it looks back on, in words."""
        return self.period.name or self.period.words


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldView:
    """A review that was begun: how many steps were answered, and the share it told, null where it told none."""

    number: int
    cadence: Cadence
    period: Period
    begun: date
    ended: date | None
    quiet: bool
    answered: int
    share: ShareThen | None
    commitment: str

    @property
    def name(self) -> str:
        """What it looks back on, in words."""
        return self.period.name or self.period.words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsView:
    """All reviews: those that wait, those that were begun (the latest first), open commitments, time that is planned.

    `settled` counts the commitments that have an outcome.
    """

    waiting: tuple[WaitingView, ...]
    held: tuple[HeldView, ...]
    commitments: tuple[CommitmentView, ...]
    settled: int
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """One step of a review as it was: what the data said then, and what the person said; `skipped` if they passed."""

    step: str
    title: str
    question: str
    shown: str
    answer: str
    skipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReviewView:
    """One review as it was held, and what became of what it was ended with."""

    held: HeldView
    parts: tuple[PartView, ...]
    commitments: tuple[CommitmentView, ...]
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsThenNow:
    """What was said at a step in two reviews; `pieces` are both in one, word by word."""

    step: str
    title: str
    then: str
    now: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateThenNow:
    """The state of a capability in two reviews; null where it was not in the ledger then, or is not now."""

    number: int
    name: str
    then: CapabilityState | None
    now: CapabilityState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """What differs between two reviews, the earlier one first. `change` is null where one of them told no share."""

    then: HeldView
    now: HeldView
    change: ShareChange | None
    words: tuple[WordsThenNow, ...]
    states: tuple[StateThenNow, ...]


def render(view: ReviewsView) -> str:
    """Return the reviews as text for a terminal."""
    lines = ["Open now" if view.waiting else _NONE_OPEN]
    lines += [f"  {_open(each)}" for each in view.waiting]
    if view.commitments:
        lines += ["", "What you mean to do", *_commitments(view.commitments)]
    if view.blocks:
        lines += ["", "Planned for growth work", *(f"  {each.number}  {block_line(each)}" for each in view.blocks)]
    opened = {(each.cadence, each.period.words) for each in view.waiting}
    begun = [each for each in view.held if not each.ended and (each.cadence, each.period.words) not in opened]
    if begun:
        lines += ["", "Begun", *map(_begun, begun)]
    if held := [each for each in view.held if each.ended]:
        lines += ["", "Held so far", *render_held(held)]
    return "\n".join(lines)


def _begun(each: HeldView) -> str:
    what = f"{each.number}  review of {harmless(each.name)}"
    return f'  {what}, goes on with: outgrow review {each.cadence} --period "{harmless(each.period.words)}"'


def _open(each: WaitingView) -> str:
    left = f"{count(each.minutes, 'minute')}{' left' if each.begun else ''}"
    what = f"{each.cadence.value.capitalize()} review of {harmless(each.name)}"
    return f"{what}, about {left}: outgrow review {each.cadence}"


def _commitments(some: Sequence[CommitmentView]) -> list[str]:
    return [
        f"  {line if place else f'{each.number}  {line}'}"
        for each in some
        for place, line in enumerate(commitment_lines(each))
    ]


def render_commitments(some: Sequence[CommitmentView]) -> str:
    """Return commitments as text for a terminal."""
    return "\n".join(_commitments(some)) if some else "No commitments yet. Each review ends in one."


def render_held(held: Sequence[HeldView]) -> list[str]:
    """Return one line for each review that was begun."""
    rows = [
        (
            f"  {each.number}  review of {each.name}",
            f"ended {each.ended}" if each.ended else "not ended",
            percent(each.share.mean) if each.share else "",
            "quiet" if each.quiet else "",
        )
        for each in held
    ]
    return columns(rows, most=_WIDTH)


def render_past(view: PastReviewView) -> str:
    """Return one review as it was, as text for a terminal."""
    ended = f"held {full_date(view.held.ended)}" if view.held.ended else "not ended"
    lines = [f"Review of {harmless(view.held.name)} ({ended})"]
    for each in view.parts:
        lines += ["", each.question]
        lines += [f"  | {harmless(line)}" for line in each.shown.splitlines()]
        lines += [f"  {harmless(line)}" for line in each.answer.splitlines()] or ["  (skipped)"]
    outcomes = [each for each in view.commitments if each.outcome]
    lines += [f"  {line}" for each in outcomes for line in commitment_lines(each)[1:]]
    return "\n".join(lines)


def told_share(view: ComparisonView) -> list[str]:
    """Say the share in two reviews, and whether it changed."""
    then, now = view.then.share, view.now.share
    if then is None or now is None:
        return []
    first, second = (
        f"about {percent(each.mean)} (likely {percent_range(each.low, each.high)})" for each in (then, now)
    )
    change = "The ranges overlap: treat it as unchanged."
    if view.change is not ShareChange.NOISE:
        change = f"It went {view.change}, by more than chance explains."
    return [f"Growth work then {first}, now {second}.", change]


def render_comparison(view: ComparisonView) -> str:
    """Return what differs between two reviews, as text for a terminal."""
    lines = [f"{view.then.name} and {view.now.name}"]
    lines += told_share(view)
    if view.states:
        lines += ["", "Capabilities", *(f"  {harmless(each.name)}: {_state(each)}" for each in view.states)]
    for each in view.words:
        lines += ["", each.title, f"  {harmless(_marked(each.pieces))}"]
    return "\n".join(lines if len(lines) > 1 else [*lines, "Nothing in them differs."])


def _state(each: StateThenNow) -> str:
    return f"{each.then or 'not in the ledger'}, now {each.now or 'not in the ledger'}"


def _marked(pieces: Sequence[Piece]) -> str:
    """Return both texts in one: what is gone in [- -], what is new in {+ +}."""
    marks = {Side.BOTH: ("", ""), Side.THEN: ("[-", "-] "), Side.NOW: ("{+", "+} ")}
    told = (f"{marks[each.side][0]}{each.text.strip()}{marks[each.side][1]}" for each in pieces)
    return " ".join("".join(f"{each} " for each in told).split())
