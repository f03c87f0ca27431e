"""Hours: every minute of a person's life is counted once.

    time entry     |--------|                 rank 3: 60 minutes
    app usage          |--------|             rank 2: what the time entry leaves
    meeting                 |-------|  |---|  rank 1: what both leave
    meeting                            |---|  the same minutes twice: half each

Within a stretch that is covered by the same activities, only those of the highest rank count, and they share it. What
activities of one rank have been given until an instant is therefore one rising curve, and the hours of an activity are
the difference of that curve between its end and its start: no pair of activities is ever looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.episodes import Episode
from outgrow.model.activity import Activity, Kind, Precision, State
from outgrow.model.period import Period
from outgrow.model.share import Unit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

_RANKS = {Kind.MEETING: 1, Kind.APP_USAGE: 2, Kind.TIME_ENTRY: 3, Kind.MANUAL: 3}
_STATED = 3  # the rank of what the person measured or stated
_HOUR = 3600.0
_DAY = 24 * _HOUR
_WEEK = 7 * _DAY
_MONDAY = date(1969, 12, 29)  # the Monday before the epoch, 3 days
_BEFORE_EPOCH = 3 * _DAY
_LONGEST = {1: _DAY, 2: 7 * _DAY, 3: 7 * _DAY}  # by rank: from here on it says when and not how long
_FREE = "free"  # the tag of what a calendar shows as taking none of the person's time
_LEEWAY = timedelta(days=8)  # the longest there is, and a day for the offsets of places


class Piece(NamedTuple):
    """The hours of one activity (its number in the sequence given) in the ISO week that begins on `week`."""

    activity: int
    week: date
    hours: float


@dataclass(frozen=True, slots=True)
class _Spans:
    """Stretches of clock time in seconds, each within one week: whose, when, in which week, of what rank.

    `worth` is the measured part of the stretch (a tracker that was paused measured less than it spans).
    """

    owner: IntArray
    start: FloatArray
    end: FloatArray
    week: IntArray
    rank: IntArray
    worth: FloatArray


def count(activities: Sequence[Activity], episodes: Iterable[Episode] = ()) -> list[float]:
    """Return the hours of each activity.

    Declined, cancelled and planned activities have none, nor have those shown as free time, nor commits, issues, tasks
    and notes, nor anything whose duration is not known. Meetings of a day and clocks that ran for a week say when, not
    how long. What has minutes but no clock counts in full; clocked activities of lower rank in its episode count what
    it leaves.
    """
    hours = [0.0] * len(activities)
    for piece in pieces(activities, episodes):
        hours[piece.activity] += piece.hours
    return hours


def pieces(activities: Sequence[Activity], episodes: Iterable[Episode] = ()) -> list[Piece]:
    """Return the hours of each activity in each ISO week of its own local time; their sums are those of `count`."""
    spans = _spans(activities)
    clocked = _swept(spans) * spans.worth / _HOUR
    unclocked = {n: hours for n, activity in enumerate(activities) if (hours := _unclocked_hours(activity))}
    sums = np.bincount(spans.owner, clocked, len(activities)).astype(np.float64)
    factor = _once(activities, episodes, sums, unclocked)
    parts = zip(spans.owner.tolist(), spans.week.tolist(), (clocked * factor[spans.owner]).tolist(), strict=True)
    timed = [Piece(owner, _MONDAY + timedelta(weeks=week), hours) for owner, week, hours in parts if hours > 0]
    stated = [Piece(n, week_of(activities[n]), hours * factor[n]) for n, hours in unclocked.items()]
    return timed + [piece for piece in stated if piece.hours > 0]


def weeks(counted: Iterable[Piece], workstreams: Sequence[str]) -> dict[tuple[date, str], float]:
    """Return the hours per ISO week and workstream; `workstreams` has that of each activity."""
    sums: dict[tuple[date, str], float] = defaultdict(float)
    for activity, week, hours in counted:
        sums[week, workstreams[activity]] += hours
    return dict(sums)


def unit(hours: Iterable[float]) -> Unit:
    """Return what a share of these activities is a share of: items, where nothing measures time."""
    return Unit.HOURS if any(hours) else Unit.ITEMS


def week_of(activity: Activity) -> date:
    """Return the Monday of the week in which an activity begins; the first of all where it has no time."""
    return _week_start(activity.start.date() if activity.start else date.min)


def _week_start(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _clock(activity: Activity) -> tuple[float, float, float, int, float] | None:
    """Return start, end and offset in seconds, rank and worth of what counts by the clock."""
    rank = 0 if _FREE in activity.tags else _RANKS.get(activity.kind, 0)
    if not (rank and activity.start and activity.state is State.DONE and (activity.minutes or 0) > 0):
        return None
    if activity.precision in {Precision.DAY, Precision.NONE}:
        return None
    measured = 60 * (activity.minutes or 0)
    start = activity.start.timestamp()
    end = activity.end.timestamp() if activity.end else start + measured
    if not 0 < end - start < _LONGEST[rank]:
        return None
    offset = (activity.start.utcoffset() or timedelta()).total_seconds()
    return start, end, offset, rank, min(1.0, measured / (end - start))


def _unclocked_hours(activity: Activity) -> float:
    """Return the hours that are stated for a day and not by the clock."""
    stated = _RANKS.get(activity.kind) == _STATED and activity.state is State.DONE
    clocked = activity.start is not None and activity.precision not in {Precision.DAY, Precision.NONE}
    return max(0.0, activity.minutes or 0) / 60 if stated and not clocked else 0.0


def _spans(activities: Sequence[Activity]) -> _Spans:
    """Return the clock times that count, each cut where a new week begins in its own local time."""
    known = [(n, *clock) for n, activity in enumerate(activities) if (clock := _clock(activity))]
    table = np.array(known, np.float64).reshape(-1, 6)
    owner, start, end, offset, rank, worth = table.T
    shift = offset + _BEFORE_EPOCH
    first = np.floor((start + shift) / _WEEK)
    cuts = (np.ceil((end + shift) / _WEEK) - first).astype(np.intp)
    row = np.repeat(np.arange(len(table)), cuts)
    week = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    return _Spans(
        owner=owner[row].astype(np.intp),
        start=np.maximum(start[row], week * _WEEK - shift[row]),
        end=np.minimum(end[row], (week + 1) * _WEEK - shift[row]),
        week=week.astype(np.intp),
        rank=rank[row].astype(np.intp),
        worth=worth[row],
    )


def _swept(spans: _Spans) -> FloatArray:
    """Return the seconds each span is given."""
    given = np.zeros(len(spans.owner))
    instants = np.unique(np.concatenate([spans.start, spans.end]))
    lengths = np.diff(instants)
    free = np.ones(len(lengths), np.bool_)
    for rank in (3, 2, 1):
        of_rank = spans.rank == rank
        starts = np.searchsorted(instants, spans.start[of_rank])
        ends = np.searchsorted(instants, spans.end[of_rank])
        active = _active(starts, ends, len(instants))
        share = np.where(free & (active > 0), lengths / np.maximum(active, 1), 0)
        curve = np.concatenate([[0], np.cumsum(share)])
        given[of_rank] = curve[ends] - curve[starts]
        free &= active == 0
    return given


def _active(starts: IntArray, ends: IntArray, size: int) -> IntArray:
    """Return how many spans cover each of the stretches between `size` instants."""
    changes = np.bincount(starts, minlength=size) - np.bincount(ends, minlength=size)
    return np.cumsum(changes)[: max(0, size - 1)]


def _once(
    activities: Sequence[Activity], episodes: Iterable[Episode], clocked: FloatArray, unclocked: Mapping[int, float]
) -> FloatArray:
    """Return the part of its hours that each activity keeps once episodes with hours but no clock count once.

    The stated hours of an episode count beyond what its own clocked time entries show, and the lower ranks count what
    the stated hours leave.
    """
    factor = np.ones(len(activities))
    for episode in episodes:
        stated = [n for n in episode.members if n in unclocked]
        if not stated:
            continue
        timed = [n for n in episode.members if n not in unclocked]
        entries = [n for n in timed if _RANKS.get(activities[n].kind) == _STATED]
        lower = [n for n in timed if _RANKS.get(activities[n].kind) != _STATED]
        total = sum(unclocked[n] for n in stated)
        beyond = max(0.0, total - float(clocked[entries].sum()))
        factor[stated] = beyond / total
        factor[lower] = max(0.0, 1 - beyond / max(float(clocked[lower].sum()), 1e-9))
    return factor


def dirty_weeks(changed: Iterable[Activity]) -> set[date]:
    """Return the weeks in which hours may be others after activities came, changed or went.

    Give both versions of those that changed. A day on either side stands for the offsets of places and for episodes.
    """
    dirty: set[date] = set()
    for activity in changed:
        clock = _clock(activity)
        start = activity.start.date() if activity.start else date.min
        length = timedelta(seconds=clock[1] - clock[0]) if clock else timedelta()
        last = _week_start(_moved(start, length + timedelta(days=2)))
        week = _week_start(_moved(start, -timedelta(days=1)))
        while week < last:
            dirty.add(week)
            week += timedelta(weeks=1)
        dirty.add(last)
    return dirty


def reach(first: date, last: date) -> Period:
    """Return the local days in which all activities begin that the hours of these weeks (their Mondays) hang on.

    Recounting means: take the activities that begin on these days, find their episodes, and keep the pieces of the
    weeks from `first` to `last`. Activities that began before the weeks are among them, for nothing counts longer than
    a week.
    """
    return Period(_moved(first, -_LEEWAY), _moved(last, timedelta(days=6) + _LEEWAY))


def _moved(day: date, by: timedelta) -> date:
    """Return another day, or the first or last there is."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max
