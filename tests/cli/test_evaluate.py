"""`outgrow evaluate` as a person types it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from outgrow.cli.main import main

LABELLED = Path(__file__).parent.parent / "data" / "labelled.csv"


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["evaluate", *words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_shape(capsys: pytest.CaptureFixture[str]) -> None:
    *sets, last = lines(capsys, str(LABELLED))
    assert [(each["person"], each["set"]) for each in sets] == [
        ("ada", "audit"),
        ("ben", "audit"),
        ("cleo", "audit-1"),
        ("cleo", "audit-2"),
    ]
    for each in sets:
        assert list(each) == ["person", "set", "truth", "items", "steps"]
        assert all(list(item) == ["row", "p", "workstream"] for item in each["items"])
        assert all(list(step) == ["answers", "strikeouts", "mean", "low", "high"] for step in each["steps"])
        assert all(0 <= step["low"] <= step["mean"] <= step["high"] <= 1 for step in each["steps"])
    assert list(last) == ["summary"]
    wanted = "auc average_precision brier share_error answers_median answers_p90 coverage coverage_by_band"
    assert list(last["summary"]) == wanted.split()


def test_rows_are_counted_from_the_first_row_of_data(capsys: pytest.CaptureFixture[str]) -> None:
    first, *_ = lines(capsys, str(LABELLED))
    cells = [line.split(",") for line in LABELLED.read_text().splitlines()[1:]]
    rows = [item["row"] for item in first["items"]]
    assert rows == [n for n, cell in enumerate(cells) if cell[:2] == ["ada", "audit"]]


def test_our_own_set_is_judged_well(capsys: pytest.CaptureFixture[str]) -> None:
    summary = lines(capsys, str(LABELLED))[-1]["summary"]
    assert summary["auc"] > 0.75
    assert summary["coverage"] == 1


def test_options(capsys: pytest.CaptureFixture[str]) -> None:
    fixed = lines(capsys, str(LABELLED), "--answers", "4")
    assert all(len(each["steps"]) == 4 for each in fixed[:3])
    learned = lines(capsys, str(LABELLED), "--learn", "20")
    assert [len(each["items"]) for each in learned[:-1]] == [30] * 4
    wide = lines(capsys, str(LABELLED), "--until", "15")[-1]["summary"]
    assert wide["answers_median"] <= lines(capsys, str(LABELLED))[-1]["summary"]["answers_median"]


def test_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(LABELLED)]) == 0
    told = capsys.readouterr().out
    assert "ada audit: true share" in told
    assert "Intervals that held the truth" in told


HEAD = "person,set,start,minutes,title,label\n"
GOOD = "".join(f"a,audit,2026-03-02T{hour:02}:00,60,Task {hour},depth\n" for hour in range(9))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,audit,yesterday,60,Task,depth", "'yesterday' is no start"),
        ("a,audit,2026-03-02,an hour,Task,depth", "'an hour' is no number of minutes"),
        ("a,audit,2026-03-02,nan,Task,depth", "'nan' is no number of minutes"),
        ("a,audit,2026-03-02,60,Task,maybe", "'maybe' is no label"),
        ("a,later,2026-03-02,60,Task,depth", "'later' is no set"),
        ("a,audit", "is no number of minutes"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, reason: str
) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(f"{HEAD}{row}\n{GOOD}")
    if row == "a,audit":
        reason = "'' is no start"
    assert main(["evaluate", str(file), "--json"]) == 3
    told = capsys.readouterr()
    assert f"{file}, line 2: {reason}" in told.err
    assert len(json.loads(told.out.splitlines()[0])["items"]) == 9


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        ("a,b\n1,2\n", "lacks the column person"),
        ("", "lacks the column person"),
        (HEAD, "has no row to audit"),
        (f"{HEAD}a,history,2026-03-02,60,Task,\n", "has no row to audit"),
    ],
)
def test_a_file_that_is_not_labelled_work_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, remedy: str
) -> None:
    file = tmp_path / "other.csv"
    file.write_text(content)
    assert main(["evaluate", str(file)]) == 2
    assert remedy in capsys.readouterr().err


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "binary.csv"
    file.write_bytes(HEAD.encode() + b"\xff\xfe\x00\n")
    assert main(["evaluate", str(file)]) == 2
    assert "Save it as CSV in UTF-8" in capsys.readouterr().err


def test_arrays_are_loaded_only_when_the_command_runs() -> None:
    code = "import sys, outgrow.cli.evaluate; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
