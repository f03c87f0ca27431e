"""The ladders there are, and the step the person looks at: their level now, and the next one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from outgrow.importers.ladders.built_in import built_in
from outgrow.model.fault import Fault
from outgrow.model.ladder import BUILT_IN, Ladder, Level
from outgrow.reports.ladders import LadderLine
from outgrow.store import journal, settings, versions
from outgrow.store.database import Transaction
from outgrow.workflows.workspace import Workspace

_MOST_NAMED = 6
_WORD = re.compile(r"\w+")
_Thing = TypeVar("_Thing")


class NoSuchLadder(Fault):
    """What was named is no ladder, or more than one."""

    exit_code = 2


class NoSuchLevel(Fault):
    """What was named is no level of the ladder, or more than one."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Aim:
    """A step on a ladder (its number): from the level the person has to the one they look at, by the ids of both."""

    ladder: int
    now: str
    next: str


#: The settings that together say the aim.
AIM = ("ladder", "level", "next_level")


def ladders(workspace: Workspace) -> dict[int, Ladder]:
    """Return all ladders as they stand by number, the built-in one first."""
    with workspace.store.look() as view:
        return read_ladders(view)


def read_ladders(tx: Transaction) -> dict[int, Ladder]:
    """Return all ladders within a transaction; of the built-in one the person's own version, if there is one."""
    kept = versions.current(tx, Ladder)
    return {BUILT_IN: built_in(), **{BUILT_IN if each.shipped else number: each for number, each in kept.items()}}


def kept_as(tx: Transaction, ladder: int) -> int | None:
    """Return the number of the statement a ladder is kept under; None for the built-in one as it came."""
    if ladder != BUILT_IN:
        return ladder
    return next((number for number, each in versions.current(tx, Ladder).items() if each.shipped), None)


def find_ladder(ladders: Mapping[int, Ladder], words: str) -> int:
    """Return the number of the ladder meant by its number, its name or a part of it; raises NoSuchLadder."""
    found = _meant(list(ladders), words, lambda number: (str(number), ladders[number].name))
    if len(found) == 1:
        return found[0]
    meant = found or list(ladders)
    among = ", ".join(f"{number} {ladders[number].name}" for number in meant[:_MOST_NAMED])
    more = f" and {len(meant) - _MOST_NAMED} more, which outgrow ladder list shows" if len(meant) > _MOST_NAMED else ""
    message = f"{words!r} {_is_many(len(found), 'ladder')}. There are: {among}{more}. Say the number."
    raise NoSuchLadder(message)


def find_level(ladder: Ladder, words: str) -> Level:
    """Return the level meant by its id, its name or words that fit that name alone; raises NoSuchLevel."""
    found = _meant(ladder.levels, words, lambda level: (level.id, level.name))
    if len(found) == 1:
        return found[0]
    among = ", ".join(level.name for level in found or ladder.levels)
    message = f"{words!r} {_is_many(len(found), 'level')} of {ladder.name}. Say one of: {among}."
    raise NoSuchLevel(message)


def _meant(things: Sequence[_Thing], words: str, names: Callable[[_Thing], Sequence[str]]) -> list[_Thing]:
    """Return the things called so; else those whose name holds the words; else those whose name the words hold."""
    said = _plain(words)
    if not said:
        return []
    called = [(thing, [_plain(name) for name in names(thing)]) for thing in things]
    rounds = (
        [thing for thing, own in called if words.strip() in names(thing)],
        [thing for thing, own in called if said in own],
        [thing for thing, own in called if any(said in name for name in own)],
        [thing for thing, own in called if any(f" {name} " in f" {said} " for name in own)],
    )
    return next((found for found in rounds if found), [])


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))


def _is_many(found: int, one: str) -> str:
    return f"may mean {found} {one}s" if found else f"is no {one}"


def aim(workspace: Workspace) -> Aim | None:
    """Return the step that is set; None where none is, or where its ladder or a level of it is gone."""
    with workspace.store.look() as view:
        said = settings.everything(view)
        known = read_ladders(view)
    number, now, next_ = (said.get(key, "") for key in AIM)
    chosen = next((each for each in known if str(each) == number), None)
    ids = {level.id for level in known[chosen].levels} if chosen is not None else set()
    return Aim(chosen, now, next_) if chosen is not None and {now, next_} <= ids else None


def set_aim(workspace: Workspace, ladder: int, now: str, next_: str) -> Aim:
    """Set the ladder (its number), the level now and the next one, by id or name; one undo takes it back.

    Raises NoSuchLadder or NoSuchLevel.
    """
    known = ladders(workspace)
    chosen = known[find_ladder(known, str(ladder))]
    wanted = Aim(ladder, find_level(chosen, now).id, find_level(chosen, next_).id)
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        for key, value in zip(AIM, (str(wanted.ladder), wanted.now, wanted.next), strict=True):
            settings.put(change, key, value, at)
    return wanted


def list_ladders(workspace: Workspace) -> list[LadderLine]:
    """Return a line for each ladder, the built-in one first."""
    with workspace.store.look() as view:
        known = read_ladders(view)
    set_ = aim(workspace)
    return [_line(number, each, set_) for number, each in known.items()]


def _line(number: int, ladder: Ladder, set_: Aim | None) -> LadderLine:
    names = {each.id: each.name for each in ladder.levels}
    here = set_ if set_ and set_.ladder == number else None
    return LadderLine(
        number=number,
        name=ladder.name,
        origin=ladder.origin,
        levels=len(ladder.levels),
        expectations=len(ladder.expectations),
        own=ladder != built_in(),
        now=names[here.now] if here else "",
        next=names[here.next] if here else "",
    )
