"""The place of making room: the hours growth needs, what could be let go of for them, and what became of that."""

import math
from collections.abc import Callable, Mapping

from starlette.responses import Response

from outgrow.model.plan import Way
from outgrow.reports import room as reports
from outgrow.reports.words import hours
from outgrow.web.answers import NoAnswer
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import make_room
from outgrow.workflows.make_room import CannotMakeRoom

_FEW = 12
_MOST = 10**17  # no number of a thing is as high


def show(visit: Visit) -> Response:
    """Show the need, the plan for it, the depth work that could be let go of, and what became of releases."""
    return _page(visit)


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for; what is wrong with it stands beside its field."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit)


def _page(visit: Visit) -> Response:
    wrong: dict[str, str] = {}
    try:
        view = make_room.show_room(visit.workspace, _wanted(visit.asked("hours")))
    except CannotMakeRoom as fault:
        wrong["freed"] = str(fault)
        view = make_room.show_room(visit.workspace)
    told = {
        "view": view,
        "texts": reports,
        "ways": tuple(Way),
        "shown": view.work if visit.asked("all") else view.work[:_FEW],
        "query": _query(visit),
        "wrong": wrong,
        "typed": {"freed": visit.asked("hours")},
    }
    return visit.page("room.html", 400 if wrong else 200, here="next", **told)


def _wanted(said: str) -> float | None:
    """Read hours a week; raises CannotMakeRoom for what is none."""
    if not said.strip():
        return None
    try:
        number = float(said.replace(",", "."))
    except ValueError:
        number = math.nan
    if not number > 0:
        message = "Say how many hours a week, for example 2 or 2.5."
        raise CannotMakeRoom(message)
    return number


def _query(visit: Visit) -> Mapping[str, str]:
    return {name: visit.asked(name) for name in ("hours", "all")}


def _go(visit: Visit, tell: str) -> Response:
    return visit.go("room", tell=tell, **_query(visit))


def _take(visit: Visit) -> Response:
    wanted = _wanted(visit.said("hours"))
    begun = make_room.take(visit.workspace, read_number(visit.said("plan"), -1, _MOST), wanted)
    weeks = make_room.FIRST_LOOK
    freed = hours(sum(each.frees for each in begun))
    return visit.go("room", tell=f"Begun: {freed} a week. After {weeks} weeks this page says whether they fell.")


def _let_go(visit: Visit) -> Response:
    way = next((each for each in Way if each == visit.said("way")), None)
    if way is None:
        message = "Choose one of the ways."
        raise NoAnswer(message)
    make_room.let_go(visit.workspace, visit.said("work"), way, visit.said("to"))
    return _go(visit, f"Begun: {way}. After {make_room.FIRST_LOOK} weeks this page says whether the hours fell.")


def _firm(visit: Visit) -> Response:
    name = make_room.keep_firm(visit.workspace, visit.said("work"))
    return _go(visit, f"{name} must not slip: it is neither dropped nor done at 80 %.")


def _soft(visit: Visit) -> Response:
    name = make_room.keep_firm(visit.workspace, visit.said("work"), firm=False)
    return _go(visit, f"{name} may slip.")


def _turn_down(visit: Visit) -> Response:
    name = make_room.turn_down(visit.workspace, visit.said("work"))
    return _go(visit, f"{name} stays with you, and is not proposed again. Undo takes it back.")


def _end(visit: Visit) -> Response:
    release = make_room.end(visit.workspace, read_number(visit.said("number"), -1, _MOST))
    return _go(visit, f"{release.name} is let go of no more. Undo brings it back.")


_DOING: Mapping[str, Callable[[Visit], Response]] = {
    "take": _take,
    "let_go": _let_go,
    "firm": _firm,
    "soft": _soft,
    "turn_down": _turn_down,
    "end": _end,
}
ROUTES = (Route("room", "/room", show), Route("room_change", "/room", change, "POST"))
