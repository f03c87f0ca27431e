"""The first schema."""

from alembic import op

from outgrow.store.schema import metadata

revision = "0001"
down_revision = None

#: Rows in all, rows of a person, rows of one key: what SQLite is to expect, so that it takes the index that fits. Left
#: alone it takes the rows of one person for few and reads all of them.
EXPECTED = {
    ("activities", "activities"): "1000000 1000000 1",
    ("activities", "activities_identity"): "1000000 1000000 1",
    ("activities", "activities_starts"): "1000000 1000000 2",
    ("activities", "activities_long"): "1000 1000 2",
    ("counted", "counted"): "1000000 1000000 1",
    ("proposals", "proposals"): "1000000 1000000 1",
}


def upgrade() -> None:
    """Make every table."""
    metadata.create_all(op.get_bind())
    if op.get_context().dialect.name == "sqlite":
        _expect_many_rows()


def _expect_many_rows() -> None:
    op.execute("ANALYZE")  # makes the table of statistics
    for (table, index), numbers in EXPECTED.items():
        op.execute(f"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{index}', '{numbers}')")  # noqa: S608 - our own words
    op.execute("ANALYZE sqlite_schema")  # has this connection read them
