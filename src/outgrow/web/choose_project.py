"""The place where projects are compared, one is chosen, and its prediction is held against what came."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from outgrow.model.candidate import Newness
from outgrow.model.judgement import Reason
from outgrow.reports import project_choice as reports
from outgrow.reports.charts import project_ranges
from outgrow.web.answers import NoAnswer
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import choose_project, keep_projects
from outgrow.workflows.keep_projects import CannotKeepProject, ProjectWords
from outgrow.workflows.show_ledger import show_ledger
from outgrow.workflows.show_next import show_next

_MOST = 10**17  # no number of a thing is as high
_WORDS = ("name", "hours", "about", "first", "last", "grows", "people", "area", "mode")
_LINES = ("builds", "seen_by", "known_by")
_CHOICES = ("reasons", "capabilities", "expectations")
_BLANK = asdict(ProjectWords(name="", hours=""))


def show(visit: Visit) -> Response:
    """Show all projects; one of them may be open to be changed."""
    return _page(visit)


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for; what is wrong with it stands beside its field."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit)


def _page(visit: Visit, status: int = 200, **values: object) -> Response:
    view = choose_project.show_projects(visit.workspace)
    number = read_number(visit.asked("edit"), -1, _MOST)
    edited = next((each for each in view.candidates if each.number == number), None)
    kept = keep_projects.read_projects(visit.workspace)
    told: dict[str, object] = {
        "view": view,
        "ranges": project_ranges.draw(view),
        "texts": reports,
        "edited": number if edited else None,
        "typed": asdict(keep_projects.words_of(kept[number])) if edited else _BLANK,
        "capabilities": [(str(each.number), each.name) for each in show_ledger(visit.workspace).capabilities],
        "step": show_next(visit.workspace),
        "reasons": tuple(Reason),
        "newness": tuple(Newness),
        "wrong_at": None,
    }
    return visit.page("projects.html", status, here="projects", **{**told, **values})


def _said(visit: Visit) -> ProjectWords:
    words: dict[str, Any] = {name: visit.said(name) for name in (*_WORDS, *_LINES)}
    words |= {name: _chosen(visit, name) for name in _CHOICES}
    return ProjectWords(**words)


def _chosen(visit: Visit, name: str) -> tuple[str, ...]:
    return tuple(each for each in visit.form.getlist(name) if isinstance(each, str))


def _number(visit: Visit) -> int:
    return read_number(visit.said("number"), -1, _MOST)


def _keep(visit: Visit) -> Response:
    """Keep a new project, or the one that is open as it is said now."""
    said = _said(visit)
    try:
        if visit.said("number"):
            keep_projects.edit(visit.workspace, _number(visit), said)
        else:
            keep_projects.add(visit.workspace, said)
    except CannotKeepProject as fault:
        return _page(visit, 400, wrong={fault.field: str(fault)}, typed=asdict(said))
    return visit.go("projects", tell=f"Kept: {' '.join(said.name.split())}.")


def _choose(visit: Visit) -> Response:
    found = choose_project.choose(visit.workspace, _number(visit))
    return visit.go("projects", tell=f"{found.name} is chosen. What is foreseen today is kept with it.")


def _look_back(visit: Visit) -> Response:
    number = _number(visit)
    try:
        found = choose_project.look_back(visit.workspace, number, visit.said("share"), visit.said("note"))
    except CannotKeepProject as fault:
        said = {"share": visit.said("share"), "note": visit.said("note")}
        return _page(visit, 400, wrong={fault.field: str(fault)}, wrong_at=number, typed=_BLANK | said)
    return visit.go("projects", tell=f"Kept what came of {found.name}.")


def _remove(visit: Visit) -> Response:
    candidate = keep_projects.remove(visit.workspace, _number(visit))
    return visit.go("projects", tell=f"{candidate.name} is taken out. Undo brings it back.")


_DOING: Mapping[str, Callable[[Visit], Response]] = {
    "keep": _keep,
    "choose": _choose,
    "look back": _look_back,
    "remove": _remove,
}
ROUTES = (Route("projects", "/projects", show), Route("projects_change", "/projects", change, "POST"))
