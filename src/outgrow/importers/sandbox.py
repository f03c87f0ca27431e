"""Runs importers in a child process with limits, so that no file can crash, hang or fill the program."""

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import msgspec

from outgrow.importers.contract import Context, Question
from outgrow.importers.discovery import target
from outgrow.importers.frames import SPLIT, Cause, Failure, Frame, Limits, Order, Tally
from outgrow.model.activity import Activity
from outgrow.model.problem import Problem

_START = "import sys; sys.path[:] = sys.argv[1:]; from outgrow.importers.child import serve; serve()"
_WATCH_EVERY = 0.5  # seconds
_PATIENCE_FLOOR = 30  # seconds: a sleeping disk, a busy machine
_MEGABYTE = 1_000_000
_decode = msgspec.json.Decoder(Frame).decode


@dataclass(frozen=True, slots=True)
class FileStarted:
    """The child begins with a file of `size` bytes (0 for a folder)."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of what the file holds; `records` is how many records of it have been read so far."""

    path: Path
    activities: list[Activity]
    problems: list[Problem]
    records: int


@dataclass(frozen=True, slots=True)
class FileEnded:
    """The file has been read to its end: distinct records = records with activities + records with a problem."""

    path: Path
    tally: Tally


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing of the file was read: the person must answer first. The answer is kept under `signature`."""

    path: Path
    question: Question
    signature: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The file was not read to its end. What came before it in batches counts."""

    path: Path
    cause: Cause
    problem: Problem


Event = FileStarted | Batch | FileEnded | Asked | Failed


def read(
    importer: str,
    paths: Sequence[Path],
    context: Context,
    limits: Limits | None = None,
    kept: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Event]:
    """Read the files, one after the other, in a child process; after a crash the next child goes on with the rest.

    `importer` is the name of an entry point, or ``module:class``; unknown names raise KeyError. `kept` are the choices
    of earlier files, by signature. Every file ends in exactly one FileEnded, Asked or Failed. Closing the iterator ends
    the child.
    """
    limits = limits or Limits()
    place = importer if ":" in importer else target(importer)
    rest = list(paths)
    while rest:
        with _Child(_order(place, rest, context, limits, kept or {}), limits) as child:
            for path in tuple(rest):
                rest.pop(0)
                yield from child.read(path)
                if child.left:
                    break


def _order(
    place: str, paths: list[Path], context: Context, limits: Limits, kept: Mapping[str, Mapping[str, str]]
) -> Order:
    return Order(
        importer=place,
        paths=[os.fsencode(path) for path in paths],
        seconds=[_seconds(path, limits) for path in paths],
        memory_mb=limits.memory_mb,
        context=context,
        kept=kept,
    )


def _size(path: Path) -> int:
    try:
        return 0 if path.is_dir() else path.stat().st_size
    except OSError:
        return 0


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the child will say that we may not look at it
        return False


def _seconds(path: Path, limits: Limits) -> float:
    if _is_folder(path):
        return limits.folder_seconds
    return min(limits.most_seconds, limits.seconds + limits.seconds_per_mb * _size(path) / _MEGABYTE)


class _Child:
    """One child process and the watch over it."""

    def __init__(self, order: Order, limits: Limits) -> None:
        self.left = False
        self._limits = limits
        self._order = order
        self._deadline = math.inf
        self._overdue = False
        self._done = threading.Event()

    def __enter__(self) -> Self:
        folders = [os.path.abspath(each) for each in sys.path]  # noqa: PTH100 - "" means the current folder here
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, *folders],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._answers = cast("BinaryIO", self._process.stdout)
        threading.Thread(target=self._watch, daemon=True).start()
        self._give_order()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._kill()
        self._process.communicate()

    def read(self, path: Path) -> Iterator[Event]:
        """Yield what the child says about its next file."""
        yield FileStarted(path, _size(path))
        patience = _PATIENCE_FLOOR + self._limits.patience * _seconds(path, self._limits)
        ends = False
        while not ends:
            began = time.monotonic()
            frame = self._hear(patience) or Frame(failure=self._autopsy(path), leaving=True)
            patience -= time.monotonic() - began
            self.left = frame.leaving
            ends = frame.ends
            yield from _events(path, frame)

    def _give_order(self) -> None:
        """Hand over the order and leave the pipe open: its end tells the child that we are gone."""
        orders = cast("BinaryIO", self._process.stdin)
        try:
            orders.write(msgspec.json.encode(self._order) + b"\n")
            orders.flush()
        except OSError:  # it has died already; reading will say so
            return

    def _hear(self, patience: float) -> Frame | None:
        """Wait for the next line of the child. Only this waiting counts, not what is done with the batches."""
        self._deadline = time.monotonic() + patience
        line = self._answers.readline()
        self._deadline = math.inf
        return _decode(line) if line.endswith(b"\n") else None

    def _watch(self) -> None:
        """End a child that keeps us waiting too long."""
        while not self._done.wait(_WATCH_EVERY):
            if time.monotonic() > self._deadline:
                self._overdue = True
                self._kill()

    def _kill(self) -> None:
        """End the child and what it has started (git)."""
        if self._process.returncode is not None:
            return
        if sys.platform == "win32":
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _autopsy(self, path: Path) -> Failure:
        """Say why the child has died over a file."""
        code = self._process.wait()
        seconds = _seconds(path, self._limits)
        if self._overdue:
            return _failure(Cause.TIME, "reading it did not get on and was ended", SPLIT)
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return _failure(Cause.TIME, f"reading it took more than {seconds:.0f} seconds of computing", SPLIT)
        return _failure(Cause.CRASH, f"reading it ended the reader (code {code})", CRASHED)


CRASHED = "The other files are not affected. Try a new export of this one; if it happens again, please report it."


def _failure(cause: Cause, reason: str, remedy: str) -> Failure:
    return Failure(cause=cause, problem=Problem(line=0, reason=reason, remedy=remedy))


def _events(path: Path, frame: Frame) -> Iterator[Event]:
    if frame.activities or frame.problems:
        yield Batch(path, frame.activities, frame.problems, frame.records)
    if frame.asked:
        asked = frame.asked
        yield Asked(path, Question(asked.key, asked.text, asked.options), asked.signature)
    if frame.failure:
        yield Failed(path, frame.failure.cause, frame.failure.problem)
    if frame.tally:
        yield FileEnded(path, frame.tally)
