"""What every command is told by the options before its name."""

from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Call:
    """The folder named for the data (None: the usual one), and whether to leave out what is not the answer."""

    data: str | None = None
    quiet: bool = False


pass_call = click.make_pass_decorator(Call, ensure=True)
