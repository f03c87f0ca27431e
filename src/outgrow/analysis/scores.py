"""How well proposals and intervals agree with the labels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outgrow.analysis.audit import FIRST_STOP
from outgrow.analysis.evaluation import Played, Step

#: Bands of the true share within which the coverage is reported.
BANDS = ((0.0, 0.05), (0.05, 0.15), (0.15, 0.25), (0.25, 0.40), (0.40, 1.0))
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Summary:
    """Scores over all persons and sets; None where there is nothing to score. Shares and errors are fractions.

    AUC, average precision and Brier score are of the proposals of all rows together. `share_error` is the mean distance
    of the share by the proposals alone from the truth. Of `answers_*` those count that reached the half-width.
    `coverage` is how often the 95 % interval held the truth where the audit stopped, `coverage_by_band` the same by the
    true share in percent.
    """

    auc: float | None
    average_precision: float | None
    brier: float | None
    share_error: float | None
    answers_median: float | None
    answers_p90: float | None
    coverage: float | None
    coverage_by_band: dict[str, float | None]


def summarise(played: Sequence[Played], half_width: float) -> Summary:
    """Score what was played until `half_width` (a fraction)."""
    p = np.array([item.p for each in played for item in each.items])
    growth = np.array([label for each in played for label in each.labels], np.bool_)
    asked = [each for each in played if each.steps]
    reached = [float(each.last.answers) for each in asked if _reached(each.last, half_width)]
    return Summary(
        auc=auc(p, growth),
        average_precision=average_precision(p, growth),
        brier=float(((p - growth) ** 2).mean()) if p.size else None,
        share_error=_mean([abs(each.proposed - each.truth) for each in played]),
        answers_median=float(np.median(reached)) if reached else None,
        answers_p90=float(np.quantile(reached, 0.9)) if reached else None,
        coverage=_coverage(asked),
        coverage_by_band={_name(low, high): _coverage(_within(asked, low, high)) for low, high in BANDS},
    )


def auc(p: NDArray[np.float64], growth: NDArray[np.bool_]) -> float | None:
    """Return the chance that a growth row has a higher p than a depth row, ties counted half."""
    positives, negatives = int(growth.sum()), int((~growth).sum())
    if not positives or not negatives:
        return None
    ordered = np.sort(p)
    rank = (np.searchsorted(ordered, p, "left") + np.searchsorted(ordered, p, "right") + 1) / 2
    return float((rank[growth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(p: NDArray[np.float64], growth: NDArray[np.bool_]) -> float | None:
    """Return the precision at the p of each growth row, averaged over these rows; equal p stand together."""
    if not growth.any():
        return None
    ordered, found = np.sort(p), np.sort(p[growth])
    above = len(ordered) - np.searchsorted(ordered, found, "left")
    right = len(found) - np.searchsorted(found, found, "left")
    return float((right / above).mean())


def _reached(step: Step, half_width: float) -> bool:
    return step.answers >= FIRST_STOP and (step.high - step.low) / 2 <= half_width + _ROUNDING


def _within(played: Sequence[Played], low: float, high: float) -> list[Played]:
    return [each for each in played if low <= each.truth < high or each.truth == high == 1]


def _coverage(played: Sequence[Played]) -> float | None:
    return _mean([float(_holds(each)) for each in played])


def _holds(played: Played) -> bool:
    return played.last.low - _ROUNDING <= played.truth <= played.last.high + _ROUNDING


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _name(low: float, high: float) -> str:
    return f"{low * 100:.0f}-{high * 100:.0f}"
