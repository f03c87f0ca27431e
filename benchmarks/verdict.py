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
_VERBS = ["Review", "Draft", "Check", "Prepare", "Update", "Discuss", "Fix", "Plan", "Count", "Answer"]
_THINGS = ["stock", "invoice", "contract", "roster", "budget", "carrier", "supplier", "warehouse", "dashboard", "claim"]
_WHAT = ["report", "list", "questions", "numbers", "meeting", "note", "errors", "deck", "terms", "letter"]
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
    """Write ten years of time entries with a few thousand different titles."""
    chance = Random(1)  # noqa: S311 - the same titles at every run, no secret
    with open_workspace(folder) as workspace:
        first = datetime.now(UTC) - timedelta(days=365 * _YEARS)
        told = [
            _entry(number, first + timedelta(days=365 * _YEARS) * number / count, chance) for number in range(count)
        ]
        with workspace.store.begin() as change:
            activities.record(change, Reading(importer="benchmark", location="benchmark", at=first), told)


def _entry(number: int, start: datetime, chance: Random) -> Activity:
    words = (chance.choice(_VERBS), chance.choice(_THINGS), chance.choice(_WHAT), f"for site {chance.choice('ABCDEF')}")
    return Activity(
        source="benchmark",
        account="",
        native_id=str(number),
        line=number + 1,
        kind=Kind.TIME_ENTRY,
        title=" ".join(words),
        start=start,
        end=start + timedelta(minutes=30),
        minutes=30.0,
        basis=DurationBasis.MEASURED,
    )
