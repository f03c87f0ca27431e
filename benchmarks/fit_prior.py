"""Fits the coefficients of `outgrow.analysis.prior` on labelled histories, and says how well they hold for others.

    python -m benchmarks.fit_prior FILE.csv...

The files are those of `outgrow evaluate`. Printed are, for each file, the figures of people left out of the fit (every
eighth at a time), and the coefficients fitted on everybody, as they stand in the module.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from outgrow.analysis.prior import FEATURES, Features, Probabilities, features, shortened
from outgrow.analysis.proposals import REACH, month_after, settled
from outgrow.model.activity import Activity, Kind

FOLDS = 8
_RIDGE = 1.0
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Month:
    """The labelled month of one person.

    Its features, labels (1 growth), minutes, which titles tell something (1), and how many activities stand before it.
    """

    values: Features
    labels: Probabilities
    minutes: Probabilities
    telling: Probabilities
    before: int


def months(path: Path) -> Iterator[Month]:
    """Yield the first labelled month of every person of a file."""
    people: dict[str, list[dict[str, str]]] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            people.setdefault(row["person"], []).append(row)
    for rows in people.values():
        first = min(row["set"] for row in rows if row["set"] != "history")
        yield _month([row for row in rows if row["set"] == "history"], [row for row in rows if row["set"] == first])


def _month(history: Sequence[dict[str, str]], audit: Sequence[dict[str, str]]) -> Month:
    asked = [activity_of(row) for row in audit]
    past = sorted(map(activity_of, history), key=lambda activity: activity.start or datetime.min.replace(tzinfo=UTC))
    month = month_after(settled(past[-REACH:], asked), asked)
    labels = np.array([row["label"] == "growth" for row in audit], np.float64)
    minutes = np.array([float(row["minutes"]) for row in audit])
    return Month(features(month), labels, minutes, month.block.telling.astype(np.float64), month.before)


def activity_of(row: dict[str, str]) -> Activity:
    """Return the activity of a row."""
    start = datetime.fromisoformat(row["start"])
    return Activity(
        source="labelled",
        account="",
        native_id="",
        line=0,
        kind=Kind.TIME_ENTRY,
        title=row["title"],
        start=start if start.tzinfo else start.replace(tzinfo=UTC),
        project=row["project"],
        people=tuple(filter(None, row["people"].split(";"))),
        series=row["series"],
    )


def fitted(fitting: Sequence[Month]) -> Probabilities:
    """Return the constant and the coefficients of a logistic regression on the titles that tell something.

    Ridge of 1 on standardised features, by Newton's method.
    """
    values = np.concatenate([month.values for month in fitting])
    labels = np.concatenate([month.labels for month in fitting])
    weights = np.concatenate([month.telling for month in fitting])
    mean, spread = values.mean(axis=0), values.std(axis=0)
    design = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    ridge = np.diag([0.0, *[_RIDGE] * len(spread)])
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-design @ found))
        curvature = (design.T * (weights * chance * (1 - chance))) @ design + ridge
        found += np.linalg.solve(curvature, design.T @ (weights * (labels - chance)) - ridge @ found)
    slopes = found[1:] / spread
    return np.concatenate([[found[0] - slopes @ mean], slopes])


def proposed(month: Month, coefficients: Probabilities) -> Probabilities:
    """Return p for a month, as `prior.prior` does."""
    odds = shortened((coefficients[0] + month.values @ coefficients[1:]).astype(np.float32), month.before)
    chance = (1 / (1 + np.exp(-odds))).astype(np.float64)
    telling = month.telling > 0
    return np.where(telling, chance, chance[telling].mean())


def auc(labels: Probabilities, chances: Probabilities) -> float:
    """Return the probability that a growth item is given a higher p than a depth item."""
    _, place, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    growth = labels.sum()
    return float((ranks[labels > 0].sum() - growth * (growth + 1) / 2) / (growth * (len(labels) - growth)))


def report(name: str, held_out: Sequence[Month], chances: Sequence[Probabilities]) -> str:
    """Return AUC, Brier and the mean error of the share by hours."""
    labels, everything = np.concatenate([month.labels for month in held_out]), np.concatenate(chances)
    errors = [
        abs((month.minutes * (chance - month.labels)).sum()) / month.minutes.sum()
        for month, chance in zip(held_out, chances, strict=True)
    ]
    brier = float(((everything - labels) ** 2).mean())
    return (
        f"{name}: AUC {auc(labels, everything):.4f}  Brier {brier:.4f}  share error {100 * np.mean(errors):.2f} points"
    )


def main(paths: Sequence[str]) -> None:
    """Fit on all files together and print."""
    files = {path: list(months(Path(path))) for path in paths}
    everybody = [month for found in files.values() for month in found]
    folds = [fitted([month for n, month in enumerate(everybody) if n % FOLDS != fold]) for fold in range(FOLDS)]
    place = 0
    for path, found in files.items():
        held = [proposed(month, folds[(place + n) % FOLDS]) for n, month in enumerate(found)]
        sys.stdout.write(report(f"{Path(path).name}, people left out", found, held) + "\n")
        place += len(found)
    for name, value in zip(("constant", *FEATURES), fitted(everybody), strict=True):
        sys.stdout.write(f"        {value:.3f},  # {name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
