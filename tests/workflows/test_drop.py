"""What is handed over waits whole or not at all, each under a number of its own."""

import io
import json
import os
from pathlib import Path

import pytest

from outgrow.importers import feed
from outgrow.workflows import drop as drops
from outgrow.workflows.bring_in import NothingThere
from outgrow.workflows.workspace import open_workspace

ADDRESS = "https://calendar.example/secret"


def test_no_number_is_used_again(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path)) as workspace:
        seen = set()
        for name in ("1.csv", "2.csv", "3.csv"):
            kept = drops.take_files(workspace, [(name, io.BytesIO(b"x"))])
            assert kept.name == name
            typed = drops.take_named(workspace, str(tmp_path))
            assert typed.number != kept.number
            seen |= {kept.number, typed.number}
            drops.discard(kept)
            drops.discard(typed)
        assert len(seen) == 6


@pytest.mark.parametrize(
    "about",
    [b"", b'{"given": ["/a', b"[]", b"null", b"{}", b"\xff", b'{"given": 1, "location": "", "answers": {}}'],
)
def test_what_is_half_written_is_shown_and_can_be_left(tmp_path: Path, about: bytes) -> None:
    with open_workspace(str(tmp_path)) as workspace:
        named = drops.take_named(workspace, str(tmp_path))
        named.folder.joinpath("about.json").write_bytes(about)
        (found,) = drops.drops(workspace)
        assert found.name == "Something that is no longer whole"
        assert drops.find(workspace, found.number) == found
        drops.discard(found)
        assert drops.drops(workspace) == []


def test_strange_names_are_passed_over(tmp_path: Path) -> None:
    with open_workspace(str(tmp_path)) as workspace:
        for name in ("\N{SUPERSCRIPT TWO}", "\u0663", "x", "1" * 200, ".5x", "-1"):
            (tmp_path / "waiting" / name).mkdir(parents=True)
        (tmp_path / "waiting" / "7").write_bytes(b"")
        assert drops.drops(workspace) == []
        for name in ("\N{SUPERSCRIPT TWO}", "1" * 200, "1" * 5000, "7", "../waiting", ""):
            with pytest.raises(drops.NoSuchDrop):
                drops.find(workspace, name)


@pytest.mark.promise("P3")
@pytest.mark.parametrize("call", ["fsync", "mkdir", "open"])
def test_a_full_disk_is_told_and_nothing_is_half_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    does = getattr(os, call)

    def full(*given: object, **more: object) -> object:
        if call == "open" and not int(str(given[1])) & os.O_CREAT:
            return does(*given, **more)
        raise OSError(28, "No space left on device")

    with open_workspace(str(tmp_path)) as workspace:
        kept = drops.take_files(workspace, [("odd.csv", io.BytesIO(b"x"))])
        answered = drops.answer(kept, ["odd.csv"], "shape", "d")
        with monkeypatch.context() as patch:
            patch.setattr(os, call, full)
            with pytest.raises(drops.CannotKeep, match="No space left on device"):
                drops.take_again(workspace, [str(tmp_path)])
            if call != "mkdir":
                with pytest.raises(drops.CannotKeep):
                    drops.answer(answered, ["odd.csv"], "shape", "m")
        assert drops.drops(workspace) == [answered]
        assert [each.name for each in (tmp_path / "waiting").iterdir()] == [kept.folder.name]


def test_what_a_killed_program_left_half_there_is_deleted(tmp_path: Path) -> None:
    half = tmp_path / "waiting" / ".1234"
    (half / "files").mkdir(parents=True)
    with open_workspace(str(tmp_path)) as workspace:
        assert drops.drops(workspace) == []
        drops.take_named(workspace, str(tmp_path))
        assert not half.exists()


def test_nothing_waits_while_an_address_is_fetched_or_when_that_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace(str(tmp_path)) as workspace:

        def fetch(_address: str, into: Path, _tell: object) -> None:
            into.write_bytes(b"BEGIN:VCALENDAR")
            assert drops.drops(workspace) == []

        monkeypatch.setattr(feed, "fetch", fetch)
        taken = drops.take_address(workspace, ADDRESS)
        assert drops.drops(workspace) == [taken]
        assert [Path(each).read_bytes() for each in taken.paths] == [b"BEGIN:VCALENDAR"]
        assert "secret" not in json.dumps(taken.folder.joinpath("about.json").read_text())
        drops.discard(taken)

    def given_up(_what: str, _number: int) -> None:
        raise LookupError

    with open_workspace(str(tmp_path), progress=given_up) as workspace:
        with pytest.raises(LookupError):
            drops.take_address(workspace, ADDRESS)
        assert list((tmp_path / "waiting").iterdir()) == []


@pytest.mark.parametrize("given", ["~nosuchuser", "~nosuchuser/x", "x" * 5000, "/" + "x/" * 3000, "\0", "a\0b", " "])
def test_a_path_that_cannot_be_is_told(tmp_path: Path, given: str) -> None:
    with open_workspace(str(tmp_path)) as workspace, pytest.raises(NothingThere) as told:
        drops.take_named(workspace, given)
    assert len(str(told.value)) < 500
