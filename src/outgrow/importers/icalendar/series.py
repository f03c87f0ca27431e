"""The events of one UID together: the latest revision of each, and the times of those that repeat."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from outgrow.importers.icalendar.events import Event, Teller, problem, zone_of_calendar
from outgrow.importers.icalendar.rules import Budget, Rule, TooOften, expand, rule
from outgrow.importers.icalendar.times import Length, Unclear, duration
from outgrow.importers.icalendar.zones import Moment, Zone, Zones
from outgrow.model.activity import Activity, State
from outgrow.model.problem import Problem

MOST_OCCURRENCES = 5000
_EXCEPTED = ("its series says that this time does not take place",)
_OFTEN_REMEDY = "Give it an end in your calendar, or a rule that repeats daily or less often, and export it again."


@dataclass(frozen=True, slots=True)
class Reading:
    """What it takes to read the events of one file: zones, budget, teller, and the last time of interest."""

    zones: Zones
    budget: Budget
    teller: Teller
    last: datetime


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A time of a series: local and aware, what it is known by, and a length of its own if it has one."""

    wall: datetime
    start: datetime
    key: str
    length: Length | None = None


def tell(events: Sequence[Event], reading: Reading) -> Iterator[Activity | Problem]:
    """Yield the activities of the events that share a UID (or of one without): a problem for each that has none."""
    if len(events) == 1 and not events[0].repeats and events[0].recurrence is None:
        yield _single(events[0], reading.teller)
        return
    masters = [each for each in events if each.recurrence is None]
    latest = _latest(masters)
    overrides = _Overrides([each for each in events if each.recurrence is not None], latest)
    yield from _superseded(masters, latest)
    yield from overrides.superseded()
    yield from _told(latest, overrides, reading)


def _told(master: Event | None, overrides: "_Overrides", reading: Reading) -> Iterator[Activity | Problem]:
    if master and not master.repeats and not overrides.latest:
        yield _single(master, reading.teller)
    elif master:
        yield from _repeated(master, overrides, reading)
    excepted = _excepted_keys(master, reading) if master and overrides.latest else set()
    for key, each in overrides.latest.items():
        if each.repeats and not master:
            yield from _repeated(each, overrides, reading)
        else:
            changed = _changed(each, key, reading.teller)
            yield replace(changed, state=State.CANCELLED, warnings=_EXCEPTED) if key in excepted else changed


def _order(event: Event) -> tuple[int, str, int]:
    return event.revision, event.changed, event.line


def _latest(events: Sequence[Event]) -> Event | None:
    return max(events, key=_order) if events else None


def _superseded(events: Iterable[Event], latest: Event | None) -> Iterator[Problem]:
    for each in events:
        if latest and each is not latest:
            reason = f"the same event again: line {latest.line} has a later revision of it"
            yield problem(each.block, reason, "Nothing is lost; nothing needs to be done.")


class _Overrides:
    """The events that change a time of their series, by what that time is known by."""

    def __init__(self, events: Sequence[Event], master: Event | None) -> None:
        zone, all_day = (master.start.zone, master.start.all_day) if master else (None, False)
        self._by_key: dict[str, list[Event]] = {}
        onward: list[tuple[datetime, Event]] = []
        for each in events:
            if each.recurrence is not None:
                self._by_key.setdefault(_key(each.recurrence, zone, all_day=all_day), []).append(each)
                onward += [(_wall(each.recurrence, zone), each)] if each.onward and master else []
        self.latest = {key: event for key, group in self._by_key.items() if (event := _latest(group))}
        current = set(map(id, self.latest.values()))
        self._onward = sorted(
            (pair for pair in onward if id(pair[1]) in current), key=lambda pair: pair[0], reverse=True
        )

    def superseded(self) -> Iterator[Problem]:
        for key, group in self._by_key.items():
            yield from _superseded(group, self.latest[key])

    def replaces(self, occurrence: _Occurrence, event: Event) -> bool:
        """Whether another event stands for a time of this one, which it names in full or by its day."""
        other = self.latest and (self.latest.get(occurrence.key) or self.latest.get(_day(occurrence.wall)))
        return bool(other) and other is not event

    def onward(self, wall: datetime) -> tuple[datetime, Event] | None:
        """Return the event that changes a time along with all later ones, and since when, if there is one."""
        return next((pair for pair in self._onward if pair[0] < wall), None)


def _single(event: Event, teller: Teller) -> Activity:
    shared = teller.shared(event, teller.identity(event))
    start = event.start.at
    return teller.at(shared, start, _end(event.start.wall, start, event.start.zone, event.length))


def _changed(event: Event, key: str, teller: Teller) -> Activity:
    """Return the activity of an event that changes one time of its series."""
    single = _single(event, teller)
    return replace(single, series=single.native_id, occurrence=key)


def _repeated(event: Event, overrides: _Overrides, reading: Reading) -> Iterator[Activity | Problem]:
    """Yield the times of a series that no other event changes, and those that one changes along with all later."""
    try:
        occurrences = _occurrences(event, reading)
    except TooOften as fault:
        yield problem(event.block, str(fault), _OFTEN_REMEDY)
        return
    kept = [each for each in occurrences if not overrides.replaces(each, event)]
    told = _Told(event, reading.teller)
    yield from told.each(kept[-MOST_OCCURRENCES:], overrides)
    if event.line not in told.lines:
        yield problem(event.block, _absence(occurrences, reading), _ABSENCE_REMEDY)


_ABSENCE_REMEDY = "Nothing needs to be done, unless you know of a time at which it was."


def _absence(occurrences: Sequence[_Occurrence], reading: Reading) -> str:
    if occurrences:
        return "every time of this series is changed by another event of the file, which is read instead"
    return f"the series has no time up to {reading.last.date()} that is not excluded"


class _Told:
    """Tells the times of one series, and keeps the lines of the events that they were told by."""

    def __init__(self, event: Event, teller: Teller) -> None:
        self._event = event
        self._teller = teller
        self._native_id = teller.identity(event)
        self._shared: dict[int, Activity] = {}
        self.lines: set[int] = set()

    def each(self, occurrences: Iterable[_Occurrence], overrides: _Overrides) -> Iterator[Activity]:
        zone = self._event.start.zone
        for each in occurrences:
            changed = overrides.onward(each.wall)
            event, wall, start = self._event, each.wall, each.start
            if changed:
                event = changed[1]
                wall += _wall(event.start, zone) - changed[0]
                start = zone.at(wall)
            end = _end(wall, start, zone, each.length or event.length)
            yield self._teller.at(self._of(event), start, end, occurrence=each.key)

    def _of(self, event: Event) -> Activity:
        """Return what all times of an event have in common, made once."""
        if event.line not in self._shared:
            shared = self._teller.shared(event, self._native_id)
            self._shared[event.line] = replace(shared, series=self._native_id)
            self.lines.add(event.line)
        return self._shared[event.line]


def _occurrences(event: Event, reading: Reading) -> list[_Occurrence]:
    """Return the times of a series in order. Raises TooOften."""
    start, zone = event.start, event.start.zone
    reading.budget.begin()
    lengths = _walls(event, reading)
    occurrences = []
    for wall in sorted(set(lengths) - _excluded(event, lengths, reading)):
        aware = zone.at(wall)
        occurrences.append(_Occurrence(wall, aware, _day(wall) if start.all_day else _utc(aware), lengths[wall]))
    if len(occurrences) > MOST_OCCURRENCES:
        event.warnings.append(f"only the last {MOST_OCCURRENCES} times of the series are listed, of {len(occurrences)}")
    return occurrences


def _walls(event: Event, reading: Reading) -> dict[datetime, Length | None]:
    """Return the local times that the rules and dates of a series name, and the start, with lengths of their own."""
    start, last = event.start.wall, event.start.zone.wall(reading.last)
    walls: dict[datetime, Length | None] = {}
    rules = _rules(event, "RRULE")
    untils = [_until(each, event.start) for each in rules]
    if start <= last and (None in untils or not untils or start <= max(each for each in untils if each)):
        walls[start] = None
    for each, until in zip(rules, untils, strict=True):
        walls.update(dict.fromkeys(expand(each, start, min(until or last, last), reading.budget)))
    walls.update((wall, length) for wall, length in _listed(event, "RDATE", reading) if wall <= last)
    return walls


def _excepted_keys(master: Event, reading: Reading) -> set[str]:
    """Return what the times are known by that a series excepts by their date: a change of such a time is void."""
    zone, all_day = master.start.zone, master.start.all_day
    try:
        reading.budget.begin()
        walls = [wall for wall, _ in _listed(master, "EXDATE", reading)]
    except TooOften:
        return set()
    return {_day(wall) if all_day else _utc(zone.at(wall)) for wall in walls}


def _rules(event: Event, name: str) -> list[Rule]:
    """Read the rules of an event; one that cannot be followed becomes a warning."""
    rules = []
    for item in event.properties.get(name, []):
        try:
            rules.append(rule(item.value))
        except Unclear as fault:
            event.warnings.append(f"how it repeats cannot be followed, so that times may be missing: {fault}")
    return rules


def _until(rule: Rule, start: Moment) -> datetime | None:
    """Return the last local time that a rule allows; a date allows its whole day."""
    until = rule.until
    if until is None:
        return None
    if until.all_day or start.all_day:
        return until.wall.replace(hour=23, minute=59, second=59)
    return until.wall if until.offset is None else start.zone.wall((until.wall - until.offset).replace(tzinfo=UTC))


def _listed(event: Event, name: str, reading: Reading) -> Iterator[tuple[datetime, Length | None]]:
    """Yield the local times of an RDATE or EXDATE, with the length of those that are periods."""
    for item in event.properties.get(name, []):
        for value in filter(None, item.value.split(",")):
            reading.budget.spend()
            try:
                yield _one_listed(value, item.parameter("TZID"), event, reading.zones)
            except (Unclear, OverflowError) as fault:
                event.warnings.append(f"one of its dates cannot be used: {fault}")


def _one_listed(value: str, tzid: str, event: Event, zones: Zones) -> tuple[datetime, Length | None]:
    begin, _, end = value.strip().partition("/")
    zone = event.start.zone
    moment = zones.moment_of(begin, tzid, zone_of_calendar(event.block), zone)
    wall = moment.wall if event.start.all_day else _wall(moment, zone)
    if event.start.all_day:
        wall = wall.replace(hour=0, minute=0, second=0)
    elif moment.all_day:
        wall = datetime.combine(wall, event.start.wall.time())
    if not end or event.start.all_day:
        return wall, None
    if end.lstrip("+-").upper().startswith("P"):
        return wall, duration(end)
    return wall, Length(0, zones.moment_of(end, tzid, zone_of_calendar(event.block), zone).at - moment.at)


def _excluded(event: Event, walls: Iterable[datetime], reading: Reading) -> set[datetime]:
    """Return the times that are excepted: by their date, or by a rule."""
    excluded = {wall for wall, _ in _listed(event, "EXDATE", reading)}
    last = max(walls, default=event.start.wall)
    for each in _rules(event, "EXRULE"):
        until = min(_until(each, event.start) or last, last)
        excluded.update(expand(each, event.start.wall, until, reading.budget))
    return excluded


def _wall(moment: Moment, zone: Zone | None) -> datetime:
    """Return a moment as the local time of a zone; a day, and a time that names no zone, stay as they are."""
    if zone is None or moment.zone is zone or moment.all_day or moment.floating:
        return moment.wall
    return zone.wall(moment.at)


def _key(moment: Moment, zone: Zone | None, *, all_day: bool) -> str:
    """Return what a time of a series is known by: its day, or its time in UTC."""
    if all_day or moment.all_day:
        return _day(moment.wall)
    return _utc((zone or moment.zone).at(_wall(moment, zone)))


def _day(wall: datetime) -> str:
    return f"{wall.year:04}{wall.month:02}{wall.day:02}"


def _utc(moment: datetime) -> str:
    text = moment.astimezone(UTC).isoformat()
    return text[:19].replace("-", "").replace(":", "") + "Z"


def _end(wall: datetime, start: datetime, zone: Zone, length: Length) -> datetime | None:
    """Return when a time of an event ends, or None where that is not stated."""
    begin = zone.at(wall + timedelta(days=length.days)) if length.days else start
    if length.rest is not None:
        return begin + length.rest
    return begin if length.days else None
