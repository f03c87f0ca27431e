"""The place that keeps what shows what the person did: suggested, listed, looked at and changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, Response

from outgrow.model.evidence import Evidence, EvidenceKind, Polish
from outgrow.reports.evidence import EvidenceRow, LinkedActivity, LinkedExpectation
from outgrow.reports.words import full_date, hours
from outgrow.web import evidence_form
from outgrow.web.answers import NoAnswer
from outgrow.web.faults import beside
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows import keep_evidence, suggest
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.show_evidence import (
    capabilities,
    linked_expectations,
    linked_work,
    list_evidence,
    show_evidence,
    step,
    work_of,
)

ROWS = 40
_MOST_PAGES = 100_000


def show(visit: Visit) -> Response:
    """List evidence, the newest first: all, or of a kind, for a capability, of a period; above it what is suggested."""
    return _list(visit)


def _list(visit: Visit, status: int = 200, **more: object) -> Response:
    rows = _rows(visit)
    pages = max(1, -(-len(rows) // ROWS))
    page = max(1, min(read_number(visit.asked("page"), 1, _MOST_PAGES), pages))
    asked = {name: visit.asked(name) for name in ("kind", "capability", "period")}
    told = {
        "rows": rows[(page - 1) * ROWS : page * ROWS],
        "number": len(rows),
        "asked": asked,
        "filtered": any(asked.values()),
        "page": page,
        "pages": pages,
        "kinds": tuple(EvidenceKind),
        "capabilities": capabilities(visit.workspace),
        "suggestions": suggest.suggest(visit.workspace),
    }
    return visit.page("evidence.html", status, here="evidence", **told, **more)


def _rows(visit: Visit) -> tuple[EvidenceRow, ...]:
    kind, words = visit.asked("kind"), visit.asked("period")
    capability = read_number(visit.asked("capability"), 0, evidence_form.MOST)
    return list_evidence(
        visit.workspace,
        EvidenceKind(kind) if kind in list(EvidenceKind) else None,
        capability or None,
        named_period(visit.workspace, words) if words.strip() else None,
    )


def begin(visit: Visit) -> Response:
    """Show the whole form, filled with a suggestion or with what the address names."""
    return _form(visit, _draft(visit))


def _draft(visit: Visit) -> Evidence:
    """Return what the form begins with."""
    key = visit.said("suggestion") or visit.asked("suggestion")
    if key:
        return suggest.draft(visit.workspace, key)
    draft = Evidence(action=visit.asked("text"), on=visit.workspace.today)
    if visit.asked("capability"):
        draft = replace(draft, capabilities=(evidence_form.numbered(visit.asked("capability"), "capabilities"),))
    if visit.asked("expectation"):
        draft = replace(draft, expectations=(evidence_form.read_expected(visit.asked("expectation")),))
    return draft


def _form(visit: Visit, draft: Evidence, status: int = 200, **more: object) -> Response:
    told = {"each": draft, "leads": visit.said("leads") or visit.asked("back"), "suggestion": draft.suggestion}
    return visit.page("evidence_new.html", status, here="evidence", **{**told, **_choices(visit, draft), **more})


def _choices(visit: Visit, draft: Evidence) -> dict[str, object]:
    """Return what evidence may be linked to, as values and words, and what it is linked to by now."""
    expected = {_named(each): each for each in [*step(visit.workspace), *linked_expectations(visit.workspace, draft)]}
    work = {each.number: each for each in [*linked_work(visit.workspace, draft), *work_of(visit.workspace, draft.on)]}
    return {
        "capabilities": [(each.number, each.name) for each in capabilities(visit.workspace)],
        "spoken_for": [(name, each.text or each.expectation) for name, each in expected.items()],
        "ticked": {f"{each.ladder}:{each.expectation}" for each in draft.expectations},
        "work": [(number, _work_in_words(each)) for number, each in work.items()],
        "kinds": tuple(EvidenceKind),
        "polishes": tuple(Polish),
    }


def _named(each: LinkedExpectation) -> str:
    return f"{each.ladder}:{each.expectation}"


def _work_in_words(each: LinkedActivity) -> str:
    day = f"{full_date(each.day)}: " if each.day else ""
    return f"{day}{each.title}" + (f", {hours(each.hours)}" if each.hours else "")


def keep(visit: Visit) -> Response:
    """Keep new evidence: a line is enough."""
    wrong: dict[str, str] = {}
    started = _draft(visit)
    draft = evidence_form.read(visit, started, wrong)
    number = 0
    with evidence_form.told(wrong):
        number = keep_evidence.keep(visit.workspace, draft) if not wrong else 0
    if wrong and "quick" in visit.form:
        return _list(visit, 400, wrong=wrong, typed=visit.typed)
    if wrong:
        return _form(visit, draft, 400, wrong=wrong, typed=visit.typed)
    said = f"Kept: {keep_evidence.read(visit.workspace, number).action}. Undo takes it back."
    if "quick" in visit.form:
        return visit.go("evidence", tell=said)
    if visit.said("leads"):
        return visit.go_back(tell=said)
    return visit.go("evidence_one", number=number, tell=said)


def answer(visit: Visit) -> Response:
    """Take yes or no to a suggestion."""
    key, said = visit.said("suggestion"), visit.said("answer")
    if said == "yes":
        number = suggest.accept(visit.workspace, key)
        action = keep_evidence.read(visit.workspace, number).action
        return visit.go("evidence", tell=f"Kept: {action}. Undo takes it back.")
    if said == "no":
        suggest.turn_down(visit.workspace, key)
        return visit.go("evidence", tell="It is not suggested again. Undo takes that back.")
    message = "The answer to a suggestion is yes or no. Nothing was changed."
    raise NoAnswer(message)


def look(visit: Visit) -> Response:
    """Show one piece of evidence, and the form to change it."""
    return _one(visit, _number(visit))


def _number(visit: Visit) -> int:
    return int(str(visit.path["number"]))


def _one(visit: Visit, number: int, status: int = 200, **more: object) -> Response:
    try:
        view = show_evidence(visit.workspace, number)
    except keep_evidence.NoSuchEvidence:
        if not visit.desk.notice:
            raise
        return visit.go("evidence")  # it has just been taken back
    each = keep_evidence.read(visit.workspace, number)
    told = {"view": view, "each": each, "opened": bool(visit.asked("open"))}
    return visit.page("evidence_one.html", status, here="evidence", **{**told, **_choices(visit, each), **more})


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit, _number(visit))


def _revise(visit: Visit, number: int) -> Response:
    wrong: dict[str, str] = {}
    draft = evidence_form.read(visit, keep_evidence.read(visit.workspace, number), wrong)
    changed = False
    with evidence_form.told(wrong):
        changed = not wrong and keep_evidence.revise(visit.workspace, number, lambda _: draft)
    if wrong:
        return _one(visit, number, 400, each=draft, opened=True, wrong=wrong, typed=visit.typed)
    said = "Kept. Undo brings back what it was." if changed else "Nothing has changed."
    return visit.go("evidence_one", number=number, tell=said)


def _unlink(visit: Visit, number: int) -> Response:
    url = visit.said("url")
    keep_evidence.revise(
        visit.workspace, number, lambda each: replace(each, links=tuple(one for one in each.links if one.url != url))
    )
    return visit.go("evidence_one", number=number, tell="The link is left out. Undo brings it back.")


def _detach(visit: Visit, number: int) -> Response:
    kept = keep_evidence.detach(visit.workspace, number, visit.said("file"))
    return visit.go("evidence_one", number=number, tell=f"{kept.name} is left out. Undo brings it back.")


def _withdraw(visit: Visit, number: int) -> Response:
    evidence = keep_evidence.withdraw(visit.workspace, number)
    return visit.go("evidence", tell=f"Withdrawn: {evidence.action}. Undo brings it back.")


_DOING: Mapping[str, Callable[[Visit, int], Response]] = {
    "revise": _revise,
    "unlink": _unlink,
    "detach": _detach,
    "withdraw": _withdraw,
}


def upload(visit: Visit) -> Response:
    """Keep copies of files with evidence."""
    wrong: dict[str, str] = {}
    number = evidence_form.numbered(visit.said("number"), "file")
    files = [each for each in visit.form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    with beside(wrong, "files"):
        for each in files:
            keep_evidence.attach(visit.workspace, number, str(each.filename), each.file)
    if wrong:
        return _one(visit, number, 400, wrong=wrong)
    said = "A copy is kept." if files else "No file was chosen."
    return visit.go("evidence_one", number=number, tell=said)


def download(visit: Visit) -> Response:
    """Hand out the copy of a file, to be saved and never shown as a page."""
    evidence = keep_evidence.read(visit.workspace, _number(visit))
    kept = keep_evidence.find_file(evidence, str(visit.path["hash"]))
    path = keep_evidence.place(visit.workspace, kept)
    return FileResponse(path, media_type="application/octet-stream", filename=kept.name)


ROUTES = (
    Route("evidence", "/evidence", show),
    Route("evidence_keep", "/evidence", keep, "POST"),
    Route("evidence_new", "/evidence/new", begin),
    Route("evidence_answer", "/evidence/suggestion", answer, "POST"),
    Route("evidence_upload", "/evidence/upload", upload, "POST"),
    Route("evidence_one", "/evidence/{number:int}", look),
    Route("evidence_change", "/evidence/{number:int}", change, "POST"),
    Route("evidence_file", "/evidence/{number:int}/file/{hash}", download),
)
