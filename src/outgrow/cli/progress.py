"""Shows on the terminal how far long work has got."""

import sys
import time
from types import TracebackType
from typing import Self

import click

from outgrow.reports.words import fit

_AFTER = 1.0
_EVERY = 0.1
_CELLS = 78


class Counter:
    """One line on standard error that counts, from a second on, and is wiped at the end."""

    def __init__(self, *, quiet: bool) -> None:
        """Show nothing when quiet or when nobody watches."""
        self._shows = not quiet and sys.stderr.isatty()
        self._next = time.monotonic() + _AFTER
        self._shown = False

    def __enter__(self) -> Self:
        """Begin to count the time."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        if self._shown:
            click.echo("\r" + " " * _CELLS + "\r", err=True, nl=False)

    def show(self, what: str, number: int) -> None:
        """Say what is being worked on and how much of it is done."""
        if self._shows and time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            self._shown = True
            click.echo("\r" + fit(f"{number:,} done: {what}", _CELLS), err=True, nl=False)
