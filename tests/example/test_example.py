"""The example person: what the demonstration rests on."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from time import process_time

import pytest

from outgrow import example
from outgrow.analysis import coverage, episodes, hours
from outgrow.analysis.grouping import key_of
from outgrow.analysis.titles import is_vague
from outgrow.example import Example, identity_of
from outgrow.model.activity import Kind, Precision, State, Visibility
from outgrow.model.judgement import Value

UNTIL = date(2026, 10, 31)


@pytest.fixture(scope="module")
def mira() -> Example:
    return example.generate(UNTIL)


def monthly(person: Example) -> list[float]:
    """Return the true growth share of every month, in hours."""
    sums: dict[tuple[int, int], dict[Value, float]] = defaultdict(lambda: defaultdict(float))
    counted = hours.count(person.activities, episodes.find(person.activities))
    for activity, spent in zip(person.activities, counted, strict=True):
        assert activity.start is not None
        sums[activity.start.year, activity.start.month][person.answer(activity).value] += spent
    return [
        sums[month][Value.GROWTH] / (sums[month][Value.GROWTH] + sums[month][Value.DEPTH]) for month in sorted(sums)
    ]


def test_the_same_day_gives_the_same_person(mira: Example) -> None:
    assert example.generate(UNTIL) == mira


def test_it_takes_less_than_a_second() -> None:
    began = process_time()
    example.generate(UNTIL)
    assert process_time() - began < 1


@pytest.mark.parametrize("until", [UNTIL, date(2024, 2, 29), date(2030, 1, 1)])
def test_two_years_about_four_thousand_activities_from_three_sources(until: date) -> None:
    person = example.generate(until)
    days = [activity.start.date() for activity in person.activities if activity.start]
    assert len(days) == len(person.activities)
    assert days == sorted(days)
    assert days[-1] <= until
    assert 700 <= (until - days[0]).days <= 731
    assert 3600 <= len(days) <= 4400
    assert len({(activity.source, activity.account) for activity in person.activities}) == 3


def test_every_activity_has_an_identity_of_its_own_and_an_answer(mira: Example) -> None:
    assert len({identity_of(activity) for activity in mira.activities}) == len(mira.activities)
    assert set(mira.answers) == {identity_of(activity) for activity in mira.activities}


@pytest.mark.parametrize("until", [UNTIL, date(2025, 6, 30)])
def test_a_plateau_and_then_a_turn(until: date) -> None:
    shares = monthly(example.generate(until))
    assert all(0.02 < share < 0.11 for share in shares[:17])
    assert 0.04 < sum(shares[:17]) / 17 < 0.08
    assert all(0.15 < share < 0.27 for share in shares[19:])


def test_her_guess_is_too_high(mira: Example) -> None:
    shares = monthly(mira)
    months = [date(2024, 11, 1), mira.turn, date(2026, 10, 1)]
    assert mira.turn == date(2026, 4, 1)
    assert all(
        mira.guess(month) > share + 0.1
        for month, share in zip(months, [shares[0], shares[17], shares[23]], strict=True)
    )


def test_a_workstream_is_outgrown(mira: Example) -> None:
    scorecards = [
        activity for activity in mira.activities if key_of(activity) == "t:supplier scorecards chase missing data"
    ]
    values = [mira.answer(activity).value for activity in scorecards]
    turn = values.index(Value.DEPTH)
    assert turn > 3
    assert set(values[:turn]) == {Value.GROWTH}
    assert set(values[turn:]) == {Value.DEPTH}


def test_growth_comes_with_its_reasons(mira: Example) -> None:
    answers = [answer for answer in mira.answers.values() if answer.value is Value.GROWTH]
    assert answers
    assert all(answer.reasons and answer.discomfort in range(1, 6) for answer in answers)


def test_the_calendar_is_as_untidy_as_calendars_are(mira: Example) -> None:
    told = Counter[str]()
    for activity in mira.activities:
        told[activity.state] += 1
        told[activity.visibility] += 1
        told["whole day"] += activity.precision is Precision.DAY
        told["series"] += bool(activity.series)
        told["vague"] += is_vague(activity.title)
        told["outside"] += mira.answer(activity).value is Value.OUTSIDE
    assert min(told[State.DECLINED], told[State.CANCELLED], told[Visibility.BUSY], told["whole day"]) >= 10
    assert told["series"] > 500
    assert 0.05 < told["vague"] / len(mira.activities) < 0.15
    assert told["outside"] > 50


def test_meetings_are_double_booked_and_some_work_is_told_twice(mira: Example) -> None:
    done = [activity for activity in mira.activities if activity.state is State.DONE]
    meetings = [activity for activity in done if activity.kind is Kind.MEETING and activity.minutes]
    counted = hours.count(meetings)
    halved = [m for m, spent in zip(meetings, counted, strict=True) if spent < (m.minutes or 0) / 60 - 0.01]
    assert len(halved) > 30
    assert len(episodes.find(mira.activities)) > 100


def test_holidays_and_a_sick_week_are_without_work(mira: Example) -> None:
    off = coverage.absences(mira.activities)
    assert len(off) > 40
    assert any("Sick" in activity.title for activity in mira.activities)
    worked = {a.start.date() for a in mira.activities if a.start and a.kind is Kind.TIME_ENTRY}
    assert not worked & off
    assert all(day.weekday() < 5 for day in worked)


def test_about_four_fifths_of_her_hours_are_measured(mira: Example) -> None:
    pieces = hours.pieces(mira.activities, episodes.find(mira.activities))
    weekly = hours.weeks(pieces, [""] * len(mira.activities))
    found = coverage.coverage(
        {week: spent for (week, _), spent in weekly.items()}, mira.weekly_hours, coverage.absences(mira.activities)
    )
    last = max(found) - timedelta(weeks=1)
    assert 0.6 < found[last] < 1.1
    assert 0.7 < sum(found.values()) / len(found) < 1
