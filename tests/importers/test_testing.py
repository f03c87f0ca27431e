"""The harness: our own samples, and that it notices what is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outgrow.importers.contract import Context, Importer, Question, Unreadable
from outgrow.importers.notes import Notes
from outgrow.importers.testing import CONTEXT, DifferenceError, broken_rules, check, outcome
from outgrow.importers.todotxt import TodoTxt
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision
from outgrow.model.problem import Problem

SAMPLES = Path(__file__).parent / "samples"
GOOD = Activity(
    source="fixed",
    account="",
    native_id="1",
    line=1,
    kind=Kind.NOTE,
    title="a",
    start=datetime(2024, 5, 1, tzinfo=UTC),
    end=datetime(2024, 5, 1, tzinfo=UTC),
)


class Fixed(Importer):
    """Yields what it was given."""

    name = "fixed"

    def __init__(self, *items: Activity | Problem, fault: Exception | None = None) -> None:
        """Keep the items, and what to raise instead."""
        self.items = items
        self.fault = fault

    def identify(self, path: Path, head: bytes) -> bool:
        """Know text files only."""
        return path.suffix == ".txt" and head is not None

    def read(self, path: Path, context: Context) -> Iterator[Activity | Problem]:
        """Yield the items of every file."""
        del path, context
        if self.fault:
            raise self.fault
        yield from self.items


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("x")
    return tmp_path


@pytest.mark.parametrize("importer", [Notes(), TodoTxt()], ids=lambda each: each.name)
def test_our_samples_give_what_they_should(importer: Importer) -> None:
    assert check(importer, SAMPLES / importer.name) == 2


def test_a_difference_is_shown(folder: Path) -> None:
    check(Fixed(GOOD), folder, update=True)
    assert check(Fixed(GOOD), folder) == 1
    with pytest.raises(DifferenceError, match=r'-      "title": "a"(?s:.*)\+      "title": "b"'):
        check(Fixed(replace(GOOD, title="b")), folder)


def test_a_missing_golden_file_no_sample_and_a_foreign_sample_are_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DifferenceError, match=r"a\.txt\.golden\.json"):
        check(Fixed(GOOD), folder)
    (tmp_path / "b.csv").write_text("x")
    with pytest.raises(DifferenceError, match="does not recognise"):
        check(Fixed(GOOD), folder, update=True)
    (tmp_path / "none").mkdir()
    with pytest.raises(DifferenceError, match="no samples"):
        check(Fixed(GOOD), tmp_path / "none")


def test_questions_and_unreadable_files_have_golden_files_too(folder: Path) -> None:
    asking = Fixed(fault=Question("k", "Which?"))
    assert outcome(asking, folder / "a.txt", CONTEXT) == {"question": {"key": "k", "text": "Which?", "options": []}}
    check(asking, folder, update=True)
    assert check(asking, folder) == 1
    with pytest.raises(DifferenceError, match="unreadable"):
        check(Fixed(fault=Unreadable("a picture", "Give words.")), folder)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([replace(GOOD, source="other")], "not the importer's name"),
        ([replace(GOOD, line=0)], "a line from 1 on"),
        ([replace(GOOD, native_id="")], "a native_id"),
        ([replace(GOOD, start=datetime(2024, 5, 1))], "without a zone"),  # noqa: DTZ001 - what must be noticed
        ([replace(GOOD, start=None, end=None)], "precision is none"),
        ([replace(GOOD, precision=Precision.NONE)], "precision is none"),
        ([replace(GOOD, minutes=5.0)], "rest on nothing"),
        ([replace(GOOD, basis=DurationBasis.PLANNED)], "rest on nothing"),
        ([GOOD, GOOD], "share an identity"),
        ([GOOD, Problem(line=1, reason="r")], "do not add up"),
        ([Problem(line=1, reason="r"), Problem(line=1, reason="s")], "do not add up"),
        ([Problem(line=1, reason="")], "without a reason"),
        ([Problem(line=1, reason="r", raw="x" * 2001)], "not cut"),
    ],
)
def test_broken_rules_are_told(items: list[Activity | Problem], said: str) -> None:
    assert [each for each in broken_rules(items, Fixed()) if said in each]
    assert list(broken_rules([GOOD, replace(GOOD, occurrence="2"), Problem(line=2, reason="r")], Fixed())) == []
