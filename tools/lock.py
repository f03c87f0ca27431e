"""Writes the lock files anew: ``.env/check/bin/python -m tools.lock [--upgrade]``."""

import subprocess
import sys
import sysconfig
from pathlib import Path

from tools.environment import ROOT, tell

HEADER = "# Written by `python -m tools.lock`: every package with its hashes, for Python 3.11 and newer on any system\n"
LOCKS = {
    "run": ("pyproject.toml",),
    "build": ("--group", "build"),
    "check": ("pyproject.toml", "--extra", "postgresql", "--group", "check", "--group", "build"),
}
UV = Path(sysconfig.get_path("scripts")) / "uv"
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    *("--only-binary", ":all:", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
)


def main(options: list[str]) -> None:
    """Compile each lock from pyproject.toml; versions already locked stay unless `--upgrade` is given."""
    for name, wanted in LOCKS.items():
        path = ROOT / "requirements" / f"{name}.txt"
        subprocess.run((UV, *COMPILE, *options, *wanted, "--output-file", path), cwd=ROOT, check=True)  # noqa: S603 - our own words
        path.write_text(HEADER + path.read_text().removeprefix(HEADER))
        tell(str(path.relative_to(ROOT)))


if __name__ == "__main__":
    main(sys.argv[1:])
