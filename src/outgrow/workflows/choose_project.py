"""Sets projects side by side, chooses one with its prediction, and compares later with what came of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from outgrow.analysis import outgrown, project_choice
from outgrow.analysis.alike import alike
from outgrow.analysis.capabilities import Entry
from outgrow.analysis.project_choice import LEAST_HOURS, Earlier, Foreseen, LikeWork, answered, foresee
from outgrow.analysis.readiness import RowState
from outgrow.model.candidate import Came, Candidate, Prediction
from outgrow.model.capability import CapabilityState
from outgrow.model.period import Period
from outgrow.reports.next_level import NextView
from outgrow.reports.project_choice import (
    BuildKind,
    BuildLine,
    CameView,
    CapabilityName,
    LikeView,
    ProjectsView,
    ProjectView,
)
from outgrow.store import named_work
from outgrow.workflows.judged_work import JudgedWork, judged_work
from outgrow.workflows.keep_ledger import Ledger, read_ledger
from outgrow.workflows.keep_projects import keep_choice, keep_outcome, read_projects, refuse, standing
from outgrow.workflows.read_said import read_said
from outgrow.workflows.recount import recount
from outgrow.workflows.show_next import show_next
from outgrow.workflows.weigh_answers import read_calibration, read_told, weigh_other
from outgrow.workflows.workspace import Workspace

_BACK = timedelta(days=730)
#: A project without a last day is looked back on so long after it was chosen.
LOOK_BACK = timedelta(days=90)
_SAME_NAME = 0.6  # similarity from which on a capability in words is taken for one of the ledger
_NAMES = 3
_MOST_NOTE = 1000
_ALL = 100.0
_OPEN = frozenset({RowState.NO_EVIDENCE, RowState.BEGUN, RowState.NO_CHANCE})


def show_projects(workspace: Workspace) -> ProjectsView:
    """Return all projects side by side. Raises TakesLong in a hasty workspace."""
    recount(workspace)
    what = ("projects", workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _show(workspace))


def follow_ups_due(workspace: Workspace) -> list[tuple[int, Candidate]]:
    """Return the chosen projects that it is time to look back on, with their numbers; nothing is computed for it."""
    return [(number, each) for number, each in read_projects(workspace).items() if _is_due(each, workspace.today)]


def choose(workspace: Workspace, number: int) -> ProjectView:
    """Choose a project: what is foreseen of it today is kept. Raises NoSuchProject."""
    with workspace.store.look() as view:
        standing(view, number)
    found = _found(show_projects(workspace), number)
    foreseen = Prediction(on=workspace.today, share=found.share, low=found.low, high=found.high, hours=found.hours)
    keep_choice(workspace, number, foreseen)
    return found


def look_back(workspace: Workspace, number: int, share: str = "", note: str = "") -> ProjectView:
    """Keep what came of a chosen project: as it is measured, or the share of growth work in the person's own word.

    `share` is in percent. Raises NoSuchProject and CannotKeepProject.
    """
    own, said = _percent(share), " ".join(note.split())
    if len(said) > _MOST_NOTE:
        refuse("note", f"Say it in at most {_MOST_NOTE:,} characters.")
    recount(workspace)
    with workspace.store.look() as view:
        candidate, ledger = standing(view, number), read_ledger(view)
    came = _came(workspace, candidate, ledger)
    if own is not None:
        came = replace(came, share=own, low=None, high=None, own_word=True)
    keep_outcome(workspace, number, replace(came, note=said))
    return _found(show_projects(workspace), number)


def _found(view: ProjectsView, number: int) -> ProjectView:
    return next(each for each in (*view.candidates, *view.chosen, *view.past) if each.number == number)


def _percent(said: str) -> float | None:
    words = said.strip().removesuffix("%").strip().replace(",", ".")
    if not words:
        return None
    value = float(words) if words.isascii() and words.replace(".", "", 1).isdecimal() else -1.0
    if not 0 <= value <= _ALL:
        refuse("share", f"{said[:60]!r} is no share: say a number of percent from 0 to 100.")
    return value / _ALL


@dataclass(frozen=True, slots=True)
class _Ground:
    """What projects are held against: the ledger, the step, the work of two years, and what came of earlier ones."""

    today: date
    ledger: Ledger
    step: NextView | None
    work: JudgedWork | None
    earlier: Sequence[Earlier]


def _show(workspace: Workspace) -> ProjectsView:
    candidates = read_projects(workspace)
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    asks = any(each.chosen is None for each in candidates.values())
    ground = _Ground(
        today=workspace.today,
        ledger=ledger,
        step=show_next(workspace),
        work=_work(workspace) if asks else None,
        earlier=[each for each in map(_earlier, candidates.values()) if each],
    )
    views = [_view(workspace, number, each, ground) for number, each in candidates.items()]
    views.sort(key=lambda each: (-each.hours, each.number))
    open_ = [each for each in views if each.chosen is None]
    best = project_choice.apart([Foreseen(each.share, each.low, each.high) for each in open_])
    return ProjectsView(
        today=workspace.today,
        candidates=tuple(open_),
        chosen=tuple(each for each in views if each.chosen and each.came is None),
        past=tuple(each for each in views if each.came),
        clearest=None if best is None else open_[best].number,
        record=project_choice.record(ground.earlier),
    )


def _work(workspace: Workspace) -> JudgedWork:
    first = workspace.today - _BACK if workspace.today > date.min + _BACK else date.min
    return judged_work(workspace, Period(first, workspace.today), read_told(workspace), propose=False)


def _earlier(candidate: Candidate) -> Earlier | None:
    """Return how the prediction of a project fared; None where nothing tells."""
    foreseen, came = candidate.chosen, candidate.came
    if foreseen is None or came is None or came.share is None:
        return None
    return Earlier(foreseen.share, foreseen.low, foreseen.high, came.share)


def _is_due(candidate: Candidate, today: date) -> bool:
    if candidate.chosen is None or candidate.came is not None:
        return False
    return (candidate.last or candidate.chosen.on + LOOK_BACK) < today


def _view(workspace: Workspace, number: int, candidate: Candidate, ground: _Ground) -> ProjectView:
    like, names = _like(candidate, ground.work)
    told = foresee(answered(candidate), like, ground.earlier)
    if candidate.chosen:
        told = Foreseen(candidate.chosen.share, candidate.chosen.low, candidate.chosen.high)
    builds = tuple(_builds(candidate, ground))
    so_far = _came(workspace, candidate, ground.ledger) if candidate.chosen and candidate.came is None else None
    return ProjectView(
        number=number,
        name=candidate.name,
        about=candidate.about,
        hours=candidate.hours,
        first=candidate.first,
        last=candidate.last,
        grows=candidate.grows,
        reasons=candidate.reasons,
        people=candidate.people,
        area=candidate.area,
        mode=candidate.mode,
        seen_by=candidate.seen_by,
        share=told.share,
        low=told.low,
        high=told.high,
        kind=told.kind,
        builds=builds,
        gains=sum(each.kind is not BuildKind.THERE for each in builds),
        like=LikeView(like.growth, like.depth, names) if like.hours >= LEAST_HOURS else None,
        chosen=candidate.chosen.on if candidate.chosen else None,
        due=_is_due(candidate, ground.today),
        so_far=_came_view(so_far, ground.ledger),
        came=_came_view(candidate.came, ground.ledger),
    )


def _like(candidate: Candidate, work: JudgedWork | None) -> tuple[LikeWork, tuple[str, ...]]:
    """Return the answered work whose name is like that of a project, or has the words in it that it is known by."""
    if work is None or candidate.chosen:
        return LikeWork(), ()
    names = [work.name(each) for each in work.workstreams]
    folded = [each.casefold() for each in names]
    known = {place for each in candidate.known_by for place, name in enumerate(folded) if each.casefold() in name}
    places = sorted({*alike(candidate.name, names), *known}) if names else []
    return project_choice.like_work(work.judged, places), tuple(names[place] for place in places[:_NAMES])


def _builds(candidate: Candidate, ground: _Ground) -> list[BuildLine]:
    lines = [_new(words, ground.ledger.entries) for words in candidate.builds]
    entries = {ground.ledger.root(each) for each in candidate.capabilities} & ground.ledger.entries.keys()
    lines += [_further(ground.ledger.entries[number]) for number in sorted(entries)]
    wanted = {each.expectation for each in candidate.expectations if ground.step and each.ladder == ground.step.ladder}
    rows = ground.step.rows if ground.step else ()
    for row in rows:
        if row.id in wanted:
            kind = BuildKind.GAP if row.state in _OPEN else BuildKind.THERE
            lines.append(BuildLine(kind, row.text, f"asked for by the next level, {row.state}"))
    return lines


def _new(words: str, entries: Mapping[int, Entry]) -> BuildLine:
    """Say of a capability in words whether the ledger has one that is called so."""
    known = list(entries.values())
    same = alike(words, [each.name for each in known], _SAME_NAME) if known else []
    if not same:
        return BuildLine(BuildKind.NEW, words, "new in your ledger")
    found = _further(known[same[0]])
    return replace(found, what=words, why=f"much like {known[same[0]].name}: {found.why}")


def _further(entry: Entry) -> BuildLine:
    if entry.state is CapabilityState.TAUGHT:
        return BuildLine(BuildKind.THERE, entry.name, "you teach it already", entry.number)
    return BuildLine(BuildKind.FURTHER, entry.name, f"{entry.state} so far, may come further", entry.number)


def _came(workspace: Workspace, candidate: Candidate, ledger: Ledger) -> Came:
    """Return what came of a project by today: its work by what it is called, and what the ledger gained by it."""
    first = candidate.first or (candidate.chosen.on if candidate.chosen else workspace.today)
    last = max(first, min(candidate.last or workspace.today, workspace.today))
    period = Period(first, last)
    with workspace.store.look() as view:
        ids = named_work.named(view, period, candidate.known_by or (candidate.name,))
    done = judged_work(workspace, period, read_told(workspace), propose=False)
    own = project_choice.of_project(done.judged, ids)
    told = weigh_other(own, read_calibration(workspace), done.unit, workspace.settings.target) if own.answers else None
    streams = {done.workstreams[number] for number, _, _ in own.sums()}
    evidence = _evidence(candidate, ledger, period, ids)
    turned = [each.workstream for each in outgrown.outgrown(read_said(workspace).judgements) if each.turned in period]
    return Came(
        on=workspace.today,
        hours=own.hours,
        items=len(ids),
        share=told.mean if told else None,
        low=told.low if told else None,
        high=told.high if told else None,
        gained=tuple(_gained(candidate, ledger, period, evidence, streams)),
        evidence=len(evidence),
        outgrown=tuple(done.name(each) for each in turned if each in streams),
    )


def _evidence(candidate: Candidate, ledger: Ledger, period: Period, ids: Collection[int]) -> set[int]:
    """Return the evidence of the days of a project that shows its work, or what it was to build."""
    wanted, asked = {ledger.root(each) for each in candidate.capabilities}, {*candidate.expectations}
    return {
        number
        for number, each in ledger.evidence.items()
        if each.on in period
        and (
            not {*each.activities}.isdisjoint(ids)
            or not wanted.isdisjoint(map(ledger.root, each.capabilities))
            or not asked.isdisjoint(each.expectations)
        )
    }


def _gained(
    candidate: Candidate, ledger: Ledger, period: Period, evidence: Collection[int], streams: Collection[str]
) -> list[int]:
    """Return the entries that reached a state in the days of a project and belong to it."""
    wanted = {ledger.root(each) for each in candidate.capabilities}
    found = [each for each in ledger.entries.values() if any(day in period for _, day in each.firsts)]
    named = {
        found[place].number
        for words in candidate.builds
        for place in (alike(words, [each.name for each in found], _SAME_NAME) if found else ())
    }
    return [
        each.number
        for each in found
        if each.number in wanted | named
        or not {*each.evidence}.isdisjoint(evidence)
        or not {*each.workstreams}.isdisjoint(streams)
    ]


def _came_view(came: Came | None, ledger: Ledger) -> CameView | None:
    if came is None:
        return None
    roots = dict.fromkeys(ledger.root(each) for each in came.gained)
    entries = [ledger.entries[each] for each in roots if each in ledger.entries]
    return CameView(
        on=came.on,
        hours=came.hours,
        items=came.items,
        share=came.share,
        low=came.low,
        high=came.high,
        own_word=came.own_word,
        gained=tuple(CapabilityName(each.number, each.name) for each in entries),
        evidence=came.evidence,
        outgrown=came.outgrown,
        note=came.note,
    )
