"""Reads one file as a career ladder, whatever it is written in."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from outgrow.importers.contract import Context, Importer, Unreadable
from outgrow.importers.ladders.draft import Draft
from outgrow.importers.ladders.json_text import read_json
from outgrow.importers.ladders.prose import read_prose
from outgrow.importers.ladders.shapes import read_tree
from outgrow.importers.ladders.sheet import read_sheet
from outgrow.importers.ladders.tree import Node
from outgrow.importers.ladders.yaml_text import read_yaml
from outgrow.importers.lines import LONGEST, lines
from outgrow.model.ladder import Ladder
from outgrow.model.problem import Problem

LARGEST = 1_000_000
_FENCE = "---"
_SHEETS = frozenset((".csv", ".tsv"))
_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd", ".txt"))
_FORMATS = "outgrow reads ladders as YAML, JSON, Markdown and CSV."

_BEGINNING = 512  # bytes that tell what a file is
_BLANK = b"\xef\xbb\xbf \t\r\n"


class LadderFile(Importer):
    """A career ladder: yields what could not be read, and keeps the ladder. docs/ladders.md tells the shapes."""

    name = "ladder"
    kind = "career ladder"

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._ladder: Ladder | None = None
        self._references = 0

    def identify(self, path: Path, head: bytes) -> bool:
        """Say no: a ladder is imported by its own command, not found among the sources of work."""
        del path, head
        return False

    def read(self, path: Path, context: Context) -> Iterator[Problem]:
        """Yield what could not be read. Raises Unreadable where there is no ladder in it."""
        del context
        self._ladder, self._references = None, 0
        if path.is_dir():
            reason = "it is a folder"
            raise Unreadable(reason, "Name one file of it.")
        size = path.stat().st_size
        if size > LARGEST:
            reason = f"it has {size / 1e6:,.1f} MB, and a ladder is a text of some pages"
            raise Unreadable(reason, f"Take out what is not the ladder, up to {LARGEST / 1e6:.0f} MB are read.")
        draft = Draft()
        _read(path, draft)
        yield from draft.problems
        self._ladder, self._references = draft.ladder(path.stem, path.name), draft.references

    def passed_over(self) -> Mapping[str, int]:
        """Return how many statements say no more than that a level holds what another one does."""
        return {"reference to another level": self._references} if self._references else {}

    def ladder(self) -> Ladder | None:
        """Return the ladder that was read."""
        return self._ladder


def _read(path: Path, draft: Draft) -> None:
    ending = path.suffix.casefold()
    with path.open("rb") as file:
        start = file.read(_BEGINNING)
    if start.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        reason = "it is no text"
        raise Unreadable(reason, f"{_FORMATS} Save it as one of these.")
    if ending in _SHEETS:
        read_sheet(path, draft)
        return
    if ending == ".json" or (ending not in _MARKDOWN and start.lstrip(_BLANK).startswith((b"{", b"["))):
        _take(read_json(path.read_bytes()), draft)
        return
    text = _text(path, draft)
    opening = next((line.lstrip() for line in text if line.strip()), "")
    if not opening:
        reason = "it is empty"
        raise Unreadable(reason, _FORMATS)
    if ending in _MARKDOWN or (opening.startswith("# ") and _is_headed(text)):
        _markdown(text, draft)
    else:
        _take(read_yaml(text), draft)


def _is_headed(text: list[str]) -> bool:
    """Whether a file of unknown kind has headings as Markdown does, and no entries as YAML does."""
    return sum(line.startswith("## ") for line in text) > 1


def _text(path: Path, draft: Draft) -> list[str]:
    found = []
    for line in lines(path):
        if line.cut:
            reason = f"this line is longer than {LONGEST:,} signs and was read up to there"
            draft.problem(line.number, reason, "Break it into several lines.", line.text)
        found.append(line.text)
    return found


def _take(read: tuple[Node, list[Problem]], draft: Draft) -> None:
    root, problems = read
    draft.problems += problems
    read_tree(root, draft)


def _markdown(text: list[str], draft: Draft) -> None:
    """Read front matter, if there is any, and then the prose below it unless the ladder stood above."""
    below = 0
    if text[0].strip() == _FENCE:
        below = next((at for at, line in enumerate(text[1:], 1) if line.strip() == _FENCE), 0)
        _take(read_yaml(text[1 : below or len(text)], first=2), draft)
    if not draft.expectations and (below or text[0].strip() != _FENCE):
        start = below + 1 if below else 0
        read_prose(text[start:], start + 1, draft)
