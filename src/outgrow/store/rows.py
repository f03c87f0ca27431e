"""An activity as a row of its table, and back."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Any

import msgspec

from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, State, Visibility, ZoneCertainty
from outgrow.store.database import Transaction
from outgrow.store.moments import counted, moment
from outgrow.store.schema import activities

Row = tuple[Any, ...]

#: The columns that tell of the activity itself, in the order of the table; before them stand the store's own.
TOLD = tuple(column.name for column in activities.columns)[6:]

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(tuple[str, ...]).decode

_BACKSLASH = ord("\\")
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


def written(activity: Activity) -> Written:
    """Prepare an activity for its table.

    `content` is a hash of all that the source tells but where it stands in the file and under which id or revision. A
    hash has 8 bytes: two of a million activities meet with a chance of 3 in 100 million.
    """
    source, account, native_id, occurrence = activity.source, activity.account, activity.native_id, activity.occurrence
    try:
        told = _told(activity)
        said, read = _encode((source, account, native_id, occurrence)), _encode(told)
    except UnicodeEncodeError:
        return written(_storable(activity))
    if _holds_nul(said) or _holds_nul(read):
        cleaned = _storable(activity)
        if cleaned != activity:
            return written(cleaned)
    revision, content = min(activity.revision, _HIGHEST), _hash(read)
    values = (native_id, occurrence, revision, activity.line, content, *told)
    return Written((source, account), _hash(said), revision, content, values)


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


def _hash(encoded: bytes) -> int:
    return int.from_bytes(blake2b(encoded, digest_size=8).digest(), signed=True)


def _holds_nul(encoded: bytes) -> bool:
    # Most have no backslash at all, and a single character is found ten times as fast.
    return _BACKSLASH in encoded and _NUL in encoded


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
