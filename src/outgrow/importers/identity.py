"""Identities for records whose source gives them none."""

from collections import Counter
from hashlib import blake2b


class Identities:
    """Makes a native id of what a record says that does not change, and its ordinal among those that say the same."""

    def __init__(self) -> None:
        """Begin a file."""
        self._seen: Counter[str] = Counter()

    def of(self, *parts: str) -> str:
        """Return the id of the next record with these parts."""
        digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=10).hexdigest()
        self._seen[digest] += 1
        return digest if self._seen[digest] == 1 else f"{digest}-{self._seen[digest]}"
