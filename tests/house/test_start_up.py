"""The command line starts fast, because nothing heavy is loaded before it is needed."""

import subprocess
import sys

from benchmarks import start_up

HEAVY = ("alembic", "icalendar", "numpy", "python_calamine", "recurring_ical_events", "scipy", "sqlalchemy")


def test_the_version_costs_at_most_five_times_an_empty_python() -> None:
    figures = {figure.name: figure for figure in start_up.run(small=True)}
    assert figures["outgrow --version"].holds


def test_the_table_of_commands_loads_nothing_heavy() -> None:
    program = f"import sys, outgrow.cli.commands; print([name for name in {HEAVY!r} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
