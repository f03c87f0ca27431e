"""Turns what the person said into the growth share of a period: the same way for the audit and for the verdict."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from outgrow.analysis import audit
from outgrow.analysis.audit import Reasked
from outgrow.model.judgement import Judgement, Value
from outgrow.model.share import Share, Target
from outgrow.workflows.period_work import PeriodWork, Work, value_of


@dataclass(frozen=True, slots=True)
class Weighed:
    """The share, and the value (1 growth, 0 depth) of every activity that a judgement answers for, by its id."""

    share: Share | None
    values: Mapping[int, float]


def weigh(
    done: PeriodWork,
    said: Mapping[str, Judgement],
    target: Target,
    reasked: Reasked = Reasked(),  # noqa: B008 - immutable
    struck_keys: Collection[str] = (),
) -> Weighed:
    """Return the growth share of a period; `said` are the judgements given in its own audit, by workstream.

    Standing judgements answer for the other workstreams. Work judged outside is left out of the share.
    """
    judged = {**done.standing, **said}
    struck = frozenset(struck_keys)
    kept = [each for each in done.work if not _is_outside(each, judged)]
    if not kept or sum(map(done.size, kept)) <= 0:
        return Weighed(None, {})
    answers, standing = _split(kept, judged, said, struck)
    strikeouts = sum(len(judgement.exceptions) for judgement in said.values())
    share = audit.estimate(
        done.items_of(kept),
        answers,
        len(said) or sum(workstream in done.standing for workstream in {each.workstream for each in kept}),
        standing=standing,
        reasked=reasked,
        strikeouts=strikeouts,
        unit=done.unit,
        target=target,
    )
    return Weighed(share, {kept[n].id: value for n, value in (standing | answers).items()})


def _is_outside(work: Work, judged: Mapping[str, Judgement]) -> bool:
    judgement = judged.get(work.workstream)
    return judgement is not None and judgement.value is Value.OUTSIDE


def _split(
    kept: Sequence[Work], judged: Mapping[str, Judgement], said: Mapping[str, Judgement], struck: frozenset[str]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return what was answered and what stands, by the place of the activity."""
    answers: dict[int, float] = {}
    standing: dict[int, float] = {}
    for place, work in enumerate(kept):
        judgement = judged.get(work.workstream)
        if judgement is None:
            continue
        own = work.workstream in said
        value = value_of(work, judgement, frozenset() if own else struck)
        if value is not None:
            (answers if own else standing)[place] = value
    return answers, standing
