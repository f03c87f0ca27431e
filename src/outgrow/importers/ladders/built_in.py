"""The ladder that is always there. It lies beside this module, in the format that docs/ladders.md describes."""

from functools import cache
from importlib.resources import files

import msgspec

from outgrow.model.ladder import Ladder


@cache
def built_in() -> Ladder:
    """Return the ladder for knowledge work of any profession."""
    return msgspec.json.decode(files(__package__).joinpath("built_in.json").read_bytes(), type=Ladder)
