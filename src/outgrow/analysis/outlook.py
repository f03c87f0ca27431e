"""How many more answers an audit probably needs until its range is narrow enough."""

import math
from collections.abc import Sequence

from outgrow.analysis.audit import FIRST_STOP, HALF_WIDTH
from outgrow.model.share import Share

_KNOWN = 2  # answers that knowing nothing is worth


def answers_to_go(share: Share, answered: int, waiting: Sequence[tuple[float, float]]) -> int:
    """Return about how many more answers bring the range to 5 points on either side; at most all that wait.

    `waiting` has the size and the probability of growth of the cards, in the order in which they will be asked. Two
    things narrow the range. Less is left open: the doubt of a card is that of one draw, size * sqrt(p (1 - p)), and
    doubts add up by their squares. And answers tell how far the proposals can be trusted, by the root of their number.
    """
    doubts = [size * size * p * (1 - p) for size, p in waiting]
    whole = left = sum(doubts)
    for number, doubt in enumerate(doubts):
        narrower = max(0.0, left) / (whole or 1.0) * (answered + _KNOWN) / (answered + number + _KNOWN)
        if answered + number >= FIRST_STOP and share.half_width * math.sqrt(narrower) <= HALF_WIDTH:
            return number
        left -= doubt
    return len(doubts)
