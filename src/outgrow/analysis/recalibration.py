"""How answers correct the proposals: a probit model with a Gaussian field, and its posterior predictive.

Each row is work with one answer: it is growth when f + noise > 0, noise ~ N(0, 1), with

    f = scale * (offset + slope * probit(p)) + field,    scale = sqrt(1 + variance of the field)

`offset` and `slope` are Gaussian and recalibrate the proposals (a slope may come out at 0 or below: then the proposals
told nothing). The field makes rows of one workstream, and rows with similar titles, go together. The scale keeps the
marginal chance of growth at Phi(offset + slope * probit(p)) whatever the field. Answers come in by expectation
propagation (Rasmussen & Williams 2006, section 3.6), which is close to exact for this likelihood.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: How much of the posterior a 95 % interval holds. The audit stops when the interval is narrow, and so more often with
#: one that is too narrow by chance; what it holds beyond 95 % makes up for that (measured: see docs/evaluating.md).
LEVEL = 0.965
#: Prior of offset and slope: mean and standard deviation, on the probit scale. Proposals that are too bold are mostly
#: so for all of a person's work, so the offset has the wider one.
OFFSET = (0.1, 0.7)
SLOPE = (1.0, 0.3)
#: Variances of the field: shared with loosely and with closely similar titles (by the similarity and by its fourth
#: power), and within a workstream.
LOOSE, CLOSE, WITHIN = 1.0, 1.0, 4.0
_SCALE = math.sqrt(1 + LOOSE + CLOSE + WITHIN)

_ROUNDS, _SETTLED = 25, 1e-3
_CAREFUL_ROUNDS, _CAREFUL, _STEP = 3, 0.5, 0.8  # damping of the first and of the later rounds
_TINY = 1e-9

_normal = NormalDist()
_erfc = np.vectorize(math.erfc, otypes=[np.float64])
_quantile = np.vectorize(_normal.inv_cdf, otypes=[np.float64])

_TABLE = (np.linspace(-6.0, 6.0, 2401), 0.5 * _erfc(-np.linspace(-6.0, 6.0, 2401) / math.sqrt(2)))


@dataclass(frozen=True, slots=True)
class Rows:
    """n rows of work: the proposals' p, the number of the workstream, and the similarity of titles (n x n)."""

    probability: Floats
    workstream: Integers
    similarity: Floats

    def only(self, places: Integers) -> "Rows":
        """Return some of the rows."""
        return Rows(self.probability[places], self.workstream[places], self.similarity[np.ix_(places, places)])

    def moments(self) -> tuple[Floats, Floats]:
        """Return the prior mean (n) and covariance (n x n) of f."""
        line = _line(self.probability)
        together = self.workstream[:, None] == self.workstream[None, :]
        covariance = (line * np.square([OFFSET[1], SLOPE[1]])) @ line.T + WITHIN * together
        covariance += LOOSE * self.similarity + CLOSE * np.square(np.square(self.similarity))
        return line @ [OFFSET[0], SLOPE[0]], covariance + _TINY * np.eye(len(line))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The posterior of (offset, slope): mean (2) and covariance (2 x 2)."""

    mean: Floats
    covariance: Floats


UNANSWERED = Calibration(np.array([OFFSET[0], SLOPE[0]]), np.diag(np.square([OFFSET[1], SLOPE[1]])))


def predictive(rows: Rows, answered: Integers, grows: Floats, open_: Integers) -> tuple[Floats, Floats]:
    """Return mean and covariance of f + noise of the open rows; growth is where that is positive.

    `answered` and `open_` are places in `rows`, `grows` the answers, 1 growth or 0 depth.
    """
    mean, covariance = rows.moments()
    cross = covariance[np.ix_(answered, open_)]
    known = covariance[np.ix_(answered, answered)]
    pull, gain = _absorb(known, mean[answered], grows, cross)
    spread = covariance[np.ix_(open_, open_)] + np.eye(len(open_)) - gain.T @ gain
    return mean[open_] + cross.T @ pull, spread


def calibrate(rows: Rows, grows: Floats) -> Calibration:
    """Return what the answers `grows` to all rows say about offset and slope."""
    mean, covariance = rows.moments()
    cross = (_line(rows.probability) * np.square([OFFSET[1], SLOPE[1]])).T
    pull, gain = _absorb(covariance, mean, grows, cross.T)
    return Calibration(UNANSWERED.mean + cross @ pull, UNANSWERED.covariance - gain.T @ gain)


def probit(probability: Floats) -> Floats:
    """Return the standard normal quantile, of p kept within 0.0001 and 0.9999."""
    clipped = np.clip(probability, 1e-4, 1 - 1e-4)
    return np.asarray(_quantile(clipped), np.float64) if clipped.size else clipped


def shortest(draws: Floats) -> tuple[float, float]:
    """Return the ends of the shortest interval that holds 95 % of the draws and leaves at most 2.5 % above it.

    A share that is seldom seen makes short intervals that end too low; the bound above keeps them from it.
    """
    low, high = shortest_each(draws[None, :])
    return float(low[0]), float(high[0])


def shortest_each(draws: Floats) -> tuple[Floats, Floats]:
    """Return the same for each row of draws: the lower ends and the upper ends."""
    ordered = np.sort(draws, axis=1)
    held = math.ceil(LEVEL * (ordered.shape[1] - 1))
    lowest = (ordered.shape[1] - held) // 2
    lengths = ordered[:, held + lowest :] - ordered[:, lowest : ordered.shape[1] - held]
    row, first = np.arange(len(ordered)), lowest + lengths.argmin(axis=1)
    return ordered[row, first], ordered[row, first + held]


def below(z: Floats) -> Floats:
    """Return the standard normal distribution function at z of any shape, from a table: off by less than 0.00001."""
    return np.asarray(np.interp(z, *_TABLE), np.float64)


def _line(probability: Floats) -> Floats:
    """Return the n x 2 matrix that turns (offset, slope) into their part of f."""
    return _SCALE * np.stack([np.ones_like(probability), probit(probability)], axis=1)


def _absorb(covariance: Floats, mean: Floats, grows: Floats, cross: Floats) -> tuple[Floats, Floats]:
    """Return what answers to n rows do to m others whose covariance with them is `cross` (n x m).

    The others' mean moves by cross' @ pull, their covariance shrinks by gain' @ gain.
    """
    precision, shift = _sites(covariance, mean, 2 * grows - 1)
    root = np.sqrt(precision)
    lower = np.linalg.cholesky(np.eye(len(root)) + root[:, None] * covariance * root)
    back = np.linalg.solve(lower, root * (covariance @ shift))
    pull = shift - root * np.linalg.solve(lower.T, back)
    return pull, np.linalg.solve(lower, root[:, None] * cross)


def _sites(covariance: Floats, mean: Floats, sign: Floats) -> tuple[Floats, Floats]:
    """Return precision and precision-times-mean (about the prior mean) of the Gaussian that stands for each answer."""
    precision, shift = np.zeros_like(mean), np.zeros_like(mean)
    for round_ in range(_ROUNDS):
        center, variance = _marginals(covariance, precision, shift)
        wanted, moved = _match(center, variance, precision, shift, mean, sign)
        step = _CAREFUL if round_ < _CAREFUL_ROUNDS else _STEP
        change = np.abs(wanted - precision).max(initial=0.0)
        precision = precision + step * (wanted - precision)
        shift = shift + step * (moved - shift)
        if change < _SETTLED:
            break
    return precision, shift


def _marginals(covariance: Floats, precision: Floats, shift: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of each row's f, about its prior mean, under the present sites."""
    root = np.sqrt(precision)
    lower = np.linalg.cholesky(np.eye(len(root)) + root[:, None] * covariance * root)
    gain = np.linalg.solve(lower, root[:, None] * covariance)
    posterior = covariance - gain.T @ gain
    return posterior @ shift, np.diag(posterior)


def _match(  # noqa: PLR0913, PLR0917 - the six vectors of one step
    center: Floats, variance: Floats, precision: Floats, shift: Floats, mean: Floats, sign: Floats
) -> tuple[Floats, Floats]:
    """Return the sites that give each row the first two moments of its cavity times its answer (R&W 3.58, 3.59)."""
    cavity = 1 / np.maximum(1 / np.maximum(variance, _TINY) - precision, _TINY)
    middle = cavity * (center / np.maximum(variance, _TINY) - shift)
    z = sign * (middle + mean) / np.sqrt(1 + cavity)
    ratio = _mills(z)
    tilted_mean = middle + sign * cavity * ratio / np.sqrt(1 + cavity)
    tilted = cavity - cavity**2 * ratio * (z + ratio) / (1 + cavity)
    return np.maximum(1 / tilted - 1 / cavity, _TINY), tilted_mean / tilted - middle / cavity


def _mills(z: Floats) -> Floats:
    """Return the normal density over its distribution function, by its asymptote where both vanish."""
    if not z.size:
        return z
    kept = np.maximum(z, -30.0)
    below = 0.5 * _erfc(-kept / math.sqrt(2))
    return np.where(z < kept, -z, np.exp(-0.5 * kept**2) / math.sqrt(2 * math.pi) / below)
