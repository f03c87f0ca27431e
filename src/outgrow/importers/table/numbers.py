"""Durations as tables write them: one unit and one decimal mark for a whole column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from outgrow.importers.table.dates import KEPT, KEPT_CHARS, plain
from outgrow.importers.table.fault import not_a

DAY = 24 * 60.0
LONG_DAY = 16  # whole numbers no larger than this are taken for hours
_CLOCK = re.compile(r"(-?)([0-9]+):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,][0-9]+)?)?")
_NUMBER = re.compile(r"-?[0-9][0-9.,'\s]*|-?[.,][0-9]+")
_ISO = re.compile(r"(-?)p(?:([0-9.]+)d)?(?:t(?:([0-9.]+)h)?(?:([0-9.]+)m)?(?:([0-9.]+)s)?)?")
_PART = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?)\s*([a-z]+)\.?")
_UNITS = {
    "d day days tag tage jour jours dia dias j": DAY,
    "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur": 60.0,
    "m min mins minute minutes minuten minuto minutos minuti": 1.0,
    "s sec secs second seconds sek sekunde sekunden seconde secondes segundos": 1 / 60,
}
UNITS = {name: minutes for names, minutes in _UNITS.items() for name in names.split()}


class Unit(StrEnum):
    """What a bare number of a column counts."""

    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"


MINUTES_IN = {Unit.HOURS: 60.0, Unit.MINUTES: 1.0, Unit.SECONDS: 1 / 60}


@dataclass(frozen=True, slots=True)
class DurationStyle:
    """How a column writes bare numbers."""

    unit: Unit = Unit.HOURS
    decimal: str = "."


def parse_minutes(text: str, style: DurationStyle) -> float:
    """Read a duration in minutes: "1:30", "01:30:00", "1h 30m", "PT1H30M", "90 min" or a bare number."""
    if (quick := _quick_clock(text)) is not None:
        return quick
    short = plain(text[:200]).strip()[:64]
    if clock := _CLOCK.fullmatch(short):
        return _of_clock(text, *clock.groups(default="0"))
    if _NUMBER.fullmatch(short):
        return _number(text, short, style.decimal) * MINUTES_IN[style.unit]
    if short[:2] in {"p", "pt", "-p"} or short.startswith("p"):
        return _of_iso(text, short)
    return _of_words(text, short)


def _quick_clock(text: str) -> float | None:
    """Read hh:mm:ss, which most exports write, the quick way."""
    hours, mark, rest = text.partition(":")
    minutes, second_mark, seconds = rest.partition(":")
    if not (mark and second_mark and len(hours) < 9 and text.isascii()):  # noqa: PLR2004 - hours of a life fit
        return None
    if not (hours.isdigit() and len(minutes) == len(seconds) == 2 and minutes < "6" and seconds < "6"):  # noqa: PLR2004 - mm and ss
        return None
    return int(hours) * 60 + int(minutes) + int(seconds) / 60 if minutes.isdigit() and seconds.isdigit() else None


def _of_clock(text: str, sign: str, hours: str, minutes: str, seconds: str) -> float:
    if int(minutes) > 59 or int(seconds) > 60:  # noqa: PLR2004 - sixty of each
        raise not_a(text, "a duration")
    total = int(hours[:9]) * 60 + int(minutes) + int(seconds) / 60
    return -total if sign == "-" else total


def _number(text: str, digits: str, decimal: str) -> float:
    thousands = "," if decimal == "." else "."
    try:
        return float(re.sub(r"['\s]", "", digits).replace(thousands, "").replace(decimal, "."))
    except ValueError:
        raise not_a(text, "a number") from None


def _of_iso(text: str, short: str) -> float:
    found = _ISO.fullmatch(short)
    if not found or not any(found.groups()[1:]):
        raise not_a(text, "a duration")
    try:
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
    except ValueError:
        raise not_a(text, "a duration") from None
    total = days * DAY + hours * 60 + minutes + seconds / 60
    return -total if found[1] else total


def _of_words(text: str, short: str) -> float:
    """Read "1h 30m" or "90 min"; everything must belong to a number with its unit."""
    total, rest = 0.0, short
    for number, unit in _PART.findall(short):
        if unit not in UNITS:
            raise not_a(text, "a duration")
        total += float(number.replace(",", ".")) * UNITS[unit]
    rest = _PART.sub("", short)
    if rest.strip(" ,und+") or not _PART.search(short):
        raise not_a(text, "a duration")
    return total


@dataclass(slots=True)
class DurationEvidence:
    """What the values of a column say about its unit and its decimal mark, gathered over all its rows."""

    comma: int = 0
    point: int = 0
    fractions: int = 0
    largest: float = 0.0
    bare: str = ""
    _seen: set[str] = field(default_factory=set)

    def add(self, texts: Iterable[str]) -> None:
        """Take some cells into account."""
        for text in texts:
            if ":" in text or text in self._seen:
                continue
            if len(self._seen) < KEPT and len(text) <= KEPT_CHARS:
                self._seen.add(text)
            if _NUMBER.fullmatch(text.strip()[:64]):
                self._weigh_number(text.strip())

    def _weigh_number(self, text: str) -> None:
        """Count which mark parts the decimals: the last of two kinds, or one not followed by exactly three digits."""
        comma, point = text.rfind(","), text.rfind(".")
        last = max(comma, point)
        mark = text[last] if last >= 0 else ""
        both = comma >= 0 and point >= 0
        if mark and (both or (text.count(mark) == 1 and (len(text) - last != 4 or text.lstrip("-")[0] in "0.,"))):  # noqa: PLR2004 - a mark and three digits
            self.comma += mark == ","
            self.point += mark == "."
            self.fractions += 1
        elif not mark:
            self.bare = self.bare or text
            self.largest = max(self.largest, float(re.sub(r"[^0-9]", "", text)[:12] or 0))
        else:
            self.bare = self.bare or text

    def decimal(self, fallback: str) -> str:
        """Return the mark that parts decimals; `fallback` where no row tells."""
        if self.comma == self.point:
            return fallback
        return "," if self.comma > self.point else "."

    def unit(self) -> Unit | None:
        """Return the unit bare numbers must have, or None where they leave it open."""
        if self.fractions or not self.bare:
            return Unit.HOURS
        if self.largest > DAY:
            return Unit.SECONDS
        return Unit.HOURS if self.largest <= LONG_DAY else None
