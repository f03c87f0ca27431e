"""The example person's evidence and capabilities: each told in the evening of the day it is of, or once she begins."""

import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from outgrow.example import ABLE, BEGINS, EVIDENCE, MASTERED, Able, Example, Identity, Shown, identity_of
from outgrow.model.activity import Activity
from outgrow.model.capability import CapabilityState
from outgrow.model.evidence import Evidence, Link
from outgrow.model.ladder import BUILT_IN, Expected
from outgrow.store import activities
from outgrow.workflows import keep_evidence, link_expectations
from outgrow.workflows.answer_outgrown import enter_outgrown
from outgrow.workflows.keep_ledger import claim, reach, supersede
from outgrow.workflows.live_audits import day_of_saying, find
from outgrow.workflows.live_diary import Deed, deed
from outgrow.workflows.workspace import Workspace

_FALLBACK = 12  # the day of the month of something that nothing tracked
_MOST_LINKED = 50


@dataclass(frozen=True, slots=True)
class _Kept:
    """What she has kept so far: the numbers of evidence and capabilities by their names, those of activities."""

    activities: dict[Identity, int] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)
    capabilities: dict[str, int] = field(default_factory=dict)


def ledger(person: Example) -> Iterator[Deed]:
    """Yield what she keeps as evidence, and what she says that she can do."""
    kept, days = _Kept(), {each.name: _day(person, each) for each in EVIDENCE}
    for shown in EVIDENCE:
        yield deed(_told(person, days[shown.name]), (17, 30), _keep(person, shown, days[shown.name], kept))
    for able in ABLE:
        yield from _become(person, able, days, kept)


def _told(person: Example, day: date) -> date:
    """Return the day she tells of something: its own, or that in her second week with the ledger."""
    return max(day, person.month(BEGINS) + timedelta(days=9))


def _day(person: Example, shown: Shown) -> date:
    """Return the day of a piece of evidence: the last one of its work."""
    days = [each.start.date() for each in person.done(shown.of, shown.months) if each.start]
    return max(days, default=person.month(shown.months[1]) + timedelta(days=_FALLBACK - 1))


def _keep(person: Example, shown: Shown, day: date, kept: _Kept) -> Callable[[Workspace], None]:
    def keep(workspace: Workspace) -> None:
        done = person.done(shown.of, shown.months)[-_MOST_LINKED:]
        hours = sum(each.minutes or 0 for each in done) / 60
        draft = Evidence(
            action=shown.action,
            on=day,
            situation=shown.situation,
            result=shown.result,
            hours=round(hours, 2) or None,
            seen_by=shown.seen_by,
            polish=shown.polish,
            kind=shown.kind,
            activities=_numbers(workspace, done, kept),
            expectations=tuple(Expected(BUILT_IN, each) for each in shown.asked),
            links=(Link(url=shown.link[0], note=shown.link[1]),) if shown.link else (),
        )
        if shown.file:
            copy = keep_evidence.copy_file(workspace, shown.file[0], io.BytesIO(shown.file[1].encode()))
            draft = replace(draft, files=(copy,))
        kept.evidence[shown.name] = keep_evidence.keep(workspace, draft)

    return keep


def _numbers(workspace: Workspace, done: Collection[Activity], kept: _Kept) -> tuple[int, ...]:
    """Return the numbers that activities have in the store."""
    if not kept.activities:
        with workspace.store.look() as view:
            kept.activities.update((identity_of(each.activity), each.id) for each in activities.everything(view))
    return tuple(kept.activities[identity_of(each)] for each in done)


def _become(person: Example, able: Able, days: Mapping[str, date], kept: _Kept) -> Iterator[Deed]:
    """Yield how a capability is entered and how far it comes, each on the day of the evidence for it."""
    depth = next((each.depth for each in MASTERED if each.of == able.outgrown), None)
    first = day_of_saying(person, depth) if depth is not None else date.min
    begun = min(days[name] for name in able.states[0][1])
    yield deed(_told(person, max(begun, first)), (18, 10), _enter(able, begun, kept))
    for place, (state, names) in enumerate(able.states):
        day = max(days[name] for name in names)
        yield deed(_told(person, max(day, first)), (18, 20 + place), _reach(able, state, names, day, kept))


def _enter(able: Able, day: date, kept: _Kept) -> Callable[[Workspace], None]:
    def enter(workspace: Workspace) -> None:
        if able.outgrown:
            number = enter_outgrown(workspace, find(workspace, able.outgrown), able.name, day)
        else:
            number = claim(workspace, able.name, day)
        kept.capabilities[able.name] = number
        for each in able.asked:
            link_expectations.speak(workspace, number, Expected(BUILT_IN, each))
        if able.instead_of:
            supersede(workspace, kept.capabilities[able.instead_of], number)

    return enter


def _reach(
    able: Able, state: CapabilityState, names: tuple[str, ...], day: date, kept: _Kept
) -> Callable[[Workspace], None]:
    def say(workspace: Workspace) -> None:
        shown = [kept.evidence[name] for name in names]
        reach(workspace, kept.capabilities[able.name], state, day, evidence=shown)

    return say
