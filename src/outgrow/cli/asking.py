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
    click.echo(f"{harmless(str(path))}: {harmless(question.text)}", err=True)
    for number, option in enumerate(question.options, 1):
        value = "" if option.value in option.words else f"   ({option.value})"
        click.echo(harmless(f"  {number}  {option.words}{value}"), err=True)
    if not at_a_terminal():
        example = question.options[0].value if question.options else "ANSWER"
        hint = f'--choose "{question.key}={example}"'
        click.echo(
            harmless(f"  Nobody is here to answer. Say it with the import, beside other answers: {hint}"), err=True
        )
        return None
    while True:
        said: str = click.prompt("Number, or Enter to leave the file out", default="", show_default=False, err=True)
        if not said.strip() or not question.options:
            return said.strip() or None
        if (chosen := _chosen(question, said.strip())) is not None:
            return chosen
        click.echo(f"  Say a number from 1 to {len(question.options)}.", err=True)


def _chosen(question: Question, said: str) -> str | None:
    if said.isdigit() and 1 <= int(said) <= len(question.options):
        return question.options[int(said) - 1].value
    values = [option.value for option in question.options]
    return said if said in values or ("," in said and set(said.split(",")) <= set(values)) else None
