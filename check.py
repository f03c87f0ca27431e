"""Runs every check of the repository in order and stops at the first that fails: python3 check.py."""

import sys

from tools.environment import ROOT, call, prepared, tell

STEPS = (
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("format", ("ruff", "format", "--quiet", "--check", ".")),
    ("types", ("mypy",)),
    ("layers", ("lint-imports",)),
    ("tests on SQLite and PostgreSQL", ("pytest", "-n", "2")),
)

environment = prepared("check")
for name, (program, *words) in STEPS:
    tell(f"== {name}")
    if code := call(environment.program(program), *words, folder=ROOT):
        tell(f"== FAILED: {name} ({program} ended with {code})")
        sys.exit(code)
