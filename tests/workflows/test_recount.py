"""What is computed is the same whatever the order of the imports, and the same when it is computed again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from outgrow.model.activity import Activity, DurationBasis, Kind, Precision
from outgrow.model.judgement import Judgement, Value
from outgrow.store import activities, computed, journal, judgements, workstreams
from outgrow.store import settings as said_settings
from outgrow.store.sources import Reading
from outgrow.workflows import recount as recounting
from outgrow.workflows.recount import rebuild, recount
from outgrow.workflows.workspace import TakesLong, Workspace, open_workspace

NOW = datetime(2026, 6, 30, 18, tzinfo=UTC)
TITLES = [
    "Weekly report",
    "Weekly reports",
    "Invoice check",
    "Invoices checked",
    "Carrier talks",
    "Sync",
    "Stock count",
]


def activity(number: int, title: str, hours_ago: int, minutes: int, kind: Kind) -> Activity:
    start = NOW - timedelta(hours=hours_ago)
    return Activity(
        source="table",
        account="",
        native_id=str(number),
        line=number + 1,
        kind=kind,
        title=title,
        start=start,
        end=start + timedelta(minutes=minutes),
        precision=Precision.MINUTE,
        minutes=float(minutes),
        basis=DurationBasis.MEASURED,
    )


ACTIVITIES = st.lists(
    st.tuples(
        st.sampled_from(TITLES),
        st.integers(-48, 24 * 200),
        st.integers(0, 400),
        st.sampled_from([Kind.MEETING, Kind.TIME_ENTRY, Kind.COMMIT]),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda row: row[:2],  # what comes again under another number is taken for the same (P8)
).map(lambda rows: [activity(number, *row) for number, row in enumerate(rows)])


@contextmanager
def workspace() -> Iterator[Workspace]:
    with TemporaryDirectory() as folder, open_workspace(folder, NOW) as opened:
        yield opened


def bring(opened: Workspace, told: Sequence[Activity]) -> None:
    reading = Reading(importer="table", location="export.csv", at=NOW)
    with opened.store.begin() as change:
        activities.record(change, reading, told)


def computed_now(
    opened: Workspace,
) -> tuple[dict[str, tuple[str, float]], dict[tuple[date, str], float], object, object]:
    """Return all that is computed, by what it is of and not by numbers of the store."""
    with opened.store.look() as view:
        names = {each.id: each.activity.native_id for each in activities.everything(view, gone=True, planned=True)}
        hours = {names[id_]: (key, round(spent, 6)) for id_, key, spent in computed.counted(view)}
        weeks = {(week, name): round(spent, 6) for week, name, spent in computed.hours_by_workstream(view) if spent}
        topics = {row.key: (row.workstream, row.title, row.first_seen, row.weight) for row in computed.topics(view)}
        return hours, weeks, topics, computed.workstream_names(view)


@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(told=ACTIVITIES, cut=st.integers(0, 14), data=st.data())
def test_the_order_of_imports_does_not_matter(told: list[Activity], cut: int, data: st.DataObject) -> None:
    with workspace() as at_once, workspace() as bit_by_bit:
        bring(at_once, told)
        recount(at_once)
        shuffled = data.draw(st.permutations(told))
        for part in (shuffled[:cut], shuffled[cut:]):
            bring(bit_by_bit, part)
            recount(bit_by_bit)
        assert computed_now(bit_by_bit) == computed_now(at_once)


@pytest.mark.promise("P13")
@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(told=ACTIVITIES, changed=ACTIVITIES)
def test_computing_again_gives_the_same(told: list[Activity], changed: list[Activity]) -> None:
    """Also after activities have changed, moved, and been judged and merged."""
    with workspace() as opened:
        bring(opened, told)
        recount(opened)
        with opened.store.begin() as change:
            rows = computed.topics(change)
            for row in rows[:1]:
                said = Judgement(workstream=row.workstream, value=Value.DEPTH, since=NOW.date(), said_at=NOW)
                judgements.judge(change, said, [each.key for each in rows if each.workstream == row.workstream])
            if len(rows) > 2:
                workstreams.merge(change, rows[1].workstream, "", [rows[1].key, rows[2].key], NOW)
        bring(opened, changed)
        recount(opened)
        before = computed_now(opened)
        rebuild(opened)
        assert computed_now(opened) == before


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(told=ACTIVITIES)
def test_undoing_puts_workstreams_back(told: list[Activity]) -> None:
    with workspace() as opened:
        bring(opened, told)
        recount(opened)
        before = computed_now(opened)
        with opened.store.begin() as change:
            keys = [row.key for row in computed.topics(change)]
            workstreams.merge(change, "w0123456789", "", keys, NOW)
        recount(opened)
        with opened.store.look() as view:
            assert {row.workstream for row in computed.topics(view)} <= {"w0123456789"}
        with opened.store.begin() as change:
            journal.undo_last(change, NOW)
        recount(opened)
        assert computed_now(opened) == before


def test_what_lies_ahead_is_counted_when_it_has_passed(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as opened:
        bring(opened, [activity(0, "Planning day", -20, 60, Kind.MEETING)])
        recount(opened)
        assert computed_now(opened) == ({}, {}, {}, {})
    with open_workspace(str(tmp_path), NOW + timedelta(days=2)) as later:
        recount(later)
        hours, weeks, _, _ = computed_now(later)
        assert hours == {"0": ("t:planning", 1.0)}
        assert sum(weeks.values()) == 1.0


@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(told=ACTIVITIES, steps=st.lists(st.integers(0, 40), max_size=5))
def test_looking_again_as_time_passes_counts_what_looking_once_counts(told: list[Activity], steps: list[int]) -> None:
    with workspace() as once, workspace() as often:
        bring(once, told)
        bring(often, told)
        now = NOW - timedelta(hours=30)
        for hours in steps:
            recount(replace(often, now=now))
            now += timedelta(hours=hours)
        recount(replace(often, now=now))
        recount(replace(once, now=now))
        assert computed_now(often) == computed_now(once)


def test_what_begins_later_today_is_counted_once_it_has_begun(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as opened:
        bring(
            opened, [activity(0, "Stock count", 3, 60, Kind.TIME_ENTRY), activity(1, "Sync", -1, 30, Kind.TIME_ENTRY)]
        )
        recount(opened)
        assert computed_now(opened)[0].keys() == {"0"}
        recount(replace(opened, now=NOW + timedelta(hours=2)))
        assert computed_now(opened)[0].keys() == {"0", "1"}


def test_nothing_is_written_when_all_is_up_to_date(tmp_path: Path) -> None:
    """Else every page would wait for whoever writes, also with work planned for today and the weeks ahead."""
    with open_workspace(str(tmp_path), NOW) as opened, open_workspace(str(tmp_path), NOW) as other:
        bring(opened, [activity(n, "Sync", hours, 30, Kind.MEETING) for n, hours in enumerate((30, 2, -2, -500))])
        recount(opened)
        with other.store.begin():
            recount(opened)


def test_somebody_who_waits_is_told_when_it_takes_long(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path), NOW) as opened:
        bring(opened, [activity(n, f"Order {n % 50}", n % 4000, 20, Kind.TIME_ENTRY) for n in range(4000)])
        with pytest.raises(TakesLong):
            recount(opened.in_haste())
        recount(opened)
        recount(opened.in_haste())


@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(told=ACTIVITIES, changed=ACTIVITIES, at_once=st.integers(1, 4))
def test_counting_part_by_part_gives_the_same(told: list[Activity], changed: list[Activity], at_once: int) -> None:
    """Much is counted in several changes, so that nobody waits long to write."""
    with workspace() as whole, workspace() as parts, pytest.MonkeyPatch.context() as patch:
        for opened in (whole, parts):
            if opened is parts:
                patch.setattr(recounting, "_AT_ONCE", at_once)
                patch.setattr(recounting, "_TURN", 0)
            for brought in (told, changed):
                bring(opened, brought)
                recount(opened)
        assert computed_now(parts) == computed_now(whole)


def test_whoever_waits_may_write_between_two_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is busy is looked at every tenth of a second: so long it has to be free."""
    monkeypatch.setattr(recounting, "_AT_ONCE", 50)
    turns: list[float] = []
    with open_workspace(str(tmp_path), NOW) as opened, open_workspace(str(tmp_path), NOW) as other:

        def write(seconds: float) -> None:
            turns.append(seconds)
            with other.store.begin() as change:
                said_settings.put(change, "role", f"turn {len(turns)}", NOW)

        monkeypatch.setattr(recounting, "sleep", write)
        bring(opened, [activity(n, f"Order {n % 7}", n * 20, 20, Kind.TIME_ENTRY) for n in range(200)])
        recount(opened)
        assert turns
        assert min(turns) > 0.1
