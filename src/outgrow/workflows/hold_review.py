"""Holds a review of a week, month, quarter or year: one step at a time, each kept at once, to be gone on with later."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NoReturn

from outgrow.model.fault import Fault
from outgrow.model.period import Period
from outgrow.model.review import Cadence, Commitment, Review, StateThen
from outgrow.reports import next_level
from outgrow.reports import review as report
from outgrow.reports.review import CommitmentView, Field, FieldKind, ReviewView, StepLine, StepState, StepView
from outgrow.reports.words import harmless
from outgrow.reviews import agenda, cadence
from outgrow.reviews.agenda import Need, Step
from outgrow.reviews.findings import Findings
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.keep_feed import keep_feed
from outgrow.workflows.keep_ledger import read_ledger
from outgrow.workflows.periods import UnknownPeriod
from outgrow.workflows.plan_blocks import block_view
from outgrow.workflows.read_said import read_said
from outgrow.workflows.recount import recount
from outgrow.workflows.review_answers import Answer, read
from outgrow.workflows.review_fields import lay_out
from outgrow.workflows.review_findings import find, open_gaps
from outgrow.workflows.review_ground import Ground, read_ground
from outgrow.workflows.suggest import suggest
from outgrow.workflows.workspace import TakesLong, Workspace

FELT, LAST = "felt", "commitment"
_WEEK_DAYS = 7
_EXAMPLES = {Cadence.WEEK: "2026-W41", Cadence.MONTH: "2026-10", Cadence.QUARTER: "2026-Q3", Cadence.YEAR: "2026"}


class NoSuchReview(Fault):
    """There is no such review, or no such step in it."""

    exit_code = 2


def choose(workspace: Workspace, word: str, words: str = "") -> tuple[Cadence, Period]:
    """Return the cadence and the period that are meant; without words the latest one that can be looked back on.

    Raises NoSuchReview and UnknownPeriod.
    """
    try:
        chosen = Cadence(word)
    except ValueError:
        _no_such(f"There is no such review. There are those of a {', '.join(list(Cadence)[:-1])} and year.")
    start = workspace.settings.week_start
    try:
        latest = cadence.latest(chosen, workspace.today, start)
        period = _whole(workspace, chosen, words) if words.strip() else latest
    except (ValueError, OverflowError) as error:
        if isinstance(error, UnknownPeriod):
            raise
        raise _unfit(chosen, words) from error
    return chosen, named_period(workspace, period.words)


def _whole(workspace: Workspace, chosen: Cadence, words: str) -> Period:
    """Return the period of a cadence that words name: for a week any seven days or a day, otherwise all of it."""
    said = named_period(workspace, words)
    middle = said.first + (said.last - said.first) // 2
    period = cadence.period_around(chosen, middle, workspace.settings.week_start)
    is_week = chosen is Cadence.WEEK and said.days in {1, _WEEK_DAYS}
    if not is_week and (period.first, period.last) != (said.first, said.last):
        raise _unfit(chosen, words)
    if period.first > workspace.today:
        message = f"{said.name or said.words} has not begun: a review looks back."
        raise UnknownPeriod(message)
    return period


def _unfit(chosen: Cadence, words: str) -> UnknownPeriod:
    return UnknownPeriod(f"A {chosen} review looks back on one {chosen}: say {_EXAMPLES[chosen]}, not {words[:60]!r}.")


def _no_such(message: str) -> NoReturn:
    raise NoSuchReview(message)


class ReviewSession:
    """One review while it is held. What is seen is always what is stored; a session may be made anew at any time."""

    def __init__(self, workspace: Workspace, chosen: Cadence, period: Period) -> None:
        """Open the review of a period, or go on with it; see `choose`."""
        self._workspace = workspace
        self._cadence = chosen
        self._period = period
        self._ground = self._read()

    def _read(self) -> Ground:
        with self._workspace.store.look() as view:
            return read_ground(view, self._cadence, self._period, self._workspace.today)

    @property
    def review(self) -> Review:
        """The review as it stands."""
        return self._ground.review

    @property
    def period(self) -> Period:
        """The period it looks back on."""
        return self._period

    @property
    def steps(self) -> Sequence[Step]:
        """The steps that there is something to ask in, and those that were answered or skipped."""
        there = self._ground.there
        if self._cadence is Cadence.WEEK and suggest(self._workspace, self._period):
            there.add(Need.FIRSTS)
        if self._cadence in {Cadence.QUARTER, Cadence.YEAR} and open_gaps(self._workspace):
            there.add(Need.GAPS)
        return agenda.steps(self._cadence, there, self._ground.touched)

    def view(self, asked: str = "") -> ReviewView:
        """Return the review with the step that is asked for open, or the first that is; none where it has ended.

        Before it was said how the period felt, or that was skipped, no step that tells numbers is open.
        Raises NoSuchReview; TakesLong in a hasty workspace.
        """
        recount(self._workspace)
        self._ground = self._read()
        steps = self.steps
        step = self._chosen(steps, asked)
        return ReviewView(
            number=self._ground.number,
            cadence=self._cadence,
            period=self._period,
            ended=self.review.ended,
            quiet=self.review.quiet,
            minutes=agenda.minutes(steps),
            steps=tuple(StepLine(each.id, each.title, self._state(each.id)) for each in steps),
            step=self._look(step, steps) if step else None,
            commitments=tuple(commitment_view(*each, review=self.review) for each in self._ground.own.items()),
            blocks=tuple(block_view(*each) for each in self._ground.blocks.items()),
        )

    def _chosen(self, steps: Sequence[Step], asked: str) -> Step | None:
        found = next((each for each in steps if each.id == asked), None)
        if asked and found is None:
            known = asked in {each.id for each in agenda.every(self._cadence)}
            if not known:
                _no_such(f"The review of a {self._cadence} has no such step. Open it from the beginning.")
        if found is None and not self.review.ended:
            found = next((each for each in steps if self._is_open(each)), steps[-1])
        is_felt = self._is_open(steps[0])
        return steps[0] if found and is_felt and (found.told or found.forms == "audit") else found

    def _is_open(self, step: Step) -> bool:
        return self._state(step.id) is StepState.OPEN

    def _state(self, step: str) -> StepState:
        if step in self.review.answers:
            return StepState.ANSWERED
        return StepState.SKIPPED if step in self.review.skipped else StepState.OPEN

    def _look(self, step: Step, steps: Sequence[Step]) -> StepView:
        told = self._told(step)
        left = [each for each in steps if self._is_open(each) or each == step]
        return StepView(
            id=step.id,
            title=step.title,
            question=step.question,
            hint=step.hint,
            forms=step.forms,
            state=self._state(step.id),
            answer=self.review.answers.get(step.id, ""),
            told=told,
            fields=self._fields(step),
            minutes_left=agenda.minutes(left),
        )

    def _told(self, step: Step) -> tuple[str, ...]:
        """Return what the data say to a step, in sentences."""
        if step.forms == "audit":
            return (self._audited(),)
        if step.forms == "gaps":
            found = open_gaps(self._workspace)
            return (f"{next_level.title(found[0])}: {next_level.counts(found[0])}.",) if found else ()
        if step.id == LAST:
            return tuple(f"To go for: {each}" for each in self.review.answers.get("gaps", "").splitlines())
        return tuple(_TOLD[step.id](find(self._workspace, self._period))) if step.told else ()

    def _audited(self) -> str:
        held = read_said(self._workspace).audit_of(self._period)
        answers = len(held.given) if held else 0
        return report.told_audit(answers, begun=held is not None)

    def main_field(self, step: str) -> str:
        """Return the name of the field that a step is about, for who says it in one word. Raises NoSuchReview."""
        fields = [each for each in self.fields(step) if each.kind is not FieldKind.KEY]
        return fields[0].name if fields else ""

    def filled(self, step: str, said: Mapping[str, str]) -> dict[str, str]:
        """Return what a step is prefilled with, and what is said of it."""
        return {each.name: each.value for each in self.fields(step)} | dict(said)

    def fields(self, step: str) -> tuple[Field, ...]:
        """Return what a step asks, as it stands by now. Raises NoSuchReview."""
        known = self._known(step)
        self._ground = self._read()
        return self._fields(known)

    def _fields(self, step: Step) -> tuple[Field, ...]:
        """Lay out the fields of a step; what came and went is told as a draft of the answer, to be corrected."""
        fields = lay_out(self._workspace, step.id, step.forms, self._ground)
        if step.id != "changed" or not self._is_open(step):
            return fields
        draft = "\n".join(map(harmless, report.told_work(find(self._workspace, self._period))))
        return tuple(replace(each, value=draft) for each in fields)

    def say(self, step: str, said: Mapping[str, str]) -> None:
        """Keep what is said at a step, with all that it leads to, as one change; nothing said is a step skipped.

        Raises NoSuchReview and WrongAnswer.
        """
        known = self._known(step)
        answer = read(self._workspace, known.forms, said, self._ground)
        if known.forms == "audit":
            answer = Answer(self._audited() if read_said(self._workspace).audit_of(self._period) else "")
        if answer.words:
            self._keep(known, answer)
        else:
            self.skip(step)

    def keep_changed(self, step: str, said: Mapping[str, str]) -> None:
        """Keep what is said at a step where it differs from what the step was prefilled with; see `say`."""
        if dict(said) != {each.name: each.value for each in self.fields(step)}:
            self.say(step, said)

    def skip(self, step: str) -> None:
        """Pass over a step; what was said there before stays. Raises NoSuchReview."""
        self._known(step)
        if self._state(step) is StepState.OPEN or (step == LAST and not self.review.ended):
            self._put(lambda review: self._skipped(review, [step]))

    def call_quiet(self) -> None:
        """Say that there was nothing in it: all that is open but the commitment is skipped."""
        left = [each.id for each in self.steps if each.id != LAST]
        self._put(lambda review: replace(self._skipped(review, left), quiet=True))

    def _skipped(self, review: Review, steps: Sequence[str]) -> Review:
        left = [each for each in steps if each not in review.answers and each not in review.skipped]
        return replace(review, skipped=(*review.skipped, *left), ended=self._ended(review, steps))

    def after(self, step: str) -> str:
        """Return the step to go on with after one: the next that is open, else the first that is; "" at the end."""
        steps = self.steps
        places = [each.id for each in steps]
        at = places.index(step) + 1 if step in places else 0
        found = next((each.id for each in [*steps[at:], *steps[:at]] if self._is_open(each)), "")
        return "" if self.review.ended else found

    def before(self, step: str) -> str:
        """Return the step before one, or the first."""
        places = [each.id for each in self.steps]
        return places[max(0, places.index(step) - 1)] if step in places else places[0]

    def _known(self, step: str) -> Step:
        found = next((each for each in agenda.every(self._cadence) if each.id == step), None)
        if found is None:
            _no_such(f"The review of a {self._cadence} has no such step. Open it from the beginning.")
        return found

    def _keep(self, step: Step, answer: Answer) -> None:
        told, found = self._shown(step)

        def keep(review: Review) -> Review:
            return replace(
                review,
                answers={**review.answers, step.id: answer.words},
                skipped=tuple(each for each in review.skipped if each != step.id),
                shown={**review.shown, step.id: "\n".join(told)} if told else review.shown,
                ended=self._ended(review, [step.id]),
                share=(found.share if found else None) or review.share,
            )

        self._put(keep, answer)

    def _shown(self, step: Step) -> tuple[tuple[str, ...], Findings | None]:
        """Return what the data say to a step as it is kept with the answer; where that takes long it is left out."""
        if not step.told:
            return (), None
        try:
            return self._told(step), find(self._workspace, self._period)
        except TakesLong:
            return (), None

    def _ended(self, review: Review, steps: Sequence[str]) -> date | None:
        """Return the day the review ended: its last step ends it."""
        return review.ended or (self._workspace.today if LAST in steps else None)

    def _put(self, how: Callable[[Review], Review], answer: Answer | None = None) -> None:
        """Keep the next version of the review as it stands by now, and what an answer leads to, as one change."""
        with self._workspace.store.begin() as change:
            at = journal.moment(change, self._workspace.now)
            ground = read_ground(change, self._cadence, self._period, self._workspace.today)
            review = how(ground.review)
            number = versions.put(change, replace(review, states=_states(change)), at, ground.number)
            if answer:
                answer.write(change, at, number)
            if answer and answer.changes_ledger:
                versions.put(change, replace(review, states=_states(change)), at, number)
        self._ground = self._read()
        keep_feed(self._workspace)


def _mix(found: Findings) -> list[str]:
    return report.told_change(found.before, found.share, found.change)


def _month_mix(found: Findings) -> list[str]:
    return [*_mix(found), *report.told_now(found), *report.told_room(found)]


def _changed(found: Findings) -> list[str]:
    return [*report.told_amount(found), *_mix(found), *report.told_lack(found), *report.told_now(found)]


def _let_go(found: Findings) -> list[str]:
    return [*report.told_depth(found), *report.told_room(found)]


_TOLD: Mapping[str, Callable[[Findings], list[str]]] = {
    "mix": _month_mix,
    "changed": _changed,
    "let-go": _let_go,
}


def _states(tx: Transaction) -> tuple[StateThen, ...]:
    """Return the states of all capabilities as they stand."""
    entries = read_ledger(tx).entries.values()
    return tuple(StateThen(number=each.number, name=each.name, state=each.state) for each in entries)


def commitment_view(number: int, made: Commitment, review: Review | None) -> CommitmentView:
    """Return a commitment as it is shown, with the review that it ended, if one did."""
    return CommitmentView(
        number=number,
        text=made.text,
        due=made.due,
        sign=made.sign,
        outcome=made.outcome,
        note=made.note,
        review=(review.period.name or review.period.words) if review else "",
    )
