"""Deletes everything that is kept about the person, wherever outgrow put it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from outgrow.model.fault import Fault
from outgrow.reports.about import Holding
from outgrow.reports.taken_out import Deleted, Going
from outgrow.store import backup, files, holdings, restore
from outgrow.store.database import Transaction
from outgrow.store.parcel import remove
from outgrow.workflows import demonstrate, drop, keep_feed, keep_trace, take_out
from outgrow.workflows.workspace import DATABASE, Workspace, open_workspace

#: What has to be typed for it.
WORD = "delete"
_OURS = (
    *(f"{DATABASE}*", keep_feed.FILE, f".{keep_feed.FILE}.*", files.FOLDER, drop.FOLDER, demonstrate.FOLDER),
    *(
        backup.FOLDER,
        backup.PLACES,
        f".{backup.PLACES}.*",
        f"{backup.MAKING}*",
        f"{restore.UNPACKED}*",
        take_out.LEAVING,
    ),
)


class NotSaid(Fault):
    """The word was not typed, so nothing was deleted."""

    exit_code = 2


class NotAllGone(Fault):
    """Something could not be deleted."""


def what_goes(workspace: Workspace) -> Going:
    """Tell what will be deleted."""
    folder = _home(workspace)
    with workspace.store.look() as view:
        held = tuple(_held(view))
    return Going(
        location=workspace.store.location,
        folder=str(folder),
        holdings=held,
        paths=tuple(map(str, _ours(folder))),
        traces=tuple(map(str, keep_trace.traces())),
        elsewhere=tuple(str(each) for each in backup.places(workspace.store)[1:]),
    )


def _held(view: Transaction) -> Iterator[Holding]:
    yield Holding(holdings.activities(view), "activity", "activities")
    yield Holding(holdings.problems(view), "record that could not be read", "records that could not be read")
    yield Holding(sum(holdings.said(view).values()), "thing you said", "things you said")


def _home(workspace: Workspace) -> Path:
    return backup.home(workspace.store)


def _ours(folder: Path) -> list[Path]:
    """Return what outgrow put into the folder of the data."""
    return sorted({path for pattern in _OURS for path in folder.glob(pattern)})


def delete_everything(named: str | None, word: str) -> Deleted:
    """Delete everything, once its word is said. Raises NotSaid, and NotAllGone with what could not be deleted."""
    if word.strip().strip('"').casefold() != WORD:
        message = f"Nothing was deleted: that takes the word {WORD}."
        raise NotSaid(message)
    with open_workspace(named) as workspace:
        folder, going = _home(workspace), what_goes(workspace)
        if workspace.store.path is None:
            with workspace.store.begin() as change:
                restore.empty(change)
    gone = (*going.paths, *going.traces)
    for path in map(Path, gone):
        _delete(path)
    return Deleted(paths=gone, left=tuple(map(str, _left(folder))), elsewhere=going.elsewhere)


def _delete(path: Path) -> None:
    try:
        remove(path)
    except FileNotFoundError:  # another program was faster
        return
    except OSError as error:
        message = f"{path} could not be deleted: {error.strerror}. Delete it yourself; what else there was may be gone."
        raise NotAllGone(message) from error


def _left(folder: Path) -> list[Path]:
    """Delete the folder of the data, unless other things lie in it; return them."""
    left = sorted(folder.iterdir()) if folder.is_dir() else []
    if not left:
        with suppress(OSError):  # it is not ours to delete, or gone
            folder.rmdir()
    return left
