"""Everything is taken out, backed up, put back and deleted at one place, each after what it takes was typed."""

import html
import io
import re
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from outgrow.store import seal
from tests.web.asking import Answer, Asking, replaced

PLACE = "/about/leaving"
GIVEN = {"restore_passphrase": "x"}
CLOSED = {"passphrase": "s3cret", "passphrase_again": "s3cret"}


@pytest.fixture(autouse=True)
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder for temporary files of its own, for what is in it is deleted, too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def words(answer: Answer) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def done(asking: Asking, answer: Answer) -> Answer:
    """Follow what was begun to its end."""
    until = time.monotonic() + 30
    while answer.status == 303:
        where = answer.header("location")
        answer = asking.get(where)
        while "It goes on when you close this page" in answer.text:
            assert time.monotonic() < until
            time.sleep(0.05)
            answer = asking.get(where)
    return answer


def hand_over(asking: Asking, content: bytes, **said: str) -> Answer:
    head = b'--a\r\nContent-Disposition: form-data; name="file"; filename="mine.zip"\r\n\r\n' + content + b"\r\n"
    fields = [
        f'--a\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in said.items()
    ]
    headers = replaced(asking.headers("POST"), "content-type", "multipart/form-data; boundary=a")
    return done(asking, asking.ask("POST", f"{PLACE}/upload", headers, [b"".join([head, *fields, b"--a--\r\n"])]))


def exported(asking: Asking) -> bytes:
    """Make an export and download it."""
    page = done(asking, asking.post(f"{PLACE}/export"))
    assert "Download the export" in page.text, words(page)
    file = asking.get(f"{PLACE}/download/export")
    assert 'attachment; filename="outgrow-export.zip"' in file.header("content-disposition")
    assert file.header("x-content-type-options") == "nosniff"
    return file.body


@pytest.fixture
def filled(asking: Asking) -> Asking:
    """Give the app with two notes of work."""
    for title in ("Budget round", "Supplier call"):
        asking.post("/capture", text=title, hours="2", day="yesterday")
    return asking


def test_an_export_is_downloaded_and_put_back_elsewhere(filled: Asking, tmp_path: Path) -> None:
    out = exported(filled)
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert b"Budget round" in archive.read("tables/activities.csv")
    other = Asking(tmp_path / "other")
    page = words(hand_over(other, out))
    assert "Restored: " in page
    assert "Budget round" in other.get("/sort?period=yesterday").text + other.get("/sort?period=this+month").text
    assert exported(other) == out
    other.close()


def test_nothing_is_replaced_without_its_word(filled: Asking) -> None:
    out = exported(filled)
    filled.post("/capture", text="Later", hours="1", day="yesterday")
    before = exported(filled)
    for said in ({}, {"replace": "no"}):
        page = hand_over(filled, out, **said)
        assert page.status == 400
        assert "that takes the word replace" in words(page)
    assert exported(filled) == before
    assert "What was here before is in" in words(hand_over(filled, out, replace="Replace "))
    assert exported(filled) == out
    assert list((filled.folder / "backups").iterdir())
    assert not list(filled.folder.glob(".*")), "what was handed over is gone"


@pytest.mark.parametrize("content", [b"", b"PK", b"no export", b"age-encryption.org/v1\nx"])
def test_what_is_no_export_is_said(asking: Asking, content: bytes) -> None:
    page = hand_over(asking, content, **GIVEN)
    assert "mine.zip" in words(page)
    assert "handed-over" not in page.text
    assert not list(asking.folder.glob(".*"))


def test_a_closed_file_needs_its_passphrase(asking: Asking) -> None:
    page = hand_over(asking, b"age-encryption.org/v1\nx")
    assert page.status == 400
    assert "closed with a passphrase" in words(page)
    assert not list(asking.folder.glob(".*"))


def test_a_backup_is_made_shown_and_downloaded(filled: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filled.get(f"{PLACE}/download/backup").status == 400
    page = done(filled, filled.post(f"{PLACE}/backup"))
    (path,) = (filled.folder / "backups").iterdir()
    assert path.name in page.text
    assert filled.get(f"{PLACE}/download/backup").body == path.read_bytes()
    sealed: list[str] = []
    monkeypatch.setattr(seal, "seal", lambda _packed, _sealed, passphrase: sealed.append(passphrase))
    page = filled.post(f"{PLACE}/backup", **CLOSED | {"passphrase_again": "secret"})
    assert (page.status, sealed) == (400, [])
    assert "s3cret" not in page.text
    assert "The two are not the same" in words(page)
    filled.post(f"{PLACE}/backup", **CLOSED)
    assert sealed == ["s3cret"]


def test_everything_is_deleted_once_the_word_is_typed(filled: Asking, traces: Path) -> None:
    exported(filled)
    done(filled, filled.post(f"{PLACE}/backup"))
    trace = traces / "outgrow-trace-1.txt"
    trace.touch()
    filled.get("/example/settings")
    for word in ("", "remove", "deleted"):
        page = filled.post(f"{PLACE}/delete", delete=word)
        assert page.status == 400
        assert "that takes the word delete" in words(page)
    assert len(list((filled.folder / "backups").iterdir())) == 1
    before = {each.name for each in filled.folder.iterdir()}
    assert {"backups", "example", "leaving", "outgrow.sqlite3"} <= before
    page = done(filled, filled.post(f"{PLACE}/delete", delete="delete"))
    assert "Everything is deleted." in words(page)
    left = {each.name.removesuffix("-journal") for each in filled.folder.iterdir()}
    assert left == {"outgrow.sqlite3"}, "begun anew by the page"
    assert not trace.exists()
    assert "Said by you Nothing yet." in words(filled.get("/about"))
    assert filled.get("/example/settings").status == 200, "the example can be begun again"
    filled.post("/capture", text="Begun anew", hours="1", day="yesterday")
    assert "1 activity" in words(filled.get("/about"))


def test_the_example_is_not_taken_out_or_deleted(filled: Asking) -> None:
    for path in ("", "/download/export", "/download/backup"):
        assert filled.get(f"/example{PLACE}{path}").header("location") == "/example/about"
    for path in ("/export", "/backup", "/upload", "/delete"):
        answer = filled.post(f"/example{PLACE}{path}", delete="delete")
        assert answer.header("location") == "/example/about"
    assert (filled.folder / "example" / "outgrow.sqlite3").exists()
