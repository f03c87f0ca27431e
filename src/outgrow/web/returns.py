"""The place of the returns: what went into projects and kinds of work, and what came of them."""

from starlette.responses import Response

from outgrow.reports import returns as reports
from outgrow.reports.charts import returns as charts
from outgrow.reports.returns import By
from outgrow.web.visit import Route, Visit
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.show_returns import USUAL, show_returns


def show(visit: Visit) -> Response:
    """Show the returns of a period, by project or by kind of work."""
    words = visit.asked("period").strip() or USUAL
    by = By.WORKSTREAM if visit.asked("by") == By.WORKSTREAM else By.PROJECT
    view = show_returns(visit.workspace, named_period(visit.workspace, words), by)
    return visit.page(
        "returns.html",
        here="returns",
        view=view,
        words=words,
        squares=charts.draw(view),
        largest=charts.draw_largest(view),
        loose=reports.loose(view),
        how=reports.HOW,
        kinds=tuple(By),
    )


ROUTES = (Route("returns", "/returns", show),)
