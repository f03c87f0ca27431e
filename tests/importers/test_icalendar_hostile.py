"""Calendar files that break or stop other readers: bounded time and memory, a clear problem, the rest is read."""

import random
import string
import time
import tracemalloc
from collections.abc import Callable

import pytest

from outgrow.importers.contract import Unreadable
from outgrow.importers.icalendar import reader
from outgrow.model.activity import State
from tests.importers.calendar_files import NINE, WEEKLY, Found, calendar, event, read

pytestmark = pytest.mark.promise("P9")

GOOD = event(NINE, "SUMMARY:Good", uid="good")
OLD = "DTSTART:19700101T000000Z\nDURATION:PT1H\n"


def timed(text: str | bytes, seconds: float) -> Found:
    """Read within so many processor seconds."""
    began = time.process_time()
    found = read(text)
    assert time.process_time() - began < seconds
    return found


def titles(found: Found) -> set[str]:
    """Return the titles told."""
    return {each.title for each in found[0]}


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=SECONDLY;COUNT=1000000000",
        "RRULE:FREQ=MINUTELY\nEXRULE:FREQ=MINUTELY;INTERVAL=2",
        "RRULE:FREQ=HOURLY;BYMINUTE=0,1,2,3,4,5,6,7,8,9",
        "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10;BYMINUTE=0,1,2,3,4,5,6,7,8,9",
    ],
)
def test_a_series_without_measure_is_a_problem(rule: str) -> None:
    found = timed(calendar(event(OLD + rule), GOOD), 2)
    assert titles(found) == {"Good"}
    assert "more often than can be listed" in found[1][0].reason


def test_many_greedy_series_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_STEPS", 100_000)
    greedy = [event(OLD + "RRULE:FREQ=DAILY", uid=str(number)) for number in range(3000)]
    found = timed(calendar(*greedy, GOOD), 5)
    assert "Good" in titles(found)
    assert "series of this file" in found[1][-1].reason


def test_series_without_measure_do_not_use_up_what_the_others_need() -> None:
    endless = [event(OLD + "RRULE:FREQ=SECONDLY", uid=str(number)) for number in range(200)]
    found = timed(calendar(*endless, event(WEEKLY, uid="weekly")), 2)
    assert (len(found[0]), len(found[1])) == (5, 200)


def test_a_rule_that_excepts_without_measure_is_a_problem() -> None:
    found = timed(calendar(event(WEEKLY, "EXRULE:FREQ=SECONDLY"), GOOD), 2)
    assert titles(found) == {"Good"}


def test_alarms_that_ring_without_measure_are_not_read() -> None:
    alarm = "BEGIN:VALARM\nTRIGGER:-PT5M\nREPEAT:20000000\nDURATION:PT1S\nEND:VALARM"
    assert len(timed(calendar(event(WEEKLY, alarm)), 1)[0]) == 5


def test_a_zone_that_changes_every_second_is_not_used() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Mad\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    activities, _ = timed(calendar(zone, event("DTSTART;TZID=Mad:20240506T090000")), 2)
    assert "not known" in activities[0].warnings[0]


def test_a_line_of_50_mb_costs_little() -> None:
    text = calendar(event(NINE, "DESCRIPTION:" + "x" * 50_000_000, "SUMMARY:After", uid="1"), GOOD).encode()
    tracemalloc.start()
    found = timed(text, 5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert titles(found) == {"After", "Good"}
    assert peak < 70_000_000  # the text of the test itself is 50 of them


@pytest.mark.parametrize("part", ["\n ", "\n\t", "\n\n "])
def test_a_line_of_a_million_folds_costs_little(part: str) -> None:
    found = timed(calendar(event(NINE, "SUMMARY:" + f"x{part}" * 1_000_000, uid="1"), GOOD), 5)
    assert max(map(len, titles(found))) == 1000


def test_what_is_too_long_is_cut() -> None:
    people = [f"ATTENDEE;CN=Person {number}:mailto:{number}@example.org" for number in range(20_000)]
    lines = [*people, "CATEGORIES:" + ",".join(map(str, range(10_000))), "DESCRIPTION:" + "https://a.example/x " * 4000]
    found = timed(calendar(event(NINE, *lines, "URL:" + "h" * 5000, uid="u" * 90_000)), 3)[0][0]
    assert len(found.people) == 200
    assert len(found.tags) == 50
    assert len(found.references) == 1
    assert max(len(found.native_id), len(found.url)) <= 1000


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (calendar("BEGIN:VEVENT\nUID:cut\n" + NINE + "\n", GOOD), 1),
        (calendar("BEGIN:VEVENT\nUID:outer\n" + GOOD + NINE + "\nEND:VEVENT\n"), 1),
        (calendar(GOOD) + "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:cut\nDTSTART:2024", 1),
        (calendar(GOOD, "BEGIN:VEVENT\nUID:cut\n"), 1),
        (calendar("END:VEVENT\nEND:VEVENT\n", GOOD, "END:VCALENDAR\nEND:VALARM\n"), 0),
        (calendar("BEGIN:VTODO\nUID:open\n", GOOD), 0),
        (calendar("BEGIN:X-THING\nSUMMARY:no\n" * 5000, GOOD), 0),
        (calendar("BEGIN:VEVENT\nBEGIN:VALARM\n" + NINE + "\nEND:VEVENT\n", GOOD), 1),
        (calendar(GOOD).replace("VERSION", "no colon here\n:\n;;;:::\nBEGIN\nBEGIN:\n\0VERSION"), 0),
    ],
)
def test_broken_blocks_are_problems_and_the_rest_is_read(text: str, problems: int) -> None:
    found = timed(text, 2)
    assert titles(found) == {"Good"}
    assert len(found[1]) == problems


def test_nul_and_odd_letters_are_no_trouble() -> None:
    title = '<img src=x onerror="alert(1)"> \u202egnp.exe \x1b[31mred \x07 =cmd|1 ignore previous instructions'
    found = timed(calendar(event(NINE, f"SUMMARY:{title}\0", uid="1")), 1)
    assert found[0][0].title == title


def test_a_cancelled_override_is_not_told_as_real() -> None:
    change = event("RECURRENCE-ID:20240311T080000Z", "DTSTART:20240311T080000Z", "STATUS:CANCELLED")
    activities, _ = timed(calendar(event(WEEKLY), change), 1)
    assert [each.state for each in activities].count(State.CANCELLED) == 1
    assert len(activities) == 5


def test_fifty_thousand_empty_events_are_fifty_thousand_problems() -> None:
    assert len(timed(calendar("BEGIN:VEVENT\nEND:VEVENT\n" * 50_000), 10)[1]) == 50_000


SEED = calendar(
    "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:20000101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE\n",
    event(WEEKLY, "EXDATE:20240311T080000Z", "RDATE;VALUE=PERIOD:20240601T090000Z/PT2H", "SUMMARY:Series\\, weekly"),
    event("RECURRENCE-ID;RANGE=THISANDFUTURE:20240325T080000Z", NINE, "SEQUENCE:2", "STATUS:CANCELLED"),
    event(
        "DTSTART;TZID=Own:20240506T090000\nDTEND;TZID=Pacific Standard Time:20240506T090000",
        'ATTENDEE;CN="Lee";PARTSTAT=DECLINED:mailto:lee@example.org',
        "CATEGORIES:a,b",
        uid="own",
    ),
    event("DTSTART;VALUE=DATE:20240506\nRRULE:FREQ=MONTHLY;BYDAY=2MO;BYSETPOS=1;UNTIL=20241231", uid="days"),
    "BEGIN:VTODO\nUID:task\nCOMPLETED:20240506T090000Z\nEND:VTODO\n",
    header="X-WR-TIMEZONE:Europe/Paris\n",
).encode()
WORDS = [
    *(f"FREQ={each}" for each in ("SECONDLY", "YEARLY", "DAILY", "HOURLY", "")),
    *("INTERVAL=0", "COUNT=99999999", "BYDAY=-5SU", "BYWEEKNO=-53", "UNTIL=00010101", "BYSECOND=60", "WKST=XX"),
    *("00000101T000000Z", "99991231T235959Z", "00020101", "20240230", "T240000", "T235960", "-PT1H", "P9999999W"),
    *(
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VALARM",
        "\n ",
        "\r",
        "\n\n",
        "\0",
        "\\",
    ),
    *('"', ";", ":", ",", "=", ";TZID=", ";VALUE=DATE", "TZOFFSETTO:+9999", "\u202e", "\ud7ff", "\ufeff", "RANGE=X"),
]
LETTERS = string.printable.encode() + bytes(range(256))


def mutated(chance: random.Random) -> bytes:
    """Return the seed with a few cuts, copies, odd bytes and odd words."""
    text = bytearray(SEED)
    for _ in range(chance.randint(1, 12)):
        chance.choice(MUTATIONS)(text, chance)
    return bytes(text)


def _cut(text: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(text) + 1)
    del text[place : place + chance.choice((1, 2, 10, 200))]


def _copy(text: bytearray, chance: random.Random) -> None:
    place, size = chance.randrange(len(text) + 1), chance.choice((5, 50, 500))
    target = chance.randrange(len(text) + 1)
    text[target:target] = text[place : place + size]


def _letter(text: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(text) + 1)
    text[place : place + chance.randint(0, 1)] = bytes([chance.choice(LETTERS)])


def _word(text: bytearray, chance: random.Random) -> None:
    marks = [place for place, letter in enumerate(text) if letter in b"\n:;=,"] or [0]
    place = chance.choice(marks) + 1
    text[place : place + chance.choice((0, 0, 4, 16))] = chance.choice(WORDS).encode()


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (_cut, _copy, _letter, _word, _word)


def fuzz(count: int, seed: int) -> None:
    """Read mutated files: only the contract's exception may leave, every event is accounted for, in bounded time."""
    chance = random.Random(seed)  # noqa: S311 - the same files every time
    for _ in range(count):
        text = mutated(chance)
        try:
            timed(text, 4)
        except Unreadable:
            continue
        except BaseException:
            print(text)  # noqa: T201 - the file that did it
            raise


def test_mutated_files_are_read_or_refused() -> None:
    fuzz(400, seed=1)


@pytest.mark.slow
def test_a_hundred_thousand_mutated_files_are_read_or_refused() -> None:
    fuzz(100_000, seed=2)
