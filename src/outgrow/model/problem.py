"""A record that could not be read: a value that is shown to the person and never lost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Where it was, why it could not be read, what to do about it, and the raw text (cut at 2,000 characters).

    `line` is 1-based like that of an activity; 0 stands for the file as a whole.
    """

    line: int
    reason: str
    remedy: str = ""
    raw: str = ""
