"""The audit as a person goes through it without a script, and as the script of the pages does."""

import re
from urllib.parse import quote

import pytest

from outgrow.cli.main import main
from tests.web.asking import Asking
from tests.web.work import KINDS, PERIOD, bring_in, card, heading, notice, send

AUDIT = f"/audit?period={PERIOD}"


@pytest.fixture
def worked(asking: Asking) -> Asking:
    """Give the app on a month of fifteen kinds of work."""
    bring_in(asking.folder)
    return asking


@pytest.fixture
def begun(worked: Asking) -> Asking:
    """Give the same with an audit that was begun."""
    send(worked, AUDIT, [("do", "begin"), ("guess", "25")])
    return worked


def say(asking: Asking, answer: str, *more: tuple[str, str], at: str = AUDIT, swap: bool = False) -> str:
    """Answer the card that is open; return the page that comes."""
    words = [("card", card(asking.get(at).text)), ("do", "judge"), ("answer", answer), *more]
    return send(asking, at, words, swap=swap).text


def test_the_guess_comes_before_any_number(worked: Asking) -> None:
    page = worked.get("/audit").text
    assert heading(page).startswith("Before any number")
    assert "%" not in heading(page)
    assert "target" not in page
    card_page = send(worked, AUDIT, [("do", "begin"), ("guess", "25")])
    assert heading(card_page.text) in KINDS


@pytest.mark.parametrize("guess", ["", "a lot", "-3", "101", "nan", "1e400"])
def test_a_guess_that_is_none_is_asked_for_again(worked: Asking, guess: str) -> None:
    answer = send(worked, AUDIT, [("do", "begin"), ("guess", guess)])
    assert answer.status == 400
    assert "Say a number from 0 to 100" in answer.text
    assert heading(worked.get(AUDIT).text).startswith("Before any number")


def test_no_idea_is_an_answer(worked: Asking) -> None:
    assert card(send(worked, AUDIT, [("do", "begin"), ("open", "1"), ("guess", "")]).text)


@pytest.mark.parametrize("swap", [False, True])
def test_twelve_cards_then_eight_more(begun: Asking, swap: bool) -> None:
    page = ""
    for number in range(1, 13):
        assert f"card {number} ·" in begun.get(AUDIT).text
        page = say(begun, "growth" if number % 3 == 0 else "depth", swap=swap)
    assert "12 answers" in page
    assert 'id="card"' not in page
    assert "Before the first answer it was" in page
    assert "Your own guess was 25\N{NO-BREAK SPACE}%" in page
    more = f"{AUDIT}&cards=20"
    assert card(begun.get(more).text)
    for _ in range(3):
        page = say(begun, "depth", at=more, swap=swap)
    assert "All of this work is answered." in page
    assert "See the verdict" in page


def test_more_answers_are_counted_from_those_given_in_this_audit(begun: Asking) -> None:
    for _ in range(12):
        say(begun, "depth")
    answer = begun.get(f"{AUDIT}&more=1")
    assert answer.status == 303
    assert answer.header("location").endswith("&cards=20")


def test_a_range_comes_with_the_eighth_answer(begun: Asking) -> None:
    for number in range(8):
        assert f"{8 - number} more answer" in begun.get(AUDIT).text
        page = say(begun, "depth")
    assert "8 answers: likely" in page or "Likely" in page


def test_one_number_of_answers_is_asked_for_at_a_time(begun: Asking) -> None:
    for number in range(8):
        page = begun.get(AUDIT).text
        assert "±5 points" not in page
        assert page.count(f"{8 - number} more answer") == 2
        say(begun, "growth" if number % 2 else "depth")
    page = begun.get(AUDIT).text
    assert "until the first range" not in page
    if 'id="card"' in page:
        assert re.search(r'class="meta near">Likely \d+', page)
        assert "±5 points" in page


def test_a_card_that_is_no_longer_open_is_not_skipped(begun: Asking) -> None:
    first = card(begun.get(AUDIT).text)
    say(begun, "depth")
    second = card(begun.get(AUDIT).text)
    assert card(send(begun, AUDIT, [("card", first), ("do", "skip")]).text) == second


def test_an_answer_to_a_card_that_is_no_longer_open_is_not_kept(begun: Asking) -> None:
    first = card(begun.get(AUDIT).text)
    say(begun, "depth")
    second = card(begun.get(AUDIT).text)
    page = send(begun, AUDIT, [("card", first), ("do", "judge"), ("answer", "growth")]).text
    assert "answered in another window" in notice(page)
    assert card(page) == second
    assert "card 2 ·" in page


def test_an_audit_goes_on_after_a_restart(begun: Asking) -> None:
    say(begun, "depth")
    open_now = card(begun.get(AUDIT).text)
    begun.close()
    again = Asking(begun.folder)
    assert card(again.get("/audit").text) == open_now
    assert "card 2 ·" in again.get("/audit").text
    again.close()


def test_what_the_command_line_says_is_seen(begun: Asking, capsys: pytest.CaptureFixture[str]) -> None:
    say(begun, "depth")
    assert main(["--data", str(begun.folder), "undo"]) == 0
    assert "card 1 ·" in begun.get(AUDIT).text
    assert "answer" in capsys.readouterr().out


def test_lines_are_struck_out_and_no_others(begun: Asking) -> None:
    page = begun.get(AUDIT).text
    lines = re.findall(r'name="struck" value="(\d+)"', page)
    assert len(lines) == 20
    other = send(begun, AUDIT, [("card", card(page)), ("do", "judge"), ("answer", "depth"), ("struck", "999999")]).text
    assert "Nothing was kept" in notice(other)
    wild = [("card", card(page)), ("do", "judge"), ("answer", "depth"), ("struck", "9" * 30)]
    assert send(begun, AUDIT, wild).status == 400
    kept = say(begun, "depth", *(("struck", line) for line in lines[:2]))
    assert notice(kept).startswith("Kept: ")


def test_alike_cards_take_one_answer_and_are_taken_back_together(begun: Asking) -> None:
    page = begun.get(f"{AUDIT}&cards=20").text
    while "alike: answer together" not in page:
        page = say(begun, "depth", at=f"{AUDIT}&cards=20")
    name, number = heading(page), page.split("card ")[1].split(" ")[0]
    page = begun.get(f"{AUDIT}&cards=20&together=1").text
    also = re.findall(r'name="also" value="(\w+)" checked', page)
    assert also
    page = say(begun, "depth", *(("also", each) for each in also), at=f"{AUDIT}&cards=20")
    assert notice(page) == f"Kept: {len(also) + 1} kinds of work, depth."
    page = send(begun, f"{AUDIT}&cards=20", [("do", "undo")]).text
    assert notice(page) == f"Taken back: {len(also) + 1} kinds of work, depth."
    assert (heading(page), page.split("card ")[1].split(" ")[0]) == (name, number)


def test_reasons_come_after_the_answer(begun: Asking) -> None:
    page = say(begun, "growth")
    because = re.findall(r'id="because-(\w)"[^>]*aria-pressed="(\w+)"', page)
    assert [pressed for _, pressed in because] == ["false"] * 3
    last = page.split('id="because"')[1].split('name="card" value="')[1].split('"')[0]
    page = send(begun, AUDIT, [("do", "because"), ("card", last), ("reason", "SCOPE")]).text
    page = send(begun, AUDIT, [("do", "because"), ("card", last), ("discomfort", "4")]).text
    assert "because: outside my scope, discomfort 4 of 5" in notice(page)
    page = send(begun, AUDIT, [("do", "because"), ("card", last), ("reason", "SCOPE")]).text
    assert "because" not in notice(page)
    page = send(begun, AUDIT, [("do", "undo")]).text
    assert "card 1 ·" in page
    assert 'id="because"' not in page


def test_skip_and_undo(begun: Asking) -> None:
    open_now = card(begun.get(AUDIT).text)
    page = send(begun, AUDIT, [("card", open_now), ("do", "judge"), ("do", "skip")]).text
    assert card(page) != open_now
    assert notice(page).endswith("skipped.")
    assert card(send(begun, AUDIT, [("do", "undo")]).text) == open_now
    assert "nothing to take back" in notice(send(begun, AUDIT, [("do", "undo")]).text)


def test_stopping_keeps_all_and_leads_on(begun: Asking) -> None:
    say(begun, "depth")
    page = begun.get(f"{AUDIT}&stop=1").text
    assert heading(page) == "1 answer kept."
    assert "The first range needs 8 answers." in page
    assert "Go on" in page


def test_one_kind_of_work(asking: Asking) -> None:
    bring_in(asking.folder, ["Stock report"], days=2)
    send(asking, AUDIT, [("do", "begin"), ("open", "1")])
    page = say(asking, "depth")
    assert heading(page) == "About 0\N{NO-BREAK SPACE}% of your time went into growth work."
    assert "All of this work is answered." in page


def test_nothing_to_ask_about(asking: Asking) -> None:
    page = asking.get("/audit?period=1999-05")
    assert page.status == 200
    assert heading(page.text) == "Nothing to ask about in May 1999."
    assert heading(send(asking, "/audit?period=1999-05", [("do", "begin")]).text) == heading(page.text)


def test_all_that_stands_needs_no_question(begun: Asking) -> None:
    """A shorter period within the month: all its work is answered already."""
    for _ in range(15):
        say(begun, "depth", at=f"{AUDIT}&cards=20")
    week = f"/audit?period={PERIOD}-01..{PERIOD}-07"
    asked = send(begun, week, [("do", "begin"), ("open", "1")]).text
    while 'id="card"' in asked:  # one in ten is asked again
        asked = say(begun, "depth", at=week)
    assert "answered" in heading(asked) or "stands" in heading(asked) or "growth work" in heading(asked)


@pytest.mark.parametrize(
    "words",
    [
        [("do", "dance")],
        [("do", "judge"), ("card", "?"), ("answer", "perhaps")],
        [("do", "because"), ("reason", "BORED")],
        [("do", "because"), ("discomfort", "6")],
    ],
)
def test_what_is_no_answer_is_said_and_changes_nothing(begun: Asking, words: list[tuple[str, str]]) -> None:
    told = [(name, card(begun.get(AUDIT).text) if value == "?" else value) for name, value in words]
    assert send(begun, AUDIT, told).status == 400
    assert "card 1 ·" in begun.get(AUDIT).text


@pytest.mark.parametrize("cards", ["-1", "9" * 40, "x", "\N{SUPERSCRIPT TWO}"])
def test_a_number_of_cards_that_is_none_is_the_usual_one(begun: Asking, cards: str) -> None:
    page = begun.get(f"{AUDIT}&cards={quote(cards)}")
    assert page.status == 200
    assert "card 1 ·" in page.text


def test_a_long_card_of_long_titles_stays_light(asking: Asking) -> None:
    bring_in(asking.folder, [f"{'Überlänge ' * 60}<b>{'أ' * 40} {number}" for number in range(20)], days=15)
    page = send(asking, AUDIT, [("do", "begin"), ("open", "1")]).text
    assert len(page.encode()) < 100_000
    assert "<b>" not in page
    assert "more like these" in page
