"""What the person said about workstreams: pins of topic keys, names, merges and splits. Merges and splits are pins."""

from collections.abc import Collection, Mapping
from datetime import datetime

from outgrow.store import journal, schema
from outgrow.store.database import Transaction
from outgrow.store.rows import storable


def add_pins(tx: Transaction, said: int, pinned: Mapping[str, str]) -> None:
    """Append pins (key to workstream) as part of a statement."""
    tx.add(schema.pins, [(said, storable(key), workstream) for key, workstream in pinned.items()])


def pin(tx: Transaction, pinned: Mapping[str, str], at: datetime) -> int:
    """Keep that topic keys belong to workstreams until the person says otherwise."""
    said = journal.say(tx, "pin", at)
    add_pins(tx, said, pinned)
    return said


def pins(tx: Transaction) -> dict[str, str]:
    """Return the workstream of every pinned key, as last said."""
    return {row.key: row.workstream for row in tx.connection.execute(journal.live(tx, schema.pins))}


def once_pinned(tx: Transaction, workstream: str) -> set[str]:
    """Return the keys that were ever pinned to a workstream, wherever they belong by now."""
    wanted = journal.live(tx, schema.pins).where(schema.pins.c.workstream == workstream)
    return {row.key for row in tx.connection.execute(wanted)}


def rename(tx: Transaction, workstream: str, name: str, keys: Collection[str], at: datetime) -> int:
    """Name a workstream and pin its keys to it."""
    said = journal.say(tx, "name", at)
    tx.add(schema.names, [(said, workstream, storable(name))])
    add_pins(tx, said, dict.fromkeys(keys, workstream))
    return said


def names(tx: Transaction) -> dict[str, str]:
    """Return the names the person gave, by workstream, as last said."""
    return {row.workstream: row.name for row in tx.connection.execute(journal.live(tx, schema.names))}


def merge(tx: Transaction, into: str, name: str, keys: Collection[str], at: datetime) -> int:
    """Keep that the keys of other workstreams belong to one, and the name it has."""
    said = journal.say(tx, "merge", at)
    if name:
        tx.add(schema.names, [(said, into, storable(name))])
    add_pins(tx, said, dict.fromkeys(keys, into))
    return said


def split(tx: Transaction, workstream: str, keys: Collection[str], at: datetime) -> int:
    """Keep that some keys are a workstream of their own."""
    said = journal.say(tx, "split", at)
    add_pins(tx, said, dict.fromkeys(keys, workstream))
    return said
