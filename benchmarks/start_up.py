"""The start of the command line, beside an empty Python."""

import sys
from collections.abc import Iterator

from benchmarks.figure import Figure, command_cpu


def run(*, small: bool) -> Iterator[Figure]:
    """Compare `outgrow --version` with `python -c pass`."""
    runs = 5 if small else 30
    empty = command_cpu([sys.executable, "-c", "pass"], runs)
    for name, arguments in (("--version", ["--version"]), ("--help", ["--help"])):
        cost = command_cpu([sys.executable, "-m", "outgrow", *arguments], runs)
        limit = 5.0 if name == "--version" else None
        yield Figure(name=f"outgrow {name}", value=cost / empty, unit="x", limit=limit, against="python -c pass")
