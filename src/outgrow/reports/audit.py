"""The audit as it stands: one card, what the answers say so far, and how it ended."""

from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from outgrow.model.judgement import Reason, Value
from outgrow.model.period import Period
from outgrow.model.share import Certainty, Share, Target
from outgrow.reports import scale
from outgrow.reports.words import answers, columns, count, fit, harmless, hours, percent, percent_range

_WIDTH = 78
_SHOWN = 12
_LEAST = 0.05  # hours that are shown
EVEN = 0.5  # from here on growth is guessed
_SUREST = 0.99  # a guess is never certain


@dataclass(frozen=True, slots=True)
class CardLine:
    """One activity on a card; `id` is how a strike-out names it."""

    id: int
    day: date
    title: str
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One workstream to be judged. `probability` is the proposal, never an answer; `before` is what stands so far.

    `can_tell` says that something known of the work itself stands behind the proposal.
    """

    workstream: str
    name: str
    hours: float
    activities: tuple[CardLine, ...]
    probability: float
    reason: str
    can_tell: bool
    before: Value | None

    @property
    def guess(self) -> Value:
        """The kind of work that is more likely by the proposal."""
        return Value.GROWTH if self.probability >= EVEN else Value.DEPTH

    @property
    def sure(self) -> float:
        """How likely that is; never certain."""
        return min(max(self.probability, 1 - self.probability), _SUREST)

    @property
    def guessed(self) -> str:
        """The guess in words: depth, 81 %; where nothing is known of the work, what most work is."""
        if self.can_tell:
            return f"{self.guess.value}, {percent(self.sure)}"
        return f"can't tell; most work is {self.guess.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """What was said last in an audit, to one card or to several at once; no value means that the card was skipped."""

    workstreams: tuple[str, ...]
    names: tuple[str, ...]
    value: Value | None
    reasons: tuple[Reason, ...]
    discomfort: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditView:
    """The audit of a period. `share` is None under eight answers; `card` is None when no question is left for now.

    `answered` counts cards with a judgement, `standing` the workstreams beside them that an answer from before stands
    for, `limit` the cards asked before more are offered. `first` is the range before the first answer, `to_first` how
    many answers are missing until there is a range. `enough` says that the range is narrow enough to stop, `to_go`
    about how many more answers that takes. `settled` is half the length of the range that earlier audits give, where
    this one is not needed for it.
    """

    period: Period
    target: Target
    guess: float | None
    answered: int
    standing: int
    skipped: int
    limit: int
    left: int
    to_first: int
    to_go: int
    certainty: Certainty
    share: Share | None
    first: Share | None
    enough: bool
    settled: float | None
    last: AnswerView | None
    card: CardView | None

    @property
    def counted(self) -> str:
        """The answers the range rests on, in words."""
        if self.standing and not self.answered:
            return f"{count(self.standing, 'answer')} from before"
        return answers(self.answered, self.answered + self.standing)


def render_card(view: AuditView, card: CardView, struck: frozenset[int] = frozenset()) -> str:
    """Return the card that is asked now; `struck` are the lines that are struck out so far.

    Of a long card the first lines are shown, and all once something is struck out.
    """
    name = fit(card.name, _WIDTH - 30).rstrip()
    size = f"{count(len(card.activities), 'activity', 'activities')} · {hours(card.hours)}"
    if not card.hours:
        size = count(len(card.activities), "activity", "activities")
    lines = [f"{view.period.name} audit · card {view.answered + view.skipped + 1} · {_range(view)}", ""]
    lines += [f"  {name}   {size}", *wrap(_proposal(card), _WIDTH, initial_indent="  ", subsequent_indent="    ")]
    lines += _before(card)
    return "\n".join([*lines, "", *_activities(card, struck, len(card.activities) if struck else _SHOWN)])


def render_lines(card: CardView, struck: frozenset[int]) -> str:
    """Return all activities of a card with their numbers."""
    return "\n".join(_activities(card, struck, len(card.activities)))


def _range(view: AuditView) -> str:
    if view.share is None:
        return f"{count(view.to_first, 'more answer')} until the first range"
    return f"likely {percent_range(view.share.low, view.share.high)} so far"


def _proposal(card: CardView) -> str:
    reason = f": {harmless(card.reason)}" if card.reason else ""
    return f"guess: {card.guessed}{reason}"


def _before(card: CardView) -> list[str]:
    return [f"  you called it {card.before.value} before"] if card.before else []


def _activities(card: CardView, struck: frozenset[int], most: int) -> list[str]:
    rows = []
    for number, line in enumerate(card.activities[:most], 1):
        mark = "x" if line.id in struck else " "
        time = hours(line.hours) if line.hours >= _LEAST else ""
        rows.append((f"{number:>4} {mark} {line.day:%a} {line.day.day:>2} {line.day:%b}", line.title, time))
    lines = [f"{when}  {fit(title, 48)}  {time:>7}".rstrip() for when, title, time in rows]
    left = len(card.activities) - len(rows)
    return lines + ([f"       and {left} more like these"] if left else [])


QUESTION = """Do you do this because you are already good at it,
or because it will make you capable of something new?"""


def render_state(view: AuditView) -> str:
    """Return what the answers say so far, on the one scale."""
    said = _told(view)
    return "\n".join(
        [said, *scale.draw(view.target, view.share, view.guess, point=view.certainty is not Certainty.EARLY)]
    )


def _told(view: AuditView) -> str:
    if view.share is None:
        return f"{view.counted}. The first range needs 8."
    return f"{view.counted}: likely {percent_range(view.share.low, view.share.high)} in growth work."


def render_end(view: AuditView) -> str:
    """Return how the audit ended: the range before and now on the same scale, and one next step."""
    lines = [render_state(view)]
    if view.first is not None and view.share is not None:
        lines.append(f"  Before the first answer it was {percent_range(view.first.low, view.first.high)}.")
    lines.append(_next(view))
    return "\n".join(lines)


def _next(view: AuditView) -> str:
    if view.card is not None:
        return "Go on any time: outgrow audit. Your answers are kept."
    if view.left and not view.enough:
        return f"outgrow audit {view.period.words} --more asks 8 more, or see outgrow verdict {view.period.words}"
    return f"Next: outgrow verdict {view.period.words}"


def render_guess(view: AuditView) -> str:
    """Return the question that comes before any number."""
    return f"Before any number: what share of {view.period.name} do you guess went into growth work?"


def render_table(cards: tuple[CardView, ...]) -> str:
    """Return workstreams as a numbered list to be judged together."""
    rows = [("", "name", "hours", "guess", "judged", "id")]
    for number, card in enumerate(cards, 1):
        judged = card.before.value if card.before else ""
        guess = f"{card.guess.value} {percent(card.sure)}" if card.can_tell else "can't tell"
        rows.append((str(number), fit(card.name, 40).rstrip(), hours(card.hours), guess, judged, card.workstream))
    return "\n".join(columns(rows, most=100, right=frozenset({2})))
