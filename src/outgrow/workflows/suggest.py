"""Suggests what may be evidence; the person says yes, no, or changes it first. What was answered never comes back."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.analysis import suggestions
from outgrow.analysis.grouping import readable
from outgrow.analysis.suggestions import Done, Past, Stream, Suggestion
from outgrow.analysis.titles import normalise
from outgrow.model.activity import Role
from outgrow.model.evidence import Evidence
from outgrow.model.fault import Fault
from outgrow.model.judgement import Value
from outgrow.model.period import Period
from outgrow.model.turned_down import TurnedDown
from outgrow.reports.evidence import SuggestionView
from outgrow.store import activities, computed, firsts, journal, judgements, versions, workstreams
from outgrow.store.computed import TopicRow
from outgrow.store.database import Transaction
from outgrow.store.firsts import DaySpent
from outgrow.workflows.keep_evidence import write
from outgrow.workflows.period_work import while_computed
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace

#: So many are asked at a time.
FEW = 3
_DAYS = 90
_MOST_LINKED = 50
_MOST_SEEN_BY = 12


class NoSuchSuggestion(Fault):
    """What was named is not suggested, or no longer."""

    exit_code = 2

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This is not suggested any more: it was answered, or its work has changed.")


def suggest(workspace: Workspace, period: Period | None = None, most: int = FEW) -> tuple[SuggestionView, ...]:
    """Return what may be evidence, the most telling first: of a period, or of the last 90 days."""
    return tuple(view_of(each) for each in _open(workspace, period)[:most])


def view_of(each: Suggestion) -> SuggestionView:
    """Return a suggestion as it is shown."""
    return SuggestionView(each.key, each.kind.value, each.action, each.reason, each.on, each.hours, each.activity)


def draft(workspace: Workspace, key: str, period: Period | None = None) -> Evidence:
    """Return the evidence that a suggestion would become, for the person to change. Raises NoSuchSuggestion."""
    return _draft(workspace, _find(workspace, key, period))


def accept(
    workspace: Workspace,
    key: str,
    how: Callable[[Evidence], Evidence] = lambda draft: draft,
    period: Period | None = None,
) -> int:
    """Keep what was suggested as evidence, changed if need be; return its number.

    Raises NoSuchSuggestion and CannotKeep.
    """
    drafted = how(draft(workspace, key, period))
    with workspace.store.begin() as change:
        return write(change, workspace, drafted)


def turn_down(workspace: Workspace, key: str, reason: str = "", period: Period | None = None) -> SuggestionView:
    """Keep that something is no evidence, for good. Raises NoSuchSuggestion."""
    found = _find(workspace, key, period)
    with workspace.store.begin() as change:
        said = TurnedDown(key=key, label=found.action, reason=" ".join(reason.split()))
        versions.put(change, said, journal.moment(change, workspace.now))
    return view_of(found)


def _find(workspace: Workspace, key: str, period: Period | None) -> Suggestion:
    found = next((each for each in _open(workspace, period) if each.key == key), None)
    if found is None:
        raise NoSuchSuggestion
    return found


def _draft(workspace: Workspace, found: Suggestion) -> Evidence:
    linked: tuple[int, ...] = () if found.activity is None else (found.activity,)
    if not linked and found.workstream:
        with workspace.store.look() as view:
            latest = computed.latest(view, found.workstream, workspace.now, _MOST_LINKED)
        linked = tuple(each.activity for each in latest if found.since is None or each.day >= found.since)
    return Evidence(
        action=found.action,
        on=found.on,
        hours=round(found.hours, 2) if found.hours else None,
        seen_by=found.people[:_MOST_SEEN_BY],
        kind=found.evidence,
        activities=linked,
        suggestion=found.key,
    )


def _open(workspace: Workspace, period: Period | None) -> list[Suggestion]:
    """Return all that is not answered yet."""
    recount(workspace)
    chosen = period or Period(workspace.today - timedelta(days=_DAYS - 1), workspace.today)
    what = ("suggestions", chosen.first, chosen.last, workspace.today)
    return workspace.memory.recall(workspace.store.state(), what, lambda: _look(workspace, chosen))


def _look(workspace: Workspace, period: Period) -> list[Suggestion]:
    what = ("firsts", period.first, period.last, workspace.today)
    worked = while_computed(workspace, what, lambda tx: _firsts(tx, workspace, period))
    with workspace.store.look() as view:
        standing = judgements.standing(view, workspace.today)
        kept = versions.current(view, Evidence).values()
        outside = {each for each, said in standing.items() if said.value is Value.OUTSIDE}
        shown = {number for each in kept for number in each.activities}
        work = [each for each in worked if each.workstream not in outside and each.activity not in shown]
        growth = {each: said.since for each, said in standing.items() if said.value is Value.GROWTH}
        since = _shown_since(view, kept, without=standing.keys()) | growth
        spent = _spent(view, workspace, since.keys())
        grown = suggestions.of_growth(_streams(view, spent, growth), period.first, period.last)
        again = suggestions.of_repeats(_topics(spent, since), period.first, period.last)
        return suggestions.best([*work, *grown, *again], without=_answered(view, kept))


def _answered(tx: Transaction, kept: Iterable[Evidence]) -> set[str]:
    """Return the keys of what was turned down, and of what has become evidence."""
    return {each.key for each in versions.current(tx, TurnedDown).values()} | {each.suggestion for each in kept}


def _spent(tx: Transaction, workspace: Workspace, chosen: Collection[str]) -> list[DaySpent]:
    """Return the days of work that is growth by an answer, or that has none and there is evidence of."""
    return list(firsts.days_of(tx, chosen, workspace.now)) if chosen else []


def _streams(tx: Transaction, spent: Iterable[DaySpent], growth: Collection[str]) -> list[Stream]:
    """Return growth work by workstream: as the person calls it, or by its largest title."""
    names = workstreams.names(tx)
    found: dict[str, list[DaySpent]] = defaultdict(list)
    for each in spent:
        if each.workstream in growth:
            found[each.workstream].append(each)
    return [_stream(each, names.get(each) or _largest(days), days) for each, days in found.items()]


def _topics(spent: Iterable[DaySpent], since: Mapping[str, date]) -> list[Stream]:
    """Return the work by title from the day on from which its workstream is growth work, or there is evidence of it."""
    found: dict[tuple[str, str], list[DaySpent]] = defaultdict(list)
    for each in spent:
        if each.day >= since[each.workstream]:
            found[each.workstream, normalise(each.title)].append(each)
    return [_stream(workstream, readable(days[0].title), days) for (workstream, _), days in found.items()]


def _stream(workstream: str, name: str, spent: Sequence[DaySpent]) -> Stream:
    return Stream(workstream, name, sorted({each.day for each in spent}), sum(each.hours for each in spent))


def _largest(spent: Iterable[DaySpent]) -> str:
    sizes: dict[str, tuple[float, int]] = {}
    for each in spent:
        hours, days = sizes.get(each.title, (0.0, 0))
        sizes[each.title] = (hours + each.hours, days + 1)
    return readable(max(sizes, key=lambda title: (sizes[title], title)))


def _shown_since(tx: Transaction, kept: Iterable[Evidence], without: Collection[str]) -> dict[str, date]:
    """Return the workstreams that evidence is linked to, but for some, with the day of the first such evidence."""
    days: dict[int, date] = {}
    for each in kept:
        for number in each.activities:
            days[number] = min(each.on, days.get(number, each.on))
    counted = computed.counted(tx, days) if days else []
    streams = (
        {row.key: row.workstream for row in computed.topics(tx, {key for _, key, _ in counted})} if counted else {}
    )
    since: dict[str, date] = {}
    for number, key, _ in counted:
        workstream = streams[key]
        since[workstream] = min(days[number], since.get(workstream, days[number]))
    return {each: day for each, day in since.items() if each not in without}


def _firsts(tx: Transaction, workspace: Workspace, period: Period) -> list[Suggestion]:
    """Return the firsts of a period, answered or not."""
    done, topics = _done(tx, workspace, period), computed.topics(tx)
    return list(suggestions.of_firsts(done, _past(tx, period.first, done, topics)))


def _done(tx: Transaction, workspace: Workspace, period: Period) -> list[Done]:
    worked = {each.activity: each for each in computed.worked(tx, period, workspace.now)}
    streams = {row.key: row.workstream for row in computed.topics(tx, {each.key for each in worked.values()})}
    return [
        Done(
            each.id,
            date.fromordinal(worked[each.id].day),
            worked[each.id].hours,
            streams.get(worked[each.id].key, ""),
            each.activity,
        )
        for each in activities.by_ids(tx, worked)
    ]


@dataclass(frozen=True, slots=True)
class _Roles:
    """How often the same was met before by its title: led, or not known to be."""

    taken_part: Mapping[str, int]
    led: Mapping[str, int]


def _past(tx: Transaction, day: date, done: Sequence[Done], topics: Sequence[TopicRow]) -> Past:
    before = [row for row in topics if row.first_seen < day]
    people, with_people = firsts.people(tx, day) if any(each.activity.people for each in done) else (frozenset(), 0)
    projects = firsts.projects(tx, day) if any(each.activity.project for each in done) else frozenset[str]()
    roles = _roles(tx, day, done, before)
    return Past(
        first=min((row.first_seen for row in before if row.first_seen > date.min), default=None),
        kinds=len(before),
        parts=frozenset(part for row in before if (part := suggestions.part_named(row.title))),
        taken_part=roles.taken_part,
        led=roles.led,
        people=people,
        with_people=with_people,
        projects=projects,
        projects_before=len(projects),
    )


def _roles(tx: Transaction, day: date, done: Sequence[Done], before: Sequence[TopicRow]) -> _Roles:
    """Count the roles before of what was led in the days looked at."""
    led = {each.topic for each in done if each.activity.role is Role.LED}
    titles = {row.key: title for row in before if (title := normalise(row.title)) in led}
    counts: dict[bool, dict[str, int]] = {True: defaultdict(int), False: defaultdict(int)}
    for (key, role), number in (firsts.roles(tx, day, titles) if titles else {}).items():
        counts[role == Role.LED.value][titles[key]] += number
    return _Roles(counts[False], counts[True])
