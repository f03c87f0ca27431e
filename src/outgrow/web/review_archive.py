"""The reviews that were held: all, one as it was, and what differs between two."""

from collections.abc import Sequence

from starlette.responses import Response

from outgrow.reports.reviews import HeldView, told_share
from outgrow.web.visit import Route, Visit, read_number
from outgrow.workflows.look_at_reviews import all_commitments, compare_reviews, look_at_reviews, show_review

_LARGEST = 10**9


def show(visit: Visit) -> Response:
    """Show all reviews that were begun, and all commitments with what became of them."""
    held = look_at_reviews(visit.workspace).held
    meant = all_commitments(visit.workspace)
    return visit.page("review_archive.html", here="review", held=held, pair=_pair(held), commitments=meant)


def _pair(held: Sequence[HeldView]) -> tuple[int, ...]:
    """Return the numbers of two reviews to compare: the latest and the one before, of its cadence if there is one."""
    if len(held) <= 1:
        return ()
    before = next((each for each in held[1:] if each.cadence is held[0].cadence), held[1])
    return before.number, held[0].number


def show_one(visit: Visit) -> Response:
    """Show one review as it was."""
    number = int(str(visit.path["number"]))
    return visit.page("review_past.html", here="review", view=show_review(visit.workspace, number))


def compare(visit: Visit) -> Response:
    """Show what differs between two reviews."""
    one, other = (read_number(visit.asked(name), 0, _LARGEST) for name in ("one", "other"))
    if not (one and other):
        return visit.go("review_archive", tell="Choose two reviews to see what differs between them.")
    view = compare_reviews(visit.workspace, one, other)
    return visit.page("review_compare.html", here="review", view=view, told=told_share(view))


ROUTES = (
    Route("review_archive", "/review/archive", show),
    Route("review_past", "/review/archive/{number:int}", show_one),
    Route("review_compare", "/review/compare", compare),
)
