"""Activities of several sources that are one stretch of work."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis import episodes
from outgrow.model.activity import Activity, Kind, Precision, State

Make = Callable[..., Activity]

NINE = datetime(2026, 5, 4, 9, tzinfo=ZoneInfo("Europe/Berlin"))
HOUR = timedelta(hours=1)
SHA = "3f786850e387550fdab836ed7e6dc881de23001b"

modest = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def days(draw: st.DrawFn, make: Make) -> list[Activity]:
    """Draw activities of four sources on two days, with some references and few titles."""
    one = st.tuples(
        st.integers(0, 40),
        st.integers(0, 8),
        st.sampled_from("abcd"),
        st.sampled_from(["Supplier review", "Supplier reviews", "Stock count", "Sync"]),
        st.sets(st.sampled_from(["OPS-1", "OPS-2"]), max_size=1),
        st.sampled_from([Precision.MINUTE, Precision.DAY]),
    )
    return [
        make(
            title,
            NINE + timedelta(hours=hour),
            30 * length or None,
            source=source,
            native_id=str(n),
            references=tuple(named),
            precision=precision,
        )
        for n, (hour, length, source, title, named, precision) in enumerate(draw(st.lists(one, max_size=10)))
    ]


@modest
@given(data=st.data())
def test_the_order_does_not_matter(activity: Make, data: st.DataObject) -> None:
    drawn = data.draw(days(activity))
    order = data.draw(st.permutations(range(len(drawn))))
    found = {frozenset(episode.members) for episode in episodes.find(drawn)}
    again = episodes.find([drawn[n] for n in order])
    assert {frozenset(order[member] for member in episode.members) for episode in again} == found


@modest
@given(data=st.data())
def test_episodes_are_what_links_join_and_nothing_else(activity: Make, data: st.DataObject) -> None:
    drawn = data.draw(days(activity))
    found = episodes.find(drawn)
    members = [member for episode in found for member in episode.members]
    assert len(members) == len(set(members))
    for episode in found:
        assert {end for link in episode.links for end in link[:2]} == set(episode.members)
        assert len(episode.links) >= len(episode.members) - 1
        assert all(drawn[link.first].source != drawn[link.second].source for link in episode.links)
        assert all(link.first < link.second and link.reason for link in episode.links)


@modest
@given(data=st.data())
def test_what_was_undone_is_not_linked(activity: Make, data: st.DataObject) -> None:
    drawn = data.draw(days(activity))
    links = [link[:2] for episode in episodes.find(drawn) for link in episode.links]
    undone = data.draw(st.sets(st.sampled_from(links))) if links else set()
    left = [link[:2] for episode in episodes.find(drawn, undone) for link in episode.links]
    assert sorted(left) == sorted(set(links) - undone)


def test_a_meeting_its_time_entry_and_the_commit_in_it(activity: Make) -> None:
    meeting = activity("Review of supplier scorecards", NINE, 60, source="calendar", kind=Kind.MEETING)
    entry = activity("supplier scorecard review OPS-7", NINE, 50, source="clock", references=("OPS-7",))
    commit = activity("Fix weights OPS-7", NINE + HOUR / 2, source="git", kind=Kind.COMMIT, references=("OPS-7",))
    other = activity("Dentist", NINE, 60, source="family")
    (episode,) = episodes.find([other, meeting, entry, commit])
    assert episode.members == (1, 2, 3)
    assert [link.reason for link in episode.links] == [
        "at the same time, with much the same title",
        "both mention OPS-7",
    ]


@pytest.mark.parametrize(
    ("gap", "linked"), [(timedelta(), True), (2 * HOUR, True), (2 * HOUR + timedelta(minutes=1), False)]
)
def test_a_reference_links_what_is_near_in_time(activity: Make, gap: timedelta, linked: bool) -> None:
    entry = activity("one", NINE, 60, source="a", references=("OPS-7",))
    later = activity("two", NINE + HOUR + gap, 60, source="b", references=("OPS-7",))
    assert bool(episodes.find([entry, later])) is linked


def test_an_issue_is_linked_by_its_own_key_a_commit_by_the_start_of_its_name(activity: Make) -> None:
    issue = activity("Move bins", NINE, source="tickets", kind=Kind.TASK_DONE, native_id="OPS-7")
    entry = activity("bins", NINE - HOUR, 60, source="clock", references=("OPS-7", SHA[:10]))
    commit = activity("Bin map", NINE - HOUR / 2, source="git", kind=Kind.COMMIT, native_id=SHA)
    (episode,) = episodes.find([issue, entry, commit])
    assert {link.reason for link in episode.links} == {"both mention OPS-7", f"both mention {SHA[:7]}"}


def test_the_same_page_links(activity: Make) -> None:
    page = "https://wiki.example/ghent"
    one = activity("Ghent", NINE, 30, source="a", url=page + "/")
    two = activity("notes", NINE, source="b", kind=Kind.NOTE, references=(page,))
    assert [episode.members for episode in episodes.find([one, two])] == [(0, 1)]


def test_nothing_is_linked_within_one_source(activity: Make) -> None:
    one = activity("Supplier review", NINE, 60, references=("OPS-7",))
    two = activity("Supplier review", NINE, 45, references=("OPS-7",))
    assert episodes.find([one, two]) == []


@pytest.mark.parametrize(
    ("title", "start", "minutes"),
    [("Stock count", NINE, 60), ("Supplier review", NINE + HOUR, 60), ("Supplier review", NINE + 0.6 * HOUR, 60)],
)
def test_another_title_or_time_does_not_link(activity: Make, title: str, start: datetime, minutes: int) -> None:
    one = activity("Supplier review", NINE, 60, source="a")
    assert episodes.find([one, activity(title, start, minutes, source="b")]) == []


@pytest.mark.parametrize("state", [State.DECLINED, State.CANCELLED, State.PLANNED])
def test_what_did_not_take_place_is_not_linked(activity: Make, state: State) -> None:
    one = activity("Supplier review", NINE, 60, source="a")
    assert episodes.find([one, activity("Supplier review", NINE, 60, source="b", state=state)]) == []


def test_what_has_no_clock_is_linked_within_its_day(activity: Make) -> None:
    whole = activity("Supplier review", NINE.replace(hour=0), 120, source="a", precision=Precision.DAY)
    same = activity("supplier review", NINE, 60, source="b", kind=Kind.MEETING)
    next_day = activity("supplier review", NINE + 24 * HOUR, 60, source="b", kind=Kind.MEETING)
    (episode,) = episodes.find([next_day, whole, same])
    assert episode.members == (1, 2)
    assert episode.links[0].reason == "on the same day, with the same title"


def test_a_crowd_at_one_time_is_compared_in_proportion(activity: Make) -> None:
    crowd = [activity("Stock count", NINE, 60, source="abc"[n % 3], native_id=str(n)) for n in range(900)]
    (episode,) = episodes.find(crowd)
    assert len(episode.members) > 600
    assert len(episode.links) < 20 * 900


def test_a_crowd_on_one_day_is_compared_in_proportion(activity: Make) -> None:
    day = {"precision": Precision.DAY, "start": NINE}
    crowd = [activity("Stock count", minutes=60, source="abc"[n % 3], native_id=str(n), **day) for n in range(900)]
    assert sum(len(episode.links) for episode in episodes.find(crowd)) < 20 * 900
