"""Workstreams: what belongs together, and that it stays together."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis import titles
from outgrow.analysis.grouping import ALIKE, Topic, group, key_of, names, readable, topics_of, without_others
from outgrow.model.activity import Activity, Kind

Make = Callable[..., Activity]

JUNE = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
WORDS = "supplier supplies scorecard scorecards tender audit stock count recount invoice invoices berlin ghent".split()  # noqa: SIM905 - easier to read

modest = settings(max_examples=60, deadline=None, derandomize=True)


def topic(title: str, day: date = date(2026, 6, 1)) -> Topic:
    return Topic("t:" + titles.normalise(title), title, day)


@st.composite
def histories(draw: st.DrawFn) -> list[Topic]:
    """Draw topics of some months with many similar titles."""
    ends = st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)
    texts = st.tuples(st.sampled_from(["supplier scorecard tender", "stock count sheets", "carrier invoice"]), ends)
    days = st.integers(0, 150).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
    drawn = draw(st.lists(st.tuples(texts.map(" ".join), days), max_size=16, unique_by=lambda pair: pair[0].strip()))
    return [topic(text, day) for text, day in drawn]


Rows = Mapping[str, titles.FloatArray]


def alike(rows: Rows, some: Sequence[str], others: Sequence[str]) -> float:
    """Return the mean similarity over all pairs."""
    return round(float(np.mean([np.dot(rows[a], rows[b]) for a in some for b in others])), 5)


def linked(rows: Rows, keys: Sequence[str]) -> list[list[str]]:
    groups = [[key] for key in keys]
    while len(groups) > 1:
        pairs = combinations(range(len(groups)), 2)
        best = max((alike(rows, groups[a], groups[b]), -a, -b) for a, b in pairs)
        if best[0] < ALIKE:
            break
        groups[-best[1]] += groups.pop(-best[2])
    return groups


Parts = list[tuple[str, list[str]]]


def placed(rows: Rows, parts: Parts, keys: Sequence[str], owner: str) -> Parts:
    """Return the parts with the keys in the nearest ones, or in their own."""
    joined = [(one, list(members)) for one, members in parts]
    allowed = [n for n, part in enumerate(parts) if owner in {"", part[0]}]
    for cluster in linked(rows, keys):
        best = max(((alike(rows, cluster, parts[n][1]), -n) for n in allowed), default=(0.0, 0))
        if best[0] >= ALIKE:
            joined[-best[1]][1].extend(cluster)
        else:
            joined.append((owner or "founded by " + cluster[0], cluster))
    return joined


def slowly(topics: Sequence[Topic], pins: Mapping[str, str]) -> dict[str, str]:
    """Group month by month by looking at every pair of titles: the slow twin. Titles are all telling and different."""
    ordered = sorted(topics, key=lambda t: (t.first_seen, t.key))
    vectors = titles.vectors([t.label for t in ordered], titles.rarity(()), 256)
    rows = {t.key: row for t, row in zip(ordered, vectors, strict=True)}
    parts: Parts = []
    for month in dict.fromkeys(t.first_seen.month for t in ordered):
        keys = [t.key for t in ordered if t.first_seen.month == month]
        for owner in sorted({pins[key] for key in keys if key in pins}):
            parts = placed(rows, parts, [key for key in keys if pins.get(key) == owner], owner)
        parts = placed(rows, parts, [key for key in keys if key not in pins], "")
    return {key: owner for owner, part in parts for key in part}


def sets(assignment: Mapping[str, str]) -> set[frozenset[str]]:
    """Return who is with whom, whatever the names."""
    together: dict[str, set[str]] = defaultdict(set)
    for key, workstream in assignment.items():
        together[workstream].add(key)
    return {frozenset(keys) for keys in together.values()}


def some_pins(data: st.DataObject, topics: Sequence[Topic]) -> dict[str, str]:
    chosen = data.draw(st.lists(st.sampled_from(topics), unique_by=lambda t: t.key, max_size=5)) if topics else []
    return {t.key: data.draw(st.sampled_from(["ours", "theirs"])) for t in chosen}


@modest
@given(topics=histories(), data=st.data())
def test_groups_as_the_slow_twin(topics: list[Topic], data: st.DataObject) -> None:
    pins = some_pins(data, topics)
    assert sets(group(topics, pins)) == sets(slowly(topics, pins))


@modest
@given(topics=histories(), data=st.data())
def test_order_does_not_matter_and_pins_hold(topics: list[Topic], data: st.DataObject) -> None:
    pins = some_pins(data, topics)
    assignment = group(topics, pins)
    assert group(data.draw(st.permutations(topics)), pins) == assignment
    assert assignment.keys() == {t.key for t in topics}
    assert pins.items() <= assignment.items()


@modest
@given(topics=histories(), data=st.data())
def test_what_is_known_saves_time_and_changes_nothing(topics: list[Topic], data: st.DataObject) -> None:
    pins = some_pins(data, topics)
    until = data.draw(st.integers(1, 6))
    earlier = [t for t in topics if t.first_seen.month < until]
    known = group(earlier, pins)
    assert group(topics, pins, known) == group(topics, pins)
    assert known.items() <= group(topics, pins).items()


@modest
@given(topics=histories(), data=st.data())
def test_known_keys_of_a_month_that_grows_are_linked_again(topics: list[Topic], data: st.DataObject) -> None:
    known = group(data.draw(st.lists(st.sampled_from(topics), unique_by=lambda t: t.key)) if topics else [], {})
    complete = group(topics, {})
    late = {key: complete[key] for key in known}
    assert group(topics, {}, late) == complete


def test_a_series_and_time_entries_of_one_name_are_one_workstream(activity: Make) -> None:
    meeting = activity("Weekly sales report", JUNE, 30, kind=Kind.MEETING, series="uid-1")
    entry = activity("weekly sales report", JUNE + timedelta(days=40), 30)
    topics = topics_of([entry, meeting])
    assert [t.key for t in topics] == ["s:uid-1", "t:sales report"]
    assert len(set(group(topics, {}).values())) == 1


def test_a_series_is_one_key_whatever_its_titles(activity: Make) -> None:
    drawn = [activity(f"Berlin {word}", JUNE + timedelta(days=n), 30, series="uid") for n, word in enumerate("abc")]
    assert topics_of(reversed(drawn)) == [Topic("s:uid", "Berlin a", JUNE.date(), 3.0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sync with Anna", "Sync with Hanna"),
        ("Sync with Anna", "Sync with Bob"),
        ("Anna / Mira", "Hanna / Mira"),
        ("1:1 Tom", "1:1 Tim"),
        ("Call Marek", "Call Mareike"),
    ],
)
def test_vague_titles_do_not_glue_people_together(activity: Make, one: str, other: str) -> None:
    drawn = [activity(title, JUNE, 30) for title in (one, other)]
    assert len(set(group(topics_of(drawn), {}).values())) == 2


def test_where_a_title_says_nothing_people_or_the_project_tell(activity: Make) -> None:
    drawn = [
        activity("Sync", JUNE, 30, people=("anna@x.example",)),
        activity("sync", JUNE, 30, people=("bob@x.example",)),
        activity("misc", JUNE, 30, project="Finance"),
        activity("Misc", JUNE, 30, project="Stock"),
        activity("misc", JUNE, 30),
        activity("Sync", JUNE, 45, series="uid", people=("anna@x.example",)),
    ]
    assert len({key_of(one) for one in drawn}) == 6
    assignment = group(topics_of(drawn), {})
    assert len(set(assignment.values())) == 5
    assert assignment["s:uid"] == assignment[key_of(drawn[0])]


def test_without_a_title_the_project_is_the_key(activity: Make) -> None:
    assert key_of(activity("Q3 2026", JUNE, 30, project="Ghent move 2026")) == "t:ghent move"
    assert key_of(activity("", JUNE, 30)) == "t:"


def test_dates_in_titles_do_not_part_what_belongs_together(activity: Make) -> None:
    drawn = [activity(f"Stock count {word}", JUNE, 30) for word in ("March", "2026-04-30", "Q2", "week 31", "#12")]
    assert {key_of(one) for one in drawn} == {"t:stock count"}


def test_a_merged_workstream_is_found_by_what_is_like_either_part() -> None:
    topics = [topic("Supplier scorecard review"), topic("Invoice run")]
    pins = dict.fromkeys([t.key for t in topics], "merged")
    new = [topic("Supplier scorecards review", date(2026, 7, 1)), topic("Invoice runs", date(2026, 7, 1))]
    assert set(group([*topics, *new], pins).values()) == {"merged"}


def test_a_split_stays_split_and_new_work_goes_to_the_nearer_part() -> None:
    leeds, ghent = topic("Stock count sheets Leeds"), topic("Stock count sheets Ghent")
    new = topic("Stock count sheets Ghent evening", date(2026, 8, 1))
    assignment = group([leeds, ghent, new], {leeds.key: "one", ghent.key: "two"})
    assert assignment == {leeds.key: "one", ghent.key: "two", new.key: "two"}


def test_topics_of_one_title_may_be_split() -> None:
    topics = [Topic(key, "Weekly report on stock", date(2026, month, 1)) for month, key in enumerate("abcd", 1)]
    pins = {"a": "one", "b": "two"}
    assert group(topics, pins) == {"a": "one", "b": "two", "c": "one", "d": "one"}


def test_the_identity_is_that_of_the_founding_key() -> None:
    old, new = topic("Invoice run", date(2026, 1, 5)), topic("Invoice runs", date(2026, 3, 5))
    assert group([old, new], {}) == dict.fromkeys([old.key, new.key], group([old], {})[old.key])
    assert group([old], {})[old.key] == "wae7cc3cb59"


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["Weekly supplier scorecard 3 May 2026", "Weekly supplier scorecard 10 May"], "Weekly supplier scorecard"),
        (["Weekly supplier scorecard 3 May 2026", "Supplier scorecard NF"], "Supplier scorecard"),
        (["Missing pallets Delmar", "Missing pallets Halloran", "Missing pallets Norvik"], "Missing pallets"),
        (["Delmar - claim for damaged goods", "Norvik - claim for damaged goods"], "Claim for damaged goods"),
        (["Budget numbers for finance", "Budget numbers for sales"], "Budget numbers"),
        (["Bed meeting", "Handover meeting"], "Bed meeting and 1 other"),
        (["Scorecard Delmar", "Scorecard Halloran", "Scorecard Norvik"], "Scorecard Delmar and 2 others"),
        (["Status update Delmar", "Status update Norvik"], "Status update Delmar and 1 other"),
        (["Teach Leyla how the books are closed", "The books"], "Teach Leyla how the books… and 1 other"),
        (["Notes on the handover for Leyla", "Returns"], "Notes on the handover… and 1 other"),
        (["A" * 30, "Dispatch", "Returns"], "A" * 26 + "… and 2 others"),
        (["Walk through returns with the board pack", "Board pack"], "Walk through returns… and 1 other"),
        (["Sync", "Sync"], "Sync"),
    ],
)
def test_a_name_says_what_the_titles_share_or_that_it_stands_for_others(titles: list[str], name: str) -> None:
    topics = [Topic(f"k{n}", title, date(2026, 5, 1 + n), 9.0 - n) for n, title in enumerate(titles)]
    other = Topic("o", "Dentist")
    found = names([other, *topics], dict.fromkeys((each.key for each in topics), "w1") | {"o": "w2"})
    assert found == {"w1": name, "w2": "Dentist"}
    assert without_others(name) == name or any(title.startswith(without_others(name)) for title in titles)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Stock count 12 May", "Stock count"),
        ("Planning day", "Planning day"),
        ("OPS-12: fix pivot", "Fix pivot"),
        ("Q3 2024 - carrier note", "Carrier note"),
        ("Report (week 12)", "Report"),
        ("Re: budget", "Budget"),
        ("WIP rates (cont.)", "Rates"),
        ("2024", "2024"),
        ("", "Untitled"),
    ],
)
def test_names_do_not_date(title: str, name: str) -> None:
    assert readable(title) == name


def test_a_month_of_many_titles_is_grouped_in_bounded_steps() -> None:
    chance = Random(1)  # noqa: S311 - titles
    texts = {" ".join(chance.sample(WORDS, 4)) for _ in range(1500)}
    topics = [topic(text) for text in texts]
    assert set(group(topics, {})) == {t.key for t in topics}
