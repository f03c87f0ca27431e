"""Puts an importer's question to the person at the terminal."""

import sys
from pathlib import Path

import click

from outgrow.importers.contract import Question
from outgrow.reports.words import harmless


def at_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(path: Path, question: Question) -> str | None:
    """Ask; return the chosen value, or None when nobody can be asked or the person leaves it out."""
    hint = f"--choose {click.format_filename(question.key)}=VALUE"
    click.echo(f"{harmless(str(path))}: {harmless(question.text)}", err=True)
    for number, option in enumerate(question.options, 1):
        click.echo(f"  {number}  {harmless(option.words)}   ({harmless(option.value)})", err=True)
    if not at_a_terminal():
        click.echo(f"  Nobody is here to answer. Run it again with {hint}.", err=True)
        return None
    said: str = click.prompt("Number, or Enter to leave the file out", default="", show_default=False, err=True)
    if not question.options:
        return said.strip() or None
    return _chosen(question, said.strip())


def _chosen(question: Question, said: str) -> str | None:
    if said.isdigit() and 1 <= int(said) <= len(question.options):
        return question.options[int(said) - 1].value
    values = [option.value for option in question.options]
    return said if said in values or ("," in said and set(said.split(",")) <= set(values)) else None
