"""Judges many workstreams at once, outside an audit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from outgrow.model.judgement import Judgement, Reason, Value
from outgrow.model.period import Period
from outgrow.reports.audit import CardView
from outgrow.store import journal, judgements
from outgrow.workflows.arrange_workstreams import read_streams
from outgrow.workflows.lay_out_cards import alike_cards, lay_out
from outgrow.workflows.period_work import gather, judged_anywhere
from outgrow.workflows.recount import recount
from outgrow.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WorkAnswer:
    """What a person says of a kind of work."""

    value: Value
    reasons: frozenset[Reason] = frozenset()
    discomfort: int | None = None


def list_work(workspace: Workspace, period: Period, *, judged: bool = False) -> tuple[CardView, ...]:
    """Return the workstreams of a period as cards, the largest first: those not judged yet, or all."""
    recount(workspace)
    done = replace(gather(workspace, period), judged=judged_anywhere(workspace))
    cards = lay_out(workspace, done).values()
    kept = [card for card in cards if judged or card.before is None]
    return tuple(sorted(kept, key=lambda card: (-card.hours, -len(card.activities), card.workstream)))


def alike_work(cards: Sequence[CardView], workstream: str) -> tuple[CardView, ...]:
    """Return a card and those that are named like it and guessed the same; empty when there is no such card."""
    one = next((card for card in cards if card.workstream == workstream), None)
    return (one, *alike_cards(one, [card for card in cards if card is not one])) if one else ()


def judge(workspace: Workspace, named: Collection[str], since: date, answer: WorkAnswer) -> list[str]:
    """Keep one answer for workstreams named by id or name, from a day on; return their names.

    They are taken back together. Raises NoSuchWorkstream, and then keeps none.
    """
    recount(workspace)
    with workspace.store.begin() as change:
        streams = read_streams(change)
        found = [streams.find(words) for words in named]
        at = journal.moment(change, workspace.now)
        for workstream in dict.fromkeys(found):
            judgement = Judgement(
                workstream=workstream,
                value=answer.value,
                since=since,
                said_at=at,
                reasons=answer.reasons,
                discomfort=answer.discomfort,
            )
            judgements.judge(change, judgement, streams.keys(workstream))
    return [streams.names[workstream] for workstream in found]
