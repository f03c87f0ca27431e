"""JSON as a tree."""

import json
from typing import Any, NoReturn

from outgrow.importers.contract import Unreadable
from outgrow.importers.ladders.tree import DEEPEST, Node, listing, named
from outgrow.model.problem import Problem


class _Pairs(list[tuple[str, Any]]):
    """The entries of an object, in their order, with names that stand twice."""


def read_json(raw: bytes) -> tuple[Node, list[Problem]]:
    """Return what the text says, and what could not be read. Raises Unreadable where it is no JSON."""
    problems: list[Problem] = []
    try:
        value = json.loads(
            raw.decode(json.detect_encoding(raw), "replace").lstrip("\ufeff"),
            object_pairs_hook=_Pairs,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
    except json.JSONDecodeError as fault:
        reason = f"it is no JSON from line {fault.lineno}, column {fault.colno} on: {fault.msg}"
        raise Unreadable(reason, "Correct it there, or export the ladder again.") from None
    except RecursionError:
        _too_deep()
    return _node(value, 0, problems), problems


def _node(value: Any, depth: int, problems: list[Problem]) -> Node:  # noqa: ANN401 - JSON
    if depth > DEEPEST:
        _too_deep()
    if isinstance(value, _Pairs):
        return named(0, [(name, _node(each, depth + 1, problems)) for name, each in value], problems)
    if isinstance(value, list):
        return listing(0, [_node(each, depth + 1, problems) for each in value])
    return Node(0, "" if value is None else str(value))


def _too_deep() -> NoReturn:
    reason = f"its entries lie more than {DEEPEST} deep within each other"
    raise Unreadable(reason, "Check that it is a ladder.")
