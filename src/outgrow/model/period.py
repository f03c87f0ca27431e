"""A stretch of whole days."""

from dataclasses import dataclass
from datetime import date, timedelta


def monday(day: date) -> date:
    """Return the Monday of the week a day lies in."""
    return day - timedelta(days=day.weekday())


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

    @property
    def after(self) -> date:
        """The day after it; the last of all days has none but itself."""
        return self.last + timedelta(days=1) if self.last < date.max else self.last

    @property
    def words(self) -> str:
        """How to name it anew, in a command or an address: 2026-10, 2026-Q3, 2026 or 2026-10-05..2026-10-11."""
        if self.first.day == self.after.day == 1:
            match 12 * (self.after.year - self.first.year) + self.after.month - self.first.month, self.first.month:
                case 1, _:
                    return str(self.first)[:7]
                case 3, 1 | 4 | 7 | 10 as month:
                    return f"{str(self.first)[:4]}-Q{month // 3 + 1}"
                case 12, 1:
                    return str(self.first)[:4]
        return f"{self.first}..{self.last}"

    def __contains__(self, day: object) -> bool:
        """Whether a date lies in it."""
        return isinstance(day, date) and self.first <= day <= self.last

    def before(self) -> "Period":
        """Return the period of the same length that ends the day before this one begins."""
        last = self.first - timedelta(days=1)
        return Period(last - timedelta(days=self.days - 1), last)
