"""The place of small experiments: which fit now and why, and what is planned, tried and done."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.responses import Response

from outgrow.model.evidence import Evidence
from outgrow.model.plan import Experiment
from outgrow.reports import opportunities as reports
from outgrow.web.answers import NoAnswer
from outgrow.web.visit import Route, Visit
from outgrow.workflows import plan_growth
from outgrow.workflows.capture import CannotCapture
from outgrow.workflows.keep_evidence import CannotKeep, read_hours
from outgrow.workflows.plan_growth import CannotPlan
from outgrow.workflows.review_answers import WrongAnswer

_FEW = 8
#: Fields by the names they have in the forms: none is that of a field of the capture form, which is on every page.
_FIELDS = {"action": "did", "day": "when", "time": "clock", "hours": "takes"}


def show(visit: Visit) -> Response:
    """Show the experiments that fit now, and those under way."""
    return _page(visit)


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for; what is wrong with it stands beside its field."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit)


def _page(visit: Visit, status: int = 200, **values: object) -> Response:
    view = plan_growth.show_opportunities(visit.workspace)
    kind = visit.asked("kind")
    offered = [each for each in view.offered if kind in {"", each.kind}]
    opened = visit.said("experiment") or visit.asked("open")
    first = [each for place, each in enumerate(offered) if place < _FEW or each.id == opened]
    shown = offered if visit.asked("all") else first
    told = {
        "view": view,
        "texts": reports,
        "kind": kind,
        "shown": shown,
        "more": len(offered) - len(shown),
        "opened": opened,
        "query": _query(visit),
    }
    return visit.page("opportunities.html", status, here="next", **{**told, **values})


def _query(visit: Visit) -> Mapping[str, str]:
    return {name: visit.asked(name) for name in ("kind", "all")}


def _again(visit: Visit, field: str, fault: Exception) -> Response:
    """Show the page again, with what is wrong beside its field and what was typed."""
    return _page(visit, 400, wrong={_FIELDS.get(field, field): str(fault)}, typed=visit.typed)


def _go(visit: Visit, tell: str) -> Response:
    return visit.go("opportunities", tell=tell, **_query(visit))


def _plan(visit: Visit) -> Response:
    asked = {name: visit.said(_FIELDS.get(name, name)) for name in ("day", "time", "length")}
    try:
        found = plan_growth.plan(visit.workspace, visit.said("experiment"), asked)
    except WrongAnswer as fault:
        return _again(visit, fault.field, fault)
    return _go(visit, f"{found.title}: {reports.standing(found)}. It is in the calendar file.")


def _try(visit: Visit) -> Response:
    found = plan_growth.try_it(visit.workspace, visit.said("experiment"))
    return _go(visit, f"Tried: {found.title}. When it has left something, keep that as evidence.")


def _done(visit: Visit) -> Response:
    workspace = visit.workspace
    found = plan_growth.find_opportunity(plan_growth.show_opportunities(workspace), visit.said("experiment"))
    draft = plan_growth.prefilled(workspace, found)
    try:
        plan_growth.finish(workspace, found.id, _evidence(visit, draft))
    except CannotKeep as fault:
        return _again(visit, fault.field, fault)
    return _go(visit, f"Done, and kept as evidence: {found.title}.")


def _evidence(visit: Visit, draft: Evidence) -> Evidence:
    seen = tuple(visit.said("seen_by").split(","))
    return replace(draft, action=visit.said("did"), result=visit.said("result"), seen_by=seen)


def _turn_down(visit: Visit) -> Response:
    found = plan_growth.turn_down(visit.workspace, visit.said("experiment"), visit.said("reason"))
    return _go(visit, f"Not offered again: {found.title}. Undo takes that back.")


def _add(visit: Visit) -> Response:
    try:
        plan_growth.add(visit.workspace, _own(visit))
    except CannotPlan as fault:
        return _again(visit, fault.field, fault)
    return visit.go("opportunities", tell="Kept. It is offered with the others.", all=1)


def _own(visit: Visit) -> Experiment:
    """Return the experiment that is typed; raises CannotPlan."""
    return Experiment(
        id="",
        title=visit.said("title"),
        kind=visit.said("kind"),
        first_step=visit.said("first_step"),
        hours=_hours(visit.said("takes")),
        ask=visit.said("ask"),
        leaves=visit.said("leaves"),
    )


def _hours(said: str) -> float:
    """Read how long an experiment takes; raises CannotPlan."""
    try:
        return read_hours(said) or 1.0
    except CannotCapture as fault:
        field = "hours"
        raise CannotPlan(field, str(fault)) from fault


_DOING: Mapping[str, Callable[[Visit], Response]] = {
    "plan": _plan,
    "try": _try,
    "done": _done,
    "turn_down": _turn_down,
    "add": _add,
}
ROUTES = (
    Route("opportunities", "/opportunities", show),
    Route("opportunities_change", "/opportunities", change, "POST"),
)
