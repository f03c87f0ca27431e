"""The habits of the house, where no linter knows them."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FUNCTION = 60
LONGEST_FILE = 500
MEDIAN_FUNCTION = 8
#: Whoever names another host decides it here: sources of the method, name spaces, meeting rooms, names nobody owns.
HOSTS = re.compile(
    r"(localhost|[\d.]+|\[[\da-f:.]+\]|([\w.-]+\.)?example\.(com|org|net)|[\w.-]+\.(example|invalid|test)"
    r"|doi\.org|git-scm\.com|www\.w3\.org|schemas\.openxmlformats\.org|[\w-]+\.zoom\.us)"
)
UNKNOWN_HOST = re.compile(
    rf"(?:https?|webcals?|git|ssh)://(?:[^\s/@\"']*@)?(?!{HOSTS.pattern}(?![\w.]))([\w\[][\w.:-]*\.\w+)"
)
#: Anna is the person of the examples.
HOME = re.compile(r"(?<![\w.])/(?:home|Users|root|work|opt)/(?!anna\b)\w|[A-Z]:\\Users\\")
EXEMPTION = re.compile(r"# (?:noqa(?!: [A-Z0-9, ]+ - \S)|type: ignore(?!\[[\w-]+\]))")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is where the clone is from
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


FILES = [file for file in tracked() if file != Path(__file__)]
SOURCES = [file for file in FILES if file.suffix == ".py"]


def readable(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def found(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(readable(file).splitlines(), 1)
        if pattern.search(line)
    ]


def test_functions_are_short() -> None:
    assert [at for file in SOURCES for at, length in functions(file) if length > LONGEST_FUNCTION] == []


def test_half_of_all_functions_have_a_few_lines() -> None:
    package = [file for file in SOURCES if (ROOT / "src") in file.parents]
    assert statistics.median(length for file in package for _, length in functions(file)) <= MEDIAN_FUNCTION


def test_files_are_short() -> None:
    lengths = {str(file.relative_to(ROOT)): len(readable(file).splitlines()) for file in SOURCES}
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FILE} == {}


def test_nothing_is_left_for_later() -> None:
    assert found(re.compile(r"(?:#|//|<!--).*\b(?:TODO|FIXME|XXX)\b"), FILES) == []


def test_no_module_is_a_drawer() -> None:
    assert [file for file in SOURCES if re.fullmatch(r"(?:utils?|helpers?|common|misc)", file.stem)] == []


def test_every_exemption_names_its_rule_and_its_reason() -> None:
    assert found(EXEMPTION, SOURCES) == []


def test_no_path_of_a_machine_stands_in_the_repository() -> None:
    assert found(HOME, FILES) == []


def test_no_unknown_host_stands_in_the_repository() -> None:
    assert found(UNKNOWN_HOST, FILES) == []


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("https://calendar.example.com/a.ics", True),
        ("https://example.com/a.ics", True),
        ("https://calendar.example/a", True),
        ("https://me:secret@calendar.example/a", True),
        ("webcal://feeds.invalid/x", True),
        ("https://registry.somewhere.io/simple", False),
        ("https://doi.org/10.1037/a0015867", True),
        ("https://doi.org.evil.net/", False),
        ("http://localhost:8000/", True),
    ],
)
def test_hosts_are_told_apart(line: str, clean: bool) -> None:
    assert bool(UNKNOWN_HOST.search(line)) != clean


@pytest.mark.parametrize(
    ("line", "clean"),
    [("x = 1  # noqa: S101", False), ("x = 1  # noqa: S101 - it asserts", True), ("x  # noqa", False)],
)
def test_exemptions_are_told_apart(line: str, clean: bool) -> None:
    assert bool(EXEMPTION.search(line)) != clean
