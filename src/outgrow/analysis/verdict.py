"""What a share means: how sure it is, and where it lies against the person's target."""

from outgrow.model.share import Band, Certainty, Share, Target

#: Below this many answers no number is given.
FIRST_NUMBER = 8
#: A wider half-width than this gives a range only.
RANGE_ONLY = 0.10
#: With this much of the posterior on one side of the target a verdict leans.
LEANING = 0.80
#: Under this share a period was movement.
MOVEMENT = 0.05
#: Above this share more challenge pays less (DeRue & Wellman 2009).
OVERREACH = 0.40


def certainty(share: Share, target: Target) -> Certainty:
    """Say how surely the share lies on one side of the target's low end.

    Under eight answers nothing is said, unless they answer for all there is.
    """
    if share.answers < FIRST_NUMBER and share.high > share.low:
        return Certainty.NONE
    if not share.low < target.low <= share.high:
        return Certainty.CLEAR
    if share.half_width > RANGE_ONLY:
        return Certainty.EARLY
    return Certainty.LEANING if max(share.below, 1 - share.below) >= LEANING else Certainty.UNCLEAR


def band(share: Share, target: Target, *, feedback: bool = True) -> Band:
    """Say where the mean lies; `feedback` is False when growth work is known to go on without any."""
    if overreach(share, target, feedback=feedback):
        return Band.OVERREACH
    if share.mean >= target.low:
        return Band.PROGRESS
    return Band.SOME_GROWTH if share.mean >= MOVEMENT else Band.MOVEMENT


def overreach(share: Share, target: Target, *, feedback: bool = True) -> bool:
    """Whether growth is so high, or so unsupported, that it stops paying: all of the range lies above the limit."""
    return share.low > max(OVERREACH, target.high) or (not feedback and share.mean >= target.low)
