"""One request at a desk: what a place gets, and the ways in which it answers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from outgrow.model.period import Period
from outgrow.reports.settings import own_keys
from outgrow.web import pages
from outgrow.web.desk import Desk
from outgrow.workflows.choose_period import latest_period, named_period
from outgrow.workflows.workspace import Workspace

_LONGEST = 18  # digits of a number that the store can hold
_OURS = re.compile(r"/(?![/\\])[!-~]*")
_NOTHING: Mapping[str, str] = {}


def is_number(said: str) -> bool:
    """Whether a whole number is said that is none too large for the store."""
    return said.isascii() and said.isdecimal() and len(said) <= _LONGEST


def read_number(said: str, otherwise: int, most: int) -> int:
    """Return the number that is said, at most `most`; the other one where none is."""
    return min(int(said), most) if is_number(said) else otherwise


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

    @property
    def typed(self) -> dict[str, str]:
        """All words of the form, by the names of its fields."""
        return {name: value for name, value in self.form.multi_items() if isinstance(value, str)}

    @cached_property
    def period(self) -> Period:
        """The period the query or the form asks for, or the latest month with work; raises UnknownPeriod."""
        words = self.said("period") or self.asked("period")
        return named_period(self.workspace, words) if words.strip() else latest_period(self.workspace)

    @property
    def here(self) -> str:
        """The address of the page that is shown: of this request, or after a form of the page it was sent from."""
        if self.request.method == "POST":
            return self.ours(self.said("back"))
        asked = self.request.scope["query_string"].decode("latin-1")
        return self.ours(self.request.scope["raw_path"].decode("latin-1") + (f"?{asked}" if asked else ""))

    def ours(self, address: str) -> str:
        """Return an address that a form names, if it is a path within this desk; else that of the verdict."""
        within = address.startswith(f"{self.desk.prefix}/") and _OURS.fullmatch(address)
        return address if within else self.url("verdict")

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
        """Answer with a page: the template gets the values beside what every page is told; the notice is said once.

        A form that is shown again gets what was typed, and what is wrong with it, by the names of its fields.
        """
        notice, self.desk.notice = self.desk.notice, ""
        return self.aside(template, status, notice=notice, **values)

    def aside(self, template: str, status: int = 200, **values: object) -> Response:
        """Answer with what is no page of a place, as `page` does but for the notice: that is left to the next page."""
        frame = {
            "url": self.url,
            "back": self.here,
            "known": self.paths.keys(),
            "settings": self.workspace.settings,
            "own_keys": own_keys(self.workspace.settings),
            "typed": _NOTHING,
            "wrong": _NOTHING,
            "today": self.workspace.today,
            "example": self.desk.is_example,
            "notice": "",
            "strip": self.desk.jobs.current,
        }
        return HTMLResponse(pages.render(template, {**frame, **values}), status)

    def go(self, name: str, *, tell: str = "", **values: object) -> Response:
        """Answer what was sent by leading on to a page, which says `tell` at its top."""
        return self._lead(self.url(name, **values), tell)

    def go_back(self, *, tell: str) -> Response:
        """Answer what was sent by leading back to the page it was sent from, which says `tell` at its top."""
        return self._lead(self.here, tell)

    def _lead(self, address: str, tell: str) -> Response:
        if tell:
            self.desk.notice = tell
        return RedirectResponse(address, 303)
