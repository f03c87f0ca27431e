"""Makes room for growth: proposes the depth work to let go of, keeps what the person lets go of, and follows it up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from outgrow.analysis import making_room, verdict
from outgrow.analysis.columns import Judged
from outgrow.analysis.making_room import Depth, Followed, Option, Plan, Week
from outgrow.model.activity import Kind
from outgrow.model.fault import Fault
from outgrow.model.period import Period, monday
from outgrow.model.plan import MustNotSlip, Release, Way
from outgrow.model.share import Certainty, Share, Unit
from outgrow.model.turned_down import TurnedDown
from outgrow.reports.room import RoomFollowed, RoomPlan, RoomRelease, RoomState, RoomView, RoomWork, sentence
from outgrow.store import activities, journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.follow_share import ended_weeks
from outgrow.workflows.judged_work import JudgedWork, judged_work
from outgrow.workflows.recount import recount
from outgrow.workflows.weigh_answers import read_calibration, read_told, weigh_other
from outgrow.workflows.workspace import Workspace

#: Hours are looked at over so many ended weeks: a quarter of a year.
WEEKS = 13
#: A release is followed up from so many weeks on, and over at most so many.
FIRST_LOOK, LAST_LOOK = 4, 8
_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)
_YEAR_WEEKS = 52
_EVEN = 0.5
_MOST_WORK = 150  # workstreams among which the solver chooses
_MOST_HOURS = 80
_PLANS = 3
_LONGEST = 60
_LONGEST_NAME = 200


class CannotMakeRoom(Fault):
    """What was asked for is no release as it stands. Nothing was changed."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """What the person said of letting go: releases by number, what must not slip, and what was turned down."""

    releases: Mapping[int, Release]
    firm: frozenset[str]
    declined: frozenset[str]

    @classmethod
    def read(cls, tx: Transaction) -> "_Said":
        """Read it from the store."""
        return cls(
            versions.current(tx, Release),
            frozenset(each.workstream for each in versions.current(tx, MustNotSlip).values()),
            frozenset(each.key for each in versions.current(tx, TurnedDown).values()),
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """The work of about a year; `recent` is that of the ended weeks hours are looked at over."""

    year: JudgedWork
    recent: Judged
    period: Period
    weeks: int

    @property
    def hours(self) -> float:
        """Hours a week, without what is no work."""
        return self.recent.kept().hours / self.weeks


def show_room(workspace: Workspace, wanted: float | None = None) -> RoomView:
    """Return the hours that growth needs and where they can come from; for `wanted` hours a week if some are named.

    Raises CannotMakeRoom for hours that no week has, and TakesLong in a hasty workspace.
    """
    if wanted is not None and not 0 < wanted <= _MOST_HOURS:
        message = f"Ask for more than 0 and at most {_MOST_HOURS} hours a week."
        raise CannotMakeRoom(message)
    recount(workspace)
    what = ("room", wanted, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _show(workspace, wanted))


def show_first_plan(workspace: Workspace) -> RoomView:
    """Return the same without the other plans, which take most of the time; raises TakesLong in a hasty workspace."""
    recount(workspace)
    what = ("first plan", workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _show(workspace, None, plans=1))


def release_key(workstream: str, way: Way) -> str:
    """Return the key under which it is kept that a workstream is not let go of in a way."""
    return f"release {workstream} {way}"


def _show(workspace: Workspace, wanted: float | None, plans: int = _PLANS) -> RoomView:
    target, work = workspace.settings.target, _read(workspace)
    with workspace.store.look() as view:
        said = _Said.read(view)
    if work is None:
        return RoomView(state=RoomState.NOTHING, target=target)
    followed = _followed(workspace, work, said)
    told = RoomView(
        state=RoomState.ITEMS, target=target, period=work.period, weeks=work.weeks, hours=work.hours, followed=followed
    )
    if work.year.unit is Unit.ITEMS or not work.hours:
        return told
    choice = replace(_choice(workspace, work, said), plans=plans)
    told = replace(told, work=choice.shown(), under_way=_under_way(workspace, said))
    share = weigh_other(work.recent, read_calibration(workspace), Unit.HOURS, target)
    if share is None or verdict.certainty(share, target) is Certainty.NONE:
        told = replace(told, state=RoomState.FEW)
        return _planned(told, choice, wanted, asked=True) if wanted else told
    return _needed(told, share, choice, wanted)


def _needed(told: RoomView, share: Share, choice: "_Choice", wanted: float | None) -> RoomView:
    need = making_room.need(share, told.target, told.hours)
    told = replace(told, share=share, low=need.low, likely=need.likely, high=need.high)
    if wanted:
        return _planned(told, choice, wanted, asked=True)
    if not need.high:
        return replace(told, state=RoomState.ENOUGH)
    if need.high <= told.under_way:
        return replace(told, state=RoomState.UNDER_WAY)
    return _planned(told, choice, need.high - told.under_way, asked=False)


def _planned(told: RoomView, choice: "_Choice", wanted: float, *, asked: bool) -> RoomView:
    """Return the plans that free the hours, or what is lacking."""
    known = making_room.options(choice.work, choice.ways)
    found = [choice.plan(each) for each in making_room.plans(known, wanted, choice.plans)]
    told = replace(told, wanted=wanted, asked=asked)
    if not found:
        return replace(told, state=RoomState.LACKING, lacking=wanted - making_room.most(known))
    return replace(told, state=RoomState.PLANNED, plan=found[0], others=tuple(found[1:]))


def _read(workspace: Workspace) -> _Work | None:
    """Read the work of the year up to the last week that has ended; None where no week with work has."""
    if workspace.today < date.min + _YEAR_WEEKS * 2 * _WEEK:
        return None
    last = monday(workspace.today) - _DAY
    weeks = ended_weeks(workspace, Period(last + _DAY - WEEKS * _WEEK, last))
    if not weeks:
        return None
    year = judged_work(workspace, Period(last + _DAY - _YEAR_WEEKS * _WEEK, last), read_told(workspace))
    recent = year.judged.only(year.judged.work.day >= weeks[0].toordinal())
    return _Work(year, recent, Period(weeks[0], last), len(weeks))


@dataclass(frozen=True, slots=True)
class _Choice:
    """The depth work that can be let go of, what comes first, and the ways that are open for each."""

    work: Sequence[Depth]
    ways: Sequence[frozenset[Way]]
    ids: Sequence[str]
    names: Sequence[str]
    firm: frozenset[str]
    plans: int = _PLANS

    def shown(self) -> tuple[RoomWork, ...]:
        """Return it as it is shown."""
        together = zip(self.work, self.ways, self.ids, self.names, strict=True)
        return tuple(
            RoomWork(
                workstream=id_,
                name=name,
                hours=each.hours,
                times=each.times,
                repeated=each.repeated,
                idle=each.idle,
                ways=tuple(way for way in Way if way in ways),
                must_not_slip=id_ in self.firm,
            )
            for each, ways, id_, name in together
        )

    def plan(self, plan: Plan) -> RoomPlan:
        """Return a plan as it is shown, what frees most first."""
        largest = sorted(plan.releases, key=lambda each: (-each.frees, each.place))
        releases = tuple(self._release(each) for each in largest)
        return RoomPlan(releases, plan.frees, sentence(releases, plan.frees))

    def _release(self, each: Option) -> RoomRelease:
        return RoomRelease(self.ids[each.place], self.names[each.place], each.way, each.frees)


def _choice(workspace: Workspace, work: _Work, said: _Said) -> _Choice:
    first, last = work.period.first.toordinal(), work.period.last.toordinal()
    released = {each.workstream for each in said.releases.values()}
    ranked = making_room.depth(work.year.judged, first, last, work.weeks)
    open_ = [each for each in ranked if work.year.workstreams[each.workstream] not in released][:_MOST_WORK]
    with workspace.store.look() as view:
        newest = {each.id: each.activity.kind for each in activities.by_ids(view, {each.newest for each in open_})}
    ids = [work.year.workstreams[each.workstream] for each in open_]
    kinds = (newest.get(each.newest) is Kind.MEETING for each in open_)
    ways = [_ways(each, id_, said, meeting=meeting) for each, id_, meeting in zip(open_, ids, kinds, strict=True)]
    return _Choice(open_, ways, ids, list(map(work.year.name, ids)), said.firm)


def _ways(work: Depth, workstream: str, said: _Said, *, meeting: bool) -> frozenset[Way]:
    """Return the ways that are open: nothing automates a meeting, or work that mostly differs from time to time."""
    ways = {Way.AUTOMATE, Way.HAND_OVER} if workstream in said.firm else set(Way)
    if meeting or work.repeated < _EVEN:
        ways.discard(Way.AUTOMATE)
    return frozenset(way for way in ways if release_key(workstream, way) not in said.declined)


def _under_way(workspace: Workspace, said: _Said) -> float:
    """Return the hours a week of releases that are too young to show in the share."""
    young = workspace.today - LAST_LOOK * _WEEK
    return sum(each.frees for each in said.releases.values() if each.since >= young)


def _followed(workspace: Workspace, work: _Work, said: _Said) -> tuple[RoomFollowed, ...]:
    """Follow up the releases whose weeks before are still within the year that was read, the latest first."""
    earliest = work.year.period.first + WEEKS * _WEEK
    found = [(number, each) for number, each in said.releases.items() if each.since >= earliest]
    return tuple(_follow(workspace, work.year, *each) for each in reversed(found))


def _follow(workspace: Workspace, year: JudgedWork, number: int, release: Release) -> RoomFollowed:
    first = monday(release.since) + _WEEK
    last = min(first + LAST_LOOK * _WEEK, monday(workspace.today))
    told = RoomFollowed(
        number=number,
        workstream=release.workstream,
        name=year.names.get(release.workstream, release.name),
        way=release.way,
        to=release.to,
        since=release.since,
        before=release.hours,
        frees=release.frees,
        now=None,
        growth=None,
        other=None,
        outcome=Followed.EARLY,
        looked_at=first + FIRST_LOOK * _WEEK,
    )
    if workspace.today < told.looked_at:
        return told
    before = _week(
        year, release.workstream, Period(monday(release.since) - WEEKS * _WEEK, monday(release.since) - _DAY)
    )
    since = _week(year, release.workstream, Period(first, last - _DAY))
    return replace(
        told,
        before=before.released,
        now=since.released,
        growth=since.growth - before.growth,
        other=since.other - before.other,
        outcome=making_room.followed(before, since, release.frees),
        looked_at=last - _DAY,
    )


def _week(year: JudgedWork, workstream: str, period: Period) -> Week:
    """Return an average week of a period, which has whole weeks: those before the first work of all do not count."""
    days = year.judged.work.day
    kept = year.judged.only((days >= period.first.toordinal()) & (days <= period.last.toordinal())).kept()
    begun = max(period.first.toordinal(), int(days.min(initial=period.last.toordinal())))
    weeks = max(1.0, (period.last.toordinal() + 1 - begun) / 7)
    number = year.workstreams.index(workstream) if workstream in year.workstreams else -1
    others = kept.only(kept.workstream != number)
    depth = others.likely_depth().hours
    return Week((kept.hours - others.hours) / weeks, (others.hours - depth) / weeks, depth / weeks)


def find_work(view: RoomView, words: str) -> RoomWork:
    """Return the ranked work meant by its id, its name or a part of that; raises CannotMakeRoom."""
    said = words.strip().casefold()
    rounds: Sequence[Callable[[RoomWork], bool]] = (
        lambda each: each.workstream == words.strip(),
        lambda each: each.name.casefold() == said,
        lambda each: bool(said) and said in each.name.casefold(),
    )
    found = next((some for same in rounds if (some := [each for each in view.work if same(each)])), [])
    if len(found) != 1:
        is_ = f"may mean {len(found)} kinds of work" if found else "is no depth work that could be let go of"
        message = f"{words[:_LONGEST]!r} {is_}. outgrow room lists it."
        raise CannotMakeRoom(message)
    return found[0]


def let_go(workspace: Workspace, words: str, way: Way, to: str = "") -> int:
    """Begin to let go of work; return the number of the release. Raises CannotMakeRoom."""
    work = find_work(show_room(workspace), words)
    taker = " ".join(to.split())
    if len(taker) > _LONGEST_NAME:
        message = f"A name has at most {_LONGEST_NAME} characters."
        raise CannotMakeRoom(message)
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        return versions.put(change, _release(workspace, work, way, taker), at)


def take(workspace: Workspace, plan: int = 0, wanted: float | None = None) -> tuple[RoomRelease, ...]:
    """Begin all releases of a plan (0: the proposed one, from 1 on the others) in one go. Raises CannotMakeRoom."""
    view = show_room(workspace, wanted)
    plans = [view.plan, *view.others] if view.plan else []
    if not 0 <= plan < len(plans) or (chosen := plans[plan]) is None:
        message = "There is no such plan. outgrow room shows what can be proposed."
        raise CannotMakeRoom(message)
    work = {each.workstream: each for each in view.work}
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        for each in chosen.releases:
            versions.put(change, _release(workspace, work[each.workstream], each.way, ""), at)
    return chosen.releases


def _release(workspace: Workspace, work: RoomWork, way: Way, to: str) -> Release:
    return Release(
        workstream=work.workstream,
        name=work.name,
        way=way,
        since=workspace.today,
        hours=work.hours,
        frees=work.hours * making_room.FREES[way],
        to=to,
    )


def end(workspace: Workspace, number: int) -> Release:
    """Say that work is let go of no more; undo brings the release back. Raises CannotMakeRoom."""
    with workspace.store.begin() as change:
        release = versions.get(change, Release, number)
        if release is None:
            message = f"There is no release {number}. outgrow room lists them; undo brings one back."
            raise CannotMakeRoom(message)
        versions.withdraw(change, Release, number, journal.moment(change, workspace.now))
    return release


def keep_firm(workspace: Workspace, words: str, *, firm: bool = True) -> str:
    """Say that work must not slip, or may again; return its name. Raises CannotMakeRoom."""
    work = find_work(show_room(workspace), words)
    with workspace.store.begin() as change:
        known = {each.workstream: number for number, each in versions.current(change, MustNotSlip).items()}
        at = journal.moment(change, workspace.now)
        if firm and work.workstream not in known:
            versions.put(change, MustNotSlip(workstream=work.workstream, name=work.name), at)
        elif not firm and work.workstream in known:
            versions.withdraw(change, MustNotSlip, known[work.workstream], at)
    return work.name


def turn_down(workspace: Workspace, words: str, way: Way | None = None, reason: str = "") -> str:
    """Say that work is not let go of in a way, or in any; return its name. Raises CannotMakeRoom."""
    work = find_work(show_room(workspace), words)
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        for each in [way] if way else work.ways:
            key, label = release_key(work.workstream, each), f"to {each}: {work.name}"
            versions.put(change, TurnedDown(key=key, label=label, reason=reason[:_LONGEST_NAME]), at)
    return work.name
