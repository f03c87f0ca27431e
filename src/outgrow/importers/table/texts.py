"""Titles, lists, flags and identities in the cells of a table."""

import json
import re
from collections.abc import Sequence

from outgrow.importers.identity import Identities
from outgrow.importers.references import references_in
from outgrow.importers.table.dates import Memo
from outgrow.importers.table.header import Layout, normalised
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.rows import Cells

TITLE_CHARS = 1_000
ID_CHARS = 200
MOST_NAMES = 500
_MAY_REFER = re.compile(r"[0-9]|://")  # every reference has a digit or is an address
_MARKS = re.compile(r"[;\n]")
_YES = frozenset(
    ("true", "yes", "y", "1", "x", "on", "ein", "an", "wahr", "ja", "j", "vrai", "oui", "o", "verdadero", "si", "vero")
)


class Texts:
    """Reads titles and lists, each different text once, and names the rows."""

    def __init__(self, layout: Layout, own: frozenset[str]) -> None:
        """Keep the person's own addresses, which are left out of people."""
        self._own = own
        self._id = layout.first(Meaning.ID)
        self._ids: dict[str, int] = {}
        self._identities = Identities()
        self.titles: Memo[tuple[str, tuple[str, ...]]] = Memo(_title)
        self.lists: Memo[tuple[str, ...]] = Memo(split_list)
        self.flags: Memo[bool] = Memo(lambda text: normalised(text) in _YES)

    def title(self, row: Cells, places: Sequence[int]) -> tuple[str, tuple[str, ...]]:
        """Return the first title there is, and what it refers to."""
        for place in places:
            if (found := self.titles[row[place]])[0]:
                return found
        return "", ()

    def first(self, row: Cells, places: Sequence[int]) -> str:
        """Return the first text there is."""
        for place in places:
            if text := row[place].strip():
                return text[:TITLE_CHARS]
        return ""

    def names(self, row: Cells, places: Sequence[int]) -> tuple[str, ...]:
        """Return all that the columns list, each once."""
        if len(places) == 1:
            return self.lists[row[places[0]]]
        found = dict.fromkeys(name for place in places if row[place] for name in self.lists[row[place]])
        return tuple(found)[:MOST_NAMES]

    def people(self, row: Cells, places: Sequence[int]) -> tuple[str, ...]:
        """Return all the people the columns list but the person."""
        if not places:
            return ()
        names = self.names(row, places)
        return tuple(name for name in names if name.casefold() not in self._own) if self._own else names

    def lists_the_person(self, row: Cells, places: Sequence[int]) -> bool:
        """Whether one of the columns holds an address of the person."""
        return bool(self._own) and any(name.casefold() in self._own for name in self.names(row, places))

    def own_id(self, row: Cells) -> str:
        """Return the id the row has of its own, or ""."""
        return row[self._id].strip()[:ID_CHARS] if self._id >= 0 else ""

    def identity(self, row: Cells, *parts: str) -> str:
        """Return the row's own id, numbered from its second use on; without one what the parts make."""
        own = self.own_id(row)
        return self._numbered(own) if own else self._identities.of(*parts)

    def _numbered(self, own: str) -> str:
        name = own
        while name in self._ids:
            self._ids[own] += 1
            name = f"{own}-{self._ids[own]}"
        self._ids[name] = 1
        return name


def _title(text: str) -> tuple[str, tuple[str, ...]]:
    title = " ".join(text[: TITLE_CHARS * 4].split())[:TITLE_CHARS]
    return title, references_in(title) if _MAY_REFER.search(title) else ()


def split_list(text: str) -> tuple[str, ...]:
    """Part "a; b", "a, b" or '["a", "b"]' into its names, each once. Where there are semicolons, commas are text."""
    parts: Sequence[str]
    if text.startswith("["):
        parts = _json_list(text)
    elif _MARKS.search(text):
        parts = _MARKS.split(text)
    else:
        parts = text.split(",")
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip()[:TITLE_CHARS])))[:MOST_NAMES]


def _json_list(text: str) -> Sequence[str]:
    try:
        found = json.loads(text[:100_000])
    except (ValueError, RecursionError):
        return text.strip("[]").split(",")
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else [text]
