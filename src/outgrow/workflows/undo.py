"""Takes back what was said last, whatever it was. Nothing is rewritten: the retraction is a statement of its own."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from outgrow.model.period import Period
from outgrow.store import activities, computed, journal, judgements, proposals, settings, versions, workstreams
from outgrow.store.database import Transaction
from outgrow.store.journal import Said
from outgrow.workflows.keep_feed import keep_feed
from outgrow.workflows.set_up import NAMED_NEW
from outgrow.workflows.workspace import Workspace

_WORDS = {
    "audit": "the beginning of an audit, with its guess",
    "merge": "a merge",
    "split": "a split",
    "pin": "where a topic belongs",
    "choice": "an answer to an importer",
    "unlink": "that two activities are not one",
    "felt": "how a week felt",
}


def undo(workspace: Workspace) -> str:
    """Take back the last statement that stands; return in words what it was, or "" when there is none.

    One answer to several kinds of work is taken back as a whole, and so is what was written in one go.
    """
    with workspace.store.begin() as change:
        said = journal.undo_last(change, workspace.now)
        rest = journal.together(change, said, _whole(said)) if said and _whole(said) else []
        for each in rest:
            journal.undo(change, each.number, workspace.now)
        what = _told(change, min([said, *rest], key=lambda each: each.number), len(rest)) if said else ""
        since = _untaught(change, said) if said else None
        if settings.get(change, NAMED_NEW) != workspace.settings.new_this_year:
            since = date.min
        if since:
            proposals.forget(change, since)
    if said and said.kind in {"growth block", "setting"}:
        keep_feed(workspace.afresh(workspace.now))
    return f"{what}, of {said.at.day} {said.at:%B %Y, %H:%M}" if said else ""


def _whole(said: Said) -> Collection[str]:
    """Return the kinds of statement that are one with a statement when they were made at its moment."""
    if said.kind in versions.KINDS:
        return {*versions.KINDS, "felt", "capture"}
    if said.kind == "felt":
        return {*versions.KINDS, "felt"}
    return (said.kind,) if said.kind in {"judgement", "setting"} else ()


def _untaught(tx: Transaction, said: Said) -> date | None:
    """Return the day from which on proposals have learnt from a statement: that after the period of its audit."""
    part = journal.part(tx, said)
    if said.kind == "audit":
        return Period(date.fromordinal(part["first"]), date.fromordinal(part["last"])).after
    held = (each for each in judgements.audits(tx) if said.kind == "judgement" and each.number == part["audit"])
    return next((each.period.after for each in held), None)


def _told(tx: Transaction, said: Said, others: int) -> str:
    """Say what a statement was about."""
    if said.kind in versions.KINDS:
        return _written(tx, said)
    if others and said.kind == "judgement":
        return f"an answer to {others + 1} kinds of work"
    part = journal.part(tx, said)
    if others:
        return "the ladder and the levels you look at"
    about = _ABOUT.get(said.kind)
    return about(tx, part) if about else _WORDS.get(said.kind, said.kind)


def _written(tx: Transaction, said: Said) -> str:
    """Say what a version was of, and whether it was the first, a change or a withdrawal."""
    part = journal.part(tx, said)
    what = {said.number == part["number"]: "", not part["body"]: "the withdrawal of "}.get(True, "a change to ")
    name = versions.label(tx, part)
    return f"{what}the {said.kind} {name}"


def _name(tx: Transaction, workstream: str) -> str:
    return (computed.workstream_names(tx) | workstreams.names(tx)).get(workstream, "a kind of work")


_ABOUT: Mapping[str, Callable[[Transaction, Mapping[str, Any]], str]] = {
    "judgement": lambda tx, part: f"the answer {part['value']} for {_name(tx, part['workstream'])}",
    "skip": lambda tx, part: f"the skipped card {_name(tx, part['workstream'])}",
    "name": lambda _, part: f"the name {part['name']}",
    "capture": lambda tx, part: f"the note {activities.by_ids(tx, [part['activity']])[0].activity.title}",
    "setting": lambda _, part: f"the setting {part['key'].replace('_', ' ')}: {part['value'] or 'empty'}",
}
