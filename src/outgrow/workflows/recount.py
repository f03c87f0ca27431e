"""Brings what is computed up to date with what was imported and said: hours, weeks, workstreams.

Only days whose activities changed are counted again, and those on which something has begun since. Days after today
stay marked until they come.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from time import sleep

from outgrow.analysis import episodes, grouping, hours
from outgrow.analysis.grouping import Topic
from outgrow.model.period import Period
from outgrow.store import activities, computed, months, proposals, sources, uses, workstreams
from outgrow.store.activities import Stored
from outgrow.store.computed import TopicRow
from outgrow.store.database import Transaction
from outgrow.workflows.workspace import TakesLong, Workspace

_WEEK = timedelta(weeks=1)
_CLOSE_DAYS = 60
_ALWAYS = Period(date.min, date.max)
_AT_ONCE = 20_000  # activities: about a second
_FEWEST_DAYS = 14
_TURN = 0.12  # seconds: whoever waits to write to a file looks every tenth of a second whether it is free
_MOST_IN_HASTE = 3000  # activities: about a third of a second


def recount(workspace: Workspace) -> None:
    """Bring everything computed up to date; does nothing when it is. Raises TakesLong in a hasty workspace."""
    state = workspace.store.state()
    more = workspace.memory.recall(state and (state, workspace.now), "due", lambda: _is_due(workspace))
    while more:
        with workspace.store.begin() as change:
            more = _recount_some(change, workspace)
        if more:
            sleep(_TURN)


def _recount_some(change: Transaction, workspace: Workspace) -> bool:
    """Bring the earliest of much up to date, so that nobody waits long to write; return whether there is more."""
    part = _earliest(change, _stale(change, workspace))
    stale, pins = part.stale, workstreams.pins(change)
    pinned_anew = _pinned_anew(change, pins)
    fresh = _count(change, workspace, stale, until=part.until)
    if fresh.changed or pinned_anew or _begins_elsewhere(change, fresh, stale):
        _group_anew(change, workspace, stale, fresh, pins)
    _settle(change, stale, workspace.today)
    return part.more


@dataclass(frozen=True, slots=True)
class _Part:
    """Stale days that are counted in one go; if there is `more`, what begins after `until` (a Sunday) comes later."""

    stale: Sequence[Period]
    more: bool = False
    until: date = date.max


def _earliest(tx: Transaction, stale: Sequence[Period]) -> _Part:
    """Return the earliest days with as many activities as are counted in one go; all where they are no more."""
    if sum(activities.count(tx, each) for each in stale) <= _AT_ONCE:
        return _Part(stale)
    first = stale[0]
    while first.days > _FEWEST_DAYS and activities.count(tx, first) > _AT_ONCE:
        first = Period(first.first, _monday(first.first + timedelta(days=first.days // 2)) - timedelta(days=1))
    cut = first.last < stale[0].last
    return _Part([first], more=cut or len(stale) > 1, until=first.last if cut else date.max)


def rebuild(workspace: Workspace) -> None:
    """Drop everything computed and compute it again from what was imported and said."""
    with workspace.store.begin() as change:
        computed.drop(change)
    recount(workspace)


def _is_due(workspace: Workspace) -> bool:
    """Look whether anything is out of date, without keeping others from writing."""
    with workspace.store.look() as view:
        stale = _stale(view, workspace)
        if workspace.hasty and sum(activities.count(view, each) for each in stale) > _MOST_IN_HASTE:
            raise TakesLong
    return bool(stale) or workspace.memory.recall(
        workspace.store.state(), "pinned anew", lambda: _look_for_pins(workspace)
    )


def _look_for_pins(workspace: Workspace) -> bool:
    with workspace.store.look() as view:
        return _pinned_anew(view, workstreams.pins(view))


def _stale(tx: Transaction, workspace: Workspace) -> list[Period]:
    """Return the stale days up to today; stretches that hang on the same weeks are one."""
    today = workspace.today
    begun = computed.begun_since(tx, workspace.now)
    marked = [Period(each.first, min(each.last, today)) for each in computed.dirty(tx) if each.first <= today]
    stale: list[Period] = []
    for each in sorted([*marked, *([begun] if begun else [])], key=lambda period: period.first):
        last = max(each.last, stale[-1].last) if stale else each.last
        if stale and each.first.toordinal() - stale[-1].last.toordinal() <= _CLOSE_DAYS:
            stale[-1] = Period(stale[-1].first, last)
        else:
            stale.append(Period(each.first, last))
    return stale


def _settle(tx: Transaction, stale: Sequence[Period], today: date) -> None:
    computed.clean(tx, [Period(each.first, min(each.last, today)) for each in stale if each.first <= today])


@dataclass(slots=True)
class _Fresh:
    """What was counted anew: the activities that begin on stale days.

    `before` are the keys of the topics that had activities there before, `changed` of those that got or lost one.
    """

    begun: list[Stored] = field(default_factory=list)
    before: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


def _count(tx: Transaction, workspace: Workspace, stale: Iterable[Period], until: date = date.max) -> _Fresh:
    """Count the hours of the stale weeks anew, without keeping what begins after a day."""
    unlinked = sources.unlinked(tx)
    fresh = _Fresh(changed=uses.ahead(tx, workspace.now))
    computed.forget_ahead(tx, workspace.now)
    for period in stale:
        reach = _reach(period)
        months.forget(tx, reach.first, reach.last)
        found = _passed(workspace, activities.within(tx, reach))
        there = {number for (number,) in activities.columns(tx, "id", period=reach, gone=True, planned=True)}
        before = {(number, key) for number, key, _ in computed.counted(tx, there)}
        computed.forget_counted(tx, there - {stored.id for stored in found})
        _keep_hours(tx, period, found, unlinked, until)
        after = {(number, key) for number, key, _ in computed.counted(tx, there)}
        fresh.before |= {key for _, key in before}
        fresh.changed |= {key for _, key in before ^ after}
        if before != after:
            proposals.forget(tx, period.first.replace(day=1))
        fresh.begun += [stored for stored in found if stored.activity.start and stored.activity.start.date() in period]
    return fresh


def _reach(period: Period) -> Period:
    """Return the days whose activities the hours of a period hang on: a week more on either side counts them whole."""
    monday, last = _monday(period.first), _monday(period.last)
    first = monday - _WEEK if monday > date.min + _WEEK else monday
    return hours.reach(first, last + _WEEK if last < date.max - 2 * _WEEK else last)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _passed(workspace: Workspace, found: Iterable[Stored]) -> list[Stored]:
    """Leave out what has not begun yet."""
    return [stored for stored in found if stored.activity.start and stored.activity.start <= workspace.now]


def _keep_hours(
    tx: Transaction, period: Period, found: Sequence[Stored], unlinked: frozenset[tuple[int, int]], until: date
) -> None:
    done = [stored.activity for stored in found]
    keys = [grouping.key_of(activity) for activity in done]
    undone = _places(found, unlinked)
    pieces = hours.pieces(done, episodes.find(done, undone))
    totals = [0.0] * len(done)
    first, last = _monday(period.first), _monday(period.last)
    weeks: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for piece in pieces:
        totals[piece.activity] += piece.hours
        if first <= piece.week <= last:
            weeks[piece.week][keys[piece.activity]] += piece.hours
    counted = zip(found, keys, totals, strict=True)
    touched = [row for row in counted if _touches(row[0], period, until)]
    computed.put_counted(tx, [(stored.id, key, total) for stored, key, total in touched])
    computed.put_weeks(tx, first, last, weeks)


def _places(found: Sequence[Stored], unlinked: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Turn pairs of ids into pairs of places in the sequence."""
    if not unlinked:
        return frozenset()
    places = {stored.id: place for place, stored in enumerate(found)}
    pairs = (sorted((places[a], places[b])) for a, b in unlinked if a in places and b in places)
    return frozenset((first, second) for first, second in pairs)


def _touches(stored: Stored, period: Period, until: date) -> bool:
    """Whether the hours of an activity may hang on what changed in a period; nothing counts for longer than a week."""
    start = stored.activity.start
    last = min(period.last.toordinal() + 7, until.toordinal())
    return start is not None and period.first.toordinal() - 14 <= start.toordinal() <= last


def _pinned_anew(tx: Transaction, pins: Mapping[str, str]) -> bool:
    """Whether the person has placed a topic since it was grouped, or taken that back."""
    pinned = computed.pinned(tx)
    changed = {key for key in pins.keys() | pinned.keys() if pins.get(key) != pinned.get(key)}
    return bool(changed & pinned.keys()) or bool(changed and computed.topics(tx, changed))


def _pins_moved(rows: Iterable[TopicRow], pins: Mapping[str, str]) -> bool:
    """Whether a pin was taken away, or places a topic elsewhere than where it is."""
    return any(
        pins.get(row.key, "") not in {row.pin, row.workstream} or (row.pin and row.key not in pins) for row in rows
    )


def _begins_elsewhere(tx: Transaction, fresh: _Fresh, stale: Sequence[Period]) -> bool:
    """Whether a topic that keeps its activities begins earlier or later than before, since one of them has moved."""
    rows = computed.topics(tx, fresh.before)
    first_seen = {row.key: row.first_seen for row in rows}
    days = ((grouping.key_of(stored.activity), stored.activity.start) for stored in fresh.begun)
    earlier = any(start and key in first_seen and start.date() < first_seen[key] for key, start in days)
    begun = [row for period in stale for row in computed.topics_begun(tx, period)]
    return earlier or bool(_lost_beginnings(begun, fresh.begun, stale))


def _lost_beginnings(rows: Iterable[TopicRow], fresh: Iterable[Stored], stale: Sequence[Period]) -> set[str]:
    """Return the topics whose first activity is gone, so that their first use has to be looked for."""
    begun = {(grouping.key_of(s.activity), s.activity.start.date()) for s in fresh if s.activity.start}
    return {
        row.key
        for row in rows
        if any(row.first_seen in period for period in stale) and (row.key, row.first_seen) not in begun
    }


def _group_anew(
    tx: Transaction, workspace: Workspace, stale: Sequence[Period], fresh: _Fresh, pins: Mapping[str, str]
) -> None:
    """Put every topic into its workstream; those before the first that came, went or changed stay where they are."""
    old = {row.key: row for row in computed.topics(tx)}
    topics = _topics_now(tx, workspace, old, fresh, _lost_beginnings(old.values(), fresh.begun, stale))
    known = {} if _pins_moved(old.values(), pins) else _known(old, topics)
    settled = known.keys() == topics.keys()
    _keep(tx, old, topics, known if settled else grouping.group(list(topics.values()), pins, known), pins)


def _topics_now(
    tx: Transaction, workspace: Workspace, old: Mapping[str, TopicRow], fresh: _Fresh, lost: Collection[str]
) -> dict[str, Topic]:
    """Return the topics there are, each with the title of its first use and its present weight."""
    elsewhere = _passed(workspace, activities.by_ids(tx, uses.there(tx, lost))) if lost else []
    begun = [*fresh.begun, *(stored for stored in elsewhere if grouping.key_of(stored.activity) in lost)]
    topics = _topics((row for key, row in old.items() if key not in lost), begun)
    numbers = uses.number(tx, fresh.changed | (topics.keys() - old.keys()))
    for key in fresh.changed - numbers.keys():
        topics.pop(key, None)
    return topics | {
        key: replace(topic, weight=float(weight))
        for key, topic in topics.items()
        if (weight := numbers[key] if key in numbers else old[key].weight) != topic.weight
    }


def _topics(rows: Iterable[TopicRow], fresh: Iterable[Stored]) -> dict[str, Topic]:
    """Return the topics that are known and those that came, each with the title of its first use."""
    topics = {row.key: Topic(row.key, row.title, row.first_seen, row.weight, row.context) for row in rows}
    for topic in grouping.topics_of(stored.activity for stored in fresh):
        if topic.key not in topics or topic.first_seen <= topics[topic.key].first_seen:
            topics[topic.key] = topic
    return topics


def _known(old: Mapping[str, TopicRow], topics: Mapping[str, Topic]) -> dict[str, str]:
    """Return where the topics are that began in a month before any came, went, or got another beginning."""
    changed = [key for key in old.keys() | topics.keys() if _begins(old.get(key)) != _begins(topics.get(key))]
    days = (each.first_seen for key in changed for each in (old.get(key), topics.get(key)) if each)
    since = min(days, default=date.max).replace(day=1)
    return {key: row.workstream for key, row in old.items() if row.first_seen < since or not changed}


def _begins(topic: Topic | TopicRow | None) -> tuple[str, date, str] | None:
    """Return what the grouping of a topic hangs on."""
    return (topic.title, topic.first_seen, topic.context) if topic else None


def _keep(
    tx: Transaction,
    old: Mapping[str, TopicRow],
    topics: Mapping[str, Topic],
    found: Mapping[str, str],
    pins: Mapping[str, str],
) -> None:
    """Keep the topics that have changed, and name their workstreams anew."""
    rows = (_row(topic, found[key], pins.get(key, "")) for key, topic in topics.items())
    changed = [row for row in rows if old.get(row.key) != row]
    gone = old.keys() - topics.keys()
    if changed or gone:
        computed.put_topics(tx, changed, gone)
        left = {old[key].workstream for key in {*gone, *(row.key for row in changed)} & old.keys()}
        moved = left | {row.workstream for row in changed}
        computed.put_workstream_names(tx, _names(topics, found, moved, computed.workstream_names(tx)))


def _row(topic: Topic, workstream: str, pin: str) -> TopicRow:
    return TopicRow(topic.key, topic.title, topic.first_seen, topic.weight, topic.context, workstream, pin)


def _names(
    topics: Mapping[str, Topic], assignment: Mapping[str, str], moved: Collection[str], named: Mapping[str, str]
) -> dict[str, str]:
    """Name the workstreams whose topics changed; the others keep their names."""
    members = [topic for key, topic in topics.items() if assignment[key] in moved]
    kept = {workstream: name for workstream, name in named.items() if workstream not in moved}
    return kept | grouping.names(members, {topic.key: assignment[topic.key] for topic in members})
