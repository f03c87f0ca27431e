"""Time zones as calendar files name them, and moments in them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from outgrow.importers.icalendar.blocks import Block, Property, parsed
from outgrow.importers.icalendar.blocks import decoded as decoded_text
from outgrow.importers.icalendar.rules import Budget, TooOften, expand, rule
from outgrow.importers.icalendar.times import Unclear, offset, shown, stamp
from outgrow.importers.icalendar.windows import WINDOWS_ZONES
from outgrow.model.activity import ZoneCertainty

_IANA = re.compile(r"[A-Za-z0-9_+/-]{1,64}")
_OFFSET_NAME = re.compile(r"\W*(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?(?!\d)", re.IGNORECASE)
_LARGEST_OFFSET = timedelta(hours=14)
_SAME_AS_NONE = frozenset({"UTC", "GMT", "Z", "Etc/UTC", "Etc/GMT"})  # feeds say so where they know of no zone
_MOST_CHANGES = 3000


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone times are written in. `shown` is the zone they are told in where that is another: the file's for UTC."""

    name: str
    certainty: ZoneCertainty
    tz: tzinfo
    shown: tzinfo | None = None
    warning: str = ""

    def at(self, wall: datetime) -> datetime:
        """Return a local time as an aware one with its offset of that day. Raises OverflowError at the ends of time."""
        aware = wall.replace(tzinfo=self.tz)
        return pinned(aware.astimezone(self.shown) if self.shown else aware)

    def wall(self, moment: datetime) -> datetime:
        """Return an aware time as the local time here."""
        return moment.astimezone(self.tz).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a calendar file: local, in its zone; `floating` where the file names none."""

    wall: datetime
    zone: Zone
    all_day: bool = False
    floating: bool = False

    @property
    def at(self) -> datetime:
        """The aware time."""
        return self.zone.at(self.wall)


def pinned(moment: datetime) -> datetime:
    """Give a time the offset that it has in place of the zone it comes from: in whole minutes, the clock unchanged."""
    return moment.replace(tzinfo=_fixed(moment.utcoffset() or timedelta()))


@lru_cache(maxsize=1000)
def _fixed(size: timedelta) -> timezone:
    return timezone(timedelta(minutes=round(size / timedelta(minutes=1))))


@lru_cache(maxsize=1000)
def _iana(name: str) -> ZoneInfo | None:
    """Return the zone of an IANA name, or None where there is none."""
    if not _IANA.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None


class Zones:
    """Finds the zones of one file: by IANA name, by known other names, by its own definition, else the person's."""

    def __init__(self, definitions: Iterable[Block], home: str, last: datetime, budget: Budget) -> None:
        """Keep the VTIMEZONE blocks of the file, the person's zone, and the last time of interest."""
        self._definitions = list(definitions)
        self._home = ZoneInfo(home)
        self._last = last.replace(tzinfo=None) + timedelta(days=1)  # whatever its zone
        self._budget = budget
        self._named: dict[str, Zone] = {}
        self._own: dict[str, Block] | None = None
        self._calendars: dict[str, tuple[Zone, Zone]] = {}

    def moment(self, item: Property, calendar_zone: str = "", otherwise: Zone | None = None) -> Moment:
        """Read a DATE or DATE-TIME. `otherwise` is the zone of times that name none. Raises Unclear."""
        return self.moment_of(item.value, item.parameter("TZID"), calendar_zone, otherwise)

    def moment_of(self, value: str, tzid: str, calendar_zone: str = "", otherwise: Zone | None = None) -> Moment:
        """Read a value with the zone that its line names."""
        read = stamp(value)
        floating, utc = self._of_calendar(calendar_zone)
        if tzid and not read.all_day:  # also beside a Z: what writes both writes local times
            return Moment(read.wall, self.named(tzid))
        if read.offset is not None:
            return Moment(read.wall - read.offset, utc)
        return Moment(read.wall, otherwise or floating, read.all_day, floating=True)

    def _of_calendar(self, name: str) -> tuple[Zone, Zone]:
        """Return the zone of times that name none, and the zone of times in UTC, told in the local zone."""
        if name not in self._calendars:
            own = None if name in _SAME_AS_NONE else _iana(name)
            local = own or self._home
            certainty = ZoneCertainty.MAPPED if own else ZoneCertainty.ASSUMED
            utc = Zone(local.key, ZoneCertainty.STATED, UTC, local)
            self._calendars[name] = Zone(local.key, certainty, local), utc
        return self._calendars[name]

    def named(self, tzid: str) -> Zone:
        """Return the zone of a TZID; an unknown one is taken for the person's, with a warning."""
        if tzid not in self._named:
            self._named[tzid] = (
                self._stated(tzid) or self._defined(tzid) or self._by_offset(tzid) or self._unknown(tzid)
            )
        return self._named[tzid]

    def _stated(self, tzid: str) -> Zone | None:
        known = _iana(tzid)
        if known:
            return Zone(tzid, ZoneCertainty.STATED, known)
        name = next(filter(_iana, _readings(tzid)), "")
        return self._mapped(name)

    def _mapped(self, name: str) -> Zone | None:
        known = _iana(name)
        return Zone(name, ZoneCertainty.MAPPED, known) if known else None

    def _defined(self, tzid: str) -> Zone | None:
        """Use the file's own definition: the IANA name that it gives, else its offsets if they can be true."""
        if self._own is None:
            self._own = {_value(each, "TZID"): each for each in reversed(self._definitions)}
        block = self._own.get(tzid)
        if block is None:
            return None
        location = self._mapped(_value(block, "X-LIC-LOCATION"))
        if location:
            return location
        try:
            self._budget.begin()
            return Zone(tzid, ZoneCertainty.STATED, DefinedZone(_changes(block, self._last, self._budget)))
        except (Unclear, TooOften, OverflowError):
            return None

    def _by_offset(self, tzid: str) -> Zone | None:
        """Read names such as "(UTC-03:00) Brasilia", which tell an offset and nothing of summer time."""
        match = _OFFSET_NAME.match(tzid)
        size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0)) if match else None
        if match is None or size is None or size > _LARGEST_OFFSET:
            return None
        warning = f"of the time zone {shown(tzid)} only the offset is known, not its summer time"
        return Zone(tzid, ZoneCertainty.MAPPED, timezone(-size if match[1] == "-" else size), warning=warning)

    def _unknown(self, tzid: str) -> Zone:
        warning = f"the time zone {shown(tzid)} is not known and taken for {self._home.key}"
        return Zone(self._home.key, ZoneCertainty.ASSUMED, self._home, warning=warning)


def _readings(tzid: str) -> Iterator[str]:
    """Yield what a name may mean: the end of a globally unique path, a Windows name, another writing of an IANA one."""
    parts = tzid.strip("/").split("/")
    for size in (3, 2, 1):
        if tzid.startswith("/") and len(parts) >= size:
            yield "/".join(parts[-size:])
    yield WINDOWS_ZONES.get(tzid.casefold(), "")
    yield "/".join(part.title() for part in tzid.replace(" ", "_").split("/"))


def _value(block: Block, name: str) -> str:
    found = block.properties(frozenset({name})).get(name)
    return found[0].value.strip().strip('"') if found else ""


def _changes(block: Block, last: datetime, budget: Budget) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return when a VTIMEZONE changes (local time before the change) and the offsets before and after, in order."""
    changes: list[tuple[datetime, timedelta, timedelta]] = []
    for lines in _observances(block):
        before, after = offset(lines.get("TZOFFSETFROM", [""])[0]), offset(lines.get("TZOFFSETTO", [""])[0])
        if max(abs(before), abs(after)) > _LARGEST_OFFSET:
            message = "the offsets of the time zone cannot be true"
            raise Unclear(message)
        changes += ((wall, before, after) for wall in _onsets(lines, last, budget))
    if not 0 < len(changes) <= _MOST_CHANGES:
        message = "the time zone defines no changes that can be used"
        raise Unclear(message)
    return sorted(changes)


def _observances(block: Block) -> Iterator[dict[str, list[str]]]:
    """Yield the lines of each STANDARD and DAYLIGHT part, values by name."""
    lines: dict[str, list[str]] = {}
    for line in decoded_text(block.text).split("\n"):
        name, item = parsed(line)
        if name == "BEGIN":
            lines = {}
        elif name == "END":
            yield lines
        else:
            lines.setdefault(name, []).append(item.value)


def _onsets(lines: dict[str, list[str]], last: datetime, budget: Budget) -> Iterator[datetime]:
    start = stamp(lines.get("DTSTART", [""])[0]).wall
    yield start
    for value in ",".join(lines.get("RDATE", [])).split(","):
        if value:
            yield stamp(value).wall
    for text in lines.get("RRULE", []):
        read = rule(text)
        until = read.until.wall + timedelta(days=1) if read.until else last
        yield from expand(read, start, min(until, last), budget)


class DefinedZone(tzinfo):
    """A zone by its changes: (local time before the change, offset before, offset after), in order, at least one."""

    def __init__(self, changes: Sequence[tuple[datetime, timedelta, timedelta]]) -> None:
        """Keep the changes by local time and by UTC."""
        self._walls = [wall for wall, _, _ in changes]
        self._instants = [wall - before for wall, before, _ in changes]
        self._offsets = [changes[0][1], *(after for _, _, after in changes)]

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return the offset at a local time: of the hour told twice the first, of the hour left out the later one."""
        wall = moment.replace(tzinfo=None) if moment else datetime.max  # noqa: DTZ901 - local by meaning
        return self._offsets[bisect_right(self._walls, wall)]

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of a time that is told in UTC under this zone's name."""
        instant = moment.replace(tzinfo=None)
        return moment + self._offsets[bisect_right(self._instants, instant)]

    def dst(self, _moment: datetime | None) -> None:
        """Say nothing: the changes tell offsets only."""
        return

    def tzname(self, _moment: datetime | None) -> None:
        """Say nothing."""
        return
