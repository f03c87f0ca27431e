"""The side of the sandbox that reads files: a process of its own, with limits it sets on itself.

What holds: computing time, memory, open files, no files written, no core dump (where the system has `resource`); Python
code opens no network connection; standard input and output are closed to the importer. Without `resource` only the
patience of the parent holds.
"""

import gc
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, NoReturn, TypeVar

import msgspec

from outgrow.importers.contract import Context, Importer, Question, Unreadable
from outgrow.importers.frames import SPLIT, Asked, Cause, Failure, Frame, Order, Tally
from outgrow.model.activity import Activity
from outgrow.model.problem import Problem

if sys.platform != "win32":
    import resource

_BATCH = 256
_LONGEST_TEXT = 2000
_MOST_ITEMS = 200
_LARGE_FRAME = 2_000_000
_OPEN_FILES = 256
_GRACE = 2  # seconds between asking an importer to stop and killing it
_OFFSETS_WITH_SECONDS_UNTIL = 1973  # no zone has used local mean time since
_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"})

_Item = TypeVar("_Item", Activity, Problem)
_encode = msgspec.json.Encoder().encode


class TimeIsUp(BaseException):
    """Raised inside an importer that has used up its seconds; not an Exception, so that no importer swallows it."""


class NetworkRefusedError(RuntimeError):
    """An importer has tried to reach the network, which it has no business with."""


class Outlet:
    """Sends what an importer yields about one file, in batches, and counts it."""

    def __init__(self, pipe: BinaryIO) -> None:
        """Begin with nothing."""
        self._pipe = pipe
        self._activities: list[Activity] = []
        self._problems: list[Problem] = []
        self._lines: set[int] = set()
        self._sent = [0, 0]

    def take(self, item: Activity | Problem) -> None:
        """Keep one item for the next batch, and send the batch when it is full."""
        if isinstance(item, Activity):
            self._activities.append(item)
        else:
            self._problems.append(item)
        self._lines.add(item.line)
        if len(self._activities) + len(self._problems) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Send what is kept."""
        activities, problems = self._activities, self._problems
        self._activities, self._problems = [], []
        if activities or problems:
            self._sent[0] += len(activities)
            self._sent[1] += len(problems)
            frame = Frame(activities=activities, problems=problems, records=len(self._lines))
            self._write(encoded(frame))

    def end(self, importer: Importer, account: str, signature: str) -> None:
        """Say that the importer has read the file to its end."""
        self.flush()
        activities, problems = self._sent
        records = len(self._lines)
        tally = Tally(
            account=account,
            signature=signature,
            complete=importer.complete,
            records=records,
            activities=activities,
            problems=problems,
            passed_over=importer.passed_over(),
            ladder=importer.ladder(),
        )
        self._write(_encode(Frame(tally=tally, records=records)))

    def ask(self, asked: Asked) -> None:
        """Say that the file needs the person's word."""
        self._write(_encode(Frame(asked=asked)))

    def fail(self, cause: Cause, reason: str, remedy: str, *, leaving: bool = False) -> None:
        """Say that the file could not be read to its end; what was read of it goes out first."""
        self.flush()
        problem = Problem(line=0, reason=_fit(reason), remedy=_fit(remedy))
        failure = Failure(cause=cause, problem=problem)
        self._write(_encode(Frame(failure=failure, records=len(self._lines), leaving=leaving)))

    def _write(self, line: bytes) -> None:
        self._pipe.write(line + b"\n")
        self._pipe.flush()


def encoded(frame: Frame) -> bytes:
    """Encode a batch; repair the items one by one only when something in it cannot be sent as it is."""
    try:
        line = _encode(_with_whole_minutes(frame))
    except (UnicodeEncodeError, OverflowError, TypeError, ValueError):
        line = b""
    if line and len(line) <= _LARGE_FRAME:
        return line
    return _encode(
        Frame(
            activities=[_tidy(each) for each in frame.activities],
            problems=[_tidy(each) for each in frame.problems],
            records=frame.records,
        )
    )


def _with_whole_minutes(frame: Frame) -> Frame:
    """Round offsets such as +00:19:32 (local mean time) to minutes, as JSON has them: the instants stay the same."""
    if all(each.start is None or each.start.year >= _OFFSETS_WITH_SECONDS_UNTIL for each in frame.activities):
        return frame
    activities = [replace(a, start=_whole(a.start), end=_whole(a.end)) for a in frame.activities]
    return msgspec.structs.replace(frame, activities=activities)


def _whole(moment: datetime | None) -> datetime | None:
    offset = moment.utcoffset() if moment else None
    if moment is None or offset is None or offset % timedelta(minutes=1) == timedelta(0):
        return moment
    minutes = round(offset / timedelta(minutes=1))
    try:
        return moment.astimezone(timezone(timedelta(minutes=minutes)))
    except OverflowError:
        return moment


def _tidy(item: _Item) -> _Item:
    """Cut what is too long and replace what is no text (lone surrogates)."""
    return replace(item, **{each.name: _fit(getattr(item, each.name)) for each in fields(item)})


def _fit(value: Any) -> Any:  # noqa: ANN401 - of whatever type a field of an activity is
    if type(value) is str:
        return value[:_LONGEST_TEXT].encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(_fit(each) for each in value[:_MOST_ITEMS])
    return _whole(value) if isinstance(value, datetime) else value


def serve() -> None:
    """Read the order from standard input, and the files it names, until done or until the parent is gone."""
    orders = os.fdopen(os.dup(0), "rb")
    pipe = os.fdopen(os.dup(1), "wb")
    _close_standard_streams()
    order = msgspec.json.decode(orders.readline(), type=Order)
    threading.Thread(target=_die_with_the_parent, args=(orders,), daemon=True).start()
    importer = _importer(order.importer)
    _set_limits(order.memory_mb)
    gc.disable()  # what importers make has no cycles, and looking for them costs a quarter of the time
    for path, seconds in zip(order.paths, order.seconds, strict=True):
        if isinstance(importer, Importer):
            _read_within(seconds, importer, Path(os.fsdecode(path)), order, Outlet(pipe))
        else:
            Outlet(pipe).fail(Cause.FAULT, importer, REPORT)


def _importer(place: str) -> Importer | str:
    """Load the importer, or say why it cannot be."""
    module, _, name = place.partition(":")
    try:
        importer = getattr(import_module(module), name)()
    except Exception as fault:  # noqa: BLE001 - a plugin may fail in any way
        return f"the importer {place} cannot be loaded: {type(fault).__name__}"
    return importer if isinstance(importer, Importer) else f"{place} is not an importer"


def _close_standard_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def _die_with_the_parent(orders: BinaryIO) -> NoReturn:
    """Wait for the end of the orders, which comes when the parent is gone, however it went."""
    while os.read(orders.fileno(), 1):
        continue
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _set_limits(memory_mb: int) -> None:
    sys.addaudithook(_refuse_network)
    if sys.platform != "win32":
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
        _limit(resource.RLIMIT_AS, _memory_now() + memory_mb * 1_000_000)
        signal.signal(signal.SIGPROF, _time_is_up)


def _refuse_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise NetworkRefusedError(event)


def _limit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(which, (value, hard))
    except (ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it: there the parent's patience has to do
        return


def _memory_now() -> int:
    """Bytes of address space the interpreter has before it reads anything."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 500_000_000
    return pages * resource.getpagesize()


def _time_is_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TimeIsUp


def _read_within(seconds: float, importer: Importer, path: Path, order: Order, outlet: Outlet) -> None:
    """Read one file; past its seconds the importer is interrupted, and killed if that does not help."""
    try:
        _start_clock(seconds)
        _read(importer, path, order, outlet)
        _stop_clock()
    except TimeIsUp:
        outlet.fail(Cause.TIME, f"reading it took more than {seconds:.0f} seconds of computing", SPLIT, leaving=True)
        sys.exit()
    except MemoryError:
        _leave_for_memory(order.memory_mb, outlet)


def _leave_for_memory(memory_mb: int, outlet: Outlet) -> NoReturn:
    """Say so from a fresh call, where what the importer held has been given back."""
    outlet.fail(Cause.MEMORY, f"reading it needed more than {memory_mb} MB of memory", SPLIT, leaving=True)
    sys.exit()


def _start_clock(seconds: float) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
        _limit(resource.RLIMIT_CPU, int(time.process_time() + seconds) + _GRACE)


def _stop_clock() -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 0)


def _read(importer: Importer, path: Path, order: Order, outlet: Outlet) -> None:
    signature = partial(importer.signature, path)
    try:
        context = _context(order, signature)
        for item in importer.read(path, context):
            outlet.take(item)
        told = signature() if order.context.choices else ""
        outlet.end(importer, context.account or importer.account(path), told)
    except Question as question:
        outlet.ask(Asked(key=question.key, text=question.text, options=tuple(question.options), signature=signature()))
    except Unreadable as fault:
        outlet.fail(Cause.UNREADABLE, fault.reason, fault.remedy)
    except MemoryError:  # handled further out, where what the importer holds has been given back
        raise
    except OSError as fault:
        outlet.fail(Cause.UNREADABLE, f"it cannot be opened: {fault.strerror or type(fault).__name__}", OPENING)
    except Exception as fault:  # noqa: BLE001 - whatever a plugin does, the other files are read
        outlet.fail(Cause.FAULT, f"the {importer.name} importer failed: {_named(fault)}", REPORT)


OPENING = "Check that it is there and that you may read it."
REPORT = "This is a fault of the importer, not of your file. The other files are not affected; please report it."


def _context(order: Order, signature: Callable[[], str]) -> Context:
    """Return what the importer may know, with the choices kept for files of this shape."""
    if not order.kept:
        return order.context
    return replace(order.context, choices={**order.kept.get(signature(), {}), **order.context.choices})


def _named(fault: Exception) -> str:
    """Name the type and the place of an exception, never its words: they may hold text of the file."""
    places: Iterator[traceback.FrameSummary] = reversed(traceback.extract_tb(fault.__traceback__))
    place = next(places, None)
    return f"{type(fault).__name__} in {Path(place.filename).name} line {place.lineno}" if place else "unknown"
