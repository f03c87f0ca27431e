"""Copies of files: whole, private, once for the same bytes, and looked at again by their hash."""

import hashlib
import io
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outgrow.model.evidence import Evidence, KeptFile
from outgrow.store import files, journal, versions
from outgrow.store.database import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOTE = b"The terms were these.\n"


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the usual data folder, which is that of a database on a server, be one of the test."""
    monkeypatch.setattr(files, "data_folder", lambda _: tmp_path / "private")


def kept(store: Store, content: bytes = NOTE, name: str = "note.txt") -> KeptFile:
    return files.keep(store, name, io.BytesIO(content))


@pytest.mark.promise("P10")
def test_a_copy_is_whole_and_private(store: Store) -> None:
    one = kept(store)
    path = files.place(store, one)
    assert one == KeptFile(name="note.txt", sha256=hashlib.sha256(NOTE).hexdigest(), size=len(NOTE))
    assert path.read_bytes() == NOTE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.parent.parent.name == "private"


def test_the_same_bytes_are_kept_once_under_any_name(store: Store) -> None:
    assert kept(store).sha256 == kept(store, name="other.txt").sha256
    assert len(list(files.folder(store).iterdir())) == 1


def test_a_damaged_copy_is_told_and_healed_by_the_same_file(store: Store) -> None:
    one, other, third = kept(store), kept(store, b"2"), kept(store, b"3")
    files.place(store, one).write_bytes(b"The terms were those.\n")
    files.place(store, other).unlink()
    assert files.damaged(store, [one, other, third]) == [(one, "changed"), (other, "gone")]
    kept(store)
    assert files.damaged(store, [one]) == []


@pytest.mark.promise("P3")
def test_what_cannot_be_kept_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(28, "No space left on device")
            return super().read(size)

    with pytest.raises(files.UnfitFile, match="empty"):
        kept(store, b"")
    with pytest.raises(files.CannotKeepFile, match="No space left on device"):
        files.keep(store, "a", Failing(b"x" * (2 << 20)))
    monkeypatch.setattr(files, "MOST_BYTES", 20)
    with pytest.raises(files.UnfitFile, match="Keep a link to where it is"):
        kept(store)
    assert list(files.folder(store).iterdir()) == []


def test_what_a_killed_program_left_is_swept_away_after_a_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    where = files.folder(store)
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    (where / ".begun-1").write_bytes(b"half")
    kept(store)
    assert (where / ".begun-1").exists(), "another program may be at it"
    monkeypatch.setattr(files, "_ABANDONED", -1)
    kept(store)
    assert not (where / ".begun-1").exists()


@pytest.mark.promise("P14")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Documents\\note.docx", "note.docx"),
        ("a\u202efdp.exe", "a\ufffdfdp.exe"),
        ("line\r\nbreak.txt", "line break.txt"),
        ("\x1b[31mred.txt", "\ufffd[31mred.txt"),
        ("", "file"),
        ("/", "file"),
        ("x" * 500 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_text_alone(store: Store, name: str, told: str) -> None:
    one = kept(store, name=name)
    assert one.name == told
    assert [each.name for each in files.folder(store).iterdir()] == [one.sha256]


@pytest.mark.promise("P14")
@pytest.mark.parametrize("name", ["..", ".", "a/b", "note.txt", ".bashrc", 'con"<>|?*.txt'])
def test_files_are_written_out_beside_each_other_and_nowhere_else(store: Store, tmp_path: Path, name: str) -> None:
    one = KeptFile(name=name, sha256=kept(store).sha256, size=len(NOTE))
    out = tmp_path / "out"
    written = [files.write_out(store, one, out) for _ in range(2)]
    assert sorted(written) == sorted(out.iterdir())
    assert [each.read_bytes() for each in written] == [NOTE, NOTE]


def test_all_files_that_were_ever_spoken_of_are_known(store: Store) -> None:
    one, other = kept(store), kept(store, b"other")
    with store.begin() as change:
        number = versions.put(change, Evidence(action="Wrote it", on=date(2026, 3, 1), files=(one,)), AT)
        versions.put(change, Evidence(action="Wrote it", on=date(2026, 3, 1), files=(other,)), AT, number)
        versions.withdraw(change, Evidence, number, AT)
        journal.undo_last(change, AT)
        journal.undo_last(change, AT)
    with store.look() as view:
        assert {each.sha256 for each in files.mentioned(view)} == {one.sha256, other.sha256}
        assert [each.files for each in versions.current(view, Evidence).values()] == [(one,)]
