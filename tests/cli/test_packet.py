"""`outgrow packet` without anybody at the terminal: begun, changed, shown, written, put away, undone."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from outgrow.cli.main import main
from outgrow.workflows.print_pdf import CHOICE

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run a command, which exits with 0 unless another code is said; it returns what was printed."""

    def command(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(["-q", "--data", str(tmp_path / "data"), *words]) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return command


@pytest.fixture
def number(run: Run) -> str:
    """Give the number of a packet of a ledger with one capability and one more piece of evidence."""
    run("capability", "add", "Run a negotiation", "--on", "2026-08-05", "--proof", "Led the talks with Contoso")
    run("evidence", "add", "Wrote 3 notes", "--on", "2026-08-06", "--seen-by", "Anna Berg")
    run("packet", "new", "--audience", "Jo", "--period", "2026-Q3", "--json")
    return str(json.loads(run("packet", "list", "--json"))["items"][0]["number"])


def view(run: Run, number: str) -> dict[str, list[dict[str, str]]]:
    told: dict[str, list[dict[str, str]]] = json.loads(run("packet", "show", number, "--json"))
    return told


def test_it_begins_with_what_was_gained(run: Run, number: str) -> None:
    said = " ".join(run("packet", "show", number).split())
    assert "Capabilities gained: quarter 3 of 2026" in said
    assert "For Jo · as of" in said
    assert "Led the talks with Contoso" in said
    assert "Wrote 3 notes" not in said


def test_everything_can_be_said_by_options(run: Run, number: str) -> None:
    evidence = json.loads(run("evidence", "list", "--json"))["items"]
    note = next(str(each["number"]) for each in evidence if each["action"] == "Wrote 3 notes")
    talks = next(str(each["number"]) for each in evidence if each["action"] != "Wrote 3 notes")
    words = ("--audience", "Kim", "--period", "2026", "--title", "Half a year", "--opening", "Hello")
    run("packet", "edit", number, *words, "--capability", "negotiation", "--evidence", note, "--without", talks)
    told = json.loads(run("packet", "edit", number, "--to", "Lead", "--no-share", "--json"))
    assert (told["audience"], told["period"], told["title"], told["opening"]) == ("Kim", "2026", "Half a year", "Hello")
    assert [each["action"] for each in told["evidence"]] == ["Wrote 3 notes"]
    assert told["step"]["next"] == "Lead"
    assert not told["with_share"]


def test_what_is_blacked_out_is_gone_until_it_is_said_otherwise(run: Run, number: str) -> None:
    note = json.loads(run("evidence", "list", "--json"))["items"][0]["number"]
    run("packet", "edit", number, "--evidence", str(note))
    hidden = run("packet", "edit", number, "--redact", "contoso", "--hide", "people", "--hide", "numbers")
    assert not re.search(r"contoso|anna|berg|\d", hidden, re.IGNORECASE)
    shown = run("packet", "edit", number, "--redact", "", "--hide", "none")
    assert all(word in shown for word in ("Contoso", "Anna Berg", "3 notes"))
    assert "█" not in shown


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_it_is_written_to_a_file_and_over_none(run: Run, number: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{form}"
    assert f"Written: {path}" in run("packet", "export", number, "--format", form, "--out", str(path))
    assert "Run a negotiation" in path.read_text(encoding="utf-8")
    assert "is there already" in run("packet", "export", number, "--format", form, "--out", str(path), code=2)
    run("packet", "export", number, "--format", form, "--out", str(path), "--force")
    assert "Run a negotiation" in run("packet", "export", number, "--format", form, "--out", "-")
    assert json.loads(run("packet", "export", number, "--format", form, "--out", str(tmp_path), "--json")) == {
        "outgrow": "file",
        "version": 1,
        "path": str(tmp_path / f"packet.{form}"),
    }


def test_without_a_browser_the_way_to_a_pdf_is_said(run: Run, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, "no-such-browser")
    assert "print it there" in run("packet", "export", number, "--format", "pdf", code=1)


def test_it_is_put_away_and_comes_back(run: Run, number: str) -> None:
    assert "Put away: the packet for Jo." in run("packet", "withdraw", number)
    assert "No packets yet" in run("packet", "list")
    assert "There is no packet" in run("packet", "show", number, code=2)
    run("undo")
    assert "Jo" in run("packet", "list")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", "--period", "2026"), "--audience"),
        (("new", "--audience", "Jo"), "--period"),
        (("new", "--audience", "Jo", "--period", "someday"), "someday"),
        (("new", "--audience", "Jo", "--period", "2026", "--redact", "x"), "at least 2 letters"),
        (("new", "--audience", "Jo", "--period", "2026", "--to", "Emperor"), "Emperor"),
        (("new", "--audience", "Jo", "--period", "2026", "--capability", "flying"), "flying"),
        (("new", "--audience", "Jo", "--period", "2026", "--evidence", "77"), "no evidence 77"),
        (("show", "77"), "There is no packet 77"),
        (("edit", "77", "--title", "x"), "There is no packet 77"),
        (("export", "77"), "There is no packet 77"),
        (("export", "1", "--format", "docx"), "docx"),
    ],
)
def test_what_is_asked_wrongly_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    assert said in run("packet", *words, code=2)
