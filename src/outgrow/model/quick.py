"""Frozen dataclasses that are made in two thirds of the time."""

from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def quick(cls: type[T]) -> type[T]:
    """Let a frozen dataclass with slots fill them directly; all else about it stays. Its fields are keywords.

    The `__init__` that it has looks up every slot by its name, which is most of the work of making a value.
    """
    _fill_directly(cls)
    return cls


def _fill_directly(cls: Any) -> None:  # noqa: ANN401 - no type tells that a class is a dataclass with slots
    names = [each.name for each in fields(cls)]
    lines = [f"def __init__(self, *, {', '.join(names)}):", *(f"    fill_{name}(self, {name})" for name in names)]
    made: dict[str, Any] = {f"fill_{name}": getattr(cls, name).__set__ for name in names}
    exec("\n".join(lines), made)  # noqa: S102 - names of our own fields; dataclasses itself makes it in this way
    init, plain = made["__init__"], cls.__init__
    init.__kwdefaults__, init.__annotations__ = plain.__kwdefaults__, plain.__annotations__
    init.__qualname__, init.__module__ = plain.__qualname__, plain.__module__
    cls.__init__ = init
