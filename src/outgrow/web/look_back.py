"""The place that says what is different from a year ago, or between any two periods."""

from starlette.responses import Response

from outgrow.model.period import Period
from outgrow.reports import changed
from outgrow.reports.charts import small_multiples, theme_river
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.look_back import CannotCompare, look_back

_ROWS = 30


def show(visit: Visit) -> Response:
    """Show what is different in one period from another; what is wrong with their names stands beside them."""
    wrong: dict[str, str] = {}
    typed = {name: visit.asked(name) for name in ("period", "against")}
    later, earlier = (_named(visit, typed[name], name, wrong) for name in ("period", "against"))
    if wrong:
        later = earlier = None
    try:
        view = look_back(visit.workspace, later, earlier)
    except CannotCompare as fault:
        wrong["against"] = str(fault)
        view = look_back(visit.workspace)
    single = visit.asked("show") == "single"
    chart = (small_multiples if single else theme_river).draw(view)
    told = {
        "view": view,
        "texts": changed,
        "chart": chart,
        "single": single,
        "rows": view.rows[:_ROWS],
        "typed": typed,
        "wrong": wrong,
    }
    return visit.page("changed.html", 400 if wrong else 200, here="changed", **told)


def _named(visit: Visit, words: str, name: str, wrong: dict[str, str]) -> Period | None:
    """Return the period that is named, None where none is."""
    if words.strip():
        with beside(wrong, name):
            return named_period(visit.workspace, words)
    return None


ROUTES = (Route("changed", "/changed", show),)
