"""Work that takes longer than a page: done in the background, one after the other, told of, and stopped on request.

A job works in a workspace of its own, so that pages are answered meanwhile, and goes on when its page is closed.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from outgrow.model.fault import Fault
from outgrow.workflows.keep_trace import keep_trace

_KEPT = 20
_HOME: tuple[str, Mapping[str, object]] = ("verdict", {})
_PATIENCE = 10.0  # seconds for a job to stop when the app ends
AT_ONCE = 1.5  # seconds in which most work is done, so that its page need not come twice


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Stopped(Exception):  # noqa: N818 - nothing went wrong: the person asked for it
    """Raised inside the work of a job when it is to end."""


@dataclass(slots=True)
class Job:
    """One piece of work: what it is, what it is at, and what came of it.

    `key` names what it is about: of one thing the last job counts. `done` of `total` are told where they are known.
    `leads` is the route it leads on to when it is done, with its values. `outcome` may be there before the job ends.
    """

    number: int
    key: str
    title: str
    work: "Callable[[Job], None]"
    leads: tuple[str, Mapping[str, object]]
    state: State = State.WAITING
    at: str = ""
    done: int = 0
    total: int = 0
    fault: str = ""
    outcome: object = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _moved: threading.Event = field(default_factory=threading.Event)

    @property
    def goes_on(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def is_stopping(self) -> bool:
        """Whether it goes on although it was asked to end."""
        return self.goes_on and self._stop.is_set()

    def tell(self, at: str, done: int = 0, total: int = 0) -> None:
        """Say what the work is at; raises Stopped when it is to end."""
        if self._stop.is_set():
            raise Stopped
        self.at, self.done, self.total = at, done, total

    def give(self, outcome: object) -> None:
        """Hand over what came of it, before what is left to do."""
        self.outcome = outcome
        self._moved.set()

    def stop(self) -> None:
        """Ask it to end at the next point where nothing is half done."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until there is an outcome or an end, but no longer than some seconds (None: AT_ONCE)."""
        self._moved.wait(AT_ONCE if seconds is None else seconds)

    def run(self) -> None:
        """Do the work; whatever happens is kept for the person to see."""
        try:
            self.state = State.RUNNING
            self.tell("")
            self.work(self)
            self.state = State.DONE
        except Stopped:
            self.state = State.STOPPED
        except Fault as fault:
            self.fault, self.state = str(fault), State.STOPPED if self._stop.is_set() else State.FAILED
        except Exception as error:  # noqa: BLE001 - the worker goes on, and the person is told
            self.fault = f"outgrow has a fault: {type(error).__name__}. The trace is in {keep_trace(error)}."
            self.state = State.FAILED
        finally:
            self._moved.set()


class Jobs:
    """The jobs of one person's data, done one after the other."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._jobs: list[Job] = []
        self._worker: threading.Thread | None = None

    def start(
        self, key: str, title: str, work: Callable[[Job], None], leads: tuple[str, Mapping[str, object]] = _HOME
    ) -> Job:
        """Have something done; what already waits or runs under the same key is not begun twice."""
        with self._lock:
            going = next((each for each in self._jobs if each.key == key and each.goes_on), None)
            if going:
                return going
            number = self._jobs[-1].number + 1 if self._jobs else 1
            job = Job(number, key, title, work, leads)
            self._jobs = [*self._jobs[-_KEPT:], job]
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, daemon=True)
                self._worker.start()
            return job

    def _work(self) -> None:
        while job := self._next():
            job.run()

    def _next(self) -> Job | None:
        with self._lock:
            waiting = [each for each in self._jobs if each.state is State.WAITING]
            if not waiting:
                self._worker = None
            return waiting[0] if waiting else None

    def find(self, number: object) -> Job | None:
        """Return the job of a number, unless it is long gone."""
        return next((each for each in self._jobs if each.number == number), None)

    def last(self, key: str) -> Job | None:
        """Return the last job under a key."""
        return next((each for each in reversed(self._jobs) if each.key == key), None)

    def forget(self, key: str) -> None:
        """Let what is about something else now be done anew."""
        with self._lock:
            self._jobs = [each for each in self._jobs if each.key != key or each.goes_on]

    @property
    def current(self) -> Job | None:
        """The job that runs or waits first."""
        return next((each for each in self._jobs if each.goes_on), None)

    def stop(self) -> None:
        """Ask all to end, and forget those that have."""
        with self._lock:
            self._jobs = [each for each in self._jobs if each.goes_on]
            for each in self._jobs:
                each.stop()

    def close(self) -> None:
        """Ask all to end and wait for it."""
        worker = self._worker
        self.stop()
        if worker:
            worker.join(_PATIENCE)
