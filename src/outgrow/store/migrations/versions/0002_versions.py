"""What the person writes and revises, in versions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "versions",
        sa.Column("person", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("said", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["person", "said"], ["said.person", "said.number"]),
        sa.ForeignKeyConstraint(["person", "number"], ["said.person", "said.number"]),
        sqlite_with_rowid=False,
    )
