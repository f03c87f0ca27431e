"""Keeps files that were handed over in a private folder of the data, until they are brought in or left.

What lies there is not imported: it is looked at first. It outlives the program, so that nothing has to be handed over
again after a restart.
"""

import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from outgrow.config import data_folder, told_apart
from outgrow.importers import feed
from outgrow.importers.contract import Question
from outgrow.model.fault import Fault
from outgrow.reports.words import harmless
from outgrow.workflows.bring_in import Ask, NothingThere, Wishes, check_given
from outgrow.workflows.workspace import Workspace

_FOLDER = "waiting"
_FILES = "files"
_ABOUT = "about.json"
_MOST_PARTS = 6
_LONGEST_PART = 120  # bytes, so that no file system finds a name too long
_UNFIT = re.compile(r'[<>:"|?*\ufffd]')


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
        return names[0] if len(names) == 1 else f"{len(names):,} files"

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
    drop = _new(workspace)
    try:
        for name, file in files:
            _keep(drop.files, name, file)
    except OSError as error:
        discard(drop)
        message = f"The files could not be kept: {error.strerror}. Make room or give back the right to write there."
        raise CannotKeep(message) from error
    return drop


def take_named(workspace: Workspace, given: str) -> Drop:
    """Take a path that was typed; raises NothingThere."""
    said = str(Path(given.strip()).expanduser()) if given.strip() else ""
    check_given([said])
    return take_again(workspace, [str(Path(said).absolute())])


def take_again(workspace: Workspace, paths: Sequence[str]) -> Drop:
    """Take paths that something was brought in from before."""
    drop = _new(workspace, paths)
    _write(drop)
    return drop


def take_address(workspace: Workspace, address: str) -> Drop:
    """Fetch what stands at an address and keep it; the address itself is a secret and is not kept.

    Raises NothingThere with the reason when it cannot be fetched.
    """
    drop = _new(workspace)
    path = drop.files / "calendar.ics"
    try:
        feed.fetch(address.strip(), path)
        path.chmod(0o600)
    except feed.FeedError as error:
        discard(drop)
        message = f"{str(error)[:1].upper()}{str(error)[1:]}."
        raise NothingThere(message) from error
    fetched = Drop(drop.folder, [str(path)], told_apart(address.strip()), {})
    _write(fetched)
    return fetched


def is_address(text: str) -> bool:
    """Whether what was typed is an address rather than a path."""
    return feed.is_address(text.strip())


def drops(workspace: Workspace) -> list[Drop]:
    """Return what waits, the newest first."""
    folder = _place(workspace)
    numbers = [int(each.name) for each in folder.iterdir() if each.name.isdigit()] if folder.is_dir() else []
    return [_read(folder / str(number)) for number in sorted(numbers, reverse=True)]


def find(workspace: Workspace, number: object) -> Drop:
    """Return what waits under a number; raises NoSuchDrop."""
    folder = _place(workspace) / str(number)[:_LONGEST_PART]
    if not folder.name.isdigit() or not folder.is_dir():
        message = "These files no longer wait: they were brought in, or left."
        raise NoSuchDrop(message)
    return _read(folder)


def answer(drop: Drop, names: Iterable[str], key: str, value: str) -> Drop:
    """Keep an answer to a question about some of the files."""
    answers = {name: dict(said) for name, said in drop.answers.items()}
    for name in names:
        answers.setdefault(name, {})[key] = value
    answered = Drop(drop.folder, drop.given, drop.location, answers)
    _write(answered)
    return answered


def discard(drop: Drop) -> None:
    """Delete the files that were handed over."""
    shutil.rmtree(drop.folder, ignore_errors=True)


def _place(workspace: Workspace) -> Path:
    path = workspace.store.path
    return (path.parent if path else data_folder(None)) / _FOLDER


def _new(workspace: Workspace, given: Sequence[str] = ()) -> Drop:
    place = _place(workspace)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    drop = Drop(place / str(_number()), given, "", {})
    drop.files.mkdir(mode=0o700, parents=True)
    drop.folder.chmod(0o700)
    return drop


def _number() -> int:
    """Return a number that is never given out again: the milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _write(drop: Drop) -> None:
    about = {"given": list(drop.given), "location": drop.location, "answers": drop.answers}
    with _private(drop.folder / _ABOUT, os.O_TRUNC) as file:
        file.write(json.dumps(about).encode())


def _read(folder: Path) -> Drop:
    path = folder / _ABOUT
    about: dict[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
    return Drop(folder, about.get("given", []), about.get("location", ""), about.get("answers", {}))


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
