"""The place to note work that nothing tracked, or evidence of any; on every other page it is a dialog."""

from dataclasses import replace

from starlette.responses import Response

from outgrow.model.evidence import Evidence
from outgrow.reports import words
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit
from outgrow.workflows.capture import CannotCapture, NotYet, Work, capture, parse_hours
from outgrow.workflows.keep_evidence import CannotKeep, keep, keep_with_work, read_hours
from outgrow.workflows.periods import parse_day

#: The fields of the form by what they are of evidence.
_FIELDS = {"action": "text", "on": "day", "hours": "hours", "seen_by": "people"}


def show(visit: Visit) -> Response:
    """Show the form on a page of its own."""
    return visit.page("capture.html", here="capture", back=visit.ours(visit.asked("back")))


def note(visit: Visit) -> Response:
    """Keep what was done; what is wrong is said beside its field, and nothing typed is lost."""
    wrong: dict[str, str] = {}
    as_evidence = visit.said("as") == "evidence"
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
        work = replace(work, hours=(read_hours if as_evidence else _hours)(visit.said("hours")))
    if not wrong:
        _keep(visit, work, wrong)
    if wrong:
        return visit.page("capture.html", 400, here="capture", typed=visit.typed, wrong=wrong)
    said = f"Kept as evidence: {work.text.strip()}" if as_evidence else f"Noted {_told(work)}"
    return visit.go_back(tell=f"{said}{', as evidence too' if visit.said('as') == 'both' else ''}. Undo takes it back.")


def _hours(said: str) -> float | None:
    return parse_hours(said) if said.strip() else None


def _keep(visit: Visit, work: Work, wrong: dict[str, str]) -> None:
    draft = Evidence(action=work.text, on=work.day, hours=work.hours, seen_by=work.people)
    try:
        match visit.said("as"):
            case "evidence":
                keep(visit.workspace, draft)
            case "both":
                keep_with_work(visit.workspace, work, draft)
            case _:
                capture(visit.workspace, work)
    except NotYet as fault:
        wrong["day"] = str(fault)
    except CannotCapture as fault:
        wrong["text"] = str(fault)
    except CannotKeep as fault:
        wrong[_FIELDS[fault.field]] = str(fault)


def _told(work: Work) -> str:
    time = f", {words.hours(work.hours)}" if work.hours else ""
    return f"for {work.day:%A} {work.day.day} {work.day:%B}{time}: {work.text.strip()}"


ROUTES = (Route("capture", "/capture", show), Route("note", "/capture", note, "POST"))
