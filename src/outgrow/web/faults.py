"""Says what went wrong on a page, in plain words and with the way on; never a trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from outgrow.model.fault import Fault
from outgrow.reports.words import harmless
from outgrow.web import bare
from outgrow.web.security import TOO_MUCH
from outgrow.web.visit import Visit
from outgrow.workflows.keep_trace import keep_trace
from outgrow.workflows.periods import UnknownPeriod

_ASKED_WRONGLY = 2
_LONGEST = 1000  # of what is said, which may quote what was sent
_SENTENCES = {
    404: "There is no such page here. The places above lead on.",
    413: TOO_MUCH,
    409: "There is no room for what was sent. Make room in the folder for temporary files and send it again.",
    405: "This address takes no such request. Go back and use the buttons of the page.",
}


@contextmanager
def beside(wrong: dict[str, str], field: str) -> Iterator[None]:
    """Note beside a field what is wrong with it, instead of raising it."""
    try:
        yield
    except Fault as fault:
        wrong[field] = str(fault)


def page(visit: Visit, fault: Fault) -> Response:
    """Say a fault the person can put right: 400 when something was asked wrongly, 409 when it could not be done."""
    status = 400 if fault.exit_code == _ASKED_WRONGLY else 409
    again = _asked_again(visit) if isinstance(fault, UnknownPeriod) else None
    return visit.page("fault.html", status, said=str(fault)[:_LONGEST], again=again)


def _asked_again(visit: Visit) -> dict[str, str] | None:
    """Return the words of the query, for a page that was asked for with a period nobody knows."""
    return dict(visit.request.query_params) if "period" in visit.request.query_params else None


def plain(fault: Fault) -> Response:
    """Say that the data cannot be opened, without a page that would need them."""
    return bare.page(harmless(str(fault)[:_LONGEST]), 409)


def unknown(error: Exception) -> Callable[[Visit], Response]:
    """Return the answer to an address or a request that does not exist."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    said = _SENTENCES.get(status, "outgrow could not read what was sent. Go back and try it again.")
    return lambda visit: visit.aside("fault.html", status, said=said, again=None)


async def own(_request: Request, error: Exception) -> Response:
    """Say that a fault of ours ended a request, and where its trace lies."""
    said = (
        f"outgrow has a fault: {type(error).__name__}. Your data are as they were before this step. The trace is in "
        f"{keep_trace(error)}: please look through it for anything private and report it where you got outgrow from."
    )
    return bare.page(said, 500)
