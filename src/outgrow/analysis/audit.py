"""The audit: which workstream to ask about next, and what the answers so far say about the growth share."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis import design
from outgrow.analysis.periods import growth_hours
from outgrow.analysis.recalibration import Calibration, Floats, Integers, Rows, calibrate, predictive, shortest
from outgrow.analysis.titles import normalise, vectors
from outgrow.model.share import Share, Target, Unit

#: From this answer on the audit may stop.
FIRST_STOP = 8
#: Cards asked by default, and cards offered when they were not enough.
CARDS = 20
MORE_CARDS = 8
#: The half-width of the interval that is enough, as a fraction of time.
HALF_WIDTH = 0.05

_DRAWS = 2000
_MOST_ROWS = 600  # time grows with their third power: more are told apart by workstream alone, and are no field
_MOST_INFORM = 300  # answered rows that inform about the others then, the largest first
_CHANGED, _ASKED = 0.2, 20.0  # a standing judgement is prior-wise as reliable as 0.2 changes in 20 re-asked
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True, slots=True)
class AuditItem:
    """One activity: its hours (1 where items are counted), the proposal's probability of growth, its workstream.

    The probability is that before any answer; the estimate itself lets answers speak for similar titles. An item with
    no hours is no part of the share; with an answer of an earlier audit it tells how far the proposals can be trusted.
    """

    hours: float
    probability: float
    workstream: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reasked:
    """How many standing judgements were asked about again, and how many of them got another answer."""

    asked: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """Items with the same workstream, title and answer as one row; `grows` is NaN where there is no answer."""

    rows: Rows
    hours: Floats
    grows: Floats
    carried: Floats  # 1 where the answer is carried over

    @property
    def answered(self) -> Integers:
        return np.flatnonzero(~np.isnan(self.grows))

    @property
    def informing(self) -> Integers:
        """What tells about the proposals: an answer given with the proposal in sight, not one carried over since."""
        return np.flatnonzero(~np.isnan(self.grows) & ((self.carried == 0) | (self.hours == 0)))

    @property
    def open(self) -> Integers:
        return np.flatnonzero(np.isnan(self.grows) & (self.hours > 0))


def draw(items: Sequence[AuditItem], seed: int) -> tuple[str, ...]:
    """Return the workstreams in random order: keys Exp(1) / size, size = hours * (0.5 * sqrt(p(1-p)) + 0.2).

    The chance belongs to (seed, workstream), so the order of the others stays when one comes or goes.
    """
    sizes = _sizes(items)
    return tuple(sorted(sizes, key=lambda name: (_waiting(seed, name) / max(sizes[name], _NEGLIGIBLE), name)))


def _sizes(items: Sequence[AuditItem]) -> dict[str, float]:
    sizes: dict[str, float] = {}
    for item in items:
        p = min(max(item.probability, 0.0), 1.0)
        sizes[item.workstream] = sizes.get(item.workstream, 0.0) + item.hours * (0.5 * math.sqrt(p * (1 - p)) + 0.2)
    return sizes


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
    The interval is the shortest that holds 95 % of the posterior.
    """
    table = _tabulate(items, answers, standing or {})
    total = table.hours.sum()
    if total <= 0:
        return Share(mean=0.0, low=0.0, high=1.0, below=0.0, answers=answered_cards, strikeouts=strikeouts, unit=unit)
    shares = np.clip((_open_hours(table) + _known_hours(table, reasked)) / total, 0.0, 1.0)
    low, high = shortest(shares)
    check = _check(items, answers, standing or {}, float(total))
    return Share(
        mean=min(max(float(shares.mean()), low), high),
        low=low,
        high=high,
        below=float((shares < target.low).mean()),
        answers=answered_cards,
        strikeouts=strikeouts,
        unit=unit,
        check_low=check and check[0],
        check_high=check and check[1],
    )


def enough(share: Share, answered: int | None = None, half_width: float = HALF_WIDTH) -> bool:
    """Whether the audit may stop: the interval is narrow enough, and at least eight cards were answered."""
    return (share.answers if answered is None else answered) >= FIRST_STOP and share.half_width <= half_width


def learn(items: Sequence[AuditItem], answers: Mapping[int, float]) -> Calibration:
    """Return what answers say about how far the proposals can be trusted in other periods."""
    known = [index for index in range(len(items)) if index in answers]
    return _learn(
        _tabulate([items[index] for index in known], {n: answers[index] for n, index in enumerate(known)}, {})
    )


def _open_hours(table: _Table) -> Floats:
    """Draw the growth hours of what is not answered from the posterior predictive."""
    open_, answered = table.open, table.informing
    if len(table.hours) > _MOST_ROWS:
        return growth_hours(table.hours[open_], table.rows.probability[open_], _learn(table), _DRAWS)
    mean, spread = predictive(table.rows, answered, table.grows[answered], open_)
    drawn = _noise()[:, : len(open_)] @ np.linalg.cholesky(spread).T.astype(np.float32)
    grows = (drawn > -mean.astype(np.float32)).astype(np.float32)
    return np.asarray(grows @ table.hours[open_].astype(np.float32), np.float64)


@cache
def _noise() -> NDArray[np.float32]:
    """Return the standard normal draws that every estimate uses: it is the same again from the same answers."""
    return np.random.default_rng(20).standard_normal((_DRAWS, _MOST_ROWS), np.float32)


def _learn(table: _Table) -> Calibration:
    """Return what the largest answered rows say about the proposals."""
    known = table.informing
    largest = known[np.argsort(-table.hours[known], kind="stable")[:_MOST_INFORM]]
    return calibrate(table.rows.only(largest), table.grows[largest])


def _known_hours(table: _Table, reasked: Reasked) -> Floats:
    """Return the growth hours of what is answered; a workstream whose answer is carried over may have turned."""
    known = table.answered
    said = float((table.hours * table.grows)[known].sum())
    turn = table.hours * (1 - 2 * table.grows) * table.carried
    streams, place = np.unique(table.rows.workstream[known], return_inverse=True)
    turns = np.bincount(place.ravel(), turn[known], minlength=len(streams))
    generator = np.random.default_rng(21)
    chance = generator.beta(_CHANGED + reasked.changed, _ASKED - _CHANGED + reasked.asked - reasked.changed, _DRAWS)
    turned = generator.random((_DRAWS, len(streams))) < chance[:, None]
    return np.asarray(said + turned @ turns, np.float64)


def _check(
    items: Sequence[AuditItem], answers: Mapping[int, float], standing: Mapping[int, float], total: float
) -> tuple[float, float] | None:
    """Return the design-based interval; carried-over answers were not drawn and stand as they are."""
    drawn = {n: item for n, item in enumerate(items) if item.hours > 0 and (n in answers or n not in standing)}
    sizes = _sizes(list(drawn.values()))
    columns = {name: [0.0, 0.0, math.nan] for name in sizes}
    for n, item in drawn.items():
        column = columns[item.workstream]
        column[0] += item.hours * item.probability
        column[1] += item.hours * math.sqrt(item.probability * (1 - item.probability))
        if n in answers:
            column[2] = (0.0 if math.isnan(column[2]) else column[2]) + item.hours * answers[n]
    expected, deviation, answer = np.array(list(columns.values())).reshape(-1, 3).T
    found = design.interval(np.array(list(sizes.values())), expected, deviation**2, answer)
    carried = sum(items[n].hours * value for n, value in standing.items() if n not in answers)
    low = float(carried + np.nansum(answer))
    high = low + sum(item.hours for n, item in drawn.items() if n not in answers)
    return found and (max(carried + found[0], low) / total, min(carried + found[1], high) / total)


def _tabulate(items: Sequence[AuditItem], answers: Mapping[int, float], standing: Mapping[int, float]) -> _Table:
    """Put items together into rows, sorted so that the order of the items does not matter."""
    titled = _merge(items, answers, standing, titled=True)
    merged = titled if len(titled) <= _MOST_ROWS else _merge(items, answers, standing, titled=False)
    keys = sorted(merged)
    sums = np.array([merged[key] for key in keys]).reshape(-1, 3)
    streams = {name: number for number, name in enumerate(sorted({key[0] for key in keys}))}
    answer = np.array([key[2] for key in keys], np.float64)
    return _Table(
        Rows(
            sums[:, 1] / np.maximum(sums[:, 2], _NEGLIGIBLE),
            np.array([streams[key[0]] for key in keys], np.int64),
            _similarity(tuple(key[1] for key in keys)),
        ),
        sums[:, 0],
        np.where(answer < 0, np.nan, answer),
        np.array([key[3] for key in keys], np.float64),
    )


def _merge(
    items: Sequence[AuditItem], answers: Mapping[int, float], standing: Mapping[int, float], *, titled: bool
) -> dict[tuple[str, str, float, bool], list[float]]:
    """Sum (hours, weighted p, weight) by workstream, title, answer (-1 for none) and whether that is carried over."""
    merged: dict[tuple[str, str, float, bool], list[float]] = {}
    for n, item in enumerate(items):
        answer = answers.get(n, standing.get(n, -1.0))
        carried = n in standing and n not in answers
        key = (item.workstream, _normalised(item.title) if titled else "", answer, carried)
        sums = merged.setdefault(key, [0.0, 0.0, 0.0])
        weight = item.hours or _NEGLIGIBLE
        sums[0] += item.hours
        sums[1] += weight * item.probability
        sums[2] += weight
    return merged


_normalised = lru_cache(maxsize=1 << 14)(normalise)


@lru_cache(maxsize=64)
def _similarity(titles: tuple[str, ...]) -> Floats:
    """Return how alike titles are (n x n, 1 for the same); an empty one is like none, not even itself."""
    distinct = sorted(set(titles))
    place = {title: n for n, title in enumerate(distinct)}
    rows = np.asarray(vectors(distinct), np.float64)[[place[title] for title in titles]] if titles else np.zeros((0, 1))
    return np.asarray(rows @ rows.T, np.float64)
