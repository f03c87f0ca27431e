"""The door of the command line: help and version without loading, quiet, faults, colours."""

import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from outgrow import __version__
from outgrow.cli import commands
from outgrow.cli.call import Call, pass_call
from outgrow.cli.main import main


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """Put a command `pretend` beside the others, which keeps what it is told and returns 3."""
    told: list[Call] = []

    @click.command()
    @pass_call
    def command(call: Call) -> int:
        told.append(call)
        click.echo(click.style("read", fg="blue"))
        return 3

    module = ModuleType("outgrow.cli.pretend")
    module.__dict__["command"] = command
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(commands.COMMANDS, "pretend", ("pretend", "Keeps what it is told."))
    return told


@pytest.mark.parametrize("words", [["--version"], ["--quiet", "--version"]])
def test_the_version_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out == f"outgrow {__version__}\n"


@pytest.mark.parametrize("words", [["--help"], ["-h"]])
def test_help_names_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in commands.COMMANDS)


def test_help_lines_are_those_of_the_commands() -> None:
    for name in commands.COMMANDS:
        command = commands.outgrow.get_command(click.Context(commands.outgrow), name)
        assert command is not None
        assert command.help, name


def test_the_options_before_a_command_reach_it(pretend: list[Call]) -> None:
    assert main(["--data", "here", "-q", "pretend"]) == 3
    assert pretend == [Call("here", quiet=True)]


def test_the_folder_may_come_from_the_environment(pretend: list[Call], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTGROW_DATA", "there")
    main(["pretend"])
    assert pretend == [Call("there", quiet=False)]


@pytest.mark.parametrize("words", [["prophesy"], ["--loud"], ["pretend", "--loud"]])
@pytest.mark.usefixtures("pretend")
def test_asking_wrongly_exits_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert words[-1] in capsys.readouterr().err


@pytest.mark.usefixtures("pretend")
def test_no_color_means_none(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda _stream, color=None: color is False)
    main(["pretend"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["pretend"])
    assert capsys.readouterr().out == "read\n"


def test_a_fault_in_a_command_is_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setitem(commands.COMMANDS, "broken", ("no_such_module", "Is not there."))
    assert main(["broken"]) == 1
    assert "outgrow has a fault: ModuleNotFoundError" in capsys.readouterr().err
