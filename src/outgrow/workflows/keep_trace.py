"""Keeps the trace of a fault of ours where the person can find it."""

import os
import tempfile
import traceback
from pathlib import Path


def keep_trace(error: BaseException) -> Path:
    """Write the trace of an error into a private file; return where it is."""
    # The data folder may be the very thing that failed, so the trace lies in the folder for temporary files.
    handle, name = tempfile.mkstemp(prefix="outgrow-trace-", suffix=".txt", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(traceback.format_exception(error))
    return Path(name)
