"""Says what went wrong in plain words, and what to do."""

import errno
import os

import click

from outgrow.model.fault import Fault
from outgrow.reports.words import harmless
from outgrow.workflows.keep_trace import keep_trace

STOPPED = 130

_REMEDIES = {
    errno.ENOSPC: "There is no room left on the disk. Free some and run the command again; nothing half done was kept.",
    errno.EDQUOT: "Your share of the disk is used up. Free some and run the command again; nothing half done was kept.",
    errno.EROFS: "That place can only be read. Name a folder that can be written with --data.",
    errno.EACCES: "You have no right to use it. Change its permissions, or name another place.",
    errno.EPERM: "You have no right to use it. Change its permissions, or name another place.",
    errno.ENOENT: "It does not exist. Check the name.",
    errno.EIO: "The disk reported an error. Check the disk before you go on.",
}


def say(error: BaseException) -> int:
    """Say an error that ended a command; return the exit code."""
    match error:
        case click.exceptions.Abort() | KeyboardInterrupt():
            return _tell("Stopped. What was finished before is kept.", STOPPED)
        case click.ClickException():
            error.show()
            return error.exit_code
        case Fault():
            return _tell(str(error), error.exit_code)
        case OSError(errno=int(number)) if number in _REMEDIES:
            return _tell(f"{_place(error)}{_REMEDIES[number]}", 1)
        case _:
            return _tell(_own_fault(error), 1)


def _tell(sentence: str, exit_code: int) -> int:
    click.echo(harmless(sentence), err=True)  # it may quote a title or a file name
    return exit_code


def _place(error: OSError) -> str:
    return f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""


def _own_fault(error: BaseException) -> str:
    return (
        f"outgrow has a fault: {type(error).__name__}. Your data are as they were before this command's last step. "
        f"The trace is in {keep_trace(error)}: please look through it for anything private and report it "
        "where you got outgrow from, with the command you gave."
    )
