"""Blacking out finds a word in whatever form it stands, and leaves the rest alone."""

import unicodedata
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.reports.packet.formats import Made
from outgrow.reports.packet.redaction import BAR, NUMBER_BAR, Redaction, folded, names_in, squeezed
from outgrow.reports.packet.view import Day, Hidden, PacketView
from tests.reports.packet.filling import filled

WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@pytest.mark.promise("P12")
@pytest.mark.parametrize(
    ("word", "text", "left"),
    [
        ("Nordwind", "The Nordwind talks", f"The {BAR} talks"),
        ("nordwind", "NORDWIND's terms", f"{BAR}'s terms"),
        ("Nordwind", "Nordwind\u2019s and Nordwinds", f"{BAR}\u2019s and {BAR}s"),
        ("Nordwind", "preNordwindprojekt_2.pdf", f"pre{BAR}projekt_2.pdf"),
        ("Nordwind", "nord\u00adwind, nord\u200bwind", f"{BAR}, {BAR}"),
        ("Nordwind", "Nord-\nwind and Nord\n  wind", f"{BAR} and {BAR}"),
        ("Nordwind", "Nordwind".translate(WIDE), BAR),
        ("Nordwind", "%4Eordwind N%6frdwind", f"{BAR} {BAR}"),
        ("Nordwind", "&#78;ordwind &#x4e;ordwind", f"{BAR} {BAR}"),
        ("M\u00fcller", "Mu\u0308ller, MULLER, M%C3%BCller, M&uuml;ller", f"{BAR}, {BAR}, {BAR}, {BAR}"),
        ("Muller", "M\u00fcller", BAR),
        ("M\u00fcller", "Mueller, mueller@example.com", f"{BAR}, {BAR}@example.com"),
        ("Mueller", "M\u00fcller, Muller", f"{BAR}, {BAR}"),
        ("S\u00f8rensen", "Soerensen, Sorensen, S\u00d8RENSEN", f"{BAR}, {BAR}, {BAR}"),
        ("Stra\u00dfe", "STRASSE", BAR),
        ("Anna Berg", "anna.berg@example.com, Anna\nBerg, AnnaBerg, anna_berg.pdf", None),
        ("Smith & Sons", "Smith &amp; Sons, Smith&Sons", f"{BAR}, {BAR}"),
        ("Ann", "Ann, Ann's, Anns, ANN, ann_report.pdf, AnnReport, reportAnn, XMLAnn, Ann2", None),
        ("\u738b\u4f1f", "\u548c\u738b\u4f1f\u8bf4", f"\u548c{BAR}\u8bf4"),
        ("C++", "C++ and C", f"{BAR} and C"),
        ("50", "150", f"1{BAR}"),
        ("aba", "ab aba", f"ab {BAR}"),
        ("anan", "bananan", f"b{BAR}"),
        ("x.*y", "xay, x.*y", f"xay, {BAR}"),
    ],
)
def test_a_word_is_found_in_every_form(word: str, text: str, left: str | None) -> None:
    said = Redaction((word,)).black_out(text)
    assert word.casefold() not in said.casefold()
    assert left is None or said == left
    if left is None:
        assert squeezed(word) not in squeezed(said.replace(BAR, " "))
        assert said.count(BAR) == text.count(",") + 1


@pytest.mark.parametrize(
    ("word", "text"), [("Ann", "planning, annual, channel"), ("Jo", "Joe, John"), ("Anna Berg", "Anna, Berg")]
)
def test_what_is_another_word_is_left(word: str, text: str) -> None:
    assert Redaction((word,)).black_out(text.replace(", ", " and ")) == text.replace(", ", " and ")


LETTERS = st.text(st.sampled_from("abcxyzABC\u00e9\u00df\u00fc\u0416"), min_size=4, max_size=9)
FORMS = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        str.title,
        lambda word: word.translate(WIDE),
        lambda word: unicodedata.normalize("NFD", word),
        lambda word: unicodedata.normalize("NFKC", word),
        lambda word: "".join(f"&#{ord(char)};" for char in word),
        lambda word: "".join(f"&#x{ord(char):X};" for char in word),
        lambda word: "".join(f"%{byte:02X}" for byte in word.encode()),
        quote,
        "\u200b".join,
        lambda word: f"{word[:2]}-\n{word[2:]}",
        lambda word: f"{word[:3]}\n{word[3:]}",
    ]
)


@pytest.mark.promise("P12")
@settings(max_examples=150, deadline=None)
@given(word=LETTERS, form=FORMS, before=st.text(max_size=8), after=st.text(max_size=8))
def test_no_form_of_a_word_is_left(word: str, form: object, before: str, after: str) -> None:
    assert callable(form)
    said = Redaction((word,)).black_out(f"{before} {form(word)} {after}")
    assert BAR in said
    assert squeezed(word) not in squeezed(said)


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.text(min_size=2, max_size=6), max_size=4), text=st.text(max_size=40), numbers=st.booleans())
def test_what_is_blacked_out_stays_so(words: list[str], text: str, *, numbers: bool) -> None:
    redaction = Redaction(tuple(words), numbers)
    once = redaction.black_out(text)
    assert redaction.black_out(once) == once or BAR in redaction.black_out(once)
    assert Redaction().black_out(text) == text


@pytest.mark.promise("P12")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("saved 240,000.50 a year", f"saved {NUMBER_BAR} a year"),
        ("15\u201330 % in 3 weeks", f"{NUMBER_BAR}\u2013{NUMBER_BAR} % in {NUMBER_BAR} weeks"),
        ("\u0663\u0664 and \uff11\uff12, \u00bd, \u00b2, \u2163", None),
        ("2026-10-05", f"{NUMBER_BAR}-{NUMBER_BAR}-{NUMBER_BAR}"),
        ("no number", "no number"),
    ],
)
def test_no_digit_of_any_script_is_left(text: str, left: str | None) -> None:
    said = Redaction(numbers=True).black_out(text)
    assert not any(unicodedata.category(char).startswith("N") for char in said)
    assert left is None or said == left


@pytest.mark.promise("P12")
def test_an_accent_goes_with_its_letter() -> None:
    assert Redaction(("Kanari",)).black_out("Kanari\u0301 sang") == f"{BAR} sang"


def test_a_drawing_keeps_its_form_and_loses_its_words() -> None:
    drawing = '<svg role="img" class="drawing"><title>Anna&amp;Berg</title><text x="1">annaberg</text></svg>'
    said = Redaction(("Anna Berg",)).markup(drawing)
    assert said == f'<svg role="img" class="drawing"><title>{BAR}</title><text x="1">{BAR}</text></svg>'
    assert Redaction(numbers=True).markup(drawing) == ""


def test_a_day_without_numbers_is_its_month() -> None:
    one = filled(PacketView, "x", made=Day.of(date(2026, 8, 12)), hidden=(Hidden.NUMBERS,))
    said = Made(Redaction(numbers=True).view(one), Redaction(numbers=True)).text()
    assert "as of August" in said
    assert NUMBER_BAR not in said


def test_keys_that_are_blacked_out_stay_apart() -> None:
    told = Redaction(("state",)).document({"state": 1, "States": 2, "kind": ["a state"]})
    assert sorted(map(str, told.values())) == ["1", "2", f"['a {BAR}']"]
    assert not any("state" in key.casefold() for key in told)


def test_a_person_is_known_by_each_name() -> None:
    assert [*names_in("Anna Berg (CFO)")] == ["Anna Berg (CFO)", "Anna", "Berg", "CFO"]
    assert [*names_in("the head of J. Weil")] == ["the head of J. Weil", "head", "Weil"]
    assert [*names_in("anna.berg@example.com")] == ["anna.berg@example.com", "anna", "berg"]


def test_words_are_compared_without_what_nobody_sees() -> None:
    assert folded("Mu\u0308\u200bLLER\u00a0\u2163") == "muller iv"
    assert squeezed("Smith &amp; Sons, Ltd.") == "smithsonsltd"
