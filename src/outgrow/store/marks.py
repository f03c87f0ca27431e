"""A set of whole numbers that takes one byte for each."""


class Marks:
    """Whole numbers from 0 on that lie close together: lines of a file, ids of a table."""

    def __init__(self) -> None:
        """Begin with none."""
        self._bytes = bytearray()

    def add(self, number: int) -> None:
        """Put a number in."""
        if number >= len(self._bytes):
            self._bytes.extend(bytes(number + 1 + number // 8 - len(self._bytes)))
        self._bytes[number] = 1

    def __contains__(self, number: object) -> bool:
        """Whether a number is in it."""
        return isinstance(number, int) and number < len(self._bytes) and self._bytes[number] == 1

    def __len__(self) -> int:
        """Count the numbers in it."""
        return self._bytes.count(1)
