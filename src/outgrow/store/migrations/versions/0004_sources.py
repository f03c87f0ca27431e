"""An index from which the activities of every source are counted without reading them."""

from alembic import op

revision = "0004"
down_revision = "0003"

#: As in 0001: many rows of one source, and few of one moment in it.
EXPECTED = "'activities', 'activities_sources', '1000000 1000000 500000 500000 2 2'"


def upgrade() -> None:
    """Make the index."""
    op.create_index("activities_sources", "activities", ["person", "source", "gone", "starts", "start_offset"])
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ({EXPECTED})")  # noqa: S608 - our own words
        op.execute("ANALYZE sqlite_schema")  # has this connection read it
