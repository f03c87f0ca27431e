"""A parcel: the files of an export or a backup in a folder or in one ZIP, with a manifest of their sizes and hashes.

A parcel is written beside its place and takes it when it is whole. One that is read may come from anywhere: nothing in
it is believed before its hash is right, and no name in it ever becomes a path.
"""

import hashlib
import io
import os
import re
import secrets
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol, Self, cast

import msgspec

from outgrow.model.fault import Fault
from outgrow.store import seal
from outgrow.store.plain import Unsound

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
ZIPPED = ".zip"
_BLOCK = 1 << 20
_LONGEST_LINE = 32 << 20
_LONGEST_MANIFEST = 32 << 20
_MOST_UNPACKED = 200  # times the size of what is packed: far more than words can be packed
_FREE = 64 << 20  # bytes that may be unpacked whatever the size
_PRIVATE = 0o600
_BEFORE_ALL = (1980, 1, 1, 0, 0, 0)  # the date of every file in a ZIP, so that the same files give the same ZIP
_HASH = re.compile("[0-9a-f]{64}")
_TABLE = re.compile(r"tables/[a-z]{1,30}\.csv")


class CannotPack(Fault):
    """A parcel could not be written; nothing of it was."""


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the manifest tells of a file: its name, its size in bytes, its hash, and how many records it holds."""

    name: str
    size: int
    sha256: str
    records: int | None = None


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a parcel is (`export` or `backup`), in which version of its format, and its files."""

    outgrow: str
    format: int
    files: tuple[Told, ...]


class _Place(Protocol):
    """Where the files of a parcel are put."""

    def begin(self, name: str) -> AbstractContextManager[BinaryIO]: ...


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path

    @contextmanager
    def begin(self, name: str) -> Iterator[BinaryIO]:
        path = self.path / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class _Zip:
    archive: zipfile.ZipFile

    @contextmanager
    def begin(self, name: str) -> Iterator[BinaryIO]:
        about = zipfile.ZipInfo(name, _BEFORE_ALL)
        about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 3  # as on Unix, wherever it is written
        about.external_attr = (stat.S_IFREG | _PRIVATE) << 16
        with self.archive.open(about, "w", force_zip64=True) as file:
            yield cast("BinaryIO", file)


@dataclass(slots=True)
class Packer:
    """Puts files into a parcel, one after the other."""

    _place: _Place
    told: list[Told] = field(default_factory=list)

    def put(self, name: str, blocks: Iterable[bytes], *, counted: bool = False) -> None:
        """Put in a file; where it is `counted`, each block is a record."""
        digest, size, number = hashlib.sha256(), 0, 0
        with self._place.begin(name) as file:
            for block in blocks:
                file.write(block)
                digest.update(block)
                size, number = size + len(block), number + 1
        self.told.append(Told(name, size, digest.hexdigest(), number if counted else None))

    def put_file(self, name: str, path: Path) -> None:
        """Put in a copy of a file."""
        with path.open("rb") as file:
            self.put(name, iter(lambda: file.read(_BLOCK), b""))

    def finish(self, what: str) -> None:
        """Put in the manifest, which makes it a parcel."""
        manifest = msgspec.json.encode(Manifest(what, FORMAT, tuple(self.told)))
        with self._place.begin(MANIFEST) as file:
            file.write(msgspec.json.format(manifest, indent=1) + b"\n")


@contextmanager
def packing(target: Path, what: str) -> Iterator[Packer]:
    """Give what fills a parcel: a ZIP where the name of the target ends so, else a folder. Raises CannotPack.

    What is there already stays as it is: nothing is put in its place.
    """
    _refuse_taken(target)
    begun = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _begun(begun, zipped=target.suffix == ZIPPED) as place:
            packer = Packer(place)
            yield packer
            packer.finish(what)
        settle(begun, target)
    except OSError as error:
        message = (
            f"{target} cannot be written: {error.strerror}. Make room or name another place; nothing is left there."
        )
        raise CannotPack(message) from error
    finally:
        remove(begun)


def _refuse_taken(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not (target.is_dir() and not any(target.iterdir()))):
        message = f"There is something at {target} already. Name a place where nothing is."
        raise CannotPack(message)


@contextmanager
def _begun(path: Path, *, zipped: bool) -> Iterator[_Place]:
    if not zipped:
        path.mkdir(mode=0o700)
        yield _Folder(path)
        return
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE), "w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            yield _Zip(archive)
        file.flush()
        os.fsync(file.fileno())


def settle(begun: Path, target: Path) -> None:
    """Give what is whole its name, and have the disk take that."""
    if target.is_dir():
        target.rmdir()
    begun.rename(target)
    if os.name != "nt":  # where a folder cannot be opened
        opened_folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(opened_folder)
        finally:
            os.close(opened_folder)


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there; of a link to one the link alone."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class Checked:
    """A file that is read to its end; there its size and hash have to be as told. `read` raises Unsound."""

    def __init__(self, file: BinaryIO, told: Told, place: Path) -> None:
        """Begin at its beginning."""
        self._file = file
        self._told = told
        self._place = place
        self._digest = hashlib.sha256()
        self._size = 0

    def read(self, size: int = _BLOCK) -> bytes:
        """Return the next bytes, none at the end."""
        with _understood(self._place):
            block = self._file.read(size)
        self._digest.update(block)
        self._size += len(block)
        ends = not block and size != 0
        if self._size > self._told.size or (ends and not self._is_whole()):
            message = (
                f"{self._told.name} in {self._place} is not as it was written: it was cut off or changed. Nothing was "
                "restored; take another copy."
            )
            raise Unsound(message)
        return block

    def _is_whole(self) -> bool:
        return (self._size, self._digest.hexdigest()) == (self._told.size, self._told.sha256)

    def __enter__(self) -> Self:
        """Give the file itself."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Close it."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel that is read: what it is, and its files by name."""

    place: Path
    what: str
    files: dict[str, Told]
    _opener: Callable[[str], BinaryIO]

    def open(self, name: str) -> Checked:
        """Open a file of it; raises Unsound where it is not as it was written."""
        with _understood(self.place):
            return Checked(self._opener(name), self.files[name], self.place)

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file without their ends; raises Unsound."""
        rest = b""
        with self.open(name) as file:
            while block := file.read():
                *whole, rest = (rest + block).split(b"\n")
                yield from whole
                if len(rest) > _LONGEST_LINE:
                    message = f"{name} in {self.place} has a line of more than {_LONGEST_LINE >> 20} MB."
                    raise Unsound(message)
        if rest:
            message = f"{name} in {self.place} ends within a line."
            raise Unsound(message)

    def check(self, names: Iterable[str]) -> None:
        """Read files to their end, so that what is not as it was written is found; raises Unsound."""
        for name in names:
            with self.open(name) as file:
                while file.read():
                    pass

    @property
    def kept(self) -> list[str]:
        """The hashes of the kept files in it."""
        return sorted(name.removeprefix(FILES) for name in self.files if name.startswith(FILES))


@contextmanager
def opened(place: Path, passphrase: str, records: Sequence[str], database: str) -> Iterator[Parcel]:
    """Open a parcel that may come from anywhere; raises Unsound with what is wrong, and as `unseal` does.

    `records` are the files that an export has to have, `database` is the one of a backup.
    """
    if not place.exists():
        message = f"There is nothing at {place}. Check the name."
        raise Unsound(message)
    with ExitStack() as stack:
        with _understood(place):
            container = stack.enter_context(_container(place, passphrase))
            manifest = _manifest(container, place)
        parcel = Parcel(place, manifest.outgrow, {each.name: each for each in manifest.files}, container.open)
        needed = set(records) if parcel.what == "export" else {database}
        _check_names(parcel, container, len(manifest.files), needed)
        _check_size(parcel, container.size)
        yield parcel


@contextmanager
def _understood(place: Path) -> Iterator[None]:
    """Say in words that a file is damaged, whatever reading it stumbles over."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        struct.error,
        msgspec.MsgspecError,
        UnicodeError,
    ) as error:
        message = f"{place} is no whole export or backup of outgrow. Take another copy of it, or name another file."
        raise Unsound(message) from error


@dataclass(frozen=True, slots=True)
class _Container:
    """A folder or a ZIP: the names of its files, how to open one, and how many bytes it has as it lies there."""

    names: list[str]
    open: Callable[[str], BinaryIO]
    size: int


@contextmanager
def _container(place: Path, passphrase: str) -> Iterator[_Container]:
    if place.is_dir():
        yield _folder(place)
        return
    source = io.BytesIO(seal.unseal(place, passphrase)) if seal.is_sealed(place) else place
    size = source.getbuffer().nbytes if isinstance(source, io.BytesIO) else place.stat().st_size
    with zipfile.ZipFile(source) as archive:
        for each in archive.infolist():
            _check_entry(each, place)

        def entry(name: str) -> BinaryIO:
            return cast("BinaryIO", archive.open(name))

        yield _Container(archive.namelist(), entry, size)


def _check_entry(each: zipfile.ZipInfo, place: Path) -> None:
    """Refuse what is no plain file of a ZIP."""
    mode = each.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG} or each.is_dir():
        message = f"{_quoted(each.filename)} in {place} is no plain file. outgrow wrote no such thing."
        raise Unsound(message)


def _folder(place: Path) -> _Container:
    names, size = [], 0
    for folder, folders, files in os.walk(place):
        for name in [*folders, *files]:
            path = Path(folder, name)
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                message = f"{path} is no plain file. outgrow wrote no such thing."
                raise Unsound(message)
        shown = [Path(folder, name) for name in files if not name.startswith(".")]  # some systems leave such files
        names += [path.relative_to(place).as_posix() for path in shown]
        size += sum(path.stat().st_size for path in shown)
    return _Container(names, lambda name: (place / name).open("rb"), size)


def _manifest(container: _Container, place: Path) -> Manifest:
    if MANIFEST not in container.names:
        message = f"{place} is no export or backup of outgrow: it has no {MANIFEST}. Name another file."
        raise Unsound(message)
    with closing(container.open(MANIFEST)) as file:
        said = file.read(_LONGEST_MANIFEST)
    told = msgspec.json.decode(said, type=dict[str, msgspec.Raw])
    if msgspec.json.decode(told.get("format", msgspec.Raw(b"0"))) != FORMAT:
        message = f"{place} was written by another version of outgrow. Install the newest one, then restore it."
        raise Unsound(message)
    return msgspec.json.decode(said, type=Manifest)


def _check_names(parcel: Parcel, container: _Container, told: int, needed: set[str]) -> None:
    """Refuse what is missing, what is there twice, and what no parcel holds."""
    there = [name for name in container.names if name != MANIFEST]
    if len(there) != len(set(there)) or told != len(parcel.files):
        message = f"{parcel.place} holds two files of one name. outgrow wrote no such thing."
        raise Unsound(message)
    if missing := sorted((needed | parcel.files.keys()) - set(there)):
        message = f"{parcel.place} is not whole: {_quoted(missing[0])} is missing. Take another copy of it."
        raise Unsound(message)
    known = needed | {"README.md"}
    odd = [name for name in there if name not in known and not _TABLE.fullmatch(name) and not _is_kept(parcel, name)]
    if odd or parcel.what not in {"export", "backup"} or not needed | set(there) <= parcel.files.keys():
        message = f"{parcel.place} holds what outgrow did not write: {_quoted((odd or there)[0])}."
        raise Unsound(message)


def _is_kept(parcel: Parcel, name: str) -> bool:
    digest = name.removeprefix(FILES)
    return (
        digest != name
        and bool(_HASH.fullmatch(digest))
        and name in parcel.files
        and parcel.files[name].sha256 == digest
    )


def _check_size(parcel: Parcel, packed: int) -> None:
    unpacked = sum(each.size for each in parcel.files.values())
    if unpacked > _MOST_UNPACKED * packed + _FREE or any(each.size < 0 for each in parcel.files.values()):
        message = (
            f"{parcel.place} would unpack to {unpacked / 1e6:,.0f} MB, far more than it can hold. It was not read."
        )
        raise Unsound(message)


def _quoted(name: str) -> str:
    return repr(name if len(name) <= 80 else name[:80] + "…")  # noqa: PLR2004 - enough to find it
