"""Keeps files that were handed over in a private folder of the data, until they are brought in or left.

What lies there is not imported: it is looked at first. It outlives the program, so that nothing has to be handed over
again after a restart.
"""

import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from outgrow.config import data_folder, told_apart
from outgrow.importers import feed
from outgrow.importers.contract import Question
from outgrow.model.fault import Fault
from outgrow.reports.words import harmless
from outgrow.workflows.bring_in import Ask, NothingThere, Wishes, check_given, note_unreachable
from outgrow.workflows.workspace import Workspace

#: The folder of what waits, among the data.
FOLDER = "waiting"
_FILES = "files"
_ABOUT = "about.json"
_MOST_PARTS = 6
_LONGEST_PART = 120  # bytes, so that no file system finds a name too long
_UNFIT = re.compile(r'[<>:"|?*\ufffd]')
_NUMBER = re.compile(r"[0-9]{1,18}")
_ABANDONED = 3_600_000_000  # microseconds after which what is half there was left by a program that was killed
_NO_ANSWERS: Mapping[str, Mapping[str, str]] = {}


class CannotKeep(Fault):
    """What was handed over could not be kept; nothing of it was."""


class NoSuchDrop(Fault):
    """Nothing waits under this number."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Drop:
    """What was handed over in one go: files in `folder`, or paths that were named.

    `answers` are those to the importers' questions: by the name of the file, then by the key of the question.
    """

    folder: Path
    given: Sequence[str]
    location: str
    answers: Mapping[str, Mapping[str, str]]

    @property
    def number(self) -> int:
        """The number it waits under."""
        return int(self.folder.name)

    @property
    def files(self) -> Path:
        """The folder of the files that were handed over, none for a path that was typed."""
        return self.folder / _FILES

    @property
    def wishes(self) -> Wishes:
        """How its files are known: by their names, since where they lie is passing."""
        return Wishes(root=None if self.given else self.files, location=self.location)

    @property
    def paths(self) -> Sequence[str]:
        """What to read."""
        return self.given or [str(self.files)]

    @property
    def name(self) -> str:
        """What to call it: its file, or how many there are."""
        names = [self.location] if self.location else [Path(each).name for each in self.given]
        names = names or [each.name for each in self.files.rglob("*") if each.is_file()]
        return (
            names[0] if len(names) == 1 else f"{len(names):,} files" if names else "Something that is no longer whole"
        )

    def likeness(self) -> Sequence[object]:
        """Return what it shares with another drop of the same: where that lies, or the names and sizes of its files."""
        if self.given:
            return [self.location or self.given]
        held = [each for each in self.files.rglob("*") if each.is_file()]
        return sorted((each.relative_to(self.files).as_posix(), each.stat().st_size) for each in held)

    def asking(self) -> Ask:
        """Return a way to ask: each answer that was given is given once, so that a wrong one does not come for ever."""
        left = {(name, key) for name, said in self.answers.items() for key in said}
        places = self.wishes.places

        def ask(path: Path, question: Question) -> str | None:
            asked = (places.of(path), question.key)
            if asked not in left:
                return None
            left.discard(asked)
            return self.answers[asked[0]][asked[1]]

        return ask


def take_files(workspace: Workspace, files: Iterable[tuple[str, BinaryIO]]) -> Drop:
    """Keep files under their names, made safe; raises CannotKeep."""
    with _made(workspace) as drop:
        for name, file in files:
            _keep(drop.files, name, file)
    return _waiting(drop)


def take_named(workspace: Workspace, given: str) -> Drop:
    """Take a path that was typed; raises NothingThere and CannotKeep."""
    said = _from_home(given.strip())
    check_given([said])
    return take_again(workspace, [str(Path(said).absolute())])


def _from_home(given: str) -> str:
    """Return a path with the home folder it may begin with; that of nobody stays as it was typed."""
    try:
        return str(Path(given).expanduser()) if given else ""
    except RuntimeError:
        return given


def take_again(workspace: Workspace, paths: Sequence[str]) -> Drop:
    """Take paths that something was brought in from before; raises CannotKeep."""
    with _made(workspace) as drop:
        taken = replace(drop, given=tuple(paths))
        _write(taken)
    return _waiting(taken)


def take_address(workspace: Workspace, address: str) -> Drop:
    """Fetch what stands at an address and keep it; the address itself is a secret and is not kept.

    The progress of the workspace is told on the way. Raises NothingThere with the reason when it cannot be fetched,
    which is kept with a source that came from there before, and CannotKeep.
    """

    def tell() -> None:
        workspace.progress("Fetching the calendar", 0)

    with _made(workspace) as drop:
        path = drop.files / "calendar.ics"
        try:
            feed.fetch(address.strip(), path, tell)
        except feed.FeedError as error:
            note_unreachable(workspace, told_apart(address.strip()), str(error))
            message = f"{str(error)[:1].upper()}{str(error)[1:]}."
            raise NothingThere(message) from error
        path.chmod(0o600)
        tell()  # before it is kept, for it may have been given up meanwhile
        fetched = replace(drop, given=(str(_waiting(drop).files / path.name),), location=told_apart(address.strip()))
        _write(fetched)
    return _waiting(fetched)


def is_address(text: str) -> bool:
    """Whether what was typed is an address rather than a path."""
    return feed.is_address(text.strip())


def drops(workspace: Workspace) -> list[Drop]:
    """Return what waits, the newest first."""
    folder = _place(workspace)
    there = [each for each in folder.iterdir() if _is_drop(each)] if folder.is_dir() else []
    return [_read(each) for each in sorted(there, key=lambda each: int(each.name), reverse=True)]


def find(workspace: Workspace, number: object) -> Drop:
    """Return what waits under a number; raises NoSuchDrop."""
    folder = _place(workspace) / str(number)
    if not _is_drop(folder):
        message = "These files no longer wait: they were brought in, or left."
        raise NoSuchDrop(message)
    return _read(folder)


def _is_drop(folder: Path) -> bool:
    return bool(_NUMBER.fullmatch(folder.name)) and folder.is_dir()


def answer(drop: Drop, names: Iterable[str], key: str, value: str) -> Drop:
    """Keep an answer to a question about some of the files; raises CannotKeep."""
    answers = {name: dict(said) for name, said in drop.answers.items()}
    for name in names:
        answers.setdefault(name, {})[key] = value
    answered = replace(drop, answers=answers)
    with _told():
        _write(answered)
    return answered


def discard(drop: Drop) -> None:
    """Delete the files that were handed over."""
    shutil.rmtree(drop.folder, ignore_errors=True)


def _place(workspace: Workspace) -> Path:
    path = workspace.store.path
    return (path.parent if path else data_folder(None)) / FOLDER


@contextmanager
def _made(workspace: Workspace) -> Iterator[Drop]:
    """Give a drop to fill, beside those that wait; it waits once all of it is there. Raises CannotKeep."""
    place = _place(workspace)
    drop = Drop(place / f".{_number()}", (), "", _NO_ANSWERS)
    try:
        with _told():
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sweep(place)
            drop.folder.mkdir(mode=0o700)
            drop.files.mkdir(mode=0o700)
            yield drop
            drop.folder.rename(_waiting(drop).folder)
    except BaseException:
        discard(drop)
        raise


@contextmanager
def _told() -> Iterator[None]:
    """Say it in a sentence when nothing can be written."""
    try:
        yield
    except OSError as error:
        message = f"The files could not be kept: {error.strerror}. Make room or give back the right to write there."
        raise CannotKeep(message) from error


def _waiting(drop: Drop) -> Drop:
    """Return a drop that was filled as it waits."""
    return replace(drop, folder=drop.folder.with_name(drop.folder.name.removeprefix(".")))


def _sweep(place: Path) -> None:
    """Delete what a program that was killed left half there."""
    for each in place.glob(".*"):
        if _NUMBER.fullmatch(each.name[1:]) and int(each.name[1:]) < _number() - _ABANDONED:
            shutil.rmtree(each, ignore_errors=True)


def _number() -> int:
    """Return a number that is never given out again: the microseconds since 1970."""
    return time.time_ns() // 1_000


def _write(drop: Drop) -> None:
    """Write what is known of a drop: all of it or, when that ends halfway, nothing."""
    about = {"given": list(drop.given), "location": drop.location, "answers": drop.answers}
    beside = drop.folder / f"{_ABOUT}.new"
    with _private(beside, os.O_TRUNC) as file:
        file.write(json.dumps(about).encode())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(drop.folder / _ABOUT)


def _read(folder: Path) -> Drop:
    """Return what waits in a folder; where what is known of it cannot be read, its files alone."""
    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_bytes())
        answers = {str(name): dict(said) for name, said in about["answers"].items()}
        return Drop(folder, tuple(map(str, about["given"])), str(about["location"]), answers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Drop(folder, (), "", _NO_ANSWERS)


def _private(path: Path, mode: int) -> BinaryIO:
    """Open a file that nobody else may read, for writing."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | mode, 0o600), "wb")


def _keep(folder: Path, name: str, file: BinaryIO) -> None:
    parts = _parts(name)
    if any(part.startswith(".") for part in parts):  # as in any folder that is brought in
        return
    place = folder.joinpath(*parts[:-1])
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _private(_free(place / parts[-1]), os.O_EXCL) as kept:
        shutil.copyfileobj(file, kept, 1 << 20)


def _free(path: Path) -> Path:
    """Return the path, with a number where there is such a file already: two files of one name are two files."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _parts(name: str) -> list[str]:
    """Return the parts of a name that cannot lead anywhere else."""
    parts = [_fit(part) for part in re.split(r"[/\\]", name)]
    return [part for part in parts if part.strip(".")][-_MOST_PARTS:] or ["file"]


def _fit(part: str) -> str:
    clean = _UNFIT.sub("_", harmless(part)).strip()
    stem, dot, suffix = clean.rpartition(".")
    kept = stem if dot and len(suffix) < _LONGEST_PART // 4 else clean
    short = kept.encode()[:_LONGEST_PART].decode("utf-8", "ignore")
    return f"{short}.{suffix}" if kept is stem else short
