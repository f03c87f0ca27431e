"""Reviews: a step at a time, each a form of its own that is kept at once, and what they rest on and lead to."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from outgrow.reports.review import block_line
from outgrow.web.visit import Route, Visit
from outgrow.workflows.hold_review import NoSuchReview, ReviewSession, choose
from outgrow.workflows.keep_feed import feed, place
from outgrow.workflows.look_at_reviews import look_at_reviews, settle_commitment
from outgrow.workflows.plan_blocks import drop, plan
from outgrow.workflows.review_answers import WrongAnswer

_FEW = 5
_LONGEST_NUMBER = 2**62


def show(visit: Visit) -> Response:
    """Show the reviews that wait, what the person means to do, and the time that is planned."""
    return _overview(visit)


def _overview(visit: Visit, status: int = 200, **values: object) -> Response:
    return visit.page(
        "review.html",
        status,
        here="review",
        view=look_at_reviews(visit.workspace),
        few=_FEW,
        file=str(place(visit.workspace)),
        **values,
    )


def hold(visit: Visit) -> Response:
    """Show a step of a review, or how it ended."""
    return _show(visit, _session(visit, visit.asked("period")), visit.asked("step"))


def _session(visit: Visit, period: str) -> ReviewSession:
    return ReviewSession(visit.workspace, *choose(visit.workspace, str(visit.path["cadence"]), period))


def _show(visit: Visit, session: ReviewSession, step: str, status: int = 200, **values: object) -> Response:
    view = session.view(step)
    template = "review_step.html" if view.step else "review_end.html"
    back = session.before(view.step.id) if view.step else ""
    return visit.page(template, status, here="review", view=view, before=back, **values)


def say(visit: Visit) -> Response:
    """Keep what was said at a step and go on; what is wrong with it is said beside its field."""
    session = _session(visit, visit.said("period"))
    step = visit.said("step")
    do = _DOING.get(visit.said("do", "say"))
    if do is None:
        message = "The form was not one of a review's. Open the review again."
        raise NoSuchReview(message)
    try:
        do(session, step, visit)
    except WrongAnswer as wrong:
        return _show(visit, session, step, 400, typed=visit.typed, wrong={wrong.field: str(wrong)})
    if visit.said("do") == "stop":
        return visit.go("review")
    next_step = session.before(step) if visit.said("do") == "back" else session.after(step)
    return visit.go("review_step", cadence=visit.path["cadence"], period=session.period.words, step=next_step)


def _say(session: ReviewSession, step: str, visit: Visit) -> None:
    session.say(step, _answered(visit))


def _leave(session: ReviewSession, step: str, visit: Visit) -> None:
    session.keep_changed(step, _answered(visit))


def _answered(visit: Visit) -> dict[str, str]:
    """Return what was typed at a step, with the line ends of this system."""
    return {name: words.replace("\r\n", "\n") for name, words in visit.typed.items() if name not in _FRAME}


def _skip(session: ReviewSession, step: str, _visit: Visit) -> None:
    session.skip(step)


def _quiet(session: ReviewSession, _step: str, _visit: Visit) -> None:
    session.call_quiet()


_FRAME = frozenset({"do", "step", "period", "back"})
_DOING: Mapping[str, Callable[[ReviewSession, str, Visit], None]] = {
    "say": _say,
    "skip": _skip,
    "quiet": _quiet,
    "back": _leave,
    "stop": _leave,
}


def settle(visit: Visit) -> Response:
    """Keep what became of a commitment."""
    number = _number(visit)
    try:
        made = settle_commitment(visit.workspace, number, visit.said("outcome"), visit.said("note"))
    except WrongAnswer as wrong:
        return _overview(visit, 400, typed=visit.typed, wrong={f"{wrong.field}-{number}": str(wrong)})
    return visit.go("review", tell=f"{made.text}: {made.outcome}. Undo takes it back.")


def plan_block(visit: Visit) -> Response:
    """Plan time for growth work."""
    try:
        plan(visit.workspace, visit.typed)
    except WrongAnswer as wrong:
        return _overview(visit, 400, typed=visit.typed, wrong={wrong.field: str(wrong)})
    return visit.go("review", tell="Planned. It is in the calendar file. Undo takes it back.")


def drop_block(visit: Visit) -> Response:
    """Take planned time back out."""
    block = drop(visit.workspace, _number(visit))
    return visit.go("review", tell=f"Not planned any more: {block_line(block)}. Undo brings it back.")


def _number(visit: Visit) -> int:
    number = visit.path["number"]
    return number if isinstance(number, int) and number < _LONGEST_NUMBER else 0


def calendar(visit: Visit) -> Response:
    """Hand over the calendar file."""
    headers = {"content-disposition": 'attachment; filename="outgrow.ics"'}
    return Response(feed(visit.workspace), media_type="text/calendar; charset=utf-8", headers=headers)


ROUTES = (
    Route("review", "/review", show),
    Route("review_calendar", "/review/calendar", calendar),
    Route("review_settle", "/review/commitments/{number:int}", settle, "POST"),
    Route("review_plan", "/review/planned", plan_block, "POST"),
    Route("review_drop", "/review/planned/{number:int}", drop_block, "POST"),
    Route("review_step", "/review/{cadence}", hold),
    Route("review_say", "/review/{cadence}", say, "POST"),
)
