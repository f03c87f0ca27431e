"""A packet leaves as a file; its PDF is printed by an installed browser and tells nothing that is hidden either."""

import json
import os
import stat
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from outgrow.model.ladder import BUILT_IN
from outgrow.model.packet import Packet
from outgrow.reports.packet.formats import Format, Size
from outgrow.reports.packet.redaction import squeezed
from outgrow.workflows import print_pdf
from outgrow.workflows.choose_ladder import set_aim
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.hand_over import CannotPrint, hand_over
from outgrow.workflows.keep_ledger import claim
from outgrow.workflows.make_packet import begin, revise
from outgrow.workflows.print_pdf import CHOICE, browser, without_notes
from outgrow.workflows.workspace import Workspace, open_workspace
from tests.workflows.packets import NUMBER, PERSON, WORD
from tests.workflows.pdf_text import pages_of, text_of, unpacked
from tests.workflows.test_show_packet import NOW, whole
from tools import chromium

WORDS = [*squeezed(PERSON).partition("quill")[:2], squeezed(WORD)]
PRINTS = pytest.mark.skipif(not chromium.found(), reason="no browser to print with")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


@pytest.fixture
def number(workspace: Workspace) -> int:
    return begin(workspace, whole(workspace))


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, chromium.found())


def hide(workspace: Workspace, number: int) -> None:
    revise(
        workspace,
        number,
        lambda each: replace(each, hide_people=True, hide_projects=True, hide_numbers=True, redacted=(WORD,)),
    )


@pytest.mark.parametrize("form", [Format.HTML, Format.MARKDOWN, Format.JSON])
def test_a_file_is_called_nothing_that_tells_of_it(workspace: Workspace, number: int, form: Format) -> None:
    file = hand_over(workspace, number, form)
    assert file.name == f"packet.{form}"
    assert squeezed(WORD) in squeezed(file.content.decode())
    assert not file.printed_with
    if form is Format.JSON:
        assert json.loads(file.content)["outgrow"] == "packet"


@PRINTS
@pytest.mark.promise("P12")
@pytest.mark.usefixtures("installed")
def test_nothing_that_is_hidden_is_left_in_the_pdf(workspace: Workspace, number: int) -> None:
    """Neither in its text, nor in any byte of it, unpacked: title, links and names of places included."""
    open_ = hand_over(workspace, number, Format.PDF)
    assert open_.printed_with == Path(chromium.found()).name
    assert all(each in squeezed(text_of(open_.content)) for each in (*WORDS, NUMBER))
    hide(workspace, number)
    pdf = hand_over(workspace, number, Format.PDF).content
    said, everything = text_of(pdf), squeezed(unpacked(pdf).decode("latin-1"))
    assert [each for each in WORDS if each in squeezed(said) or each in everything] == []
    assert [char for char in said if unicodedata.category(char).startswith("N")] == []
    assert NUMBER not in everything


@PRINTS
@pytest.mark.promise("P12")
@pytest.mark.usefixtures("installed")
def test_the_pdf_notes_nothing_of_the_machine_or_the_moment(workspace: Workspace, number: int) -> None:
    pdf = unpacked(hand_over(workspace, number, Format.PDF).content)
    for note in (b"/Creator", b"/Producer", b"/CreationDate", b"/ModDate", b"/Author", b"file:", b"HeadlessChrome"):
        assert note not in pdf
    assert b"/Title" in pdf


@PRINTS
@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("opening", ["", "Some words of mine. " * 24, "Very many words of mine. " * 150])
def test_how_it_was_found_out_and_what_is_missing_stand_on_the_first_page(workspace: Workspace, opening: str) -> None:
    set_aim(workspace, BUILT_IN, "senior", "lead")
    able = [claim(workspace, f"{n} can do {'what takes long to say ' * 8}"[:199]) for n in range(30)]
    period = named_period(workspace, "last 12 months")
    title = "A title that is long. " * 9
    packet = Packet(audience="Jo", period=period, title=title, opening=opening, capabilities=tuple(able))
    first = "".join(pages_of(hand_over(workspace, begin(workspace, packet), Format.PDF).content)[0].split())
    for words in ("How this was found out", "What is missing", "No evidence here yet", "Too few answers"):
        assert "".join(words.split()) in first


@PRINTS
@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("size", "box"), [(Size.A4, b"594.95996 841.91998"), (Size.LETTER, b"612 792")])
def test_the_paper_is_of_the_size_asked_for(workspace: Workspace, number: int, size: Size, box: bytes) -> None:
    assert b"/MediaBox [0 0 " + box in hand_over(workspace, number, Format.PDF, size).content


def test_without_a_browser_the_way_round_it_is_said(
    workspace: Workspace, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CHOICE, "no-such-browser")
    assert browser() == ""
    with pytest.raises(CannotPrint, match="print it there"):
        hand_over(workspace, number, Format.PDF)


def program(tmp_path: Path, body: str) -> str:
    path = tmp_path / "browser"
    path.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.parametrize("body", ["raise SystemExit(1)", "import time; time.sleep(30)", "print('done')"])
def test_a_browser_that_fails_or_hangs_is_as_good_as_none(
    workspace: Workspace, number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str
) -> None:
    monkeypatch.setenv(CHOICE, program(tmp_path, body))
    monkeypatch.setattr(print_pdf, "_PATIENCE", 1.0)
    with pytest.raises(CannotPrint):
        hand_over(workspace, number, Format.PDF)


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.promise("P11")
def test_the_browser_gets_no_network_and_leaves_nothing_behind(
    workspace: Workspace, number: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = """
import json, os, pathlib, sys
out = next(each.partition("=")[2] for each in sys.argv if each.startswith("--print-to-pdf="))
page = pathlib.Path(out).with_suffix(".html")
pathlib.Path(out).write_bytes(b"%PDF-")
told = {"words": sys.argv[1:], "mode": os.stat(page.parent).st_mode, "folder": str(page.parent)}
pathlib.Path(__file__).with_name("told.json").write_text(json.dumps(told))
"""
    monkeypatch.setenv(CHOICE, program(tmp_path, body))
    assert hand_over(workspace, number, Format.PDF).content == b"%PDF-"
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in told["words"]
    assert stat.S_IMODE(told["mode"]) == 0o700
    assert not Path(told["folder"]).exists()


def test_notes_are_blanked_where_they_stand() -> None:
    pdf = b"<</Title (a)\n/Creator (Some \\(thing\\) 1)\n/ModDate (D:2026)>>"
    blanked = without_notes(pdf)
    assert len(blanked) == len(pdf)
    assert blanked.split() == [b"<</Title", b"(a)", b">>"]
