"""outgrow next and outgrow role at a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from outgrow.cli.main import main
from outgrow.reports.words import width


class Terminal:
    """Runs commands on one folder and keeps what they say."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Begin on a folder."""
        self.folder, self.capsys = folder, capsys

    def run(self, *words: str, code: int = 0) -> str:
        """Return what a command says; on a fault what it says of that."""
        assert main(["--data", str(self.folder), *words]) == code
        told = self.capsys.readouterr()
        return told.err if code else told.out

    def read(self, *words: str) -> dict[str, Any]:
        """Return the document of a command."""
        found = json.loads(self.run(*words, "--json"))
        assert isinstance(found, dict)
        return found


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Give a terminal at which the step from Senior to Lead is set."""
    made = Terminal(tmp_path / "data", capsys)
    made.run("ladder", "aim", "Senior", "--next", "Lead")
    return made


def test_without_a_step_it_says_how_to_set_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(tmp_path / "data", capsys)
    assert "No step is set yet" in terminal.run("next")
    assert "outgrow ladder aim" in terminal.run("next", "show", "1", code=2)
    assert "outgrow ladder aim" in terminal.run("next", "--json", code=2)


def test_the_matrix_stays_within_80_columns(terminal: Terminal) -> None:
    terminal.run("evidence", "add", "Negotiated the carrier contract " + "\u5408\u610f" * 40)
    for words in (["next"], ["next", "--from", "Associate", "--to", "Director"], ["next", "show", "1"]):
        lines = terminal.run(*words).splitlines()
        assert [line for line in lines if width(line) > 80] == []
    assert "From Senior to Lead, on the ladder Knowledge work" in terminal.run("next")


def test_rows_of_the_text_are_those_of_the_document(terminal: Terminal) -> None:
    view = terminal.read("next")
    text = " ".join(terminal.run("next").split())
    assert view["outgrow"] == "next"
    assert all(f"{row['row']} {row['text'].split()[0]}" in text for row in view["rows"])
    assert (view["asked"], view["without"], view["overall"]) == (len(view["rows"]), len(view["rows"]), None)
    assert "There is no overall figure under 30 %" in text


def test_evidence_is_linked_to_a_row_and_off_it(terminal: Terminal) -> None:
    number = str(terminal.read("evidence", "add", "Ran the round with the carriers")["number"])
    row = terminal.read("next", "link", number, "3")
    assert (row["outgrow"], row["row"], row["state"]) == ("expectation", 3, "begun")
    assert [each["action"] for each in row["evidence"]] == ["Ran the round with the carriers"]
    assert terminal.read("next", "link", number, row["id"], "--not")["state"] == "no evidence yet"
    assert "There is no evidence 99" in terminal.run("next", "link", "99", "3", code=2)


def test_a_guess_that_was_declined_is_gone(terminal: Terminal) -> None:
    terminal.run("evidence", "add", "Negotiated the carrier contract")
    (guess,) = [each for row in terminal.read("next")["rows"] for each in row["proposals"]]
    assert "+1?" in terminal.run("next")
    terminal.run("next", "link", str(guess["number"]), guess["expectation"], "--not")
    assert "+1?" not in terminal.run("next")


def test_a_capability_speaks_for_a_row(terminal: Terminal) -> None:
    terminal.run("capability", "add", "Run a round of suppliers")
    (number,) = [str(each["number"]) for each in terminal.read("capability", "list")["capabilities"]]
    assert "Run a round of suppliers" in terminal.run("next", "link", number, "2", "--capability")
    assert not terminal.read("next", "link", number, "2", "--capability", "--not")["speaking"]


def test_no_chance_with_its_reason(terminal: Terminal) -> None:
    assert "No chance yet: no budget\ufffd here" in terminal.run(
        "next", "no-chance", "4", "--because", "no  budget\x1b here"
    )
    assert "without a chance so far" in " ".join(terminal.run("next").split())
    assert terminal.read("next", "no-chance", "4", "--clear")["no_chance"] is None


@pytest.mark.parametrize(
    "words",
    [
        ["next", "show", "99"],
        ["next", "--ladder", "none"],
        ["next", "--to", "Emperor"],
        ["next", "--from", "Director"],
        ["role", "add", "Clerk"],
        ["role", "end", "Clerk"],
        ["role", "edit", "Clerk", "--level", "Two"],
        ["role", "remove", "1"],
    ],
)
def test_what_is_asked_wrongly_exits_2_with_the_remedy(terminal: Terminal, words: list[str]) -> None:
    terminal.run("ladder", "aim", "Senior", "--next", "Lead")
    if words[-1] == "Director":
        terminal.run("ladder", "aim", "Fellow", "--next", "Director")
    said = terminal.run(*words, code=2)
    assert said.strip().endswith((".", "?"))
    assert "Traceback" not in said


def test_roles_from_the_first_to_the_last(terminal: Terminal) -> None:
    assert "Begin with: outgrow role add" in terminal.run("role", "list")
    words = ["--from", "2020-03", "--level", "Senior", "--answers-for", "Stock", "--answers-for", "Budget [from 2021]"]
    terminal.run("role", "add", "Operations analyst", *words)
    view = terminal.read("role", "edit", "operations", "--scope", "three sites", "--title", "Analyst")
    (role,) = view["roles"]
    assert (role["title"], role["scope"], len(role["duties"])) == ("Analyst", "three sites", 2)
    assert view["same_responsibilities"] == "2021-01-01"
    assert terminal.read("role", "end", "Analyst", "2022-01")["roles"][0]["last"] == "2022-01-31"
    assert terminal.read("role", "edit", "Analyst", "--until", "")["roles"][0]["last"] is None
    assert "Same responsibilities for" in terminal.run("role", "list")
    assert terminal.read("role", "remove", "Analyst")["roles"] == []
    assert "Analyst" in terminal.run("undo")
