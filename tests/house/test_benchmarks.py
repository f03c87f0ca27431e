"""The benchmarks run, and the runner tells a broken limit."""

import operator
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from benchmarks import __main__ as runner
from benchmarks.figure import Figure, command_cpu, measure


@pytest.mark.parametrize("name", runner.names())
def test_a_benchmark_runs_on_small_data(name: str) -> None:
    figures = list(runner.figures(name, small=True))
    assert figures
    assert all(figure.against for figure in figures if figure.unit == "x")


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a benchmark `pretend` in the place of all others: one limit holds, one is broken."""

    def run(*, small: bool) -> Iterator[Figure]:
        del small
        yield Figure(name="reading", value=0.25, unit="x", limit=0.3, against="the peer")
        yield Figure(name="rows", value=123456.0, unit="MB", limit=150)
        yield Figure(name="told", value=2.5, unit="s")

    module = ModuleType("benchmarks.pretend")
    module.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(runner, "names", lambda: ["pretend"])


@pytest.mark.usefixtures("pretend")
def test_a_broken_limit_is_told_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main([]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "pretend",
        "  reading: 0.25 x of the peer  (limit 0.3 x: holds)",
        "  rows: 123,456 MB  (limit 150 MB: BROKEN)",
        "  told: 2.5 s",
        "1 limits broken",
    ]


@pytest.mark.usefixtures("pretend")
def test_on_small_data_no_limit_is_judged() -> None:
    assert runner.main(["--small", "pretend"]) == 0


@pytest.mark.usefixtures("pretend")
def test_an_unknown_benchmark_is_refused() -> None:
    with pytest.raises(SystemExit, match="2"):
        runner.main(["prophesy"])


def test_processor_time_and_memory_of_a_fresh_process_are_measured() -> None:
    small, large = measure(len, [1, 2]), measure(sum, range(3_000_000))
    assert (small.result, large.result) == (2, 4_499_998_500_000)
    assert small.cpu < large.cpu
    assert measure(operator.mul, b"x", 50_000_000).peak > small.peak + 40


def test_processor_time_of_a_command_is_measured() -> None:
    idle, busy = "import time; time.sleep(0.2)", "sum(range(10_000_000))"
    assert command_cpu([sys.executable, "-c", idle], 1) < command_cpu([sys.executable, "-c", busy], 1)
