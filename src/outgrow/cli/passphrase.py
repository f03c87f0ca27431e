"""Asks for a passphrase. It is never a word of the command, which others may read in the list of processes."""

import os

import click

from outgrow.cli.asking import at_a_terminal

_VARIABLE = "OUTGROW_PASSPHRASE"


def ask(question: str, *, twice: bool) -> str:
    """Return the passphrase that is set in OUTGROW_PASSPHRASE, or typed without being shown."""
    said = os.environ.get(_VARIABLE, "")
    if said:
        return said
    if not at_a_terminal():
        message = f"Nobody is here to type a passphrase: set {_VARIABLE}."
        raise click.UsageError(message)
    typed: str = click.prompt(question, hide_input=True, confirmation_prompt=twice, err=True)
    return typed
