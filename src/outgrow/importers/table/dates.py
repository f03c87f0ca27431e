"""Days and times of day as tables write them: one order of day and month for a whole column, never per row."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import NamedTuple, TypeVar

from outgrow.importers.table.fault import Fault, not_a

FIRST_YEAR, LAST_YEAR = 1900, 2199
PIVOT = 70  # two-digit years from here on belong to the 1900s, as in POSIX
EXCEL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet, with its leap year that never was already taken off
SERIALS = range(10_000, 110_000)  # spreadsheet days of the years 1927 to 2201
FULL_DAY = timedelta(hours=24)
KEPT, KEPT_CHARS = 100_000, 200  # texts remembered, some 30 MB at most; what is beyond is read again


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen januari janeiro",
    "february feb februar fevrier fevr fev febrero febbraio februari fevereiro",
    "march mar marz maerz mrz mars marzo maart mrt marco",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag mei maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_SILENT = _words("""
    st nd rd th de of den le el der er t
    mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
    mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche
""")
_TOKENS = re.compile(r"[0-9]+|[^\W\d_]+")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:h](?P<minute>[0-9]{2}))?(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"\s*(?:(?P<half>[ap])\.?\s?m\.?)?\s*(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2})?)?(?:\s*\([\w\s]*\))?"
)


class Order(StrEnum):
    """Which of day and month comes first where a date does not say."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def plain(text: str) -> str:
    """Return a text in lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def split_moment(text: str) -> tuple[str, str]:
    """Part a text into its day and its time of day ("" when it names none)."""
    colon = text.find(":")
    if colon < 1:
        return text, ""
    begin = colon
    while begin and colon - begin < 2 and text[begin - 1].isdecimal():  # noqa: PLR2004 - an hour has two digits at most
        begin -= 1
    return text[:begin].rstrip(" ,T-\t\u202f\xa0"), text[begin:]


def parse_day(text: str, order: Order | None) -> date:
    """Read a day; `order` decides where two readings are possible. Raises Fault for anything else."""
    day = _iso_day(text) or _read(text, order)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        reason = f"the year {day.year:04d} of {text.strip()!r} cannot be right"
        raise Fault(reason, "Correct the date in the file.")
    return day


def _iso_day(text: str) -> date | None:
    """Read yyyy-mm-dd, which most exports write, the quick way."""
    if text[4:5] != "-" or len(text) != len("yyyy-mm-dd"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read(text: str, order: Order | None) -> date:
    numbers, month = _tokens(text)
    try:
        if month:
            return _with_name(numbers, month)
        if len(numbers) == 3:  # noqa: PLR2004 - day, month, year
            return _with_numbers(numbers, order)
        return _with_one(numbers)
    except (ValueError, OverflowError, IndexError):
        raise not_a(text, "a day") from None


def _tokens(text: str) -> tuple[list[str], int]:
    """Part a day into its numbers and the month it names (0: none)."""
    if len(text) > 64:  # noqa: PLR2004 - no day is written longer
        raise not_a(text, "a day")
    numbers, month = [], 0
    for token in _TOKENS.findall(plain(text)):
        if token.isdecimal():
            numbers.append(token)
        elif token in MONTHS:
            month = MONTHS[token]
        elif token not in _SILENT:
            raise not_a(text, "a day")
    return numbers, month


def _with_name(numbers: list[str], month: int) -> date:
    """Read "13 May 2024", "May 13, 24" or "2024 May 13": a four-digit number is the year, else the last one."""
    first, second = numbers
    if len(first) == 4:  # noqa: PLR2004 - a full year
        return date(int(first), month, int(second))
    return date(_year(second), month, int(first))


def _with_numbers(numbers: list[str], order: Order | None) -> date:
    first, second, third = numbers
    if len(first) == 4:  # noqa: PLR2004 - a full year
        return date(int(first), int(second), int(third))
    one, two = int(first), int(second)
    if order is Order.MONTH_FIRST:
        one, two = two, one
    return date(_year(third), two, one)


def _with_one(numbers: list[str]) -> date:
    """Read 20240513 or a spreadsheet's day number; its fraction is a time of day and read elsewhere."""
    first = numbers[0]
    if len(first) == 8 and len(numbers) == 1:  # noqa: PLR2004 - yyyymmdd
        return date(int(first[:4]), int(first[4:6]), int(first[6:]))
    if int(first) not in SERIALS:
        raise ValueError(first)
    return EXCEL_ZERO + timedelta(days=int(first))


def _year(digits: str) -> int:
    """Complete a year of two digits; refuse other lengths than two and four."""
    if len(digits) == 4:  # noqa: PLR2004 - a full year
        return int(digits)
    if len(digits) != 2:  # noqa: PLR2004 - neither form
        raise ValueError(digits)
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


@dataclass(slots=True)
class DayEvidence:
    """What the days of a column say about the order of day and month, gathered over all its rows."""

    day_first: int = 0
    month_first: int = 0
    other: int = 0
    failed: int = 0
    unclear: str = ""
    _seen: set[str] = field(default_factory=set)

    @property
    def readable(self) -> int:
        """How many different values are days."""
        return self.day_first + self.month_first + self.other

    def add(self, texts: Iterable[str]) -> None:
        """Take the days of some cells into account."""
        seen = self._seen
        for text in texts:
            day = split_moment(text)[0] if ":" in text else text
            if day in seen or not day.strip():
                continue
            if len(seen) < KEPT and len(day) <= KEPT_CHARS:
                seen.add(day)
            self._weigh(day)

    def _weigh(self, day: str) -> None:
        try:
            numbers, month = _tokens(day)
            if month or len(numbers) != 3 or len(numbers[0]) == 4:  # noqa: PLR2004 - says its order itself
                parse_day(day, None)
                self.other += 1
            else:
                self._weigh_numbers(day, int(numbers[0]), int(numbers[1]))
        except Fault:
            self.failed += 1

    def _weigh_numbers(self, day: str, first: int, second: int) -> None:
        parse_day(day, Order.DAY_FIRST if second <= 12 else Order.MONTH_FIRST)  # noqa: PLR2004 - months
        if first > 12 or "." in day:  # noqa: PLR2004 - points are written where the day comes first
            self.day_first += 1
        elif second > 12:  # noqa: PLR2004 - months
            self.month_first += 1
        else:
            self.other += 1
            if first != second:
                self.unclear = self.unclear or day.strip()

    def order(self) -> Order | None:
        """Return the order the column is in; None when no row tells."""
        if self.day_first == self.month_first:
            return None
        return Order.DAY_FIRST if self.day_first > self.month_first else Order.MONTH_FIRST


class Clock(NamedTuple):
    """A time of day, and the offset it states (None: local)."""

    since_midnight: timedelta
    zone: tzinfo | None = None
    key: str = ""


def parse_clock(text: str) -> Clock:
    """Read a time of day in 12 or 24 hours, with or without seconds and offset; 24:00 ends a day."""
    if quick := _iso_clock(text):
        return quick
    found = _TIME.fullmatch(plain(text).replace("\u202f", " ").replace("\xa0", " ").strip()[:80])
    if not found or (found["minute"] is None and found["half"] is None):
        raise not_a(text, "a time of day")
    hour, minute, second = int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0)
    if found["half"]:
        hour = _hour_of_half(text, hour, found["half"])
    span = timedelta(hours=hour, minutes=minute, seconds=second)
    if span > FULL_DAY or minute > 59 or second > 60:  # noqa: PLR2004 - second 60 is a leap second
        raise not_a(text, "a time of day")
    return Clock(span, _offset(found["zone"]), f"{hour:02d}:{minute:02d}:{second:02d}")


def _iso_clock(text: str) -> Clock | None:
    """Read hh:mm or hh:mm:ss, which most exports write, the quick way."""
    if text[2:3] != ":" or len(text) > len("hh:mm:ss"):
        return None
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        return None
    if clock.tzinfo:
        return None
    span = timedelta(seconds=clock.hour * 3600 + clock.minute * 60 + clock.second)
    return Clock(span, None, text if len(text) > len("hh:mm") else text + ":00")


def _hour_of_half(text: str, hour: int, half: str) -> int:
    if not 1 <= hour <= 12:  # noqa: PLR2004 - hours on a dial
        raise not_a(text, "a time of day")
    return hour % 12 + (12 if half == "p" else 0)


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    digits = re.sub(r"[^0-9]", "", text)
    if not digits:
        return UTC
    minutes = int(digits) * 60 if len(digits) <= 2 else int(digits[:-2]) * 60 + int(digits[-2:])  # noqa: PLR2004 - hh
    if minutes >= 24 * 60:
        raise not_a(text, "an offset from UTC")
    return timezone(timedelta(minutes=-minutes if "-" in text else minutes))


def clock_of(text: str) -> Clock:
    """Read the time of a cell that may hold a day as well."""
    return _iso_clock(text) or parse_clock(split_moment(text)[1] or text)


_Value = TypeVar("_Value")


class Memo(dict[str, _Value]):
    """Values read from texts, each text read once; forgotten when there are too many."""

    def __init__(self, read: Callable[[str], _Value]) -> None:
        """Keep the function that reads a text."""
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> _Value:
        """Read a text not seen before; long ones are not kept."""
        if len(text) > KEPT_CHARS:
            return self._read(text)
        if len(self) > KEPT:
            self.clear()
        value = self[text] = self._read(text)
        return value


class Midnight(NamedTuple):
    """A day in a zone: its midnight at a fixed offset, and whether the offset holds all day."""

    day: date
    at: datetime
    steady: bool
    key: str


class Calendar:
    """Days of one column in one zone; adding a time of day to them is quick where the offset holds all day."""

    def __init__(self, zone: tzinfo, order: Order | None, clocks: Memo[Clock]) -> None:
        """Keep the zone for times that state none, the order of day and month, and the times of day."""
        self.zone = zone
        self.order = order
        self.days: Memo[Midnight] = Memo(self._midnight)
        self.clocks = clocks

    def _midnight(self, text: str) -> Midnight:
        return self.midnight(parse_day(split_moment(text)[0], self.order))

    def midnight(self, day: date) -> Midnight:
        """Return a day with the midnight it begins with."""
        begin = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        steady = begin.utcoffset() == (begin + timedelta(days=1)).utcoffset()
        return Midnight(day, fixed(begin), steady, day.isoformat())

    def moment(self, midnight: Midnight, clock: Clock, *, fold: int = 0) -> datetime:
        """Return a time of a day, at the fixed offset that holds there (the earlier one in a fold)."""
        if clock.zone is not None:
            return datetime.combine(midnight.day, datetime.min.time(), clock.zone) + clock.since_midnight
        if midnight.steady:
            return midnight.at + clock.since_midnight
        begin = datetime(midnight.day.year, midnight.day.month, midnight.day.day, tzinfo=self.zone)
        return fixed((begin + clock.since_midnight).replace(fold=fold))

    def read(self, text: str) -> tuple[Midnight, Clock | None]:
        """Read a text that holds a day and maybe a time."""
        day, clock = split_moment(text)
        if not clock:
            return self._bare(text)
        return self.days[day], self.clocks[clock]

    def _bare(self, text: str) -> tuple[Midnight, Clock | None]:
        """Read a day; the fraction of a spreadsheet's day number is a time."""
        whole, _, rest = text.strip().partition(".")
        if not (rest.isdecimal() and whole.isdecimal() and int(whole[:9]) in SERIALS):
            return self.days[text], None
        seconds = round(float(f"0.{rest[:15]}") * 86_400)
        return self.days[whole], Clock(timedelta(seconds=seconds), None, f"{seconds}s")


_FIXED: dict[timedelta, timezone] = {}


def fixed(moment: datetime) -> datetime:
    """Return an aware moment at a fixed offset, which stays right when times are added."""
    offset = moment.utcoffset() or timedelta()
    zone = _FIXED.get(offset)
    if zone is None:
        zone = _FIXED[offset] = timezone(offset)
    return moment.replace(tzinfo=zone, fold=0)
