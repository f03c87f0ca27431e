"""Reads all that was answered, once for as long as nothing is written: verdict, course and audit stand on the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outgrow.model.judgement import Judgement
from outgrow.model.period import Period
from outgrow.store import judgements
from outgrow.store.judgements import Audit
from outgrow.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class HeldAudit:
    """An audit, and the judgement of each workstream answered in it: a later one from its first day on takes over."""

    audit: Audit
    given: Mapping[str, Judgement]


@dataclass(frozen=True, slots=True)
class AllSaid:
    """The audits in the order they were begun, and the judgements that hold on some day in the order they were said."""

    audits: Sequence[HeldAudit]
    judgements: Sequence[Judgement]

    def audit_of(self, period: Period) -> HeldAudit | None:
        """Return the newest audit of the days of a period."""
        days = (period.first, period.last)
        same = (held for held in reversed(self.audits) if (held.audit.period.first, held.audit.period.last) == days)
        return next(same, None)


def read_said(workspace: Workspace) -> AllSaid:
    """Return all that was answered."""
    return workspace.memory.recall(workspace.store.state(), "said", lambda: _read(workspace))


def _read(workspace: Workspace) -> AllSaid:
    with workspace.store.look() as view:
        said, audits = judgements.judged(view), judgements.audits(view)
    held = [HeldAudit(audit, _given(audit, said)) for audit in audits]
    return AllSaid(held, _holding([judgement for _, judgement in said]))


def _holding(said: Sequence[Judgement]) -> list[Judgement]:
    """Leave out what was said anew from the same day on: a correction, not work that has changed."""
    last = {(each.workstream, each.since): each for each in said}
    return [each for each in said if last[each.workstream, each.since] is each]


def _given(audit: Audit, said: Sequence[tuple[int | None, Judgement]]) -> dict[str, Judgement]:
    given: dict[str, Judgement] = {}
    for held_in, judgement in said:
        takes_over = judgement.workstream in given and judgement.since == audit.period.first
        if held_in == audit.number or takes_over:
            given[judgement.workstream] = judgement
    return given
