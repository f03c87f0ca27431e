"""Packets in the web app, without a browser: begun, chosen, ordered, blacked out, handed out, refused."""

import html
import json
import re
from datetime import date
from urllib.parse import urlencode

import pytest

from outgrow.cli.main import main
from outgrow.web.app import EXAMPLE
from outgrow.workflows.print_pdf import CHOICE
from tests.web.asking import Answer, Asking

DAY = date.today().replace(day=1)  # noqa: DTZ011 - the app asks the machine for its own date
YEAR = str(DAY.year)


@pytest.fixture
def numbers(asking: Asking) -> tuple[int, int, int]:
    """Make three capabilities, the second with evidence; return their numbers."""
    for words in (["One"], ["Two", "--proof", "Led the talks"], ["Three"]):
        assert main(["-q", "--data", str(asking.folder), "capability", "add", *words, "--on", str(DAY)]) == 0
    page = asking.get("/ledger").text
    found = [re.search(rf'/ledger/(\d+)"[^>]*>(?:<bdi>)?{name}', page) for name in ("One", "Two", "Three")]
    one, two, three = (int(each[1]) for each in found if each)
    return one, two, three


def begun(asking: Asking) -> str:
    answer = asking.post("/packet", audience="Jo", period=YEAR)
    assert answer.status == 303
    return answer.header("location")


def send(asking: Asking, address: str, **words: object) -> Answer:
    """Send the form of a packet; lists are sent as several fields."""
    usual = {"do": "keep", "audience": "Jo", "period": YEAR, "share": "on"}
    body = urlencode({**usual, **words}, doseq=True).encode()
    answer = asking.ask("POST", address, asking.headers("POST"), [body])
    return asking.get(address) if answer.status == 303 else answer


def paper(answer: Answer) -> str:
    found = re.search(r'<article class="paper">(.*)</article>', answer.text, re.DOTALL)
    assert found
    return html.unescape(re.sub(r"<[^>]+>", " ", found[1]))


def order(answer: Answer) -> list[str]:
    return re.findall(r"<h3>(\w+)</h3>", answer.text)


def test_an_empty_ledger_gives_a_packet_that_names_its_gaps(asking: Asking) -> None:
    page = asking.get("/packet").text
    assert "What do I show to whom?" in page
    shown = paper(asking.get(begun(asking)))
    assert "No capability is shown for this period." in shown
    assert "No step to a next level is set" in shown


def test_what_is_ticked_is_shown_in_its_order(asking: Asking, numbers: tuple[int, int, int]) -> None:
    address = begun(asking)
    one, two, three = numbers
    assert sorted(order(asking.get(address))) == ["One", "Three", "Two"]
    assert order(send(asking, address, capability=[two, one])) == ["Two", "One"]
    assert order(send(asking, address, capability=[two, one], move=f"capability down {two}")) == ["One", "Two"]
    assert order(send(asking, address, capability=[one, two, three], move=f"capability up {three}")) == [
        "One",
        "Three",
        "Two",
    ]
    assert order(send(asking, address, capability=[one, two], move=f"capability up {one}")) == ["One", "Two"]
    assert order(asking.post_and_follow("/undo", back=address)) == ["One", "Three", "Two"]


def test_evidence_that_is_not_ticked_is_left_out(asking: Asking, numbers: tuple[int, int, int]) -> None:
    address, two = begun(asking), numbers[1]
    page = send(asking, address, capability=[two])
    assert "Led the talks" in paper(page)
    offered = re.findall(r'name="offered" value="(\d+)"', page.text)
    page = send(asking, address, capability=[two], offered=offered)
    assert "Led the talks" not in paper(page)
    assert "Led the talks" in page.text, "it can be ticked again"
    assert "Led the talks" in paper(send(asking, address, capability=[two], offered=offered, kept=offered))


@pytest.mark.promise("P12")
def test_what_is_blacked_out_is_nowhere_on_the_paper_or_in_its_title(
    asking: Asking, numbers: tuple[int, int, int]
) -> None:
    address = begun(asking)
    page = send(
        asking, address, capability=numbers, audience="Jo", title="Talks of 2026", redacted="talk", hide="numbers"
    )
    title = re.search(r"<title>(.*?)</title>", page.text)
    assert title
    for said in (paper(page), title[1]):
        assert not re.search(r"talk|\d", said, re.IGNORECASE)
    for form in ("html", "md"):
        assert b"talk" not in asking.get(f"{address}/{form}").body.lower()


def test_it_is_handed_out_in_each_format_as_a_file(asking: Asking, numbers: tuple[int, int, int]) -> None:
    address = begun(asking)
    for form, kind in (("html", "text/html"), ("md", "text/markdown"), ("json", "application/json")):
        answer = asking.get(f"{address}/{form}")
        assert answer.status == 200
        assert answer.header("content-type").startswith(kind)
        assert answer.header("content-disposition") == f'attachment; filename="packet.{form}"'
        assert "Two" in answer.text
    assert len(json.loads(asking.get(f"{address}/json").text)["capabilities"]) == len(numbers)


def test_without_a_browser_that_prints_the_page_says_how_to(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, "no-such-browser")
    address = begun(asking)
    assert "print this page from your browser" in asking.get(address).text
    answer = asking.get(f"{address}/pdf")
    assert answer.status == 409
    assert "print it there" in answer.text


@pytest.mark.parametrize(
    ("field", "said"),
    [("audience", ""), ("period", "someday"), ("title", "x" * 201), ("redacted", "x"), ("aim", "0:x")],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(asking: Asking, field: str, said: str) -> None:
    answer = send(asking, begun(asking), **{field: said, "opening": "Typed so far"})
    assert answer.status == 400
    assert f'id="wrong-{field}"' in answer.text
    assert "Typed so far" in answer.text


@pytest.mark.parametrize(("audience", "period", "field"), [("", YEAR, "audience"), ("Jo", "someday", "period")])
def test_a_packet_that_cannot_be_begun_says_why(asking: Asking, audience: str, period: str, field: str) -> None:
    answer = asking.post("/packet", audience=audience, period=period)
    assert answer.status == 400
    assert f'id="wrong-{field}"' in answer.text


def test_it_is_put_away_and_comes_back(asking: Asking) -> None:
    address = begun(asking)
    page = asking.post_and_follow(address, do="withdraw")
    assert "Put away: the packet for Jo." in page.text
    assert asking.get(address).status == 400
    asking.post("/undo", back="/packet")
    assert asking.get(address).status == 200


def test_what_was_begun_and_taken_back_leads_to_the_list(asking: Asking) -> None:
    address = begun(asking)
    asking.get(address)
    assert "What do I show to whom?" in asking.post_and_follow("/undo", back=address).text


@pytest.mark.parametrize("path", ["/packet/1", "/packet/1/html", "/packet/1/exe", "/packet/style/base.css"])
def test_what_there_is_none_of_is_said(asking: Asking, path: str) -> None:
    for prefix in ("", EXAMPLE):
        assert asking.get(prefix + path).status == 400


def test_the_style_of_the_paper_is_handed_out(asking: Asking) -> None:
    answer = asking.get("/packet/style/paper.css")
    assert answer.header("content-type").startswith("text/css")
    assert "@media print" in answer.text
