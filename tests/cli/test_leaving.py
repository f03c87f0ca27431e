"""Export, backup, restore and deletion in a terminal."""

import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from outgrow.cli.commands import outgrow
from outgrow.cli.main import main


@pytest.fixture(autouse=True)
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder for temporary files of its own, for what is in it is deleted, too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("OUTGROW_PASSPHRASE", raising=False)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give the folder of somebody who noted a piece of work and keeps a file."""
    offer = tmp_path / "offer.txt"
    offer.write_text("an offer")
    folder = tmp_path / "data"
    run(folder, "capture", "Budget round", "--hours", "2", "--on", "2026-03-02")
    run(folder, "evidence", "add", "Led the talks", "--file", str(offer))
    return folder


def run(folder: Path, *words: str, code: int = 0) -> None:
    assert main(["--data", str(folder), *words]) == code


def delete(folder: Path, word: str) -> str:
    """Ask for deletion and type a word; return what was said."""
    asked = CliRunner().invoke(outgrow, ["--data", str(folder), "delete-everything"], input=f"{word}\n")
    return asked.output + str(asked.exception or "")


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.promise("P7")
def test_taken_out_deleted_put_back_and_taken_out_again(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], traces: Path
) -> None:
    run(data, "export", str(tmp_path / "one.zip"))
    said = capsys.readouterr().out
    assert "and 1 kept file;" in said
    run(data, "backup", "--to", str(tmp_path / "stick"))
    (traces / "outgrow-trace-1.txt").touch()
    deleted = delete(data, "delete")
    assert "1 activity" in deleted
    assert "1 trace of faults" in deleted
    assert str(tmp_path / "stick") in deleted, "where a backup is that it cannot reach"
    assert not data.exists()
    assert not any(traces.iterdir())
    for taken in (tmp_path / "one.zip", next((tmp_path / "stick").iterdir())):
        run(tmp_path / taken.stem, "restore", str(taken))
        run(tmp_path / taken.stem, "export", str(tmp_path / f"{taken.stem}-again.zip"))
        assert (tmp_path / f"{taken.stem}-again.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()


def test_what_is_not_outgrows_is_left_and_named(data: Path) -> None:
    (data / "novel.txt").touch()
    said = delete(data, "delete")
    assert "still there: " + str(data / "novel.txt") in said
    assert [each.name for each in data.iterdir()] == ["novel.txt"]


def test_nothing_is_deleted_without_the_word(data: Path) -> None:
    for word in ("", "yes", "delete everything"):
        assert "that takes the word delete" in delete(data, word)
    run(data, "export", str(data.parent / "there.zip"))


def test_data_are_replaced_when_asked_and_backed_up_before(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(data, "export", str(tmp_path / "one.zip"))
    run(data, "capture", "Later", "--on", "2026-03-03")
    run(data, "restore", str(tmp_path / "one.zip"), code=2)
    assert "There are data in" in capsys.readouterr().err
    capsys.readouterr()
    run(data, "restore", "--replace", "--json", str(tmp_path / "one.zip"))
    view = json.loads(capsys.readouterr().out)
    assert view["records"]["activities"] == 1
    run(data, "export", str(tmp_path / "two.zip"))
    assert content(tmp_path / "two.zip") == content(tmp_path / "one.zip")
    run(tmp_path / "before", "restore", view["backup"])
    assert "2 activities" in _said(capsys, tmp_path / "before", "about")


def _said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> str:
    capsys.readouterr()
    run(folder, *words)
    return capsys.readouterr().out


def test_a_passphrase_is_no_word_of_the_command(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(data, "backup", "--encrypt", code=2)
    assert "set OUTGROW_PASSPHRASE" in capsys.readouterr().err
    assert not (data / "backups").exists()


@pytest.mark.promise("P12")
def test_a_passphrase_stands_nowhere(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OUTGROW_PASSPHRASE", "s3cret canary")
    run(data, "backup", "--encrypt")
    (path,) = (data / "backups").iterdir()
    monkeypatch.setenv("OUTGROW_PASSPHRASE", "an0ther canary")
    run(tmp_path / "other", "restore", str(path), code=2)
    said = capsys.readouterr()
    assert "The passphrase does not open" in said.err
    written = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert "canary" not in said.out + said.err
    assert b"s3cret canary" not in written
    assert b"an0ther canary" not in written


def test_doctor_says_how_old_the_newest_backup_is(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "backup: there is none that can be reached" in _said(capsys, data, "doctor")
    run(data, "backup")
    assert "backup: the newest is of" in _said(capsys, data, "doctor")
