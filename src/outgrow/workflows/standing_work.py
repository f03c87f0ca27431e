"""What was judged before and answers for a period: which workstreams need no card, and how those asked again fared."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from statistics import fmean

from outgrow.analysis import standing
from outgrow.analysis.audit import Reasked
from outgrow.analysis.modes import Mode, mode_of
from outgrow.analysis.standing import Standing
from outgrow.model.activity import Activity
from outgrow.model.judgement import Judgement
from outgrow.store import activities, computed
from outgrow.workflows.period_work import PeriodWork, Work
from outgrow.workflows.weigh_answers import Told
from outgrow.workflows.workspace import Workspace


class StandingWork:
    """The work of a period as far as judgements from before its own audit answer for it."""

    def __init__(self, workspace: Workspace, done: PeriodWork, told: Told) -> None:
        """Look at a period's work and at what was answered in audits before."""
        self._store, self._zone = workspace.store, workspace.now.tzinfo
        self._done, self._told = done, told
        self._work = done.by_workstream()

    def is_asked(self, workstream: str, seed: int) -> bool:
        """Whether it gets a card: no judgement answers for it, chance has it asked again, or it has new topics."""
        if not self._stands(workstream) or standing.reasked(workstream, seed):
            return True
        return not all(work.placed for work in self._work[workstream])

    def waits(self, workstream: str, seed: int) -> bool:
        """Whether a card comes after the others: its workstream is judged, and only some of its topics are new."""
        return self._stands(workstream) and not standing.reasked(workstream, seed)

    def reasked(self, said: Mapping[str, Judgement]) -> Reasked:
        """Count the standing judgements that were asked again though not due, and those that got another answer."""
        asked = said.keys() & {work.workstream for work in self._done.work if work.placed}
        before = {name: judged for name in asked if (judged := self._done.standing(name)) and self._stands(name)}
        return Reasked(len(before), sum(said[name].value is not judged.value for name, judged in before.items()))

    @cached_property
    def activities(self) -> Mapping[int, Activity]:
        """The activities of the period and of what was answered before, by their store id."""
        wanted = [work.id for work in self._done.work] + [work.id for work, _ in self._told.answers]
        with self._store.look() as view:
            return {stored.id: stored.activity for stored in activities.by_ids(view, wanted)}

    def _stands(self, workstream: str) -> bool:
        """Whether a judgement answers for a workstream: there is one, and it is not due."""
        judged = self._done.standing(workstream)
        return judged is not None and not self._is_due(workstream, judged)

    def _is_due(self, workstream: str, judged: Judgement) -> bool:
        now, before = self._work[workstream], self._told.of(workstream)
        given = standing.given(judged, self._zone)
        with self._store.look() as view:
            weeks = computed.hours_by_workstream(view, given, self._done.period.last)
        facts = Standing(
            value=judged.value,
            since=given,
            hours=sum(spent for _, each, spent in weeks if each == workstream),
            mode_changed=bool(before) and self._usual_mode(before) is not self._usual_mode(now),
            novelty_changed=bool(before) and _is_new(before) is not _is_new(now),
        )
        return standing.due(facts, self._done.period.last)

    def _usual_mode(self, work: Sequence[Work]) -> Mode:
        counts = Counter(mode_of(self.activities[each.id]) for each in work)
        return max(counts, key=lambda mode: (counts[mode], mode))


def _is_new(work: Sequence[Work]) -> bool:
    return fmean(each.probability for each in work) >= 0.5  # noqa: PLR2004 - more likely growth than not
