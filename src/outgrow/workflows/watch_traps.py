"""Watches for traps over the last year and a half, and keeps which of them the person has dismissed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.analysis import coverage, held_roles, outgrown, traps
from outgrow.analysis.columns import Judged
from outgrow.analysis.readiness import step
from outgrow.analysis.rolling import Window, shares
from outgrow.analysis.traps import HALF, QUARTER, REACH, Ground
from outgrow.analysis.weekly import Weekly
from outgrow.model.evidence import Evidence, EvidenceKind
from outgrow.model.fault import Fault
from outgrow.model.held_role import HeldRole
from outgrow.model.judgement import Judgement, Reason, Value
from outgrow.model.ladder import Expected
from outgrow.model.period import Period, monday
from outgrow.model.share import Unit
from outgrow.model.trap import Finding, Outcome, TrapKind
from outgrow.model.turned_down import TurnedDown
from outgrow.reports.traps import BehindLine, TrapsView, TrapView
from outgrow.store import activities, clock, computed, journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.choose_ladder import aim, ladders
from outgrow.workflows.follow_coverage import days_off
from outgrow.workflows.judged_work import JudgedWork, judged_work
from outgrow.workflows.keep_ledger import read_ledger
from outgrow.workflows.period_work import while_computed
from outgrow.workflows.read_said import read_said
from outgrow.workflows.recount import recount
from outgrow.workflows.weigh_answers import read_calibration, read_told
from outgrow.workflows.workspace import Workspace

#: The hours of a working day between which work lies within working hours.
DAY_BEGINS, DAY_ENDS = 7, 19
_WEEK = timedelta(weeks=1)
#: With less than this part of a usual week, or fewer items than that, a week says too little.
_ENOUGH, _ENOUGH_ITEMS = 0.25, 2
_FEW_OF_ALL = 0.05  # of all activities: a source with fewer makes no rise
_GRACE = timedelta(weeks=4)
_KEY = "trap "


class CannotDismiss(Fault):
    """The trap is not there to be dismissed, or its reason is missing."""

    exit_code = 2

    def __init__(self, message: str, field: str = "") -> None:
        """Say what is wrong, and with which field if it is one."""
        super().__init__(message)
        self.field = field


def watch_traps(workspace: Workspace) -> TrapsView:
    """Return what each rule finds over the weeks that have ended."""
    recount(workspace)
    what = ("traps", workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _watch(workspace))


def show_trap(workspace: Workspace, words: str) -> TrapView:
    """Return one trap by its name; raises CannotDismiss for a name there is none of."""
    kind = find_trap(words)
    return next(each for each in watch_traps(workspace).traps if each.kind is kind)


def find_trap(words: str) -> TrapKind:
    """Return the trap of a name."""
    said = " ".join(words.casefold().split())
    found = [kind for kind in TrapKind if said and kind.value.startswith(said)]
    if len(found) != 1:
        message = f"{words[:60]!r} is no trap. There are {', '.join(TrapKind)}."
        raise CannotDismiss(message)
    return found[0]


def dismiss(workspace: Workspace, kind: TrapKind, reason: str) -> TrapView:
    """Keep that a trap that is told is none for the person; it is told again when its main number grows by half."""
    found = next(each for each in watch_traps(workspace).traps if each.kind is kind)
    said = " ".join(reason.split())
    if found.outcome is not Outcome.RAISED or found.dismissed is not None:
        message = f"There is nothing to dismiss: {kind.value} is not told at present. outgrow traps shows what is."
        raise CannotDismiss(message)
    if not said:
        message = "Say why it is none for you, in a few words: it is shown beside the trap later."
        raise CannotDismiss(message, "reason")
    with workspace.store.begin() as change:
        told = TurnedDown(key=_KEY + kind.value, label=f"the trap {kind.value}", reason=said, measure=found.measure)
        versions.put(change, told, journal.moment(change, workspace.now))
    return found


def _watch(workspace: Workspace) -> TrapsView:
    weeks = _weeks(workspace)
    if not weeks:
        return TrapsView(period=None, target=workspace.settings.target, unit=Unit.HOURS, traps=())
    looked_at = Period(weeks[0], weeks[-1] + timedelta(days=6))
    done = judged_work(workspace, looked_at, read_told(workspace), propose=False)
    findings = traps.look(_ground(workspace, done, weeks))
    with workspace.store.look() as view:
        dismissed = {each.key: each for each in versions.current(view, TurnedDown).values() if each.measure is not None}
    return TrapsView(
        period=looked_at,
        target=workspace.settings.target,
        unit=done.unit,
        traps=tuple(_view(each, done, dismissed.get(_KEY + each.kind.value)) for each in findings),
    )


def _weeks(workspace: Workspace) -> list[date]:
    """Return the Mondays of the last weeks that have ended, up to the last one with work."""
    with workspace.store.look() as view:
        first, last = computed.first_day(view), computed.last_day(view, workspace.now)
    if first is None or last is None:
        return []
    end = min(monday(last), monday(workspace.today) - _WEEK)
    number = min(REACH, (end - monday(first)).days // 7 + 1)
    return [end - _WEEK * back for back in range(number - 1, -1, -1)]


def _ground(workspace: Workspace, done: JudgedWork, weeks: Sequence[date]) -> Ground:
    kept, measured = done.judged.kept(), done.unit is Unit.HOURS
    outside = _outside(workspace, done.period) if measured else frozenset[int]()
    with workspace.store.look() as view:
        sources = activities.spans(view)
        gained = _Gained.read(view, workspace, done)
    work = Weekly.of(kept, weeks[0].toordinal(), len(weeks), outside)
    working = _working(workspace, weeks)
    enough = [_ENOUGH * each if measured else _ENOUGH_ITEMS for each in working]
    quarter, half, answers = _shares(workspace, kept, weeks)
    return Ground(
        work=work,
        seen=[bool(size >= least > 0) for size, least in zip(work.whole.tolist(), enough, strict=True)],
        working=working,
        measured=measured,
        sources_kept=_same_sources(sources, weeks),
        quarter=quarter,
        half=half,
        target=workspace.settings.target,
        answers=answers,
        scoped=_scoped(read_said(workspace).judgements, done.workstreams),
        turned=gained.turned,
        since_entry=gained.entry,
        since_role=gained.role,
        since_step=gained.step,
        evidence=gained.evidence,
        others=gained.others,
    )


def _outside(workspace: Workspace, period: Period) -> frozenset[int]:
    """Return what began outside of usual hours, read once while nothing is counted anew."""
    what = ("outside", period, workspace.today)
    return while_computed(workspace, what, lambda tx: clock.outside(tx, period, DAY_BEGINS, DAY_ENDS))


def _working(workspace: Workspace, weeks: Sequence[date]) -> list[float]:
    """Return the hours the person says they work in each week, without days off."""
    off = days_off(workspace, Period(weeks[0], weeks[-1] + timedelta(days=6)))
    weekly = workspace.settings.working_hours
    return [coverage.working_hours(Period(each, each + timedelta(days=6)), weekly, off) for each in weeks]


def _shares(workspace: Workspace, kept: Judged, weeks: Sequence[date]) -> tuple[Window, Window, int]:
    """Return the growth share of the last quarter and half year, and how many workstreams of it were answered."""
    last = weeks[-HALF:]
    recent = kept.only(kept.work.day >= last[0].toordinal())
    found = shares(recent, last[0].toordinal(), len(last), (QUARTER, HALF), read_calibration(workspace))
    return found[0][-1], found[1][-1], recent.answers


def _same_sources(sources: Iterable[activities.Span], weeks: Sequence[date]) -> bool:
    """Whether no larger source came or went in the weeks looked at: what it tells of would look like more work."""
    spans = [(each.activities, each.first, each.last) for each in sources if each.first and each.last]
    least = _FEW_OF_ALL * sum(number for number, _, _ in spans)
    begin, end = weeks[0] + _GRACE, weeks[-1] - _GRACE
    return all(first <= begin and last >= end for number, first, last in spans if number >= least and last >= weeks[0])


def _scoped(said: Iterable[Judgement], workstreams: Sequence[str]) -> list[int]:
    """Return the workstreams (their numbers) that were called growth outside the person's scope."""
    named = {each.workstream for each in said if each.value is Value.GROWTH and Reason.SCOPE in each.reasons}
    return [number for number, name in enumerate(workstreams) if name in named]


@dataclass(frozen=True, slots=True)
class _Gained:
    """How many weeks ago growth work turned depth, a capability was entered, a role changed, evidence was kept."""

    turned: tuple[tuple[int, float], ...]
    entry: float
    role: float
    step: float
    evidence: int
    others: int

    @classmethod
    def read(cls, tx: Transaction, workspace: Workspace, done: JudgedWork) -> "_Gained":
        """Read it as of the last day looked at."""
        last, looked_at = workspace.today, done.period
        numbers = {name: number for number, name in enumerate(done.workstreams)}
        turns = [each for each in outgrown.outgrown(read_said(workspace).judgements) if each.workstream in numbers]
        reached = [on for entry in read_ledger(tx).entries.values() for _, on in entry.firsts]
        kept = versions.current(tx, Evidence).values()
        half = Period(last - HALF * _WEEK, last)
        recent = [each for each in kept if each.on in half]
        stands = held_roles.standstill(list(versions.current(tx, HeldRole).values()), last)
        asked = _asked_for(workspace)
        for_step = [each.on for each in kept if asked.intersection(each.expectations)]
        return cls(
            turned=tuple((numbers[each.workstream], _since([each.turned], looked_at, last)) for each in turns),
            entry=_since(reached, looked_at, last),
            role=_since([day for day in (stands.level, stands.responsibilities) if day], looked_at, last),
            step=_since(for_step, looked_at, last),
            evidence=len(recent),
            others=sum(each.kind is EvidenceKind.SOMEBODY for each in recent),
        )


def _asked_for(workspace: Workspace) -> frozenset[Expected]:
    """Return what the step that is set asks for; nothing where none is set."""
    set_ = aim(workspace)
    if set_ is None:
        return frozenset()
    asked = step(ladders(workspace)[set_.ladder], set_.now, set_.next).asked
    return frozenset(Expected(set_.ladder, name) for each in asked for name in each.same)


def _since(days: Iterable[date], looked_at: Period, last: date) -> float:
    """Return the weeks since the latest of some days: all that are looked at where there is none in them."""
    latest = max((day for day in days if day <= last), default=date.min)
    return min((last - latest).days, looked_at.days) / 7


def _view(found: Finding, done: JudgedWork, dismissed: TurnedDown | None) -> TrapView:
    holds = dismissed and not traps.changed(found.measure, dismissed.measure or 0.0)
    return TrapView(
        kind=found.kind,
        outcome=found.outcome,
        facts=found.facts,
        lacks=found.lacks,
        behind=tuple(_line(done, each.workstream, each.now, each.before) for each in found.behind),
        measure=found.measure,
        dismissed=dismissed.reason if dismissed and holds and found.outcome is Outcome.RAISED else None,
    )


def _line(done: JudgedWork, number: int, now: float, before: float) -> BehindLine:
    workstream = done.workstreams[number]
    return BehindLine(workstream, done.name(workstream), now, before)
