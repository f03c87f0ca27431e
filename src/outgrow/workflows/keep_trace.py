"""Keeps the trace of a fault of ours where the person can find it."""

import os
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

_PREFIX, _SUFFIX = "outgrow-trace-", ".txt"


def keep_trace(error: BaseException) -> Path:
    """Write the trace of an error into a private file; return where it is.

    It says where in the program each error came up and of what kind it is, but not its words: they may quote titles or
    addresses.
    """
    # The data folder may be the very thing that failed, so the trace lies in the folder for temporary files.
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(_trace(error))
    return Path(name)


def traces() -> list[Path]:
    """Return the traces of this person that are still there."""
    found = Path(tempfile.gettempdir()).glob(f"{_PREFIX}*{_SUFFIX}")
    return sorted(each for each in found if os.name == "nt" or each.lstat().st_uid == os.geteuid())


def _trace(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _trace(cause)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"
