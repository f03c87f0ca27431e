"""Keeps evidence of what was done, in the person's words, with copies of files; nothing of it is ever rewritten."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NoReturn

from outgrow.model.capability import Capability
from outgrow.model.evidence import Evidence, KeptFile, Link
from outgrow.model.fault import Fault
from outgrow.model.ladder import Expected
from outgrow.model.turned_down import TurnedDown
from outgrow.store import activities, files, journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.capture import Work, activity_of, check, read_length
from outgrow.workflows.choose_ladder import read_ladders
from outgrow.workflows.workspace import Workspace

LONGEST_ACTION = 500
LONGEST_TEXT = 4000
_LONGEST_WORDS = 200
_LONGEST_ADDRESS = 2000
_MOST_HOURS = 10_000
_MOST = 50  # people, links, files and links to each kind of thing
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)
_SPEAKING = re.compile(r"https?://[^\s/?#]*@", re.IGNORECASE)


class CannotKeep(Fault):
    """What was said is no evidence as it stands; `field` is the part of it that is wrong. Nothing was changed."""

    exit_code = 2

    def __init__(self, field: str, message: str) -> None:
        """Keep which part it is about."""
        super().__init__(message)
        self.field = field


class NoSuchEvidence(Fault):
    """There is no evidence of this number."""

    exit_code = 2

    def __init__(self, number: int) -> None:
        """Say so."""
        super().__init__(f"There is no evidence {number}. outgrow evidence list shows what there is; undo brings back.")


class CopyGone(Fault):
    """The copy of a file is not where it was kept."""

    def __init__(self, kept: KeptFile) -> None:
        """Say which, and where it would be looked for."""
        super().__init__(
            f"The copy of {kept.name} is gone from {files.FOLDER}/{kept.sha256}: put it back from a backup."
        )


def refuse(field: str, message: str) -> NoReturn:
    """Raise CannotKeep."""
    raise CannotKeep(field, message)


def keep(workspace: Workspace, draft: Evidence) -> int:
    """Keep evidence; return its number. Raises CannotKeep."""
    with workspace.store.begin() as change:
        return write(change, workspace, draft)


def keep_with_work(workspace: Workspace, work: Work, draft: Evidence) -> int:
    """Keep work that nothing tracked and evidence of it, in one go; return the number of the evidence.

    Raises CannotCapture and CannotKeep.
    """
    check(work, workspace.today)
    with workspace.store.begin() as change:
        at = journal.moment(change, workspace.now)
        noted = activities.capture(change, activity_of(workspace, work), at)
        return write(change, workspace, replace(draft, activities=(*draft.activities, noted)), at)


def read_hours(words: str) -> float | None:
    """Read how long something took, over all its days together; None for nothing.

    Raises CannotCapture where that is no length of time, CannotKeep where it is too long or too short.
    """
    if not words.strip():
        return None
    hours = read_length(words)
    _check_hours(hours)
    return hours


def write(tx: Transaction, workspace: Workspace, draft: Evidence, at: datetime | None = None) -> int:
    """Keep evidence as a part of a larger change, of one moment with it; return its number. Raises CannotKeep."""
    tidied = tidy(draft)
    _check(tx, workspace, tidied, None)
    return versions.put(tx, tidied, at or journal.moment(tx, workspace.now))


def read(workspace: Workspace, number: int) -> Evidence:
    """Return evidence as it stands; raises NoSuchEvidence."""
    with workspace.store.look() as view:
        return _read(view, number)


def every(workspace: Workspace) -> dict[int, Evidence]:
    """Return all evidence as it stands, by number in the order it was first told of."""
    with workspace.store.look() as view:
        return versions.current(view, Evidence)


def revise(workspace: Workspace, number: int, how: Callable[[Evidence], Evidence]) -> bool:
    """Keep the next version of evidence; return whether anything differs. Raises NoSuchEvidence and CannotKeep."""
    with workspace.store.begin() as change:
        before = _read(change, number)
        draft = tidy(how(before))
        if draft == before:
            return False
        _check(change, workspace, draft, before)
        versions.put(change, draft, journal.moment(change, workspace.now), number)
    return True


def withdraw(workspace: Workspace, number: int) -> Evidence:
    """Say that something is no evidence after all; return it. What it was suggested by is not suggested again."""
    with workspace.store.begin() as change:
        evidence = _read(change, number)
        at = journal.moment(change, workspace.now)
        versions.withdraw(change, Evidence, number, at)
        if evidence.suggestion:
            versions.put(change, TurnedDown(key=evidence.suggestion, label=evidence.action), at)
    return evidence


def copy_file(workspace: Workspace, name: str, file: BinaryIO) -> KeptFile:
    """Keep a copy of a file, for evidence to name. Raises UnfitFile and CannotKeepFile."""
    return files.keep(workspace.store, name, file)


def attach(workspace: Workspace, number: int, name: str, file: BinaryIO) -> KeptFile:
    """Keep a copy of a file with evidence. Raises NoSuchEvidence, CannotKeep, UnfitFile and CannotKeepFile."""
    read(workspace, number)
    kept = copy_file(workspace, name, file)

    def beside(evidence: Evidence) -> Evidence:
        others = (each for each in evidence.files if each.sha256 != kept.sha256)
        return replace(evidence, files=(*others, kept))

    revise(workspace, number, beside)
    return kept


def detach(workspace: Workspace, number: int, sha256: str) -> KeptFile:
    """Leave a file out of evidence; its copy stays, for undo brings it back. Raises NoSuchEvidence and CannotKeep."""
    kept = find_file(read(workspace, number), sha256)
    revise(
        workspace,
        number,
        lambda each: replace(each, files=tuple(one for one in each.files if one.sha256 != kept.sha256)),
    )
    return kept


def write_out(workspace: Workspace, number: int, folder: Path) -> list[Path]:
    """Write the copies of evidence into a folder under their names; return where. None takes the place of another.

    Raises NoSuchEvidence, and CannotKeepFile where a copy is gone or the folder cannot be written.
    """
    return [files.write_out(workspace.store, each, folder) for each in read(workspace, number).files]


def place(workspace: Workspace, kept: KeptFile) -> Path:
    """Return the path of a copy; raises CopyGone where it is not there."""
    path = files.place(workspace.store, kept)
    if not path.is_file():
        raise CopyGone(kept)
    return path


def find_file(evidence: Evidence, sha256: str) -> KeptFile:
    """Return a file of evidence by the first letters of its hash; raises CannotKeep where that is none, or several."""
    said = sha256.strip().lower()
    found = [each for each in evidence.files if said and each.sha256.startswith(said)]
    if len(found) != 1:
        refuse("file", "That is no file of this evidence. Its page lists the files it has.")
    return found[0]


def _read(tx: Transaction, number: int) -> Evidence:
    found = versions.get(tx, Evidence, number)
    if found is None:
        raise NoSuchEvidence(number)
    return found


def tidy(draft: Evidence) -> Evidence:
    """Return evidence without stray space, and with nothing twice."""
    return replace(
        draft,
        action=" ".join(draft.action.split()),
        situation=_paragraphs(draft.situation),
        result=_paragraphs(draft.result),
        seen_by=tuple(dict.fromkeys(" ".join(each.split()) for each in draft.seen_by if each.strip())),
        activities=tuple(dict.fromkeys(draft.activities)),
        capabilities=tuple(dict.fromkeys(draft.capabilities)),
        expectations=tuple(dict.fromkeys(draft.expectations)),
        links=tuple({each.url: each for each in map(_tidied, draft.links) if each.url or each.note}.values()),
    )


def _paragraphs(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _tidied(link: Link) -> Link:
    return Link(url=link.url.strip(), note=" ".join(link.note.split()))


def _check(tx: Transaction, workspace: Workspace, draft: Evidence, before: Evidence | None) -> None:
    """Raise CannotKeep unless evidence can be kept; what it was linked to before is not asked for again."""
    _check_words(draft)
    _check_amounts(workspace, draft)
    for link in draft.links:
        check_link(link)
    known = before or Evidence(action="", on=draft.on)
    _check_known(
        "activities",
        "activity",
        set(draft.activities) - set(known.activities),
        lambda wanted: {each.id for each in activities.by_ids(tx, wanted)},
    )
    _check_known(
        "capabilities",
        "capability",
        set(draft.capabilities) - set(known.capabilities),
        lambda _: versions.current(tx, Capability).keys(),
    )
    _check_expectations(tx, set(draft.expectations) - set(known.expectations))


def _check_words(draft: Evidence) -> None:
    if not draft.action or len(draft.action) > LONGEST_ACTION:
        refuse("action", f"Say in one line what you did, in at most {LONGEST_ACTION} characters.")
    for field in ("situation", "result"):
        if len(getattr(draft, field)) > LONGEST_TEXT:
            refuse(field, f"Say it in at most {LONGEST_TEXT:,} characters, or keep a file with the rest.")
    if any(len(each) > _LONGEST_WORDS for each in draft.seen_by):
        refuse("seen_by", f"A name has at most {_LONGEST_WORDS} characters; put commas between several.")
    many = (draft.seen_by, draft.links, draft.files, draft.activities, draft.capabilities, draft.expectations)
    names = ("seen_by", "links", "files", "activities", "capabilities", "expectations")
    for field, several in zip(names, many, strict=True):
        if len(several) > _MOST:
            refuse(field, f"Evidence has at most {_MOST} of these. Make a second one for the rest.")


def _check_amounts(workspace: Workspace, draft: Evidence) -> None:
    if draft.on > workspace.today:
        refuse("on", f"{draft.on} has not come yet: evidence is of what was done.")
    if draft.hours is not None:
        _check_hours(draft.hours)


def _check_hours(hours: float) -> None:
    if not 0 < hours <= _MOST_HOURS:
        refuse("hours", f"Evidence took between a minute and {_MOST_HOURS:,} hours, all its days together.")


def check_link(link: Link) -> None:
    """Raise CannotKeep unless a link leads to a page of the web; nothing is fetched."""
    if _SPEAKING.match(link.url):
        refuse("links", "The address holds a name or a password before the @. Leave that out.")
    if not _ADDRESS.fullmatch(link.url) or len(link.url) > _LONGEST_ADDRESS or not link.url.isprintable():
        refuse("links", "A link is an address that begins with https:// or http://.")
    if len(link.note) > _LONGEST_WORDS:
        refuse("links", f"Say in at most {_LONGEST_WORDS} characters what stood there.")


def _check_known(
    field: str, word: str, wanted: Collection[int], look: Callable[[Collection[int]], Collection[int]]
) -> None:
    missing = set(wanted) - set(look(wanted)) if wanted else set()
    if missing:
        refuse(field, f"There is no {word} {min(missing)}. Choose one that is listed.")


def _check_expectations(tx: Transaction, wanted: Collection[Expected]) -> None:
    ladders = read_ladders(tx) if wanted else {}
    for each in wanted:
        known = {one.id for one in ladders[each.ladder].expectations} if each.ladder in ladders else set()
        if each.expectation not in known:
            refuse(
                "expectations", "That is no expectation of a ladder that is kept here. outgrow ladder show lists them."
            )
