"""Says settings: each is kept with its history, and the last one holds."""

from collections.abc import Iterable

from outgrow.store import settings as said_settings
from outgrow.workflows.workspace import Workspace


def change_setting(workspace: Workspace, key: str, text: str) -> None:
    """Keep a setting after checking it; raises ConfigError when it cannot be used."""
    workspace.settings.with_value(key, text)
    with workspace.store.begin() as change:
        said_settings.put(change, key, text, workspace.now)


def add_addresses(workspace: Workspace, addresses: Iterable[str]) -> None:
    """Add to the person's own addresses."""
    known = workspace.settings.addresses
    wanted = known | {each.strip().lower() for each in addresses}
    if wanted != known:
        change_setting(workspace, "addresses", " ".join(sorted(wanted)))
