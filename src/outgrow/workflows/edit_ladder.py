"""Edits ladders in place. Every edit is one more version of the ladder, and undo takes it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from outgrow.importers.ladders.built_in import built_in
from outgrow.importers.ladders.draft import MOST_EXPECTATIONS, NAME_CHARS, TEXT_CHARS, clean, free_id
from outgrow.model.fault import Fault
from outgrow.model.ladder import BUILT_IN, Expectation, Ladder
from outgrow.store import journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.choose_ladder import find_ladder, find_level, kept_as, read_ladders
from outgrow.workflows.workspace import Workspace

_MOST_EXAMPLES = 50


class CannotEdit(Fault):
    """The ladder cannot be edited so; nothing was changed. `field` is what part of the asking is wrong."""

    exit_code = 2

    def __init__(self, message: str, field: str = "") -> None:
        """Keep what is wrong."""
        super().__init__(message)
        self.field = field


class NoSuchExpectation(Fault):
    """The ladder has no expectation of this id."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """What an expectation says. Of a change, what is None stays as it was."""

    text: str | None = None
    kind: str | None = None
    examples: Sequence[str] | None = None


def add_expectation(workspace: Workspace, ladder: int, level: str, wording: Wording) -> str:
    """Add what a level (its id or name) expects; return its id, which no expectation of this ladder ever had.

    Raises NoSuchLadder, NoSuchLevel and CannotEdit.
    """
    made: list[str] = []

    def edit(change: Transaction, before: Ladder) -> Ladder:
        if len(before.expectations) >= MOST_EXPECTATIONS:
            message = f"{before.name} has {MOST_EXPECTATIONS:,} expectations, and no more fit. Remove one first."
            raise CannotEdit(message)
        expected = _worded(Expectation(id="", level=find_level(before, level).id, kind="", text=""), wording)
        made.append(free_id(expected, _ever(change, ladder, before)))
        return replace(before, expectations=(*before.expectations, replace(expected, id=made[0])))

    _edit(workspace, ladder, edit)
    return made[0]


def change_expectation(workspace: Workspace, ladder: int, expectation: str, wording: Wording) -> None:
    """Word an expectation (its id) differently. Raises NoSuchLadder, NoSuchExpectation and CannotEdit."""

    def edit(_: Transaction, before: Ladder) -> Ladder:
        wanted = find_expectation(before, expectation)
        changed = [_worded(each, wording) if each is wanted else each for each in before.expectations]
        return replace(before, expectations=tuple(changed))

    _edit(workspace, ladder, edit)


def remove_expectation(workspace: Workspace, ladder: int, expectation: str) -> Expectation:
    """Take an expectation (its id) out of a ladder and return it; evidence for it stays what it was.

    Raises NoSuchLadder, NoSuchExpectation and CannotEdit.
    """
    removed: list[Expectation] = []

    def edit(_: Transaction, before: Ladder) -> Ladder:
        removed.append(find_expectation(before, expectation))
        return replace(before, expectations=tuple(each for each in before.expectations if each is not removed[0]))

    _edit(workspace, ladder, edit)
    return removed[0]


def rename_level(workspace: Workspace, ladder: int, level: str, name: str) -> None:
    """Name a level (its id or name) differently; its id stays. Raises NoSuchLadder, NoSuchLevel and CannotEdit."""

    def edit(_: Transaction, before: Ladder) -> Ladder:
        wanted = find_level(before, level)
        said = _said("name", name, NAME_CHARS)
        if any(each.name.casefold() == said.casefold() for each in before.levels if each is not wanted):
            message = f"{before.name} has a level called {said} already. Choose another name."
            raise CannotEdit(message, "name")
        renamed = [replace(each, name=said) if each is wanted else each for each in before.levels]
        return replace(before, levels=tuple(renamed))

    _edit(workspace, ladder, edit)


def rename_ladder(workspace: Workspace, ladder: int, name: str) -> None:
    """Name a ladder differently. Raises NoSuchLadder and CannotEdit."""
    _edit(workspace, ladder, lambda _, before: replace(before, name=_said("name", name, NAME_CHARS)))


def remove_ladder(workspace: Workspace, ladder: int) -> Ladder:
    """Take a ladder away and return it; of the built-in one, the person's own changes to it.

    Raises NoSuchLadder, and CannotEdit for a built-in ladder without changes.
    """
    with workspace.store.begin() as change:
        before = _ladder(change, ladder)
        number = kept_as(change, ladder)
        if number is None:
            message = "The built-in ladder stays, and it has no changes of yours that could be removed."
            raise CannotEdit(message)
        versions.withdraw(change, Ladder, number, journal.moment(change, workspace.now))
    return before


def find_expectation(ladder: Ladder, words: str) -> Expectation:
    """Return the expectation of an id; raises NoSuchExpectation."""
    said = words.strip().casefold()
    for each in ladder.expectations:
        if each.id.casefold() == said:
            return each
    message = f"{ladder.name} has no expectation {words[:60]!r}. outgrow ladder show tells the id of each."
    raise NoSuchExpectation(message)


def _edit(workspace: Workspace, ladder: int, edit: Callable[[Transaction, Ladder], Ladder]) -> None:
    """Keep the next version of a ladder, unless nothing of it differs."""
    with workspace.store.begin() as change:
        before = _ladder(change, ladder)
        after = edit(change, before)
        if after != before:
            versions.put(change, after, journal.moment(change, workspace.now), kept_as(change, ladder))


def _ladder(change: Transaction, ladder: int) -> Ladder:
    known = read_ladders(change)
    return known[find_ladder(known, str(ladder))]


def _ever(change: Transaction, ladder: int, before: Ladder) -> set[str]:
    """Return the ids of all expectations that a ladder has or had, so that none comes to mean something else."""
    if ladder != BUILT_IN:
        return _ids(before) | _told(change, ladder)
    numbers = {journal.part(change, said)["number"] for said in journal.said(change, ("ladder",))}
    return _ids(built_in()).union(*(_told(change, number) for number in numbers))


def _told(change: Transaction, number: int) -> set[str]:
    """Return the ids in all versions of a kept ladder."""
    return {one for _, version in versions.history(change, Ladder, number) if version for one in _ids(version)}


def _ids(ladder: Ladder) -> set[str]:
    return {each.id for each in ladder.expectations}


def _worded(before: Expectation, wording: Wording) -> Expectation:
    examples = before.examples
    if wording.examples is not None:
        said = (_short("examples", each, TEXT_CHARS) for each in wording.examples)
        examples = tuple(each for each in said if each)
    if len(examples) > _MOST_EXAMPLES:
        message = f"An expectation has at most {_MOST_EXAMPLES} examples; these are {len(examples)}."
        raise CannotEdit(message, "examples")
    return replace(
        before,
        text=before.text if wording.text is None else _said("text", wording.text, TEXT_CHARS),
        kind=before.kind if wording.kind is None else _short("kind", wording.kind, NAME_CHARS),
        examples=examples,
    )


def _said(field: str, words: str, most: int) -> str:
    text = _short(field, words, most)
    if not text:
        message = f"The {field} is empty. Say it in a few words."
        raise CannotEdit(message, field)
    return text


def _short(field: str, words: str, most: int) -> str:
    text = clean(words, most + 1)
    if len(text) > most:
        message = f"The {field} has more than {most:,} characters. Say it more briefly."
        raise CannotEdit(message, field)
    return text
