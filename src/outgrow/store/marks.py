"""A set of whole numbers that takes one byte for each."""

from collections.abc import Collection

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
        self.update((number,))

    def update(self, numbers: Collection[int]) -> None:
        """Put numbers in."""
        near = [number for number in numbers if 0 <= number < _FAR]
        if len(near) < len(numbers):
            self._far.update(number for number in numbers if not 0 <= number < _FAR)
        self._reach(max(near, default=0))
        for number in near:
            self._near[number] = 1

    def _reach(self, number: int) -> None:
        if number >= len(self._near):
            self._near.extend(bytes(number + 1 + number // 8 - len(self._near)))

    def __contains__(self, number: int) -> bool:
        """Whether a number is in it."""
        return self._near[number] == 1 if 0 <= number < len(self._near) else number in self._far

    def __len__(self) -> int:
        """Count the numbers in it."""
        return self._near.count(1) + len(self._far)
