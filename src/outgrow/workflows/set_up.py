"""Says settings: each is kept with its history, and the last one holds."""

from collections.abc import Iterable
from datetime import date

from outgrow.store import journal, proposals
from outgrow.store import settings as said_settings
from outgrow.workflows.keep_feed import keep_feed
from outgrow.workflows.workspace import Workspace

#: The setting that proposals learn from, as they do from answers.
NAMED_NEW = "new_this_year"
#: The setting that the reminders in the calendar file follow.
WEEKS = "week_start"


def change_setting(workspace: Workspace, key: str, text: str) -> bool:
    """Keep a setting after checking it; return whether it was said otherwise, or not at all, until now.

    Raises ConfigError when it cannot be used.
    """
    workspace.settings.with_value(key, text)
    with workspace.store.begin() as change:
        if said_settings.everything(change).get(key) == text:
            return False
        said_settings.put(change, key, text, journal.moment(change, workspace.now))
        if key == NAMED_NEW:
            proposals.forget(change, date.min)
    if key == WEEKS:
        keep_feed(workspace.afresh(workspace.now))
    return True


def add_addresses(workspace: Workspace, addresses: Iterable[str]) -> None:
    """Add to the person's own addresses."""
    known = workspace.settings.addresses
    wanted = known | {each.strip().lower() for each in addresses}
    if wanted != known:
        change_setting(workspace, "addresses", " ".join(sorted(wanted)))
