"""The audit and the sorting at a real terminal, by keys."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from outgrow.cli.main import main

PATIENCE = 30.0
TITLES = ["Weekly stock report", "Supplier invoices", "Price list", "Carrier contract", "Returns", "Order desk", "Mail"]
TITLES += ["Warehouse strategy", "New scanner trial", "Rota"]


class Terminal:
    """A command in a terminal of its own: what it has printed, and a way to type."""

    def __init__(self, data: Path, *words: str) -> None:
        """Start the command."""
        self._own, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "outgrow", "--data", str(data), *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "dumb", "COLUMNS": "80"},
        )
        os.close(theirs)
        self.seen = ""

    def until(self, *either: str) -> str:
        """Wait until it has printed one of these words after what was awaited before; return what came with it."""
        deadline = time.monotonic() + PATIENCE
        words = either[0]
        while not any(words in self.seen for words in either):
            if not select.select([self._own], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise AssertionError(words + " did not come; there is: " + self.seen)
            try:
                chunk = os.read(self._own, 4096)
            except OSError:
                chunk = b""
            if not chunk:
                raise AssertionError(words + " did not come before the end; there is: " + self.seen)
            self.seen += chunk.decode("utf-8", "replace")
        words = next(each for each in either if each in self.seen)
        came, self.seen = self.seen.split(words, 1)
        return came + words

    def type(self, keys: str) -> None:
        """Type keys, as a person does: a moment after the question has come."""
        time.sleep(0.3)
        os.write(self._own, keys.encode())

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        return self.process.wait(PATIENCE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a folder with work of last month, three hours a day."""
    last = date.today().replace(day=1) - timedelta(days=1)  # noqa: DTZ011 - the commands ask the machine for its own date
    rows = ["Description,Project,Start date,Start time,End date,End time,Duration,Tags"]
    for back in range(20):
        day = last - timedelta(days=back)
        rows += [
            f"{TITLES[(back + n) % len(TITLES)]},,{day},{9 + n:02}:00:00,{day},{10 + n:02}:00:00,01:00:00,"
            for n in range(3)
        ]
    export = tmp_path / "toggl.csv"
    export.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["--data", str(tmp_path / "data"), "-q", "import", str(export)]) == 0
    return tmp_path / "data"


@pytest.fixture
def terminal(data: Path) -> Iterator[Callable[..., Terminal]]:
    """Give a way to open terminals; whatever is still running is ended."""
    opened: list[Terminal] = []

    def start(*words: str) -> Terminal:
        opened.append(Terminal(data, *words))
        return opened[-1]

    yield start
    for each in opened:
        each.process.kill()
        each.process.wait()


def test_an_audit_by_single_keys(terminal: Callable[..., Terminal]) -> None:
    audit = terminal("audit")
    assert "%" not in audit.until("do you guess").replace("0 %", "")
    audit.type("much\r")
    audit.until("is no share")
    audit.type("25\r")
    first = audit.until("[q] stop")
    assert "already good at it" in first
    assert "guess:" in first
    audit.type("d")
    audit.until("1 answer.")
    audit.until("[q] stop")
    audit.type("g")
    audit.until("because")
    audit.type("13\r")
    audit.until("from 1 to 5")
    audit.type("4\r")
    audit.until("2 answers.")
    audit.until("[q] stop")
    audit.type("u")
    audit.until("1 answer.")
    audit.until("[q] stop")
    audit.type("e")
    audit.until("other way round")
    audit.type("1\r")
    assert "1 x" in audit.until("[q] stop")
    audit.type("d")
    audit.until("2 answers.")
    audit.until("[q] stop")
    audit.type("q")
    audit.until("Your answers are kept.")
    assert audit.end() == 0

    again = terminal("audit")
    assert "card 3" in again.until("[q] stop")
    again.type("q")
    assert again.end() == 0


def test_the_range_narrows_to_an_answer(terminal: Callable[..., Terminal]) -> None:
    audit = terminal("audit")
    audit.until("do you guess")
    audit.type("\r")
    for number in range(1, len(TITLES) + 1):
        if "all the same" in audit.until("[q] stop", "all the same?"):
            audit.type("y\r")
            audit.until("[q] stop")
        audit.type("d")
        audit.until(f"{number} answer")
    assert "likely 0 %" in audit.until("Next: outgrow verdict")
    assert audit.end() == 0


def test_sorting_line_by_line(terminal: Callable[..., Terminal]) -> None:
    sort = terminal("sort", "--period", "last month")
    sort.until("q stop")
    sort.type("1-2 depth\r")
    sort.until("Kept:")
    sort.type("99 depth\r")
    sort.until("the numbers go from 1 to")
    sort.type("u\r")
    sort.until("Taken back: an answer")
    sort.type("q\r")
    assert sort.end() == 0


def test_where_nobody_can_be_asked_the_audit_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data), "audit"]) == 2
    assert "--answers FILE" in capsys.readouterr().err
