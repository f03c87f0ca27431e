"""The start of the command line, beside an empty Python."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, command_cpu


def run(*, small: bool) -> Iterator[Figure]:
    """Compare `outgrow --version` with `python -c pass`."""
    runs = 5 if small else 30
    empty = command_cpu([sys.executable, "-c", "pass"], runs)
    command = str(Path(sys.executable).with_name("outgrow"))
    for word, limit in (("--version", 5.0), ("--help", None)):
        ratio = command_cpu([command, word], runs) / empty
        yield Figure(name=f"outgrow {word}", value=ratio, unit="x", limit=limit, against="python -c pass")
