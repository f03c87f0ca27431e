"""The app: all places, mounted once for the person's own data and once for the example person's."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.routing import Route as Address
from starlette.staticfiles import StaticFiles

from outgrow.model.fault import Fault
from outgrow.web import (
    about,
    bring_in,
    capture,
    choose_project,
    evidence,
    faults,
    forms,
    give_verdict,
    hold_audit,
    hold_review,
    ladder,
    ledger,
    look_back,
    make_packet,
    make_room,
    plan_growth,
    returns,
    review_archive,
    roles,
    settings,
    show_next,
    sort,
    sources,
    start,
    take_out,
    traps,
    undo,
    watch_job,
    workstream,
)
from outgrow.web.desk import Desk
from outgrow.web.security import App, Doors, Guard, Receive, Scope, Send
from outgrow.web.visit import Route, Visit
from outgrow.workflows.workspace import TakesLong

EXAMPLE = "/example"
ROUTES: tuple[Route, ...] = (
    *give_verdict.ROUTES,
    *start.ROUTES,
    *bring_in.ROUTES,
    *sources.ROUTES,
    *watch_job.ROUTES,
    *capture.ROUTES,
    *undo.ROUTES,
    *settings.ROUTES,
    *about.ROUTES,
    *take_out.ROUTES,
    *hold_audit.ROUTES,
    *ladder.ROUTES,
    *sort.ROUTES,
    *workstream.ROUTES,
    *evidence.ROUTES,
    *show_next.ROUTES,
    *roles.ROUTES,
    *ledger.ROUTES,
    *returns.ROUTES,
    *traps.ROUTES,
    *look_back.ROUTES,
    *review_archive.ROUTES,
    *hold_review.ROUTES,
    *make_packet.ROUTES,
    *make_room.ROUTES,
    *plan_growth.ROUTES,
    *choose_project.ROUTES,
)
_PATHS = {route.name: route.path for route in ROUTES}


class _Number(IntegerConvertor):
    """A number in a path: none that is too long to be one of ours, which int() might refuse."""

    regex = "[0-9]{1,18}"


register_url_convertor("int", _Number())


def create_app(own: Desk, example: Desk, doors: Doors, port: int) -> Guard:
    """Return the guarded app for two desks, as it is served on a port of this machine."""
    app = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=Path(__file__).with_name("static"))),
            Mount(EXAMPLE, routes=_addresses(example)),
            *_addresses(own),
        ],
        exception_handlers={
            HTTPException: _unknown(own, example),
            ClientDisconnect: _unknown(own, example),
            Exception: faults.own,
        },
    )
    uploads = [prefix + each.path for each in ROUTES if each.path.endswith("/upload") for prefix in ("", EXAMPLE)]
    return Guard(_told(app), doors, port, uploads)


def _told(app: App) -> App:
    """Keep what went wrong from the server, which would print a trace: by then it has been told and is kept."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(Exception):
            await app(scope, receive, send)

    return answer


def _addresses(desk: Desk) -> list[Address]:
    return [Address(each.path, _endpoint(desk, each), methods=[each.method], name=each.name) for each in ROUTES]


def _endpoint(desk: Desk, route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(_answer, desk, route.answer, request, FormData())
        async with forms.read(request) as form:
            return await run_in_threadpool(_answer, desk, route.answer, request, form)

    return answer


def _answer(desk: Desk, answer: Callable[[Visit], Response], request: Request, form: FormData) -> Response:
    """Answer at the desk; what the person can put right is said on a page of its own."""
    try:
        with desk.workspace() as workspace:
            visit = Visit(request, desk, workspace, form, _PATHS)
            try:
                return answer(visit)
            except TakesLong:
                return watch_job.wait(visit)
            except Fault as fault:
                return faults.page(visit, fault)
    except Fault as fault:  # there is not even a workspace
        return faults.plain(fault)


def _unknown(own: Desk, example: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        desk = example if request.url.path.startswith(EXAMPLE + "/") else own
        return await run_in_threadpool(_answer, desk, faults.unknown(error), request, FormData())

    return answer
