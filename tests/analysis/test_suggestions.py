"""What is suggested as evidence: firsts and growth work, and above all what is not."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.analysis import suggestions
from outgrow.analysis.suggestions import Done, Part, Past, Stream, Suggestion, SuggestionKind
from outgrow.model.activity import Activity, Kind, Precision, Role, Visibility

FIRST = date(2026, 9, 1)
LAST = date(2026, 10, 31)
LONG = Past(first=date(2026, 1, 1), kinds=200, with_people=100, projects_before=3)


def done(number: int, title: str, **told: Any) -> Done:  # noqa: ANN401 - any field of it
    """Make a meeting on a day of its own."""
    day = FIRST + timedelta(days=number)
    facts: dict[str, Any] = {"kind": Kind.MEETING, "role": Role.LED} | told
    start = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    made = Activity(source="s", account="", native_id=str(number), line=1, title=title, start=start, **facts)
    return Done(number, day, 2.0, f"w{number}", made)


def kinds(*work: Done, past: Past = LONG) -> list[tuple[SuggestionKind, int | None]]:
    return [(each.kind, each.activity) for each in suggestions.of_firsts(work, past)]


PLANNING = "Quarterly planning day"


def test_a_meeting_that_was_only_taken_part_in_before_is_news_when_it_is_led() -> None:
    past = Past(taken_part={"planning": 3})
    led = done(5, PLANNING)
    (one,) = suggestions.of_firsts([led, done(6, PLANNING)], past)
    assert (one.kind, one.activity, one.hours) == (SuggestionKind.LED, 5, 2.0)
    assert one.action == "Led Quarterly planning day for the first time"
    assert one.reason == "You took part 3 times before, and no record says that you led it."


def test_taking_part_within_the_days_counts_too() -> None:
    before = [done(n, PLANNING, role=Role.TOOK_PART) for n in range(3)]
    assert kinds(*before, done(5, PLANNING), past=Past()) == [(SuggestionKind.LED, 5)]
    assert kinds(*before[:2], done(5, PLANNING), past=Past()) == []


def test_work_whose_part_no_record_tells_is_news_when_it_is_led() -> None:
    before = [done(n, PLANNING, kind=Kind.TIME_ENTRY, role=Role.UNKNOWN) for n in range(3)]
    led = done(5, PLANNING, kind=Kind.MANUAL, precision=Precision.DAY)
    assert kinds(*before, led, past=Past()) == [(SuggestionKind.LED, 5)]


@pytest.mark.parametrize(
    ("past", "told"),
    [
        (Past(), {}),
        (Past(taken_part={"planning": 2}), {}),
        (Past(taken_part={"planning": 9}, led={"planning": 1}), {}),
        (Past(taken_part={"planning": 9}), {"role": Role.TOOK_PART}),
        (Past(taken_part={"planning": 9}), {"role": Role.UNKNOWN}),
        (Past(taken_part={"planning": 9}), {"visibility": Visibility.PRIVATE}),
        (Past(taken_part={"planning": 9}), {"precision": Precision.DAY}),
    ],
)
def test_nothing_is_led_for_the_first_time_without_the_past_that_shows_it(past: Past, told: dict[str, Any]) -> None:
    assert kinds(done(5, PLANNING, **told), past=past) == []


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Present Q3 results to the board", Part.PRESENTED),
        ("Keynote at the trade fair", Part.PRESENTED),
        ("Mentoring Leyla", Part.TAUGHT),
        ("Train new analysts on returns", Part.TAUGHT),
        ("Decide on the carrier", Part.DECIDED),
        ("Carrier contract negotiation", Part.NEGOTIATED),
        ("Ran the retrospective", Part.LED),
        ("Facilitate strategy workshop", Part.LED),
        ("Training: data protection", None),
        ("Train to Leeds", None),
        ("Train tickets", None),
        ("Interview with Globex", None),
        ("Lead time analysis", None),
        ("LED lights for the warehouse", None),
        ("Present list for the party", None),
        ("Net present value model", None),
        ("Onboarding", None),
        ("Coaching session", None),
        ("Management meeting", None),
        ("Study presentation materials", None),
        ("Demographics report", None),
        ("Pitchfork repairs", None),
        ("", None),
    ],
)
def test_parts_are_read_narrowly(title: str, part: Part | None) -> None:
    assert suggestions.part_named(title) is part


def test_a_part_is_new_once_and_only_when_it_is_the_persons_own() -> None:
    shown = done(1, "Present results to the board", kind=Kind.TIME_ENTRY, role=Role.UNKNOWN)
    again = done(2, "Present the budget to the board", kind=Kind.TIME_ENTRY)
    assert kinds(shown, again) == [(SuggestionKind.PART, 1)]
    assert kinds(again, past=Past(first=LONG.first, kinds=200, parts=frozenset({Part.PRESENTED}))) == []
    assert kinds(done(1, "Present results to the board", role=Role.TOOK_PART)) == []
    assert kinds(done(1, "Present a message upon failure", kind=Kind.COMMIT, role=Role.UNKNOWN)) == []


@pytest.mark.parametrize("past", [Past(), Past(first=date(2026, 8, 1), kinds=200), Past(first=LONG.first, kinds=5)])
def test_a_short_past_makes_nothing_a_first(past: Past) -> None:
    work = [done(n, "Present results", project="Ghent", people=("Priya",)) for n in range(4)]
    assert kinds(*work, past=past) == []


def test_a_project_is_news_when_it_is_more_than_a_try() -> None:
    work = [done(n, "User roles for scanners", project="Ghent", role=Role.UNKNOWN) for n in range(3)]
    (one,) = suggestions.of_firsts(work, LONG)
    assert (one.kind, one.action, one.hours) == (
        SuggestionKind.PROJECT,
        "Began work on Ghent: User roles for scanners",
        6.0,
    )
    assert kinds(*work[:2]) == []
    assert kinds(*work, past=Past(first=LONG.first, kinds=99, projects=frozenset({"ghent"}), projects_before=3)) == []
    assert kinds(*[done(n, "User roles", project="Team") for n in range(5)]) == [], "a name that tells nothing"


def test_people_are_news_when_all_of_a_few_are_new() -> None:
    work = done(1, "Scanner trial in Leeds", people=("priya.nair@example.org", "Tom Lee"))
    (one,) = suggestions.of_firsts([work], LONG)
    assert one.action == "Worked with Priya Nair and Tom Lee for the first time: Scanner trial in Leeds"
    assert one.people == ("Priya Nair", "Tom Lee")
    known = Past(first=LONG.first, kinds=99, with_people=100, people=frozenset({"tom lee"}))
    assert kinds(work, past=known) == []
    assert kinds(done(1, "Scanner trial in Leeds", people=tuple("abcde"))) == []
    assert kinds(done(1, "Scanner trial in Leeds", people=("sales@example.org",))) == []
    assert kinds(done(1, "Sync with Tom", people=("Tom Lee",))) == [], "a title that tells nothing"


def days(*back: int) -> list[date]:
    return sorted(LAST - timedelta(days=each) for each in back)


def test_growth_work_began_or_ended() -> None:
    ended = Stream("w1", "Carrier talks?", days(60, 50, 40), 9.0)
    begun = Stream("w2", "Warehouse strategy", days(20, 5), 5.0)
    found = list(suggestions.of_growth([ended, begun], FIRST, LAST))
    assert [(each.kind, each.action) for each in found] == [
        (SuggestionKind.ENDED, "Carrier talks, in September 2026"),
        (SuggestionKind.BEGUN, "Warehouse strategy"),
    ]
    small, old, vague = (
        Stream("w3", "Trade fair", days(40), 1.0),
        Stream("w4", "Trade fair", days(200, 190), 30.0),
        Stream("w5", "Sync", days(50, 40), 30.0),
    )
    assert list(suggestions.of_growth([small, old, vague], FIRST, LAST)) == []


def test_the_same_a_third_time() -> None:
    (one,) = suggestions.of_repeats([Stream("w", "Supplier talks", days(80, 79, 40, 2), 9.0)], FIRST, LAST)
    assert one.action == "Supplier talks, done 3 times"
    weekly = Stream("w", "Supplier talks", days(35, 28, 21, 14, 7, 0), 9.0)
    assert list(suggestions.of_repeats([weekly], FIRST, LAST)) == [], "one stretch of work"


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_runs_hold_every_day_once_and_lie_apart(back: list[int]) -> None:
    found = suggestions.runs(days(*back))
    assert all(sum(first <= day <= last for first, last in found) == 1 for day in days(*back))
    assert all((later[0] - earlier[1]).days >= 14 for earlier, later in pairwise(found))
    assert all(first in days(*back) and last in days(*back) for first, last in found)


def suggestion(kind: SuggestionKind, number: int, **told: Any) -> Suggestion:  # noqa: ANN401 - any field of it
    facts: dict[str, Any] = {
        "key": f"{kind.name}{number}",
        "action": "",
        "reason": "",
        "on": FIRST,
        "activity": number,
    } | told
    return Suggestion(kind=kind, **facts)


def test_the_most_telling_comes_first_and_each_piece_of_work_once() -> None:
    people, led = suggestion(SuggestionKind.PEOPLE, 1), suggestion(SuggestionKind.LED, 1)
    large, small = suggestion(SuggestionKind.PART, 2, hours=3.0), suggestion(SuggestionKind.PART, 3, hours=1.0)
    ended = suggestion(SuggestionKind.ENDED, 4, activity=None, workstream="w")
    again = suggestion(SuggestionKind.AGAIN, 5, activity=None, workstream="w")
    found = [again, small, people, ended, large, led]
    assert suggestions.best(found, without=()) == [led, large, small, ended]
    assert suggestions.best(found, without={led.key, ended.key}) == [large, small, again, people]


def test_a_key_hangs_on_the_words_alone() -> None:
    (one,) = suggestions.of_firsts([done(5, "Planning day")], Past(taken_part={"planning": 3}))
    (other,) = suggestions.of_firsts([done(9, "planning DAY 2026")], Past(taken_part={"planning": 7}))
    assert one.key == other.key
    assert one.key.startswith("led-")
