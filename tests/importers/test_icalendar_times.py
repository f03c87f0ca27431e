"""Times, lengths and zones as calendar files write them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.importers.icalendar.zones import pinned
from outgrow.model.activity import DurationBasis, Precision, ZoneCertainty
from tests.importers.calendar_files import NINE, calendar, event, only, read, starts


def test_a_time_in_utc_is_told_in_the_zone_of_the_calendar_or_of_the_person() -> None:
    assert starts(read(calendar(event("DTSTART:20240505T230000Z")))) == ["2024-05-06T01:00:00+02:00"]
    toronto = calendar(event("DTSTART:20240506T020000Z"), header="X-WR-TIMEZONE:America/Toronto\n")
    found = only(read(toronto))
    assert starts(([found], [])) == ["2024-05-05T22:00:00-04:00"]
    assert (found.zone, found.zone_certainty) == ("America/Toronto", ZoneCertainty.STATED)
    assert only(read(toronto.replace("America/Toronto", "UTC"))).zone == "Europe/Berlin"


OWN = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0600
TZOFFSETTO:+0500
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0500
TZOFFSETTO:+0600
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("tzid", "offset", "zone", "certainty"),
    [
        ("America/New_York", "-04:00", "America/New_York", ZoneCertainty.STATED),
        ('"America/New_York"', "-04:00", "America/New_York", ZoneCertainty.STATED),
        ("america/new york", "-04:00", "America/New_York", ZoneCertainty.MAPPED),
        ("/Europe/Stockholm", "+02:00", "Europe/Stockholm", ZoneCertainty.MAPPED),
        ("/freeassociation.sourceforge.net/Europe/Paris", "+02:00", "Europe/Paris", ZoneCertainty.MAPPED),
        ("/mozilla.org/20050126_1/America/Indiana/Knox", "-05:00", "America/Indiana/Knox", ZoneCertainty.MAPPED),
        ("Pacific Standard Time", "-07:00", "America/Los_Angeles", ZoneCertainty.MAPPED),
        ("w. europe standard time", "+02:00", "Europe/Berlin", ZoneCertainty.MAPPED),
        ("Own", "+06:00", "Own", ZoneCertainty.STATED),
        ('"(UTC-03:30) Somewhere: far"', "-03:30", "(UTC-03:30) Somewhere: far", ZoneCertainty.MAPPED),
        ("Absurd", "+02:00", "Europe/Berlin", ZoneCertainty.ASSUMED),
        ("Empty", "+02:00", "Europe/Berlin", ZoneCertainty.ASSUMED),
        ("Nowhere/At_All", "+02:00", "Europe/Berlin", ZoneCertainty.ASSUMED),
        ("../../etc/passwd", "+02:00", "Europe/Berlin", ZoneCertainty.ASSUMED),
        ("Europe", "+02:00", "Europe/Berlin", ZoneCertainty.ASSUMED),
        ("Libic", "+09:00", "Asia/Tokyo", ZoneCertainty.MAPPED),
    ],
)
def test_zones_are_found_by_their_many_names(tzid: str, offset: str, zone: str, certainty: ZoneCertainty) -> None:
    zones = [
        OWN.format(name="Own"),
        OWN.format(name="Absurd").replace("+0500", "+5328"),
        "BEGIN:VTIMEZONE\nTZID:Empty\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:Libic\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n",
    ]
    found = only(read(calendar(event(f"DTSTART;TZID={tzid}:20240506T090000"), *zones)))
    assert starts(([found], [])) == [f"2024-05-06T09:00:00{offset}"]
    assert (found.zone, found.zone_certainty) == (zone, certainty)
    assert bool(found.warnings) == (certainty is ZoneCertainty.ASSUMED or "UTC" in zone)


def test_an_own_zone_changes_when_it_says() -> None:
    days = ("20240330", "20240331", "20241026", "20241027")
    events = [event(f"DTSTART;TZID=Own:{day}T120000", uid=day) for day in days]
    found = starts(read(calendar(OWN.format(name="Own"), *events)))
    assert [each[-6:] for each in found] == ["+05:00", "+06:00", "+06:00", "+05:00"]


def test_a_time_without_zone_is_the_persons() -> None:
    found = only(read(calendar(event("DTSTART:20240506T090000\nDTEND:20240506T093000"))))
    assert starts(([found], [])) == ["2024-05-06T09:00:00+02:00"]
    assert (found.zone, found.zone_certainty, found.minutes) == ("Europe/Berlin", ZoneCertainty.ASSUMED, 30)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("DTSTART;VALUE=DATE:20240506\nDTEND;VALUE=DATE:20240508", 2),
        ("DTSTART:20240506\nDTEND:20240507", 1),
        ("DTSTART;VALUE=DATE:20240506\nDTEND;VALUE=DATE:20240506", 1),
        ("DTSTART;VALUE=DATE:20240506", 1),
        ("DTSTART;VALUE=DATE:20240506\nDURATION:P1W", 7),
        ("DTSTART;VALUE=DATE:20240506\nDTEND;VALUE=DATE:20240501", 1),
    ],
)
def test_whole_days_never_have_hours(lines: str, days: int) -> None:
    found = only(read(calendar(event(lines))))
    assert starts(([found], [])) == ["2024-05-06T00:00:00+02:00"]
    assert found.end is not None
    assert found.end.isoformat() == f"2024-05-{6 + days:02}T00:00:00+02:00"
    assert (found.precision, found.minutes, found.basis) == (Precision.DAY, None, DurationBasis.NONE)


@pytest.mark.parametrize(
    ("end", "minutes", "warned"),
    [
        ("DTEND:20240506T090000Z", 0, False),
        ("", None, False),
        ("DURATION:PT1H30M", 90, False),
        ("DURATION:-PT1H", None, True),
        ("DURATION:soon", None, True),
        ("DTEND:20240506T080000Z", None, True),
        ("DTEND:99991231T000000Z", None, True),
        ("DTEND:2024", None, True),
        ("DTEND;TZID=Europe/Berlin:20240506T120000", 60, False),
        ("DTEND:20240507T090000Z", None, True),
        ("DTEND:20240506T100000Z\nDURATION:PT5H", 60, False),
    ],
)
def test_an_end_that_is_missing_or_impossible_gives_no_minutes(
    end: str,
    minutes: float | None,
    warned: bool,
) -> None:
    found = only(read(calendar(event("DTSTART:20240506T090000Z", end))))
    assert (found.minutes, bool(found.warnings)) == (minutes, warned)
    assert (found.basis is DurationBasis.NONE) == (minutes is None)


def test_ends_in_another_manner_than_their_start() -> None:
    naive = only(read(calendar(event("DTSTART;TZID=America/New_York:20240506T090000\nDTEND:20240506T100000"))))
    aware = only(read(calendar(event("DTSTART:20240506T090000\nDTEND:20240506T080000Z"))))
    both = only(read(calendar(event("DTSTART;TZID=Europe/Berlin:20240506T090000Z\nDTEND:20240506T093000"))))
    assert (naive.minutes, aware.minutes, both.minutes) == (60, 60, 30)


@pytest.mark.promise("P13")
@pytest.mark.parametrize(
    ("stamp", "start"),
    [
        ("20240506T240000", "2024-05-07T00:00:00+02:00"),
        ("20240506T235960", "2024-05-07T00:00:00+02:00"),
        ("20240506t0900", "2024-05-06T09:00:00+02:00"),
        ("2024-05-06T09:00:00", "2024-05-06T09:00:00+02:00"),
        ("20240506T090000+0530", "2024-05-06T05:30:00+02:00"),
        ("20240331T023000", "2024-03-31T02:30:00+01:00"),
        ("20241027T023000", "2024-10-27T02:30:00+02:00"),
        ("18500101T120000", "1850-01-01T12:00:00+00:53"),
        ("00020101", "0002-01-01T00:00:00+00:53"),
    ],
)
def test_odd_times_are_read(stamp: str, start: str) -> None:
    found = starts(read(calendar(event(f"DTSTART:{stamp}"))))
    assert found == [start]


@pytest.mark.promise("P13")
@pytest.mark.parametrize(
    "stamp",
    [
        "00000101T000000Z",
        "00010101T000000Z",
        "99991231T235959Z",
        "20240230",
        "20241301T000000",
        "20240506T250000",
        "20240506T096000",
        "20240506T240001",
        "20240506T090061",
        "20240506T0900+9900",
        "tomorrow",
        "\uff12\uff10\uff12\uff140506",
        "",
    ],
)
def test_times_that_do_not_exist_are_problems(stamp: str) -> None:
    activities, problems = read(calendar(event(f"DTSTART:{stamp}", uid="bad"), event(NINE, uid="good")))
    assert [each.native_id for each in activities] == ["good"]
    assert problems[0].line == 3
    assert problems[0].reason
    assert problems[0].remedy
    assert "UID:bad" in problems[0].raw


@pytest.mark.promise("P13")
@settings(max_examples=60, deadline=None, derandomize=True)
@given(wall=st.datetimes(), zone=st.timezones())
def test_a_pinned_time_has_the_same_clock_and_whole_minutes(wall: datetime, zone: object) -> None:
    aware = wall.replace(tzinfo=zone)  # type: ignore[arg-type]
    found = pinned(aware)
    assert found.replace(tzinfo=None) == wall
    assert (found.utcoffset() or timedelta()) % timedelta(minutes=1) == timedelta(0)
    assert abs((found.utcoffset() or timedelta()) - (aware.utcoffset() or timedelta())) <= timedelta(seconds=30)
