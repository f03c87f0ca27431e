"""Ladders as they are shown: all of them, one of them, one that is being imported, and a step on one."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from outgrow.model.ladder import Expectation, Ladder, Level
from outgrow.model.problem import Problem
from outgrow.reports.words import columns, count, harmless

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class LadderLine:
    """One of the ladders there are; `own` says whether the person imported or changed it.

    `now` and `next` name the levels the person looks at, empty where it is not on this ladder.
    """

    number: int
    name: str
    origin: str
    levels: int
    expectations: int
    own: bool
    now: str
    next: str


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A level and how many expectations it has."""

    id: str
    name: str
    rank: int
    track: str
    expectations: int


@dataclass(frozen=True, slots=True)
class LadderRead:
    """A file read as a ladder: what it holds and what of it could not be read.

    `passed_over` says how many of what else stands in it, which needs nothing to be done.
    `number` is the ladder it was kept as, `already` whether it was there before; null and false while it is looked at.
    """

    name: str
    origin: str
    levels: tuple[LevelCount, ...]
    kinds: tuple[str, ...]
    expectations: int
    problems: tuple[Problem, ...]
    passed_over: tuple[tuple[str, int], ...] = ()
    number: int | None = None
    already: bool = False


@dataclass(frozen=True, slots=True)
class StepView:
    """What one level of a ladder asks for and another below it does not; `carried` is what both ask for.

    `between` are the levels that are skipped on the way: what they ask for is part of the step.
    """

    ladder: int
    ladder_name: str
    now: Level
    next: Level
    between: tuple[Level, ...]
    asked: tuple[Expectation, ...]
    carried: tuple[Expectation, ...]


def level_counts(ladder: Ladder) -> tuple[LevelCount, ...]:
    """Return the levels of a ladder with how many expectations each has."""
    return tuple(
        LevelCount(each.id, each.name, each.rank, each.track, len(ladder.of(each.id))) for each in ladder.levels
    )


def kinds(expectations: Sequence[Expectation]) -> tuple[str, ...]:
    """Return the kinds of some expectations, each once, in their order."""
    return tuple(dict.fromkeys(each.kind for each in expectations))


def by_kind(expectations: Sequence[Expectation]) -> Mapping[str, Sequence[Expectation]]:
    """Return expectations by their kind, in the order the kinds first come."""
    return {kind: [each for each in expectations if each.kind == kind] for kind in kinds(expectations)}


def by_rank(levels: Sequence[Level]) -> Sequence[Sequence[Level]]:
    """Return the levels of each rank, from the lowest on."""
    ranks = dict.fromkeys(each.rank for each in levels)
    return [[each for each in levels if each.rank == rank] for rank in ranks]


def render_list(lines: Sequence[LadderLine]) -> str:
    """Return a line for each ladder."""
    rows = [("Ladder", "No.", "Levels", "Expectations", "You look at")]
    rows += [
        (each.name, str(each.number), str(each.levels), str(each.expectations), _looked_at(each)) for each in lines
    ]
    return "\n".join(columns(rows, most=120, right=frozenset({1, 2, 3})))


def _looked_at(line: LadderLine) -> str:
    return f"{line.now} to {line.next}" if line.now else ""


def narrowed(ladder: Ladder, level: Level | None) -> Ladder:
    """Return a ladder with one of its levels alone; all of it for None."""
    if level is None:
        return ladder
    return replace(ladder, levels=(level,), expectations=tuple(ladder.of(level.id)))


def render(number: int, ladder: Ladder) -> str:
    """Return a ladder as text, with the ids to name its expectations by."""
    lines = [f"{ladder.name} (ladder {number}, {ladder.origin or 'your own'})"]
    lines += _wrapped(ladder.summary, "")
    for each in ladder.levels:
        lines += ["", _heading(each), *_wrapped(each.summary, "  ")]
        for kind, expected in by_kind(ladder.of(each.id)).items():
            lines += [f"  {kind or 'No kind'}", *(line for one in expected for line in _expectation(one))]
    return "\n".join(map(harmless, lines))


def _heading(level: Level) -> str:
    track = f", {level.track}" if level.track and level.track not in level.name else ""
    return f"{level.name} (level {level.id}, rank {level.rank}{track})"


def _expectation(one: Expectation) -> Iterator[str]:
    yield from _wrapped(one.text, "    ")
    for each in one.examples:
        yield from _wrapped(f"Such as: {each}", "      ")
    yield f"      [{one.id}]"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def render_step(view: StepView) -> str:
    """Return a step as text."""
    lines = [f"{view.ladder_name}: from {view.now.name} to {view.next.name}"]
    if view.between:
        lines.append(f"This takes in {', '.join(each.name for each in view.between)}.")
    lines.append(asked_in_words(view))
    for kind, expected in by_kind(view.asked).items():
        lines += ["", kind or "No kind", *(line for one in expected for line in _expectation(one))]
    return "\n".join(map(harmless, lines))


def asked_in_words(view: StepView) -> str:
    """Say how much a step asks for, and how much of the next level goes on as it was."""
    number = len(view.asked)
    new = f"{view.next.name} expects {count(number, 'thing')} that {view.now.name} does not" if number else ""
    same = f"{count(len(view.carried), 'expectation')} of both levels {'is' if len(view.carried) == 1 else 'are'} alike"
    if not number:
        new = f"{view.next.name} expects nothing beyond {view.now.name}"
    return f"{new}; {same}." if view.carried else f"{new}."


def render_read(view: LadderRead) -> str:
    """Return as text what a file holds as a ladder, and what of it could not be read."""
    lines = [in_words(view)]
    lines += [f"  {each.name}: {count(each.expectations, 'expectation')}" for each in view.levels]
    lines += [left_alone(view)] if view.passed_over else []
    if view.problems:
        lines += ["", f"{count(len(view.problems), 'place')} to look at:"]
        lines += [f"  {place(each)}: {each.reason}. {each.remedy}".rstrip() for each in view.problems]
    if view.number is not None:
        was = "It is there already, as" if view.already else "Kept as"
        lines += ["", f"{was} ladder {view.number}. Set your level: outgrow ladder aim LEVEL --ladder {view.number}"]
    return "\n".join(map(harmless, lines))


def in_words(view: LadderRead) -> str:
    """Say what a file holds as a ladder."""
    held = [count(len(view.levels), "level"), count(view.expectations, "expectation")]
    named = f" of {count(len(view.kinds), 'kind')}" if any(view.kinds) else ""
    return f"{view.name} ({view.origin}): {', '.join(held)}{named}."


def left_alone(view: LadderRead) -> str:
    """Say what else stands in a file, and that nothing needs to be done about it."""
    what = ", ".join(count(number, one, one.replace(" ", "s ", 1)) for one, number in view.passed_over)
    return f"Left out: {what}; every step takes into account what the levels below it hold."


def place(problem: Problem) -> str:
    """Say where in a file something could not be read."""
    return f"line {problem.line}" if problem.line else "the file"
