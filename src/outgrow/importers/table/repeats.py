"""Finds rows that only differ in what may change, so that their order in the file does not decide which is which."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from outgrow.importers.table.header import Layout
from outgrow.importers.table.presets import Meaning
from outgrow.importers.table.rows import Cells

_KEY = (Meaning.START, Meaning.START_TIME, Meaning.CREATED, Meaning.PROJECT, Meaning.TITLE)


class Repeats:
    """The rows that share start, project and title with another one, known after all rows have been seen once.

    Rows with an id of their own need none of this. A row is remembered by 64 bits.
    """

    def __init__(self, layout: Layout) -> None:
        """Settle which columns tell rows apart."""
        places = sorted({place for meaning in _KEY for place in layout.all(meaning)})
        self._width = max(places, default=-1) + 1
        self._key: Callable[[Cells], object] = itemgetter(*places) if places else len
        self._active = bool(places) and Meaning.ID not in layout.columns
        self._seen: set[int] = set()
        self._repeated: set[int] = set()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._repeated)

    def take(self, rows: Sequence[Cells]) -> None:
        """Take rows into account."""
        if not self._active:
            return
        keys = self._keys(rows)
        new = set(keys)
        if len(new) < len(keys):
            self._repeated.update(key for key, count in Counter(keys).items() if count > 1)
        self._repeated |= new & self._seen
        self._seen |= new

    def _keys(self, rows: Iterable[Cells]) -> list[int]:
        return [hash(self._key(cells)) for cells in rows if len(cells) >= self._width]

    def done(self) -> None:
        """Forget what is needed no longer."""
        self._seen.clear()

    def holds(self, cells: Cells) -> bool:
        """Whether a row is one of them."""
        return len(cells) >= self._width and hash(self._key(cells)) in self._repeated
