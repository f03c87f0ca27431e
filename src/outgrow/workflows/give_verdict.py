"""Gives the verdict of a period: what moved beside what progressed, with its uncertainty and one next step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.analysis import coverage, verdict
from outgrow.model.judgement import Judgement, Value
from outgrow.model.period import Period
from outgrow.model.share import Band, Certainty, Share, Target, Unit
from outgrow.reports.verdict import Moved, Progressed, VerdictView, WorkstreamLine
from outgrow.reports.words import count, hours
from outgrow.store import computed, judgements
from outgrow.workflows.period_work import PeriodWork, Work, gather
from outgrow.workflows.recount import recount
from outgrow.workflows.weigh_answers import Said, Weighed, read_told, weigh, weigh_other
from outgrow.workflows.workspace import Workspace

_LARGEST = 5
_FIRSTS = 3
_SEEN_ENOUGH = 0.75
_YEAR = timedelta(days=365)


def give_verdict(workspace: Workspace, period: Period) -> VerdictView:
    """Return the verdict of a period as far as it has gone."""
    recount(workspace)
    done = gather(workspace, period)
    said = _Said.read(workspace, period)
    target = workspace.settings.target
    if said.of_this_audit:
        weighed = weigh(done, read_told(workspace, before=period.first), Said(said.of_this_audit), target)
    else:
        weighed = weigh_other(done, read_told(workspace), target)
    share = weighed.share
    certainty = verdict.certainty(share, target) if share else Certainty.NONE
    band = verdict.band(share, target) if share and certainty is not Certainty.NONE else None
    seen = sum(each.hours for each in done.work)
    expected = _working_hours(workspace, done)
    moved, progressed = _moved(done, weighed, said.times), _progressed(done, weighed, said.outgrown)
    covered = seen / expected if expected and done.unit is Unit.HOURS else None
    facts = _Facts(period, target, share, certainty, band, covered, drawn=bool(said.of_this_audit))
    return VerdictView(
        period=period,
        target=target,
        certainty=certainty,
        band=band,
        share=share if certainty is not Certainty.NONE else None,
        unit=done.unit,
        answers=share.answers if share else 0,
        guess=said.guess,
        felt=said.felt,
        seen_hours=seen,
        working_hours=expected,
        coverage=covered,
        drawn=bool(said.of_this_audit),
        moved=moved,
        progressed=progressed,
        next_step=_next_step(facts, moved, progressed),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What the person said of a period, and how often each workstream came in the year up to its end."""

    guess: float | None
    felt: float | None
    of_this_audit: Mapping[str, Judgement]
    outgrown: Sequence[str]
    times: Mapping[str, int]

    @classmethod
    def read(cls, workspace: Workspace, period: Period) -> "_Said":
        """Read it from the store."""
        with workspace.store.look() as view:
            audit = judgements.last_audit(view, period)
            answers = judgements.answers(view, audit.number) if audit else []
            scores = [score for week, score in judgements.felt(view).items() if week in period]
            times: dict[str, int] = defaultdict(int)
            for total in computed.totals(view, Period(_year_before(period.last), period.last)):
                times[total.workstream] += total.items
            outgrown = _outgrown(judgements.judgements(view), period)
        return cls(
            audit.guess if audit else None,
            sum(scores) / len(scores) if scores else None,
            {each.workstream: each.judgement for each in answers if each.judgement},
            outgrown,
            times,
        )


def _year_before(day: date) -> date:
    return day - _YEAR if day > date.min + _YEAR else date.min


def _outgrown(said: Iterable[Judgement], period: Period) -> list[str]:
    """Return the workstreams whose judgement turned from growth to depth in a period."""
    last: dict[str, Value] = {}
    turned = []
    for judgement in sorted(said, key=lambda each: (each.since, each.said_at)):
        before = last.get(judgement.workstream)
        if before is Value.GROWTH and judgement.value is Value.DEPTH and judgement.since in period:
            turned.append(judgement.workstream)
        last[judgement.workstream] = judgement.value
    return turned


def _working_hours(workspace: Workspace, done: PeriodWork) -> float:
    """Return the hours of work to be expected in the period, as far as it has gone and without whole days off."""
    last = min(done.period.last, workspace.today)
    if last < done.period.first:
        return 0.0
    passed = Period(done.period.first, last)
    return coverage.working_hours(passed, workspace.settings.working_hours, done.absences)


def _moved(done: PeriodWork, weighed: Weighed, times: Mapping[str, int]) -> Moved:
    size = sum(done.sizes(done.work))
    repeated = sum(done.size(each) for each in done.work if each.repeats)
    depth = [each for each in done.work if weighed.values.get(each.id, each.probability) < 0.5]  # noqa: PLR2004 - more likely depth
    notes = {name: f"{number} times in a year" for name, number in times.items() if number > 1}
    return Moved(
        hours=sum(each.hours for each in done.work),
        items=done.items,
        repeated=repeated / size if size else None,
        usual=done.usual_repetition,
        largest=_lines(done, depth, notes),
    )


def _progressed(done: PeriodWork, weighed: Weighed, outgrown: Sequence[str]) -> Progressed:
    growth = [each for each in done.work if weighed.values.get(each.id) == 1.0]
    first = sorted((each for each in growth if not each.repeats), key=lambda each: (-done.size(each), each.id))
    titles = dict.fromkeys(each.title for each in first)
    return Progressed(
        hours=sum(each.hours for each in growth),
        items=len(growth),
        kinds=len({each.workstream for each in growth}),
        workstreams=_lines(done, growth, {}),
        outgrown=tuple(done.names.get(each, each) for each in outgrown),
        firsts=tuple(list(titles)[:_FIRSTS]),
    )


def _lines(done: PeriodWork, work: Iterable[Work], notes: Mapping[str, str]) -> tuple[WorkstreamLine, ...]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0])
    for each in work:
        sums[each.workstream][0] += each.hours
        sums[each.workstream][1] += 1
    largest = sorted(sums, key=lambda name: (-sums[name][0], -sums[name][1], name))[:_LARGEST]
    return tuple(
        WorkstreamLine(done.names.get(name, name), sums[name][0], int(sums[name][1]), notes.get(name, ""))
        for name in largest
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the next step hangs on."""

    period: Period
    target: Target
    share: Share | None
    certainty: Certainty
    band: Band | None
    coverage: float | None
    drawn: bool


def _next_step(facts: _Facts, moved: Moved, progressed: Progressed) -> str:
    """Return the one thing to do next: first what makes the verdict surer, then what would change it."""
    if facts.share is None:
        return "Bring in a calendar or an export: outgrow import FILE"
    return _surer(facts) or _further(facts, facts.share, moved, progressed)


def _surer(facts: _Facts) -> str:
    """Return what would make the verdict surer, or nothing when it is sure."""
    audit = f"outgrow audit {facts.period.words}"
    if facts.drawn and facts.certainty is Certainty.UNCLEAR:
        return f"{audit} --more: 8 more answers narrow the range."
    if facts.certainty in {Certainty.NONE, Certainty.EARLY, Certainty.UNCLEAR}:
        return f"{audit}: a few more answers narrow the range."
    if not facts.drawn:
        return f"{audit}: its own answers would make this surer."
    if facts.coverage is not None and facts.coverage < _SEEN_ENOUGH:
        return 'Bring in what tracks the other hours, or note them: outgrow capture "TEXT" --hours 2'
    return ""


def _further(facts: _Facts, share: Share, moved: Moved, progressed: Progressed) -> str:
    """Return what would move the share, or make the growth work pay."""
    if facts.band in {Band.MOVEMENT, Band.SOME_GROWTH} and moved.largest:
        return _room(facts, share, moved)
    if progressed.workstreams:
        name = progressed.workstreams[0].name
        return f'Ask one person for feedback on "{name}": growth work pays more with it.'
    return "The next audit shows whether it holds."


def _room(facts: _Facts, share: Share, moved: Moved) -> str:
    largest = moved.largest[0]
    if share.unit is Unit.ITEMS:
        return f"{largest.name} came {count(largest.items, 'time')}: could one of them be handed over?"
    missing = max(0.0, facts.target.low - share.mean) * moved.hours
    return (
        f"The target needs about {hours(missing)} more of growth work. {largest.name} took {hours(largest.hours)}: "
        "could a part of it be handed over?"
    )
