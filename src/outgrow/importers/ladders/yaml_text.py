"""YAML as a tree, read event by event: no object is ever made of it, and a line that breaks it costs itself alone."""

import re
from collections.abc import Iterator, MutableSequence, Sequence

import yaml

from outgrow.importers.contract import Unreadable
from outgrow.importers.ladders.tree import DEEPEST, MOST, Node, listing, named
from outgrow.model.problem import Problem

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REPAIRS = 30
_ABOVE = 3
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_UNPRINTABLE = re.compile("[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = str.maketrans(dict.fromkeys("\n\r\x0b\x0c\x85\u2028\u2029", " "))  # YAML would count them as lines
_REMEDY = "Correct this line and import the file again."


def read_yaml(lines: MutableSequence[str], first: int = 1) -> tuple[Node, list[Problem]]:
    """Return what the lines say, the first of them being line `first` of the file, and what could not be read.

    A line that breaks the rest is left out and told. Raises Unreadable when there are too many of them.
    """
    lines[:] = [_UNPRINTABLE.sub("\ufffd", line.translate(_BREAKS)) for line in lines]
    told: list[Problem] = []
    for _ in range(_REPAIRS):
        composer = _Composer("\n".join(lines), first)
        try:
            root = composer.document()
        except yaml.MarkedYAMLError as fault:
            told.append(_repair(lines, fault, first))
        else:
            return root, sorted(told + composer.problems, key=lambda each: each.line)
    reason = f"more than {_REPAIRS} lines of it are no YAML, the first being line {min(each.line for each in told)}"
    raise Unreadable(reason, "Check that it is a YAML file, and correct that line first.")


def _repair(lines: MutableSequence[str], fault: yaml.MarkedYAMLError, first: int) -> Problem:
    """Make the line harmless that a fault comes from, and tell of it."""
    noticed = min(_lines_of(fault)[0], len(lines) - 1)
    tab = _tab(lines[noticed])
    if tab >= 0:
        raw = lines[noticed]
        lines[noticed] = raw[:tab] + raw[tab:].replace("\t", " ")
        reason = f"a tab in column {tab + 1}, where YAML allows spaces alone; it was read as a space"
        return Problem(line=noticed + first, reason=reason, remedy="Put a space there.", raw=raw)
    line = max(_suspects(lines, fault), key=lambda each: _reach(lines, each))
    raw, lines[line] = lines[line], ""
    seen = f" (noticed in line {noticed + first})" if noticed != line else ""
    reason = f"this line is no YAML{seen}: {fault.problem or fault.context}; it was left out"
    return Problem(line=line + first, reason=reason, remedy=_REMEDY, raw=raw)


def _lines_of(fault: yaml.MarkedYAMLError) -> list[int]:
    """Return the lines a fault names, from 0: where it was noticed, then where what it broke began."""
    marks = (fault.problem_mark, fault.context_mark)
    return [mark.line for mark in marks if mark] or [0]


def _suspects(lines: Sequence[str], fault: yaml.MarkedYAMLError) -> list[int]:
    """Return the lines that a fault may come from, the likeliest first: those it names and those just above."""
    found: list[int] = []
    for line in _lines_of(fault):
        written = [at for at in range(min(line, len(lines) - 1), -1, -1) if lines[at].strip()]
        found += written[:_ABOVE]
    return list(dict.fromkeys(found)) or [0]


def _reach(lines: Sequence[str], without: int) -> int:
    """Return up to which line the text is YAML without one line."""
    rest = [*lines[:without], "", *lines[without + 1 :]]
    try:
        for _ in yaml.parse("\n".join(rest), Loader=_LOADER):
            continue
    except yaml.MarkedYAMLError as fault:
        return _lines_of(fault)[0]
    return len(lines) + 1


def _tab(line: str) -> int:
    """Return where a tab stands before the text of a line, -1 where none does."""
    found = re.match(r"[ \-]*\t", line)
    return found.end() - 1 if found else -1


class _Composer:
    """Makes a tree of the events of one text. Raises yaml.MarkedYAMLError where they break off."""

    def __init__(self, text: str, first: int) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._first = first
        self._anchors: dict[str, Node] = {}
        self._size = 0
        self.problems: list[Problem] = []

    def document(self) -> Node:
        """Return the first document; that there are more is a problem."""
        root = Node()
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._tell(event, "another document begins here, which is not read", "Import it as its own file.")
                    break
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        return root

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + self._first

    def _tell(self, event: yaml.Event, reason: str, remedy: str) -> None:
        self.problems.append(Problem(line=self._line(event), reason=reason, remedy=remedy))

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEEPEST:
            reason = f"its entries lie more than {DEEPEST} deep within each other, first in line {self._line(event)}"
            raise Unreadable(reason, "Check that it is a ladder.")
        node = self._made(event, depth)
        if node.size > MOST:
            reason = f"it unfolds to more than {MOST:,} entries, first in line {self._line(event)}"
            raise Unreadable(reason, "Check that it is a ladder, and write out what it refers to.")
        if isinstance(event, yaml.NodeEvent) and event.anchor and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = node
        return node

    def _made(self, event: yaml.Event, depth: int) -> Node:
        line = self._line(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return listing(line, [self._node(each, depth + 1) for each in self._until(yaml.SequenceEndEvent)])
        if isinstance(event, yaml.MappingStartEvent):
            return named(line, self._pairs(depth + 1), self.problems)
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style and event.value in _NOTHING
            return Node(line, "" if plain else event.value)
        return self._referred(str(getattr(event, "anchor", "")), event)

    def _pairs(self, depth: int) -> Iterator[tuple[str, Node]]:
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event, depth)
            yield key.text, self._node(next(self._events), depth)

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _referred(self, anchor: str, event: yaml.Event) -> Node:
        if anchor not in self._anchors:
            self._tell(event, f"*{anchor[:60]} refers to nothing above it; it was left out", "Write out what is meant.")
        return self._anchors.get(anchor, Node(self._line(event)))
