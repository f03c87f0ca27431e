"""The place to take everything out, to back it up, to put it back, and to have it deleted."""

from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, Response

from outgrow.model.fault import Fault
from outgrow.reports.about import megabytes
from outgrow.reports.words import harmless
from outgrow.web.jobs import Job
from outgrow.web.visit import Route, Visit
from outgrow.workflows import back_up, take_out
from outgrow.workflows.delete_everything import WORD, delete_everything, what_goes

REPLACE = "replace"
_EXPORT, _BACKUP, _RESTORE, _DELETE = "export", "backup", "restore", "delete"
Leads = tuple[str, Mapping[str, object]]
_HERE: Leads = ("leaving", {})
_SHOWN = 5


class NothingMade(Fault):
    """There is nothing to be downloaded."""

    exit_code = 2


def show(visit: Visit) -> Response:
    """Show what can be done, and what was done last."""
    return _show(visit, {})


def _show(visit: Visit, wrong: dict[str, str]) -> Response:
    workspace, jobs = visit.workspace, visit.desk.jobs
    outcomes = {key: job.outcome if (job := jobs.last(key)) else None for key in (_EXPORT, _RESTORE)}
    exported = take_out.download(workspace)
    backups = back_up.backups(workspace)
    return visit.page(
        "leaving.html",
        400 if wrong else 200,
        here="about",
        going=what_goes(workspace),
        has_data=back_up.has_data(workspace),
        exported=exported.stat() if exported.exists() else None,
        outcomes=outcomes,
        backups=backups[:_SHOWN],
        megabytes=megabytes,
        words={"replace": REPLACE, "delete": WORD},
        typed={name: typed for name, typed in visit.typed.items() if name in wrong and "passphrase" not in name},
        wrong=wrong,
    )


def export(visit: Visit) -> Response:
    """Make an export to be downloaded."""
    desk = visit.desk

    def work(job: Job) -> None:
        with desk.apart(job) as workspace:
            job.give(take_out.make_download(workspace))

    return _begin(visit, _EXPORT, "Taking everything out", work)


def make_backup(visit: Visit) -> Response:
    """Make a backup among the data, closed where a passphrase is given."""
    desk, passphrase = visit.desk, visit.said("passphrase")
    if passphrase != visit.said("passphrase_again"):
        return _show(visit, {"passphrase": "The two are not the same. Type the passphrase twice, or leave both empty."})

    def work(job: Job) -> None:
        with desk.apart(job) as workspace:
            job.give(back_up.back_up(workspace, passphrase=passphrase))

    return _begin(visit, _BACKUP, "Backing up", work)


def hand_out(visit: Visit) -> Response:
    """Hand out the last export, or the newest backup, to be saved. Raises NothingMade."""
    newest = [each.path for each in back_up.backups(visit.workspace)][:1]
    there = {_EXPORT: [take_out.download(visit.workspace)], _BACKUP: newest}.get(str(visit.path["what"]), [])
    if not there or not there[0].exists():
        message = "There is nothing to download here. Make an export or a backup first."
        raise NothingMade(message)
    return FileResponse(there[0], media_type="application/octet-stream", filename=there[0].name)


def put_back(visit: Visit) -> Response:
    """Restore a file that was handed over, in the background; data that are there are backed up and replaced."""
    file, replaces = visit.form.get("file"), back_up.has_data(visit.workspace)
    if not isinstance(file, UploadFile) or not file.filename:
        return _show(visit, {"file": "No file was chosen. Choose an export in one ZIP, or a backup."})
    if replaces and not _is_said(visit, REPLACE):
        return _show(visit, {"replace": f"Nothing was restored: that takes the word {REPLACE}. Choose the file again."})
    taken, passphrase = back_up.hand_over(visit.workspace, file.file), visit.said("restore_passphrase")
    if back_up.is_closed(taken) and not passphrase:
        back_up.leave(taken)
        wrong = "This file is closed with a passphrase. Give it, and choose the file again."
        return _show(visit, {"restore_passphrase": wrong})
    return _restore(visit, taken, harmless(file.filename), passphrase, replaces=replaces)


def _restore(visit: Visit, taken: Path, name: str, passphrase: str, *, replaces: bool) -> Response:
    desk = visit.desk

    def work(job: Job) -> None:
        try:
            with desk.apart(job) as workspace:
                job.give(back_up.put_back(workspace, taken, passphrase, replace=replaces))
        except Fault as fault:
            message = str(fault).replace(str(taken), name)  # where it lies meanwhile says nothing to anybody
            raise Fault(message) from fault
        finally:
            back_up.leave(taken)
        desk.reopen()
        desk.catch_up()

    return _begin(visit, _RESTORE, "Putting everything back", work)


def delete(visit: Visit) -> Response:
    """Delete everything once the word is typed, and lead to the start."""
    if not _is_said(visit, WORD):
        return _show(visit, {"delete": f"Nothing was deleted: that takes the word {WORD}."})
    desk = visit.desk

    def work(_job: Job) -> None:
        with desk.away():
            delete_everything(desk.folder, WORD)
            desk.notice = "Everything is deleted. What you exported or backed up to other places stays there."

    desk.jobs.stop()
    return _begin(visit, _DELETE, "Deleting everything", work, ("start", {}))


def _is_said(visit: Visit, word: str) -> bool:
    return visit.said(word).strip().casefold() == word


def _begin(visit: Visit, key: str, title: str, work: Callable[[Job], None], leads: Leads = _HERE) -> Response:
    job = visit.desk.jobs.start(key, title, work, leads)
    job.wait()
    return visit.go("job", number=job.number)


def _own(answer: Callable[[Visit], Response]) -> Callable[[Visit], Response]:
    """Return what answers at the person's own desk alone: the example is no one's to take out or delete."""

    def answered(visit: Visit) -> Response:
        if visit.desk.is_example:
            return visit.go(
                "about", tell="This is the example. Your own data can be taken out and deleted at their place."
            )
        return answer(visit)

    return answered


ROUTES = (
    Route("leaving", "/about/leaving", _own(show)),
    Route("leaving_export", "/about/leaving/export", _own(export), "POST"),
    Route("leaving_backup", "/about/leaving/backup", _own(make_backup), "POST"),
    Route("leaving_file", "/about/leaving/download/{what}", _own(hand_out)),
    Route("leaving_restore", "/about/leaving/upload", _own(put_back), "POST"),
    Route("leaving_delete", "/about/leaving/delete", _own(delete), "POST"),
)
