"""Outgrown workstreams: growth judged depth later on, which is the moment a capability was gained."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from outgrow.model.judgement import Judgement, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgrown:
    """A workstream that was growth from the day `grew` and is depth from the day `turned` on.

    `discomforts` are the days of its growth judgements that said one, from 1 to 5.
    """

    workstream: str
    grew: date
    turned: date
    discomforts: tuple[tuple[date, int], ...] = ()


def outgrown(judgements: Iterable[Judgement]) -> list[Outgrown]:
    """Return every turn from growth to depth, in the order of their days; a workstream may turn more than once."""
    begun: dict[str, Outgrown] = {}
    turns = []
    for each in sorted(judgements, key=lambda each: (each.since, each.said_at)):
        run = begun.pop(each.workstream, None)
        if each.value is Value.GROWTH:
            begun[each.workstream] = _going_on(run, each)
        elif each.value is Value.DEPTH and run:
            turns.append(replace(run, turned=each.since))
    return turns


def _going_on(run: Outgrown | None, growth: Judgement) -> Outgrown:
    said = () if growth.discomfort is None else ((growth.since, growth.discomfort),)
    before = run or Outgrown(workstream=growth.workstream, grew=growth.since, turned=growth.since)
    return replace(before, discomforts=(*before.discomforts, *said))
