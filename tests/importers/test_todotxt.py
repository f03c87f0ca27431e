"""todo.txt: every line with words comes back as a task or as a problem."""

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outgrow.importers.contract import Context
from outgrow.importers.testing import broken_rules
from outgrow.importers.todotxt import TodoTxt
from outgrow.model.activity import Activity, Precision, State
from outgrow.model.problem import Problem

CONTEXT = Context(now=datetime(2025, 1, 15, 12, tzinfo=UTC), zone="Europe/Berlin")


def read(folder: Path, text: str, name: str = "todo.txt") -> Sequence[Activity | Problem]:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    items = list(TodoTxt().read(path, CONTEXT))
    assert list(broken_rules(items, TodoTxt())) == []
    return items


def one(folder: Path, text: str) -> Activity:
    (item,) = read(folder, text)
    assert isinstance(item, Activity)
    return item


@pytest.mark.parametrize(
    ("text", "state", "day"),
    [
        ("x 2024-05-02 2024-05-01 a", State.DONE, date(2024, 5, 2)),
        ("x 2024-05-02 a", State.DONE, date(2024, 5, 2)),
        ("x a", State.DONE, None),
        ("a", State.PLANNED, None),
        ("(A) 2024-05-01 a", State.PLANNED, date(2024, 5, 1)),
        ("2024-05-01 a due:2024-06-01", State.PLANNED, date(2024, 6, 1)),
        ("a t:2024-06-01", State.PLANNED, date(2024, 6, 1)),
        ("x (B) 2024-05-02 a", State.DONE, date(2024, 5, 2)),
    ],
)
def test_a_task_says_whether_and_when(tmp_path: Path, text: str, state: State, day: date | None) -> None:
    task = one(tmp_path, text)
    assert (task.title, task.state, task.start.date() if task.start else None) == ("a", state, day)
    assert task.precision is (Precision.DAY if day else Precision.NONE)
    assert (task.warnings != ()) == (text == "x a")


def test_marks_and_pairs_are_taken_apart(tmp_path: Path) -> None:
    task = one(tmp_path, "(A) Plan the +Fair stands +Show @desk @phone rec:1w see ABC-12 https://pages.example/a:b")
    assert task.title == "Plan the Fair stands Show desk phone see ABC-12 https://pages.example/a:b"
    assert (task.project, task.tags) == ("Fair", ("Show", "desk", "phone", "priority A"))
    assert task.references == ("ABC-12", "https://pages.example/a:b")
    assert one(tmp_path, "Mow +garden @home").title == "Mow"
    assert one(tmp_path, "2 + 2 @ home").title == "2 + 2 @ home"


@pytest.mark.parametrize("text", ["x 2024-02-30 a", "2024-13-01 a", "x 0000-01-01 a", "x 2024-05-01 2024-00-01 a"])
def test_an_impossible_date_is_a_problem(tmp_path: Path, text: str) -> None:
    fine, odd = read(tmp_path, f"fine\n{text}")
    assert isinstance(fine, Activity)
    assert isinstance(odd, Problem)
    assert (odd.line, odd.raw) == (2, text)
    assert "no such date" in odd.reason
    assert odd.remedy


def test_an_impossible_due_date_is_a_warning_only(tmp_path: Path) -> None:
    task = one(tmp_path, "2024-05-01 a due:2024-13-45")
    assert task.warnings == ("there is no such date: 2024-13-45",)
    assert task.start is not None
    assert task.start.date() == date(2024, 5, 1)


def test_a_task_keeps_its_identity_when_done_and_moved(tmp_path: Path) -> None:
    (open_one,) = read(tmp_path, "(A) 2024-05-01 a +p")
    (done,) = read(tmp_path, "b\nx 2024-05-09 2024-05-01 a +p", "done.txt")[1:]
    assert isinstance(open_one, Activity)
    assert isinstance(done, Activity)
    assert (open_one.account, open_one.native_id) == (done.account, done.native_id)


@pytest.mark.promise("P8")
def test_the_order_of_the_lines_does_not_matter(tmp_path: Path) -> None:
    text = ["x 2024-05-02 a", "x 2024-05-09 a", "x 2024-05-09 a", "2024-05-01 a", "b", "b id:7", "c +p", "c +q"]
    kept = {}
    for seed in range(5):
        Random(seed).shuffle(text)  # noqa: S311 - an order, no secret
        found = read(tmp_path, "\n".join(text))
        kept[seed] = sorted(
            (each.native_id, each.start, each.title) for each in found if isinstance(each, Activity) and each.start
        )
    assert len({str(each) for each in kept.values()}) == 1


@pytest.mark.promise("P9")
@pytest.mark.parametrize(
    "line", ["a" * 50_000_000, "a:b " * 4_000, "+a " * 6_000, "@" * 19_000, "a:" * 9_000, "0-" * 9_000]
)
def test_no_line_takes_long(tmp_path: Path, line: str) -> None:
    began = time.process_time()
    items = read(tmp_path, f"{line}\nafter")
    assert time.process_time() - began < 1
    assert isinstance(items[-1], Activity)
    assert [each.line for each in items] == [1, 2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from(list("x (A)+@:2024-01 due\n")) | st.characters(codec="utf-8"), max_size=80))
def test_every_line_with_words_is_a_record(tmp_path: Path, text: str) -> None:
    text = text.replace("\0", "").replace("\r", "")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip("\ufeff").strip() or line.strip()]
    found = [each.line for each in read(tmp_path, text)]
    assert set(found) <= set(lines)
    assert set(lines) - set(found) <= {1}  # a byte order mark alone is no word
