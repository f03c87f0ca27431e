"""Titles, lists and flags in the cells of a table, and the identity of a row."""

import hashlib
import json
import re
from collections.abc import Sequence

from outgrow.importers.references import references_in
from outgrow.importers.table.dates import Memo
from outgrow.importers.table.header import normalised
from outgrow.importers.table.rows import Cells

TITLE_CHARS = 1_000
MOST_NAMES = 500
_MARKS = re.compile(r"[;\n]")
_YES = frozenset(["true", "yes", "y", "1", "x", "on", "wahr", "ja", "j", "vrai", "oui", "o", "verdadero", "si", "s", "vero", "sim", "waar"])


class Texts:
    """Reads titles and lists; each different text once."""

    def __init__(self, own: frozenset[str]) -> None:
        """Keep the person's own addresses, which are left out of people."""
        self._own = own
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


def _title(text: str) -> tuple[str, tuple[str, ...]]:
    title = " ".join(text[: TITLE_CHARS * 4].split())[:TITLE_CHARS]
    return title, references_in(title)


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


class Identities:
    """Names rows that have no id of their own: by start, project and title, numbered where several are the same."""

    def __init__(self) -> None:
        """Start with no row."""
        self._seen: dict[str, int] = {}

    def of(self, key: str) -> str:
        """Return the identity of a row with this key."""
        return self.numbered(hashlib.blake2b(key.encode(), digest_size=10).hexdigest())

    def numbered(self, name: str) -> str:
        """Return a name, with a number from its second use on."""
        count = self._seen[name] = self._seen.get(name, 0) + 1
        return name if count == 1 else f"{name}-{count}"
