"""Takes back what was said last, from any page."""

from starlette.responses import Response

from outgrow.web.visit import Route, Visit
from outgrow.workflows.undo import undo


def take_back(visit: Visit) -> Response:
    """Take back the last statement and stay where it was asked for."""
    what = undo(visit.workspace)
    return visit.go_back(tell=f"Taken back: {what}." if what else "There is nothing to take back.")


ROUTES = (Route("undo", "/undo", take_back, "POST"),)
