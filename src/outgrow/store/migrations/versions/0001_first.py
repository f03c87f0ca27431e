"""The first schema, as it was then: not to be changed when schema.py is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TYPES = {"int": sa.Integer, "big": sa.BigInteger, "text": sa.Text, "real": sa.Double, "bool": sa.Boolean}

#: Of each column its name, its type, and whether it is part of the key or may be null. All begin with `person`.
TABLES = {
    "sources": "number int key, source text, account text",
    "runs": (
        "number int key, importer text, account text, location text, file_hash text, at_us big, at_offset "
        "int, complete bool, records int, activities int, problems int, new int, changed int, unchanged int, "
        "gone int"
    ),
    "problems": "run int key, number int key, line int, reason text, remedy text, raw text",
    "activities": (
        "id int key, source int, identity big, run int, gone int, native_id text, occurrence text, revision "
        "big, line int, content big, starts big null, start_offset int null, ends big null, end_offset int "
        "null, kind text, title text, precision text, zone text, zone_certainty text, minutes real null, "
        "basis text, project text, series text, role text, state text, visibility text, url text, tags text, "
        "people text, refs text, warnings text"
    ),
    "series_names": "source int key, said text key, kept text",
    "said": "number int key, kind text, at_us big, at_offset int, retracts int null",
    "pins": "said int key, key text key, workstream text",
    "names": "said int key, workstream text, name text",
    "judgements": (
        "said int key, workstream text, value text, since int, reasons text, discomfort int null, audit int null"
    ),
    "exceptions": "said int key, activity int key",
    "audits": "said int key, first int, last int, name text, seed big, drawn text, guess real null",
    "skips": "said int key, audit int, workstream text",
    "captures": "said int key, activity int",
    "felt": "said int key, week int, score int",
    "settings": "said int key, key text, value text",
    "choices": "said int key, importer text, signature text, question text, answer text",
    "unlinked": "said int key, first int, second int",
    "dirty": "first int key, last int key",
    "topics": (
        "number int key, key text, workstream text, title text, first_seen int, weight real, context text, pin text"
    ),
    "workstream_names": "workstream text key, name text",
    "counted": "activity int key, topic int, hours real",
    "proposals": "activity int key, probability real, reason text",
    "weeks": "week int key, hours real",
    "topic_weeks": "week int key, topic int key, hours real",
}

#: Columns that, with `person`, refer to a column of another table.
REFERENCES = {
    ("audits", "said"): ("said", "number"),
    ("captures", "activity"): ("activities", "id"),
    ("captures", "said"): ("said", "number"),
    ("choices", "said"): ("said", "number"),
    ("exceptions", "activity"): ("activities", "id"),
    ("exceptions", "said"): ("said", "number"),
    ("felt", "said"): ("said", "number"),
    ("judgements", "audit"): ("said", "number"),
    ("judgements", "said"): ("said", "number"),
    ("names", "said"): ("said", "number"),
    ("pins", "said"): ("said", "number"),
    ("problems", "run"): ("runs", "number"),
    ("said", "retracts"): ("said", "number"),
    ("settings", "said"): ("said", "number"),
    ("skips", "audit"): ("said", "number"),
    ("skips", "said"): ("said", "number"),
    ("unlinked", "said"): ("said", "number"),
}

LONG = "ends - starts > 129600000000"

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
    for name, columns in TABLES.items():
        parts = [_column(said) for said in ("person int key", *columns.split(", "))]
        op.create_table(name, *parts, *_references(name), sqlite_with_rowid=False)
    op.create_index("activities_identity", "activities", ["person", "identity"], unique=True)
    op.create_index("activities_starts", "activities", ["person", "starts"])
    long = sa.text(LONG)
    op.create_index("activities_long", "activities", ["person", "starts"], sqlite_where=long, postgresql_where=long)
    op.create_index("said_retracts", "said", ["person", "retracts"], unique=True)
    if op.get_context().dialect.name == "sqlite":
        _expect_many_rows()


def _column(said: str) -> sa.Column[int]:
    name, kind, *more = said.split()
    return sa.Column(name, TYPES[kind], primary_key="key" in more, nullable="null" in more, autoincrement=False)


def _references(table: str) -> list[sa.ForeignKeyConstraint]:
    # A run is written after its problems, when it is known how many there were.
    late = table == "problems"
    return [
        sa.ForeignKeyConstraint(
            ["person", column],
            [f"{other}.person", f"{other}.{number}"],
            deferrable=late or None,
            initially="DEFERRED" if late else None,
        )
        for (owner, column), (other, number) in REFERENCES.items()
        if owner == table
    ]


def _expect_many_rows() -> None:
    op.execute("ANALYZE")  # makes the table of statistics
    for (table, index), numbers in EXPECTED.items():
        op.execute(f"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{index}', '{numbers}')")  # noqa: S608 - our own words
    op.execute("ANALYZE sqlite_schema")  # has this connection read them
