"""The doors: where they are shown, the example, and a week from memory."""

from datetime import date, timedelta

import pytest

from outgrow.web import start as place
from tests.web.asking import Asking

LAST = date.today() - timedelta(days=date.today().weekday() + 7)  # noqa: DTZ011 - the app asks the machine too


def test_without_data_home_is_the_start(asking: Asking) -> None:
    assert asking.get("/").header("location") == "/start"
    page = asking.get("/start").text
    assert all(f'data-key="{key}"' in page for key in "123")
    asking.post("/start/week", **{LAST.isoformat(): "2h supplier call"})
    assert asking.get("/").status == 200


def test_the_example_is_built_at_its_own_desk_alone(asking: Asking) -> None:
    assert asking.post("/start/example").header("location") == "/start"
    assert asking.get("/example/").header("location") == "/example/start"
    assert "Build it" in asking.get("/example/start").text


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("2h supplier call", "2.0 h"),
        ("supplier call 1:30", "1.5 h"),
        ("45m - supplier call", "0.8 h"),
        ("supplier call, 1,5 h", "1.5 h"),
        ("supplier call 2", ""),
        ("supplier call", ""),
        ("- 2h supplier call", "2.0 h"),
        ("3 meetings on the supplier call", ""),
    ],
)
def test_lines_are_read_as_they_are_typed(asking: Asking, line: str, kept: str) -> None:
    answer = asking.post("/start/week", **{LAST.isoformat(): line})
    assert "kept=" in answer.header("location")
    page = asking.get(f"/sort?period={LAST}").text
    assert "upplier call" in page
    assert kept in page.replace("\N{NO-BREAK SPACE}", " ")


def test_all_is_kept_or_nothing_and_nothing_typed_is_lost(asking: Asking) -> None:
    tuesday = (LAST + timedelta(days=1)).isoformat()
    answer = asking.post("/start/week", **{LAST.isoformat(): "2h <b>call</b>", tuesday: "25h budget\n3h\nfine"})
    assert answer.status == 400
    assert "2h &lt;b&gt;call&lt;/b&gt;</textarea>" in answer.text
    assert "25h budget" in answer.text
    assert "is not between a minute and 24 hours" in answer.text
    assert "Say in a few words what you did" in answer.text
    assert asking.get("/").header("location") == "/start"


def test_every_wrong_line_is_said(asking: Asking) -> None:
    lines = ["99h talk", "-3h rota", "\N{MINUS SIGN}1:30 rota", *(f"25h day {n}" for n in range(11))]
    page = asking.post("/start/week", **{LAST.isoformat(): "\n".join(["2h call", *lines])}).text
    assert page.count("<li>\N{LEFT DOUBLE QUOTATION MARK}") == len(lines)
    assert "&#39;-3h&#39; is no length of time" in page
    assert 'rows="15"' in page


def test_a_week_can_be_taken_back_as_a_whole(asking: Asking) -> None:
    days = {(LAST + timedelta(days=n)).isoformat(): "1h a\n1h b" for n in range(5)}
    kept = asking.post("/start/week", **days).header("location").partition("kept=")[2]
    asking.post("/capture", text="something else", hours="1", day="yesterday", back="/")
    asking.post("/start/week/drop", kept=kept)
    assert "<dd>1, " in asking.get("/sources").text


@pytest.mark.parametrize("words", ["-1", "x", "99999999999999999999", "1e3", "\u0663"])
def test_wrong_numbers_show_a_week(asking: Asking, words: str) -> None:
    assert asking.get(f"/start/week?back_by={words.encode().hex() if not words.isascii() else words}").status == 200
    assert asking.post("/start/week/drop", kept=f"{words}-{words}").status == 303


def test_days_to_come_are_not_asked_for(asking: Asking) -> None:
    page = asking.get("/start/week?back_by=0").text
    assert page.count("<textarea") == date.today().isoweekday()  # noqa: DTZ011 - the app asks the machine too


def test_where_the_data_stay_is_said_once(asking: Asking) -> None:
    assert asking.get("/start").text.count("stays on this machine") == 1


def test_of_what_is_named_to_be_taken_back_no_more_is_looked_up_than_a_week_holds() -> None:
    assert len(place._numbers("1-999999999")) <= 1001  # noqa: SLF001 - what the address makes of it
    assert list(place._numbers("12-14")) == [12, 13, 14]  # noqa: SLF001 - the same
