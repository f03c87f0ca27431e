"""The place that answers: progress or movement."""

from starlette.responses import Response

from outgrow.web.visit import Route, Visit
from outgrow.workflows.give_verdict import give_verdict


def show(visit: Visit) -> Response:
    """Show the verdict of a period."""
    return visit.page("verdict.html", here="verdict", view=give_verdict(visit.workspace, visit.period))


ROUTES = (Route("verdict", "/", show),)
