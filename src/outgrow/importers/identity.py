"""Identities for records whose source gives them none."""

from hashlib import blake2b


class Identities:
    """Makes a native id of what a record says that does not change, and its ordinal among those that say the same."""

    def __init__(self) -> None:
        """Begin a file."""
        self._seen: dict[str, int] = {}

    def of(self, *parts: str) -> str:
        """Return the id of the next record with these parts."""
        digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=10).hexdigest()
        count = self._seen[digest] = self._seen.get(digest, 0) + 1
        return digest if count == 1 else f"{digest}-{count}"
