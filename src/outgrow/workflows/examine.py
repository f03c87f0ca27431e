"""Examines the data and what reads them, and rebuilds what is computed."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from outgrow.importers import discovery
from outgrow.reports.doctor import Check
from outgrow.reports.settings import told_unusable
from outgrow.reports.words import count, full_date
from outgrow.store import activities, backup, computed, database, files, holdings, sources
from outgrow.workflows import recount
from outgrow.workflows.workspace import Workspace

_OTHERS = 0o077
_MOST_BEHIND = timedelta(days=31)
_MOST_NAMED = 5


def examine(workspace: Workspace, *, rebuild: bool = False) -> list[Check]:
    """Return what was found; `rebuild` first drops everything computed and computes it again."""
    rebuilt = [_rebuild(workspace)] if rebuild else []
    return [*rebuilt, *_checks(workspace)]


def _rebuild(workspace: Workspace) -> Check:
    recount.recount(workspace)
    before = _computed(workspace)
    recount.rebuild(workspace)
    same = before == _computed(workspace)
    found = "everything computed was computed again, with the same result" if same else "what was computed had drifted"
    return Check(
        "rebuild", same, found, "It is right now. Please report this, with the output of outgrow doctor --json."
    )


def _computed(workspace: Workspace) -> object:
    """Return all that is computed, in a form that can be compared."""
    with workspace.store.look() as view:
        weeks = {week: round(hours, 6) for week, hours in computed.hours_by_week(view).items()}
        counted = {(id_, key, round(hours, 6)) for id_, key, hours in computed.counted(view)}
        return weeks, counted, {row.key: row.workstream for row in computed.topics(view)}


def _checks(workspace: Workspace) -> Iterator[Check]:
    yield _integrity(workspace)
    if workspace.store.path:
        yield _durability()
        yield _privacy(workspace.store.path)
    yield _content(workspace)
    yield _files(workspace)
    yield _backup(workspace)
    yield _importers()
    yield _settings(workspace)
    yield Check("zone", well=True, found=f"times that state none are read as {workspace.settings.zone}")


def _integrity(workspace: Workspace) -> Check:
    wrong = workspace.store.integrity()
    found = "; ".join(wrong[:3]) or f"{workspace.store.location} is whole"
    return Check("database", not wrong, found, "Restore your last backup of this file and import again what is newer.")


def _durability() -> Check:
    return Check("durability", well=True, found=f"{database.manner()}, every change synced to the disk")


def _privacy(path: Path) -> Check:
    if os.name == "nt":
        return Check("privacy", well=True, found="the data lie in your own profile")
    wrong = [str(each) for each in (path.parent, path) if each.stat().st_mode & _OTHERS]
    found = f"others may read {', '.join(wrong)}" if wrong else "only you can read the data"
    return Check("privacy", not wrong, found, f"chmod 700 {path.parent} && chmod 600 {path}")


def _content(workspace: Workspace) -> Check:
    with workspace.store.look() as view:
        total, imports = activities.count(view), len(sources.runs(view))
        unread = len(sources.problems(view))
    found = f"{count(total, 'activity', 'activities')} from {count(imports, 'import')}, {count(unread, 'problem')} kept"
    return Check("content", well=True, found=found)


def _files(workspace: Workspace) -> Check:
    """Look whether the copies of all files that evidence ever had are there, and are what they were."""
    with workspace.store.look() as view:
        kept = files.mentioned(view)
    wrong = files.damaged(workspace.store, kept)
    whole = (
        f"{count(len(kept), 'file')} of evidence, each as it was kept" if kept else "no files are kept with evidence"
    )
    found = "; ".join(f"{each.name} ({each.sha256[:12]}) is {what}" for each, what in wrong[:_MOST_NAMED]) or whole
    where = files.folder(workspace.store)
    return Check("files", not wrong, found, f"Put them back into {where} from a backup, or keep the same files again.")


def _backup(workspace: Workspace) -> Check:
    """Look how old the newest backup is; data that are younger than it may be need none yet."""
    made = [each.made.date() for each in backup.backups(workspace.store)]
    with workspace.store.look() as view:
        since = holdings.since(view)
    newest = max(made, default=None)
    stale = since is not None and max([since, *made]) < workspace.today - _MOST_BEHIND
    found = f"the newest is of {full_date(newest)}" if newest else "there is none that can be reached"
    return Check("backup", not stale, found, "Make one, best on another disk: outgrow backup --to FOLDER")


def _settings(workspace: Workspace) -> Check:
    wrong = told_unusable(workspace.settings)
    found = "; ".join(wrong) or "every setting can be used as it was said"
    return Check("settings", not wrong, found, "Say it anew: outgrow settings NAME VALUE")


def _importers() -> Check:
    broken = discovery.broken()
    found = ", ".join(discovery.importers())
    if broken:
        found += "; " + "; ".join(f"{each.name}: {each.reason}" for each in broken)
    return Check("importers", not broken, found, "Update or uninstall the package the broken one comes from.")
