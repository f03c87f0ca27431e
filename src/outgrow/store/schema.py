"""The tables, once, for SQLite and PostgreSQL.

Every key begins with `person`. Numbers are given out in rising order, so that new rows go to the end of their table.
Moments are whole microseconds since 1970 in UTC, with the offset from UTC in seconds beside them: exact, sortable, and
good for the years 1 and 9999, where a date with a zone cannot be turned into UTC. Days are `date.toordinal()`.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    literal,
    literal_column,
    text,
)

from outgrow.store.moments import DAY_US, EPOCH_DAY, SECOND_US

#: Every revision there has been, oldest first. The last one is what this version of outgrow works with.
REVISIONS = ("0001", "0002", "0003", "0004")

#: Longer activities have an index of their own, so that a period is read without looking at all that came before.
LONG_US = 36 * 3600 * 1_000_000

metadata = MetaData()


def _key(name: str, kind: type[Integer | Text] = Integer) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str, kind: type[Integer] = Integer) -> Column[int]:
    return Column(name, kind, nullable=False)


def _table(name: str, *parts: Column[Any] | ForeignKeyConstraint) -> Table:
    return Table(name, metadata, _key("person"), *parts, sqlite_with_rowid=False)


def _said_by(name: str = "said") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["person", name], ["said.person", "said.number"])


# What sources told.

sources = _table("sources", _key("number"), _words("source"), _words("account"))

runs = _table(
    "runs",
    _key("number"),
    _words("importer"),
    _words("account"),
    _words("location"),
    _words("file_hash"),
    _number("at_us", BigInteger),
    _number("at_offset"),
    Column("complete", Boolean, nullable=False),
    *map(_number, ("records", "activities", "problems", "new", "changed", "unchanged", "gone")),
)

problems = _table(
    "problems",
    _key("run"),
    _key("number"),
    _number("line"),
    _words("reason"),
    _words("remedy"),
    _words("raw"),
    ForeignKeyConstraint(["person", "run"], ["runs.person", "runs.number"], deferrable=True, initially="DEFERRED"),
)

#: `identity` and `content` are 8-byte hashes (see rows.py); `gone` is 0 or the number of the run that missed it;
#: a taken-back capture has gone = -1. `run` brought the present version, `line` is its place in that run's file.
activities = _table(
    "activities",
    _key("id"),
    _number("source"),
    _number("identity", BigInteger),
    _number("run"),
    _number("gone"),
    _words("native_id"),
    _words("occurrence"),
    _number("revision", BigInteger),
    _number("line"),
    _number("content", BigInteger),
    Column("starts", BigInteger),
    Column("start_offset", Integer),
    Column("ends", BigInteger),
    Column("end_offset", Integer),
    *map(_words, ("kind", "title", "precision", "zone", "zone_certainty")),
    Column("minutes", Double),
    *map(_words, ("basis", "project", "series", "role", "state", "visibility", "url")),
    *map(_words, ("tags", "people", "refs", "warnings")),
)
Index("activities_identity", activities.c.person, activities.c.identity, unique=True)
Index("activities_starts", activities.c.person, activities.c.starts)
#: All that is asked of a whole source: how many there are, and from when to when.
Index(
    "activities_sources",
    activities.c.person,
    activities.c.source,
    activities.c.gone,
    activities.c.starts,
    activities.c.start_offset,
)
_LONG = text(f"ends - starts > {LONG_US}")
Index("activities_long", activities.c.person, activities.c.starts, sqlite_where=_LONG, postgresql_where=_LONG)
#: The whole days of calendars: holidays, leave and the like, few among all activities. It has no type, for of what is
#: Boolean SQLite is asked whether it is 1, and then finds no index.
WHOLE_DAY: ColumnElement[Any] = literal_column("kind = 'meeting' AND precision = 'day'")
Index(
    "activities_whole_days",
    activities.c.person,
    activities.c.starts,
    sqlite_where=WHOLE_DAY,
    postgresql_where=WHOLE_DAY,
)


def local(moment: ColumnElement[Any], offset: ColumnElement[Any]) -> ColumnElement[Any]:
    """Reckon a moment on its local clock within the database: local microseconds since 1970."""
    return moment + offset * literal(SECOND_US, BigInteger)


def local_day(moment: ColumnElement[Any], offset: ColumnElement[Any]) -> ColumnElement[Any]:
    """Reckon the local day of a moment within the database, as an ordinal; none lies before 1: division rounds down."""
    return (local(moment, offset) + EPOCH_DAY * DAY_US) // literal(DAY_US, BigInteger)


#: A series whose name a source changed (regenerated UIDs) keeps the one it was first known by.
series_names = _table("series_names", _key("source"), _key("said", Text), _words("kept"))

# What the person said: never rewritten. `retracts` is the number of the statement that an undo takes back.

said = _table(
    "said",
    _key("number"),
    _words("kind"),
    _number("at_us", BigInteger),
    _number("at_offset"),
    Column("retracts", Integer),
    ForeignKeyConstraint(["person", "retracts"], ["said.person", "said.number"]),
)
Index("said_retracts", said.c.person, said.c.retracts, unique=True)

pins = _table("pins", _key("said"), _key("key", Text), _words("workstream"), _said_by())

names = _table("names", _key("said"), _words("workstream"), _words("name"), _said_by())

judgements = _table(
    "judgements",
    _key("said"),
    _words("workstream"),
    _words("value"),
    _number("since"),
    _words("reasons"),
    Column("discomfort", Integer),
    Column("audit", Integer),
    _said_by(),
    _said_by("audit"),
)

exceptions = _table(
    "exceptions",
    _key("said"),
    _key("activity"),
    _said_by(),
    ForeignKeyConstraint(["person", "activity"], ["activities.person", "activities.id"]),
)

audits = _table(
    "audits",
    _key("said"),
    _number("first"),
    _number("last"),
    _words("name"),
    _number("seed", BigInteger),
    _words("drawn"),
    Column("guess", Double),
    _said_by(),
)

skips = _table("skips", _key("said"), _number("audit"), _words("workstream"), _said_by(), _said_by("audit"))

captures = _table(
    "captures",
    _key("said"),
    _number("activity"),
    _said_by(),
    ForeignKeyConstraint(["person", "activity"], ["activities.person", "activities.id"]),
)

felt = _table("felt", _key("said"), _number("week"), _number("score"), _said_by())

settings = _table("settings", _key("said"), _words("key"), _words("value"), _said_by())

choices = _table(
    "choices", _key("said"), _words("importer"), _words("signature"), _words("question"), _words("answer"), _said_by()
)

unlinked = _table("unlinked", _key("said"), _number("first"), _number("second"), _said_by())

#: `number` is that of the statement that first told of the thing; `body` is JSON, empty where the thing was withdrawn.
versions = _table(
    "versions",
    _key("said"),
    _number("number"),
    _words("kind"),
    _words("body"),
    _said_by(),
    _said_by("number"),
)

# What was computed: may be dropped and is then built again.

dirty = _table("dirty", _key("first"), _key("last"))

#: `pin` is the workstream the topic was pinned to when it was grouped, empty for a free one.
topics = _table(
    "topics",
    _key("number"),
    _words("key"),
    _words("workstream"),
    _words("title"),
    _number("first_seen"),
    Column("weight", Double, nullable=False),
    _words("context"),
    _words("pin"),
)

workstream_names = _table("workstream_names", _key("workstream", Text), _words("name"))

counted = _table("counted", _key("activity"), _number("topic"), Column("hours", Double, nullable=False))

proposals = _table("proposals", _key("activity"), Column("probability", Double, nullable=False), _words("reason"))

weeks = _table("weeks", _key("week"), Column("hours", Double, nullable=False))

topic_weeks = _table("topic_weeks", _key("week"), _key("topic"), Column("hours", Double, nullable=False))

#: The work of months that have all proposals, from their first day on (see months.py).
months = _table("months", _key("first"), Column("work", LargeBinary, nullable=False))

#: What a rebuild drops, and nothing else. `dirty` is not among them: it says what is still to be computed.
COMPUTED = (topics, workstream_names, counted, proposals, weeks, topic_weeks, months)
