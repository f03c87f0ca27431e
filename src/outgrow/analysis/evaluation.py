"""Plays audits with labelled work as the person's answers, and scores what came out.

A label is read when its card is asked about, and for scoring. Months of one person are played one after the other:
what was answered in one stands in the next.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from outgrow.analysis import audit, standing
from outgrow.analysis.audit import AuditItem, Reasked
from outgrow.analysis.grouping import group, key_of, tells_work, topics_of
from outgrow.analysis.hours import unit
from outgrow.analysis.proposals import Scorer
from outgrow.analysis.standing import Standing
from outgrow.model.activity import Activity
from outgrow.model.judgement import Value
from outgrow.model.share import Share, Unit

_VALUES = {True: Value.GROWTH, False: Value.DEPTH}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One activity of an audited month: its 0-based row in the file, and whether it is growth."""

    row: int
    activity: Activity
    growth: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the unlabelled activities before, and the labelled ones by the name of the set they belong to."""

    name: str
    history: Sequence[Activity]
    months: Mapping[str, Sequence[Labelled]]


@dataclass(frozen=True, slots=True)
class Rules:
    """How to play: up to so many answers (None: until the half-width, a fraction, is reached), with which chance.

    `learn` labels of each month are given away beforehand; then nothing is played.
    """

    answers: int | None = None
    half_width: float = audit.HALF_WIDTH
    seed: int = 0
    learn: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """What was proposed for a row, and the workstream it is in."""

    row: int
    p: float
    workstream: str


@dataclass(frozen=True, slots=True)
class Step:
    """The growth share as estimated after so many answers, with the activities struck out on their cards so far."""

    answers: int
    strikeouts: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Played:
    """One month of one person as it was played; `labels` go with `items`.

    `proposed` is the share by the proposals alone, `first` the estimate before any answer.
    """

    person: str
    set: str
    truth: float
    proposed: float
    items: Sequence[Item]
    labels: Sequence[bool]
    first: Step
    steps: Sequence[Step]

    @property
    def last(self) -> Step:
        """The estimate where the audit stopped."""
        return self.steps[-1] if self.steps else self.first


@dataclass(frozen=True, slots=True)
class _Judged:
    value: Value
    since: date
    struck: frozenset[str]
    hours: float = 0.0


@dataclass(slots=True)
class _Memory:
    """What the person has said in earlier months: judgements by workstream, and every activity they answered for."""

    past: list[Activity]
    judged: dict[str, _Judged] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    told: list[tuple[AuditItem, float]] = field(default_factory=list)
    said: dict[int, float] = field(default_factory=dict)  # by the place in `past`


def play(person: Person, rules: Rules) -> Iterator[Played]:
    """Yield the months of a person as they are played, in the order of their names."""
    memory = _Memory(list(person.history))
    for name in sorted(person.months):
        month = _Month(person.months[name], memory, rules)
        yield month.learned(person.name, name) if rules.learn else month.played(person.name, name)
        month.remember()


class _Month:
    """One month while it is played."""

    def __init__(self, labelled: Sequence[Labelled], memory: _Memory, rules: Rules) -> None:
        self._labelled = labelled
        self._memory = memory
        self._rules = rules
        self._activities = [each.activity for each in labelled]
        self._scorer = Scorer(memory.past, self._activities, memory.said)
        assignment = group(topics_of([*memory.past, *self._activities]), memory.pins)
        self._keys = [key_of(activity) for activity in self._activities]
        self._streams = [assignment[key] for key in self._keys]
        self._hours = _hours(self._activities)
        self._p = self._scorer.probabilities().tolist()
        self._items = [
            AuditItem(hours, p, stream, activity.title)
            for hours, p, stream, activity in zip(self._hours, self._p, self._streams, self._activities, strict=True)
        ]
        self._answers: dict[int, float] = {}
        self._cards = 0
        self._strikeouts = 0
        self._again = Reasked()

    @cached_property
    def _members(self) -> Mapping[str, Sequence[int]]:
        members: dict[str, list[int]] = defaultdict(list)
        for place, stream in enumerate(self._streams):
            members[stream].append(place)
        return members

    def played(self, person: str, name: str) -> Played:
        """Ask cards until the rules say stop."""
        first = self._step()
        steps: list[Step] = []
        for card in self._drawn():
            if self._is_over(steps):
                break
            self._ask(card)
            steps.append(self._step())
        return self._report(person, name, first, steps, ())

    def learned(self, person: str, name: str) -> Played:
        """Give away some labels and propose for the rest."""
        chance = random.Random(f"{self._rules.seed}:{person}:{name}")  # noqa: S311 - a repeatable sample, no secret
        given = chance.sample(range(len(self._items)), min(self._rules.learn, len(self._items)))
        self._answers = {place: self._growth(place) for place in given}
        self._p = self._scorer.probabilities(self._answers).tolist()
        return self._report(person, name, self._step(), [], given)

    def remember(self) -> None:
        """Carry over what was answered."""
        memory = self._memory
        memory.said |= {len(memory.past) + place: value for place, value in self._answers.items()}
        memory.past = [*memory.past, *self._activities]
        for stream in {self._streams[place] for place in self._answers}:
            memory.judged[stream] = self._judgement(stream)
            memory.pins |= {self._keys[place]: stream for place in self._members[stream]}
        for place, value in self._answers.items():
            item = self._items[place]
            memory.told.append((AuditItem(0.0, item.probability, item.workstream, item.title), value))

    def _drawn(self) -> list[str]:
        """Return the cards in their order: what is new or due and one standing judgement in ten, then new topics."""
        drawn = [name for name in audit.draw(self._items, self._rules.seed) if self._is_asked(name)]
        return sorted(drawn, key=self._waits)

    def _waits(self, stream: str) -> bool:
        """Whether a card comes after the others: its workstream is judged, only some of its topics are new."""
        return self._stands(stream) and not standing.reasked(stream, self._rules.seed)

    def _is_asked(self, stream: str) -> bool:
        if not any(self._hours[place] for place in self._members[stream]):
            return False
        if not self._stands(stream) or standing.reasked(stream, self._rules.seed):
            return True
        return any(self._is_new(place) for place in self._members[stream])

    def _is_new(self, place: int) -> bool:
        """Whether no earlier answer is about this, though its workstream may be judged."""
        key = self._keys[place]
        return key not in self._memory.pins or not tells_work(key, self._activities[place].title)

    def _stands(self, stream: str) -> bool:
        judged = self._memory.judged.get(stream)
        if judged is None:
            return False
        hours = judged.hours + sum(self._hours[place] for place in self._members[stream])
        return not standing.due(Standing(value=judged.value, since=judged.since, hours=hours), self._last_day)

    @cached_property
    def _last_day(self) -> date:
        return max(_day(activity) for activity in self._activities)

    def _is_over(self, steps: Sequence[Step]) -> bool:
        if self._rules.answers is not None:
            return self._cards >= self._rules.answers
        return bool(steps) and _is_narrow(steps[-1], self._rules.half_width)

    def _ask(self, stream: str) -> None:
        """Answer a card: each of its activities as labelled, where the smaller part by hours is struck out."""
        self._cards += 1
        answers = {place: self._growth(place) for place in self._members[stream]}
        self._answers |= answers
        value = self._majority(answers)
        self._strikeouts += sum(answer != value for answer in answers.values())
        if self._stands(stream) and not all(map(self._is_new, self._members[stream])):
            changed = self._memory.judged[stream].value is not _VALUES[bool(value)]
            self._again = Reasked(self._again.asked + 1, self._again.changed + changed)

    def _growth(self, place: int) -> float:
        return float(self._labelled[place].growth)

    def _majority(self, answers: Mapping[int, float]) -> float:
        """Return the answer of the larger part by hours; of equal parts, by their number, then depth."""
        growth = [(self._hours[place], 1) for place, answer in answers.items() if answer]
        depth = [(self._hours[place], 1) for place, answer in answers.items() if not answer]
        return float(_sum(growth) > _sum(depth))

    def _judgement(self, stream: str) -> _Judged:
        answers = {place: self._answers[place] for place in self._members[stream] if place in self._answers}
        value = self._majority(answers)
        by_key: dict[str, dict[int, float]] = defaultdict(dict)
        for place, answer in answers.items():
            by_key[self._keys[place]][place] = answer
        struck = frozenset(key for key, own in by_key.items() if all(answer != value for answer in own.values()))
        first = min(_day(activity) for activity in self._activities)
        return _Judged(_VALUES[bool(value)], first, struck, sum(self._hours[place] for place in answers))

    def _carried(self) -> dict[int, float]:
        """Return what standing judgements say of this month; a topic struck out as a whole is of the other value.

        A new topic in a judged workstream is left to the estimate: it is likely, not certain, to be the same. So is a
        title that names no work: the next "Sync" may be about anything.
        """
        carried: dict[int, float] = {}
        for stream, places in self._members.items():
            if self._stands(stream):
                judged = self._memory.judged[stream]
                grows = float(judged.value is Value.GROWTH)
                known = [place for place in places if not self._is_new(place)]
                carried |= {place: 1 - grows if self._keys[place] in judged.struck else grows for place in known}
        return carried

    def _step(self) -> Step:
        share = self._estimate()
        return Step(self._cards, self._strikeouts, share.mean, share.low, share.high)

    def _estimate(self) -> Share:
        told = self._memory.told
        count = len(self._items)
        earlier = {count + place: value for place, (_, value) in enumerate(told)}
        return audit.estimate(
            [*self._items, *(item for item, _ in told)],
            self._answers,
            self._cards,
            standing=earlier | self._carried(),
            reasked=self._again,
            strikeouts=self._strikeouts,
        )

    def _report(self, person: str, name: str, first: Step, steps: Sequence[Step], hidden: Collection[int]) -> Played:
        shown = [place for place in range(len(self._items)) if place not in set(hidden)]
        return Played(
            person,
            name,
            _share(self._hours, [each.growth for each in self._labelled]),
            _share(self._hours, self._p),
            [Item(self._labelled[place].row, self._p[place], self._streams[place]) for place in shown],
            [self._labelled[place].growth for place in shown],
            first,
            steps,
        )


def _is_narrow(step: Step, half_width: float) -> bool:
    return step.answers >= audit.FIRST_STOP and (step.high - step.low) / 2 <= half_width


def _sum(parts: Sequence[tuple[float, int]]) -> tuple[float, int]:
    return sum(hours for hours, _ in parts), sum(count for _, count in parts)


def _hours(activities: Sequence[Activity]) -> list[float]:
    """Return the hours of each, or 1 for each where nothing measures time."""
    measured = [(activity.minutes or 0.0) / 60 for activity in activities]
    return [1.0] * len(measured) if unit(measured) is Unit.ITEMS else measured


def _share(hours: Sequence[float], growth: Sequence[float]) -> float:
    return sum(h * part for h, part in zip(hours, growth, strict=True)) / sum(hours)


def _day(activity: Activity) -> date:
    return (activity.start or datetime.min.replace(tzinfo=UTC)).date()
