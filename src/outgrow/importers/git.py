"""Commits of the person, from `git log`.

A repository may come from anybody, and its configuration can name programs to run. So the only command is `git log`,
with everything off that could start one: signatures, external diffs, text conversion, hooks, file system monitors,
pagers, fetching. Read are: who, when, the subject line, the names of the files. Never a change itself, never a remote's
address.
"""

import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice, takewhile
from pathlib import Path
from typing import BinaryIO, cast

from outgrow.importers.contract import Context, Importer, Option, Question, Unreadable
from outgrow.importers.references import references_in
from outgrow.model.activity import Activity, Kind, Precision, ZoneCertainty
from outgrow.model.problem import Problem

_CHUNK = 1 << 20
_MOST_OPTIONS = 12
_MOST_AREAS = 5
_MOST_STDERR = 2000
_DAY_IN_MINUTES = 24 * 60
_HEADER = 5  # fields before the names of the files
_FORMAT = "%x00%H%x00%ad%x00%aE%x00%aN%x00%s%x00"

#: Settings that a repository could use to run a program, to read a file elsewhere or to change what is printed.
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.packedGitWindowSize": "32m",
    "core.packedGitLimit": "256m",
    "diff.external": "",
    "log.mailmap": "true",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "mailmap.file": os.devnull,
    "protocol.allow": "never",
}
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_COMMITS = ("--name-only", "--no-diff-merges", f"--format={_FORMAT}", "--fixed-strings", "--regexp-ignore-case")
_LOG = (
    "log",
    "-z",
    "--no-color",
    "--no-decorate",
    "--no-ext-diff",
    "--no-notes",
    "--no-renames",
    "--no-show-signature",
    "--no-textconv",
    "--encoding=UTF-8",
    "--date=raw",
    f"-O{os.devnull}",
    "--exclude=refs/stash",
    "--exclude=refs/notes/*",
    "--exclude=refs/original/*",
    "--all",
)


@dataclass(slots=True)
class _Log:
    """A running `git log` and what it said on its error output."""

    output: BinaryIO
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Commit:
    """One commit as printed: `moment` is seconds and offset, `areas` the top-level folders by how often."""

    sha: str
    moment: str
    address: str
    author: str
    subject: str
    areas: Sequence[str]


class Git(Importer):
    """Reads the commits of one repository. The address of each author is the one that .mailmap says."""

    name = "git"
    kind = "Git repository"
    never_read = "the changes themselves, addresses of other people, and where the repository comes from"

    def identify(self, path: Path, head: bytes) -> bool:
        """Whether the folder is a repository, with or without a work tree."""
        return not head and path.is_dir() and _git_folder(path) is not None

    def read(self, path: Path, context: Context) -> Iterator[Activity | Problem]:
        """Yield the person's commits, newest first."""
        folder = _git_folder(path)
        if folder is None:
            reason = "this is not a git repository"
            raise Unreadable(reason, "Name the folder that holds the .git folder.")
        people = _named_by_hand(context) | context.addresses
        read_any = False
        for item in _read(path, folder, people, context.account or self.account(path)):
            read_any = True
            yield item
        if not read_any and not _named_by_hand(context):
            people = _only_author(path, folder, asked_about=people)
            yield from _read(path, folder, people, context.account or self.account(path))

    def account(self, path: Path) -> str:
        """Return the name of the repository."""
        return _repository(path)

    def signature(self, path: Path) -> str:
        """Return the place of the repository: who the person is may differ from one to the next."""
        return str(path.resolve())


_FSCK = "Look at it with `git fsck`, or clone it anew and import the clone."


def _git_folder(path: Path) -> Path | None:
    """Return the folder (or the file pointing to it) git works with, for a work tree or a bare repository."""
    if (path / ".git").exists():
        return path / ".git"
    bare = (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()
    return path if bare else None


def _repository(path: Path) -> str:
    path = path.resolve()
    return (path.parent if path.name == ".git" else path).name.removesuffix(".git")


@contextmanager
def _running(path: Path, folder: Path, *arguments: str) -> Iterator[_Log]:
    """Run `git log`; at the end `errors` holds its first words of complaint, if it failed."""
    git = shutil.which("git")
    if git is None:
        reason = "git is not installed, or not on the PATH"
        raise Unreadable(reason, "Install git (https://git-scm.com) and import again.")
    settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    # Naming the git folder keeps git from looking for one further up, and from asking who owns it.
    command = [git, "--no-pager", *settings, f"--git-dir={folder.resolve()}", *_LOG, *arguments]
    with subprocess.Popen(  # noqa: S603 - the arguments are ours and addresses behind --author=
        command,
        cwd=path,
        env=inherited | _ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        log = _Log(cast("BinaryIO", process.stdout))
        complaints: list[bytes] = []
        listener = threading.Thread(target=_listen, args=(cast("BinaryIO", process.stderr), complaints), daemon=True)
        listener.start()
        try:
            yield log
        finally:
            log.output.close()
            listener.join()
    if process.returncode:
        log.errors.append(_first_line(complaints) or f"code {process.returncode}")


def _listen(stream: BinaryIO, complaints: list[bytes]) -> None:
    """Keep the first words and read on, so that git never waits for us."""
    complaints.append(stream.read(_MOST_STDERR))
    while stream.read(_CHUNK):
        continue


def _first_line(complaints: list[bytes]) -> str:
    text = b"".join(complaints).decode("utf-8", "replace").strip()
    return text.splitlines()[0] if text else ""


def _named_by_hand(context: Context) -> frozenset[str]:
    """Return the addresses (or names) the person has answered with."""
    answer = context.choices.get("authors", "")
    return frozenset(part for each in answer.split(",") if (part := each.strip().casefold()))


def _only_author(path: Path, folder: Path, asked_about: frozenset[str]) -> frozenset[str]:
    """Return who the person must be if there is one author and no address to go by; ask if that is not so."""
    with _running(path, folder, "--format=%aE%x00%aN") as log:
        authors = _authors(log.output)
    if log.errors:
        reason = f"git cannot read it: {log.errors[0]}"
        raise Unreadable(reason, _FSCK)
    if len(authors) > 1 or (authors and asked_about):
        raise _who_are_you(_repository(path), authors)
    return frozenset(label.casefold() for label in authors)


def _authors(output: BinaryIO) -> Mapping[str, Counter[str]]:
    """Count the commits of each author, known by address or else by name, under each name."""
    tokens = (token.decode("utf-8", "replace") for token in _tokens(output))
    authors: dict[str, Counter[str]] = {}
    for address, name in zip(tokens, tokens, strict=False):
        if address or name:
            authors.setdefault(address or name, Counter())[name] += 1
    return authors


def _who_are_you(repository: str, authors: Mapping[str, Counter[str]]) -> Question:
    most_commits_first = sorted(authors.items(), key=lambda each: -each[1].total())
    options = tuple(
        Option(label, f"{names.most_common(1)[0][0]} <{label}>, commits: {names.total()}")
        for label, names in most_commits_first[:_MOST_OPTIONS]
    )
    text = f"Which of the authors of {repository} are you? Several addresses may be given, with commas between them."
    return Question("authors", text, options)


def _read(path: Path, folder: Path, people: frozenset[str], account: str) -> Iterator[Activity | Problem]:
    """Yield the commits of these people; a history that breaks off ends in a problem."""
    if not people:
        return
    repository = _repository(path)
    chosen = [f"--author={each}" for each in sorted(people)]
    with _running(path, folder, *_COMMITS, *chosen) as log:
        mine = (each for each in _commits(log.output) if _is_by(each, people))
        for line, commit in enumerate(mine, start=1):
            yield _activity(commit, line, repository, account)
    if log.errors:
        yield Problem(line=0, reason=f"git stopped before the end of the history: {log.errors[0]}", remedy=_FSCK)


def _is_by(commit: _Commit, people: frozenset[str]) -> bool:
    return commit.address.casefold() in people or commit.author.casefold() in people


def _tokens(output: BinaryIO) -> Iterator[bytes]:
    """Split what git prints at its NULs."""
    pending: list[bytes] = []
    while chunk := output.read(_CHUNK):
        *whole, last = chunk.split(b"\0")
        if whole:
            pending.append(whole[0])
            yield b"".join(pending)
            yield from whole[1:]
            pending = []
        pending.append(last)
    if any(pending):
        yield b"".join(pending)


def _commits(output: BinaryIO) -> Iterator[_Commit]:
    """Read commits: a NUL, the fields, a NUL, the names of the files if there are any, a NUL.

    A name is never empty and no field holds a NUL, so nothing in a repository can imitate the border of a commit.
    """
    tokens = _tokens(output)
    next(tokens, None)
    while fields := [each.decode("utf-8", "replace") for each in islice(tokens, _HEADER)]:
        next(tokens, None)
        files = takewhile(bool, tokens)
        areas = Counter(_area(each) for each in files)
        areas.pop("", None)
        sha, moment, address, author, subject = (*fields, *[""] * (_HEADER - len(fields)))
        busiest = [area for area, _ in areas.most_common(_MOST_AREAS)]
        yield _Commit(sha, moment, address, author, subject, busiest)


def _area(file: bytes) -> str:
    folder, slash, _ = file.removeprefix(b"\n").partition(b"/")
    return folder.decode("utf-8", "replace") if slash else ""


def _activity(commit: _Commit, line: int, repository: str, account: str) -> Activity | Problem:
    try:
        moment = _moment(commit.moment)
    except (ValueError, OverflowError):
        return Problem(
            line=line,
            reason=f"the commit has no possible date ({commit.moment or 'none'})",
            remedy="Nothing is needed; it is left out.",
            raw=f"{commit.sha} {commit.subject}"[:2000],
        )
    return Activity(
        source="git",
        account=account,
        native_id=commit.sha,
        line=line,
        kind=Kind.COMMIT,
        title=commit.subject,
        start=moment,
        end=moment,
        precision=Precision.INSTANT,
        zone_certainty=ZoneCertainty.STATED,
        project=repository,
        tags=tuple(commit.areas),
        references=(commit.sha, *references_in(commit.subject, within=repository)),
    )


def _moment(raw: str) -> datetime:
    """Read git's raw date: seconds since 1970 and an offset like +0530."""
    seconds, offset = raw.split()
    minutes = int(offset[-2:]) + 60 * int(offset[1:-2])
    if not minutes < _DAY_IN_MINUTES:
        raise ValueError(offset)
    zone = timezone(timedelta(minutes=-minutes if offset.startswith("-") else minutes))
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))).astimezone(zone)
