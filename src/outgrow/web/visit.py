"""One request at a desk: what a place gets, and the ways in which it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from outgrow.model.period import Period
from outgrow.web import pages
from outgrow.web.desk import Desk
from outgrow.workflows.choose_period import latest_period, named_period
from outgrow.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the app. `name` is how pages link to it; a path with {number:int} gives `visit.path["number"]`."""

    name: str
    path: str
    answer: "Callable[[Visit], Response]"
    method: str = "GET"


@dataclass(frozen=True)
class Visit:
    """One request: the desk it is made at, its workspace, and the form that was sent (empty for GET)."""

    request: Request
    desk: Desk
    workspace: Workspace
    form: FormData
    paths: Mapping[str, str]

    @property
    def path(self) -> Mapping[str, object]:
        """What the address itself names, as its path says it."""
        return self.request.path_params

    def asked(self, name: str, default: str = "") -> str:
        """Return a word of the query."""
        return self.request.query_params.get(name, default)

    def said(self, name: str, default: str = "") -> str:
        """Return a word of the form; a file is none."""
        value = self.form.get(name, default)
        return value if isinstance(value, str) else default

    @cached_property
    def period(self) -> Period:
        """The period the query or the form asks for, or the latest month with work; raises UnknownPeriod."""
        words = self.said("period") or self.asked("period")
        return named_period(self.workspace, words) if words.strip() else latest_period(self.workspace)

    def url(self, name: str, **values: object) -> str:
        """Return the address of a route within this desk: what its path does not take goes into the query."""
        path = self.paths[name]
        rest = {}
        for key, value in values.items():
            places = {f"{{{key}}}", f"{{{key}:int}}"}
            place = next((each for each in places if each in path), None)
            if place:
                path = path.replace(place, str(value))
            elif value not in {None, ""}:
                rest[key] = str(value)
        return self.desk.prefix + path + (f"?{QueryParams(rest)}" if rest else "")

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Answer with a page: the template gets the values beside what every page is told; the notice is said once."""
        notice, self.desk.notice = self.desk.notice, ""
        frame = {
            "url": self.url,
            "known": self.paths.keys(),
            "settings": self.workspace.settings,
            "today": self.workspace.today,
            "example": self.desk.is_example,
            "notice": notice,
        }
        return HTMLResponse(pages.render(template, {**frame, **values}), status)

    def go(self, name: str, *, tell: str = "", **values: object) -> Response:
        """Answer what was sent by leading on to a page, which says `tell` at its top."""
        if tell:
            self.desk.notice = tell
        return RedirectResponse(self.url(name, **values), 303)
