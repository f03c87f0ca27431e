"""`outgrow evidence`: one line keeps some, the rest is added later, and what is wrong is said."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from outgrow.cli.main import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give the place of data that are not there yet."""
    return tmp_path / "data"


def run(data: Path, *words: str, code: int = 0) -> None:
    assert main(["-q", "--data", str(data), *words]) == code


def told(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - JSON
    capsys.readouterr()
    run(data, *words, "--json")
    return json.loads(capsys.readouterr().out)


def test_one_line_and_the_rest_later(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "note.txt"
    note.write_text("terms", encoding="utf-8")
    run(data, "capability", "add", "Run a negotiation")
    number = told(data, capsys, "evidence", "add", "Led the talks")["number"]
    more = ("--hours", "30", "--solid", "--kind", "artefact", "--result", "4 % less", "--seen-by", "Priya")
    run(data, "evidence", "edit", str(number), *more, "--for", "negotiation", "--on", "yesterday", "--file", str(note))
    run(data, "evidence", "link", str(number), "https://example.org/a", "the terms")
    shown = told(data, capsys, "evidence", "show", str(number))
    assert (shown["hours"], shown["polish"], shown["kind"]) == (30.0, "solid", "artefact")
    assert [each["name"] for each in shown["capabilities"]] == ["Run a negotiation"]
    assert [(each["name"], each["there"]) for each in shown["files"]] == [("note.txt", True)]
    assert shown["links"] == [{"url": "https://example.org/a", "note": "the terms"}]
    assert shown["revised"] == 2
    run(data, "evidence", "edit", str(number), "--result", "", "--action", "Led all talks")
    run(data, "evidence", "link", str(number), "https://example.org/a", "--remove")
    run(
        data, "evidence", "file", str(number), "--remove", shown["files"][0]["sha256"][:6], "--out", str(tmp_path / "x")
    )
    shown = told(data, capsys, "evidence", "show", str(number))
    assert (shown["action"], shown["result"], shown["links"], shown["files"]) == ("Led all talks", "", [], [])
    assert [each["action"] for each in told(data, capsys, "evidence", "list", "--kind", "artefact")["items"]] == [
        "Led all talks"
    ]
    run(data, "evidence", "withdraw", str(number))
    assert told(data, capsys, "evidence", "list")["items"] == []
    run(data, "undo")
    assert len(told(data, capsys, "evidence", "list", "--for", "negotiation", "this year")["items"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("evidence", "add", " "), "Say in one line"),
        (("evidence", "add", "x", "--on", "9999-12-31"), "has not come yet"),
        (("evidence", "add", "x", "--link", "ftp://example.org"), "begins with https://"),
        (("evidence", "add", "x", "--note", "the terms"), "--link before each --note"),
        (("evidence", "add", "x", "--for", "nothing"), "No capability is called"),
        (("evidence", "add", "x", "--expectation", "x:y"), "no LADDER:ID"),
        (("evidence", "add", "x", "--expectation", "0:y"), "no expectation of a ladder"),
        (("evidence", "add", "x", "--file", "nowhere.txt"), "is no file"),
        (("evidence", "show", "9"), "There is no evidence 9"),
        (("evidence", "file", "9"), "There is no evidence 9"),
        (("evidence", "suggestions", "--yes", "led-0"), "not suggested any more"),
    ],
)
def test_what_is_wrong_is_said(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    run(data, *words, code=2)
    assert said in capsys.readouterr().err


@pytest.mark.promise("P14")
def test_what_is_hostile_steers_no_terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "\x1b[31mred\u202e"
    run(data, "evidence", "add", hostile, "--result", hostile, "--seen-by", hostile, "--situation", hostile)
    run(data, "evidence", "list")
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)


def sheet(path: Path) -> Path:
    """Write a time sheet of the last 200 days: many kinds of work, then two parts that were never played before."""
    today = date.today()  # noqa: DTZ011 - the command asks the machine for its own date
    kinds = [
        f"{what} {where}" for what in ("Count", "Invoice", "Plan") for where in ["Leeds", "Rugby", "Ghent", "Lille"]
    ]
    kinds += [
        f"{what} {where}" for what in ("Pallet", "Scanner", "Yard", "Dock") for where in ["Oslo", "Bergen", "Turku"]
    ]
    kinds += [f"{what} file" for what in ["Claims", "Tariff", "Waste", "Energy", "Uniform", "Fleet", "Audit", "Hiring"]]
    days = {200 - 3 * number: kinds[number % len(kinds)] for number in range(64)}
    days |= {2: "Present the plan to the board", 1: "Negotiate the carrier contract"}
    rows = [f"{title},Acme,{today - timedelta(days=back)},08:00:00,01:30:00" for back, title in days.items()]
    path.write_text("\n".join(["Description,Project,Start date,Start time,Duration", *rows]) + "\n", encoding="utf-8")
    return path


PRESENTED = "Presented for the first time: Present the plan to the board"
NEGOTIATED = "Negotiated for the first time: Negotiate the carrier contract"


@pytest.mark.parametrize(
    ("answers", "kept", "left"),
    [
        ("y\nn\n", [NEGOTIATED], []),
        ("e\nSpoke for the site\nThey agreed\nq\n", ["Spoke for the site"], [PRESENTED]),
        ("s\nx\ny\n", [PRESENTED], [NEGOTIATED]),
        ("q\n", [], [PRESENTED, NEGOTIATED]),
    ],
)
def test_suggestions_are_asked_about_at_a_terminal(  # noqa: PLR0913, PLR0917 - what is said, and what comes of it
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: str,
    kept: list[str],
    left: list[str],
) -> None:
    run(data, "import", str(sheet(data.with_name("sheet.csv"))))
    with monkeypatch.context() as terminal:
        terminal.setattr("outgrow.cli.evidence.at_a_terminal", lambda: True)
        terminal.setattr("sys.stdin", StringIO(answers))
        run(data, "evidence", "suggestions")
    assert [each["action"] for each in told(data, capsys, "evidence", "list")["items"]] == kept
    assert sorted(each["action"] for each in told(data, capsys, "evidence", "suggestions")["items"]) == sorted(left)


def test_suggestions_are_answered_in_a_script(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(data, "evidence", "suggestions")
    assert "Nothing to suggest now" in capsys.readouterr().out
    run(data, "import", str(sheet(data.with_name("sheet.csv"))))
    first, second = told(data, capsys, "evidence", "suggestions")["items"]
    run(data, "evidence", "suggestions", "--yes", "1", "--no", second["key"])
    assert "Nothing to suggest now" in capsys.readouterr().out
    assert [each["action"] for each in told(data, capsys, "evidence", "list")["items"]] == [first["action"]]
