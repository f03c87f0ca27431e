"""Turns what the person said into the growth share of a period: the same way for the audit and for the verdict."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from outgrow.analysis import audit
from outgrow.analysis.audit import AuditItem, Reasked
from outgrow.analysis.columns import Judged
from outgrow.analysis.periods import share_of
from outgrow.analysis.recalibration import Calibration
from outgrow.model.judgement import Judgement, Value
from outgrow.model.share import Share, Target, Unit
from outgrow.workflows.period_work import EARLIER_AUDITS, PeriodWork, Work, gather, value_of
from outgrow.workflows.read_said import read_said
from outgrow.workflows.workspace import Workspace

_NOBODY = -1  # no activity has this id


@dataclass(frozen=True, slots=True)
class Told:
    """The activities that were answered for in earlier audits, each with its value (1 growth, 0 depth)."""

    answers: Sequence[tuple[Work, float]] = ()

    def of(self, workstream: str) -> list[Work]:
        """Return those of a workstream."""
        return [work for work, _ in self.answers if work.workstream == workstream]

    def struck_topics(self, standing: Callable[[str], Judgement | None]) -> frozenset[str]:
        """Return the topics that were struck out as a whole from what stands now: they are of the other value."""
        values: dict[str, set[float]] = defaultdict(set)
        usual: dict[str, float | None] = {}
        for work, value in self.answers:
            values[work.key].add(value)
            usual[work.key] = value_of(_NOBODY, standing(work.workstream))
        return frozenset(key for key, each in values.items() if usual[key] is not None and usual[key] not in each)


def read_told(workspace: Workspace, before: date = date.max) -> Told:
    """Read what was answered in the last audits of periods that ended before a day."""
    held = [each for each in read_said(workspace).audits if each.audit.period.last < before][-EARLIER_AUDITS:]
    answers: list[tuple[Work, float]] = []
    for each in held:
        for work in gather(workspace, each.audit.period).work if each.given else ():
            judgement = each.given.get(work.workstream)
            value = value_of(work.id, judgement)
            if value is not None:
                answers.append((work, value))
    return Told(answers)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The share, and the value (1 growth, 0 depth) of every activity that a judgement answers for, by its id.

    `outside` are the activities that were judged to be no work.
    """

    share: Share | None
    values: Mapping[int, float] = field(default_factory=dict)
    outside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in the audit of the period itself, by workstream, and how standing judgements fared in it."""

    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    reasked: Reasked = field(default_factory=Reasked)


def weigh(done: PeriodWork, told: Told, said: Said, target: Target) -> Weighed:
    """Return the growth share of a period by its own audit.

    Standing judgements answer for the topics the audit did not ask about, and count among the answers. Work judged
    outside is left out of the share.
    """
    kept = _kept(done, said)
    if sum(done.sizes(kept)) <= 0:
        return _weighed(done, kept, None, {})
    answers, standing = _split(done, kept, said, told.struck_topics(done.standing))
    earlier = [_informing(work) for work, _ in told.answers]
    answered = said.judgements.keys() | {kept[place].workstream for place in standing}
    share = audit.estimate(
        [*done.items_of(kept), *earlier],
        answers,
        len(answered),
        standing=standing | {len(kept) + place: value for place, (_, value) in enumerate(told.answers)},
        reasked=said.reasked,
        strikeouts=sum(len(judgement.exceptions) for judgement in said.judgements.values()),
        unit=done.unit,
        target=target,
    )
    return _weighed(done, kept, share, standing | answers)


def weigh_other(judged: Judged, calibration: Calibration, unit: Unit, target: Target) -> Share | None:
    """Return the growth share of a period that has no audit of its own; None where there is no work.

    What has a standing judgement is exact, the rest follows the proposals as the audits say they are to be read.
    """
    kept = judged.kept()
    if not len(kept.size):
        return None
    return share_of(
        kept.size,
        kept.probability,
        kept.value,
        kept.workstream,
        calibration,
        answers=kept.answers,
        unit=unit,
        target=target,
    )


def _weighed(done: PeriodWork, kept: Sequence[Work], share: Share | None, values: Mapping[int, float]) -> Weighed:
    outside = {work.id for work in done.work} - {work.id for work in kept}
    return Weighed(share, {kept[place].id: value for place, value in values.items()}, frozenset(outside))


def read_calibration(workspace: Workspace) -> Calibration:
    """Return how the proposals are to be read, as all that was answered teaches it."""
    return workspace.memory.recall(workspace.store.state(), "calibration", lambda: _learn(read_told(workspace)))


def _learn(told: Told) -> Calibration:
    items = [AuditItem(work.hours or 1.0, work.probability, work.workstream, work.title) for work, _ in told.answers]
    return audit.learn(items, {place: value for place, (_, value) in enumerate(told.answers)})


def _kept(done: PeriodWork, said: Said) -> list[Work]:
    """Leave out what was judged as no work."""
    named = {name for name, judged in done.judged.items() if any(each.value is Value.OUTSIDE for each in judged)}
    named |= {name for name, judgement in said.judgements.items() if judgement.value is Value.OUTSIDE}
    return [work for work in done.work if work.workstream not in named or not _is_outside(done, said, work)]


def _is_outside(done: PeriodWork, said: Said, work: Work) -> bool:
    judgement = said.judgements.get(work.workstream) or done.standing(work.workstream, work.day)
    return judgement is not None and judgement.value is Value.OUTSIDE


def _informing(work: Work) -> AuditItem:
    """Return earlier work as an item that informs the estimate and is no part of the share."""
    return AuditItem(0.0, work.probability, work.workstream, work.title)


def _split(
    done: PeriodWork, kept: Sequence[Work], said: Said, struck: frozenset[str]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return what was answered and what stands, by the place of the activity.

    A judgement from elsewhere answers from its own day on, and for the topics it was given about, not for those that
    have joined since.
    """
    answers: dict[int, float] = {}
    standing: dict[int, float] = {}
    for place, work in enumerate(kept):
        if (own := said.judgements.get(work.workstream)) is not None:
            value, into = value_of(work.id, own), answers
        elif work.placed:
            judgement = done.standing(work.workstream, work.day)
            value, into = value_of(work.id, judgement, struck=work.key in struck), standing
        else:
            continue
        if value is not None:
            into[place] = value
    return answers, standing
