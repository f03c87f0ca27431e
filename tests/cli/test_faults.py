"""What ended a command is said in plain words, with the exit code that belongs to it."""

import errno
from pathlib import Path

import click
import pytest

from outgrow.cli import faults
from outgrow.model.fault import Fault


class Misspoken(Fault):
    """A fault of the question."""

    exit_code = 2


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            Fault("The database is in use. Close the other program."),
            1,
            "The database is in use. Close the other program.",
        ),
        (Misspoken("That is no period."), 2, "That is no period."),
        (click.UsageError("No such option"), 2, "No such option"),
        (click.exceptions.Abort(), 130, "Stopped. What was finished before is kept."),
        (KeyboardInterrupt(), 130, "Stopped. What was finished before is kept."),
        (FileNotFoundError(errno.ENOENT, "", "a.ics"), 1, "a.ics: It does not exist. Check the name."),
    ],
)
@pytest.mark.promise("P3")
def test_known_faults_are_said_bare(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faults.say(error) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert "Traceback" not in said.err


@pytest.mark.promise("P3")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_faults_of_the_disk_name_the_place_and_the_remedy(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert faults.say(OSError(number, "", "data")) == 1
    said = capsys.readouterr().err
    assert said.startswith("data: ")
    assert len(said.splitlines()) == 1


def test_a_fault_of_ours_is_one_line_and_leaves_a_trace(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert faults.say(KeyError("missing")) == 1
    said = capsys.readouterr().err
    (trace,) = tmp_path.iterdir()
    assert len(said.splitlines()) == 1
    assert str(trace) in said
    assert "missing" not in said
    assert "KeyError" in trace.read_text()
    assert "missing" not in trace.read_text(), "the words of an error may quote what is private"
    assert trace.stat().st_mode & 0o077 == 0
