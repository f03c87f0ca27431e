"""`outgrow capability` from the first entry to the last deed."""

import json
from pathlib import Path
from typing import Any

import pytest

from outgrow.cli.main import main


class Terminal:
    """Runs `outgrow capability` on data of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Keep where the data lie."""
        self.folder, self.capsys = str(folder), capsys

    def run(self, *words: str, code: int = 0) -> str:
        """Run it; return what it prints, or what is wrong."""
        assert main(["--data", self.folder, "capability", *words]) == code
        told = self.capsys.readouterr()
        return told.err if code else told.out

    def json(self, *words: str) -> dict[str, Any]:
        """Run it with --json; return the document."""
        document: dict[str, Any] = json.loads(self.run(*words, "--json"))
        return document


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Give a terminal on empty data."""
    return Terminal(tmp_path / "data", capsys)


def test_an_empty_ledger_asks_for_the_first_entry(terminal: Terminal) -> None:
    assert "What did you do this month that you'd have needed help with" in terminal.run("list")


def test_from_claimed_to_taught(terminal: Terminal) -> None:
    made = terminal.json("add", "Lead supplier talks", "--on", "2026-01-05", "--proof", "Closed one")
    assert (made["outgrow"], made["line"]["state"], made["evidence"][0]["action"]) == (
        "capability",
        "claimed",
        "Closed one",
    )
    terminal.run("reach", "supplier", "shown", "--on", "2026-02-01")
    assert "it takes 1 piece more" in terminal.run("reach", "supplier", "repeated", code=2)
    terminal.run("reach", "supplier", "repeated", "--proof", "Closed four", "--kind", "repetition")
    said = terminal.run("reach", "supplier", "taught", "--note", "Marek does them now")
    assert "taught: others do it because of me" in said
    assert "Marek does them now" in said
    assert "1 capability, 1 of them shown with evidence" in terminal.run("list")
    assert terminal.json("take-back", "supplier", "taught")["line"]["state"] == "repeated"


def test_rename_merge_supersede_withdraw_restore(terminal: Terminal) -> None:
    one, two = (terminal.json("add", name)["line"]["number"] for name in ("Lead talks", "Talk to carriers"))
    terminal.run("rename", "Lead", "Lead supplier talks")
    merged = terminal.json("merge", f"{one}", "carriers")
    assert [each["name"] for each in merged["parts"]] == ["Talk to carriers"]
    terminal.run("restore", f"{two}")
    terminal.run("supersede", "carriers", "--by", f"{one}")
    assert [each["number"] for each in terminal.json("list")["superseded"]] == [two]
    assert "Earlier ones, which others took the place of" in terminal.run("list")
    assert f"outgrow capability restore {one} brings it back" in terminal.run("withdraw", f"{one}")
    assert [each["number"] for each in terminal.json("list")["withdrawn"]] == [one]
    assert terminal.json("restore", f"{one}")["line"]["name"] == "Lead supplier talks"
    assert "Lead supplier talks called" not in terminal.run("show", f"{one}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "nothing"], "No capability is called 'nothing'"),
        (["show", "7"], "There is no capability 7"),
        (["restore", "7"], "There is no capability 7"),
        (["add", ""], "Say what you can do"),
        (["add", "--from", "calls"], "is no outgrown kind of work"),
        (["turn-down", "calls"], "is no outgrown kind of work"),
        (["add", "x", "--on", "soon"], "is no day I know"),
    ],
)
def test_what_is_wrong_is_told_with_its_remedy(terminal: Terminal, words: list[str], said: str) -> None:
    assert said in terminal.run(*words, code=2)


def test_outgrown_work_is_named_entered_and_turned_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    for title in ("Supplier call", "Budget round"):
        for words in (
            ["capture", title, "--hours", "2", "--on", "2026-01-05"],
            ["sort", title, "--period", "2026-01", "--as", "growth discomfort 4"],
            ["sort", title, "--period", "2026-02", "--as", "depth"],
        ):
            assert main(["--quiet", "--data", str(folder), *words]) == 0
    terminal = Terminal(folder, capsys)
    capsys.readouterr()
    said = terminal.run("list")
    assert "Supplier call: 2.0 h since 5 January 2026; depth from 1 February 2026 on" in said
    assert terminal.json("add", "--from", "supplier call")["line"]["name"] == "Supplier call"
    assert "No entry for Budget round" in terminal.run("turn-down", "budget round")
    assert "Outgrown" not in terminal.run("list")
