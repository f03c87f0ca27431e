"""`outgrow room` and `outgrow opportunity`: what they print, and what they keep."""

import json
from pathlib import Path

import pytest

from outgrow.cli.main import main
from tests.web.work import bring_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bring_in(tmp_path / "data")
    return tmp_path / "data"


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, code: int = 0) -> str:
    """Run a command; return what it printed."""
    capsys.readouterr()
    assert main(["--data", str(folder), *words]) == code
    out, err = capsys.readouterr()
    return out if code == 0 else err


def test_hours_are_freed_and_the_plan_is_begun(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    text = said(capsys, folder, "room", "--hours", "2")
    assert "are the fewest that free 2.0 h." in text
    assert "To say to your manager:" in text
    view = json.loads(said(capsys, folder, "room", "take", "--hours", "2", "--json"))
    assert view["outgrow"] == "room"
    assert len(view["followed"]) > 1
    number = str(view["followed"][0]["number"])
    assert f"  {number}  " not in said(capsys, folder, "room", "end", number)


def test_what_must_not_slip_and_what_stays(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert "Stock report (must not slip)" in said(capsys, folder, "room", "keep", "Stock report")
    said(capsys, folder, "room", "turn-down", "Stock report", "hand-over")
    view = json.loads(said(capsys, folder, "room", "--json"))
    (work,) = (each for each in view["work"] if each["name"] == "Stock report")
    assert work["ways"] == ["automate"]
    said(capsys, folder, "room", "let-go", "Returns", "80")
    assert "is no depth work" in said(capsys, folder, "room", "let-go", "Returns", "drop", code=2)


def test_an_experiment_goes_from_the_list_to_evidence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert "60 others with outgrow opportunity list --all" in said(capsys, folder, "opportunity", "list")
    assert "planned for" in said(capsys, folder, "opportunity", "plan", "run-retro", "--on", "tomorrow")
    said(capsys, folder, "opportunity", "tried", "run-retro")
    done = json.loads(said(capsys, folder, "opportunity", "done", "run-retro", "--did", "Ran it", "--json"))
    assert done["state"] == "done"
    assert "Ran it" in said(capsys, folder, "evidence", "show", str(done["evidence"]))
    own = json.loads(said(capsys, folder, "opportunity", "add", "Count the stock", "--kind", "craft", "--json"))
    said(capsys, folder, "opportunity", "no", str(own["number"]), "--because", "Done by others")
    assert "is no experiment" in said(capsys, folder, "opportunity", "plan", "Count the stock", code=2)
