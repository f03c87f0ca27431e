"""What an evaluation found: as JSON Lines, and as words."""

import json

from outgrow.analysis.evaluation import Played, Step
from outgrow.analysis.scores import Summary


def line(result: Played | Summary) -> str:
    """Return one line of JSON; shares and errors are fractions."""
    if isinstance(result, Summary):
        return json.dumps({"summary": {name: getattr(result, name) for name in Summary.__slots__}})
    return json.dumps(
        {
            "person": result.person,
            "set": result.set,
            "truth": result.truth,
            "items": [{"row": item.row, "p": item.p, "workstream": item.workstream} for item in result.items],
            "steps": [{name: getattr(step, name) for name in Step.__slots__} for step in result.steps],
        }
    )


def words(result: Played | Summary) -> str:
    """Return one line for a person's set, and a few for the summary."""
    if isinstance(result, Summary):
        return _summary(result)
    last = result.last
    text = f"{result.person} {result.set}: true share {result.truth:.1%}"
    return f"{text}; after {last.answers} answers {last.mean:.1%}, likely {last.low:.1%} to {last.high:.1%}"


def _summary(summary: Summary) -> str:
    bands = ", ".join(f"{band} %: {_percent(value)}" for band, value in summary.coverage_by_band.items())
    ranking = f"AUC {_number(summary.auc)}, average precision {_number(summary.average_precision)}"
    errors = f"Brier score {_number(summary.brier)}, share off by {_percent(summary.share_error)} with no answer"
    answers = f"median {_number(summary.answers_median)}, nine in ten within {_number(summary.answers_p90)}"
    return (
        f"Guesses: {ranking}, {errors}\n"
        f"Answers to the half-width: {answers}\n"
        f"Intervals that held the truth: {_percent(summary.coverage)}\n"
        f"By the true share: {bands}"
    )


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.3g}"


def _percent(value: float | None) -> str:
    return "none" if value is None else f"{value:.1%}"
