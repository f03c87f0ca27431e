"""Settings the person made, with their history."""

from datetime import datetime

from outgrow.store import journal, schema
from outgrow.store.database import Transaction
from outgrow.store.moments import moment
from outgrow.store.rows import storable


def put(tx: Transaction, key: str, value: str, at: datetime) -> int:
    """Keep the value of a setting from now on."""
    said = journal.say(tx, "setting", at)
    tx.add(schema.settings, [(said, key, storable(value))])
    return said


def everything(tx: Transaction) -> dict[str, str]:
    """Return the settings as last said."""
    return {row.key: row.value for row in tx.connection.execute(journal.live(tx, schema.settings))}


def get(tx: Transaction, key: str, default: str = "") -> str:
    """Return one setting as last said, or the default."""
    return everything(tx).get(key, default)


def history(tx: Transaction, key: str) -> list[tuple[datetime, str]]:
    """Return when a setting was given which value, oldest first; what was taken back is left out."""
    table, spoken = schema.settings, schema.said
    joined = (table.c.person == spoken.c.person) & (table.c.said == spoken.c.number)
    wanted = (
        journal.live(tx, table)
        .join(spoken, joined)
        .where(table.c.key == key)
        .with_only_columns(spoken.c.at_us, spoken.c.at_offset, table.c.value)
    )
    return [(moment(row.at_us, row.at_offset), row.value) for row in tx.connection.execute(wanted)]
