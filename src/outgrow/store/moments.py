"""Moments and days as whole numbers and back, exactly, from the year 1 to the year 9999."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)
SECOND_US = 1_000_000
DAY_US = 86_400 * SECOND_US
EPOCH_DAY = _EPOCH.toordinal()


def number(when: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    return (when - _EPOCH) // _MICROSECOND


def offset(when: datetime) -> int:
    """Return the offset from UTC of an aware moment in seconds; old local times have some that are no whole minutes."""
    apart = when.utcoffset()
    return apart // _SECOND if apart else 0


def counted(when: datetime | None) -> tuple[int, int] | tuple[None, None]:
    """Return `number` and `offset` of an aware moment, or neither."""
    if when is None:
        return None, None
    apart = when.utcoffset()
    return (when - _EPOCH) // _MICROSECOND, apart // _SECOND if apart else 0


@cache
def _local_epoch(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=timezone(timedelta(seconds=seconds)))


def moment(microseconds: int, seconds: int) -> datetime:
    """Return the aware moment of `number` and `offset`.

    Reckoned on the local clock: in UTC the first day of the year 1 may lie outside the calendar.
    """
    return _local_epoch(seconds) + timedelta(0, seconds, microseconds)


def midnight(day: date) -> int:
    """Return the beginning of a day on the local clock, in local microseconds since 1970."""
    return (day.toordinal() - EPOCH_DAY) * DAY_US


def ordinal(microseconds: int, seconds: int) -> int:
    """Return the `date.toordinal()` of the local day of a moment."""
    return (microseconds + seconds * SECOND_US) // DAY_US + EPOCH_DAY
