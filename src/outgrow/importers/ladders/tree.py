"""What a YAML or JSON file says, as written: texts, lists and named entries, each with its line.

Nothing is made of the texts: `no` stays "no", `1.10` stays "1.10", and no tag names a class.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from outgrow.model.problem import Problem

#: How deep entries may lie within each other, and how many there may be once references are followed.
DEEPEST = 40
MOST = 100_000
_RAW_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Node:
    """A text, a list (`items`) or named entries (`fields`, names in lower case); `line` is 0 where it is not known."""

    line: int = 0
    text: str = ""
    items: tuple["Node", ...] = ()
    fields: Mapping[str, "Node"] = field(default_factory=dict)
    size: int = 1

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.text or self.items or self.fields)

    def get(self, *names: str) -> "Node":
        """Return the first entry of these names that says anything; an empty one where there is none."""
        return next((self.fields[name] for name in names if self.fields.get(name)), Node(self.line))

    def each(self) -> tuple["Node", ...]:
        """Return its items; what is no list is one of itself, what says nothing is none."""
        return self.items or ((self,) if self else ())

    def leaves(self) -> Iterator["Node"]:
        """Yield all texts in it."""
        if self.text:
            yield self
        for each in (*self.items, *self.fields.values()):
            yield from each.leaves()


def listing(line: int, items: Iterable[Node]) -> Node:
    """Return a list."""
    items = tuple(items)
    return Node(line, items=items, size=1 + sum(each.size for each in items))


def named(line: int, pairs: Iterable[tuple[str, Node]], problems: list[Problem]) -> Node:
    """Return named entries. Of a name that stands twice the first holds, and the second becomes a problem."""
    fields: dict[str, Node] = {}
    for name, node in pairs:
        key = name.strip().casefold()
        if key in fields:
            problems.append(_twice(name, node, fields[key]))
        else:
            fields[key] = node
    return Node(line, fields=fields, size=1 + sum(each.size for each in fields.values()))


def _twice(name: str, node: Node, first: Node) -> Problem:
    place = f", first in line {first.line}" if first.line else ""
    return Problem(
        line=node.line,
        reason=f"{name[:60]!r} stands twice in one entry{place}; what stands here is not read",
        remedy="Put both into one.",
        raw="\n".join(each.text for each in node.leaves())[:_RAW_CHARS],
    )
