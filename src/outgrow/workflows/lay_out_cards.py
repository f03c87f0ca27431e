"""Lays out the workstreams of a period as cards, for the audit and for sorting: all of them in one pass."""

from collections.abc import Collection, Mapping, Sequence

from outgrow.analysis.alike import alike
from outgrow.analysis.grouping import without_others
from outgrow.analysis.reasons import says_nothing
from outgrow.model.judgement import Proposal
from outgrow.reports.audit import EVEN, CardLine, CardView
from outgrow.store import activities, proposals
from outgrow.workflows.period_work import PeriodWork, Work
from outgrow.workflows.workspace import Workspace


def lay_out(workspace: Workspace, done: PeriodWork, only: Collection[str] = ()) -> dict[str, CardView]:
    """Return workstreams of a period as cards, by id: those named, or all.

    The proposal of a card is that of its activities by their size; its reason is that of the largest one
    whose own guess is that of the card.
    """
    work = {each: found for each, found in done.by_workstream().items() if not only or each in only}
    telling = {each: _telling(done, found) for each, found in work.items()}
    with workspace.store.look() as view:
        reasons = proposals.read(view, [each.id for each in telling.values()])
        titles: dict[int, str] = dict(activities.columns(view, "id", "title", period=done.period))
    return {each: _card(done, found, telling[each], titles, reasons) for each, found in work.items()}


def alike_cards(one: CardView, others: Sequence[CardView]) -> tuple[CardView, ...]:
    """Return the cards that are like one: named like it, and guessed the same."""
    same = [each for each in others if each.guess is one.guess]
    places = alike(without_others(one.name), [without_others(each.name) for each in same]) if same else ()
    return tuple(same[place] for place in places)


def _telling(done: PeriodWork, work: Sequence[Work]) -> Work:
    growth = _probability(done, work) >= EVEN
    return max(work, key=lambda one: ((one.probability >= EVEN) is growth, done.size(one), one.id))


def _probability(done: PeriodWork, work: Sequence[Work]) -> float:
    size = sum(done.sizes(work)) or 1.0
    return sum(done.size(each) * each.probability for each in work) / size


def _card(
    done: PeriodWork, work: Sequence[Work], telling: Work, titles: Mapping[int, str], reasons: Mapping[int, Proposal]
) -> CardView:
    judged, proposal = done.standing(telling.workstream), reasons.get(telling.id)
    reason = proposal.reason if proposal else ""
    return CardView(
        workstream=telling.workstream,
        name=done.names.get(telling.workstream, telling.title),
        hours=sum(each.hours for each in work),
        activities=tuple(CardLine(each.id, each.day, titles.get(each.id, each.title), each.hours) for each in work),
        probability=_probability(done, work),
        reason=reason,
        can_tell=not says_nothing(reason),
        before=judged.value if judged else None,
    )
