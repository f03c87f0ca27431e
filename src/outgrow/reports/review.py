"""A review while it is held: its steps, what the data say to each, and what it asks."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from textwrap import wrap

from outgrow.model.period import Period
from outgrow.model.review import Cadence, Outcome, ShareThen
from outgrow.reports.words import count, full_date, harmless, hours, percent, percent_range
from outgrow.reviews.findings import Findings, ShareChange, Work

_WIDTH = 78
_MOST_NAMED = 5


class StepState(StrEnum):
    """Where a step of a review stands."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"


class FieldKind(StrEnum):
    """What is asked in a field: a number from 1 to 5, one or several lines, an option, a day, a time.

    A key is not asked: it goes back as it came, and names what the fields beside it are about.
    """

    SCALE = "scale"
    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    TIME = "time"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its value in a form or a command, and in words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that a step asks. `value` is what it says so far, `about` what several fields are about together."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    hint: str = ""
    about: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the list of all: its name in commands and addresses, its title, where it stands."""

    id: str
    title: str
    state: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """The step that is open. `told` is what the data say to it, in sentences; `answer` what was said so far.

    `forms` names the kind of its answer; `fields` are asked in order, and none where something else has to be done.
    """

    id: str
    title: str
    question: str
    hint: str
    forms: str
    state: StepState
    answer: str
    told: tuple[str, ...]
    fields: tuple[Field, ...]
    minutes_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentView:
    """What somebody means to do by a day, how they would know, and what became of it."""

    number: int
    text: str
    due: date
    sign: str
    outcome: Outcome | None
    note: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """Time planned for growth work."""

    number: int
    title: str
    start: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """One review while it is held. `number` is null before anything is kept of it, `step` once it has ended.

    `minutes` is about how long all of its steps take.
    """

    number: int | None
    cadence: Cadence
    period: Period
    ended: date | None
    quiet: bool
    minutes: int
    steps: tuple[StepLine, ...]
    step: StepView | None
    commitments: tuple[CommitmentView, ...]
    blocks: tuple[BlockView, ...]

    @property
    def name(self) -> str:
        """What it looks back on, in words."""
        return self.period.name or self.period.words

    @property
    def settled(self) -> int:
        """How many steps were answered or skipped."""
        return sum(each.state is not StepState.OPEN for each in self.steps)


def told_change(before: ShareThen | None, share: ShareThen | None, change: ShareChange | None) -> list[str]:
    """Say a share, and how it stands to the one before, for which counts what was answered since as well."""
    if share is None:
        return []
    now = f"About {percent(share.mean)} went into growth work (likely {percent_range(share.low, share.high)})."
    if before is None or change is None:
        return [now]
    then = f"{percent(before.mean)} (likely {percent_range(before.low, before.high)}), with all that was answered since"
    if change is ShareChange.NOISE:
        return [now, f"Before it was {then}. The ranges overlap: treat it as unchanged."]
    return [now, f"That is {change.value} from {then}: more than chance explains."]


def told_amount(found: Findings) -> list[str]:
    """Say how much was seen of a period."""
    if not found.items:
        return []
    items = count(found.items, "activity", "activities")
    return [f"Seen: {hours(found.hours)} in {items}." if found.hours else f"Seen: {items}."]


def told_work(found: Findings) -> list[str]:
    """Say what was outgrown, came and went, in at most three sentences."""
    lines = []
    if found.outgrown:
        lines.append(f"Growth before and depth now: {_named(found.outgrown)}.")
    if found.new:
        lines.append(f"Not done in the year before: {_listed(found.new)}.")
    if found.gone:
        lines.append(f"Done in the period before and not in this one: {_listed(found.gone)}.")
    return lines or (["No kind of work came or went."] if found.items and found.reaches_back else [])


def told_lack(found: Findings) -> list[str]:
    """Say so where too little is known of the time before."""
    lacking = found.items and not found.reaches_back
    return ["Too little is known of the time before to tell what came and went."] if lacking else []


def told_audit(answers: int, *, begun: bool) -> str:
    """Say how far the audit of a month has come."""
    if not begun:
        return "It was not begun yet."
    return f"{count(answers, 'answer')} kept. It goes on where you stopped."


def told_now(found: Findings) -> list[str]:
    """Say which traps are told, and which projects it is time to look back on."""
    lines = [f"The numbers speak for {_named(found.traps).lower()}. outgrow traps says why."] if found.traps else []
    return lines + ([f"It is time to look back on {_named(found.due)}."] if found.due else [])


def told_room(found: Findings) -> list[str]:
    """Say where hours for growth work could come from."""
    return [found.room] if found.room else []


def told_depth(found: Findings) -> list[str]:
    """Say which depth work takes most of the time."""
    return [f"Most of your depth work: {_listed(found.depth)}."] if found.depth else []


def _listed(some: tuple[Work, ...]) -> str:
    return _named(tuple(f"{each.name} ({_size(each)})" for each in some))


def _size(work: Work) -> str:
    return hours(work.hours) if work.hours else count(work.items, "time")


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def minutes(amount: int) -> str:
    """Say how long something takes."""
    return f"about {count(amount, 'minute')}"


def render(view: ReviewView) -> str:
    """Return a review as text for a terminal: its steps, and what is open."""
    lines = [heading(view)]
    lines += [f"  {_MARKS[each.state]} {each.title}" for each in view.steps]
    if view.step is not None:
        lines += ["", *render_step(view.step)]
    elif view.ended:
        lines += ["", *render_end(view)]
    return "\n".join(lines)


_MARKS = {StepState.OPEN: "[ ]", StepState.ANSWERED: "[x]", StepState.SKIPPED: "[-]"}


def heading(view: ReviewView) -> str:
    """Return what the review looks back on, and how far it is."""
    left = f" · {minutes(view.step.minutes_left)} left" if view.step else ""
    return f"{view.cadence.value.capitalize()} review · {harmless(view.name)}{left}"


def render_step(step: StepView) -> list[str]:
    """Return a step: its question, and what the data say to it."""
    told = [line for each in step.told for line in _wrapped(each)]
    hint = _wrapped(step.hint) if step.hint else []
    said = [f"  So far: {line}" for line in map(harmless, step.answer.splitlines())]
    return [step.question, *told, *hint, *said]


def render_end(view: ReviewView) -> list[str]:
    """Return how a review ended, and what it leads to."""
    lines = ["Kept. That was a quiet one, and that is an answer." if view.quiet else "Kept."]
    lines += [f"  {line}" for each in view.commitments for line in commitment_lines(each)]
    lines += [f"  Planned: {block_line(each)}" for each in view.blocks]
    return lines


def commitment_lines(each: CommitmentView) -> list[str]:
    """Return a commitment: what, by when, how to know, and what became of it."""
    lines = [f"{harmless(each.text)} - by {full_date(each.due)}"]
    if each.sign:
        lines.append(f"  You would know by: {harmless(each.sign)}")
    if each.outcome:
        note = f": {harmless(each.note)}" if each.note else ""
        lines.append(f"  {each.outcome.value}{note}")
    return lines


def block_line(each: BlockView) -> str:
    """Return planned time in one line."""
    return f"{each.start:%A} {full_date(each.start.date())}, {each.start:%H:%M}, {_long(each.minutes)}: " + harmless(
        each.title
    )


def _long(amount: int) -> str:
    return hours(amount / 60) if amount >= 60 else f"{amount} min"  # noqa: PLR2004 - minutes of an hour


def _wrapped(text: str) -> list[str]:
    return wrap(harmless(text), _WIDTH, initial_indent="  ", subsequent_indent="  ")
