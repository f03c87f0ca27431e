"""The lock files: few packages, all with hashes, nothing about where they come from."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("run", "build", "check")
MOST_PACKAGES = 30
MODULES = {
    "python-calamine": "python_calamine",
    "python-dateutil": "dateutil",
    "pyyaml": "yaml",
    "recurring-ical-events": "recurring_ical_events",
}
UNSEEN = {  # needed by what is imported
    "python-multipart",  # by starlette, to read forms
    "tzdata",  # by zoneinfo, where the system has no time zones
}


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def packages(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", lock(name), re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}


def imported(folder: Path) -> set[str]:
    """Return the libraries that the modules in a folder import."""
    trees = [ast.parse(file.read_bytes()) for file in folder.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    drawn = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in plain | drawn} - set(sys.stdlib_module_names) - {"outgrow"}


def test_the_package_imports_what_it_names_and_names_what_it_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = named(project["dependencies"]) - UNSEEN
    assert {MODULES.get(name, name) for name in asked} == imported(ROOT / "src")


def test_the_default_install_has_at_most_thirty_packages() -> None:
    assert 0 < len(packages("run")) < MOST_PACKAGES  # outgrow itself is one more


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes_and_no_host(name: str) -> None:
    entries = re.split(r"^(?=[a-z])", lock(name).partition("\n")[2], flags=re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in entries if entry)
    assert not re.search(r"://|index-url|find-links", lock(name))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = named(project["project"]["dependencies"])
    assert runtime <= packages("run") <= packages("check")
    assert named(project["dependency-groups"]["build"]) <= packages("build")
    assert named(project["dependency-groups"]["check"]) <= packages("check")
