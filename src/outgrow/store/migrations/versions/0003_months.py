"""The work of whole months is kept packed, and the few whole days of calendars have an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: As in 0001: the index holds few rows, and few of one key.
EXPECTED = "'activities', 'activities_whole_days', '1000 1000 2'"


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "months",
        sa.Column("person", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("work", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    whole = sa.text("kind = 'meeting' AND precision = 'day'")
    op.create_index(
        "activities_whole_days", "activities", ["person", "starts"], sqlite_where=whole, postgresql_where=whole
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ({EXPECTED})")  # noqa: S608 - our own words
        op.execute("ANALYZE sqlite_schema")  # has this connection read it
