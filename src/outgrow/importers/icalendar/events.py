"""One event of a calendar file: its lines understood, and the activity they tell of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from outgrow.importers.contract import Context
from outgrow.importers.icalendar.blocks import Block, Properties, Property, decoded
from outgrow.importers.icalendar.times import LONGEST, Length, Unclear, duration
from outgrow.importers.icalendar.zones import Moment, Zones
from outgrow.importers.references import references_in
from outgrow.model.activity import Activity, DurationBasis, Kind, Precision, Role, State, Visibility
from outgrow.model.problem import Problem

SOURCE = "icalendar"
FREE = "free"  # the tag of what takes none of the person's time; a whole day of it is a note
WANTED = frozenset(
    {
        "UID",
        "SUMMARY",
        "DESCRIPTION",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "LAST-MODIFIED",
        "DTSTAMP",
        "STATUS",
        "CLASS",
        "TRANSP",
        "CATEGORIES",
        "URL",
        "ATTENDEE",
        "ORGANIZER",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)
_LONGEST_RAW = 2000
_LONGEST_TITLE = 1000
_LONGEST_ID = 500
_MOST_PEOPLE = 200
_MOST_TAGS = 50
_LARGEST_REVISION = 2**31 - 1
_BUSY = frozenset({"busy", "beschäftigt", "gebucht", "occupé", "ocupado", "occupato", "bezet", "zajęty", "upptagen"})
_DAY = timedelta(days=1)
_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
_THINGS = frozenset({"ROOM", "RESOURCE"})
FIX = "Correct the event in your calendar and export it again, or capture it by hand."


@dataclass(slots=True, eq=False)
class Event:
    """A VEVENT. `uid` is empty where none is stated; `recurrence` is what it overrides in its series."""

    block: Block
    properties: Properties
    uid: str
    start: Moment
    length: Length
    recurrence: Moment | None
    onward: bool
    revision: int
    changed: str
    warnings: list[str] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Where its block begins."""
        return self.block.line

    @property
    def repeats(self) -> bool:
        """Whether it states more than one time of its own."""
        return "RRULE" in self.properties or "RDATE" in self.properties

    def first(self, name: str) -> Property:
        """Return the first line of a name, or an empty one."""
        return first(self.properties, name)


def first(properties: Properties, name: str) -> Property:
    """Return the first line of a name, or an empty one."""
    found = properties.get(name)
    return found[0] if found else Property("", "")


def zone_of_calendar(block: Block) -> str:
    """Return the zone that the calendar around a block names for itself, or an empty text."""
    return first(_header(block), "X-WR-TIMEZONE").value.strip()


def _header(block: Block) -> Properties:
    return block.calendar.header if block.calendar else {}


def problem(block: Block, reason: str, remedy: str = FIX) -> Problem:
    """Say why a block could not be read."""
    raw = f"BEGIN:{block.name}\n{decoded(block.text[:_LONGEST_RAW])}"
    return Problem(line=block.line, reason=reason, remedy=remedy, raw=raw[:_LONGEST_RAW])


def event(block: Block, zones: Zones) -> Event:
    """Understand the lines of a VEVENT. Raises Unclear where it cannot be told when it was."""
    if not block.closed:
        message = "the event is not closed before the next one or the end of the file"
        raise Unclear(message)
    properties = block.properties(WANTED)
    local = zone_of_calendar(block)
    warnings: list[str] = []
    recurrence = _recurrence(properties, zones, local, warnings)
    start = _start(properties, zones, local, recurrence, warnings)
    return Event(
        block=block,
        properties=properties,
        uid=first(properties, "UID").text,
        start=start,
        length=_length(properties, zones, local, start, warnings),
        recurrence=recurrence,
        onward=first(properties, "RECURRENCE-ID").parameter("RANGE").upper() == "THISANDFUTURE",
        revision=_revision(first(properties, "SEQUENCE").value),
        changed=first(properties, "LAST-MODIFIED").value.strip() or first(properties, "DTSTAMP").value.strip(),
        warnings=warnings,
    )


def _recurrence(properties: Properties, zones: Zones, local: str, warnings: list[str]) -> Moment | None:
    item = first(properties, "RECURRENCE-ID")
    if not item.value.strip():
        return None
    try:
        return zones.moment(item, local)
    except Unclear as fault:
        warnings.append(f"which time of its series it changes cannot be read: {fault}")
        return None


def _start(properties: Properties, zones: Zones, local: str, recurrence: Moment | None, warnings: list[str]) -> Moment:
    item = first(properties, "DTSTART")
    if item.value.strip():
        start = zones.moment(item, local)
    elif recurrence:
        start = recurrence
        warnings.append("no start is stated; the time of the occurrence it changes is taken")
    else:
        message = "the event has no start (DTSTART)"
        raise Unclear(message)
    warnings += [start.zone.warning] if start.zone.warning else []
    return start


def _revision(text: str) -> int:
    text = text.strip()
    return min(int(text[:12]), _LARGEST_REVISION) if text.isascii() and text.isdigit() else 0


def _length(properties: Properties, zones: Zones, local: str, start: Moment, warnings: list[str]) -> Length:
    """Return how long the event is; what cannot be is no length, with a warning."""
    try:
        return _checked(_stated_length(properties, zones, local, start))
    except Unclear as fault:
        warnings.append(f"its end cannot be used: {fault}")
        return Length(1 if start.all_day else 0, None)


def _checked(length: Length) -> Length:
    rest = length.rest or timedelta()
    if rest < timedelta():
        message = "it lies before the start"
        raise Unclear(message)
    if length.days * timedelta(days=1) + rest > LONGEST:
        message = "it lies more than a year after the start"
        raise Unclear(message)
    return length


def _stated_length(properties: Properties, zones: Zones, local: str, start: Moment) -> Length:
    end, stated = first(properties, "DTEND"), first(properties, "DURATION")
    if end.value.strip():
        return _until(zones.moment(end, local, start.zone), start)
    if stated.value.strip():
        length = duration(stated.value)
        return Length(max(1, length.days), None) if start.all_day else length
    return Length(1 if start.all_day else 0, None)


def _until(end: Moment, start: Moment) -> Length:
    if not start.all_day:
        return Length(0, end.at - start.at)
    days = (end.wall.date() - start.wall.date()).days
    if days < 0:
        message = "it lies before the start"
        raise Unclear(message)
    return Length(max(1, days), None)


class Teller:
    """Tells the activities of one file's events."""

    def __init__(self, context: Context, account: str) -> None:
        """Keep who the person is and when it is."""
        self._context = context
        self._account = account
        self._ordinals: dict[str, int] = {}

    def identity(self, event: Event) -> str:
        """Return the UID, or where there is none a name made of start, title and place among alike ones."""
        if event.uid:
            return event.uid if len(event.uid) <= _LONGEST_ID else _digest(event.uid)
        alike = f"{event.start.wall.isoformat()}\n{event.first('SUMMARY').text}"
        self._ordinals[alike] = ordinal = self._ordinals.get(alike, 0) + 1
        return _digest(f"{alike}\n{ordinal}")

    def shared(self, event: Event, native_id: str) -> Activity:
        """Return what all occurrences of an event have in common; its times are to come."""
        attendees = event.properties.get("ATTENDEE", [])
        organizer = event.first("ORGANIZER")
        own = [each for each in attendees if self._is_owner(each)]
        tags = _tags(event.properties)
        title = " ".join(event.first("SUMMARY").text.split())[:_LONGEST_TITLE]
        return Activity(
            source=SOURCE,
            account=self._account,
            native_id=native_id,
            revision=event.revision,
            line=event.line,
            kind=Kind.NOTE if event.start.all_day and FREE in tags else Kind.MEETING,
            title=title,
            precision=Precision.DAY if event.start.all_day else Precision.MINUTE,
            zone=event.start.zone.name,
            zone_certainty=event.start.zone.certainty,
            tags=tags,
            people=self._people([organizer, *attendees]),
            role=self._role(organizer, own),
            state=_state(event, own),
            visibility=_visibility(event, title),
            url=event.first("URL").value.strip()[:_LONGEST_TITLE],
            references=references_in(f"{title}\n{event.first('DESCRIPTION').text}"),
            warnings=tuple(dict.fromkeys(event.warnings)),
        )

    def at(self, shared: Activity, start: datetime, end: datetime | None, **more: Any) -> Activity:  # noqa: ANN401 - fields of an activity
        """Return an occurrence of an event; a timed one of less than a day has the minutes from start to end."""
        state = State.PLANNED if shared.state is State.DONE and start > self._context.now else shared.state
        if end is None or shared.precision is Precision.DAY:
            return replace(shared, start=start, end=end, state=state, **more)
        if end - start >= _DAY:
            warnings = (*shared.warnings, "it runs for a day or longer without a break, so no hours are taken from it")
            return replace(shared, start=start, end=end, state=state, warnings=warnings, **more)
        minutes = (end - start) / timedelta(minutes=1)
        return replace(shared, start=start, end=end, state=state, minutes=minutes, basis=DurationBasis.PLANNED, **more)

    def _is_owner(self, item: Property) -> bool:
        return bool(self._context.addresses) and not self._context.addresses.isdisjoint(_addresses(item))

    def _people(self, items: Iterable[Property]) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for item in items:
            name = item.parameter("CN") or _address(item.value)
            if name and not self._is_owner(item) and item.parameter("CUTYPE").upper() not in _THINGS:
                names.setdefault(" ".join(name.split())[:_LONGEST_ID])
            if len(names) == _MOST_PEOPLE:
                break
        return tuple(names)

    def _role(self, organizer: Property, own: list[Property]) -> Role:
        roles = {each.parameter("ROLE").upper() for each in own}
        if self._is_owner(organizer) or "CHAIR" in roles:
            return Role.LED
        if roles & {"OPT-PARTICIPANT", "NON-PARTICIPANT"}:
            return Role.OPTIONAL
        return Role.TOOK_PART if own else Role.UNKNOWN


def _digest(text: str) -> str:
    return "h" + blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _addresses(item: Property) -> set[str]:
    return {_address(item.value).lower(), item.parameter("EMAIL").lower()} - {""}


def _address(value: str) -> str:
    value = value.strip()
    return value[len("mailto:") :].strip() if value[:7].lower() == "mailto:" else value


def _tags(properties: Properties) -> tuple[str, ...]:
    """Return the categories, and what the calendar says of the person's time: free, or out of the office."""
    lists = ",".join(item.value.replace("\\,", "\0") for item in properties.get("CATEGORIES", []))
    tags = [Property("", each.replace("\0", ",")).text for each in lists.split(",")]
    busy = first(properties, "X-MICROSOFT-CDO-BUSYSTATUS").value.strip().upper()
    if busy == "FREE" or first(properties, "TRANSP").value.strip().upper() == "TRANSPARENT":
        tags.append(FREE)
    if busy == "OOF":
        tags.append("out of office")
    return tuple(dict.fromkeys(tag[:_LONGEST_ID] for tag in tags if tag))[:_MOST_TAGS]


def _state(event: Event, own: Collection[Property]) -> State:
    cancelled = first(_header(event.block), "METHOD").value.strip().upper() == "CANCEL"
    if cancelled or event.first("STATUS").value.strip().upper() in {"CANCELLED", "CANCELED"}:
        return State.CANCELLED
    declined = any(each.parameter("PARTSTAT").upper() == "DECLINED" for each in own)
    return State.DECLINED if declined else State.DONE


def _visibility(event: Event, title: str) -> Visibility:
    if event.first("CLASS").value.strip().upper() in _PRIVATE:
        return Visibility.PRIVATE
    return Visibility.BUSY if title.casefold() in _BUSY else Visibility.NORMAL
