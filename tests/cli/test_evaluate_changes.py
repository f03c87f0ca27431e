"""`outgrow evaluate-changes` as a person types it."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from outgrow.cli.main import main

TURN = date(2026, 1, 5)
OLD = ("Weekly stock report", "Answer invoices", "Clean item master", "Data pull", "Pick rates", "Cold store count")
NEW = ("Negotiate carrier contract", "Supplier talks in Ghent")


def rows(person: str, seed: int, *, turn: bool) -> list[list[object]]:
    chance = Random(seed)  # noqa: S311 - a made-up year
    found: list[list[object]] = []
    for n in range(-365, 182):
        day = TURN + timedelta(days=n)
        for hour in (9, 11, 14) if day.isoweekday() <= 5 else ():
            new = turn and n >= 0 and chance.random() < 0.25
            start = f"{day}T{hour:02}:00"
            found.append([person, start, 60, chance.choice(NEW if new else OLD), "", "Ana;Bo" if new else "", "Ops"])
    return found


def write(path: Path, head: str, body: list[list[object]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head.split(), *body])
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Give the items of one person who changed and one who did not, and the true changes."""
    items = rows("ada", 1, turn=True) + rows("ben", 2, turn=False)
    changes: list[list[object]] = [["ada", TURN, "carrier;supplier"], ["ben", TURN, ""]]
    head = "person start minutes title project people area"
    return write(tmp_path / "items.csv", head, items), write(tmp_path / "changes.csv", "person date words", changes)


def lines(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[dict[str, Any]]:
    assert main(["evaluate-changes", *words, "--json"]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_line_for_each_change_and_a_summary(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    ada, ben, last = lines(capsys, *files)
    assert list(ada)[:5] == ["person", "date", "sentences", "first_hit", "first_three_hit"]
    assert (ada["person"], ada["date"], ada["first_hit"], ada["first_three_hit"]) == ("ada", "2026-01-05", True, True)
    assert 0 <= ada["same_work"] < ada["noise_low"] < ada["noise_high"] <= 1
    assert (ben["sentences"], ben["first_hit"], ben["first_three_hit"]) == ([], False, False)
    assert last == {
        "summary": {
            "changes": 1,
            "named_first": 1,
            "named_in_three": 1,
            "stationary_years": 1,
            "false_sentences": 0,
        }
    }


def test_words_for_the_eye(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate-changes", *files]) == 0
    said = capsys.readouterr().out
    assert "Named first: 1 of 1 change; in the first three sentences: 1" in said
    assert "False sentences: 0 in 1 stationary year" in said
    assert "Nothing stands out." in said


def test_rows_that_cannot_be_read_are_named(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    items, changes = (Path(each) for each in files)
    items.write_text(items.read_text() + "ada,noon,60,Call,,,\nada,2026-01-05T09:00,many,Call,,,\n")
    changes.write_text(changes.read_text() + "eve,2026-01-05,\nada,someday,\n")
    assert main(["evaluate-changes", str(items), str(changes), "--json"]) == 3
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 3
    for said in ("'noon' is no start", "'many' is no number of minutes", "'eve' has no items", "'someday' is no date"):
        assert said in told.err


def test_little_work_is_said_and_hits_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "person start minutes title"
    items = write(tmp_path / "items.csv", head, [["ada", "2026-01-04T09:00", "", "Call"]])
    one, _ = lines(capsys, items, write(tmp_path / "changes.csv", "person date words", [["ada", TURN, "call"]]))
    assert (one["sentences"], one["same_work"], one["first_hit"]) == ([], None, False)
    assert "26 weeks" in one["missing"]


def test_other_files_are_refused_with_the_column_they_lack(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate-changes", files[1], files[0]]) == 2
    assert "lacks the column start" in capsys.readouterr().err
