"""The verdict of a large store: ten years, 100,000 activities, an audit; beside the same command on an empty store."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure, command_cpu
from outgrow.model.activity import Activity, DurationBasis, Kind
from outgrow.store import activities
from outgrow.store.sources import Reading
from outgrow.workflows.workspace import open_workspace

_YEARS = 10
_LASTING, _PASSING, _AT_A_TIME = 40, 360, 30
_SYLLABLES = ["ba", "ne", "tor", "li", "mas", "ku", "ver", "do", "sin", "pra", "gel", "hu", "fi", "ron", "ta", "we"]
_WHAT = ["report", "meeting", "questions", "numbers", "draft", "review"]
_OUTGROW = str(Path(sys.executable).with_name("outgrow"))


def run(*, small: bool) -> Iterator[Figure]:
    """Time the verdict of last month and of all ten years once all is computed, beyond the same on an empty store."""
    count = 2_000 if small else 100_000
    runs = 1 if small else 5
    with TemporaryDirectory() as folder:
        large, empty = f"{folder}/large", f"{folder}/empty"
        fill(large, count)
        answers = Path(folder) / "answers.txt"
        answers.write_text("*: depth\n", encoding="utf-8")
        first = command_cpu([_OUTGROW, "--data", large, "audit", "--answers", str(answers)], 1)
        yield Figure(name=f"first audit of {count:,} activities", value=first, unit="CPU s")
        start = command_cpu([_OUTGROW, "--data", empty, "verdict"], runs)
        yield Figure(name="verdict of an empty store (start-up)", value=start, unit="CPU s")
        for period, limit in (("last month", 0.5), ("last 10 years", None)):
            command = [_OUTGROW, "--data", large, "verdict", period]
            cold = command_cpu(command, 1)
            yield Figure(name=f"verdict of {period}, first time", value=cold - start, unit="CPU s", against="start-up")
            cpu = command_cpu(command, runs) - start
            yield Figure(name=f"verdict of {period}", value=cpu, unit="CPU s", limit=limit, against="start-up")


def fill(folder: str, count: int) -> None:
    """Write ten years of time entries: some kinds of work all the time, others for a year or so each."""
    chance = Random(1)  # noqa: S311 - the same titles at every run, no secret
    kinds = [" ".join(_word(chance) for _ in range(2)) for _ in range(_LASTING + _PASSING)]
    with open_workspace(folder) as workspace:
        first = datetime.now(UTC) - timedelta(days=365 * _YEARS)
        length = timedelta(days=365 * _YEARS)
        told = [
            _entry(number, first + length * number / count, _title(kinds, number / count, chance))
            for number in range(count)
        ]
        with workspace.store.begin() as change:
            activities.record(change, Reading(importer="benchmark", location="benchmark", at=first), told)


def _word(chance: Random) -> str:
    """Make up a word, so that each kind of work has words of its own."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _title(kinds: list[str], passed: float, chance: Random) -> str:
    """Choose what is worked on when this part of the ten years has passed: lasting kinds more often the first ones."""
    if chance.random() < 0.6:  # noqa: PLR2004 - the rest are passing kinds
        kind = int(_LASTING * chance.random() ** 2)
    else:
        kind = _LASTING + int(passed * (_PASSING - _AT_A_TIME)) + chance.randrange(_AT_A_TIME)
    return f"{kinds[kind]} {chance.choice(_WHAT)}"


def _entry(number: int, start: datetime, title: str) -> Activity:
    return Activity(
        source="benchmark",
        account="",
        native_id=str(number),
        line=number + 1,
        kind=Kind.TIME_ENTRY,
        title=title,
        start=start,
        end=start + timedelta(minutes=12),
        minutes=12.0,
        basis=DurationBasis.MEASURED,
    )
