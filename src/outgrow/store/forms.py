"""How values of the database are said in plain JSON, and read back from what anybody may have written."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from outgrow.store import moments
from outgrow.store.rows import storable

_SMALL = 31  # bits of a whole number without its sign
_LARGE = 63


class Unfit(ValueError):  # noqa: N818 - names what is wrong
    """A value of a line is not what belongs there."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one or two columns are said as one value; `load` raises Unfit.

    `word` says what the value is. `columns` are the names of the columns, empty where there is one of the field's name.
    """

    word: str
    dump: Callable[..., Any]
    load: Callable[[Any], tuple[Any, ...]]
    columns: tuple[str, ...] = ()


def plain(column: sa.Column[Any]) -> Form:
    """Return the form of a column whose value is said as it is."""
    form = _PLAIN[type(column.type)]
    return _optional(form) if column.nullable else form


def _same(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value


def _whole(bits: int) -> Form:
    def load(value: Any) -> tuple[int]:  # noqa: ANN401 - JSON
        if type(value) is not int or not -(2**bits) <= value < 2**bits:
            message = f"a whole number of at most {bits + 1} bits"
            raise Unfit(message)
        return (value,)

    return Form("whole number", _same, load)


def _load_number(value: Any) -> tuple[float]:  # noqa: ANN401 - JSON
    if type(value) not in {int, float} or not math.isfinite(value):
        message = "a number"
        raise Unfit(message)
    return (float(value),)


def _load_text(value: Any) -> tuple[str]:  # noqa: ANN401 - JSON
    if type(value) is not str or storable(value) != value:
        message = "a text without NUL"
        raise Unfit(message)
    return (value,)


def _load_truth(value: Any) -> tuple[bool]:  # noqa: ANN401 - JSON
    if type(value) is not bool:
        message = "true or false"
        raise Unfit(message)
    return (value,)


_PLAIN = {
    sa.Integer: _whole(_SMALL),
    sa.BigInteger: _whole(_LARGE),
    sa.Double: Form("number", _same, _load_number),
    sa.Text: Form("text", _same, _load_text),
    sa.Boolean: Form("true or false", bool, _load_truth),
}


def _optional(form: Form) -> Form:
    """Return the form of what may be missing, in all of its columns at once."""
    none = (None,) * max(1, len(form.columns))

    def dump(*values: Any) -> Any:  # noqa: ANN401 - whatever the columns hold
        return None if values[0] is None else form.dump(*values)

    def load(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - JSON
        return none if value is None else form.load(value)

    return Form(f"{form.word} or null", dump, load, form.columns)


def _dump_moment(microseconds: int, seconds: int) -> str:
    return moments.moment(microseconds, seconds).isoformat()


def _load_moment(value: Any) -> tuple[int, int]:  # noqa: ANN401 - JSON
    try:
        when = datetime.fromisoformat(_load_text(value)[0])
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        message = "a moment such as 2026-03-02T09:00:00+01:00"
        raise Unfit(message)
    return moments.number(when), moments.offset(when)


def moment(microseconds: str, offset: str) -> Form:
    """Return the form of a moment in two columns, with its own offset from UTC."""
    return Form("moment", _dump_moment, _load_moment, (microseconds, offset))


def optional_moment(microseconds: str, offset: str) -> Form:
    """Return the form of a moment that may be missing."""
    return _optional(moment(microseconds, offset))


def _load_day(value: Any) -> tuple[int]:  # noqa: ANN401 - JSON
    try:
        return (date.fromisoformat(_load_text(value)[0]).toordinal(),)
    except ValueError:
        message = "a day such as 2026-03-02"
        raise Unfit(message) from None


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    if type(value) is not list:
        message = "a list of texts"
        raise Unfit(message)
    return [_load_text(each)[0] for each in value]


def _load_listed(value: Any) -> tuple[str]:  # noqa: ANN401 - JSON
    texts = _texts(value)
    return (msgspec.json.encode(texts).decode() if texts else "",)


def _load_drawn(value: Any) -> tuple[str]:  # noqa: ANN401 - JSON
    return (msgspec.json.encode(_texts(value)).decode(),)


def one_of(words: Collection[str]) -> Form:
    """Return the form of one word of several."""

    def load(value: Any) -> tuple[str]:  # noqa: ANN401 - JSON
        if value not in words:
            message = f"one of {', '.join(words)}"
            raise Unfit(message)
        return (value,)

    return Form("text", _same, load)


def some_of(words: Collection[str]) -> Form:
    """Return the form of any of several words; they are kept with commas between them."""

    def load(value: Any) -> tuple[str]:  # noqa: ANN401 - JSON
        if not set(_texts(value)) <= set(words):
            message = f"a list of some of {', '.join(words)}"
            raise Unfit(message)
        return (",".join(value),)

    return Form("list of texts", lambda text: text.split(",") if text else [], load)


def _load_body(value: Any) -> tuple[str]:  # noqa: ANN401 - JSON
    body = "" if value is None else msgspec.json.encode(value, order="deterministic").decode()
    if "\\u0000" in body or (value is not None and type(value) is not dict):
        message = "an object or null"
        raise Unfit(message)
    return (body,)


DAY = Form("day", lambda ordinal: date.fromordinal(ordinal).isoformat(), _load_day)
LIST = Form("list of texts", lambda text: msgspec.Raw(text.encode() or b"[]"), _load_listed)
DRAWN = Form("list of texts", lambda text: msgspec.Raw(text.encode()), _load_drawn)
BODY = Form("object or null", lambda text: msgspec.Raw(text.encode() or b"null"), _load_body)
