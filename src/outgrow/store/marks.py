"""A set of whole numbers that takes one byte for each."""

#: Numbers from here on are kept one by one, so that a single wild one does not fill the memory.
_FAR = 1 << 25


class Marks:
    """Whole numbers that lie close together above 0: lines of a file, ids of a table."""

    def __init__(self) -> None:
        """Begin with none."""
        self._near = bytearray()
        self._far: set[int] = set()

    def add(self, number: int) -> None:
        """Put a number in."""
        if not 0 <= number < _FAR:
            self._far.add(number)
            return
        if number >= len(self._near):
            self._near.extend(bytes(number + 1 + number // 8 - len(self._near)))
        self._near[number] = 1

    def __contains__(self, number: object) -> bool:
        """Whether a number is in it."""
        if number in self._far:
            return True
        return isinstance(number, int) and 0 <= number < len(self._near) and self._near[number] == 1

    def __len__(self) -> int:
        """Count the numbers in it."""
        return self._near.count(1) + len(self._far)
