"""The traps: what each is, what its rule found, on which numbers, and what would clear it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from outgrow.model.period import Period
from outgrow.model.share import Target, Unit
from outgrow.model.trap import Fact, Lack, Need, Outcome, TrapKind
from outgrow.reports.words import columns, count, full_date, harmless, hours, percent, percent_range

_WIDTH = 80
NOTHING = "No work yet. Bring in a calendar or a time sheet; the rules look at half years of it."


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A workstream behind a trap: its hours (or items) in the weeks the rule looks at, and in as many before."""

    workstream: str
    name: str
    now: float
    before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrapView:
    """One trap: what its rule found, the numbers with their thresholds, or what they lack, and the work behind it.

    `measure` is the main number, the higher the more of a trap; `dismissed` the person's reason, if that holds.
    """

    kind: TrapKind
    outcome: Outcome
    facts: tuple[Fact, ...]
    lacks: tuple[Lack, ...]
    behind: tuple[BehindLine, ...]
    measure: float
    dismissed: str | None

    @property
    def is_told(self) -> bool:
        """Whether it is raised and not dismissed."""
        return self.outcome is Outcome.RAISED and self.dismissed is None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrapsView:
    """All traps over the weeks looked at; `period` is null where there is no work."""

    period: Period | None
    target: Target
    unit: Unit
    traps: tuple[TrapView, ...]

    @property
    def told(self) -> tuple[TrapView, ...]:
        """The traps that are raised and not dismissed."""
        return tuple(each for each in self.traps if each.is_told)


@dataclass(frozen=True, slots=True)
class About:
    """What a trap is, in plain words, what clears it, and where the thought comes from."""

    name: str
    what: str
    clears: str
    source: str


_ESSAY = "The Difference Between Progress and Movement (2025)"
ABOUT: Mapping[TrapKind, About] = {
    TrapKind.COMPETENCY: About(
        "Competency trap",
        "The same work, quarter after quarter, no less of it, and nothing gained meanwhile. What goes well brings more "
        "of itself.",
        "It clears when growth work may reach your target again, a capability enters the ledger, growth work is called "
        "depth, your role changes, or less of the work is the same.",
        f"{_ESSAY}; Levitt and March, Organizational Learning, Annual Review of Sociology 14 (1988)",
    ),
    TrapKind.MOVEMENT: About(
        "More movement",
        "More hours and more done than half a year and a year ago, in the same kinds of work.",
        "It clears when hours or activities are back within a sixth of what they were, when the kinds of work change, "
        "or when growth work may reach your target.",
        _ESSAY,
    ),
    TrapKind.EFFICIENCY: About(
        "Efficiency",
        "The same work takes less time each, and the time that frees goes into more such work.",
        "It clears when depth work takes fewer hours a week than before, or growth work may reach your target.",
        f"{_ESSAY}; Parkinson, Parkinson's Law, The Economist (19 November 1955)",
    ),
    TrapKind.STRETCH: About(
        "Stretch on top",
        "Growth work lies outside of working hours, or on top of a full load, and none of it is finished yet.",
        "It clears when growth work finds its place within working hours, when depth work gives way, or when something "
        "of it is finished: growth work is called depth, or a capability enters the ledger.",
        f"{_ESSAY}; Sitkin and others, The Paradox of Stretch Goals, Academy of Management Review 36 (2011)",
    ),
    TrapKind.WAITING: About(
        "Waiting to be tapped",
        "The work goes on well, and for half a year nothing was tried that lies beyond it.",
        "It clears with an attempt: growth work that you call outside your scope, evidence for what the next level "
        "asks, a capability in the ledger, or something new to answer for.",
        _ESSAY,
    ),
    TrapKind.OVERREACH: About(
        "Overreach",
        "So much growth work that it pays less and less, or much of it without anybody else's word on how it goes.",
        "It clears when growth work takes less of a quarter, or when evidence in somebody else's word is kept.",
        "DeRue and Wellman, Developing Leaders via Experience, Journal of Applied Psychology 94 (2009)",
    ),
}

_Say = Callable[[float], str]


def _times(ratio: float) -> str:
    return f"{ratio:.2f} times"


def _number(value: float) -> str:
    return f"{value:.0f}"


def _weeks(value: float) -> str:
    return count(int(value), "week")


#: How each number of a rule is said: its words, the value, and how the threshold stands to it.
_FACTS: Mapping[str, tuple[str, _Say, str]] = {
    "same work": ("Work in kinds that had some in each of four quarters", percent, "at least"),
    "same work kept": ("That work, against the half year before", _times, "at least"),
    "growth at most": ("Growth share of the half year and its last quarter, upper end", percent, "below"),
    "growth at least": ("Growth share of the quarter, lower end of its range", percent, "above"),
    "weeks since a gain": ("Without a capability entered, or growth work turned depth", _weeks, "at least"),
    "weeks since a new role": ("Without a new level or responsibility", _weeks, "at least"),
    "weeks since evidence for the step": ("Without evidence for what the next level asks", _weeks, "at least"),
    "more work": ("Work of a week, against half a year and a year ago", _times, "at least"),
    "more work at least": ("The same, lower end of its range", _times, "above"),
    "more activities": ("Activities of a week, against half a year and a year ago", _times, "at least"),
    "more activities at least": ("The same, lower end of its range", _times, "above"),
    "same kinds": ("Same-work share of both half years", percent, "at least, as by chance,"),
    "time each": ("Time for each of what comes again and again, against before", _times, "at most"),
    "time each at most": ("The same, upper end of its range", _times, "below"),
    "depth kept": ("Depth work of a week, against before", _times, "at least"),
    "growth outside hours": ("Growth work outside of working hours (7 to 19, Monday to Friday)", percent, "at least"),
    "growth outside beside other work": ("The same, beside twice the part of other work", percent, "at least"),
    "load at least": ("Hours of a week against those you say you work, lower end", _times, "at least"),
    "work kept": ("Work of a week, against the half year before", _times, "at least"),
    "growth outside scope": ("Work called growth outside your scope", percent, "below"),
    "evidence kept": ("Pieces of evidence of the half year", _number, "at least"),
    "words of others": ("Of these in somebody else's word", _number, "below"),
}
_LACKS: Mapping[Need, Callable[[Lack], str]] = {
    Need.WEEKS: lambda each: (
        f"of one stretch it compares, {count(int(each.has), 'week')} with enough work can be seen, and it needs "
        f"{each.needs:.0f}"
    ),
    Need.COVERAGE: lambda each: (
        f"{percent(each.has)} of the working hours were seen, and it needs {percent(each.needs)}"
    ),
    Need.ANSWERS: lambda each: f"it needs answers to {each.needs:.0f} kinds of work, and there are {each.has:.0f}",
    Need.ANSWERED: lambda each: f"{percent(each.has)} of the work is answered for, and it needs {percent(each.needs)}",
    Need.GROWTH: lambda each: (
        f"{hours(each.has)} of the quarter are called growth, and it needs {hours(each.needs)} over four weeks"
    ),
    Need.SOURCES: lambda _: "a source came or went meanwhile: what it tells of would look like more or less work",
    Need.TIMES: lambda _: "nothing measures hours",
    Need.AGAIN: lambda each: f"no depth work came {each.needs:.0f} times in both half years",
}
_OUTCOMES = {Outcome.RAISED: "the numbers speak for it", Outcome.CLEAR: "clear", Outcome.SILENT: "cannot tell"}


def name_of(kind: TrapKind) -> str:
    """Return what a trap is called."""
    return ABOUT[kind].name


def headline(view: TrapsView) -> str:
    """Say what the rules found in one sentence."""
    if view.period is None:
        return NOTHING
    told = [name_of(each.kind).lower() for each in view.told]
    if told:
        return f"The numbers speak for {' and '.join([', '.join(told[:-1]), told[-1]] if told[1:] else told)}."
    silent = sum(each.outcome is Outcome.SILENT for each in view.traps)
    if silent == len(view.traps):
        return "The data say too little for any of the rules."
    rest = f"; {count(silent, 'rule')} cannot tell" if silent else ""
    return f"No trap is told{rest}."


def state(view: TrapView) -> str:
    """Say in a few words what a rule found."""
    return "dismissed" if view.dismissed is not None else _OUTCOMES[view.outcome]


def fact_words(fact: Fact) -> str:
    """Say what a number of a rule is."""
    return _FACTS[fact.name][0]


def fact_value(fact: Fact) -> str:
    """Say the number."""
    return _FACTS[fact.name][1](fact.value)


def fact_limit(fact: Fact) -> str:
    """Say the threshold beside it."""
    _, say, stands = _FACTS[fact.name]
    return f"{stands} {say(fact.limit)}"


def fact_speaks(fact: Fact) -> str:
    """Say whether a number speaks for the trap."""
    return "for it" if fact.holds else "against"


def lacking(view: TrapView) -> str:
    """Say why a rule cannot tell anything."""
    return f"It cannot tell: {'; '.join(_LACKS[each.need](each) for each in view.lacks)}." if view.lacks else ""


def behind_amount(unit: Unit, amount: float) -> str:
    """Say hours or items."""
    return count(round(amount), "item") if unit is Unit.ITEMS else hours(amount)


def looked_at(view: TrapsView) -> str:
    """Say which weeks the rules look at."""
    if view.period is None:
        return ""
    weeks = count(view.period.days // 7, "week")
    return (
        f"Looked at: {weeks} from {full_date(view.period.first)} to {full_date(view.period.last)}. "
        f"Your target is {percent_range(view.target.low, view.target.high)}."
    )


def render(view: TrapsView) -> str:
    """Return all traps, those that are told first and in full."""
    if view.period is None:
        return NOTHING
    lines = [headline(view), looked_at(view), ""]
    for each in view.told:
        lines += [*_explained(view, each), ""]
    rows = [(name_of(each.kind), state(each), each.kind.value) for each in view.traps]
    return "\n".join([*lines, *columns(rows, most=_WIDTH), "", "Each with its numbers: outgrow traps explain NAME"])


def render_one(view: TrapsView, trap: TrapView) -> str:
    """Return one trap with its meaning, its numbers, the work behind it and its source."""
    about = ABOUT[trap.kind]
    return "\n".join([*_explained(view, trap), *_wrapped(f"From: {about.source}."), looked_at(view)])


def _explained(view: TrapsView, trap: TrapView) -> Iterator[str]:
    about = ABOUT[trap.kind]
    yield f"{about.name}: {state(trap)}"
    yield from _wrapped(about.what)
    if trap.dismissed is not None:
        yield from _wrapped(f"You dismissed it: {trap.dismissed}")
    if trap.lacks:
        yield from _wrapped(lacking(trap))
    rows = [(f"  {fact_words(each)}", fact_value(each), fact_limit(each), fact_speaks(each)) for each in trap.facts]
    yield from columns(rows, most=_WIDTH + 30)
    if trap.behind and trap.outcome is Outcome.RAISED:
        yield "  Behind it (now, and before):"
        amounts = [
            (f"    {each.name}", behind_amount(view.unit, each.now), behind_amount(view.unit, each.before))
            for each in trap.behind
        ]
        yield from columns(amounts, most=_WIDTH, right=frozenset({1, 2}))
    yield from _wrapped(about.clears)


def _wrapped(said: str) -> list[str]:
    lines, line = [], " "
    for word in harmless(said).split():
        if len(line) + len(word) >= _WIDTH:
            lines.append(line)
            line = " "
        line += f" {word}"
    return [*lines, line]
