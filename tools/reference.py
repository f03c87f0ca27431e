"""Writes docs/cli.md from the help of the commands: ``.env/check/bin/python -m tools.reference``."""

from collections.abc import Iterator

import click

from outgrow.cli.commands import outgrow
from tools.environment import ROOT

PAGE = ROOT / "docs" / "cli.md"
INTRODUCTION = """# Commands

Written by `python -m tools.reference` from the help of the commands: it is what `outgrow COMMAND --help` says.

Exit codes: 0 done, 1 our fault (or one like a full disk), 2 asked wrongly, 3 some records could not be read. With
`NO_COLOR` set nothing is coloured. Periods and days are said as people say them: `last month`, `2026-Q3`,
`since 2025-11-01`, `yesterday`.

Completion: put `eval "$(_OUTGROW_COMPLETE=bash_source outgrow)"` into your `~/.bashrc` (`zsh_source` and `~/.zshrc` for
zsh; for fish save what `_OUTGROW_COMPLETE=fish_source outgrow` prints as `~/.config/fish/completions/outgrow.fish`).
"""
WIDTH = 100


def reference() -> str:
    """Return the page."""
    context = click.Context(outgrow, info_name="outgrow", terminal_width=WIDTH, **outgrow.context_settings)
    return INTRODUCTION + "".join(_sections(outgrow, context))


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield the section of a command and, if it is a group, of those in it."""
    yield f"\n## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if inner := command.get_command(context, name):
                yield from _sections(inner, click.Context(inner, parent=context, info_name=name, terminal_width=WIDTH))


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
