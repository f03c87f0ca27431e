"""Run the benchmarks, say each figure and whether it keeps its limit."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure

NOT_BENCHMARKS = {"__main__", "figure", "fit_prior"}


def names() -> list[str]:
    """Return the benchmarks there are, in the order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if _is_benchmark(module))


def _is_benchmark(module: pkgutil.ModuleInfo) -> bool:
    return module.name not in NOT_BENCHMARKS


def line(figure: Figure) -> str:
    """Say a figure in one line."""
    value = f"{figure.value:.3g} {figure.unit}" if figure.value < 1000 else f"{figure.value:,.0f} {figure.unit}"  # noqa: PLR2004 - where digits need commas
    against = f" of {figure.against}" if figure.against else ""
    return f"  {figure.name}: {value}{against}{_judgement(figure)}"


def _judgement(figure: Figure) -> str:
    if figure.limit is None:
        return ""
    return f"  (limit {figure.limit:g} {figure.unit}: {'holds' if figure.holds else 'BROKEN'})"


def figures(name: str, *, small: bool) -> Iterator[Figure]:
    """Run one benchmark and print its figures as they come."""
    print(name, flush=True)  # noqa: T201 - the result goes to the terminal
    for figure in importlib.import_module(f"benchmarks.{name}").run(small=small):
        print(line(figure), flush=True)  # noqa: T201 - the result goes to the terminal
        yield figure


def main(arguments: list[str]) -> int:
    """Run the benchmarks asked for; 1 if a limit is broken at full size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"which to run: {', '.join(names())} (default: all)")
    parser.add_argument("--small", action="store_true", help="small data: shows that they run; limits are not judged")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.name) - set(names()):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    broken = [f.name for name in chosen.name or names() for f in figures(name, small=chosen.small) if not f.holds]
    print("small data: limits are told, not judged" if chosen.small else f"{len(broken)} limits broken")  # noqa: T201 - the result
    return 1 if broken and not chosen.small else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
