"""Tells whether what is computed of activities is as it was: hours, grouping, proposals."""

from outgrow.store.database import Transaction

_MOST = 2**31 - 1


def stamp(tx: Transaction) -> int | None:
    """Return a number that differs after every such change, whoever made it; None where that cannot be told.

    What the person says is no such change. SQLite keeps the number in the head of its file.
    """
    if tx.dialect != "sqlite":
        return None
    return int(tx.connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def renew(tx: Transaction) -> None:
    """Note such a change; it is kept or undone with the rest of the transaction."""
    before = stamp(tx)
    if before is not None:
        tx.connection.exec_driver_sql(f"PRAGMA user_version = {before % _MOST + 1}")
