"""Files handed over: kept privately under safe names, looked at, brought in once, and gone afterwards."""

import os
import re
import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.cli.main import main
from outgrow.model.activity import Activity
from outgrow.store import activities
from outgrow.workflows import drop as drops
from outgrow.workflows.workspace import open_workspace
from tests.web.asking import Answer, Asking
from tests.web.calendars import broken, calendar, table

_PATIENCE = 30.0


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Asking]:
    """Give an app without data."""
    asked = Asking(tmp_path / "data")
    yield asked
    asked.close()


def hand_over(app: Asking, *files: tuple[str, bytes]) -> Answer:
    """Send files as the form of the page does."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n%s\r\n'
        % (name.encode(), content)
        for name, content in files
    ]
    kept = [each for each in app.headers("POST") if each[0] != "content-type"]
    headers = [*kept, ("content-type", "multipart/form-data; boundary=edge")]
    return app.ask("POST", "/upload", headers, [*parts, b"--edge--\r\n"])


def settled(app: Asking, address: str) -> str:
    """Return the page at an address once nothing is done in the background."""
    until = time.monotonic() + _PATIENCE
    while app.desks[0].jobs.current and time.monotonic() < until:
        time.sleep(0.02)
    return app.get(address).text


def bring_in(app: Asking, *files: tuple[str, bytes]) -> str:
    """Hand files over and bring them in; return the page that says what came of it."""
    address = hand_over(app, *files).header("location")
    settled(app, address)
    app.post(f"{address}/take")
    return settled(app, address)


def stored(folder: Path) -> list[Activity]:
    """Return all activities."""
    with open_workspace(str(folder)) as workspace, workspace.store.look() as view:
        return [each.activity for each in activities.everything(view, planned=True)]


@pytest.mark.promise("P10")
def test_files_are_kept_privately_and_only_until_they_are_in(app: Asking, tmp_path: Path) -> None:
    content = calendar(tmp_path / "work.ics").read_bytes()
    address = hand_over(app, ("work.ics", content)).header("location")
    waiting = tmp_path / "data" / "waiting"
    for folder, _, files in os.walk(waiting):
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700
        assert all(stat.S_IMODE(Path(folder, each).stat().st_mode) == 0o600 for each in files)
    assert [each.read_bytes() for each in waiting.rglob("*.ics")] == [content]
    assert "544 records can be brought in" in settled(app, address)
    assert stored(tmp_path / "data") == []
    app.post(f"{address}/take")
    assert "544 activities are in" in settled(app, address)
    assert list(waiting.iterdir()) == []


def test_what_is_left_is_deleted(app: Asking, tmp_path: Path) -> None:
    address = hand_over(app, ("work.ics", calendar(tmp_path / "work.ics").read_bytes())).header("location")
    settled(app, address)
    assert app.post(f"{address}/leave").status == 303
    assert list((tmp_path / "data" / "waiting").iterdir()) == []
    assert app.get(address).status == 400
    assert stored(tmp_path / "data") == []


@pytest.mark.promise("P8")
def test_the_same_again_changes_nothing(app: Asking, tmp_path: Path) -> None:
    """Also when it was brought in from its path before, and when it comes under another name."""
    path = calendar(tmp_path / "work.ics", "Anna")
    main(["--quiet", "--data", str(tmp_path / "data"), "import", str(path)])
    before = stored(tmp_path / "data")
    for name in ("work.ics", "work.ics", "download (2).ics"):
        assert "Nothing new: all of it was here already." in bring_in(app, (name, path.read_bytes()))
    assert stored(tmp_path / "data") == before
    assert "waiting" not in app.get("/sources").text


def test_a_later_export_of_the_same_name_takes_out_what_is_gone(app: Asking, tmp_path: Path) -> None:
    path = calendar(tmp_path / "work.ics")
    bring_in(app, ("work.ics", path.read_bytes()))
    events = path.read_bytes().decode().split("BEGIN:VEVENT")
    fewer = "BEGIN:VEVENT".join([*events[:100], *events[101:]])
    assert "1 is no longer in the source" in bring_in(app, ("work.ics", fewer.encode()))


def test_two_files_of_one_name_are_two_files(app: Asking, tmp_path: Path) -> None:
    one, two = calendar(tmp_path / "1.ics", "Work"), calendar(tmp_path / "2.ics", "Club")
    page = bring_in(app, ("basic.ics", one.read_bytes()), ("basic.ics", two.read_bytes()))
    assert "1,088 activities are in" in page
    assert len(stored(tmp_path / "data")) == 1088


@pytest.mark.promise("P8")
def test_another_calendar_under_the_same_name_takes_nothing_away(app: Asking, tmp_path: Path) -> None:
    mine = calendar(tmp_path / "work.ics").read_bytes()
    other = mine.replace(b"UID:", b"UID:other-").replace(b"SUMMARY:", b"SUMMARY:Club: ")
    bring_in(app, ("calendar.ics", mine))
    assert "544 activities are in" in bring_in(app, ("calendar.ics", other))
    assert len(stored(tmp_path / "data")) == 1088


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.csv", "etc/passwd.csv"),
        ("C:\\Users\\anna\\work.ics", "C_/Users/anna/work.ics"),
        ("/abs/work.ics", "abs/work.ics"),
        ("..", "file"),
        ("\u202egnp.scissors\x00.csv", "_gnp.scissors_.csv"),
        ("<img src=x>.csv", "_img src=x_.csv"),
        ("a" * 5000 + ".ics", "a" * 120 + ".ics"),
        ("\N{CJK UNIFIED IDEOGRAPH-4E00}" * 200 + ".ics", "\N{CJK UNIFIED IDEOGRAPH-4E00}" * 40 + ".ics"),
    ],
)
def test_names_lead_nowhere_else(tmp_path: Path, name: str, kept: str) -> None:
    with open_workspace(str(tmp_path)) as workspace, (tmp_path / "any").open("w+b") as file:
        taken = drops.take_files(workspace, [(name, file)])
        found = [each.relative_to(taken.files).as_posix() for each in taken.files.rglob("*") if each.is_file()]
        assert found == [kept]


def test_hidden_files_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path)) as workspace, (tmp_path / "any").open("w+b") as file:
        taken = drops.take_files(workspace, [("vault/.obsidian/app.json", file), ("vault/note.md", file)])
        assert [each.name for each in taken.files.rglob("*") if each.is_file()] == ["note.md"]


def test_a_drop_without_files_is_told(app: Asking) -> None:
    assert "No file was chosen" in app.get(hand_over(app, ("", b"")).header("location")).text
    assert "No file was chosen" in app.get(hand_over(app).header("location")).text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "The file is empty"),
        ("picture.png", b"\x89PNG\r\n" + bytes(100), "I do not read this kind of file"),
        ("bomb.xlsx", b"PK\x03\x04" + bytes(200), "o readable workbook"),
        ("cut.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1", "1 record cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(app: Asking, name: str, content: bytes, said: str) -> None:
    page = settled(app, hand_over(app, (name, content)).header("location"))
    assert said in page
    assert "Traceback" not in page
    assert "There is nothing to bring in here." in page


def test_the_unreadable_is_shown_escaped_with_its_line(app: Asking, tmp_path: Path) -> None:
    content = broken(tmp_path / "broken.ics").read_bytes().decode().replace("Order desk", "<b>bold</b>")
    page = settled(app, hand_over(app, ("broken.ics", content.encode())).header("location"))
    assert "45 records cannot be read" in page
    assert "Line 34:" in page
    assert "<b>bold</b>" not in page


def test_a_question_is_answered_by_one_of_its_answers(app: Asking, tmp_path: Path) -> None:
    address = hand_over(app, ("odd.csv", table(tmp_path / "odd.csv").read_bytes())).header("location")
    assert "One question first." in settled(app, address)
    app.post(f"{address}/answer", about="odd.csv", answer="no such column")
    assert "Choose one of the answers." in settled(app, address)
    app.post(f"{address}/answer", about="odd.csv", answer="d")
    assert "20 records can be brought in." in settled(app, address)
    app.post(f"{address}/take")
    assert "20 activities are in." in settled(app, address)
    assert "20 records can be brought in." in settled(
        app, hand_over(app, ("next.csv", table(tmp_path / "next.csv").read_bytes())).header("location")
    )  # and the answer is kept for tables of this shape


def test_a_path_is_looked_at_where_it_lies(app: Asking, tmp_path: Path) -> None:
    path = calendar(tmp_path / "work.ics")
    address = app.post("/bring-in/named", given=str(path)).header("location")
    assert "544 records can be brought in." in settled(app, address)
    app.post(f"{address}/take")
    assert "544 activities are in." in settled(app, address)
    assert path.exists()


@pytest.mark.promise("P12")
@pytest.mark.parametrize("given", ["", "/no/such/place", "http://localhost.invalid/secret-token"])
def test_what_is_named_and_cannot_be_had_is_told(app: Asking, given: str) -> None:
    answer = app.post("/bring-in/named", given=given)
    page = answer.text if answer.status == 400 else settled(app, answer.header("location"))
    assert "does not exist" in page or "cannot be found" in page
    assert "secret-token" not in page.replace(f'value="{given}"', "")
    waiting = app.folder / "waiting"
    assert not waiting.exists() or list(waiting.iterdir()) == []


def test_the_two_questions_are_kept_as_settings(app: Asking, tmp_path: Path) -> None:
    address = hand_over(app, ("work.ics", calendar(tmp_path / "work.ics").read_bytes())).header("location")
    settled(app, address)
    app.post(f"{address}/take")
    settled(app, address)
    wrong = app.post(f"{address}/say", role="x" * 300, new_this_year="a new thing")
    assert wrong.status == 400
    assert "a new thing" in wrong.text
    assert app.post(f"{address}/say", role=" Nurse  manager ", new_this_year="").header("location") == "/audit"
    assert 'value="Nurse manager"' in app.get("/settings").text


def test_unknown_numbers_are_told(app: Asking) -> None:
    for number, status in (("0", 400), ("7", 400), ("9" * 18, 400), ("9" * 19, 404), ("9" * 4301, 404)):
        assert app.get(f"/bring-in/{number}").status == status
        assert app.post(f"/bring-in/{number}/take").status == status


def test_another_after_one_was_left_or_taken_is_looked_at_and_brought_in_itself(app: Asking, tmp_path: Path) -> None:
    one, two = calendar(tmp_path / "one.ics"), calendar(tmp_path / "two.ics")
    two.write_text(two.read_text().replace("UID:", "UID:two-").replace("SUMMARY:", "SUMMARY:Club: "))
    for leads in ("leave", "take"):
        for by_hand in (True, False):
            first = given(app, one, by_hand=by_hand)
            settled(app, first)
            app.post(f"{first}/{leads}")
            settled(app, "/start")
            second = given(app, two, by_hand=by_hand)
            assert second != first
            assert "Club: " in settled(app, second)
            app.post(f"{second}/leave")
    address = given(app, two, by_hand=True)
    app.post(f"{address}/take")
    settled(app, address)
    assert any(each.title.startswith("Club: ") for each in stored(tmp_path / "data"))


def given(app: Asking, path: Path, *, by_hand: bool) -> str:
    """Hand a file over, or type its path; return the address that shows it."""
    if by_hand:
        return hand_over(app, (path.name, path.read_bytes())).header("location")
    return app.post("/bring-in/named", given=str(path)).header("location")


def events(*bodies: str, others: str = "") -> bytes:
    """Return a calendar of events, each given by its lines after the UID, and of other things."""
    told = "".join(f"BEGIN:VEVENT\nUID:{n}\n{body}\nEND:VEVENT\n" for n, body in enumerate(bodies))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{told}{others}END:VCALENDAR\n".encode()


def looked_at(app: Asking, *files: tuple[str, bytes]) -> str:
    """Hand files over and return their preview, in plain words."""
    page = settled(app, hand_over(app, *files).header("location"))
    return " ".join(re.sub("<[^>]*>", " ", page).replace(" ,", ",").split())


def test_what_is_left_out_is_named(app: Asking) -> None:
    lately = f"DTSTART:{datetime.now(UTC) - timedelta(days=9):%Y%m%d}T090000Z\nSUMMARY:Ward round"
    told = events(
        lately,
        f"{lately}\nSTATUS:CANCELLED",
        f"{lately}\nCLASS:PRIVATE",
        lately.replace("T090000Z", "").replace(":", ";VALUE=DATE:", 1),
        others="BEGIN:VTODO\nUID:t1\nEND:VTODO\nBEGIN:VTODO\nUID:t2\nEND:VTODO\n",
    )
    page = looked_at(app, ("work.ics", told))
    assert "4 records can be brought in." in page
    assert "Count no hours 1 cancelled, 1 for whole days" in page
    assert "Marked private 1:" in page
    assert "Not read 2 tasks" in page


def test_a_file_of_tasks_alone_says_so(app: Asking) -> None:
    page = looked_at(app, ("tasks.ics", events(others="BEGIN:VTODO\nUID:t1\nEND:VTODO\n")))
    assert "1 task in it is not read, and there is nothing else." in page
    assert "It holds no records" not in page


def test_how_it_repeats_is_told_where_it_cannot_be_followed(app: Asking) -> None:
    page = looked_at(app, ("work.ics", events("DTSTART:20250101T100000Z\nRRULE:FREQ=SOMETIMES\nSUMMARY:Round")))
    assert "Line 3: How it repeats cannot be followed, so that times may be missing" in page


def test_titles_are_there_or_said_to_be_missing_and_cut_with_an_ellipsis(app: Asking) -> None:
    start = "DTSTART:20250101T100000Z"
    page = looked_at(app, ("work.ics", events(start, start, f"{start}\nSUMMARY:{'long ' * 40}")))
    assert "Such as (no title) 2 times, long long" in page
    assert "long long\N{HORIZONTAL ELLIPSIS}" in page.replace(" \N{HORIZONTAL ELLIPSIS}", "\N{HORIZONTAL ELLIPSIS}")


def test_the_sums_of_a_preview_agree(app: Asking) -> None:
    start = "DTSTART:20250101T100000Z"
    page = looked_at(app, ("a.ics", events(start, start, "SUMMARY:Without a start")), ("b.ics", events(start)))
    assert "3 records can be brought in. 1 more cannot be read." in page
    assert "Records 2 of 3 can be read" in page
    assert "Records 1 Such as" in page
    assert "Line 11: The event has no start" in page


def test_what_repeats_says_how_much_is_past_and_planned(app: Asking) -> None:
    first = datetime.now(UTC) - timedelta(days=2, hours=1)
    page = looked_at(app, ("work.ics", events(f"DTSTART:{first:%Y%m%dT%H%M%SZ}\nRRULE:FREQ=DAILY;COUNT=5")))
    assert "Records 1 With all repetitions 5 activities Of these 3 past, 2 planned" in page
    assert "Count no hours" not in page


def test_what_holds_nothing_is_not_kept_and_another_file_can_be_chosen(app: Asking) -> None:
    address = hand_over(app, ("photo.png", b"\x89PNG\r\n" + bytes(100))).header("location")
    page = settled(app, address)
    assert "Choose another file" in page
    assert "Leave it" not in page
    assert "Choose another file" in app.get(address).text  # also when it is loaded again
    assert list((app.folder / "waiting").iterdir()) == []
    assert "Not brought in yet" not in app.get("/start").text


def test_start_names_the_last_three_that_wait_below_its_doors(app: Asking) -> None:
    for n in (1, 2, 3, 4, 4, 1):
        settled(app, hand_over(app, (f"file-{n}.ics", events("DTSTART:20250101T100000Z"))).header("location"))
    page = app.get("/start").text
    names = re.findall(r"file-\d", page)
    assert names == ["file-1", "file-4", "file-3"]
    assert page.index("Last week from memory") < page.index("Not brought in yet")
    assert "And 1 earlier one." in page
    left = app.post_and_follow("/bring-in/leave", back="/start").text
    assert "Left: 4 things handed over." in left
    assert "Not brought in yet" not in left
    assert list((app.folder / "waiting").iterdir()) == []


def test_what_comes_in_is_not_left_along_with_the_rest(app: Asking, tmp_path: Path) -> None:
    address = hand_over(app, ("work.ics", calendar(tmp_path / "work.ics").read_bytes())).header("location")
    settled(app, address)
    app.post(f"{address}/take")
    app.post("/bring-in/leave", back="/start")
    assert "544 activities are in." in settled(app, address)


def test_fetching_an_address_is_stopped_and_leaves_nothing(app: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    arrived, go = threading.Event(), threading.Event()

    def fetch(_address: str, into: Path, tell: Callable[[], None]) -> None:
        into.write_bytes(b"BEGIN:VCALENDAR")
        arrived.set()
        assert go.wait(_PATIENCE)
        tell()

    monkeypatch.setattr("outgrow.importers.feed.fetch", fetch)
    monkeypatch.setattr("outgrow.web.jobs.Job.wait", lambda *_: None)
    address = app.post("/bring-in/named", given="https://calendar.example/secret").header("location")
    assert arrived.wait(_PATIENCE)
    assert "/leave" not in app.get("/start").text
    app.post(f"{address}/stop")
    assert "Stopping was asked for." in app.get(address).text
    go.set()
    assert "<h1>Stopped.</h1>" in settled(app, address)
    assert "/leave" not in app.get("/start").text
    assert list(app.folder.glob("waiting/.*")) == []
