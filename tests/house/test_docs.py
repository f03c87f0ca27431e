"""What the pages say is so: commands and options exist, links lead somewhere, generated pages are current."""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from outgrow.cli.commands import outgrow
from tools import picture, reference

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
SPOKEN = re.compile(r"^(?: {4,}|\$ )(outgrow .+)$|`(outgrow [^`\n]+)`|^(outgrow .+)$", re.MULTILINE)
PLACEHOLDER = re.compile(r"^[A-Z|.\[\]]+$")


def said(page: Path) -> Iterator[str]:
    """Yield the `outgrow` commands that a page says, in its blocks of code and in its sentences."""
    text = page.read_text()
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    for source in (*blocks, *re.findall(r"(?:^ {4,}.*\n)+", prose, re.MULTILINE), *re.findall(r"`[^`\n]+`", prose)):
        for found in SPOKEN.finditer(source):
            yield next(group for group in found.groups() if group).strip()


def options(command: click.Command) -> set[str]:
    own = (option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts))
    return {*own, "-h", "--help"}


def unknown(words: list[str]) -> str:
    """Say what in a spoken command does not exist; empty when all of it does."""
    command: click.Command = outgrow
    context = click.Context(outgrow)
    for word in words[1:]:
        if word.startswith("-"):
            options = {
                option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
            }
            if word.split("=")[0] not in options | {"-h", "--help"}:
                return f"{word} of {command.name}"
        elif isinstance(command, click.Group) and not PLACEHOLDER.match(word):
            inner = command.get_command(context, word)
            if inner is None:
                return word
            command = inner
    return ""


COMMANDS = [(page, line) for page in PAGES if page != reference.PAGE for line in said(page)]


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=[f"{page.name}-{line}" for page, line in COMMANDS])
def test_commands_on_the_pages_exist(page: Path, line: str) -> None:
    assert page.exists()
    assert unknown(shlex.split(line, comments=True)) == ""


def test_commands_that_do_not_exist_are_found() -> None:
    assert unknown(["outgrow", "prophesy"]) == "prophesy"
    assert unknown(["outgrow", "--loud"]) == "--loud of outgrow"
    assert unknown(["outgrow", "--quiet"]) == ""


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text()):
        target = page.parent / path if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


def test_every_page_is_linked() -> None:
    linked = {(page.parent / path).resolve() for page in PAGES for path, _ in LINK.findall(page.read_text())}
    assert set(PAGES) - linked == {ROOT / "README.md"}


def test_modules_and_scripts_on_the_pages_exist() -> None:
    text = "\n".join(page.read_text() for page in PAGES)
    for module in re.findall(r"python3? -m ([\w.]+)", text):
        assert importlib.util.find_spec(module), module
    for script in re.findall(r"python3 ([\w/]+\.py)", text):
        assert (ROOT / script).exists(), script


def test_the_reference_of_the_commands_is_current() -> None:
    assert reference.PAGE.read_text() == reference.reference(), "write it anew: python -m tools.reference"


def test_the_number_of_packages_is_current() -> None:
    locked = len(re.findall(r"^[a-z0-9-]+==", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE))
    assert f"[{locked} packages](requirements/run.txt)" in (ROOT / "README.md").read_text()


def test_the_picture_keeps_the_words_and_escapes_them() -> None:
    drawn = picture.picture("Movement: 4 % & less\n\n  a <b>\n")
    assert ">Movement: 4 % &amp; less</text>" in drawn
    assert ">a &lt;b&gt;</text>" in drawn
    assert "$ outgrow demo" in drawn
