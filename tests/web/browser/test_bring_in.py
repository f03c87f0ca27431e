"""Handing over files by eye, keyboard and without scripts: looked at first, brought in, and on to the first card."""

import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from outgrow.web import bring_in, jobs
from tests.web.browser.conftest import Opening
from tests.web.calendars import broken, calendar, table
from tools.browser import Served

Start = Callable[[str], Served]


def choose(page: Page, *files: Path) -> None:
    """Choose files in the field of the page, as dropping them does."""
    page.locator("#files").set_input_files([str(each) for each in files])


def send(page: Page) -> None:
    """Send what was chosen where no script does it."""
    page.get_by_role("button", name="Look at them").click()


def test_from_a_calendar_to_the_first_card(start: Start, window: Opening, tmp_path: Path) -> None:
    at = window(start("empty"))
    page = at.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Was last month progress, or movement?")
    page.keyboard.press("2")
    page.wait_for_url("**/bring-in")
    choose(page, calendar(tmp_path / "work.ics"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("can be brought in")
    expect(page.get_by_text("1 cancelled")).to_be_visible()
    at.inspect("preview")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("activities are in")
    at.inspect("brought-in")
    page.get_by_label("What is your role?").fill("Nurse manager")
    page.get_by_label("What was new for you this year?").fill("ran the carrier negotiation")
    page.get_by_role("button", name="On to the audit").click()
    page.wait_for_url("**/audit*")
    at.go("/settings")
    expect(page.locator("#role")).to_have_value("Nurse manager")
    at.go("/sources")
    expect(page.get_by_role("heading", level=2, name="Calendar: work")).to_be_visible()
    at.inspect("sources-one")


def test_the_same_without_scripts(start: Start, window: Opening, tmp_path: Path) -> None:
    at = window(start("empty"), scripts=False)
    page = at.go("/bring-in")
    choose(page, calendar(tmp_path / "work.ics"))
    send(page)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("activities are in", timeout=15_000)
    page.get_by_role("button", name="On to the audit").click()
    page.wait_for_url("**/audit*")


def test_what_cannot_be_read_is_told_with_its_line(start: Start, window: Opening, tmp_path: Path) -> None:
    empty, strange = tmp_path / "empty.csv", tmp_path / "picture.png"
    empty.touch()
    strange.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    for width, dark in ((1280, False), (390, True)):
        at = window(start("empty"), width=width, dark=dark)
        page = at.go("/bring-in")
        choose(page, broken(tmp_path / "broken.ics"), empty, strange)
        expect(page.get_by_text("cannot be read", exact=False).first).to_be_visible()
        expect(page.get_by_text("the file is empty")).to_be_visible()
        expect(page.get_by_text("I do not read this kind of file")).to_be_visible()
        at.inspect("preview-broken")
        page.get_by_role("button", name="Leave").last.click()
        expect(page.get_by_role("status").first).to_contain_text("Nothing was brought in")
        at.inspect("bring-in")


def test_after_a_file_without_records_another_is_chosen(start: Start, window: Opening, tmp_path: Path) -> None:
    tasks = tmp_path / "tasks.ics"
    tasks.write_text("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nEND:VCALENDAR\n")
    at = window(start("empty"), width=390)
    page = at.go("/bring-in")
    choose(page, tasks)
    expect(page.get_by_text("1 task in it is not read")).to_be_visible()
    at.inspect("preview-nothing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bring in what you have")
    expect(page.get_by_role("heading", name="Not brought in yet")).to_have_count(0)


def test_a_question_of_the_importer_is_asked(start: Start, window: Opening, tmp_path: Path) -> None:
    at = window(start("empty"), width=390)
    page = at.go("/bring-in")
    choose(page, table(tmp_path / "odd.csv"))
    expect(page.get_by_role("heading", level=1)).to_have_text("One question first.")
    at.inspect("preview-question")
    while page.locator("form.question").count():
        before = page.locator("form.question legend").first.inner_text()
        page.locator("form.question input[type=radio]").first.check()
        page.get_by_role("button", name="Look again").first.click()
        page.wait_for_function(
            "before => document.querySelector('form.question legend')?.innerText !== before", arg=before
        )
    expect(page.get_by_role("heading", level=1)).to_contain_text("can be brought in")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("in.")


def test_files_wait_through_a_restart(start: Start, window: Opening, tmp_path: Path) -> None:
    page = window(start("empty")).go("/bring-in")
    choose(page, calendar(tmp_path / "work.ics"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("can be brought in")
    again = window(start("empty"))
    page = again.go("/start")
    expect(page.get_by_role("heading", name="Not brought in yet")).to_be_visible()
    again.inspect("start-waiting")
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("activities are in")


def test_files_are_dropped_anywhere(start: Start, window: Opening, tmp_path: Path) -> None:
    page = window(start("empty")).page
    data = page.evaluate_handle(
        """text => { const transfer = new DataTransfer();
        transfer.items.add(new File([text], "work.ics", { type: "text/calendar" })); return transfer; }""",
        calendar(tmp_path / "work.ics").read_text(),
    )
    page.dispatch_event("h1", "dragover", {"dataTransfer": data})
    page.dispatch_event("h1", "drop", {"dataTransfer": data})
    expect(page.get_by_role("heading", level=1)).to_contain_text("can be brought in")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let bringing in take so long that it can be watched: it ends when it is stopped."""

    def never_done(*given: Any) -> None:  # noqa: ANN401 - as bring_in
        for number in count():
            given[-1](f"file-{number % 38:02}.ics", 100)
            time.sleep(0.02)

    monkeypatch.setattr(bring_in, "bring_in", never_done)
    monkeypatch.setattr(jobs, "AT_ONCE", 0.2)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_long_work_goes_on_elsewhere_and_can_be_stopped(
    start: Start, window: Opening, tmp_path: Path, scripts: bool
) -> None:
    at = window(start("empty"), scripts=scripts)
    page = at.go("/bring-in")
    choose(page, calendar(tmp_path / "work.ics"))
    if not scripts:
        send(page)
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("button", name="Stop").wait_for()
    expect(page.locator("#job-at")).not_to_have_text(page.locator("#job-at").inner_text())  # it goes on by itself
    at.inspect("coming-in") if scripts else at.shot("coming-in-plain")
    at.go("/sources")
    expect(page.get_by_role("complementary", name="In the background")).to_contain_text("Bringing in work.ics")
    at.inspect("strip") if scripts else at.shot("strip-plain")
    page.get_by_role("link", name="How far it is").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stopped.")
    at.shot("stopped")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_role("button", name="Bring it in")).to_be_visible()


def test_the_questions_come_while_the_rest_is_computed(
    start: Start, window: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = threading.Event()
    monkeypatch.setattr("outgrow.web.desk.catch_up", lambda *_: computed.wait(20))
    monkeypatch.setattr(jobs, "AT_ONCE", 0.0)
    at = window(start("empty"))
    page = at.go("/bring-in")
    choose(page, calendar(tmp_path / "work.ics"))
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_label("What is your role?").fill("Nurse manager")
    expect(page.locator("progress")).to_be_visible()
    at.inspect("questions")
    computed.set()
    expect(page.get_by_text("Hours are counted and guesses are made.")).to_be_visible()
    expect(page.get_by_label("What is your role?")).to_have_value("Nurse manager")
