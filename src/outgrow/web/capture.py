"""The place to note work that nothing tracked; on every other page it is a dialog."""

from dataclasses import replace

from starlette.responses import Response

from outgrow.reports import words
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit
from outgrow.workflows.capture import CannotCapture, NotYet, Work, capture, parse_hours
from outgrow.workflows.periods import parse_day


def show(visit: Visit) -> Response:
    """Show the form on a page of its own."""
    return visit.page("capture.html", here="capture", back=visit.ours(visit.asked("back")))


def note(visit: Visit) -> Response:
    """Keep what was done; what is wrong is said beside its field, and nothing typed is lost."""
    wrong: dict[str, str] = {}
    work = Work(
        text=visit.said("text"),
        day=visit.workspace.today,
        project=visit.said("project").strip(),
        people=tuple(visit.said("people").split(",")),
        led=bool(visit.said("led")),
    )
    with beside(wrong, "day"):
        work = replace(work, day=parse_day(visit.said("day") or "today", visit.workspace.today))
    with beside(wrong, "hours"):
        work = replace(work, hours=parse_hours(visit.said("hours")) if visit.said("hours").strip() else None)
    if not wrong:
        _keep(visit, work, wrong)
    if wrong:
        return visit.page("capture.html", 400, here="capture", typed=visit.typed, wrong=wrong)
    return visit.go_back(tell=f"Noted {_told(work)}. Undo takes it back.")


def _keep(visit: Visit, work: Work, wrong: dict[str, str]) -> None:
    try:
        capture(visit.workspace, work)
    except NotYet as fault:
        wrong["day"] = str(fault)
    except CannotCapture as fault:
        wrong["text"] = str(fault)


def _told(work: Work) -> str:
    time = f", {words.hours(work.hours)}" if work.hours else ""
    return f"for {work.day:%A} {work.day.day} {work.day:%B}{time}: {work.text.strip()}"


ROUTES = (Route("capture", "/capture", show), Route("note", "/capture", note, "POST"))
