"""What imports write, and what is read back."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from outgrow.model.activity import Activity, Kind, Precision, State
from outgrow.model.period import Period
from outgrow.model.problem import Problem
from outgrow.store import activities, computed, journal, sources
from outgrow.store.activities import Stored
from outgrow.store.database import Store, Transaction, open_store
from outgrow.store.sources import Counts, Reading

Entry = Callable[..., Activity]
AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def bring_in(store: Store, records: Iterable[Activity | Problem], *, complete: bool = True) -> Counts:
    reading = Reading(importer="table", location="entries.csv", at=AT, complete=complete)
    with store.begin() as change:
        return activities.record(change, reading, records)


def everything(store: Store, *, gone: bool = False) -> list[Stored]:
    with store.look() as view:
        return activities.everything(view, gone=gone, planned=True)


def changes(counts: Counts) -> tuple[int, int, int, int]:
    return counts.new, counts.changed, counts.unchanged, counts.gone


def tidy(store: Store) -> None:
    """Let nothing be out of date."""
    with store.begin() as change:
        computed.clean(change, computed.dirty(change))


def dirty(store: Store) -> list[Period]:
    with store.look() as view:
        return computed.dirty(view)


def test_an_activity_comes_back_as_it_was(store: Store, entry: Entry) -> None:
    told = entry(
        0,
        tags=("deep", 'with "quotes"'),
        people=("anna@example.org", "bo@example.org"),
        references=("ABC-1",),
        warnings=("no zone",),
        zone="Europe/Oslo",
        start=datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=ZoneInfo("Europe/Oslo")),
        end=datetime(2026, 3, 29, 3, 30, tzinfo=ZoneInfo("Europe/Oslo")),
    )
    bring_in(store, [told])
    (read,) = everything(store)
    assert read.activity == told
    assert read.activity.start is not None
    assert read.activity.start.utcoffset() == timedelta(hours=1)
    assert read.activity.end is not None
    assert read.activity.end.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    "start",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-12))),
        datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")),
    ],
)
@pytest.mark.promise("P13")
def test_the_ends_of_the_calendar_come_back_as_they_were(store: Store, entry: Entry, start: datetime) -> None:
    bring_in(store, [entry(0, start=start, end=None)])
    (read,) = everything(store)
    assert read.activity.start is not None
    assert read.activity.start.replace(tzinfo=None) == start.replace(tzinfo=None)
    assert read.activity.start.utcoffset() == start.utcoffset()
    day = start.date()
    with store.look() as view:
        assert [each.id for each in activities.within(view, Period(day, day))] == [read.id]
        assert computed.dirty(view) == [Period(day, day)]


def test_an_undated_activity_is_kept_but_lies_in_no_period(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(0, start=None, end=None, precision=Precision.NONE), entry(1)])
    with store.look() as view:
        assert [each.activity.line for each in activities.everything(view)] == [2, 1]
        assert [each.activity.line for each in activities.within(view, MARCH)] == [2]


@pytest.mark.promise("P9")
def test_text_that_a_database_cannot_hold_is_replaced(store: Store, entry: Entry) -> None:
    odd = [entry(0, title="nul \0 and half \ud800", people=("\0",)), entry(1, title=r"a path \u0000 as text")]
    bring_in(store, odd)
    first, second = everything(store)
    assert first.activity.title == "nul \ufffd and half \ufffd"
    assert first.activity.people == ("\ufffd",)
    assert second.activity.title == odd[1].title
    assert changes(bring_in(store, odd)) == (0, 0, 2, 0)


def test_numbers_beyond_the_database_are_kept_at_its_limit(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(0, revision=10**30)])
    assert everything(store)[0].activity.revision == 2**63 - 1


@pytest.mark.promise("P8")
def test_the_same_again_changes_nothing(store: Store, entry: Entry) -> None:
    told = [entry(number) for number in range(50)]
    assert changes(bring_in(store, told)) == (50, 0, 0, 0)
    before = everything(store)
    tidy(store)
    assert changes(bring_in(store, told)) == (0, 0, 50, 0)
    random.Random(1).shuffle(told)  # noqa: S311 - any order will do
    shuffled = [replace(each, line=line) for line, each in enumerate(told, 1)]
    assert changes(bring_in(store, shuffled)) == (0, 0, 50, 0)
    assert everything(store) == before
    assert dirty(store) == []


@pytest.mark.promise("P8")
def test_regenerated_ids_change_nothing(store: Store, entry: Entry) -> None:
    told = [entry(number // 2, native_id=f"old-{number}", series="s-old") for number in range(40)]
    bring_in(store, told)
    ids = [each.id for each in everything(store)]
    tidy(store)
    again = [replace(each, native_id=f"new-{each.native_id}", series="s-new") for each in told]
    assert changes(bring_in(store, again)) == (0, 0, 40, 0)
    assert [each.id for each in everything(store)] == ids
    assert {each.activity.series for each in everything(store)} == {"s-old"}
    assert dirty(store) == []
    assert changes(bring_in(store, again)) == (0, 0, 40, 0)


@pytest.mark.promise("P8")
def test_a_renamed_series_keeps_its_name_for_what_is_new_in_it(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(number, series="s-old") for number in range(3)])
    again = [entry(number, native_id=f"new-{number}", series="s-new") for number in range(4)]
    assert changes(bring_in(store, again)) == (1, 0, 3, 0)
    later = [entry(9, native_id="new-9", series="s-new")]
    assert changes(bring_in(store, later, complete=False)) == (1, 0, 0, 0)
    assert {each.activity.series for each in everything(store)} == {"s-old"}


def test_duplicates_are_recognised_in_their_order(store: Store, entry: Entry) -> None:
    twins = [entry(0, native_id=f"a{number}", project=f"P{number}") for number in range(3)]
    bring_in(store, twins)
    ids = [each.id for each in everything(store)]
    again = [replace(each, native_id=f"b{number}") for number, each in enumerate(twins[:2])]
    assert changes(bring_in(store, again)) == (0, 0, 2, 1)
    assert [each.id for each in everything(store)] == ids[:2]


def test_what_the_import_still_holds_is_no_other_activity(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(0)])
    assert changes(bring_in(store, [entry(0, native_id="twin"), entry(0)])) == (1, 0, 1, 0)


def test_a_change_keeps_the_id_and_marks_old_and_new_days(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(0)])
    (before,) = everything(store)
    tidy(store)
    moved = entry(0, start=datetime(2026, 3, 5, 9, tzinfo=UTC), end=datetime(2026, 3, 5, 10, tzinfo=UTC))
    assert changes(bring_in(store, [moved])) == (0, 1, 0, 0)
    assert everything(store) == [Stored(before.id, moved)]
    assert dirty(store) == [Period(date(2026, 3, 2), date(2026, 3, 2)), Period(date(2026, 3, 5), date(2026, 3, 5))]


def test_the_higher_revision_holds_whatever_the_order(store: Store, entry: Entry) -> None:
    old, new = entry(0, revision=1, title="Old"), entry(0, revision=2, title="New")
    for order in ([old, new], [new, old], [old], [new, old]):
        bring_in(store, order)
        assert [each.activity.title for each in everything(store)] == ["New"]
    assert changes(bring_in(store, [old, new])) == (0, 0, 2, 0)


def test_an_equal_record_of_a_higher_revision_is_unchanged_but_remembered(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(0)])
    assert changes(bring_in(store, [entry(0, revision=7)])) == (0, 0, 1, 0)
    assert changes(bring_in(store, [entry(0, revision=6, title="Late")])) == (0, 0, 1, 0)


def test_a_missing_record_is_gone_only_within_the_window_of_a_whole(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(number) for number in range(6)])
    part = [entry(1), entry(4)]
    assert changes(bring_in(store, part, complete=False)) == (0, 0, 2, 0)
    assert changes(bring_in(store, part)) == (0, 0, 2, 2)
    assert [each.activity.line for each in everything(store)] == [1, 2, 5, 6]
    assert len(everything(store, gone=True)) == 6
    assert changes(bring_in(store, [entry(2), entry(3)])) == (0, 2, 0, 0)
    assert len(everything(store)) == 6


@pytest.mark.promise("P8")
def test_an_empty_or_failing_source_deletes_nothing(store: Store, entry: Entry) -> None:
    def failing() -> Iterable[Activity]:
        yield entry(0, title="Changed")
        raise OSError

    bring_in(store, [entry(number) for number in range(3)])
    before = everything(store)
    assert changes(bring_in(store, [])) == (0, 0, 0, 0)
    with pytest.raises(OSError):  # noqa: PT011 - our own, without words
        bring_in(store, failing())
    assert everything(store) == before


def test_other_sources_and_accounts_are_left_alone(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(number, account="bo") for number in range(3)])
    assert changes(bring_in(store, [entry(0), entry(2)])) == (2, 0, 0, 0)
    assert len(everything(store)) == 5


def test_activities_and_problems_add_up_to_the_records(store: Store, entry: Entry) -> None:
    told: list[Activity | Problem] = [
        entry(0),
        entry(0, occurrence="2"),
        Problem(line=2, reason="no date", raw="x"),
        entry(2),
    ]
    counts = bring_in(store, told)
    assert (counts.records, counts.activities, counts.problems) == (3, 3, 1)
    with store.look() as view:
        (run,) = sources.runs(view)
        assert run.counts == counts
        assert run.reading.location == "entries.csv"
        assert run.reading.at == AT
        assert sources.problems(view, run.number) == [(run.number, told[2])]


def test_a_period_holds_what_began_before_it_and_lasts_into_it(store: Store, entry: Entry) -> None:
    day = timedelta(days=1)
    start = datetime(2026, 2, 1, 12, tzinfo=UTC)
    told = [
        entry(0, start=start, end=start + 40 * day),
        entry(1, start=datetime(2026, 2, 28, 23, tzinfo=UTC), end=datetime(2026, 3, 1, 1, tzinfo=UTC)),
        entry(2, start=datetime(2026, 2, 28, 23, tzinfo=UTC), end=datetime(2026, 3, 1, 0, tzinfo=UTC)),
        entry(3, start=datetime(2026, 3, 31, 23, 30, tzinfo=timezone(-timedelta(hours=9))), end=None),
        entry(4, start=datetime(2026, 4, 1, 0, tzinfo=timezone(timedelta(hours=9))), end=None),
    ]
    bring_in(store, told)
    with store.look() as view:
        assert [each.activity.line for each in activities.within(view, MARCH)] == [1, 2, 4]
        assert activities.columns(view, "line", period=MARCH) == [(1,), (2,), (4,)]


def test_planned_activities_only_come_when_asked_for(store: Store, entry: Entry) -> None:
    bring_in(store, [entry(0), entry(1, state=State.PLANNED)])
    with store.look() as view:
        assert len(activities.within(view, MARCH)) == 1
        assert len(activities.within(view, MARCH, planned=True)) == 2


def test_a_capture_can_be_taken_back(store: Store, entry: Entry) -> None:
    with store.begin() as change:
        number = activities.capture(change, entry(0), AT)
        (found,) = activities.by_ids(change, [number])
        assert (found.activity.source, found.activity.kind) == ("manual", Kind.MANUAL)
    tidy(store)
    with store.begin() as change:
        taken = journal.undo_last(change, AT)
        assert taken is not None
        assert taken.kind == "capture"
    assert everything(store) == []
    assert dirty(store) == [Period(date(2026, 3, 2), date(2026, 3, 2))]


def test_two_captures_alike_are_two(store: Store, entry: Entry) -> None:
    with store.begin() as change:
        first, second = (activities.capture(change, entry(0), AT) for _ in range(2))
    assert first != second
    assert len(everything(store)) == 2


@pytest.mark.parametrize("revision", [0, 1])
@pytest.mark.promise("P8")
def test_an_identity_that_comes_twice_far_apart_is_one_activity(
    store: Store, entry: Entry, monkeypatch: pytest.MonkeyPatch, revision: int
) -> None:
    monkeypatch.setattr("outgrow.store.recording._AT_ONCE", 2)
    told = [entry(0), entry(1), entry(2), entry(0, revision=revision, title="Again", line=4), entry(3)]
    counts = bring_in(store, told)
    assert (counts.activities, counts.new, counts.changed + counts.unchanged) == (5, 4, 1)
    before = everything(store)
    assert len(before) == 4
    assert revision == 0 or before[0].activity.title == "Again"
    bring_in(store, reversed(told))
    assert everything(store) == before


@pytest.mark.parametrize("order", [sorted, reversed, lambda lines: lines[::3] + lines[2::3] + lines[1::3]])
@pytest.mark.promise("P8")
def test_what_is_stored_is_found_in_whatever_order_it_comes_again(
    store: Store, entry: Entry, monkeypatch: pytest.MonkeyPatch, order: Callable[[list[int]], Iterable[int]]
) -> None:
    monkeypatch.setattr("outgrow.store.recording._AT_ONCE", 4)
    bring_in(store, [entry(number) for number in range(0, 40, 2)])
    again = [entry(number) for number in order(list(range(30)))]
    assert changes(bring_in(store, again, complete=False)) == (15, 0, 15, 0)
    assert changes(bring_in(store, again)) == (0, 0, 30, 0)
    assert len(everything(store)) == 35


@pytest.mark.parametrize(
    ("read", "said", "index"),
    [
        (
            lambda view: activities.whole_days(view, Period(date(2026, 1, 1), date(2026, 12, 31))),
            "meeting",
            "activities_whole_days",
        ),
        (activities.spans, "GROUP BY", "COVERING INDEX activities_sources"),
    ],
)
def test_what_is_asked_of_many_is_found_without_a_look_at_all_activities(
    tmp_path: Path, read: Callable[[Transaction], object], said: str, index: str
) -> None:
    asked: list[str] = []
    with open_store(tmp_path / "outgrow.db") as opened:
        sa.event.listen(opened.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        with opened.look() as view:
            read(view)
            wanted = next(each for each in asked if said in each)
            plan = view.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}", (1,) * wanted.count("?"))
            assert index in str(plan.all())
