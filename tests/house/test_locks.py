"""The lock files: few packages, all with hashes, nothing about where they come from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("run", "build", "check")
MOST_PACKAGES = 30


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def packages(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", lock(name), re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}


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
