"""Looks at the reviews there are: which wait, which were held, one as it was, and what differs between two."""

from collections.abc import Iterator, Mapping

from outgrow.model.period import Period
from outgrow.model.review import Cadence, Commitment, GrowthBlock, Review
from outgrow.reports.review import CommitmentView
from outgrow.reports.reviews import (
    ComparisonView,
    HeldView,
    PartView,
    PastReviewView,
    ReviewsView,
    StateThenNow,
    WaitingView,
    WordsThenNow,
)
from outgrow.reviews import agenda, cadence
from outgrow.reviews.agenda import Step
from outgrow.reviews.cadence import Held
from outgrow.reviews.differences import differences
from outgrow.reviews.findings import compare
from outgrow.store import computed, holdings, journal, versions
from outgrow.store.database import Transaction
from outgrow.workflows.choose_period import named_period
from outgrow.workflows.hold_review import NoSuchReview, commitment_view
from outgrow.workflows.plan_blocks import block_view, planned
from outgrow.workflows.recount import recount
from outgrow.workflows.review_answers import settle
from outgrow.workflows.review_ground import is_of, read_ground
from outgrow.workflows.workspace import Workspace


def look_at_reviews(workspace: Workspace) -> ReviewsView:
    """Return all reviews, open commitments and planned time. Raises TakesLong in a hasty workspace."""
    recount(workspace)
    with workspace.store.look() as view:
        reviews, commitments = versions.current(view, Review), versions.current(view, Commitment)
        waiting = tuple(_waiting(view, workspace, reviews))
    held = [_held(number, each, commitments) for number, each in reviews.items()]
    held.sort(key=lambda each: (each.ended or each.begun, each.number), reverse=True)
    views = _commitments(commitments, reviews)
    return ReviewsView(
        waiting=waiting,
        held=tuple(held),
        commitments=tuple(each for each in views if each.outcome is None),
        settled=sum(each.outcome is not None for each in views),
        blocks=planned(workspace),
    )


def under_way(workspace: Workspace, period: Period) -> bool:
    """Whether the month review of a period was begun and has not ended: its audit leads back to it."""
    with workspace.store.look() as view:
        reviews = versions.current(view, Review).values()
    return any(is_of(each, Cadence.MONTH, period) and each.ended is None for each in reviews)


def _waiting(view: Transaction, workspace: Workspace, reviews: Mapping[int, Review]) -> Iterator[WaitingView]:
    held = [Held(each.cadence, each.period, each.ended is not None) for each in reviews.values()]
    days = [each for each in (computed.first_day(view), holdings.since(view)) if each]
    found = cadence.waiting(held, min(days, default=None), workspace.today, workspace.settings.week_start)
    for each in found:
        period = named_period(workspace, each.period.words)
        ground = read_ground(view, each.cadence, period, workspace.today)
        left = [step for step in agenda.steps(each.cadence, ground.there) if step.id not in ground.touched]
        yield WaitingView(cadence=each.cadence, period=period, begun=each.begun, minutes=agenda.minutes(left))


def _held(number: int, review: Review, commitments: Mapping[int, Commitment]) -> HeldView:
    own = [each.text for each in commitments.values() if each.review == number]
    return HeldView(
        number=number,
        cadence=review.cadence,
        period=review.period,
        begun=review.begun,
        ended=review.ended,
        quiet=review.quiet,
        answered=len(review.answers),
        share=review.share,
        commitment=own[0] if own else "",
    )


def all_commitments(workspace: Workspace) -> tuple[CommitmentView, ...]:
    """Return all commitments: those without an outcome first, by their day, then the others, the latest first."""
    with workspace.store.look() as view:
        return _commitments(versions.current(view, Commitment), versions.current(view, Review))


def _commitments(commitments: Mapping[int, Commitment], reviews: Mapping[int, Review]) -> tuple[CommitmentView, ...]:
    views = [
        commitment_view(number, made, reviews.get(made.review) if made.review else None)
        for number, made in commitments.items()
    ]
    waiting = sorted((each for each in views if each.outcome is None), key=lambda each: (each.due, each.number))
    settled = sorted((each for each in views if each.outcome), key=lambda each: (each.due, each.number), reverse=True)
    return (*waiting, *settled)


def settle_commitment(workspace: Workspace, number: int, outcome: str, note: str = "") -> CommitmentView:
    """Say what became of a commitment: kept, partly or let go. Raises NoSuchReview and WrongAnswer."""
    with workspace.store.begin() as change:
        made = versions.get(change, Commitment, number)
        if made is None:
            message = f"There is no commitment {number}. outgrow review commitments shows them."
            raise NoSuchReview(message)
        settled = settle(made, outcome, " ".join(note.split()))
        versions.put(change, settled, journal.moment(change, workspace.now), number)
    return commitment_view(number, settled, None)


def show_review(workspace: Workspace, number: int) -> PastReviewView:
    """Return one review as it was held; raises NoSuchReview."""
    with workspace.store.look() as view:
        review = _get(view, number)
        commitments = versions.current(view, Commitment)
        own = {each: made for each, made in commitments.items() if made.review == number}
        blocks = versions.current(view, GrowthBlock)
    return PastReviewView(
        held=_held(number, review, commitments),
        parts=tuple(_parts(review)),
        commitments=tuple(commitment_view(*each, review) for each in own.items()),
        blocks=tuple(block_view(*each) for each in blocks.items() if each[1].review == number),
    )


def _get(view: Transaction, number: int) -> Review:
    review = versions.get(view, Review, number)
    if review is None:
        message = f"There is no review {number}. outgrow review list shows them."
        raise NoSuchReview(message)
    return review


def _parts(review: Review) -> Iterator[PartView]:
    for step in agenda.every(review.cadence):
        if step.id in review.answers or step.id in review.skipped:
            yield _part(step, review)


def _part(step: Step, review: Review) -> PartView:
    return PartView(
        step=step.id,
        title=step.title,
        question=step.question,
        shown=review.shown.get(step.id, ""),
        answer=review.answers.get(step.id, ""),
        skipped=step.id not in review.answers,
    )


def compare_reviews(workspace: Workspace, one: int, other: int) -> ComparisonView:
    """Return what differs between two reviews, the one that was begun earlier first; raises NoSuchReview."""
    with workspace.store.look() as view:
        both = [(number, _get(view, number)) for number in (one, other)]
        commitments = versions.current(view, Commitment)
    both.sort(key=lambda each: (each[1].begun, each[0]))
    then, now = (review for _, review in both)
    held = [_held(number, review, commitments) for number, review in both]
    return ComparisonView(
        then=held[0],
        now=held[1],
        change=compare(then.share, now.share) if then.share and now.share else None,
        words=tuple(_words(then, now)),
        states=tuple(_states(then, now)),
    )


def _words(then: Review, now: Review) -> Iterator[WordsThenNow]:
    """Yield the steps in which something else was said."""
    titles = {step.id: step.title for review in (then, now) for step in agenda.every(review.cadence)}
    for step, title in titles.items():
        before, after = then.answers.get(step, ""), now.answers.get(step, "")
        if before != after:
            yield WordsThenNow(step=step, title=title, then=before, now=after, pieces=differences(before, after))


def _states(then: Review, now: Review) -> Iterator[StateThenNow]:
    """Yield the capabilities whose state differs."""
    before, after = ({each.number: each for each in review.states} for review in (then, now))
    for number in {**before, **after}:
        old, new = before.get(number), after.get(number)
        if (old and old.state) != (new and new.state):
            name = (new or old or before[number]).name
            yield StateThenNow(
                number=number, name=name, then=old.state if old else None, now=new.state if new else None
            )
