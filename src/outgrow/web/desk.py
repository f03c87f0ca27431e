"""What the pages of one person's data stand on: the open store, one request at a time, and what to tell next."""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from outgrow.model.fault import Fault
from outgrow.web.jobs import Job, Jobs
from outgrow.workflows.catch_up import catch_up
from outgrow.workflows.workspace import Workspace, open_workspace


class DataGone(Fault):
    """The data were moved or deleted while the app runs; nothing is begun anew in their place."""


def _now() -> None:
    """Leave the present moment to the clock of this machine."""


@dataclass(slots=True)
class Desk:
    """One person's data while the app runs: the person's own, or the example's under a prefix of its own.

    Requests take turns at it, so that what is kept in memory is never seen half changed. `notice` is said on the next
    page and then forgotten. `clock` gives the present moment, or None for that of this machine. `jobs` is what takes
    longer than a page, `kept` what places keep between requests: each looks whether it still holds.
    """

    folder: str | None
    prefix: str = ""
    clock: Callable[[], datetime | None] = _now
    notice: str = ""
    jobs: Jobs = field(default_factory=Jobs)
    kept: dict[str, object] = field(default_factory=dict)
    _opened: Workspace | None = None
    _open: ExitStack = field(default_factory=ExitStack)
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @property
    def is_example(self) -> bool:
        """Whether the example person's data lie on it."""
        return bool(self.prefix)

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """Give the workspace of one request; the store stays open between requests.

        Raises DataGone, and as open_workspace does.
        """
        with self._turn:
            if self.is_example and self._opened and not _is_present(self._opened):
                self.reopen()  # it was deleted, and can be built again
            if self._opened is None:
                self._opened = self._open.enter_context(open_workspace(self.folder)).in_haste()
                gc.freeze()  # what is loaded by now stays: no search for circles of objects looks at it again
            _check_present(self._opened)
            yield self._opened.afresh(self.clock())

    @contextmanager
    def apart(self, job: Job) -> Iterator[Workspace]:
        """Give a job a workspace of its own, so that requests are answered while it works."""
        with open_workspace(self.folder, self.clock(), job.tell) as workspace:
            yield workspace

    def catch_up(self) -> Job:
        """Have everything computed that pages would else wait for."""

        def work(job: Job) -> None:
            with self.apart(job) as workspace:
                self.compute(workspace, job)

        return self.jobs.start("catching up", "Counting hours and making proposals", work)

    def compute(self, workspace: Workspace, job: Job) -> None:
        """Compute all that pages would else wait for, a month at a time, and let requests go first."""

        def tell(at: str, done: int, total: int) -> None:
            job.tell(at, done, total)
            self.let_pass()

        catch_up(workspace, tell)

    def let_pass(self) -> None:
        """Wait for the requests that are there: what nobody waits for comes after them."""
        with self._turn:
            return

    def close(self) -> None:
        """End what is being done and close the store; the next request opens it again."""
        self.jobs.close()
        self.reopen()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Close the store and let requests wait, so that its file can be taken away; the next one opens it anew."""
        with self._turn:
            self.reopen()
            yield

    def reopen(self) -> None:
        """Let the next request open the store anew, for its file may be another one now."""
        with self._turn:
            self._opened = None
            self.kept.clear()
            self._open.close()


def _is_present(workspace: Workspace) -> bool:
    return workspace.store.path is None or workspace.store.path.exists()


def _check_present(workspace: Workspace) -> None:
    if not _is_present(workspace):
        message = (
            f"{workspace.store.path} is gone while outgrow runs. Put it back where it was, or end outgrow and start it "
            "again."
        )
        raise DataGone(message)
