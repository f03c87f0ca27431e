"""One kind of work: what it is made of, its answer, its name; merged with others or split in two."""

from collections.abc import Callable, Mapping
from hashlib import blake2b

from starlette.responses import Response

from outgrow.model.judgement import Reason, Value
from outgrow.reports.words import said_of
from outgrow.reports.workstreams import WorkstreamView
from outgrow.web.answers import (
    DISCOMFORTS,
    NoAnswer,
    read_discomfort,
    read_reason,
    read_several,
    read_value,
)
from outgrow.web.visit import Route, Visit
from outgrow.workflows.arrange_workstreams import (
    CannotArrange,
    NoSuchWorkstream,
    Part,
    list_latest,
    merge,
    preview_split,
    rename,
    search_workstreams,
    show_workstream,
    split,
)
from outgrow.workflows.sort_work import WorkAnswer, judge

_LATEST = 60
_TITLES = 120
_FOUND = 12


def show(visit: Visit) -> Response:
    """Show a kind of work; with words to search for also those that it may be merged with."""
    try:
        view = show_workstream(visit.workspace, str(visit.path["id"]))
    except NoSuchWorkstream:
        if not visit.desk.notice:
            raise
        return visit.go("sort")  # what was shown here has just been taken back
    return _page(visit, view)


def change(visit: Visit) -> Response:
    """Do what a form of the page asks for, and lead on to what came of it."""
    do = _DOING.get(visit.said("do"))
    if do is None:
        message = "The form was not one of this page's. Open the page again."
        raise NoAnswer(message)
    return do(visit, str(visit.path["id"]))


def _page(visit: Visit, view: WorkstreamView, status: int = 200, **values: object) -> Response:
    words = visit.asked("search")
    found = search_workstreams(visit.workspace, words, _FOUND + 1) if words.strip() else []
    told = {
        "view": view,
        "latest": list_latest(visit.workspace, view.id, _LATEST),
        "most_titles": _TITLES,
        "mark": mark,
        "search": words,
        "found": [each for each in found if each.id != view.id],
        "part": None,
        "reasons": tuple(Reason),
        "discomforts": DISCOMFORTS,
        "period": visit.asked("period"),
    }
    return visit.page("workstream.html", status, here="sort", **{**told, **values})


def _judge(visit: Visit, workstream: str) -> Response:
    """Keep an answer from the first day of the period on."""
    value = read_value(visit.said("answer"))
    growth = value is Value.GROWTH
    reasons = frozenset(map(read_reason, read_several(visit, "reason"))) if growth else frozenset()
    felt = read_discomfort(visit.said("discomfort")) if growth and visit.said("discomfort") else None
    (name,) = judge(visit.workspace, [workstream], visit.period.first, WorkAnswer(value, reasons, felt))
    return _go(visit, workstream, f"Kept: {name}, {said_of(value)} from {visit.period.first} on.")


def _rename(visit: Visit, workstream: str) -> Response:
    try:
        rename(visit.workspace, workstream, visit.said("name"))
    except CannotArrange as fault:
        return _refused(visit, workstream, {"name": str(fault)})
    return _go(visit, workstream, "The name is kept.")


def _merge(visit: Visit, workstream: str) -> Response:
    other = show_workstream(visit.workspace, visit.said("other"))
    merge(visit.workspace, workstream, [other.id])
    return _go(visit, workstream, f"{other.name} is part of this now.")


def _preview(visit: Visit, workstream: str) -> Response:
    """Show what a split would move before it is done."""
    try:
        part = preview_split(visit.workspace, workstream, _part(visit, workstream))
    except CannotArrange as fault:
        return _refused(visit, workstream, {"title": str(fault)})
    return _page(visit, show_workstream(visit.workspace, workstream), part=part)


def _split(visit: Visit, workstream: str) -> Response:
    return _go(
        visit, split(visit.workspace, workstream, _part(visit, workstream)), "This is a kind of work of its own now."
    )


def _part(visit: Visit, workstream: str) -> Part:
    """Return the titles that were ticked."""
    ticked = set(read_several(visit, "title"))
    titles = show_workstream(visit.workspace, workstream).titles
    return Part([title for title in titles if mark(title) in ticked], whole=True)


def mark(title: str) -> str:
    """Return what stands for a title in a form: short, and the same in every browser."""
    return blake2b(title.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _refused(visit: Visit, workstream: str, wrong: Mapping[str, str]) -> Response:
    """Show the page again: what was typed stays, and what is wrong with it stands beside it."""
    view = show_workstream(visit.workspace, workstream)
    return _page(visit, view, 400, wrong=wrong, typed=visit.typed)


def _go(visit: Visit, workstream: str, tell: str) -> Response:
    return visit.go("workstream", tell=tell, id=workstream, period=visit.asked("period"))


_DOING: Mapping[str, Callable[[Visit, str], Response]] = {
    "judge": _judge,
    "rename": _rename,
    "merge": _merge,
    "preview": _preview,
    "split": _split,
}
ROUTES = (Route("workstream", "/workstream/{id}", show), Route("workstream_change", "/workstream/{id}", change, "POST"))
