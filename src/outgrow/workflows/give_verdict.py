"""Gives the verdict of a period: what moved beside what progressed, with its uncertainty and one next step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from outgrow.analysis import coverage, outgrown, verdict
from outgrow.analysis.columns import Judged
from outgrow.analysis.grouping import readable
from outgrow.analysis.titles import is_vague
from outgrow.model.judgement import Judgement
from outgrow.model.period import Period
from outgrow.model.share import Band, Certainty, Share, Target, Unit
from outgrow.reports.charts.hours_by_workstream import Stream
from outgrow.reports.verdict import FEW, GainedLine, Moved, NextStep, Progressed, StepKind, VerdictView, WorkstreamLine
from outgrow.reports.words import count, hours
from outgrow.store import computed, judgements
from outgrow.workflows.follow_coverage import days_off
from outgrow.workflows.judged_work import JudgedWork, judged_work, times_in
from outgrow.workflows.period_work import gather, usual_repetition
from outgrow.workflows.read_said import read_said
from outgrow.workflows.recount import recount
from outgrow.workflows.show_ledger import capabilities_gained
from outgrow.workflows.standing_work import StandingWork
from outgrow.workflows.weigh_answers import Said, read_calibration, read_told, weigh, weigh_other
from outgrow.workflows.workspace import Workspace

_LARGEST = 5
_FIRSTS = 3
_SEEN_ENOUGH = 0.75
_YEAR = timedelta(days=365)


def give_verdict(workspace: Workspace, period: Period) -> VerdictView:
    """Return the verdict of a period as far as it has gone."""
    recount(workspace)
    said = _Said.read(workspace, period)
    target = workspace.settings.target
    done, share = _weighed(workspace, judged_work(workspace, period, read_told(workspace)), said)
    certainty = verdict.certainty(share, target) if share else Certainty.NONE
    band = verdict.band(share, target) if share and certainty is not Certainty.NONE else None
    seen = done.judged.hours
    expected = _working_hours(workspace, period)
    moved = _moved(workspace, done)
    progressed = _progressed(done, said.outgrown, capabilities_gained(workspace, period))
    covered = seen / expected if expected and done.unit is Unit.HOURS else None
    facts = _Facts(target, share, certainty, band, covered, drawn=bool(said.of_this_audit))
    with workspace.store.look() as view:
        newest = computed.last_day(view, workspace.now)
    return VerdictView(
        period=period,
        target=target,
        certainty=certainty,
        band=band,
        share=share if certainty is not Certainty.NONE else None,
        unit=done.unit,
        answers=share.answers if share else 0,
        own_answers=len(said.of_this_audit),
        guess=said.guess,
        felt=said.felt,
        seen_hours=seen,
        working_hours=expected,
        coverage=covered,
        drawn=bool(said.of_this_audit),
        moved=moved,
        progressed=progressed,
        workstreams=_streams(done),
        newest=newest,
        next_step=_next_step(facts, moved, progressed),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What the person said of a period."""

    guess: float | None
    felt: float | None
    of_this_audit: Mapping[str, Judgement]
    outgrown: Sequence[str]

    @classmethod
    def read(cls, workspace: Workspace, period: Period) -> "_Said":
        """Read it from the store."""
        with workspace.store.look() as view:
            scores = [score for week, score in judgements.felt(view).items() if week in period]
        said = read_said(workspace)
        held = said.audit_of(period)
        return cls(
            held.audit.guess if held else None,
            sum(scores) / len(scores) if scores else None,
            held.given if held else {},
            _outgrown(said.judgements, period),
        )


def _weighed(workspace: Workspace, done: JudgedWork, said: _Said) -> tuple[JudgedWork, Share | None]:
    """Return the work with what its own audit says of it, if it has one, and its share."""
    target = workspace.settings.target
    if not said.of_this_audit:
        return done, weigh_other(done.judged, read_calibration(workspace), done.unit, target)
    told = read_told(workspace, before=done.period.first)
    gathered = gather(workspace, done.period)
    reasked = StandingWork(workspace, gathered, told).reasked(said.of_this_audit)
    weighed = weigh(gathered, told, Said(said.of_this_audit, reasked), target)
    return replace(done, judged=done.judged.saying(weighed.values, weighed.outside)), weighed.share


def _year_before(day: date) -> date:
    return day - _YEAR if day > date.min + _YEAR else date.min


def _outgrown(said: Iterable[Judgement], period: Period) -> list[str]:
    """Return the workstreams whose judgement turned from growth to depth in a period."""
    return [each.workstream for each in outgrown.outgrown(said) if each.turned in period]


def _working_hours(workspace: Workspace, period: Period) -> float:
    """Return the hours of work to be expected in the period, as far as it has gone and without whole days off."""
    last = min(period.last, workspace.today)
    if last < period.first:
        return 0.0
    passed = Period(period.first, last)
    return coverage.working_hours(passed, workspace.settings.working_hours, days_off(workspace, passed))


def _moved(workspace: Workspace, done: JudgedWork) -> Moved:
    largest, last = _largest(done, done.judged.likely_depth()), done.period.last
    times = times_in(workspace, Period(_year_before(last), last))
    notes = {name: f"{times[name]} times in a year" for name, _, _ in largest if times[name] > 1}
    return Moved(
        hours=done.judged.hours,
        items=done.items,
        repeated=done.judged.repeated,
        usual=usual_repetition(workspace, done.period, done.items),
        largest=_lines(done, largest, notes),
    )


def _progressed(done: JudgedWork, turned: Sequence[str], gained: tuple[GainedLine, ...]) -> Progressed:
    growth = done.judged.growth()
    sums = growth.sums()
    titles = [done.titles[topic] for topic in growth.firsts()]
    named = dict.fromkeys(readable(title) for title in titles if not is_vague(title))
    return Progressed(
        hours=growth.hours,
        items=sum(items for _, _, items in sums),
        kinds=len(sums),
        workstreams=_lines(done, _largest(done, growth), {}),
        outgrown=tuple(map(done.name, turned)),
        firsts=tuple(named)[:_FIRSTS],
        gained=gained,
    )


def _largest(done: JudgedWork, some: Judged) -> list[tuple[str, float, int]]:
    """Return the largest workstreams of some work, each with its hours and how many activities it has."""
    sums = [(done.workstreams[number], spent, items) for number, spent, items in some.sums()]
    return sorted(sums, key=lambda each: (-each[1], -each[2], each[0]))[:_LARGEST]


def _lines(
    done: JudgedWork, largest: Iterable[tuple[str, float, int]], notes: Mapping[str, str]
) -> tuple[WorkstreamLine, ...]:
    return tuple(WorkstreamLine(done.name(name), spent, items, notes.get(name, "")) for name, spent, items in largest)


def _streams(done: JudgedWork) -> tuple[Stream, ...]:
    """Return all workstreams by what was judged of them; work judged as no work is left out."""
    streams = [
        Stream(name=done.name(done.workstreams[number]), growth=growth, depth=depth, unsorted=unsorted)
        for number, growth, depth, unsorted in done.judged.kept().sizes()
    ]
    return tuple(sorted(streams, key=lambda each: (-each.whole, each.name)))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the next step hangs on."""

    target: Target
    share: Share | None
    certainty: Certainty
    band: Band | None
    coverage: float | None
    drawn: bool


def _next_step(facts: _Facts, moved: Moved, progressed: Progressed) -> NextStep:
    """Return the one thing to do next: first what makes the verdict surer, then what would change it."""
    if facts.share is None:
        return NextStep(StepKind.BRING_IN, "Bring in a calendar or an export of this period.")
    if facts.share.answers < FEW and facts.share.low == facts.share.high:
        return NextStep(StepKind.BRING_IN, "Bring in more of this period, or note it down: so little work says little.")
    return _surer(facts) or _further(facts, facts.share, moved, progressed)


def _surer(facts: _Facts) -> NextStep | None:
    """Return what would make the verdict surer; None when it is sure."""
    if facts.drawn and facts.certainty is Certainty.UNCLEAR:
        return NextStep(StepKind.MORE, "8 more answers narrow the range.")
    if facts.certainty in {Certainty.NONE, Certainty.EARLY, Certainty.UNCLEAR}:
        return NextStep(StepKind.AUDIT, "A few more answers narrow the range.")
    if not facts.drawn:
        return NextStep(StepKind.AUDIT, "Answers for this very period would make this surer.")
    if facts.coverage is not None and facts.coverage < _SEEN_ENOUGH:
        return NextStep(StepKind.CAPTURE, "Bring in what tracks the other hours, or note them down.")
    return None


def _further(facts: _Facts, share: Share, moved: Moved, progressed: Progressed) -> NextStep:
    """Return what would move the share, or make the growth work pay."""
    again = next((each for each in moved.largest if each.items > 1), None)
    if facts.band in {Band.MOVEMENT, Band.SOME_GROWTH} and again:
        return NextStep(StepKind.HAND_OVER, _room(facts, share, moved.hours, again), again.name)
    if progressed.workstreams:
        name = progressed.workstreams[0].name
        words = f'Ask one person for feedback on "{name}": growth work pays more with it.'
        return NextStep(StepKind.FEEDBACK, words, name)
    return NextStep(StepKind.GO_ON, "The next audit shows whether it holds.")


def _room(facts: _Facts, share: Share, worked: float, again: WorkstreamLine) -> str:
    """Ask about the largest work that comes more than once: what came once cannot be handed over any more."""
    if share.unit is Unit.ITEMS:
        return f"{again.name} came {count(again.items, 'time')}: could one of them be handed over?"
    missing = max(0.0, facts.target.low - share.mean) * worked
    return (
        f"The target needs about {hours(missing)} more of growth work. {again.name} took {hours(again.hours)}: "
        "could a part of it be handed over?"
    )
