"""Shows the workstreams and lets the person rename, merge and split them. What they touch stays as they placed it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from outgrow.model.fault import Fault
from outgrow.model.judgement import Judgement
from outgrow.model.period import Period
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
    """All workstreams as they are now: their topics by id, and their names."""

    rows: Mapping[str, Sequence[TopicRow]]
    names: Mapping[str, str]

    def keys(self, workstream: str) -> list[str]:
        """Return the topic keys of a workstream."""
        return [row.key for row in self.rows[workstream]]

    def find(self, words: str) -> str:
        """Return the id of the workstream meant by its id, its name or a part of it; raises NoSuchWorkstream."""
        said = words.strip().casefold()
        if said in self.rows:
            return said
        named = {each: name.casefold() for each, name in self.names.items() if each in self.rows}
        exact = [each for each, name in named.items() if name == said]
        found = exact or [each for each, name in named.items() if said and said in name]
        if len(found) == 1:
            return found[0]
        message = f"No workstream is called {words!r}. outgrow workstream list shows them."
        if found:
            among = ", ".join(f"{self.names[each]} ({each})" for each in found[:5])
            message = f"{words!r} may mean {len(found)} workstreams: {among}. Say the id."
        raise NoSuchWorkstream(message)


def read_streams(tx: Transaction) -> Streams:
    """Read the workstreams as last computed, with the names the person gave before the computed ones."""
    rows: dict[str, list[TopicRow]] = {}
    for row in computed.topics(tx):
        rows.setdefault(row.workstream, []).append(row)
    return Streams(rows, computed.workstream_names(tx) | workstreams.names(tx))


def list_workstreams(workspace: Workspace, period: Period | None = None) -> list[WorkstreamView]:
    """Return the workstreams with work up to now (in the period, if given), those with most hours first."""
    recount(workspace)
    with workspace.store.look() as view:
        streams = read_streams(view)
        standing = judgements.standing(view, workspace.today)
        totals: dict[str, list[TopicTotal]] = {}
        for total in computed.totals(view, period):
            totals.setdefault(total.workstream, []).append(total)
    found = [_view(each, sums, streams, standing.get(each)) for each, sums in totals.items()]
    return sorted(found, key=lambda each: (-each.hours, -each.items, each.id))


def show_workstream(workspace: Workspace, words: str) -> WorkstreamView:
    """Return one workstream by its id or name; raises NoSuchWorkstream."""
    found = {each.id: each for each in list_workstreams(workspace)}
    return found[_find(workspace, words)]


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


def split(workspace: Workspace, words: str, titles: Collection[str]) -> str:
    """Make the topics whose title holds one of the words a workstream of their own; return its id.

    Raises NoSuchWorkstream, or CannotArrange when that would move nothing or everything.
    """
    recount(workspace)
    with workspace.store.begin() as change:
        streams = read_streams(change)
        whole = streams.rows[streams.find(words)]
        parts = [title.casefold() for title in titles]
        moved = [row for row in whole if any(part in row.title.casefold() for part in parts)]
        if not 0 < len(moved) < len(whole):
            which = "None" if not moved else "Every one"
            message = f"{which} of its {count(len(whole), 'title')} holds that. outgrow workstream show lists them."
            raise CannotArrange(message)
        new = _new_id(moved, workspace)
        workstreams.split(change, new, [row.key for row in moved], workspace.now)
    recount(workspace)
    return new


def _find(workspace: Workspace, words: str) -> str:
    with workspace.store.look() as view:
        return read_streams(view).find(words)


def _new_id(moved: Sequence[TopicRow], workspace: Workspace) -> str:
    """Name a split by what it holds and when it was made, so that it never takes an id that is in use."""
    text = f"{workspace.now.isoformat()} {moved[0].key}"
    return "w" + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _view(workstream: str, sums: Sequence[TopicTotal], streams: Streams, judgement: Judgement | None) -> WorkstreamView:
    return WorkstreamView(
        id=workstream,
        name=streams.names.get(workstream, workstream),
        hours=sum(each.hours for each in sums),
        items=sum(each.items for each in sums),
        first=min(each.first for each in sums),
        last=max(each.last for each in sums),
        judgement=judgement.value if judgement else None,
        since=judgement.since if judgement else None,
        titles=tuple(sorted({row.title for row in streams.rows.get(workstream, ())})),
    )
