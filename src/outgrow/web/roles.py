"""The place of the roles the person held, and for how long level and responsibilities have been the same."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields

from starlette.responses import Response

from outgrow.reports import roles as reports
from outgrow.reports.charts import role_timeline
from outgrow.web.answers import NoAnswer
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import keep_roles
from outgrow.workflows.keep_roles import CannotKeepRole, RoleWords

_MOST = 10**17  # no number of a thing is as high


def show(visit: Visit) -> Response:
    """Show all roles; one of them may be open to be changed."""
    return _page(visit)


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for; what is wrong with it stands beside its field."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit)


def _page(visit: Visit, status: int = 200, **values: object) -> Response:
    view = keep_roles.show_roles(visit.workspace)
    number = read_number(visit.asked("edit"), -1, _MOST)
    role = keep_roles.read_roles(visit.workspace).get(number)
    told: dict[str, object] = {
        "view": view,
        "timeline": role_timeline.draw(view),
        "texts": reports,
        "edited": number if role else None,
        "typed": asdict(keep_roles.words_of(role)) if role else {},
    }
    return visit.page("roles.html", status, here="roles", **{**told, **values})


def _said(visit: Visit) -> RoleWords:
    return RoleWords(**{field.name: visit.said(field.name) for field in fields(RoleWords)})


def _number(visit: Visit) -> int:
    return read_number(visit.said("number"), -1, _MOST)


def _keep(visit: Visit) -> Response:
    """Keep a new role, or the one that is open as it is said now."""
    said = _said(visit)
    try:
        if visit.said("number"):
            keep_roles.edit(visit.workspace, _number(visit), said)
        else:
            keep_roles.add(visit.workspace, said)
    except CannotKeepRole as fault:
        return _page(visit, 400, wrong={fault.field: str(fault)}, typed=visit.typed)
    return visit.go("roles", tell=f"Kept: {' '.join(said.title.split())}.")


def _end(visit: Visit) -> Response:
    keep_roles.end(visit.workspace, _number(visit), visit.said("last") or "today")
    return visit.go("roles", tell="Its last day is kept.")


def _remove(visit: Visit) -> Response:
    role = keep_roles.remove(visit.workspace, _number(visit))
    return visit.go("roles", tell=f"{role.title} is taken out. Undo brings it back.")


_DOING: Mapping[str, Callable[[Visit], Response]] = {"keep": _keep, "end": _end, "remove": _remove}
ROUTES = (Route("roles", "/roles", show), Route("roles_change", "/roles", change, "POST"))
