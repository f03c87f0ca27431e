"""Shows the workstreams and lets the person rename, merge and split them. What they touch stays as they placed it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from outgrow.model.fault import Fault
from outgrow.model.judgement import Judgement
from outgrow.model.period import Period
from outgrow.reports.audit import CardLine
from outgrow.reports.words import count
from outgrow.reports.workstreams import WorkstreamView
from outgrow.store import computed, judgements, workstreams
from outgrow.store.computed import TopicRow, TopicTotal
from outgrow.store.database import Transaction
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace

_LONGEST_NAME = 200


class NoSuchWorkstream(Fault):
    """What was named is no workstream, or more than one."""

    exit_code = 2


class CannotArrange(Fault):
    """The workstreams cannot be arranged so; nothing was changed."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Streams:
    """All workstreams as they are now, by id with their names; topics are read when they are asked for."""

    tx: Transaction
    names: Mapping[str, str]

    def rows(self, workstream: str) -> list[TopicRow]:
        """Return the topics of a workstream."""
        return computed.topics_of(self.tx, workstream)

    def keys(self, workstream: str) -> list[str]:
        """Return the topic keys of a workstream."""
        return [row.key for row in self.rows(workstream)]

    def holding(self, words: str) -> list[str]:
        """Return the ids of the workstreams whose name holds some words, by name."""
        said = words.strip().casefold()
        named = {each: name.casefold() for each, name in self.names.items()}
        return sorted((each for each, name in named.items() if said and said in name), key=lambda each: named[each])

    def find(self, words: str) -> str:
        """Return the id of the workstream meant by its id, its name or a part of it; raises NoSuchWorkstream."""
        said = words.strip().casefold()
        if said in self.names:
            return said
        part = self.holding(words)
        found = [each for each in part if self.names[each].casefold() == said] or part
        if len(found) == 1:
            return found[0]
        message = f"No workstream is called {words!r}. outgrow workstream list shows them."
        if found:
            among = ", ".join(f"{self.names[each]} ({each})" for each in found[:5])
            message = f"{words!r} may mean {len(found)} workstreams: {among}. Say the id."
        raise NoSuchWorkstream(message)


def read_streams(tx: Transaction) -> Streams:
    """Read the workstreams as last computed, with the names the person gave before the computed ones."""
    given = workstreams.names(tx)
    return Streams(tx, {each: given.get(each, name) for each, name in computed.workstream_names(tx).items()})


def list_workstreams(workspace: Workspace, period: Period | None = None) -> list[WorkstreamView]:
    """Return the workstreams with work up to now (in the period, if given), those with most hours first."""
    recount(workspace)
    with workspace.store.look() as view:
        names = read_streams(view).names
        standing = judgements.standing(view, workspace.today)
        titles: dict[str, set[str]] = defaultdict(set)
        for row in computed.topics(view):
            titles[row.workstream].add(row.title)
        totals: dict[str, list[TopicTotal]] = defaultdict(list)
        for total in computed.totals(view, period):
            totals[total.workstream].append(total)
    found = [
        _view(each, names.get(each, each), sums, titles[each], standing.get(each)) for each, sums in totals.items()
    ]
    return sorted(found, key=lambda each: (-each.hours, -each.items, each.id))


def show_workstream(workspace: Workspace, words: str) -> WorkstreamView:
    """Return one workstream by its id or name; raises NoSuchWorkstream."""
    recount(workspace)
    with workspace.store.look() as view:
        streams = read_streams(view)
        workstream = streams.find(words)
        return _whole(workspace, streams, workstream)


def list_latest(workspace: Workspace, workstream: str, most: int) -> tuple[CardLine, ...]:
    """Return the last activities of a workstream (its id), the newest first; what is computed has to be up to date."""
    with workspace.store.look() as view:
        found = computed.latest(view, workstream, workspace.now, most)
    return tuple(CardLine(*each) for each in found)


def search_workstreams(workspace: Workspace, words: str, most: int) -> list[WorkstreamView]:
    """Return the first workstreams whose name holds some words, by name."""
    recount(workspace)
    with workspace.store.look() as view:
        streams = read_streams(view)
        return [_whole(workspace, streams, each) for each in streams.holding(words)[:most]]


def _whole(workspace: Workspace, streams: Streams, workstream: str) -> WorkstreamView:
    standing = judgements.standing(streams.tx, workspace.today)
    titles = {row.title for row in streams.rows(workstream)}
    sums = computed.totals(streams.tx, workstream=workstream)
    return _view(workstream, streams.names[workstream], sums, titles, standing.get(workstream))


def rename(workspace: Workspace, words: str, name: str) -> str:
    """Name a workstream; return its id. Raises NoSuchWorkstream or CannotArrange."""
    text = " ".join(name.split())
    if not 0 < len(text) <= _LONGEST_NAME:
        message = f"A name has between 1 and {_LONGEST_NAME} characters; nothing was changed."
        raise CannotArrange(message)
    recount(workspace)
    with workspace.store.begin() as change:
        streams = read_streams(change)
        workstream = streams.find(words)
        workstreams.rename(change, workstream, text, streams.keys(workstream), workspace.now)
    return workstream


def merge(workspace: Workspace, into: str, others: Collection[str]) -> str:
    """Put other workstreams into one; return its id. Raises NoSuchWorkstream or CannotArrange."""
    recount(workspace)
    with workspace.store.begin() as change:
        streams = read_streams(change)
        target = streams.find(into)
        sources = {streams.find(each) for each in others} - {target}
        if not sources:
            message = "Say at least one other workstream to merge; nothing was changed."
            raise CannotArrange(message)
        keys = [key for each in sorted({target, *sources}) for key in streams.keys(each)]
        workstreams.merge(change, target, streams.names.get(target, ""), keys, workspace.now)
    recount(workspace)
    return target


@dataclass(frozen=True, slots=True)
class Part:
    """Which topics of a workstream are meant: those whose title holds one of the words, or is one where `whole`."""

    titles: Collection[str]
    whole: bool = False

    def of(self, rows: Sequence[TopicRow]) -> list[TopicRow]:
        """Return them; raises CannotArrange when that is none or all."""
        said = {title.casefold() for title in self.titles}
        found = [row for row in rows if self._means(row.title.casefold(), said)]
        if not 0 < len(found) < len(rows):
            which = "None" if not found else "Every one"
            message = f"{which} of its {count(len(rows), 'title')} is meant by that: name some. Nothing was changed."
            raise CannotArrange(message)
        return found

    def _means(self, title: str, said: Collection[str]) -> bool:
        return title in said if self.whole else any(words in title for words in said)


def preview_split(workspace: Workspace, words: str, part: Part) -> WorkstreamView:
    """Return what a split would move, as the workstream it would become; raises as `split` does."""
    recount(workspace)
    with workspace.store.look() as view:
        streams = read_streams(view)
        workstream = streams.find(words)
        moved = part.of(streams.rows(workstream))
        keys = {row.key for row in moved}
        sums = [each for each in computed.totals(view, workstream=workstream) if each.key in keys]
    return _view(workstream, moved[0].title, sums, {row.title for row in moved}, None)


def split(workspace: Workspace, words: str, part: Part) -> str:
    """Make a part of a workstream one of its own; return its id.

    Raises NoSuchWorkstream, or CannotArrange when that would move nothing or everything.
    """
    recount(workspace)
    with workspace.store.begin() as change:
        streams = read_streams(change)
        moved = part.of(streams.rows(streams.find(words)))
        new = _new_id(moved, workspace)
        workstreams.split(change, new, [row.key for row in moved], workspace.now)
    recount(workspace)
    return new


def _new_id(moved: Sequence[TopicRow], workspace: Workspace) -> str:
    """Name a split by what it holds and when it was made, so that it never takes an id that is in use."""
    text = f"{workspace.now.isoformat()} {moved[0].key}"
    return "w" + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _view(
    workstream: str, name: str, sums: Sequence[TopicTotal], titles: Collection[str], judgement: Judgement | None
) -> WorkstreamView:
    return WorkstreamView(
        id=workstream,
        name=name,
        hours=sum(each.hours for each in sums),
        items=sum(each.items for each in sums),
        first=min((each.first for each in sums), default=date.min),
        last=max((each.last for each in sums), default=date.min),
        judgement=judgement.value if judgement else None,
        since=judgement.since if judgement else None,
        titles=tuple(sorted(titles)),
    )
