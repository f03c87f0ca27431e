"""The verdict of a period: what moved beside what progressed, the share with its range, one next step."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from textwrap import wrap

from outgrow.analysis.feeling import Agreement
from outgrow.model.capability import CapabilityState
from outgrow.model.period import Period
from outgrow.model.share import Band, Certainty, Share, Target, Unit
from outgrow.reports import scale
from outgrow.reports.charts.hours_by_workstream import Stream
from outgrow.reports.words import answers, columns, count, harmless, hours, percent, percent_range

_WIDTH = 78
_NO_RANGE = 0.001
#: So many answers a first range needs.
FEW = 8


@dataclass(frozen=True, slots=True)
class WorkstreamLine:
    """One workstream in a verdict: hours (0 where nothing measures them) and items in the period."""

    name: str
    hours: float
    items: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done: `repeated` is the share of it that repeats earlier work, `usual` what such a history expects."""

    hours: float
    items: int
    repeated: float | None
    usual: float | None
    largest: tuple[WorkstreamLine, ...] = ()


@dataclass(frozen=True, slots=True)
class GainedLine:
    """A capability, by its number, that reached a state for the first time in a period.

    `is_new` says that it had reached none before.
    """

    number: int
    name: str
    state: CapabilityState
    on: date
    is_new: bool


@dataclass(frozen=True, slots=True)
class Progressed:
    """What was new: growth work as judged, in `kinds` workstreams, the largest of them, outgrown ones, firsts.

    `gained` are the capabilities that came into the ledger in the period, or came further in it.
    """

    hours: float
    items: int
    kinds: int = 0
    workstreams: tuple[WorkstreamLine, ...] = ()
    outgrown: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()
    gained: tuple[GainedLine, ...] = ()


class StepKind(StrEnum):
    """What a person can do next."""

    BRING_IN = "bring in"
    LEDGER = "ledger entry"
    TRAP = "trap"
    FOLLOW_UP = "follow up"
    REVIEW = "review"
    ROOM = "room"
    EXPERIMENT = "experiment"
    AUDIT = "audit"
    MORE = "audit more"
    CAPTURE = "capture"
    HAND_OVER = "hand over"
    FEEDBACK = "feedback"
    GO_ON = "go on"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next, in words, and the `reason` why it is this one.

    `subject` is what it is about, where it is about one: a workstream, the name of a trap, the cadence of a review, the
    number of a project.
    """

    kind: StepKind
    words: str
    subject: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """Everything a verdict says. `share` is None while too few `answers` stand behind it, or there is nothing to judge.

    `own_answers` of the answers were given in the audit of this very period; the others stand from before.
    `coverage` is measured hours over working hours in the period, or None where nothing measures time. `drawn` says
    whether an audit of this very period stands behind the share; otherwise it is model-based alone. `workstreams` has
    all of the period's, the largest first; `newest` is the day of the latest work known by now. `agreement` is that of
    felt and measured over the year up to the period, null where too few weeks have both.
    """

    period: Period
    target: Target
    certainty: Certainty
    band: Band | None
    share: Share | None
    unit: Unit
    answers: int
    own_answers: int
    guess: float | None
    felt: float | None
    seen_hours: float
    working_hours: float
    coverage: float | None
    drawn: bool
    moved: Moved
    progressed: Progressed
    workstreams: tuple[Stream, ...]
    newest: date | None
    next_step: NextStep
    agreement: Agreement | None = None

    @property
    def counted(self) -> str:
        """The answers the share rests on, in words."""
        return answers(min(self.own_answers, self.answers), self.answers)

    @property
    def is_small(self) -> bool:
        """Whether fewer than eight answers answer for all of the work: the share is exact, and says little."""
        return self.share is not None and self.answers < FEW and self.share.high - self.share.low < _NO_RANGE


def render(view: VerdictView) -> str:
    """Return the verdict as text for a terminal of 80 columns."""
    told = [line for sentence in sentences(view) for line in wrap(sentence, _WIDTH)]
    parts = [_heading(view), *told, "", *_scale(view), "", *_moved(view), "", *_progressed(view)]
    step = [line for said in (view.next_step.words, view.next_step.reason) for line in _indented(said)]
    return "\n".join([*parts, "", "One thing to do next", *step, *_command(view)])


def _indented(said: str) -> list[str]:
    return wrap(said, _WIDTH - 2, initial_indent="  ", subsequent_indent="  ")


def _command(view: VerdictView) -> list[str]:
    """Return how the next step is taken in a terminal."""
    commands = {
        StepKind.BRING_IN: "outgrow import FILE",
        StepKind.AUDIT: f"outgrow audit {view.period.words}",
        StepKind.MORE: f"outgrow audit {view.period.words} --more",
        StepKind.CAPTURE: 'outgrow capture "TEXT" --hours 2',
        StepKind.LEDGER: "outgrow capability list",
        StepKind.TRAP: f"outgrow traps explain {view.next_step.subject}",
        StepKind.FOLLOW_UP: f"outgrow project follow-up {view.next_step.subject}",
        StepKind.REVIEW: f"outgrow review {view.next_step.subject}",
        StepKind.ROOM: "outgrow room",
        StepKind.EXPERIMENT: "outgrow opportunity",
    }
    return [f"  {commands[view.next_step.kind]}"] if view.next_step.kind in commands else []


def _heading(view: VerdictView) -> str:
    parts = [view.period.name or f"{view.period.first} to {view.period.last}"]
    if view.coverage is not None:
        parts.append(f"{hours(view.seen_hours)} of about {hours(view.working_hours)} of work seen")
    return " · ".join([*parts, view.counted])


def sentences(view: VerdictView) -> list[str]:
    """Return what the verdict says: first the call, then what it rests on."""
    if not view.moved.items:
        return ["Nothing to judge yet in this period."]
    lines = [f"Not enough yet for a number: {count(view.answers, 'answer')} of the 8 that the first range needs."]
    if view.share is not None:
        lines = _exactly(view, view.share) if view.is_small else _headline(view, view.share)
    if view.unit is Unit.ITEMS:
        lines.append("Nothing here measures time, so the share is of items, not of hours.")
    elif view.coverage is not None and view.coverage < 0.75:  # noqa: PLR2004 - three quarters of a usual week
        describes = " The share describes those hours." if view.share else ""
        lines.append(f"I saw {percent(view.coverage)} of your usual hours.{describes}")
    if not view.drawn and view.certainty is not Certainty.NONE:
        lines.append("This period was not audited itself: the range rests on your answers for other work and a model.")
    return [*lines, *([said_agreement(view.agreement)] if view.agreement else [])]


def said_agreement(found: Agreement) -> str:
    """Say whether weeks that felt like progress were weeks with growth work."""
    rests_on = f"rank correlation {found.correlation:+.2f}, likely {found.low:+.2f} to {found.high:+.2f}"
    weeks = f"Over {count(found.weeks, 'week')} of the year"
    if found.low > 0:
        return f"{weeks}, those that felt like more progress had more growth work ({rests_on})."
    if found.high < 0:
        return f"{weeks}, those that felt like more progress had less growth work ({rests_on})."
    return f"{weeks}, the feeling of progress says nothing of growth work ({rests_on})."


def reasons(view: VerdictView) -> list[str]:
    """Return why the verdict is as sure as it is, and what it rests on."""
    lines = ["The share is exact, and so little work is behind it that it is not called."]
    if not view.is_small:
        lines = [_SURENESS[view.certainty]]
    if view.share is not None:
        struck = count(view.share.strikeouts, "struck-out exception")
        with_struck = f", with {struck}" if view.share.strikeouts else ""
        lines.append(f"It rests on {view.counted}{with_struck}.")
        lines.append(_range(view.share))
        if view.share.check_low is not None and view.share.check_high is not None:
            check = percent_range(view.share.check_low, view.share.check_high)
            lines.append(f"Reckoned from the draw of the cards alone, without the proposals: {check}.")
    if view.coverage is not None:
        lines.append(f"{percent(view.coverage)} of the working hours of this period were seen.")
    return lines


_SURENESS = {
    Certainty.NONE: "With under 8 answers there is no number.",
    Certainty.EARLY: "The range is still wide, so there is no single number yet.",
    Certainty.UNCLEAR: "The range lies on both sides of your target.",
    Certainty.LEANING: "At least four fifths of what is likely lie on one side of your target's lower end.",
    Certainty.CLEAR: "The whole range lies on one side of your target's lower end.",
}


def _range(share: Share) -> str:
    if share.high - share.low < _NO_RANGE:
        return "All of the work is answered for, so there is no range."
    return f"By the model the share lies within {percent_range(share.low, share.high)} with a probability of 95 %."


def _exactly(view: VerdictView, share: Share) -> list[str]:
    """Say what is exact and says little: no call, since one more activity may turn it over."""
    work, what = count(view.moved.items, "activity", "activities"), "time" if share.unit is Unit.HOURS else "items"
    return [
        f"All of it is answered: {work}, {percent(share.mean)} of the {what} in growth work.",
        "That is exact, and little to call it progress or movement by.",
    ]


def _headline(view: VerdictView, share: Share) -> list[str]:
    what = "of your time" if share.unit is Unit.HOURS else "of your items"
    likely = percent_range(share.low, share.high)
    about = f"about {percent(share.mean)} {what}"
    match view.certainty:
        case Certainty.NONE:
            return [
                f"Not enough yet for a number: {count(share.answers, 'answer')} of the 8 that the first range needs."
            ]
        case Certainty.EARLY:
            return [f"Early: {likely} {what} went into growth work.", "More answers will narrow that range."]
        case Certainty.UNCLEAR:
            return [
                f"Unclear: {about} went into growth work.",
                f"Likely {likely}. That range spans your target, so it cannot be called yet.",
            ]
        case _:
            return [f"{_call(view)}: {about} went into growth work.", f"Likely {likely}, {_side(view, share)}."]


def _call(view: VerdictView) -> str:
    return {
        Band.MOVEMENT: "Movement",
        Band.SOME_GROWTH: "Mostly movement",
        Band.PROGRESS: "Progress",
        Band.OVERREACH: "More growth work than usually pays",
        None: "",
    }[view.band]


def _side(view: VerdictView, share: Share) -> str:
    how = "clearly" if view.certainty is Certainty.CLEAR else "more likely than not"
    if share.mean >= view.target.low:
        if view.band is Band.OVERREACH:
            return "above 40 %, where growth work pays less unless feedback goes with it"
        return f"{how} at or above your target. That is progress by your own target"
    return f"{how} under your target. If that was the plan, there is nothing to do"


def _scale(view: VerdictView) -> list[str]:
    return scale.draw(view.target, view.share, view.guess, point=view.certainty is not Certainty.EARLY)


def _moved(view: VerdictView) -> list[str]:
    moved = view.moved
    lines = ["What moved", f"  {_amount(moved.hours, moved.items)}"]
    if moved.repeated is not None:
        usual = f" (a history this long usually shows {percent(moved.usual)})" if moved.usual is not None else ""
        lines.append(f"  {percent(moved.repeated)} of it work you have done before{usual}")
    return lines + _table(moved.largest)


def _progressed(view: VerdictView) -> list[str]:
    progressed = view.progressed
    lines = ["What progressed", "  Nothing you called growth work so far"]
    if progressed.items:
        kinds = count(progressed.kinds, "kind of work", "kinds of work")
        lines[1] = f"  {_amount(progressed.hours, progressed.items)} you called growth work, in {kinds}"
    lines += [f"  Capability {each.state.value}: {harmless(each.name)}" for each in progressed.gained]
    lines += _table(progressed.workstreams)
    lines += [f"  Outgrown: {name} was growth work and is depth work now" for name in progressed.outgrown]
    return lines + [f"  First time: {first}" for first in progressed.firsts]


def _amount(amount: float, items: int) -> str:
    said = count(items, "activity", "activities")
    return f"{hours(amount)}, {said}" if amount else said


def _table(lines: tuple[WorkstreamLine, ...]) -> list[str]:
    rows = [(line.name, hours(line.hours) if line.hours else "", _times(line.items), line.note) for line in lines]
    return ["  " + row for row in columns(rows, most=_WIDTH, right=frozenset({1, 2}))]


def _times(items: int) -> str:
    return f"{items} \N{MULTIPLICATION SIGN}"
