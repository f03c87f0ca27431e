"""A calendar file as blocks: the unfolded lines between BEGIN and END of one component, with their place."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

LONGEST_LINE = 100_000  # bytes kept of one unfolded line: no field that is read is longer
_CHUNK = 1 << 20
_HEADER = frozenset({"X-WR-TIMEZONE", "METHOD"})
_LONGEST_HEADER = 200  # lines kept of what stands directly in a VCALENDAR
_TOP = frozenset({"VEVENT", "VTODO", "VTIMEZONE", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"})
_MARK = re.compile(rb"[ \t]*(BEGIN|END)[ \t]*:[ \t]*([\w-]+)[ \t]*$", re.IGNORECASE)
_MARK_LETTERS = frozenset(b"BbEe \t")
_PROPERTY = re.compile(r'\s*([A-Za-z0-9-]+)\s*((?:;(?:[^:"]|"[^"]*")*)?):(.*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Property(NamedTuple):
    """The parameters (as they stand, from the first semicolon on) and the value of one line."""

    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """Return a parameter without its quotes, or an empty text."""
        if not self.parameters:
            return ""
        found = re.search(rf';\s*{name}\s*=\s*("[^"]*"|[^;:]*)', self.parameters, re.IGNORECASE)
        return found[1].strip('" \t') if found else ""

    @property
    def text(self) -> str:
        """The value with its escapes undone."""
        return _ESCAPED.sub(_unescaped, self.value).strip() if "\\" in self.value else self.value.strip()


Properties = dict[str, list[Property]]


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


@dataclass(slots=True, eq=False)
class Block:
    """One component: its name, the 1-based line of its BEGIN, and its unfolded lines without those of inner ones.

    Only a VTIMEZONE keeps its inner components, BEGIN and END included. `closed` is whether its END came.
    """

    name: str
    line: int
    calendar: "Block | None" = None
    text: bytes = b""
    closed: bool = False
    lines: list[bytes] = field(default_factory=list)
    _header: Properties | None = None

    def finish(self, *, closed: bool) -> "Block":
        """Join the lines, which take less memory so."""
        self.text, self.lines, self.closed = b"\n".join(self.lines), [], closed
        return self

    @property
    def header(self) -> Properties:
        """What a VCALENDAR says of itself."""
        if self._header is None:
            self._header = self.properties(_HEADER)
        return self._header

    def properties(self, wanted: frozenset[str]) -> Properties:
        """Return the wanted properties by upper-case name, each with its lines in their order."""
        found: Properties = {}
        for line in decoded(self.text or b"\n".join(self.lines)).split("\n"):
            name, item = parsed(line)
            if name in wanted:
                found.setdefault(name, []).append(item)
        return found


def parsed(line: str) -> tuple[str, Property]:
    """Split an unfolded line into upper-case name, parameters and value; without a colon the name is empty."""
    match = _PROPERTY.match(line)
    if match:
        return match[1].upper(), Property(match[2], match[3])
    head, colon, value = line.partition(":")
    name, _, parameters = head.partition(";")
    return (name.strip().upper() if colon else ""), Property(";" + parameters, value)


def decoded(text: bytes) -> str:
    """Read as UTF-8, and the lines that are not as Windows-1252, which old programs write."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return "\n".join(map(_decoded_line, text.split(b"\n")))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def blocks(path: Path) -> Iterator[Block]:
    """Yield every top component in the order of their ends. One that is not closed ends where the next begins."""
    splitter = _Splitter()
    for number, line in unfolded(path):
        mark = _MARK.match(line) if line[0] in _MARK_LETTERS else None
        if not mark:
            splitter.keep(line)
            continue
        done = splitter.mark(mark[1].upper(), mark[2].decode("ascii", "replace").upper(), number, line)
        if done:
            yield done
    last = splitter.leave()
    if last:
        yield last


class _Splitter:
    """Follows BEGIN and END; `inner` names the component inside the open block, if one is open there."""

    def __init__(self) -> None:
        self._calendar = Block("VCALENDAR", 0)
        self._open: Block | None = None
        self._inner = ""

    def keep(self, line: bytes) -> None:
        if self._open is None:
            if len(self._calendar.lines) < _LONGEST_HEADER:
                self._calendar.lines.append(line)
        elif not self._inner or self._open.name == "VTIMEZONE":
            self._open.lines.append(line)

    def mark(self, which: bytes, name: str, number: int, line: bytes) -> Block | None:
        """Take a BEGIN or END, and return the block that it ends, if any."""
        return self._begin(name, number, line) if which == b"BEGIN" else self._end(name, line)

    def leave(self, *, closed: bool = False) -> Block | None:
        """End the open block, if there is one."""
        done = self._open.finish(closed=closed) if self._open else None
        self._open, self._inner = None, ""
        return done

    def _begin(self, name: str, number: int, line: bytes) -> Block | None:
        if name == "VCALENDAR":
            self._calendar = Block(name, number)
            return self.leave()
        if name in _TOP:
            before = self.leave()
            self._open = Block(name, number, self._calendar)
            return before
        self._inner = self._inner or name
        self.keep(line)
        return None

    def _end(self, name: str, line: bytes) -> Block | None:
        if self._open and name == self._open.name:
            return self.leave(closed=True)
        if name == "VCALENDAR":
            return self.leave()
        self.keep(line)
        if name == self._inner:
            self._inner = ""
        return None


def unfolded(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, continuations joined, each with the number of its first line."""
    first, parts, size = 0, [b""], 0
    for number, line in enumerate(_lines(path), 1):
        if line.startswith((b" ", b"\t")):
            if size < LONGEST_LINE:
                parts.append(line[1:])
                size += len(line)
        elif line:
            if size:
                yield first, b"".join(parts)
            first, parts, size = number, [line], len(line)
    if size:
        yield first, b"".join(parts)


def _lines(path: Path) -> Iterator[bytes]:
    r"""Yield the lines without their ends (\n, \r\n or \r), cut at LONGEST_LINE, without NUL."""
    rest = b""
    for chunk in _chunks(path):
        lines = (rest + chunk).splitlines(keepends=True)
        rest = lines.pop() if lines else b""
        if len(rest) > LONGEST_LINE:
            rest = rest[:LONGEST_LINE]
        for line in lines:
            yield line.rstrip(b"\r\n")[:LONGEST_LINE]
    yield rest.rstrip(b"\r\n")


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the file in pieces as UTF-8 without a byte order mark; UTF-16 only where such a mark says so."""
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
            while head:
                yield decoder.decode(head).encode("utf-8", "replace").replace(b"\0", b"")
                head = file.read(_CHUNK)
        head = head.removeprefix(codecs.BOM_UTF8)
        while head:
            yield head.replace(b"\0", b"")
            head = file.read(_CHUNK)
