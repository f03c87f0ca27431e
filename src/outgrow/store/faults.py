"""What can go wrong with a database, in words that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from outgrow.model.fault import Fault


class StoreError(Fault):
    """The database could not be read or written. Nothing was changed."""

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep the reason and the remedy."""
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


_BY_CODE = {
    sqlite3.SQLITE_BUSY: ("{} is in use by another program.", "Wait until it has finished, then try again."),
    sqlite3.SQLITE_LOCKED: ("{} is in use by another program.", "Wait until it has finished, then try again."),
    sqlite3.SQLITE_READONLY: (
        "{} cannot be written.",
        "Make the file and its folder writable for you, or name another place.",
    ),
    sqlite3.SQLITE_PERM: ("{} may not be opened.", "Make the file and its folder readable and writable for you."),
    sqlite3.SQLITE_CANTOPEN: (
        "{} cannot be opened.",
        "Check that its folder is there and that you may read and write it.",
    ),
    sqlite3.SQLITE_FULL: ("The disk that holds {} is full.", "Free some space, then do it again."),
    sqlite3.SQLITE_IOERR: (
        "The disk that holds {} refused to read or write.",
        "Check the disk and its free space, then do it again.",
    ),
    sqlite3.SQLITE_NOTADB: ("{} is not a database.", "Name another file, or restore this one from a backup."),
    sqlite3.SQLITE_CORRUPT: ("{} is damaged.", "Restore it from a backup."),
}

_PRIMARY = 0xFF


def _words(fault: Exception, place: str) -> tuple[str, str] | None:
    if isinstance(fault, sqlite3.Error):
        known = _BY_CODE.get(getattr(fault, "sqlite_errorcode", 0) & _PRIMARY)
        return known and (known[0].format(place), known[1])
    state = getattr(fault, "sqlstate", None)
    if state == "53100":
        return "The disk of the PostgreSQL server is full.", "Free some space there, then do it again."
    if state in {"25006", "42501"}:
        return f"{place} cannot be written by this user.", "Ask for the rights, or name another database."
    if state in {"55P03", "40P01", "40001"}:
        return f"{place} is in use by another program.", "Wait until it has finished, then try again."
    return None


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn the faults of a database into words. A fault of ours (a wrong statement) is left as it is."""
    try:
        yield
    except exc.DBAPIError as fault:
        words = _words(fault.orig, place) if isinstance(fault.orig, Exception) else None
        if words is None and isinstance(fault, exc.OperationalError) and not isinstance(fault.orig, sqlite3.Error):
            words = (
                f"{place} cannot be reached.",
                "Check that the server runs, and the address, user and password.",
            )
        if words is None:
            raise
        raise StoreError(*words) from fault
    except sqlite3.Error as fault:
        words = _words(fault, place)
        if words is None:
            raise
        raise StoreError(*words) from fault
