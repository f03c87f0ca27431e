"""The audit: which workstream to ask about next, and what the answers so far say about the growth share."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outgrow.model.share import Share, Target, Unit

Floats = NDArray[np.float64]

#: From this answer on the audit may stop.
FIRST_STOP = 8
#: Cards asked by default, and cards offered when they were not enough.
CARDS = 20
MORE_CARDS = 8
#: The half-width of the interval that is enough, as a fraction of time.
HALF_WIDTH = 0.05

_DRAWS = 4000
_OFFSETS = np.linspace(-3.5, 3.5, 29)
_SLOPES = np.linspace(-0.25, 1.75, 17)


@dataclass(frozen=True, slots=True)
class AuditItem:
    """One activity: its hours (1 where items are counted), the proposal's probability of growth, its workstream."""

    hours: float
    probability: float
    workstream: str


@dataclass(frozen=True, slots=True)
class Reasked:
    """How many standing judgements were asked about again, and how many of them got another answer."""

    asked: int = 0
    changed: int = 0


def draw(items: Sequence[AuditItem], seed: int) -> tuple[str, ...]:
    """Return the workstreams in random order: keys Exp(1) / size, size = hours * (0.5 * sqrt(p(1-p)) + 0.2).

    The chance belongs to (seed, workstream), so the order of the others stays when one comes or goes.
    """
    sizes: dict[str, float] = {}
    for item in items:
        p = item.probability
        sizes[item.workstream] = sizes.get(item.workstream, 0.0) + item.hours * (0.5 * math.sqrt(p * (1 - p)) + 0.2)
    return tuple(sorted(sizes, key=lambda name: (_waiting(seed, name) / max(sizes[name], 1e-12), name)))


def _waiting(seed: int, workstream: str) -> float:
    """Return a draw from Exp(1) that is always the same for the same seed and workstream."""
    digest = hashlib.blake2b(f"{seed}:{workstream}".encode(), digest_size=8).digest()
    return -math.log((int.from_bytes(digest) + 0.5) / 2**64)


def estimate(  # noqa: PLR0913 - each is one fact about the audit
    items: Sequence[AuditItem],
    answers: Mapping[int, float],
    answered_cards: int,
    *,
    standing: Mapping[int, float] | None = None,
    reasked: Reasked = Reasked(),
    strikeouts: int = 0,
    unit: Unit = Unit.HOURS,
    target: Target = Target(),  # noqa: B008 - immutable
) -> Share:
    """Return the growth share of the period's hours with its 95 % credible interval.

    `answers` maps an item's index to 1 (growth) or 0 (depth) as said in this audit, `standing` the same as carried over
    from standing judgements (an index in both counts as answered); work judged outside is removed from `items` before.
    """
    del reasked
    known = {**(standing or {}), **answers}
    hours = np.array([item.hours for item in items])
    total = hours.sum()
    if total <= 0:
        return Share(mean=0.0, low=0.0, high=1.0, below=0.0, answers=answered_cards, strikeouts=strikeouts, unit=unit)
    sums = _predict(items, known)
    shares = (sum(hours[i] * value for i, value in known.items()) + sums) / total
    low, high = np.quantile(shares, [0.025, 0.975])
    return Share(
        mean=float(shares.mean()),
        low=float(low),
        high=float(high),
        below=float((shares < target.low).mean()),
        answers=answered_cards,
        strikeouts=strikeouts,
        unit=unit,
    )


def enough(share: Share, answered: int | None = None, half_width: float = HALF_WIDTH) -> bool:
    """Whether the audit may stop: the interval is narrow enough, and at least eight cards were answered."""
    return (share.answers if answered is None else answered) >= FIRST_STOP and share.half_width <= half_width


def _predict(items: Sequence[AuditItem], known: Mapping[int, float]) -> Floats:
    """Draw the growth hours of the unanswered workstreams from their posterior predictive."""
    asked, open_ = _workstreams(items, known)
    weight = _posterior(asked).ravel()
    generator = np.random.default_rng(20)
    cells = generator.choice(weight.size, _DRAWS, p=weight)
    offset, slope = (axis.ravel()[cells] for axis in np.meshgrid(_OFFSETS, _SLOPES, indexing="ij"))
    open_ = open_[np.lexsort(open_.T)]
    chance = 1 / (1 + np.exp(-(offset[:, None] + slope[:, None] * open_[:, 1])))
    grows = generator.random(chance.shape) < chance
    return np.asarray(grows @ open_[:, 0], dtype=np.float64)


def _posterior(asked: Floats) -> Floats:
    """Weigh the grid of (offset, slope) of the recalibration logit p -> offset + slope * logit p by the answers."""
    offset, slope = np.meshgrid(_OFFSETS, _SLOPES, indexing="ij")
    log = -0.5 * (offset / 1.0) ** 2 - 0.5 * ((slope - 0.85) / 0.35) ** 2
    for _, logit, answer in asked:
        line = offset + slope * logit
        log += answer * line - np.logaddexp(0, line)
    weight = np.exp(log - log.max())
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def _workstreams(items: Sequence[AuditItem], known: Mapping[int, float]) -> tuple[Floats, Floats]:
    """Return (hours, mean logit p, mean answer) of the answered parts of workstreams, and of the open parts."""
    sums: dict[tuple[bool, str], list[float]] = {}
    for index, item in enumerate(items):
        row = sums.setdefault((index in known, item.workstream), [0.0, 0.0, 0.0])
        hours = max(item.hours, 1e-9)
        p = min(max(item.probability, 1e-4), 1 - 1e-4)
        row[0] += hours
        row[1] += hours * math.log(p / (1 - p))
        row[2] += hours * known.get(index, 0.0)
    parts: tuple[list[list[float]], list[list[float]]] = ([], [])
    for (answered, _), row in sums.items():
        parts[not answered].append([row[0], row[1] / row[0], row[2] / row[0]])
    asked, open_ = (np.array(part, dtype=np.float64).reshape(-1, 3) for part in parts)
    return asked, open_
