"""Values of any dataclass, every text of which says a word: what is added to one later is filled, too."""

import types
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

DAY = date(2026, 8, 12)
_Kind = TypeVar("_Kind")
_GIVEN: Mapping[type, object] = {bool: True, int: 48213, float: 0.25, date: DAY}


def filled(kind: type[_Kind], word: str, /, **given: object) -> _Kind:
    """Return a value of a kind: its texts say their names and the word, what is `given` stays so."""
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind) if each.name not in given]  # type: ignore[arg-type] # a dataclass
    return kind(**{name: _value(hints[name], name, word) for name in names}, **given)


def _value(hint: Any, name: str, word: str) -> object:  # noqa: ANN401, PLR0911 - a type hint, one kind a line
    if name == "ref":
        return "a"
    if name == "refs":
        return ("a",)
    if name == "url":
        return f"https://example.com/{word}"
    if hint is str:
        return f"{name} {word}"
    if get_origin(hint) in {Union, types.UnionType}:
        return _value(next(each for each in get_args(hint) if each is not type(None)), name, word)
    if get_origin(hint) is tuple:
        return (_value(get_args(hint)[0], name, word),)
    if issubclass(hint, Enum):
        return list(hint)[-1]
    return _GIVEN[hint] if hint in _GIVEN else filled(hint, word)
