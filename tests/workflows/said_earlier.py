"""Answers that were given some time ago, to work that is there by now."""

from collections.abc import Sequence
from datetime import date, timedelta

from outgrow.model.judgement import Judgement, Value
from outgrow.store import judgements
from outgrow.workflows.arrange_workstreams import read_streams
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace


def said_earlier(
    workspace: Workspace, named: Sequence[str], days: int, since: date, value: Value = Value.GROWTH
) -> None:
    """Keep an answer to kinds of work, given so many days ago, from a day on."""
    recount(workspace)
    with workspace.store.begin() as change:
        streams = read_streams(change)
        for words in named:
            workstream = streams.find(words)
            at = workspace.now - timedelta(days=days)
            said = Judgement(workstream=workstream, value=value, since=since, said_at=at, discomfort=4)
            judgements.judge(change, said, streams.keys(workstream))
