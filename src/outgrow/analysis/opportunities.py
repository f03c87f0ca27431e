"""Small experiments for what the next level asks for: our catalogue, and which of it fits best now.

The catalogue lies beside this module; docs/opportunities.md says where its kinds and challenges come from.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import msgspec

from outgrow.analysis.readiness import RowState
from outgrow.model.plan import Experiment

#: The kinds of the catalogue: those of the built-in ladder.
KINDS = ("strategic", "cross-functional", "leadership", "ambiguity", "craft")
#: How ladders found in the world call such kinds.
_ALSO = {
    "strategy": "strategic",
    "business": "strategic",
    "impact": "strategic",
    "collaboration": "cross-functional",
    "communication": "cross-functional",
    "influence": "cross-functional",
    "people": "leadership",
    "management": "leadership",
    "mentoring": "leadership",
    "scope": "ambiguity",
    "problem solving": "ambiguity",
    "technical": "craft",
    "skill": "craft",
    "delivery": "craft",
}
_OPEN = {RowState.NO_EVIDENCE: 1.0, RowState.NO_CHANCE: 1.0, RowState.BEGUN: 0.5, RowState.SHOWN: 0.0}
_UNKNOWN = 0.5  # the gap of a kind that the step says nothing of
_IN_A_MEETING, _IN_SEASON = 0.5, 0.25
_SAME_KIND, _SAME_CHALLENGE = 0.35, 0.15  # for each one before it: the first few shall differ


@cache
def catalogue() -> tuple[Experiment, ...]:
    """Return all experiments that are offered to everybody."""
    read = files(__package__).joinpath("experiments.json").read_bytes()
    return msgspec.json.decode(read, type=tuple[Experiment, ...])


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting to come that somebody else leads so far: its title, when it begins, and who else is there."""

    title: str
    start: datetime
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitting:
    """An experiment with what speaks for it now: the open part (0 to 1) of its kind, a meeting, the month.

    `gap` is None where the step asks for nothing of the kind, or none is set.
    """

    experiment: Experiment
    gap: float | None
    meeting: Meeting | None
    in_season: bool

    @property
    def score(self) -> float:
        """How well it fits."""
        gap = _UNKNOWN if self.gap is None else self.gap
        return gap + _IN_A_MEETING * (self.meeting is not None) + _IN_SEASON * self.in_season


def kind_of(word: str) -> str:
    """Return the kind of the catalogue that a ladder's own word for a kind means; the word itself where none is."""
    said = word.strip().casefold()
    return next((kind for name, kind in [*zip(KINDS, KINDS, strict=True), *_ALSO.items()] if name in said), said)


def gaps(rows: Iterable[tuple[str, RowState]]) -> dict[str, float]:
    """Return for each kind the part of its expectations (each with kind and state) that is still open, 0 to 1.

    What there was no chance for yet is open: an experiment is such a chance. What rests on the person's own word alone
    is half open.
    """
    found: dict[str, list[float]] = {}
    for kind, state in rows:
        found.setdefault(kind_of(kind), []).append(_OPEN[state])
    return {kind: sum(each) / len(each) for kind, each in found.items()}


def rank(
    experiments: Sequence[Experiment], open_: Mapping[str, float], month: int, meetings: Sequence[Meeting]
) -> list[Fitting]:
    """Return all experiments, what fits best first; each one counts less the more like it came before.

    `open_` are the gaps of the step, `month` is 1 to 12. A meeting speaks for the first experiment that names it alone.
    """
    waiting = [_fitting(each, open_, month, meetings) for each in experiments]
    kinds, challenges, taken = Counter[str](), Counter[object](), set[Meeting]()
    found: list[Fitting] = []

    def worth(each: Fitting) -> float:
        alike = _SAME_KIND * kinds[each.experiment.kind] + _SAME_CHALLENGE * challenges[each.experiment.challenge]
        return each.score - alike

    while waiting:
        best = max(waiting, key=worth)
        waiting.remove(best)
        found.append(best)
        kinds[best.experiment.kind] += 1
        challenges[best.experiment.challenge] += 1
        if best.meeting:
            taken.add(best.meeting)
            free = [each for each in meetings if each not in taken]
            waiting = [
                _fitting(each.experiment, open_, month, free) if each.meeting in taken else each for each in waiting
            ]
    return found


def _fitting(each: Experiment, open_: Mapping[str, float], month: int, meetings: Sequence[Meeting]) -> Fitting:
    named = (meeting for meeting in meetings if _names(each, meeting.title))
    return Fitting(each, open_.get(kind_of(each.kind)), next(named, None), month in each.months)


def _names(each: Experiment, title: str) -> bool:
    """Whether a title holds one of the words of the meetings an experiment can be done in."""
    said = title.casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", said) for word in each.meeting)
