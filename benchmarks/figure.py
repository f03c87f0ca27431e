"""What a benchmark yields, and how it measures: processor time and memory, never the clock on the wall."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

PEAK = Path("/proc/self/status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure: `value` in `unit`; it holds when it is at most `limit` (None: told, not judged).

    A ratio has the unit "x" and names in `against` what it was divided by, measured in the same run.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    against: str = ""

    @property
    def holds(self) -> bool:
        """Whether the value keeps its limit."""
        return self.limit is None or self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Cost(Generic[T]):
    """What a call gave back, its processor seconds, and the largest memory of its process in MB (10^6 bytes)."""

    result: T
    cpu: float
    peak: float


def command_cpu(command: Sequence[str], runs: int) -> float:
    """Run a command `runs` times; its median processor seconds, user and system."""
    return statistics.median(_command_cpu(command) for _ in range(runs))


def _command_cpu(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)  # noqa: S603 - our own words
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(call: Callable[..., T], *arguments: object) -> Cost[T]:
    """Make the call in a fresh process, so that nothing measured before weighs on it; all must be picklable.

    Imports at the top of the call's module are outside the time and inside the memory.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_cost, call, *arguments).result()


def _cost(call: Callable[..., T], *arguments: object) -> Cost[T]:
    before = time.process_time()
    result = call(*arguments)
    return Cost(result, time.process_time() - before, peak())


def peak() -> float:
    """Return the largest memory that this program has had, in MB (10^6 bytes)."""
    # Linux hands a child the peak of its parent in ru_maxrss; the status file tells that of this program alone.
    if PEAK.exists():
        line = next(line for line in PEAK.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
