"""Takes back what was said last, whatever it was. Nothing is rewritten: the retraction is a statement of its own."""

from datetime import date

from outgrow.store import computed, journal, settings
from outgrow.workflows.set_up import NAMED_NEW
from outgrow.workflows.workspace import Workspace

WORDS = {
    "judgement": "an answer",
    "audit": "the beginning of an audit, with its guess",
    "skip": "a skipped card",
    "name": "a name",
    "merge": "a merge",
    "split": "a split",
    "pin": "where a topic belongs",
    "capture": "a note of work",
    "choice": "an answer to an importer",
    "unlink": "that two activities are not one",
    "felt": "how a week felt",
    "setting": "a setting",
}
_TEACHING = frozenset({"judgement", "audit"})  # what proposals have learnt from


def undo(workspace: Workspace) -> str:
    """Take back the last statement that stands; return in words what it was, or "" when there is none.

    One answer to several kinds of work is taken back as a whole.
    """
    with workspace.store.begin() as change:
        said = journal.undo_last(change, workspace.now)
        rest = journal.together(change, said) if said and said.kind == "judgement" else []
        for each in rest:
            journal.undo(change, each.number, workspace.now)
        named = settings.get(change, NAMED_NEW)
        if said and (said.kind in _TEACHING or named != workspace.settings.new_this_year):
            computed.forget_proposals(change, date.min)
    if said is None:
        return ""
    if rest:
        return f"an answer to {len(rest) + 1} kinds of work of {said.at:%Y-%m-%d %H:%M}"
    return f"{WORDS.get(said.kind, said.kind)} of {said.at:%Y-%m-%d %H:%M}"
