"""An activity as a row of its table, and back."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, State, Visibility, ZoneCertainty
from outgrow.store.database import Transaction
from outgrow.store.moments import moment, number, offset
from outgrow.store.schema import activities

Row = tuple[Any, ...]

#: The columns that tell of the activity itself, in the order of the table; before them stand the store's own.
TOLD = tuple(column.name for column in activities.columns)[6:]

# One call for all plain fields. `_value_` is the attribute behind `value`, which is computed anew at each call.
_origin = attrgetter("source", "account", "native_id", "occurrence")
_plain = attrgetter(
    "kind._value_",
    "title",
    "precision._value_",
    "zone",
    "zone_certainty._value_",
    "minutes",
    "basis._value_",
    "project",
    "series",
    "role._value_",
    "state._value_",
    "visibility._value_",
    "url",
)
_lists = attrgetter("tags", "people", "references", "warnings")
_EMPTY = ("", "", "", "")
_UNDATED = (None, None)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(tuple[str, ...]).decode

_NUL = b"\\u0000"
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_HIGHEST = 2**63 - 1

# Dictionaries, since calling an enumeration costs a microsecond.
_KIND = {each.value: each for each in Kind}
_PRECISION = {each.value: each for each in Precision}
_ZONE_CERTAINTY = {each.value: each for each in ZoneCertainty}
_BASIS = {each.value: each for each in DurationBasis}
_ROLE = {each.value: each for each in Role}
_STATE = {each.value: each for each in State}
_VISIBILITY = {each.value: each for each in Visibility}

_Key = tuple[str, str]


class Written(NamedTuple):
    """An activity ready to be written: `values` are the columns TOLD."""

    origin: _Key
    identity: int
    revision: int
    content: int
    values: Row


def written(activity: Activity) -> Written:
    """Prepare an activity for its table.

    `content` is a hash of all that the source tells but where it stands in the file and under which id or revision. A
    hash has 8 bytes: two of a million activities meet with a chance of 3 in 100 million.
    """
    source, account, native_id, occurrence = origin = _origin(activity)
    start, end, lists = activity.start, activity.end, _lists(activity)
    try:
        told = (
            *(_UNDATED if start is None else (number(start), offset(start))),
            *(_UNDATED if end is None else (number(end), offset(end))),
            *_plain(activity),
            *([_encode(each).decode() if each else "" for each in lists] if any(lists) else _EMPTY),
        )
        said, read = _encode(origin), _encode(told)
    except UnicodeEncodeError:
        return written(_storable(activity))
    if _NUL in said or _NUL in read:
        cleaned = _storable(activity)
        if cleaned != activity:
            return written(cleaned)
    identity = int.from_bytes(blake2b(said, digest_size=8).digest(), signed=True)
    content = int.from_bytes(blake2b(read, digest_size=8).digest(), signed=True)
    revision = min(activity.revision, _HIGHEST)
    values = (native_id, occurrence, revision, activity.line, content, *told)
    return Written((source, account), identity, revision, content, values)


def storable(text: str) -> str:
    """Replace what a database cannot keep in a text: NUL and halves of surrogate pairs."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _storable(activity: Activity) -> Activity:
    changed: dict[str, Any] = {}
    for field in fields(activity):
        value = getattr(activity, field.name)
        if type(value) is str:
            changed[field.name] = storable(value)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(map(storable, value))
    return replace(activity, **changed)


def activity_of(origin: _Key, values: Sequence[Any]) -> Activity:
    """Return the activity that was written as the columns TOLD."""
    (
        native_id, occurrence, revision, line, _content, starts, start_offset, ends, end_offset,
        kind, title, precision, zone, zone_certainty, minutes, basis, project, series, role, state, visibility, url,
        tags, people, references, warnings,
    ) = values  # fmt: skip
    return Activity(
        source=origin[0],
        account=origin[1],
        native_id=native_id,
        occurrence=occurrence,
        revision=revision,
        line=line,
        kind=_KIND[kind],
        title=title,
        start=None if starts is None else moment(starts, start_offset),
        end=None if ends is None else moment(ends, end_offset),
        precision=_PRECISION[precision],
        zone=zone,
        zone_certainty=_ZONE_CERTAINTY[zone_certainty],
        minutes=minutes,
        basis=_BASIS[basis],
        project=project,
        series=series,
        tags=_decode(tags) if tags else (),
        people=_decode(people) if people else (),
        role=_ROLE[role],
        state=_STATE[state],
        visibility=_VISIBILITY[visibility],
        url=url,
        references=_decode(references) if references else (),
        warnings=_decode(warnings) if warnings else (),
    )


def update_rows(tx: Transaction, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Write some columns of activities; each row holds their values and the id."""
    if rows:
        mark = "?" if tx.dialect == "sqlite" else "%s"
        sets = ", ".join(f"{name} = {mark}" for name in columns)
        statement = f"UPDATE activities SET {sets} WHERE person = {tx.person:d} AND id = {mark}"  # noqa: S608 - our own names
        tx.connection.exec_driver_sql(statement, list(rows))
