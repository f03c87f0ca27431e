"""Reviews from the command line: at a terminal by keys, elsewhere by options."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from outgrow.cli.main import main
from tests.cli.test_terminal import Terminal

TODAY = date.today()  # noqa: DTZ011 - the commands ask the machine for its own date
Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run a command on data of its own; it returns what it printed, as JSON where it asks for that."""

    def call(*words: str, code: int = 0, as_json: bool = True) -> Any:  # noqa: ANN401 - JSON of any shape
        capsys.readouterr()
        said = main(["--data", str(tmp_path / "data"), *words, *(["--json"] if as_json else [])])
        printed = capsys.readouterr()
        assert said == code, printed.err
        return json.loads(printed.out) if as_json and not code else printed.out + printed.err

    return call


def test_a_quarter_by_options_leads_to_ledger_and_commitment(run: Run) -> None:
    seen = run("review", "quarter")
    assert (seen["step"]["id"], seen["number"]) == ("felt", None)
    done = run(
        *("review", "quarter", "--say", "felt=3", "--skip", "changed"),
        *("--say", "capable=Lead a supplier talk alone", "--say", "capable:capable-people=Give a hard message"),
        *("--say", "commitment=Ask Marek", "--say", "commitment:due=in 3 weeks", "--say", "commitment:sign=a yes"),
    )
    assert done["step"] is None
    assert done["ended"] == str(TODAY)
    (made,) = done["commitments"]
    assert (made["text"], made["due"], made["sign"]) == ("Ask Marek", str(TODAY + timedelta(weeks=3)), "a yes")
    names = {each["name"] for each in run("capability", "list")["capabilities"]}
    assert names == {"Lead a supplier talk alone", "Give a hard message"}
    settled = run("review", "settle", str(made["number"]), "kept", "--note", "he agreed")
    assert (settled["outcome"], settled["note"]) == ("kept", "he agreed")
    assert [each["outcome"] for each in run("review", "commitments")["items"]] == ["kept"]
    past = run("review", "show", str(done["number"]))
    assert [each["step"] for each in past["parts"]] == ["felt", "changed", "capable", "commitment"]
    assert "(skipped)" in run("review", "show", str(done["number"]), as_json=False)


def test_two_reviews_and_what_differs(run: Run) -> None:
    weeks = [run("review", "week", "--period", f"{TODAY - timedelta(weeks=back)}", "--say", f"help=The rota {back}")
             for back in (3, 2)]  # fmt: skip
    one, other = (each["number"] for each in weeks)
    assert {each["number"] for each in run("review", "list")["held"]} == {one, other}
    view = run("review", "compare", str(one), str(other))
    assert [(each["step"], each["then"], each["now"]) for each in view["words"]] == [
        ("help", "The rota 3", "The rota 2")
    ]
    assert "[-3-] {+2+}" in run("review", "compare", str(one), str(other), as_json=False)


def test_growth_work_is_planned_and_the_calendar_file_tells_it(run: Run, tmp_path: Path) -> None:
    planned = run("review", "plan", "Draft the strategy", "--on", "in 3 days", "--at", "14:00", "--for", "45m")
    assert (planned["title"], planned["minutes"]) == ("Draft the strategy", 45)
    out = tmp_path / "mine.ics"
    assert run("review", "calendar", "--out", str(out))["path"] == str(out)
    assert out.read_bytes() == (tmp_path / "data" / "outgrow.ics").read_bytes()
    events = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert "Draft the strategy" in {str(each["SUMMARY"]) for each in events}
    assert "Draft the strategy" in run("review", "list", as_json=False)
    run("review", "unplan", str(planned["number"]))
    assert "Draft the strategy" not in run("review", "list", as_json=False)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("review", "week"), "--say STEP=WORDS"),
        (("review", "week", "--say", "felt"), "such as felt=3"),
        (("review", "week", "--say", "felt=9"), "from 1 to 5"),
        (("review", "week", "--say", "nothing=9"), "no such step"),
        (("review", "month", "--period", "2026-Q1", "--json"), "looks back on one month"),
        (("review", "month", "--period", "next", "--json"), "no period I know"),
        (("review", "show", "77"), "no review 77"),
        (("review", "settle", "77", "kept"), "no commitment 77"),
        (("review", "unplan", "77"), "no planned time 77"),
        (("review", "plan", "x", "--on", "never"), "no day I know"),
        (("review", "plan", "x", "--on", "tomorrow", "--for", "30"), "half an hour is 30m"),
        (("review", "week", "--period", "2026-W54"), "2026-W54"),
        (("review", "week"), "asks at a terminal"),
    ],
)
def test_what_is_asked_wrongly_is_said_with_the_remedy(run: Run, words: tuple[str, ...], says: str) -> None:
    assert says in run(*words, code=2, as_json=False)


def test_an_empty_store_says_how_to_begin(run: Run) -> None:
    assert "No review is open now. Any may be held all the same" in run("review", "list", as_json=False)
    assert "Each review ends in one." in run("review", "commitments", as_json=False)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Give a way to open terminals on empty data; whatever is still running is ended."""
    opened: list[Terminal] = []

    def start(*words: str) -> Terminal:
        opened.append(Terminal(tmp_path / "data", *words))
        return opened[-1]

    yield start
    for each in opened:
        each.process.kill()
        each.process.wait()


def test_a_week_by_keys_with_a_stop_between(terminal: Callable[..., Terminal]) -> None:
    week = terminal("review", "week")
    assert "Step 1 of 4" in week.until("quiet week")
    week.type("\r")
    week.until("number, or Enter")
    week.type("7\r")
    week.until("from 1 to 5")
    week.type("4\r")
    assert "Step 2 of 4" in week.until("quiet week")
    week.type("b")
    assert "So far: 4" in week.until("quiet week")
    week.type("s")
    assert "Step 2 of 4" in week.until("quiet week")
    week.type("q")
    week.until("Go on any time: outgrow review week")
    assert week.end() == 0

    again = terminal("review", "week")
    assert "Step 2 of 4" in again.until("quiet week")
    again.type("\r")
    again.until(">")
    again.type("Ran the stand-up alone\r")
    again.until(">")
    again.type("\r")
    assert "Step 3 of 4" in again.until("quiet week")
    again.type("w")
    assert "Step 4 of 4" in again.until("[q] stop")
    again.type("\r")
    again.until("I will")
    again.type("Ask Marek\r")
    again.until("By")
    again.type("yesterday\r")
    again.until("has been already")
    again.until("[q] stop")
    again.type("\r")
    again.until("I will")
    again.type("Ask Marek\r")
    again.until("By")
    again.type("\r")
    assert "Ask Marek - by" in again.until("Ask Marek - by")
    assert again.end() == 0


def test_a_month_holds_its_audit_and_comes_back(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    last = (TODAY.replace(day=1) - timedelta(days=1)).isoformat()
    for title in ("Stock report", "Carrier contract"):
        assert main(["-q", "--data", str(tmp_path / "data"), "capture", title, "--hours", "2", "--on", last]) == 0
    month = terminal("review", "month")
    month.until("[q] stop")
    month.type("s")
    assert "More of the same, or new for you?" in month.until("[q] stop")
    month.type("\r")
    month.until("do you guess")
    month.type("\r")
    month.until("[q] stop")
    month.type("d")
    month.until("[q] stop")
    month.type("q")
    assert "Was that the mix you wanted?" in month.until("[q] stop")
    month.type("b")
    assert "1 answer kept" in month.until("[q] stop")
    month.type("q")
    assert month.end() == 0
