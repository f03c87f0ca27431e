"""Brings in files, folders, repositories and addresses: every record becomes an activity or a problem."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from outgrow.config import masked, told_apart
from outgrow.importers import discovery, feed, sandbox
from outgrow.importers.contract import Context, Question
from outgrow.model.activity import Activity
from outgrow.model.fault import Fault
from outgrow.model.problem import Problem
from outgrow.reports.brought_in import BringInReport, FileReport, Notice
from outgrow.store import activities, sources
from outgrow.store.database import Transaction
from outgrow.workflows.workspace import Progress, Workspace

Ask = Callable[[Path, Question], str | None]

_FILES_TOGETHER = 100
_READ_AHEAD = 20_000  # activities: about 15 MB
_ENDS = (sandbox.FileEnded, sandbox.Asked, sandbox.Failed)
_MOST_NOTICES = 1000
_LONGEST = 300  # of a path that is quoted


class NothingThere(Fault):
    """A path that was named does not exist; nothing was imported."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person says along with an import: `choices` answer questions before they are asked.

    Where files lie for the time of the import alone, they are known by their place below `root`, or as `location`.
    """

    account: str = ""
    importer: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    root: Path | None = None
    location: str = ""

    @property
    def places(self) -> "Places":
        """How files are known."""
        return Places(self.root, self.location)


@dataclass(frozen=True, slots=True)
class Sought:
    """What one of the things given holds: files by importer, those nobody reads, or why there is nothing to read."""

    by_importer: Mapping[str, Sequence[Path]]
    places: "Places"
    unknown: Sequence[Path] = ()
    unread: tuple[FileReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """How files are known where they are told of: by their path, or by what stands for a passing one."""

    root: Path | None = None
    location: str = ""

    def of(self, path: Path) -> str:
        """Return how a file is known."""
        if self.location:
            return self.location
        return path.relative_to(self.root).as_posix() if self.root else str(path.absolute())


def bring_in(workspace: Workspace, given: Sequence[str], wishes: Wishes, ask: Ask, progress: Progress) -> BringInReport:
    """Import everything that is given; what cannot be read is reported and the rest goes on.

    `ask` gets a question about a file and returns the answer, or None to leave the file out. `progress` gets a location
    and how many of its records have been read. Raises NothingThere before anything is imported.
    """
    files: list[FileReport] = []
    unknown: list[str] = []
    for each in seek(given, wishes):
        files += each.unread
        for file in each.unread:
            note_unreachable(workspace, each.places.location, file.unread)
        unknown += map(each.places.of, each.unknown)
        for importer, paths in each.by_importer.items():
            files += _Task(workspace, importer, wishes, ask, progress, each.places).read(paths)
    return BringInReport(tuple(files), tuple(unknown))


def seek(given: Sequence[str], wishes: Wishes) -> Iterator[Sought]:
    """Say of each thing given what it holds. Raises NothingThere before the first one."""
    check_given(given)
    _check_importer(wishes.importer)
    for each in given:
        places = Places(location=told_apart(each)) if feed.is_address(each) else wishes.places
        with _local(each) as (path, fault):
            if fault:
                yield Sought({}, places, unread=(FileReport(location=masked(each), unread=fault),))
                continue
            found = _found(path, wishes.importer)
            unread = () if found.by_importer or wishes.root else (_nothing_read(each, path),)
            yield Sought(found.by_importer, places, () if unread else found.unknown, unread)


def note_unreachable(workspace: Workspace, location: str, why: str) -> None:
    """Keep that a source could not be reached where it was, so that it is told of until it comes in again."""
    with workspace.store.begin() as change:
        known = {
            (run.reading.importer, run.reading.account)
            for run in sources.runs(change)
            if run.reading.location == location
        }
        for importer, account in sorted(known) if location else ():
            reading = sources.Reading(importer=importer, account=account, location=location, at=workspace.now)
            activities.record(change, reading, [Problem(line=0, reason=why)])


def check_given(given: Sequence[str]) -> None:
    """Raise NothingThere unless each is an address, a file or a folder."""
    for each in given:
        wrong = "" if feed.is_address(each) else _wrong_with(each)
        if wrong:
            message = f"{each[:_LONGEST] or 'A path without a name'} {wrong}. Check the name; nothing was imported."
            raise NothingThere(message)


def _wrong_with(given: str) -> str:
    """Say why a path can be no source; nothing where it can."""
    path = Path(given)
    try:
        if not given or not path.exists():
            return "does not exist"
        is_source = path.is_file() or path.is_dir()
    except OSError as error:
        return f"cannot be looked at: {error.strerror}"
    return "" if is_source else "is neither a file nor a folder; save it as a file first"


def _check_importer(name: str) -> None:
    if name and name not in discovery.importers():
        message = f"There is no importer {name!r}. There are {', '.join(discovery.importers())}; nothing was imported."
        raise NothingThere(message)


@contextmanager
def _local(given: str) -> Iterator[tuple[Path, str]]:
    """Give the path to read, after fetching an address into a temporary file; or the reason there is none."""
    if not feed.is_address(given):
        yield Path(given), ""
        return
    with tempfile.TemporaryDirectory(prefix="outgrow-") as folder:
        path = Path(folder) / "calendar.ics"
        try:
            feed.fetch(given, path)
        except feed.FeedError as error:
            yield path, str(error)
        else:
            yield path, ""


def _found(path: Path, importer: str) -> discovery.Found:
    if importer:
        return discovery.Found({importer: [path]}, ())
    if path.is_dir():
        return discovery.walk(path)
    try:
        name = discovery.identify(path)
    except OSError:
        # Let the importer child say what is wrong with the file, the same way for every file.
        name = "table"
    return discovery.Found({name: [path]}, ()) if name else discovery.Found({}, (path,))


_KINDS = "calendars (.ics), tables (.csv, .xlsx), Markdown notes, todo.txt and git repositories"


def _nothing_read(given: str, path: Path) -> FileReport:
    """Say of something that was named that nothing of it was read."""
    return FileReport(location=masked(given), unread=why_unread(path))


def why_unread(path: Path) -> str:
    """Say why no importer reads a file or a folder."""
    if path.is_dir():
        return f"nothing in this folder is of a kind I read: {_KINDS}. It was left alone"
    try:
        empty = not path.stat().st_size
    except OSError as error:
        return f"it cannot be opened: {error.strerror}. Check that you may read it"
    if empty:
        return "the file is empty. Export it again"
    return f"I do not read this kind of file. I read {_KINDS}: look for an export of that kind"


@dataclass(frozen=True, slots=True)
class _Task:
    """The reading of some files with one importer."""

    workspace: Workspace
    importer: str
    wishes: Wishes
    ask: Ask
    progress: Progress
    places: Places

    def read(self, paths: Sequence[Path]) -> Iterator[FileReport]:
        """Read the files; one with a question is read again once it is answered."""
        choices = dict(self.wishes.choices)
        waiting = list(paths)
        while waiting:
            again = []
            for outcome in self._once(waiting, choices):
                if isinstance(outcome, FileReport):
                    yield outcome
                elif (answer := self.ask(outcome.path, outcome.question)) is None:
                    yield FileReport(
                        location=self.places.of(outcome.path), importer=self.importer, unanswered=outcome.question.text
                    )
                else:
                    self._keep(outcome, answer)
                    again.append(outcome.path)
            waiting = again

    def _once(self, paths: Sequence[Path], choices: Mapping[str, str]) -> Iterator[FileReport | sandbox.Asked]:
        kept = kept_choices(self.workspace, self.importer)
        events = self._told(
            sandbox.read(self.importer, paths, context_of(self.workspace, self.wishes, choices), kept=kept)
        )
        while part := _part(events):
            yield from self._write(part)

    def _told(self, events: Iterator[sandbox.Event]) -> Iterator[sandbox.Event]:
        """Tell how far the reading is."""
        for event in events:
            if isinstance(event, sandbox.Batch):
                self.progress(self.places.of(event.path), event.records)
            yield event

    def _write(self, part: Iterator[sandbox.Event]) -> list[FileReport | sandbox.Asked]:
        """Write some files in one change: a folder of thousands would else wait for the disk thousands of times."""
        outcomes: list[FileReport | sandbox.Asked] = []
        with self.workspace.store.begin() as change:
            for started in part:
                first = next(part)
                if isinstance(first, sandbox.Asked):
                    outcomes.append(first)
                else:
                    outcomes.append(self._record(change, started.path, chain([first], part)))
        return outcomes

    def _record(self, change: Transaction, path: Path, events: Iterator[sandbox.Event]) -> FileReport:
        stream = _Stream(events)
        head, account = _until_account(stream)
        reading = sources.Reading(
            importer=self.importer,
            account=account,
            location=self.places.of(path),
            at=self.workspace.now,
            file_hash=_hash(path),
            complete=discovery.importers()[self.importer].complete,
        )
        counts = activities.record(change, reading, chain(head, stream), whole=lambda: not stream.unread)
        for key, answer in self.wishes.choices.items() if not stream.unread else ():
            sources.choose(change, self.importer, stream.signature, key, answer, self.workspace.now)
        return FileReport(
            location=self.places.of(path),
            importer=self.importer,
            records=counts.records,
            activities=counts.activities,
            problems=tuple(stream.problems),
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            gone=counts.gone,
            unread=stream.unread,
            notices=tuple(Notice(line, text) for line, text in stream.notices),
        )

    def _keep(self, asked: sandbox.Asked, answer: str) -> None:
        with self.workspace.store.begin() as change:
            sources.choose(change, self.importer, asked.signature, asked.question.key, answer, self.workspace.now)


def context_of(workspace: Workspace, wishes: Wishes, choices: Mapping[str, str]) -> Context:
    """Return what importers may know."""
    return Context(
        now=workspace.now,
        zone=workspace.settings.zone,
        account=wishes.account,
        addresses=workspace.settings.addresses,
        choices=choices,
    )


def kept_choices(workspace: Workspace, importer: str) -> dict[str, dict[str, str]]:
    """Return what an importer was answered earlier, by the signature of the files it holds for."""
    with workspace.store.look() as view:
        return sources.choices(view, importer)


def _part(events: Iterator[sandbox.Event]) -> Iterator[sandbox.Event] | None:
    """Take some files, read ahead so that nobody is kept from writing meanwhile; None where there are none left.

    Of a file too large for that the beginning is read ahead, and the rest comes as it is read.
    """
    ahead: list[sandbox.Event] = []
    files = held = 0
    for event in events:
        ahead.append(event)
        held += len(event.activities) if isinstance(event, sandbox.Batch) else 0
        files += isinstance(event, _ENDS)
        if held >= _READ_AHEAD or files == _FILES_TOGETHER:
            break
    whole = not ahead or isinstance(ahead[-1], _ENDS)
    return chain(ahead, () if whole else _to_the_end(events)) if ahead else None


def _to_the_end(events: Iterator[sandbox.Event]) -> Iterator[sandbox.Event]:
    """Yield what is left of the file in hand."""
    for event in events:
        yield event
        if isinstance(event, _ENDS):
            return


class _Stream:
    """The items of one file as its events bring them; afterwards it knows the problems and why reading ended."""

    def __init__(self, events: Iterator[sandbox.Event]) -> None:
        self._events = events
        self._items = self._all()
        self.problems: list[Problem] = []
        self.notices: dict[tuple[int, str], None] = {}
        self.signature = ""
        self.unread = ""

    def __iter__(self) -> Iterator[Activity | Problem]:
        return self._items

    def _all(self) -> Iterator[Activity | Problem]:
        for event in self._events:
            match event:
                case sandbox.Batch():
                    self.problems += event.problems
                    self._notice(event.activities)
                    yield from event.activities
                    yield from event.problems
                case sandbox.Failed():
                    self.unread = f"{event.problem.reason}. {event.problem.remedy}"
                    yield event.problem
                    return
                case sandbox.FileEnded():
                    self.signature = event.tally.signature
                    return

    def _notice(self, read: Iterable[Activity]) -> None:
        """Keep what the importer had to assume, once for each record."""
        for activity in read:
            for warning in activity.warnings if len(self.notices) < _MOST_NOTICES else ():
                self.notices.setdefault((activity.line, warning))


def _until_account(stream: _Stream) -> tuple[list[Activity | Problem], str]:
    """Take from the stream until an activity tells the account; return what was taken and the account."""
    head: list[Activity | Problem] = []
    for item in stream:
        head.append(item)
        if isinstance(item, Activity):
            return head, item.account
    return head, ""


def _hash(path: Path) -> str:
    """Return the SHA-256 of a file; empty for a folder, and for what cannot be opened, which the reading will say."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
