"""Finds importers and says which one reads what. The built-in ones come in by the same door as anybody's.

Kept apart from the rest because `importlib.metadata` alone costs as much as starting Python.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from outgrow.importers.contract import Importer

GROUP = "outgrow.importers"
HEAD = 64 * 1024
_PASSED_OVER = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Broken:
    """An importer that is installed and cannot be used, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds: files (or repositories) by importer, in the order of their names, and files nobody reads."""

    by_importer: Mapping[str, Sequence[Path]]
    unknown: Sequence[Path]


@cache
def _installed() -> Mapping[str, EntryPoint]:
    """All entry points by name; of two with the same name our own holds, so that no plugin replaces it unseen."""
    ours_last = sorted(entry_points(group=GROUP), key=lambda each: each.value.startswith("outgrow."))
    return {each.name: each for each in ours_last}


def target(name: str) -> str:
    """Return where the importer of this name lives, as ``module:class``. Unknown names raise KeyError."""
    return _installed()[name].value


@cache
def _load(name: str) -> Importer | Broken:
    entry = _installed()[name]
    try:
        return _made(entry)
    except Exception as fault:  # noqa: BLE001 - a plugin may fail in any way, the others still work
        return Broken(name, f"{entry.value} cannot be loaded: {type(fault).__name__}")


def _made(entry: EntryPoint) -> Importer:
    importer = entry.load()()
    if not isinstance(importer, Importer):
        raise TypeError(entry.value)
    return importer


def find(name: str) -> Importer | None:
    """Return the importer of a name, without loading the others; None where there is none that can be used."""
    found = _load(name) if name in _installed() else None
    return None if isinstance(found, Broken) else found


@cache
def importers() -> Mapping[str, Importer]:
    """Return all importers that can be used, by name."""
    return {name: found for name in sorted(_installed()) if (found := find(name)) is not None}


def broken() -> Sequence[Broken]:
    """Return those that cannot be loaded."""
    return [found for name in sorted(_installed()) if isinstance(found := _load(name), Broken)]


def identify(path: Path) -> str | None:
    """Name the importer that reads this file or folder, or None. Raises OSError when the file cannot be opened."""
    head = b"" if path.is_dir() else _head(path)
    return next((name for name, each in _most_particular_first() if _claims(each, path, head)), None)


def _most_particular_first() -> Sequence[tuple[str, Importer]]:
    """Order the importers: plugins before ours, and those for plain text, which claims easily, last."""
    easily = ("table", "notes", "todotxt")
    return sorted(
        importers().items(),
        key=lambda pair: (target(pair[0]).startswith("outgrow."), pair[0] in easily, pair[0]),
    )


def _claims(importer: Importer, path: Path, head: bytes) -> bool:
    try:
        return importer.identify(path, head)
    except Exception:  # noqa: BLE001 - an importer that fails over a foreign file does not read it
        return False


def _head(path: Path) -> bytes:
    if not path.is_file():  # a pipe or a device would never end
        return b""
    with path.open("rb") as file:
        return file.read(HEAD)


def walk(folder: Path) -> Found:
    """Say which importer reads which file below the folder.

    A folder an importer reads as one (a repository) is one path and not entered, unless it is a vault of notes too.
    Hidden folders and files are passed over, and so are links that lead out of the folder.
    """
    by_importer: dict[str, list[Path]] = {}
    unknown = []
    for path in _paths(folder, folder.resolve()):
        name = _identified(path)
        if name:
            by_importer.setdefault(name, []).append(path)
        else:
            unknown.append(path)
    return Found(by_importer, tuple(unknown))


def _identified(path: Path) -> str | None:
    try:
        return identify(path)
    except OSError:
        return None


def _paths(folder: Path, top: Path) -> Iterator[Path]:
    """Yield the folder itself if it is read as one, else its files and folders, depth first by name."""
    if _identified(folder):
        yield folder
        if not (folder / ".obsidian").is_dir():
            return
    for entry in _entries(folder):
        path = Path(entry.path)
        if _is_passed_over(entry, top):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _paths(path, top)
        elif _is_file(path):
            yield path


def _is_file(path: Path) -> bool:
    """Whether it is a file, or something we may not look at, which counts as a file that nobody can read."""
    try:
        return path.is_file()
    except OSError:
        return True


def _entries(folder: Path) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda each: each.name)
    except OSError:
        return ()


def _is_passed_over(entry: os.DirEntry[str], top: Path) -> bool:
    if entry.name.startswith(".") or entry.name in _PASSED_OVER:
        return True
    return entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(top)
