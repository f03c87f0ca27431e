"""Standing judgements: how long one answers for its workstream, and when it is asked about again."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from outgrow.model.judgement import Judgement, Value

#: Growth work becomes depth work when it is mastered: asked about again after this long, or this much of it.
DUE_AFTER = timedelta(days=90)
DUE_HOURS = 40.0
#: One standing judgement in so many is asked about again at random, so that drift is noticed.
REASK_ONE_IN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A judgement as it stands: its value, the day it was given, the hours of its workstream since, what has changed.

    `mode_changed` and `novelty_changed` say whether the workstream's usual mode, or its newness, is another one than
    when it was judged.
    """

    value: Value
    since: date
    hours: float = 0.0
    mode_changed: bool = False
    novelty_changed: bool = False


def given(judged: Judgement, zone: tzinfo | None) -> date:
    """Return the day, in a zone, from which on it counts how old a judgement is: that on which it was given.

    It may hold from a day long before, and nobody is asked again right after their answer; one that is to hold from a
    later day counts from then.
    """
    return max(judged.since, judged.said_at.astimezone(zone).date())


def due(standing: Standing, today: date) -> bool:
    """Whether the workstream has to be asked about again."""
    if standing.mode_changed or standing.novelty_changed:
        return True
    return standing.value is Value.GROWTH and (today - standing.since >= DUE_AFTER or standing.hours >= DUE_HOURS)


def reasked(workstream: str, seed: int) -> bool:
    """Whether this standing judgement is among the one in ten that this audit asks about again."""
    digest = hashlib.blake2b(f"again:{seed}:{workstream}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % REASK_ONE_IN == 0
