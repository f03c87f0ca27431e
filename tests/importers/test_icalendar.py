"""What an event of a calendar file tells, and which files are read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.importers.contract import Context, Unreadable
from outgrow.importers.icalendar import ICalendar
from outgrow.model.activity import Activity, DurationBasis, Kind, Role, State, Visibility, ZoneCertainty
from tests.importers.calendar_files import NINE, calendar, event, only, read


def test_a_meeting_has_its_time_title_people_and_references() -> None:
    found = only(
        read(
            calendar(
                event(
                    NINE,
                    "SUMMARY:Review of ABC-12\\, part two\\nwith  legal",
                    "DESCRIPTION:see https://example.org/doc/7, commit 1a2b3c4d, ISO-8601, https://acme.zoom.us/j/123",
                    "SEQUENCE:3",
                    "CATEGORIES:Planning,Legal\\, law",
                    "CATEGORIES:Planning",
                    "URL:https://example.org/event/1",
                    "ORGANIZER;CN=Kim:mailto:kim@example.org",
                    "ATTENDEE;CN=Kim:MAILTO:kim@example.org",
                    'ATTENDEE;CN="Room, large";CUTYPE=ROOM:mailto:room@example.org',
                    'ATTENDEE;PARTSTAT=ACCEPTED;CN="Lee: the second":mailto:lee@example.org',
                    "ATTENDEE:mailto:Sam@example.org",
                )
            ),
            account="work",
        )
    )
    assert found == Activity(
        source="icalendar",
        account="work",
        native_id="a@b",
        revision=3,
        line=3,
        kind=Kind.MEETING,
        title="Review of ABC-12, part two with legal",
        start=datetime(2024, 5, 6, 9, tzinfo=UTC),
        end=datetime(2024, 5, 6, 10, 30, tzinfo=UTC),
        zone="Europe/Berlin",
        zone_certainty=ZoneCertainty.STATED,
        minutes=90,
        basis=DurationBasis.PLANNED,
        tags=("Planning", "Legal, law"),
        people=("Kim", "Lee: the second", "Sam@example.org"),
        url="https://example.org/event/1",
        references=("ABC-12", "1a2b3c4d", "https://example.org/doc/7"),
    )


def test_an_empty_uid_is_none() -> None:
    parts = [event(f"SUMMARY:Same\nDTSTART:2024050{day}T090000Z", uid="") for day in (6, 7)]
    assert len(read(calendar(*parts))[0]) == 2


ME = frozenset({"me@example.org", "old@example.org"})


@pytest.mark.parametrize(
    ("lines", "role", "state"),
    [
        ("ORGANIZER;CN=Me:mailto:ME@example.org", Role.LED, State.DONE),
        ("ATTENDEE;PARTSTAT=DECLINED:MailTo:Me@Example.org", Role.TOOK_PART, State.DECLINED),
        ("ATTENDEE;PARTSTAT=declined;EMAIL=old@example.org:urn:uuid:7", Role.TOOK_PART, State.DECLINED),
        ("ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:me@example.org", Role.OPTIONAL, State.DONE),
        ("ATTENDEE;ROLE=CHAIR:mailto:me@example.org", Role.LED, State.DONE),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:kim@example.org", Role.UNKNOWN, State.DONE),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org\nSTATUS:CANCELLED", Role.TOOK_PART, State.CANCELLED),
    ],
)
def test_only_the_persons_own_answer_counts(lines: str, role: Role, state: State) -> None:
    found = only(read(calendar(event(NINE, lines)), addresses=ME))
    assert (found.role, found.state) == (role, state)
    assert "Me" not in found.people


def test_nobody_is_the_person_while_no_address_is_known() -> None:
    found = only(read(calendar(event(NINE, "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org"))))
    assert (found.role, found.state, found.people) == (Role.UNKNOWN, State.DONE, ("me@example.org",))


@pytest.mark.parametrize(
    ("lines", "visibility", "tags"),
    [
        ("CLASS:PRIVATE", Visibility.PRIVATE, ()),
        ("CLASS:confidential", Visibility.PRIVATE, ()),
        ("SUMMARY:Busy", Visibility.BUSY, ()),
        ("SUMMARY:Busy week", Visibility.NORMAL, ()),
        ("TRANSP:TRANSPARENT", Visibility.NORMAL, ("free",)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", Visibility.NORMAL, ("out of office",)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:TRANSPARENT", Visibility.NORMAL, ("free",)),
    ],
)
def test_what_the_calendar_says_of_the_time(lines: str, visibility: Visibility, tags: tuple[str, ...]) -> None:
    found = only(read(calendar(event(NINE, lines))))
    assert (found.visibility, found.tags) == (visibility, tags)


def test_a_whole_day_that_takes_no_time_is_a_note() -> None:
    assert only(read(calendar(event("DTSTART:20240506\nTRANSP:TRANSPARENT")))).kind is Kind.NOTE
    assert only(read(calendar(event("DTSTART:20240506")))).kind is Kind.MEETING


def test_a_calendar_that_cancels_cancels_all_its_events() -> None:
    found = only(read(calendar(event(NINE), header="METHOD:CANCEL\n")))
    assert found.state is State.CANCELLED


def test_only_events_are_told() -> None:
    parts = [
        "BEGIN:VTODO\nUID:1\nSUMMARY:Done\nCOMPLETED:20240506T090000Z\nEND:VTODO\n",
        "BEGIN:VTODO\nUID:2\nSUMMARY:Some day\nSTATUS:COMPLETED\nEND:VTODO\n",
        "BEGIN:VTODO\nUID:4\nSUMMARY:Open\nDTSTART:20240506T090000Z\nRRULE:FREQ=DAILY\nEND:VTODO\n",
        event(NINE, uid="7"),
        "BEGIN:VJOURNAL\nUID:5\nDTSTART:20240506\nEND:VJOURNAL\n",
        "BEGIN:VFREEBUSY\nUID:6\nEND:VFREEBUSY\n",
    ]
    activities, problems = read(calendar(*parts))
    assert problems == []
    assert [each.native_id for each in activities] == ["7"]


def test_small_letters_missing_envelopes_and_several_calendars_are_read() -> None:
    small = "begin:vcalendar\nbegin:vevent\nuid:1\ndtstart:20240506T090000Z\nsummary:Small\nend:vevent\nend:vcalendar\n"
    bare = event(NINE, "SUMMARY:Bare", uid="2")
    activities, _ = read(small + bare + calendar(event(NINE, "SUMMARY:Third", uid="3")))
    assert [each.title for each in activities] == ["Small", "Bare", "Third"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_line_ends_and_marks_of_every_kind_are_read(end: bytes) -> None:
    text = b"\xef\xbb\xbf" + calendar(event(NINE, "SUMMARY:Gr\u00fc", " \u00dfe", uid="1")).encode()
    assert only(read(text.replace(b"\n", end))).title == "Gr\u00fc\u00dfe"


def test_other_encodings_are_read() -> None:
    text = calendar(event(NINE, "SUMMARY:Caf\u00e9 \u2013 Gr\u00fc\u00dfe"))
    assert only(read(text.encode("cp1252"))).title == "Caf\u00e9 \u2013 Gr\u00fc\u00dfe"
    half = text.encode().replace("Gr\u00fc".encode(), "Gr\u00fc".encode("latin-1"))
    assert only(read(half)).title == "Caf\u00c3\u00a9 \u00e2\u20ac\u201c Gr\u00fc\u00c3\u0178e"


def test_a_fold_may_cut_a_letter_in_two() -> None:
    text = calendar(event(NINE, "SUMMARY:Gr\u00fc\u00dfe")).encode().replace(b"\xc3\xbc", b"\xc3\n \xbc")
    assert only(read(text)).title == "Gr\u00fc\u00dfe"


def test_alarms_inside_an_event_are_not_its_own() -> None:
    alarm = "BEGIN:VALARM\nSUMMARY:Wake up\nTRIGGER:-PT5M\nREPEAT:20000000\nDURATION:PT1S\nEND:VALARM"
    assert only(read(calendar(event(alarm, NINE, "SUMMARY:Real")))).title == "Real"


@pytest.mark.parametrize(
    ("name", "header", "account"),
    [
        ("work.ics", "X-WR-CALNAME:Team\\, north\n", "Team, north"),
        ("work.ics", "NAME:Named\n", "Named"),
        ("work (1).ics", "", "work"),
        ("Work calendar - Copy (2).ics", "", "Work calendar"),
        ("work_2024-05-06.ics", "", "work"),
        ("export.20240506T101500Z.ics", "", "export"),
        ("20240506.ics", "", "20240506"),
        ("Kopie.ics", "", "Kopie"),
    ],
)
def test_the_account_is_the_name_of_the_calendar(tmp_path: Path, name: str, header: str, account: str) -> None:
    path = tmp_path / name
    path.write_text(calendar(event(NINE), header=header))
    assert ICalendar().account(path) == account


@pytest.mark.parametrize(
    ("name", "head", "ours"),
    [
        ("a.ics", b"", True),
        ("a.ICS", b"<html>", True),
        ("download", b"\xef\xbb\xbf\r\nBEGIN:VCALENDAR\r\n", True),
        ("download", b"begin:vevent\n", True),
        ("a.txt", b"To do: BEGIN:VCALENDAR", False),
        ("a.vcf", b"BEGIN:VCARD\n", False),
    ],
)
def test_calendar_files_are_recognised(tmp_path: Path, name: str, head: bytes, ours: bool) -> None:
    assert ICalendar().identify(tmp_path / name, head) is ours


@pytest.mark.parametrize(
    ("content", "word"), [(b"", "empty"), (b"<html>Sign in</html>", "no calendar"), (b"\0" * 5000, "no calendar")]
)
def test_what_is_no_calendar_is_unreadable_with_a_remedy(
    tmp_path: Path, context: Context, content: bytes, word: str
) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=word) as fault:
        list(ICalendar().read(path, context))
    assert "Export" in fault.value.remedy


def test_a_missing_file_is_unreadable(tmp_path: Path, context: Context) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        list(ICalendar().read(tmp_path / "none.ics", context))


def test_a_calendar_without_events_is_read() -> None:
    assert read(calendar()) == ([], [])
