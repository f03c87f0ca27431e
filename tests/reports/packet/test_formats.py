"""A packet in HTML, Markdown, JSON and text: all of it is there, nothing that is blacked out is, and nothing runs."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from outgrow.analysis.readiness import RowState
from outgrow.model.evidence import EvidenceKind
from outgrow.model.share import Certainty
from outgrow.reports.packet.formats import Made, Size
from outgrow.reports.packet.html import sheet
from outgrow.reports.packet.markdown import escaped
from outgrow.reports.packet.paper import OWN_WORD, method, missing
from outgrow.reports.packet.redaction import Redaction, squeezed
from outgrow.reports.packet.view import Hidden, PacketClaim, PacketEvidence, PacketRow, PacketView
from tests.reports.packet.filling import DAY, filled

WORD = "Zephyrion"
FORMATS = pytest.mark.parametrize("form", [Made.html, Made.body, Made.markdown, Made.json, Made.text])
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[press](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "\u202egnitirw desrever",
    "\x1b[31mred\x1b[0m",
    "# heading",
    "- item | cell",
    "1. first",
    "> quoted",
    "***",
    "```",
    "& &amp; \\",
    "https://example.com www.example.com",
)


def view(word: str = WORD) -> PacketView:
    return filled(PacketView, word, hidden=())


def made(redaction: Redaction, one: PacketView | None = None) -> Made:
    return Made(redaction.view(one or view()), redaction)


class Read(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Note text, but for the style."""
        self.text += data if self.tags and self.tags[-1][0] != "style" else ""


@FORMATS
def test_all_of_it_is_there(form: Callable[[Made], str]) -> None:
    said = " ".join(form(made(Redaction())).replace("\\", "").split())
    names = ("audience", "title", "opening", "action", "situation", "result", "seen_by", "files", "note", "learnt")
    assert [name for name in names if f"{name} {WORD}" not in said] == []


@pytest.mark.promise("P12")
@FORMATS
def test_no_word_is_left_in_any_field(form: Callable[[Made], str]) -> None:
    for word in (WORD, WORD.upper(), "Zephy Rion"):
        said = form(made(Redaction((word,))))
        assert squeezed(WORD) not in squeezed(said)


@pytest.mark.promise("P12")
@FORMATS
def test_words_of_our_own_are_blacked_out_as_well(form: Callable[[Made], str]) -> None:
    """Where they are in what is read: the names of elements and of the style say nothing of anybody."""
    for word in ("evidence", "missing", "capabilities", "outgrow", "audience"):
        said = form(made(Redaction((word,))))
        if said.startswith("<"):
            said = Read(said).text
        assert word not in said.casefold(), (word, form)


@pytest.mark.promise("P12")
@FORMATS
def test_no_number_is_left(form: Callable[[Made], str]) -> None:
    said = form(made(Redaction(numbers=True)))
    if said.startswith("<"):
        assert "<svg" not in said
        assert "counter(page)" not in said
        said = Read(said).text
    left = [char for char in said if unicodedata.category(char).startswith("N")]
    assert left == (["1"] if form is Made.json else []), "but for the version of the format"


@pytest.mark.promise("P14")
@FORMATS
def test_whatever_it_says_is_text(form: Callable[[Made], str]) -> None:
    for text in HOSTILE:
        said = form(made(Redaction(), view(text)))
        assert "\x1b" not in said
        assert form is Made.json or "\u202e" not in said
        if said.startswith("<"):
            read = Read(said)
            assert not {tag for tag, _ in read.tags} & {"script", "img", "iframe", "link", "object", "form"}
            assert not {name for _, attributes in read.tags for name in attributes if name.startswith("on")}


@pytest.mark.promise("P14")
@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    said = escaped(text)
    shown = Read(MarkdownIt("commonmark").render(said))
    assert [tag for tag, _ in shown.tags] == ["p"]
    plain = " ".join(text.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd").split())
    assert shown.text.strip() == plain


@pytest.mark.promise("P11")
def test_the_file_asks_for_nothing() -> None:
    page = made(Redaction()).html(Size.A4)
    read = Read(page)
    policies = [
        attributes.get("content") for tag, attributes in read.tags if tag == "meta" and attributes.get("http-equiv")
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert not {name for _, attributes in read.tags for name in attributes} & {"src", "style", "srcset", "onload"}
    assert not re.search(r"url\(|@import", sheet())
    assert "@page { size: A4; }" in page


def test_the_style_covers_what_is_drawn() -> None:
    classes = {
        name
        for _, attributes in Read(made(Redaction()).body()).tags
        for name in (attributes.get("class") or "").split()
    }
    assert {"drawing", "range", "range-before", "estimate", "capability", "whole"} <= classes
    assert {name for name in classes if f".{name}" not in sheet()} == {"box", "out", "then"}, "which look like the rest"


def test_every_claim_leads_to_its_evidence() -> None:
    read = Read(made(Redaction()).body())
    anchors = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    targets = {
        attributes["href"] for tag, attributes in read.tags if tag == "a" and (attributes["href"] or "").startswith("#")
    }
    assert targets == {f"#{anchor}" for anchor in anchors} == {"#evidence-a"}


def test_a_claim_without_evidence_is_the_persons_own_word() -> None:
    one = view()
    claim = filled(PacketClaim, WORD, refs=(), own_word=True)
    bare = replace(one, capabilities=(replace(one.capabilities[0], claims=(claim,), refs=()),))
    for said in (made(Redaction(), bare).markdown(), made(Redaction(), bare).body()):
        assert OWN_WORD in said.replace("&#x27;", "'")
    assert f"On {OWN_WORD} alone (1 of 1): name {WORD}." in _missing(bare)


def test_an_address_of_which_something_is_blacked_out_is_left_out_whole() -> None:
    told = json.loads(made(Redaction((WORD,))).json())
    assert [link["url"] for each in told["evidence"] for link in each["links"]] == [""]
    kept = json.loads(made(Redaction(("nothing",))).json())
    assert [link["url"] for each in kept["evidence"] for link in each["links"]] == [f"https://example.com/{WORD}"]


def _missing(one: PacketView) -> str:
    return "\n".join("".join(run.said for run in line) for line in missing(one))


def test_what_is_missing_is_said_and_never_as_a_lack_of_ability() -> None:
    one = view()
    assert one.step
    assert one.share
    rows = tuple(
        filled(PacketRow, WORD, state=state, refs=(), no_chance=None)
        for state in (RowState.NO_EVIDENCE, RowState.NO_CHANCE, RowState.BEGUN)
    )
    gaps = replace(
        one,
        capabilities=(),
        step=replace(one.step, rows=rows),
        share=replace(one.share, drawn=False, coverage=0.5),
        year_before=None,
    )
    said = _missing(gaps)
    for words in (
        "No capability is shown for this period.",
        "No evidence here yet (1 of 3): ",
        "No chance so far (1 of 3): ",
        f"Begun, with {OWN_WORD} alone (1 of 3): ",
        "was not audited itself",
        "50 % of the usual hours were seen",
        "No growth share is known for a year before.",
    ):
        assert words in said
    assert "No step to a next level is set" in _missing(replace(gaps, step=None))
    assert "Too few answers" in _missing(replace(gaps, share=None))
    assert "blacked out" in _missing(replace(gaps, share=None, hidden=(Hidden.NUMBERS,)))
    assert "share" not in _missing(replace(gaps, with_share=False))


def test_where_nothing_is_missing_that_is_said() -> None:
    one = view()
    assert one.step
    row = filled(PacketRow, WORD, state=RowState.SHOWN)
    evidence = tuple(filled(PacketEvidence, WORD, ref=ref, kind=EvidenceKind.ARTEFACT) for ref in ("a", "b"))
    whole = replace(one, evidence=evidence, step=replace(one.step, rows=(row,)), with_share=False)
    assert _missing(whole) == ""
    assert "Every expectation of the step has some evidence here" in made(Redaction(), whole).text().replace("\n", " ")


def test_the_method_is_two_sentences() -> None:
    one = view()
    for each in (one, replace(one, share=None)):
        said = method(each)
        assert len(said) == 2
        assert all(sentence.endswith(".") and ". " not in sentence for sentence in said)


def test_a_wide_range_has_no_point_and_two_that_overlap_are_no_change() -> None:
    one = view()
    assert one.share
    early = replace(one, share=replace(one.share, certainty=Certainty.EARLY, low=0.05, high=0.3), year_before=None)
    assert "about 25 %" not in made(Redaction(), early).text()
    clear = replace(one.share, certainty=Certainty.CLEAR, mean=0.2, low=0.15, high=0.25)
    for low, words in ((0.02, "The ranges do not overlap."), (0.2, "treat it as unchanged")):
        before = replace(clear, low=low, high=low + 0.02, mean=low)
        both = made(Redaction(), replace(one, share=clear, year_before=before))
        assert words in both.text().replace("\n", " ")
        assert both.body().count('class="range-before"') == 2, "narrow and wide"


def test_the_json_is_a_document_of_ours() -> None:
    told = json.loads(made(Redaction()).json())
    assert told["outgrow"] == "packet"
    assert told["evidence"][0]["day"] == {"on": f"{DAY}", "said": f"said {WORD}"}
    assert told["capabilities"][0]["claims"][0]["refs"] == ["a"]
