"""Reads what a review stands on: what was kept of it so far, commitments, planned time and the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from outgrow.analysis.capabilities import Entry
from outgrow.model.capability import CapabilityState
from outgrow.model.period import Period
from outgrow.model.review import Cadence, Commitment, GrowthBlock, Review
from outgrow.reviews.agenda import Need
from outgrow.store import versions, worked
from outgrow.store.database import Transaction
from outgrow.workflows.keep_ledger import read_ledger

_MOST_ASKED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What stands by now. `number` is None before anything is kept of the review.

    `asked` are the commitments whose outcome it asks about, `own` those it made, `blocks` the time it planned, all by
    number; `rising` are the capabilities that may come further, the latest first.
    """

    number: int | None
    review: Review
    asked: Mapping[int, Commitment] = field(default_factory=dict)
    own: Mapping[int, Commitment] = field(default_factory=dict)
    blocks: Mapping[int, GrowthBlock] = field(default_factory=dict)
    rising: Mapping[int, Entry] = field(default_factory=dict)
    worked: bool = False

    @property
    def there(self) -> set[Need]:
        """What steps may need and find here."""
        found = {Need.COMMITMENTS: self.asked, Need.WORK: self.worked, Need.CAPABILITIES: self.rising}
        return {need for need, some in found.items() if some}

    @property
    def touched(self) -> set[str]:
        """The steps that were answered or skipped."""
        return {*self.review.answers, *self.review.skipped}


def read_ground(tx: Transaction, cadence: Cadence, period: Period, today: date) -> Ground:
    """Read what a review of a period stands on."""
    reviews = versions.current(tx, Review)
    same = [number for number, each in reviews.items() if is_of(each, cadence, period)]
    number = same[-1] if same else None
    review = reviews[number] if number else Review(cadence=cadence, period=period, begun=today)
    commitments = versions.current(tx, Commitment)
    cadences = {each: held.cadence for each, held in reviews.items()}
    return Ground(
        number=number,
        review=review,
        asked=_asked(commitments, number, review, cadences, today),
        own={each: made for each, made in commitments.items() if number and made.review == number},
        blocks={
            each: block
            for each, block in versions.current(tx, GrowthBlock).items()
            if number and block.review == number
        },
        rising=_rising(tx),
        worked=worked.is_any(tx, period),
    )


def is_of(review: Review, cadence: Cadence, period: Period) -> bool:
    """Whether a review is the one of a period, whatever that is called."""
    days = (review.period.first, review.period.last)
    return review.cadence is cadence and days == (period.first, period.last)


def _asked(
    commitments: Mapping[int, Commitment],
    number: int | None,
    review: Review,
    cadences: Mapping[int, Cadence],
    today: date,
) -> dict[int, Commitment]:
    """Return the commitments without an outcome that a review of this cadence made, or whose day has come."""
    until = max(today, review.period.last)
    waiting = [
        (each, made)
        for each, made in commitments.items()
        if made.outcome is None and (number is None or made.review != number)
    ]
    due = [
        (each, made)
        for each, made in waiting
        if made.due <= until or (made.review and cadences.get(made.review) is review.cadence)
    ]
    return dict(sorted(due, key=lambda each: (each[1].due, each[0]))[:_MOST_ASKED])


def _rising(tx: Transaction) -> dict[int, Entry]:
    """Return the capabilities that have not reached the last state, those said of last first."""
    entries = read_ledger(tx).entries.values()
    rising = [each for each in entries if each.state is not CapabilityState.TAUGHT and each.superseded_by is None]
    latest = sorted(rising, key=lambda each: (max(one.on for one in each.reached), each.number), reverse=True)
    return {each.number: each for each in latest[:_MOST_ASKED]}
