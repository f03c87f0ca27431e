"""Repetition beside what a history of its length leads to expect, and firsts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from outgrow.analysis.repetition import First, Sort, firsts, index
from outgrow.model.activity import Activity, Kind, State
from outgrow.model.period import Period
from outgrow.model.share import Unit

Make = Callable[..., Activity]

START = datetime(2026, 5, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
DAY = timedelta(days=1)


def daily(make: Make, titles: str) -> list[Activity]:
    return [make(title * 3, START + n * DAY, 60) for n, title in enumerate(titles)]


def test_the_share_of_hours_that_repeat(activity: Make) -> None:
    told = daily(activity, "abcacd")
    found = index(told, [1, 1, 1, 2, 3, 5], Period(date(2026, 5, 4), date(2026, 5, 6)))
    assert found is not None
    assert (found.share, found.history, found.unit) == (0.5, 3, Unit.HOURS)


def test_without_hours_the_share_is_of_items(activity: Make) -> None:
    found = index(daily(activity, "abac"), [0] * 4, Period(date(2026, 5, 3), date(2026, 5, 4)))
    assert found is not None
    assert (found.share, found.unit) == (0.5, Unit.ITEMS)


def test_what_comes_later_and_what_did_not_take_place_is_not_looked_at(activity: Make) -> None:
    told = daily(activity, "ab")
    more = [*told, activity("ccc", START + 9 * DAY, 60), activity("bbb", START - DAY, 60, state=State.DECLINED)]
    period = Period(date(2026, 5, 1), date(2026, 5, 2))
    assert index(told, [1, 1], period) == index(more, [1, 1, 1, 0], period)


def test_a_period_without_work_has_none(activity: Make) -> None:
    assert index(daily(activity, "ab"), [1, 1], Period(date(2027, 1, 1), date(2027, 1, 31))) is None


def test_expected_is_what_random_order_gives(activity: Make) -> None:
    titles, chance = list("aaaabbbccdefghij"), Random(5)  # noqa: S311 - an order
    period = Period(date(2026, 5, 12), date(2026, 5, 12))
    shares, expected = [], []
    for _ in range(800):
        chance.shuffle(titles)
        found = index(daily(activity, "".join(titles)), [1.0] * len(titles), period)
        assert found is not None
        shares.append(found.share)
        expected.append(found.expected)
    assert mean(shares) == pytest.approx(mean(expected), abs=0.04)


def test_expected_at_the_end_is_the_share_of_what_ever_comes_again(activity: Make) -> None:
    found = index(daily(activity, "aaabbccdef"), [1.0] * 10, Period(date(2026, 5, 10), date(2026, 5, 10)))
    assert found is not None
    assert found.expected == pytest.approx(0.7)


def test_a_longer_history_of_the_same_work_leads_to_expect_more_repetition(activity: Make) -> None:
    chance = Random(3)  # noqa: S311 - an order
    titles = "".join(chance.choice("aaaaaabbbbcdefghijklm") for _ in range(28))
    short = index(daily(activity, titles), [1] * 28, Period(date(2026, 5, 5), date(2026, 5, 8)))
    long = index(daily(activity, titles), [1] * 28, Period(date(2026, 5, 25), date(2026, 5, 28)))
    assert short is not None
    assert long is not None
    assert short.expected < long.expected


def test_firsts_are_what_no_time_before_has(activity: Make) -> None:
    told = [
        activity("Review of carriers", START, 60, kind=Kind.MEETING, people=("anna", "tom"), project="Carriers"),
        activity("Negotiate rates", START + DAY, 60, kind=Kind.MEETING, people=("tom", "lotte"), project="Carriers"),
        activity("Review of rates", START + 2 * DAY, 60, kind=Kind.MEETING, people=("lotte",), project="Ghent"),
    ]
    period = Period(date(2026, 5, 2), date(2026, 5, 31))
    assert firsts(told, period) == [
        First(Sort.PERSON, "lotte", date(2026, 5, 2), 1),
        First(Sort.MODE, "negotiate", date(2026, 5, 2), 1),
        First(Sort.PROJECT, "Ghent", date(2026, 5, 3), 2),
    ]
