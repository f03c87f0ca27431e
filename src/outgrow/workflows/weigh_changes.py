"""Compares two periods of work and puts what has changed into words: for the page and for the evaluation alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from outgrow.analysis.comparison import Change, Comparison, compare
from outgrow.analysis.features import Deed
from outgrow.analysis.tellings import tell as put_into_words
from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.reports.changed import ChangedView, ChangeView, SameWorkView, Turn, sentence, tell

_NONE = 0.1  # of the larger side: less is almost none


def weigh_changes(
    deeds: Sequence[Deed], earlier: Period, later: Period, names: Mapping[str, str], unit: Unit
) -> ChangedView | None:
    """Return what has changed between two periods, in sentences; None where there is too little work to tell."""
    found = compare(deeds, earlier, later)
    return None if found is None else in_words(found, deeds, (earlier, later), names, unit)


def in_words(
    found: Comparison, deeds: Sequence[Deed], periods: tuple[Period, Period], names: Mapping[str, str], unit: Unit
) -> ChangedView:
    """Return what was found between two periods in sentences; `names` are those of workstreams."""
    same = SameWorkView(share=found.same.share, low=found.same.low, high=found.same.high)
    weeks = weeks_of(deeds, periods[0]), weeks_of(deeds, periods[1])
    changes = [_change(each, deeds, periods, names, weeks) for each in found.changes]
    told = tuple(replace(each, sentence=sentence(each, unit)) for each in changes)
    return ChangedView(
        earlier=periods[0],
        later=periods[1],
        unit=unit,
        changes=told,
        same=same,
        sentences=tell(told, same, unit),
    )


def turn_of(before: float, after: float, *, changed: bool = True) -> Turn:
    """Return what became of work with these amounts."""
    if not changed or before == after:
        return Turn.STEADY
    if after > before:
        return Turn.NEW if before < _NONE * after else Turn.GROWN
    return Turn.GONE if after < _NONE * before else Turn.SHRUNK


def weeks_of(deeds: Sequence[Deed], period: Period) -> float:
    """Return how many weeks there are from the first to the last work in a period."""
    days = [deed.day for deed in deeds if period.first.toordinal() <= deed.day <= period.last.toordinal()]
    return max(1.0, (max(days) - min(days) + 1) / 7)


def _change(
    change: Change,
    deeds: Sequence[Deed],
    periods: tuple[Period, Period],
    names: Mapping[str, str],
    weeks: tuple[float, float],
) -> ChangeView:
    telling = put_into_words(change, deeds, periods[1].first, names)
    begin = periods[1].first.toordinal()
    its = [deeds[n] for n in change.activities]
    before = sum(deed.size for deed in its if deed.day < begin) / weeks[0]
    after = sum(deed.size for deed in its if deed.day >= begin) / weeks[1]
    return ChangeView(
        turn=turn_of(change.before, change.after),
        sort=change.feature.trait,
        name=telling.name,
        before=before,
        after=after,
        share_before=change.before,
        share_after=change.after,
        since=date.fromordinal(change.since),
        examples=telling.examples,
        person=telling.person,
        workstream=telling.workstream,
    )
