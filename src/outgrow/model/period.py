"""A stretch of whole days."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included; `name` is how a person says it."""

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            message = f"a period cannot end ({self.last}) before it begins ({self.first})"
            raise ValueError(message)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        """Whether a date lies in it."""
        return isinstance(day, date) and self.first <= day <= self.last

    def before(self) -> "Period":
        """Return the period of the same length that ends the day before this one begins."""
        last = self.first - timedelta(days=1)
        return Period(last - timedelta(days=self.days - 1), last)
