"""Choices that come out the same on every machine and with every Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded source of choices. Only `Random.random` is used: its numbers never change between versions."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed."""
        self._random = Random(seed)  # noqa: S311 - an example, not a secret

    def happens(self, probability: float) -> bool:
        """Whether something of this probability takes place."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one(self, things: Sequence[T]) -> T:
        """Return one of several things."""
        return things[self.whole(0, len(things) - 1)]

    def weighted(self, things: Sequence[tuple[T, float]]) -> T:
        """Return one of several things, each with the probability of its weight."""
        left = self._random.random() * sum(weight for _, weight in things)
        for thing, weight in things:
            left -= weight
            if left < 0:
                return thing
        return things[-1][0]
