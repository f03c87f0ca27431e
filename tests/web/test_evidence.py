"""Evidence on pages: kept with a line, changed in place, with files that are handed out and never shown."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from outgrow.model.evidence import Evidence, EvidenceKind, Polish
from outgrow.workflows import keep_evidence
from outgrow.workflows.keep_ledger import claim
from tests.web.asking import Answer, Asking, replaced
from tests.web.work import LAST_MONTH, bring_in, heading, notice, send
from tests.workflows.test_suggest import LED, calendar

TODAY = date.today()  # noqa: DTZ011 - the app asks the machine for its own date


def kept(asking: Asking) -> dict[int, Evidence]:
    with asking.desks[0].workspace() as workspace:
        return keep_evidence.every(workspace)


def one(asking: Asking, action: str = "Led the talks") -> int:
    with asking.desks[0].workspace() as workspace:
        return keep_evidence.keep(workspace, Evidence(action=action, on=TODAY))


def uploaded(asking: Asking, number: int, content: bytes, name: str = "note.txt") -> Answer:
    part = '--a\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    said = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    body = part.format("number", "").encode() + str(number).encode() + b"\r\n"
    body += part.format("files", f'; filename="{said}"').encode() + content + b"\r\n--a--\r\n"
    headers = replaced(asking.headers("POST"), "content-type", "multipart/form-data; boundary=a")
    answer = asking.ask("POST", "/evidence/upload", headers, [body])
    return asking.get(answer.header("location")) if answer.status == 303 else answer


def test_a_line_is_enough_and_undo_takes_it_back(asking: Asking) -> None:
    assert "No evidence yet" in asking.get("/evidence").text
    page = asking.post_and_follow("/evidence", quick="1", text=" Led  the talks ").text
    assert notice(page) == "Kept: Led the talks. Undo takes it back."
    assert list(kept(asking).values()) == [Evidence(action="Led the talks", on=TODAY)]
    assert "1 piece of evidence" in page
    assert "Taken back: the evidence Led the talks" in notice(asking.post_and_follow("/undo", back="/evidence").text)
    assert kept(asking) == {}


def test_the_whole_form_keeps_everything(asking: Asking) -> None:
    with asking.desks[0].workspace() as workspace:
        capability = claim(workspace, "Run a negotiation")
    words = [
        ("text", "Led the talks"),
        ("on", "yesterday"),
        ("hours", "30"),
        ("polish", "solid"),
        ("kind", "artefact"),
        ("situation", "It ran out.\r\nNobody knew."),
        ("result", "4 % less"),
        ("seen_by", "Priya, Tom"),
        ("listed", "capabilities"),
        ("capabilities", str(capability)),
        ("url", "https://example.org/a?b=1"),
        ("note", "the terms"),
    ]
    page = send(asking, "/evidence", words)
    ((number, made),) = kept(asking).items()
    assert (made.on, made.hours, made.polish, made.kind) == (
        TODAY - timedelta(days=1),
        30.0,
        Polish.SOLID,
        EvidenceKind.ARTEFACT,
    )
    assert (made.seen_by, made.capabilities) == (("Priya", "Tom"), (capability,))
    assert heading(page.text) == "Led the talks"
    assert 'href="https://example.org/a?b=1" rel="noreferrer noopener"' in page.text
    assert f'href="/ledger/{capability}"' in page.text
    revised = send(asking, f"/evidence/{number}", [("do", "revise"), ("listed", "capabilities")])
    assert notice(revised.text) == "Kept. Undo brings back what it was."
    assert kept(asking)[number] == replace(made, capabilities=())


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("text", {"text": " "}, "Say in one line"),
        ("on", {"text": "Led", "on": "someday"}, "no day I know"),
        ("on", {"text": "Led", "on": "9999-12-31"}, "has not come yet"),
        ("hours", {"text": "Led", "hours": "soon"}, "no length of time"),
        ("result", {"text": "Led", "result": "x" * 4001}, "at most 4,000"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(asking: Asking, field: str, words: dict[str, str], said: str) -> None:
    number = one(asking)
    for target, more in (("/evidence", {}), (f"/evidence/{number}", {"do": "revise"})):
        answer = asking.post(target, situation="It <b>ran</b> out", **words, **more)
        page = html.unescape(answer.text)
        assert answer.status == 400
        assert said in page.split(f'id="wrong-{field}"')[1].split("</em>")[0]
        assert "It <b>ran</b> out" in page
    assert len(kept(asking)) == 1


def test_a_link_leads_to_the_web_or_is_refused(asking: Asking) -> None:
    number = one(asking)
    answer = asking.post(f"/evidence/{number}", do="revise", url="javascript:alert(1)", note="terms")
    assert answer.status == 400
    assert "begins with https://" in answer.text
    assert 'href="javascript' not in answer.text
    asking.post(f"/evidence/{number}", do="revise", url="https://example.org/a", note="terms")
    assert notice(asking.post_and_follow(f"/evidence/{number}", do="unlink", url="https://example.org/a").text)
    assert kept(asking)[number].links == ()


@pytest.mark.promise("P14")
@pytest.mark.parametrize(
    "name", ["note.html", "a\u202efdp.exe", 'x"; filename="y.html', "na\u00efve \u2713.svg", "a\r\nb"]
)
def test_a_file_is_handed_out_to_be_saved(asking: Asking, name: str) -> None:
    number = one(asking)
    page = uploaded(asking, number, b"<script>alert(1)</script>", name).text
    assert notice(page) == "A copy is kept."
    (file,) = kept(asking)[number].files
    answer = asking.get(f"/evidence/{number}/file/{file.sha256}")
    assert answer.body == b"<script>alert(1)</script>"
    assert answer.header("content-type") == "application/octet-stream"
    assert answer.header("content-disposition").startswith("attachment; filename")
    assert "\n" not in answer.header("content-disposition")
    assert "\u202e" not in page
    assert answer.header("x-content-type-options") == "nosniff"
    assert "default-src 'none'" in answer.header("content-security-policy")


def test_no_other_file_is_handed_out(asking: Asking) -> None:
    number, other = one(asking), one(asking, "Other")
    uploaded(asking, number, b"note")
    (file,) = kept(asking)[number].files
    for path in (
        f"/evidence/{other}/file/{file.sha256}",
        f"/evidence/{number}/file/x",
        f"/evidence/{number}/file/..%2f..%2foutgrow.sqlite3",
        f"/evidence/{number + 9}/file/{file.sha256}",
    ):
        assert asking.get(path).status in {400, 404}
    (asking.folder / "files" / file.sha256).unlink()
    gone = asking.get(f"/evidence/{number}/file/{file.sha256}")
    assert gone.status == 409
    assert "is gone" in gone.text
    assert "Its copy is gone" in asking.get(f"/evidence/{number}").text


def test_a_file_that_cannot_be_kept_is_said_beside_its_field(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outgrow.store.files.MOST_BYTES", 3)
    page = uploaded(asking, one(asking), b"note").text
    assert "Keep a link to where it is" in page.split('id="wrong-files"')[1]


def test_the_list_is_narrowed_and_paged(asking: Asking) -> None:
    for number in range(45):
        one(asking, f"Deed {number}")
    first, second = asking.get("/evidence").text, asking.get("/evidence?page=2").text
    assert "Deed 44" in first
    assert "Deed 4<" not in first
    assert "Deed 4<" in second
    assert "page 2 of 2" in second
    assert "None of these" in asking.get("/evidence?kind=artefact").text
    assert "45 pieces of evidence" in asking.get("/evidence?period=this+month&capability=x&page=-3").text
    assert asking.get("/evidence?period=someday").status == 400


def test_withdrawing_leads_to_the_list_and_undo_back(asking: Asking) -> None:
    number = one(asking)
    page = asking.post_and_follow(f"/evidence/{number}", do="withdraw").text
    assert notice(page) == "Withdrawn: Led the talks. Undo brings it back."
    assert asking.get(f"/evidence/{number}").status == 400
    asking.post("/undo", back="/evidence")
    assert heading(asking.get(f"/evidence/{number}").text) == "Led the talks"
    asking.post("/undo", back=f"/evidence/{number}")
    assert asking.get(f"/evidence/{number}").status == 303, "what was shown here was taken back"


def test_new_evidence_knows_what_it_is_for_and_leads_back(asking: Asking) -> None:
    with asking.desks[0].workspace() as workspace:
        capability = claim(workspace, "Run a negotiation")
    page = asking.get(f"/evidence/new?capability={capability}&back=/settings").text
    assert f'value="{capability}" checked' in page
    assert 'name="back" value="/settings"' in page
    answer = asking.post("/evidence", text="Led the talks", leads="1", back="/settings")
    assert answer.header("location") == "/settings"
    assert asking.get("/evidence/new?capability=x").status == 400
    assert asking.post("/evidence", text="x", leads="1", back="//evil.example").header("location") == "/"


def test_suggestions_are_answered(tmp_path: Path) -> None:
    asking = Asking(tmp_path / "data")
    bring_in(asking.folder, ("Stock report",), 2)
    with asking.desks[0].workspace() as workspace:
        assert workspace.today >= LAST_MONTH
    page = asking.get("/evidence").text
    assert "Is this evidence?" not in page, "so short a past makes nothing a first"
    asking.close()


def suggested(asking: Asking, page: str) -> str:
    found = re.search(r'id="(\w+-[0-9a-f]{16})">', page)
    assert found, page
    assert asking
    return found[1]


def test_yes_no_and_change_it_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = Asking(tmp_path / "data")
    calendar(tmp_path / "w.ics")
    from outgrow.cli.main import main  # noqa: PLC0415 - only here

    assert (
        main(["-q", "--data", str(asking.folder), "import", "--me", "anna@example.org", str(tmp_path / "w.ics")]) == 0
    )
    from tests.workflows.test_suggest import NOW  # noqa: PLC0415 - only here

    monkeypatch.setattr(asking.desks[0], "clock", lambda: NOW)
    page = asking.get("/evidence").text
    key = suggested(asking, page)
    assert LED in page
    assert f'value="{LED}"' in asking.get(f"/evidence/new?suggestion={key}").text
    answered = asking.post_and_follow("/evidence/suggestion", suggestion=key, answer="yes").text
    assert notice(answered) == f"Kept: {LED}. Undo takes it back."
    other = suggested(asking, answered)
    assert other != key
    assert "Is this evidence?" not in asking.post_and_follow("/evidence/suggestion", suggestion=other, answer="no").text
    assert asking.post("/evidence/suggestion", suggestion=other, answer="yes").status == 400
    asking.post("/undo", back="/evidence")
    assert asking.post("/evidence/suggestion", suggestion=other, answer="perhaps").status == 400
    made = asking.post("/evidence", suggestion=other, text="Spoke to the board")
    assert made.status == 303
    assert sorted(each.action for each in kept(asking).values()) == [LED, "Spoke to the board"]
    assert all(len(each.activities) == 1 for each in kept(asking).values())
    asking.close()
