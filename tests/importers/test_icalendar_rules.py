"""Recurrence rules: the same times as dateutil by itself where they end, against the clock where they do not."""

import time
from datetime import datetime
from itertools import islice
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from outgrow.importers.icalendar.rules import Budget, TooOften, expand, rule
from outgrow.importers.icalendar.times import Unclear

LAST = datetime(2031, 1, 1)  # noqa: DTZ001 - rules are of local time
DAYS = st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    """List numbers but zero, as rules write them."""
    one = st.integers(low, high).filter(bool)
    return st.lists(one, min_size=1, max_size=3).map(lambda each: ",".join(map(str, each)))


def plain_days() -> st.SearchStrategy[str]:
    """List days of the week."""
    return st.lists(DAYS, min_size=1, max_size=3).map(",".join)


def nth_days() -> st.SearchStrategy[str]:
    """List n-th days of the week."""
    one = st.builds("{}{}".format, st.integers(-5, 5).filter(bool), DAYS)
    return st.lists(one, min_size=1, max_size=3).map(",".join)


PARTS: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "YEARLY": {
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(-31, 31),
        "BYDAY": st.one_of(plain_days(), nth_days()),
        "BYWEEKNO": numbers(-53, 53),
        "BYYEARDAY": numbers(-366, 366),
        "BYSETPOS": numbers(-3, 3),
        "BYHOUR": numbers(0, 23),
    },
    "MONTHLY": {
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(-31, 31),
        "BYDAY": st.one_of(plain_days(), nth_days()),
        "BYSETPOS": numbers(-3, 3),
        "BYHOUR": numbers(0, 23),
        "BYMINUTE": numbers(0, 59),
    },
    "WEEKLY": {"BYMONTH": numbers(1, 12), "BYDAY": plain_days(), "BYHOUR": numbers(0, 23)},
    "DAILY": {
        "BYMONTH": numbers(1, 12),
        "BYMONTHDAY": numbers(-31, 31),
        "BYDAY": plain_days(),
        "BYMINUTE": numbers(0, 59),
    },
    "HOURLY": {"BYMONTH": numbers(1, 12), "BYDAY": plain_days(), "BYMINUTE": numbers(0, 59), "BYHOUR": numbers(0, 23)},
    "MINUTELY": {"BYHOUR": numbers(0, 23), "BYSECOND": numbers(0, 59)},
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw rules of all frequencies with any of their parts, as text."""
    frequency = draw(st.sampled_from(sorted(PARTS)))
    options = PARTS[frequency]
    names = draw(st.lists(st.sampled_from(sorted(options)), unique=True, max_size=3))
    names = [name for name in names if name != "BYWEEKNO" or "BYDAY" not in names]  # where n-th days mean nothing
    parts = [f"FREQ={frequency}", *(f"{name}={draw(options[name])}" for name in names)]
    parts += [f"INTERVAL={draw(st.integers(1, 5))}"] if draw(st.booleans()) else []
    parts += [f"COUNT={draw(st.integers(1, 40))}"] if draw(st.booleans()) else []
    parts += [f"WKST={draw(DAYS)}"] if draw(st.booleans()) else []
    return ";".join(parts)


starts = st.datetimes(datetime(2023, 1, 1), datetime(2024, 12, 31)).map(  # noqa: DTZ001 - rules are of local time
    lambda each: each.replace(microsecond=0)
)


def expanded(text: str, start: datetime, most: int) -> list[datetime]:
    """Return the first times of a rule as we find them."""
    budget = Budget(10_000_000)
    budget.begin()
    return list(islice(expand(rule(text), start, LAST, budget), most))


def peer(text: str, start: datetime, most: int) -> list[datetime]:
    """Return the first times of a rule as dateutil finds them by itself."""
    try:
        found: Any = rrulestr(text, dtstart=start)
    except ValueError:  # it sees that the hours named are never reached
        return []
    return list(islice((each for each in found.xafter(start, inc=True) if each <= LAST), most))


@settings(max_examples=150, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
@given(text=rules(), start=starts)
@example(text="FREQ=MONTHLY;BYDAY=-1FR", start=datetime(2024, 1, 31, 9))  # noqa: DTZ001 - rules know no zone
@example(text="FREQ=MONTHLY", start=datetime(2024, 1, 31, 9))  # noqa: DTZ001 - rules know no zone
@example(text="FREQ=YEARLY", start=datetime(2024, 2, 29, 9))  # noqa: DTZ001 - rules know no zone
@example(text="FREQ=YEARLY;BYDAY=20MO", start=datetime(2024, 2, 29, 9))  # noqa: DTZ001 - rules know no zone
@example(text="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", start=datetime(2024, 2, 29, 9))  # noqa: DTZ001 - rules know no zone
@example(text="FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU", start=datetime(2024, 8, 5, 9))  # noqa: DTZ001 - rules know no zone
def test_no_guard_changes_the_times_that_dateutil_finds(text: str, start: datetime) -> None:
    try:
        ours = expanded(text, start, 60)
    except TooOften:
        return
    reference = f"{text};UNTIL={LAST:%Y%m%dT%H%M%S}" if "COUNT" not in text else text
    assert ours == peer(reference, start, 60)


def cost(text: str, start: datetime) -> float:
    """Return the processor seconds until a rule is given up or done."""
    began = time.process_time()
    with pytest.raises(TooOften):
        expanded(text, start, 10**9)
    return time.process_time() - began


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=999999999999999999999",
        "FREQ=HOURLY;BYHOUR=5;BYMINUTE=1",
        "FREQ=SECONDLY;BYSECOND=1;BYMINUTE=1;BYHOUR=5;COUNT=99999",
        "FREQ=DAILY;BYSETPOS=" + ",".join(map(str, range(2, 367))),
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3;BYSECOND=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;BYSECOND=" + ",".join(map(str, range(60))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=" + ",".join(map(str, range(24))),
    ],
)
def test_a_rule_without_measure_is_given_up_soon(text: str) -> None:
    assert cost(text, datetime(1970, 1, 1)) < 2  # noqa: DTZ001 - rules know no zone


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=MONTHLY;BYDAY=-5MO;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=60MO,-99TU",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
        "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5",
    ],
)
def test_a_rule_that_never_matches_ends(text: str) -> None:
    began = time.process_time()
    assert expanded(text, datetime(2024, 1, 1), 10) == []  # noqa: DTZ001 - rules know no zone
    assert time.process_time() - began < 1


@pytest.mark.promise("P9")
def test_rules_that_never_match_are_bounded_together() -> None:
    budget = Budget(100_000)
    never, start = rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), datetime(2024, 1, 1)  # noqa: DTZ001 - rules know no zone
    for _ in range(2):
        budget.begin()
        assert not list(expand(never, start, LAST, budget))
    budget.begin()
    with pytest.raises(TooOften, match="of this file"):
        list(expand(never, start, LAST, budget))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,2TU;COUNT=6", ["01-01", "01-08", "01-09", "01-15", "01-22", "01-29"]),
        ("FREQ=YEARLY;BYDAY=20MO,60MO;COUNT=1", ["05-13"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;COUNT=1", ["02-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["01-31", "02-29", "03-29"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=1MO,WE;COUNT=4", ["01-01", "01-03", "01-15", "01-17"]),
    ],
)
def test_known_rules_have_known_days(text: str, days: list[str]) -> None:
    found = expanded(text, datetime(2024, 1, 1), 10)  # noqa: DTZ001 - rules know no zone
    assert [f"{each:%m-%d}" for each in found] == days


def test_nothing_is_found_before_the_start() -> None:
    assert expanded("FREQ=DAILY", LAST.replace(year=LAST.year + 1), 10) == []


def test_steps_are_paid_from_what_the_file_has_left() -> None:
    budget = Budget(150)
    for _ in range(2):
        budget.begin()
        budget.spend(60)
    budget.begin()
    with pytest.raises(TooOften):
        budget.spend(60)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("FREQ=FORTNIGHTLY", "frequency"),
        ("INTERVAL=1", "frequency"),
        ("FREQ=DAILY;INTERVAL=0", "interval"),
        ("FREQ=DAILY;INTERVAL=-1", "interval"),
        ("FREQ=DAILY;INTERVAL=many", "interval"),
        ("FREQ=YEARLY;BYMONTH=13", "13"),
        ("FREQ=YEARLY;BYMONTHDAY=0", "0"),
        ("FREQ=YEARLY;BYHOUR=x", "X"),
        ("FREQ=WEEKLY;BYDAY=XX", "XX"),
        ("FREQ=WEEKLY;UNTIL=never", "NEVER"),
        ("RSCALE=CHINESE;FREQ=YEARLY", "calendar"),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "within a day"),
        ("FREQ=MINUTELY;BYDAY=MO", "within a day"),
        ("FREQ=HOURLY;BYMINUTE=1;BYSETPOS=7", "within a day"),
    ],
)
def test_a_rule_that_cannot_be_followed_says_why(text: str, word: str) -> None:
    with pytest.raises(Unclear, match=word):
        rule(text)


def test_spaces_small_letters_and_unknown_parts_do_no_harm() -> None:
    found = rule("freq=weekly; byday=MO, TU ;X-NOTE=1;;COUNT=-1")
    assert (found.frequency, found.weekdays, found.count) == ("WEEKLY", ((0, 0), (0, 1)), None)
