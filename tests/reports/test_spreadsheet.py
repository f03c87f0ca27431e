"""Tables open in any spreadsheet, and run nothing."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.reports import export_guide, spreadsheet
from outgrow.store import plain, versions
from outgrow.workflows import tell_about
from tools import export_format

WIDTH = len(spreadsheet.TABLES["commitments"].columns)


def written(*cells: spreadsheet.Cell) -> list[str]:
    """Return a row as a reader of CSV gets it."""
    table = b"".join(spreadsheet.rows("commitments", [(*cells, *[""] * (WIDTH - len(cells)))]))
    assert table.startswith(b"\xef\xbb\xbfnumber,")
    assert table.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))[1]


@pytest.mark.promise("P14")
@pytest.mark.parametrize("start", [*"=+-@|%\uff1d\uff0b\uff0d\uff20", "\t=", "\r=", "\n=", " =", "\u00a0="])
def test_no_text_is_taken_for_a_formula(start: str) -> None:
    assert written(f"{start}HYPERLINK(1)")[0].startswith("'")


@pytest.mark.promise("P14")
@given(st.text())
def test_any_text_is_one_cell_of_one_line(text: str) -> None:
    row = written(1, text, None)
    assert len(row) == WIDTH
    assert row[0] == "1"
    assert not set(row[1][:1]) & set("=+-@\t\r\n")


def test_days_moments_and_numbers_are_plain() -> None:
    assert written(date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC), -1.5, None)[:4] == [
        "2026-03-02",
        "2026-03-02 09:00:00+00:00",
        "-1.5",
        "",
    ]


def test_a_row_has_every_column() -> None:
    with pytest.raises(ValueError, match="commitments has 6 columns"):
        list(spreadsheet.rows("commitments", [(1, 2)]))


def test_the_guide_names_every_file_field_and_column() -> None:
    guide = export_guide.render()
    for kind in plain.KINDS:
        assert f"## {kind.file}" in guide
        assert all(f"| `{field.name}` |" in guide for field in kind.fields)
    for word in versions.KINDS:
        assert f"### {word}\n" in guide


def test_the_page_of_the_format_is_current() -> None:
    assert export_format.PAGE.read_text() == export_guide.render(), "write it anew: python -m tools.export_format"


def test_every_kind_of_statement_that_is_counted_can_be_restored() -> None:
    assert plain.STATEMENTS | versions.KINDS.keys() == {*tell_about._SAID, "undo"}  # noqa: SLF001 - the list of all kinds


def test_every_column_of_a_kind_is_told_or_made_anew() -> None:
    for kind in plain.KINDS:
        told = {name for field in kind.fields for name in field.columns}
        made = {column.name for column in kind.table.columns} - told - {"person"}
        assert made == ({"identity", "content"} if kind.name == "activities" else set())
