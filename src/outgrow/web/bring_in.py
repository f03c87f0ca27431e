"""The place where files are handed over, looked at, and brought in."""

from starlette.datastructures import UploadFile
from starlette.responses import Response

from outgrow.reports.brought_in import BringInReport
from outgrow.reports.preview import FilePreview, PreviewReport
from outgrow.reports.words import count, harmless
from outgrow.web.desk import Desk
from outgrow.web.faults import beside
from outgrow.web.jobs import Job, State
from outgrow.web.visit import Route, Visit
from outgrow.workflows import drop as drops
from outgrow.workflows.bring_in import bring_in
from outgrow.workflows.drop import Drop
from outgrow.workflows.preview import preview
from outgrow.workflows.set_up import NAMED_NEW, change_setting
from outgrow.workflows.workspace import Workspace

#: Roles that many people have; any other words do as well.
ROLES = (
    "Analyst",
    "Designer",
    "Engineer",
    "Manager",
    "Project manager",
    "Researcher",
    "Sales",
    "Teacher",
)


def show(visit: Visit) -> Response:
    """Show where files can be dropped or named, and what waits from before."""
    return _show(visit)


def _show(visit: Visit, status: int = 200, **more: object) -> Response:
    return visit.page("bring_in.html", status, here="sources", waiting=waiting(visit), **more)


def waiting(visit: Visit) -> list[Drop]:
    """Return what was handed over and is not coming in, the newest first."""
    return _waiting(visit.desk, visit.workspace)


def _waiting(desk: Desk, workspace: Workspace) -> list[Drop]:
    return [each for each in drops.drops(workspace) if not _is_coming_in(desk, each)]


def _is_coming_in(desk: Desk, each: Drop) -> bool:
    job = desk.jobs.last(f"import {each.number}")
    return bool(job and job.goes_on)


def _only(desk: Desk, workspace: Workspace, taken: Drop) -> Drop:
    """Let what was just taken stand for the same that waited from before."""
    for each in _waiting(desk, workspace):
        if each.number != taken.number and each.likeness() == taken.likeness():
            drops.discard(each)
    return taken


def upload(visit: Visit) -> Response:
    """Keep the files that were handed over, and look at them."""
    files = [each for each in visit.form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    if not files:
        return visit.go("bring_in", tell="No file was chosen. Choose one, or drop it on the page.")
    taken = drops.take_files(visit.workspace, [(str(each.filename), each.file) for each in files])
    return _look(visit, _only(visit.desk, visit.workspace, taken))


def name(visit: Visit) -> Response:
    """Take a path, or what stands at an address, and look at it."""
    given = visit.said("given").strip()
    wrong: dict[str, str] = {}
    with beside(wrong, "given"):
        if drops.is_address(given):
            return _fetch(visit, given)
        return _look(visit, _only(visit.desk, visit.workspace, drops.take_named(visit.workspace, given)))
    return _show(visit, 400, typed=visit.typed, wrong=wrong)


def _fetch(visit: Visit, address: str) -> Response:
    """Fetch in the background: an address may take its time."""

    def work(job: Job) -> None:
        with visit.desk.apart(job) as workspace:
            job.tell("Fetching the calendar")
            taken = _only(visit.desk, workspace, drops.take_address(workspace, address))
            job.leads = ("drop", {"number": taken.number})

    job = visit.desk.jobs.start(f"fetch {hash(address)}", "Fetching a calendar", work)
    job.wait()
    return visit.go("job", number=job.number)


def _look(visit: Visit, taken: Drop) -> Response:
    _reading(visit, taken).wait()
    return visit.go("drop", number=taken.number)


def _reading(visit: Visit, taken: Drop) -> Job:
    """Return the job that looks at files, which begins here unless it has."""
    done = visit.desk.jobs.last(f"look {taken.number}")
    if done and done.state is not State.STOPPED:
        return done

    def work(job: Job) -> None:
        with visit.desk.apart(job) as workspace:
            seen = preview(workspace, taken.paths, taken.wishes, taken.asking(), job.tell)
            job.give(seen)
            if seen.barren:
                drops.discard(taken)

    leads = ("drop", {"number": taken.number})
    return visit.desk.jobs.start(f"look {taken.number}", f"Looking at {harmless(taken.name)}", work, leads)


def look(visit: Visit) -> Response:
    """Show what was handed over: being read, as it would come in, or coming in."""
    number = visit.path["number"]
    coming = visit.desk.jobs.last(f"import {number}")
    if coming and (coming.goes_on or coming.state is State.DONE):
        return _arrival(visit, coming)
    seen = visit.desk.jobs.last(f"look {number}")
    if seen and isinstance(seen.outcome, PreviewReport) and seen.outcome.barren:
        return visit.page("bring_in_preview.html", here="sources", view=seen.outcome, stopped=None)
    taken = drops.find(visit.workspace, number)
    job = _reading(visit, taken)
    if isinstance(job.outcome, PreviewReport):
        return visit.page("bring_in_preview.html", here="sources", drop=taken, view=job.outcome, stopped=coming)
    return visit.page("job.html", here="sources", watched=job)


def _arrival(visit: Visit, job: Job) -> Response:
    """Show what became of it, with the two questions while the rest is computed."""
    if not isinstance(job.outcome, BringInReport):
        return visit.page("job.html", here="sources", watched=job)
    return visit.page(
        "bring_in_done.html", here="sources", watched=job, view=job.outcome, roles=ROLES, number=visit.path["number"]
    )


def answer(visit: Visit) -> Response:
    """Keep an answer to a question about some of the files, and look at them again."""
    taken = drops.find(visit.workspace, visit.path["number"])
    job = _reading(visit, taken)
    asked = _asked(job.outcome, visit.said("about")) if isinstance(job.outcome, PreviewReport) else []
    chosen = ",".join(str(each) for each in visit.form.getlist("answer") if isinstance(each, str) and each)
    if not asked or not chosen or not _is_option(asked[0], chosen):
        return visit.go("drop", tell="Choose one of the answers.", number=taken.number)
    question = asked[0].question
    key = question.key if question else ""
    answered = drops.answer(taken, [each.location for each in asked], key, chosen)
    visit.desk.jobs.forget(job.key)
    return _look(visit, answered)


def _asked(view: PreviewReport, location: str) -> list[FilePreview]:
    """Return the file a form is about, then the others with the same question."""
    about = next((each for each in view.files if each.location == location and each.question), None)
    if about is None:
        return []
    return [about, *(each for each in view.files if each is not about and each.question == about.question)]


def _is_option(file: FilePreview, chosen: str) -> bool:
    options = {value for value, _ in file.question.options} if file.question else set()
    return not options or chosen in options or set(chosen.split(",")) <= options


def take_in(visit: Visit) -> Response:
    """Bring in what was looked at, in the background."""
    taken = drops.find(visit.workspace, visit.path["number"])
    seen = visit.desk.jobs.last(f"look {taken.number}")
    total = len(seen.outcome.files) if seen and isinstance(seen.outcome, PreviewReport) else 0
    start(visit, taken, total).wait()
    return visit.go("drop", number=taken.number)


def start(visit: Visit, taken: Drop, total: int = 0) -> Job:
    """Begin to bring something in; then hours are counted and proposals made, so that no page waits for them."""
    desk = visit.desk

    def work(job: Job) -> None:
        with desk.apart(job) as workspace:
            told = _Told(job, total)
            report = bring_in(workspace, taken.paths, taken.wishes, taken.asking(), told.tell)
            job.give(report)
            drops.discard(taken)
            desk.compute(workspace, job)

    title = f"Bringing in {harmless(taken.name)}"
    return visit.desk.jobs.start(f"import {taken.number}", title, work, ("drop", {"number": taken.number}))


class _Told:
    """Tells which file is read, and how many of all have been."""

    def __init__(self, job: Job, total: int) -> None:
        """Begin with none."""
        self._job = job
        self._total = total
        self._begun: dict[str, None] = {}

    def tell(self, location: str, records: int) -> None:
        """Tell that some records of a file have been read."""
        self._begun.setdefault(location)
        at = f"{harmless(location)}: {count(records, 'record')}"
        self._job.tell(at, len(self._begun) - 1, self._total if self._total > 1 else 0)


def leave(visit: Visit) -> Response:
    """Delete what was handed over."""
    drops.discard(drops.find(visit.workspace, visit.path["number"]))
    return visit.go("bring_in", tell="Nothing was brought in, and the files handed over are deleted.")


def leave_all(visit: Visit) -> Response:
    """Delete all that was handed over and is not coming in."""
    left = waiting(visit)
    for each in left:
        drops.discard(each)
    return visit.go_back(tell=f"Left: {count(len(left), 'thing')} handed over. Nothing of it was brought in.")


def say(visit: Visit) -> Response:
    """Keep the role and what was new, and lead on to the audit."""
    wrong: dict[str, str] = {}
    for key in ("role", NAMED_NEW):
        with beside(wrong, key):
            said = " ".join(visit.said(key).split())
            if said:
                change_setting(visit.workspace, key, said)
    if not wrong:
        return visit.go("audit")
    job = visit.desk.jobs.last(f"import {visit.path['number']}")
    if job is None:
        return visit.go("settings")
    return visit.page(
        "bring_in_done.html",
        400,
        here="sources",
        watched=job,
        view=job.outcome,
        roles=ROLES,
        number=visit.path["number"],
        typed=visit.typed,
        wrong=wrong,
    )


ROUTES = (
    Route("bring_in", "/bring-in", show),
    Route("upload", "/upload", upload, "POST"),
    Route("name_source", "/bring-in/named", name, "POST"),
    Route("leave_all", "/bring-in/leave", leave_all, "POST"),
    Route("drop", "/bring-in/{number:int}", look),
    Route("answer_importer", "/bring-in/{number:int}/answer", answer, "POST"),
    Route("take_in", "/bring-in/{number:int}/take", take_in, "POST"),
    Route("leave_drop", "/bring-in/{number:int}/leave", leave, "POST"),
    Route("say_about_me", "/bring-in/{number:int}/say", say, "POST"),
)
