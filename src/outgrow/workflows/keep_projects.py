"""Keeps the projects a person may take on: as they are typed, the choice with its prediction, and what came."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn, TypeVar

from outgrow.model.candidate import Came, Candidate, Newness, Prediction
from outgrow.model.fault import Fault
from outgrow.model.judgement import Reason
from outgrow.model.ladder import Expected
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.keep_ledger import NoSuchCapability, read_ledger
from outgrow.workflows.periods import UnknownPeriod, parse_period
from outgrow.workflows.show_next import NoSuchRow, find_row, show_next
from outgrow.workflows.workspace import Workspace

_LONGEST = 200
_LONGEST_ABOUT = 1000
_LONGEST_QUOTE = 60
_MOST = 20  # of what is said in lines
_MOST_HOURS = 20_000.0
#: What is said to the growth question, and what it means.
GROWS = {"new": True, "same": False, "": None}
_Choice = TypeVar("_Choice", Newness, Reason)


class CannotKeepProject(Fault):
    """What was said is no project as it stands; `field` is the part of it that is wrong. Nothing was changed."""

    exit_code = 2

    def __init__(self, field: str, message: str) -> None:
        """Keep which part it is about."""
        super().__init__(message)
        self.field = field


class NoSuchProject(Fault):
    """What was named is no project, or more than one, or not at that point."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectWords:
    """A project as it is typed.

    `grows` is new, same, or empty for who cannot say; `first` and `last` are days; `capabilities` are named as in the
    ledger, `expectations` as in the step; `builds`, `seen_by` and `known_by` have one thing on each line.
    """

    name: str
    hours: str
    about: str = ""
    first: str = ""
    last: str = ""
    grows: str = ""
    reasons: tuple[str, ...] = ()
    people: str = ""
    area: str = ""
    mode: str = ""
    capabilities: tuple[str, ...] = ()
    builds: str = ""
    expectations: tuple[str, ...] = ()
    seen_by: str = ""
    known_by: str = ""


def read_projects(workspace: Workspace) -> dict[int, Candidate]:
    """Return all projects as they stand, by number."""
    with workspace.store.look() as view:
        return versions.current(view, Candidate)


def add(workspace: Workspace, said: ProjectWords) -> int:
    """Keep a project; return its number. Raises CannotKeepProject."""
    candidate = read(workspace, said)
    with workspace.store.begin() as change:
        return versions.put(change, candidate, journal.moment(change, workspace.now))


def edit(workspace: Workspace, number: int, said: ProjectWords) -> bool:
    """Keep a project as it is said now; return whether anything differs. Raises NoSuchProject and CannotKeepProject.

    Once it is chosen its answers stay, so that its prediction can be held against what comes.
    """
    candidate = read(workspace, said)

    def as_said(before: Candidate) -> Candidate:
        if before.chosen is not None:
            message = f"{before.name} is chosen: its answers stay as they were. outgrow undo takes the choice back."
            raise NoSuchProject(message)
        return candidate

    return _revise(workspace, number, as_said)


def keep_choice(workspace: Workspace, number: int, prediction: Prediction) -> None:
    """Keep that a project is chosen, with its prediction. Raises NoSuchProject."""

    def chosen(before: Candidate) -> Candidate:
        if before.chosen is not None:
            message = f"{before.name} is chosen already, on {before.chosen.on}."
            raise NoSuchProject(message)
        return replace(before, chosen=prediction, first=before.first or prediction.on)

    _revise(workspace, number, chosen)


def keep_outcome(workspace: Workspace, number: int, came: Came) -> None:
    """Keep what came of a project that was chosen. Raises NoSuchProject."""
    _revise(workspace, number, lambda before: replace(_begun(before), came=came))


def _begun(candidate: Candidate) -> Candidate:
    if candidate.chosen is None:
        message = f"{candidate.name} is not chosen, so there is no prediction to look back on."
        raise NoSuchProject(message)
    return candidate


def remove(workspace: Workspace, number: int) -> Candidate:
    """Take a project out; undo brings it back. Raises NoSuchProject."""
    with workspace.store.begin() as change:
        candidate = standing(change, number)
        versions.withdraw(change, Candidate, number, journal.moment(change, workspace.now))
    return candidate


def find_project(workspace: Workspace, words: str) -> int:
    """Return the number of the project meant by its number, its name or a part of it; raises NoSuchProject."""
    said = words.strip().casefold()
    names = {number: each.name.casefold() for number, each in read_projects(workspace).items()}
    rounds: Iterable[list[int]] = (
        [number for number in names if str(number) == said],
        [number for number, name in names.items() if name == said],
        [number for number, name in names.items() if said and said in name],
    )
    found = next((each for each in rounds if each), [])
    if len(found) != 1:
        is_ = f"may mean {len(found)} projects" if found else "is no project"
        message = f"{words[:_LONGEST_QUOTE]!r} {is_}. outgrow project compare shows them with their numbers."
        raise NoSuchProject(message)
    return found[0]


def standing(tx: Transaction, number: int) -> Candidate:
    """Return a project as it stands; raises NoSuchProject."""
    candidate = versions.get(tx, Candidate, number)
    if candidate is None:
        message = f"There is no project {number}. outgrow project compare shows them; undo brings one back."
        raise NoSuchProject(message)
    return candidate


def _revise(workspace: Workspace, number: int, how: Callable[[Candidate], Candidate]) -> bool:
    with workspace.store.begin() as change:
        before = standing(change, number)
        after = how(before)
        if after != before:
            versions.put(change, after, journal.moment(change, workspace.now), number)
    return after != before


def words_of(candidate: Candidate) -> ProjectWords:
    """Return a project as it would be typed."""
    return ProjectWords(
        name=candidate.name,
        hours=f"{candidate.hours:g}",
        about=candidate.about,
        first=f"{candidate.first or ''}",
        last=f"{candidate.last or ''}",
        grows=next(word for word, grows in GROWS.items() if grows is candidate.grows),
        reasons=tuple(candidate.reasons),
        people=candidate.people,
        area=candidate.area,
        mode=candidate.mode,
        capabilities=tuple(map(str, candidate.capabilities)),
        builds="\n".join(candidate.builds),
        expectations=tuple(each.expectation for each in candidate.expectations),
        seen_by="\n".join(candidate.seen_by),
        known_by="\n".join(candidate.known_by),
    )


def read(workspace: Workspace, said: ProjectWords) -> Candidate:
    """Read a project from what was typed; raises CannotKeepProject."""
    first, last = _days(said, workspace.today)
    why = {_one_of(word, Reason, "reasons") for word in said.reasons if word.strip()}
    if said.grows not in GROWS:
        refuse("grows", "Say new or same, or nothing where you cannot say.")
    return Candidate(
        name=_text(said.name, "name", 1, _LONGEST),
        hours=_hours(said.hours),
        about=_text(said.about, "about", 0, _LONGEST_ABOUT),
        first=first,
        last=last,
        grows=GROWS[said.grows],
        reasons=tuple(each for each in Reason if each in why),
        people=_one_of(said.people or Newness.SAME, Newness, "people"),
        area=_one_of(said.area or Newness.SAME, Newness, "area"),
        mode=_one_of(said.mode or Newness.SAME, Newness, "mode"),
        capabilities=_capabilities(workspace, said.capabilities),
        builds=_lines(said.builds, "builds"),
        expectations=_expectations(workspace, said.expectations),
        seen_by=_lines(said.seen_by, "seen_by"),
        known_by=_lines(said.known_by, "known_by"),
    )


def _hours(said: str) -> float:
    words = said.strip().removesuffix("h").strip().replace(",", ".")
    hours = float(words) if words.replace(".", "", 1).isdecimal() and words.isascii() else 0.0
    if not 0 < hours <= _MOST_HOURS:
        refuse("hours", f"Say how many hours it would take in all, for example 120; at most {_MOST_HOURS:,.0f}.")
    return hours


def _days(said: ProjectWords, today: date) -> tuple[date | None, date | None]:
    first = _day(said.first, today, "first", ends=False)
    last = _day(said.last, today, "last", ends=True)
    if first and last and last < first:
        refuse("last", f"A project from {first} cannot end on {last}.")
    return first, last


def _day(said: str, today: date, field: str, *, ends: bool) -> date | None:
    """Read a day; of a longer period such as 2027-03 the first one, or the last one where something ends."""
    if not said.strip():
        return None
    try:
        period = parse_period(said, today)
    except UnknownPeriod as fault:
        message = f"{said[:_LONGEST_QUOTE]!r} is no day: say for example 2027-03-01, 2027-03 or March 2027."
        refuse(field, message, fault)
    return period.last if ends else period.first


def _one_of(said: str, kind: type[_Choice], field: str) -> _Choice:
    found = [each for each in kind if each.value == said.strip().lower() or each.value == said.strip()]
    if not found:
        refuse(field, f"Say one of: {', '.join(kind)}.")
    return found[0]


def _capabilities(workspace: Workspace, said: Sequence[str]) -> tuple[int, ...]:
    with workspace.store.look() as view:
        ledger = read_ledger(view)
    try:
        return tuple(dict.fromkeys(ledger.find(each) for each in said if each.strip()))
    except NoSuchCapability as fault:
        refuse("capabilities", str(fault), fault)


def _expectations(workspace: Workspace, said: Sequence[str]) -> tuple[Expected, ...]:
    named = [each for each in said if each.strip()]
    step = show_next(workspace) if named else None
    if named and step is None:
        refuse("expectations", "Set the step you look at first: outgrow ladder aim, or the page Next.")
    try:
        return tuple(dict.fromkeys(Expected(step.ladder, find_row(step, each).id) for each in named)) if step else ()
    except NoSuchRow as fault:
        refuse("expectations", str(fault), fault)


def _lines(said: str, field: str) -> tuple[str, ...]:
    lines = [_text(line, field, 1, _LONGEST) for line in said.splitlines() if line.strip()]
    if len(lines) > _MOST:
        refuse(field, f"Say at most {_MOST} of them.")
    return tuple(dict.fromkeys(lines))


def _text(said: str, field: str, least: int, most: int) -> str:
    text = " ".join(said.split())
    if not least <= len(text) <= most:
        refuse(field, f"Say it in {f'between {least} and ' if least else 'at most '}{most:,} characters.")
    return text


def refuse(field: str, message: str, cause: Exception | None = None) -> NoReturn:
    """Raise CannotKeepProject."""
    raise CannotKeepProject(field, message) from cause
