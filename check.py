"""Runs every check of the repository in order and stops at the first that fails: python3 check.py."""

import shutil
import sys

from tools import chromium
from tools.environment import ROOT, call, prepared, tell

STEPS = (
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("format", ("ruff", "format", "--quiet", "--check", ".")),
    ("types", ("mypy",)),
    ("layers", ("lint-imports",)),
    ("types of the scripts", ("tsc", "--project", "jsconfig.json")),
    ("tests on SQLite and PostgreSQL, and in a browser", ("pytest", "-n", "2")),
)

environment = prepared("check")
chromium.prepared()
for name, (program, *words) in STEPS:
    tell(f"== {name}")
    path = shutil.which("tsc") if program == "tsc" else environment.program(program)
    if not path:
        tell("   left out: tsc is not installed here. npm install --global typescript brings it")
    elif code := call(path, *words, folder=ROOT):
        tell(f"== FAILED: {name} ({program} ended with {code})")
        sys.exit(code)
