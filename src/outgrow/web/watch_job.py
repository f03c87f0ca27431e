"""Shows how far long work is, and stops it."""

from starlette.responses import RedirectResponse, Response

from outgrow.web.jobs import State
from outgrow.web.visit import Route, Visit

_OVER = "That work is over."
_PATIENCE = 2.0  # seconds for a job to stop before the page says that it is about to


def show(visit: Visit) -> Response:
    """Show how far a job is; when it is done, lead on."""
    job = visit.desk.jobs.find(visit.path["number"])
    if job is None:
        return visit.go("verdict", tell=_OVER)
    if job.state is State.DONE:
        name, values = job.leads
        return RedirectResponse(visit.url(name, **values), 303)
    return visit.page("job.html", here="", watched=job)


def now(visit: Visit) -> Response:
    """Say what is done in the background, for pages that are about something else."""
    return visit.aside("job_now.html")


def wait(visit: Visit) -> Response:
    """Say that what a page needs is being computed; the page comes by itself when it is there."""
    return visit.page("job.html", 202, here="", watched=visit.desk.jobs.current or visit.desk.catch_up())


def stop(visit: Visit) -> Response:
    """Stop a job."""
    job = visit.desk.jobs.find(visit.path["number"])
    if job is None or not job.goes_on:
        return visit.go("verdict", tell=_OVER)
    job.stop()
    job.wait(_PATIENCE)
    return visit.go("job", number=job.number)


ROUTES = (
    Route("job_now", "/jobs/now", now),
    Route("job", "/jobs/{number:int}", show),
    Route("stop_job", "/jobs/{number:int}/stop", stop, "POST"),
)
