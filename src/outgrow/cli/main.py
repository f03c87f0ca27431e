"""The door of the command line: starts the command asked for and says faults in one sentence.

It loads next to nothing itself, so that ``outgrow --version`` costs little more than an empty Python.
"""

import sys

from outgrow import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0 done, 1 our fault, 2 asked wrongly, 3 some records could not be read."""
    words = sys.argv[1:] if arguments is None else arguments
    if words == ["--version"]:
        sys.stdout.write(f"outgrow {__version__}\n")
        return 0
    from outgrow.cli.commands import run  # loading click costs four times an empty Python

    return run(words)
