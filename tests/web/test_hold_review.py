"""The pages of reviews without a browser: each step is kept, what is wrong is said beside it, nothing is lost."""

import re
from datetime import date, timedelta

import icalendar
import pytest

from outgrow.cli.main import main
from outgrow.model.review import Cadence
from tests.web.asking import Asking
from tests.web.work import LAST_MONTH, PERIOD, bring_in, heading, notice

TODAY = date.today()  # noqa: DTZ011 - the app asks the machine for its own date
STEP = re.compile(r'name="step" value="([\w-]+)"')
CHAIN = {
    "felt": {"felt": "4"},
    "capable": {"capable": "Lead a talk\nSay no"},
    "commitment": {"text": "Ask Marek", "due": "in 2 weeks"},
}


def period(page: str) -> str:
    found = re.search(r'name="period" value="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.mark.parametrize("cadence", Cadence)
def test_a_review_goes_from_step_to_step_without_scripts(asking: Asking, cadence: Cadence) -> None:
    page = asking.get(f"/review/{cadence}").text
    asked = []
    while step := STEP.search(page):
        asked.append(step[1])
        assert len(asked) < 12
        words = CHAIN.get(step[1], {"words": "A line"})
        page = asking.post_and_follow(f"/review/{cadence}", period=period(page), step=step[1], **words).text
    assert (asked[0], asked[-1]) == ("felt", "commitment")
    assert heading(page) == "Kept, with one thing to do."
    assert "Ask Marek" in page
    overview = asking.get("/review").text
    assert "Ask Marek" in overview
    assert "Go on" not in overview


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(asking: Asking) -> None:
    page = asking.get("/review/week?step=commitment").text
    answer = asking.post("/review/week", period=period(page), step="commitment", text="Ask <Marek>", due="yesterday")
    assert answer.status == 400
    assert 'name="text" value="Ask &lt;Marek&gt;"' in answer.text
    assert 'value="yesterday"' in answer.text
    assert 'aria-describedby="wrong-due"' in answer.text
    assert "No review was held yet" in asking.get("/review/archive").text


@pytest.mark.parametrize(("do", "leads_to"), [("stop", "/review"), ("back", "step=changed")])
def test_what_was_typed_is_kept_when_the_step_is_left(asking: Asking, do: str, leads_to: str) -> None:
    page = asking.get("/review/quarter?step=capable").text
    answer = asking.post("/review/quarter", period=period(page), step="capable", do=do, capable="Lead a talk")
    assert leads_to in answer.header("location")
    assert "Lead a talk" in asking.get("/ledger").text


def test_a_step_that_is_left_untouched_stays_open(asking: Asking) -> None:
    page = asking.get("/review/week?step=commitment").text
    due = re.search(r'name="due" value="([^"]*)"', page)
    assert due
    asking.post("/review/week", period=period(page), step="commitment", do="back", text="", due=due[1])
    assert "No review was held yet" in asking.get("/review/archive").text


def test_a_review_does_not_end_on_a_day_without_a_deed(asking: Asking) -> None:
    page = asking.get("/review/week?step=commitment").text
    answer = asking.post("/review/week", period=period(page), step="commitment", text=" ", due="friday")
    assert answer.status == 400
    assert "Say one thing you mean to do, or go on without one." in answer.text


def test_a_quiet_week_and_a_skipped_step(asking: Asking) -> None:
    page = asking.get("/review/week").text
    page = asking.post_and_follow("/review/week", period=period(page), step="felt", do="quiet").text
    assert STEP.findall(page) == ["commitment"]
    page = asking.post_and_follow("/review/week", period=period(page), step="commitment", do="skip").text
    assert heading(page) == "A quiet week. That is an answer."
    assert "a quiet week" in asking.get("/review").text


def test_undo_takes_a_step_back(asking: Asking) -> None:
    page = asking.get("/review/week").text
    asking.post_and_follow("/review/week", period=period(page), step="felt", felt="4")
    page = asking.post_and_follow("/undo", back="/review/week").text
    assert "the review of" in notice(page)
    assert STEP.findall(page) == ["felt"]


def test_a_month_leads_through_its_audit_and_back(asking: Asking) -> None:
    bring_in(asking.folder)
    assert main(["-q", "--data", str(asking.folder), "sort"]) == 0  # has everything computed
    page = asking.get(f"/review/month?period={PERIOD}&step=mix").text
    assert STEP.findall(page) == ["felt"], "before any number"
    page = asking.post_and_follow("/review/month", period=PERIOD, step="felt", felt="3").text
    assert STEP.findall(page) == ["audit"]
    assert f'href="/audit?period={PERIOD}"' in page
    asking.post_and_follow(f"/audit?period={PERIOD}", do="begin", guess="20")
    back = re.search(r'href="([^"]+)"[^>]*>Back to the review', asking.get(f"/audit?period={PERIOD}&stop=yes").text)
    assert back
    page = asking.get(back[1].replace("&amp;", "&")).text
    assert "0 answers kept" in page
    page = asking.post_and_follow("/review/month", period=PERIOD, step="audit").text
    assert STEP.findall(page) == ["mix"]


def test_a_commitment_is_settled_on_the_page(asking: Asking) -> None:
    page = asking.get("/review/week").text
    asking.post("/review/week", period=period(page), step="commitment", **CHAIN["commitment"])
    action = re.search(r'action="(/review/commitments/\d+)"', asking.get("/review").text)
    assert action
    assert asking.post(action[1], outcome="maybe").status == 400
    page = asking.post_and_follow(action[1], outcome="let go", note="no longer needed").text
    assert "Ask Marek: let go." in notice(page)
    assert "no longer needed" in asking.get("/review/archive").text
    assert asking.post("/review/commitments/999", outcome="kept").status == 400


def test_growth_work_is_planned_and_dropped(asking: Asking) -> None:
    wrong = asking.post("/review/planned", title="Draft the strategy", day="never", time="9", length="1")
    assert wrong.status == 400
    assert 'value="Draft the strategy"' in wrong.text
    page = asking.post_and_follow("/review/planned", title="Draft the strategy", day="in 3 days", time="9", length="1")
    drop = re.search(r'action="(/review/planned/\d+)"', page.text)
    assert drop
    answer = asking.get("/review/calendar")
    assert answer.header("content-type") == "text/calendar; charset=utf-8"
    assert answer.header("content-disposition") == 'attachment; filename="outgrow.ics"'
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.body == (asking.folder / "outgrow.ics").read_bytes()
    assert "Draft the strategy" in {str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(answer.body).walk("VEVENT")}
    assert "Not planned any more" in notice(asking.post_and_follow(drop[1]).text)
    assert "Draft the strategy" not in asking.get("/review").text.replace(notice(asking.get("/review").text), "")


def test_two_reviews_are_compared(asking: Asking) -> None:
    for back, words in ((3, "The rota"), (2, "The rota alone")):
        day = TODAY - timedelta(weeks=back)
        page = asking.get(f"/review/week?period={day}&step=help").text
        asking.post("/review/week", period=period(page), step="help", words=words)
    archive = asking.get("/review/archive").text
    one, other = re.findall(r'name="(?:one|other)" value="(\d+)"[^>]* checked', archive)
    page = asking.get(f"/review/compare?one={one}&other={other}").text
    assert "<ins>" in page
    assert asking.get("/review/compare?one=1&other=9999").status == 400
    assert asking.get("/review/compare?one=x").status == 303


@pytest.mark.parametrize(
    "path",
    ["/review/decade", "/review/week?period=soon", "/review/month?period=2026-Q1", "/review/week?step=../x",
     "/review/archive/999999"],
)  # fmt: skip
def test_what_is_no_review_is_a_page_that_says_so(asking: Asking, path: str) -> None:
    answer = asking.get(path)
    assert answer.status == 400
    assert "<h1" in answer.text


@pytest.mark.promise("P14")
def test_what_is_said_is_text_on_every_page(asking: Asking) -> None:
    hostile = "<b id=x>\u202e\x1b[31m {{ 7 * 7 }}"
    for step, words in (
        ("felt", {"felt": "1"}),
        ("changed", {"words": hostile}),
        ("capable", {"capable": hostile}),
        ("commitment", {"text": hostile, "due": "tomorrow", "sign": hostile}),
    ):
        page = asking.get(f"/review/quarter?step={step}").text
        asking.post("/review/quarter", period=period(page), step=step, **words)
    asking.post("/review/planned", title=hostile, day="tomorrow")
    number = re.search(r"/review/archive/(\d+)", asking.get("/review").text)
    assert number
    for path in ("/review", "/review/archive", number[0], "/review/quarter", "/review/quarter?step=commitment"):
        page = asking.get(path).text
        assert "<b id" not in page, path
        assert "\u202e" not in page, path
        assert "\x1b" not in page, path
        assert "49" not in heading(page)


def test_work_of_the_last_month_makes_its_review_wait(asking: Asking) -> None:
    assert "two minutes" in heading(asking.get("/review").text)
    bring_in(asking.folder)
    page = asking.get("/review").text
    assert "Look back, then decide on one thing." in heading(page)
    assert f"{LAST_MONTH:%B %Y}" in page
