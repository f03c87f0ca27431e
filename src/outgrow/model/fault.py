"""What stops a command and can be put right by the person."""


class Fault(Exception):  # noqa: N818 - the person's word for it
    """The message says in one or two plain sentences what is wrong and what to do; no trace is shown.

    Errors of our own that a person may meet derive from it. `exit_code` is 1, or 2 where the command was asked wrongly.
    """

    exit_code: int = 1
