"""How many more answers an audit probably needs until its range is narrow enough."""

import math
from collections.abc import Sequence

from outgrow.analysis.audit import FIRST_STOP, HALF_WIDTH
from outgrow.model.share import Share


def answers_to_go(share: Share, answered: int, waiting: Sequence[tuple[float, float]]) -> int:
    """Return about how many more answers bring the range to 5 points on either side; at most all that wait.

    `waiting` has the size and the probability of growth of the cards, in the order in which they will be asked. The
    doubt of a card is that of one draw, size * sqrt(p (1 - p)); the half-width is taken to fall with the root of the
    summed squares of what is still open.
    """
    least = max(0, FIRST_STOP - answered)
    doubts = [size * size * p * (1 - p) for size, p in waiting]
    whole = left = sum(doubts)
    for number, doubt in enumerate(doubts):
        if number >= least and share.half_width * math.sqrt(max(0.0, left) / whole if whole else 0.0) <= HALF_WIDTH:
            return number
        left -= doubt
    return len(doubts)
