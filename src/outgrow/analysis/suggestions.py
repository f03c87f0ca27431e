"""What of a person's work may be evidence, so that they need only say yes: firsts, and growth work that came to an end.

A suggestion that is wrong costs more than one that is missing. So each needs a past long enough to call something a
first, a title that names work, and the person's own part in it. It is asked, and never kept by itself.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import blake2b
from itertools import chain

from outgrow.analysis.titles import is_vague, normalise
from outgrow.model.activity import Activity, Kind, Precision, Role, Visibility
from outgrow.model.evidence import EvidenceKind


class SuggestionKind(StrEnum):
    """Why something is suggested, the most telling first."""

    LED = "first time led"
    PART = "first time in this part"
    ENDED = "growth work ended"
    BEGUN = "growth work begun"
    AGAIN = "done several times"
    PROJECT = "first time in a project"
    PEOPLE = "first time with people"


class Part(StrEnum):
    """A part in work that is news when it is played for the first time; each is the verb of a sentence."""

    PRESENTED = "presented"
    TAUGHT = "taught somebody"
    DECIDED = "decided"
    NEGOTIATED = "negotiated"
    LED = "led others"


#: How a title begins in which the person plays a part. Narrow: "Training", "Interview" and "Lead time" say nothing.
_PARTS = {
    Part.PRESENTED: r"present(?:ed|ing)?\b(?! (?:value|list|for))|(?:pitch(?:ed|ing)?|keynote|demo(?:ed|ing)?)\b",
    Part.TAUGHT: (
        r"(?:teach|taught|mentor|coach|onboard|tutor)(?:ed|ing)? (?!coach|session)\w"
        r"|train(?:ed)? (?!to|from|home|times?|tickets?|station)\w"
    ),
    Part.DECIDED: r"decid(?:e|ed|ing)\b|prioriti[sz](?:e|ed|ing)\b|approv(?:e|ed|ing) (?:the|a)\b",
    Part.NEGOTIATED: r"(?:re-?)?negotiat(?:e|ed|ing|ions?)\b",
    Part.LED: (
        r"(?:chair(?:ed|ing)|facilitat(?:e|ed|ing)|delegat(?:e|ed|ing)|supervis(?:e|ed|ing))\b"
        r"|(?:lead|led|ran) (?:the|a|an|our)\b"
    ),
}
_SAID = {part: re.compile(rf"(?:{words})", re.IGNORECASE) for part, words in _PARTS.items()}
_NAMED = {
    Part.PRESENTED: re.compile(r"\b(?:presentation (?:to|for|at)|keynote)\b", re.IGNORECASE),
    Part.NEGOTIATED: re.compile(r"\bnegotiations?\b", re.IGNORECASE),
}

_KEY_BYTES = 8
_LONGEST = 160  # characters of a title that are said again
_SEEN_BEFORE = 3  # times a meeting was taken part in, before it is news to lead it
_OLD = 60  # days of a past that is long enough to call something a first
_KINDS = 30  # titles of a past that is wide enough
_WITH_PEOPLE = 50  # earlier activities that name people
_PROJECTS = 2  # projects before
_FEW = 4  # people: of more there is nearly always a new one
_STEADY = 3  # activities from which on a project is more than a try
_LASTING = 4.0  # hours, likewise
_QUIET = 30  # days after which growth work seems to have ended
_APART = 14  # days between two times of doing the same
_TIMES = 3
#: Records whose titles tell of what others do, or of code, unless the person led.
_OF_OTHERS = frozenset({Kind.MEETING, Kind.COMMIT, Kind.ISSUE_EVENT, Kind.APP_USAGE})
_GROUPS = re.compile(r"(?:team|all|group|info|support|sales|office|hr|no-?reply|everyone|staff)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Done:
    """An activity of the days looked at: its id, local day, counted hours and workstream."""

    id: int
    day: date
    hours: float
    workstream: str
    activity: Activity

    @property
    def title(self) -> str:
        """Its title, short and on one line."""
        return short(self.activity.title)

    @property
    def topic(self) -> str:
        """What it shares with other times of the same work."""
        return normalise(self.activity.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What there was before the days looked at.

    `first` is the first day of all (None: nothing before), `kinds` the number of titles, `parts` those they name.
    `led` and `taken_part` count by title how often it was led, and was met without; `with_people` counts what names
    people, `people` and `projects` (case-folded) are those met, `projects_before` their number.
    """

    first: date | None = None
    kinds: int = 0
    parts: frozenset[Part] = frozenset()
    taken_part: Mapping[str, int] = field(default_factory=dict)
    led: Mapping[str, int] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    with_people: int = 0
    projects: frozenset[str] = frozenset()
    projects_before: int = 0

    def is_long(self, until: date) -> bool:
        """Whether it is long and wide enough to call something a first."""
        return self.first is not None and (until - self.first).days >= _OLD and self.kinds >= _KINDS


@dataclass(frozen=True, slots=True)
class Stream:
    """A workstream, or one topic of it: the days on which there was such work, in order, and all its hours."""

    id: str
    name: str
    days: Sequence[date]
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may be evidence.

    `key` names it for good; `action` is how the evidence would begin, `reason` why it is asked. `hours` are counted.
    It is of the day `on`, or of the days from `since` to that.
    `activity` is the id of the activity it is about, None where it is about the whole `workstream` ("" for none).
    """

    key: str
    kind: SuggestionKind
    action: str
    reason: str
    on: date
    since: date | None = None
    hours: float | None = None
    people: tuple[str, ...] = ()
    activity: int | None = None
    workstream: str = ""
    evidence: EvidenceKind = EvidenceKind.MY_WORD


def key_of(kind: SuggestionKind, *about: str) -> str:
    """Return the name of a suggestion: it hangs on words alone, so no import and no grouping changes it."""
    told = "\0".join((kind.name, *about)).encode("utf-8", "surrogatepass")
    return f"{kind.name.lower()}-{blake2b(told, digest_size=_KEY_BYTES).hexdigest()}"


def part_named(title: str) -> Part | None:
    """Return the part that a title says the person plays: by the verb it begins with, or by a word for it."""
    begins = (part for part, said in _SAID.items() if said.match(title.lstrip()))
    named = (part for part, said in _NAMED.items() if said.search(title))
    return next(chain(begins, named), None)


def short(title: str) -> str:
    """Return a title on one line, cut where it is long."""
    line = " ".join(title.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def tells(activity: Activity) -> bool:
    """Whether an activity is open, has a time, and says what was done."""
    whole_day = activity.kind is Kind.MEETING and activity.precision is Precision.DAY
    return activity.visibility is Visibility.NORMAL and not whole_day and not is_vague(activity.title)


def of_firsts(done: Sequence[Done], past: Past) -> Iterator[Suggestion]:
    """Yield what was done for the first time, of activities in order of time."""
    telling = [each for each in done if tells(each.activity)]
    yield from _led(telling, past)
    if telling and past.is_long(telling[0].day):
        yield from _parts(telling, past)
        yield from _projects(telling, past)
        yield from _people(telling, past)


def _led(done: Iterable[Done], past: Past) -> Iterator[Suggestion]:
    """Yield what the person took part in before, be it a meeting, and now led for the first time."""
    taken_part, led = Counter(past.taken_part), Counter(past.led)
    for each in done:
        topic, role = each.topic, each.activity.role
        if role is Role.LED:
            if topic and taken_part[topic] >= _SEEN_BEFORE and not led[topic]:
                reason = f"You took part {_times(taken_part[topic])} before, and no record says that you led it."
                yield _first(SuggestionKind.LED, each, topic, f"Led {each.title} for the first time", reason)
            led[topic] += 1
        else:
            taken_part[topic] += 1


def _parts(done: Iterable[Done], past: Past) -> Iterator[Suggestion]:
    """Yield what the person did in a part that none of their work before named; a meeting must be theirs."""
    known = set(past.parts)
    for each in done:
        part = part_named(each.activity.title)
        if part is None or part in known:
            continue
        known.add(part)
        if each.activity.kind not in _OF_OTHERS or each.activity.role is Role.LED:
            action = f"{part.value.capitalize()} for the first time: {each.title}"
            reason = f"No work before {_day(each.day)} says that you {part}."
            yield _first(SuggestionKind.PART, each, part.name, action, reason)


def _projects(done: Sequence[Done], past: Past) -> Iterator[Suggestion]:
    """Yield projects that are new, and more than a try."""
    if past.projects_before < _PROJECTS:
        return
    found: dict[str, list[Done]] = {}
    for each in done:
        if not is_vague(each.activity.project) and (name := each.activity.project.casefold()) not in past.projects:
            found.setdefault(name, []).append(each)
    for name, several in found.items():
        hours = sum(each.hours for each in several)
        if len(several) >= _STEADY and hours >= _LASTING:
            begun, project = several[0], short(several[0].activity.project)
            reason = f"{len(several)} activities since {_day(begun.day)}, and none in this project before."
            action = f"Began work on {project}: {begun.title}"
            yield _first(SuggestionKind.PROJECT, begun, name, action, reason, hours)


def _people(done: Iterable[Done], past: Past) -> Iterator[Suggestion]:
    """Yield what was done with a few people who are all new."""
    if past.with_people < _WITH_PEOPLE:
        return
    known = set(past.people)
    for each in done:
        people = [name for name in each.activity.people if name.strip()]
        folded = {name.casefold() for name in people}
        if 0 < len(folded) <= _FEW and not folded & known and not any(map(_GROUPS.match, people)):
            reason = f"No work before {_day(each.day)} names them."
            action = f"Worked with {listed(list(map(called, people)))} for the first time: {each.title}"
            yield _first(SuggestionKind.PEOPLE, each, "\0".join(sorted(folded)), action, reason)
        known |= folded


def called(person: str) -> str:
    """Return what to call somebody whose mail address may be all that is known: Priya Nair."""
    name, mark, _ = person.partition("@")
    return short(name.replace(".", " ").replace("_", " ").title() if mark and name else person)


def _first(  # noqa: PLR0913, PLR0917 - what a suggestion is made of
    kind: SuggestionKind, each: Done, about: str, action: str, reason: str, hours: float | None = None
) -> Suggestion:
    return Suggestion(
        key=key_of(kind, about) if kind is not SuggestionKind.PART else key_of(kind, about, each.topic),
        kind=kind,
        action=action,
        reason=reason,
        on=each.day,
        hours=(each.hours if hours is None else hours) or None,
        people=tuple(dict.fromkeys(called(name) for name in each.activity.people if name.strip())),
        activity=each.id,
        workstream=each.workstream,
    )


def of_growth(streams: Iterable[Stream], first: date, last: date) -> Iterator[Suggestion]:
    """Yield growth work that began or ended within the days from `first` to `last`."""
    for stream in streams:
        newest = stream.days[-1]
        if not first <= newest <= last or is_vague(stream.name) or not _lasts(stream):
            continue
        if (last - newest).days >= _QUIET:
            reason = "Growth work by your own answer, and the last of it so far. What came of it?"
            yield _of_stream(SuggestionKind.ENDED, stream, _between(stream), reason)
        elif stream.days[0] >= first:
            reason = f"Growth work by your own answer, new since {_day(stream.days[0])}."
            yield _of_stream(SuggestionKind.BEGUN, stream, short(stream.name), reason)


def _lasts(stream: Stream) -> bool:
    return stream.hours >= _LASTING or (not stream.hours and len(stream.days) >= _STEADY)


def of_repeats(topics: Iterable[Stream], first: date, last: date) -> Iterator[Suggestion]:
    """Yield the same work done a third time or more, the last time within the days from `first` to `last`."""
    for topic in topics:
        times = runs(topic.days)
        if len(times) >= _TIMES and first <= topic.days[-1] <= last and not is_vague(topic.name):
            begun, newest = _day(times[0][0]), _day(times[-1][1])
            reason = f"First on {begun}, last on {newest}, with two weeks or more in between."
            action = f"{short(topic.name)}, done {_times(len(times))}"
            yield _of_stream(SuggestionKind.AGAIN, topic, action, reason, EvidenceKind.REPETITION)


def runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return the times that the same was done, each from its first to its last day: [1 2 3 20 50] is three times."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day - found[-1][1] < timedelta(days=_APART):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _of_stream(
    kind: SuggestionKind, stream: Stream, action: str, reason: str, evidence: EvidenceKind = EvidenceKind.MY_WORD
) -> Suggestion:
    return Suggestion(
        key=key_of(kind, normalise(stream.name) or stream.id),
        kind=kind,
        action=action,
        reason=reason,
        on=stream.days[-1],
        since=stream.days[0],
        hours=stream.hours or None,
        workstream=stream.id,
        evidence=evidence,
    )


def best(found: Iterable[Suggestion], without: Collection[str]) -> list[Suggestion]:
    """Return suggestions, the most telling first, of equals the largest; one for each piece of work.

    `without` are the keys of those that were answered.
    """
    order = list(SuggestionKind)
    open_ = (each for each in found if each.key not in without)
    ranked = sorted(
        open_, key=lambda each: (order.index(each.kind), -(each.hours or 0), -each.on.toordinal(), each.key)
    )
    kept: list[Suggestion] = []
    for each in ranked:
        if not any(_same_work(each, other) for other in kept):
            kept.append(each)
    return kept


def _same_work(one: Suggestion, other: Suggestion) -> bool:
    by_stream = one.workstream and one.workstream == other.workstream
    return one.key == other.key or (one.activity is not None and one.activity == other.activity) or bool(by_stream)


def _between(stream: Stream) -> str:
    """Name a workstream with the months it took."""
    first, last, name = stream.days[0], stream.days[-1], short(stream.name).rstrip(" ?!.,;:")
    if (first.year, first.month) == (last.year, last.month):
        return f"{name}, in {last:%B} {last.year}"
    begin = f"{first:%B}" if first.year == last.year else f"{first:%B} {first.year}"
    return f"{name}, from {begin} to {last:%B} {last.year}"


def _times(number: int) -> str:
    return f"{number} times"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def listed(names: Sequence[str]) -> str:
    """Return names as they are said: Anna, Ben and Carla."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
