"""Hours are counted once, against a twin that looks at every minute."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis import episodes, hours
from outgrow.analysis.episodes import Episode
from outgrow.analysis.hours import Piece
from outgrow.model.activity import Activity, Kind, Precision, State
from outgrow.model.share import Unit

Make = Callable[..., Activity]

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (BERLIN, UTC, ZoneInfo("Pacific/Kiritimati"), timezone(timedelta(hours=-9, minutes=-30)))
RANK = {Kind.MEETING: 1, Kind.APP_USAGE: 2, Kind.TIME_ENTRY: 3, Kind.MANUAL: 3}
CHANGES = (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC))  # both weeks end here

NINE = datetime(2026, 5, 4, 9, tzinfo=BERLIN)

modest = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def days(draw: st.DrawFn, make: Make) -> list[Activity]:
    """Draw activities that crowd around the end of a week in which the clock changes."""
    begin = draw(st.sampled_from(CHANGES))
    one = st.tuples(
        st.integers(0, 900), st.integers(1, 400), st.sampled_from(ZONES), st.sampled_from(Kind), st.sampled_from(State)
    )
    return [
        make(str(n), (begin + timedelta(minutes=after)).astimezone(zone), length, kind=kind, state=state)
        for n, (after, length, zone, kind, state) in enumerate(draw(st.lists(one, max_size=9)))
    ]


def minutes_of(one: Activity) -> range:
    """Return the minutes since the epoch that an activity counts for, if nothing else does."""
    if one.state is not State.DONE or one.kind not in RANK or one.start is None or one.end is None:
        return range(0)
    return range(int(one.start.timestamp() // 60), int(one.end.timestamp() // 60))


def minute_by_minute(activities: Sequence[Activity]) -> dict[tuple[int, date], float]:
    """Count hours per activity and week by looking at every minute: the slow twin."""
    covered: dict[int, list[int]] = defaultdict(list)
    for n, one in enumerate(activities):
        for minute in minutes_of(one):
            covered[minute].append(n)
    found: dict[tuple[int, date], float] = defaultdict(float)
    for minute, those in covered.items():
        best = max(RANK[activities[n].kind] for n in those)
        first = [n for n in those if RANK[activities[n].kind] == best]
        for n in first:
            start = activities[n].start
            assert start is not None
            local = datetime.fromtimestamp(minute * 60, timezone(start.utcoffset() or timedelta())).date()
            found[n, local - timedelta(days=local.weekday())] += 1 / 60 / len(first)
    return found


def table(pieces: Sequence[Piece]) -> dict[tuple[int, date], float]:
    return {(piece.activity, piece.week): round(piece.hours, 6) for piece in pieces}


@pytest.mark.promise("P13")
@modest
@given(data=st.data())
def test_counts_as_minute_by_minute(activity: Make, data: st.DataObject) -> None:
    drawn = data.draw(days(activity))
    assert table([Piece(*at, found) for at, found in minute_by_minute(drawn).items()]) == table(hours.pieces(drawn))


@pytest.mark.promise("P13")
@modest
@given(data=st.data())
def test_the_total_is_the_length_of_the_union(activity: Make, data: st.DataObject) -> None:
    drawn = data.draw(days(activity))
    union = set().union(*(minutes_of(one) for one in drawn))
    assert sum(hours.count(drawn)) == pytest.approx(len(union) / 60)


@modest
@given(data=st.data())
def test_order_does_not_matter(activity: Make, data: st.DataObject) -> None:
    drawn = data.draw(days(activity))
    shuffled = data.draw(st.permutations(range(len(drawn))))
    counted = hours.count(drawn)
    assert hours.count([drawn[n] for n in shuffled]) == pytest.approx([counted[n] for n in shuffled])


@modest
@given(data=st.data())
def test_recounting_dirty_weeks_is_counting_everything(activity: Make, data: st.DataObject) -> None:
    far = timedelta(days=21)
    drawn = [
        *data.draw(days(activity)),
        *(activity("long", CHANGES[0] + n * far / 3, 60 * 24 * 6, kind=Kind.TIME_ENTRY) for n in range(-3, 4)),
    ]
    changed = activity("moved", CHANGES[0], 300)
    later = replace(changed, start=CHANGES[0] + far / 2, end=CHANGES[0] + far / 2 + timedelta(hours=5))
    before, after = [changed, *drawn], [later, *drawn]
    dirty = hours.dirty_weeks([changed, later])
    reach = hours.reach(min(dirty), max(dirty))
    near = [n for n, one in enumerate(after) if one.start and one.start.date() in reach]
    again = hours.pieces([after[n] for n in near], episodes.find([after[n] for n in near]))
    recounted = [Piece(near[piece.activity], piece.week, piece.hours) for piece in again if piece.week in dirty]
    kept = [piece for piece in hours.pieces(before, episodes.find(before)) if piece.week not in dirty]
    everything = hours.pieces(after, episodes.find(after))
    assert table(sorted(kept + recounted)) == table(sorted(everything))


@pytest.mark.parametrize(
    ("day", "minutes", "weeks"),
    [(6, 60, [4]), (4, 60, [27, 4]), (8, 60, [4]), (10, 60, [4, 11]), (8, 60 * 24 * 6, [4, 11])],
)
def test_weeks_a_day_away_are_dirty_too(activity: Make, day: int, minutes: int, weeks: list[int]) -> None:
    changed = activity("x", datetime(2026, 5, day, 9, tzinfo=BERLIN), minutes)
    assert sorted(hours.dirty_weeks([changed])) == [date(2026, 4 if week > 20 else 5, week) for week in weeks]


def test_a_time_entry_goes_before_app_usage_and_that_before_a_meeting(activity: Make) -> None:
    counted = hours.count([
        activity("meeting", NINE, 180, kind=Kind.MEETING),
        activity("app", NINE, 120, kind=Kind.APP_USAGE),
        activity("entry", NINE, 60),
    ])  # fmt: skip
    assert counted == pytest.approx([1, 1, 1])


def test_double_bookings_are_split(activity: Make) -> None:
    meetings = [activity(title, NINE, 60, kind=Kind.MEETING) for title in "abc"]
    assert hours.count(meetings) == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("state", [State.DECLINED, State.CANCELLED, State.PLANNED])
def test_what_did_not_take_place_leaves_its_time_to_others(activity: Make, state: State) -> None:
    counted = hours.count([activity("off", NINE, 60, state=state), activity("on", NINE, 60, kind=Kind.MEETING)])
    assert counted == pytest.approx([0, 1])


def test_what_a_calendar_shows_as_free_takes_no_time(activity: Make) -> None:
    free = activity("Lotte away", NINE, 60, kind=Kind.MEETING, tags=("free",))
    assert hours.count([free, activity("Review", NINE, 60, kind=Kind.MEETING)]) == pytest.approx([0, 1])


@pytest.mark.parametrize("kind", [Kind.COMMIT, Kind.TASK_DONE, Kind.ISSUE_EVENT, Kind.NOTE])
def test_evidence_of_work_has_no_hours(activity: Make, kind: Kind) -> None:
    assert hours.count([activity("x", datetime(2026, 5, 4, 9, tzinfo=BERLIN), 60, kind=kind)]) == [0]


def test_an_hour_that_the_clock_repeats_counts_and_one_it_skips_does_not(activity: Make) -> None:
    fold = activity("fold", datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN))
    fold = replace(fold, end=datetime(2026, 10, 25, 4, tzinfo=BERLIN), minutes=270)
    gap = replace(
        fold, start=datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), end=datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN)
    )
    assert hours.count([fold, gap]) == pytest.approx([4.5, 1])


def test_no_negative_zero_or_missing_duration_is_filled_in(activity: Make) -> None:
    hour = activity("x", NINE, 60)
    assert hours.count([
        replace(hour, end=NINE),
        replace(hour, end=NINE - timedelta(hours=1)),
        replace(hour, minutes=None),
        replace(hour, minutes=-60),
        replace(hour, start=None, end=None, minutes=None),
    ]) == [0] * 5  # fmt: skip


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("zone", ZONES)
def test_the_first_and_last_years_count(activity: Make, year: int, zone: timezone | ZoneInfo) -> None:
    month, day = (1, 1) if year == 1 else (12, 31)
    noon = datetime(year, month, day, 12, tzinfo=zone)
    edge = datetime(year, month, day, 0 if year == 1 else 22, tzinfo=zone)
    drawn = [
        replace(activity(str(n), None, 60), start=at, end=at + timedelta(hours=1)) for n, at in enumerate((noon, edge))
    ]
    assert hours.count(drawn, episodes.find(drawn)) == pytest.approx([1, 1])
    assert hours.dirty_weeks(drawn)
    assert hours.reach(date.min, date.min).first == date.min
    assert hours.reach(hours.week_of(drawn[0]), hours.week_of(drawn[0])).days > 8


def test_a_block_of_days_says_when_and_not_how_long(activity: Make) -> None:
    start = datetime(2026, 5, 4, 9, tzinfo=BERLIN)
    trip, entry = activity("trip", start, 60 * 24, kind=Kind.MEETING), activity("timer", start, 60 * 24 * 3)
    forgotten = activity("forgotten", start + timedelta(days=9), 60 * 24 * 7)
    assert hours.count([trip, entry, forgotten]) == pytest.approx([0, 72, 0])


def test_a_paused_clock_counts_what_it_measured(activity: Make) -> None:
    assert hours.count([replace(activity("x", NINE, 120), minutes=90)]) == pytest.approx([1.5])


def test_without_an_end_the_stated_minutes_follow_the_start(activity: Make) -> None:
    meeting = activity("meeting", NINE, 60, kind=Kind.MEETING)
    assert hours.count([replace(activity("x", NINE, 45), end=None), meeting]) == pytest.approx([0.75, 0.25])


def test_midnight_on_sunday_divides_an_entry(activity: Make) -> None:
    night = activity("night shift", datetime(2026, 5, 10, 22, tzinfo=BERLIN), 360)
    pieces = hours.pieces([night])
    assert hours.weeks(pieces, ["ward"]) == pytest.approx(
        {(date(2026, 5, 4), "ward"): 2, (date(2026, 5, 11), "ward"): 4}
    )


def stated(make: Make, minutes: float, title: str = "Review", kind: Kind = Kind.MANUAL) -> Activity:
    return make(title, NINE.replace(hour=0), minutes, kind=kind, precision=Precision.DAY)


def test_hours_without_a_clock_are_added(activity: Make) -> None:
    drawn = [stated(activity, 120), stated(activity, 30), activity("other", NINE, 60)]
    assert hours.count(drawn) == pytest.approx([2, 0.5, 1])


def test_hours_without_a_day_are_added(activity: Make) -> None:
    drawn = [activity("x", None, 90, kind=Kind.MANUAL, precision=Precision.NONE)]
    assert hours.pieces(drawn) == [Piece(0, date.min, 1.5)]


@pytest.mark.parametrize(("minutes", "kept"), [(120, [2, 0]), (60, [1, 0]), (15, [0.25, 0.75])])
def test_a_linked_meeting_counts_what_stated_hours_leave(activity: Make, minutes: float, kept: list[float]) -> None:
    drawn = [
        stated(activity, minutes),
        activity("Review", NINE, 60, kind=Kind.MEETING, source="calendar"),
    ]
    assert hours.count(drawn, episodes.find(drawn)) == pytest.approx(kept)


def test_stated_hours_count_beyond_what_a_linked_clock_measured(activity: Make) -> None:
    drawn = [
        stated(activity, 90),
        activity("Review", NINE, 60, source="clock"),
        activity("Review", NINE, 90, kind=Kind.MEETING, source="calendar"),
    ]
    assert hours.count(drawn, [Episode((0, 1, 2), ())]) == pytest.approx([0.5, 1, 0])


def test_app_usage_of_a_day_is_no_statement(activity: Make) -> None:
    assert hours.count([stated(activity, 60, kind=Kind.APP_USAGE)]) == [0]


def test_the_unit_is_items_where_nothing_measures_time() -> None:
    assert hours.unit([0.0, 0.0]) is Unit.ITEMS
    assert hours.unit([]) is Unit.ITEMS
    assert hours.unit([0.0, 0.1]) is Unit.HOURS
