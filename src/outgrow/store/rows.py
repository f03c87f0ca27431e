"""An activity as a row of its table, and back."""

import re
import struct
from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import msgspec

from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, State, Visibility, ZoneCertainty
from outgrow.store.database import Transaction
from outgrow.store.moments import counted, moment
from outgrow.store.schema import activities

Row = tuple[Any, ...]

#: The columns that tell of the activity itself, in the order of the table; before them stand the store's own.
TOLD = tuple(column.name for column in activities.columns)[6:]

_key = attrgetter("source", "account", "native_id", "occurrence")
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


class Written(msgspec.Struct, frozen=True):
    """An activity ready to be written: `values` are the columns TOLD."""

    origin: _Key
    identity: int
    revision: int
    content: int
    values: Row


def written(activities: list[Activity]) -> list[Written]:
    """Prepare activities for their table, step by step for all of them: that takes less than one by one.

    `content` is a hash of all that the source tells but where it stands in the file and under which id or revision. A
    hash has 8 bytes: two of a million activities meet with a chance of 3 in 100 million.
    """
    try:
        told = list(map(_told, activities))
        said, read = list(map(_encode, map(_key, activities))), list(map(_encode, told))
    except UnicodeEncodeError:
        return written(list(map(_storable, activities)))
    if _NUL in b"".join((*said, *read)):
        cleaned = list(map(_storable, activities))
        if cleaned != activities:
            return written(cleaned)
    return list(map(_written, activities, _hashes(said), _hashes(read), told))


def _written(activity: Activity, identity: int, content: int, told: Row) -> Written:
    revision = min(activity.revision, _HIGHEST)
    values = (activity.native_id, activity.occurrence, revision, activity.line, content, *told)
    return Written((activity.source, activity.account), identity, revision, content, values)


def _told(activity: Activity) -> Row:
    """Return the columns that `content` speaks for.

    `_value_` is the attribute behind `value`, which is computed anew at each call.
    """
    return (
        *counted(activity.start),
        *counted(activity.end),
        activity.kind._value_,
        activity.title,
        activity.precision._value_,
        activity.zone,
        activity.zone_certainty._value_,
        activity.minutes,
        activity.basis._value_,
        activity.project,
        activity.series,
        activity.role._value_,
        activity.state._value_,
        activity.visibility._value_,
        activity.url,
        _listed(activity.tags),
        _listed(activity.people),
        _listed(activity.references),
        _listed(activity.warnings),
    )


def _listed(texts: tuple[str, ...]) -> str:
    return _encode(texts).decode() if texts else ""


def _hashes(encoded: Sequence[bytes]) -> tuple[int, ...]:
    digests = b"".join([blake2b(each, digest_size=8).digest() for each in encoded])
    return struct.unpack(f">{len(encoded)}q", digests)


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
