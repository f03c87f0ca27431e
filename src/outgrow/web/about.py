"""The place that tells what is held about the person, how it was computed, and how to be rid of it."""

from dataclasses import dataclass

from starlette.responses import Response

from outgrow.model.fault import Fault
from outgrow.reports.about import AboutView, guesses_in_words, megabytes
from outgrow.reports.verdict import VerdictView
from outgrow.web.jobs import Job
from outgrow.web.visit import Route, Visit
from outgrow.workflows.choose_period import latest_period
from outgrow.workflows.examine import examine
from outgrow.workflows.give_verdict import give_verdict
from outgrow.workflows.tell_about import tell_about
from outgrow.workflows.workspace import Workspace

_REBUILD = "rebuild"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows as long as nothing new is imported or said; no verdict while it is being computed."""

    view: AboutView
    verdict: VerdictView | None


def show(visit: Visit) -> Response:
    """Show what is held; `look` in the query has the data examined, too."""
    workspace = visit.workspace
    shown = workspace.memory.recall(workspace.store.state(), ("about", workspace.today), lambda: _look(workspace))
    last = visit.desk.jobs.last(_REBUILD)
    return visit.page(
        "about.html",
        here="about",
        view=shown.view,
        verdict=shown.verdict,
        size=megabytes(shown.view.size or 0),
        guesses=guesses_in_words(shown.view.guesses),
        checks=examine(workspace) if visit.asked("look") else (),
        rebuilt=last.outcome if last else None,
    )


def rebuild(visit: Visit) -> Response:
    """Have everything computed again, in the background."""
    desk = visit.desk

    def work(job: Job) -> None:
        with desk.apart(job) as workspace:
            job.give(examine(workspace, rebuild=True)[0])

    job = desk.jobs.start(_REBUILD, "Computing everything again", work, ("about", {}))
    return visit.go("job", number=job.number)


def _look(workspace: Workspace) -> _Shown:
    try:
        verdict = give_verdict(workspace, latest_period(workspace))
    except Fault:
        verdict = None
    return _Shown(tell_about(workspace), verdict)


ROUTES = (Route("about", "/about", show), Route("rebuild", "/about/rebuild", rebuild, "POST"))
