"""The example person's reviews of weeks, months and quarters, each held when it would be, and the growth work ahead."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from outgrow.config import WeekStart
from outgrow.example import LAST, Example, LookedBack, Meant
from outgrow.example import reviews as told
from outgrow.model.judgement import Value
from outgrow.model.ladder import BUILT_IN
from outgrow.model.period import monday
from outgrow.model.review import Cadence
from outgrow.reviews.agenda import Step
from outgrow.reviews.cadence import period_around
from outgrow.store import activities, computed
from outgrow.workflows import suggest
from outgrow.workflows.choose_ladder import ladders
from outgrow.workflows.hold_review import LAST as ONE_THING
from outgrow.workflows.hold_review import ReviewSession, choose
from outgrow.workflows.keep_ledger import read_ledger
from outgrow.workflows.live_diary import Deed, deed
from outgrow.workflows.plan_blocks import plan
from outgrow.workflows.workspace import Workspace

Said = dict[str, str]
_WEEKS = 24
_FIELDS = {"capable": "capable"}
_MEANT: Mapping[str, Meant] = {
    each.meant.text: each.meant
    for held in (told.WEEKS, told.MONTHS, told.QUARTERS)
    for each in held.values()
    if each.meant
}


def reviews(person: Example) -> Iterator[Deed]:
    """Yield her reviews: of weeks on Friday, of months and quarters on the day after."""
    friday = monday(person.month(LAST + 1) + timedelta(days=2)) - timedelta(days=3)
    for back, said in told.WEEKS.items():
        day = friday - timedelta(weeks=back)
        yield deed(day, (16, 40), _hold(person, Cadence.WEEK, said))
    for back, said in told.MONTHS.items():
        yield deed(person.month(LAST + 1 - back), (12, 15), _hold(person, Cadence.MONTH, said))
    for back, said in told.QUARTERS.items():
        yield deed(_quarter_end(person, back) + timedelta(days=1), (16, 15), _hold(person, Cadence.QUARTER, said))


def _quarter_end(person: Example, back: int) -> date:
    """Return the last day of the last quarter that had ended with her data, or of one before it."""
    day = person.month(LAST + 1)
    for _ in range(back + 1):
        day = period_around(Cadence.QUARTER, day, WeekStart.MONDAY).first - timedelta(days=1)
    return day


def ahead(workspace: Workspace) -> None:
    """Plan growth work for the coming days."""
    for title, day, clock, length in told.AHEAD:
        plan(workspace, {"title": title, "day": day, "time": clock, "length": length})


def _hold(person: Example, cadence: Cadence, said: LookedBack) -> Callable[[Workspace], None]:
    """Let her hold the latest review of a cadence, step by step; what she says nothing at is skipped."""

    def hold(workspace: Workspace) -> None:
        session = ReviewSession(workspace, *choose(workspace, cadence))
        if said.quiet:
            session.call_quiet()
        for step in session.steps:
            words = dict(said.words).get(step.id)
            answer = (
                {_FIELDS.get(step.id, "words"): words} if words else _answer(workspace, person, session, step, said)
            )
            if answer:
                session.say(step.id, answer)
            else:
                session.skip(step.id)

    return hold


def _answer(workspace: Workspace, person: Example, session: ReviewSession, step: Step, said: LookedBack) -> Said:
    """Return what she says at a step by the form of its answer; nothing where she skips it."""
    if step.forms == "audit":
        return {"audit": "done"}
    return _ANSWERS[step.forms](workspace, person, session, said) if step.forms in _ANSWERS else {}


def _felt(workspace: Workspace, _person: Example, session: ReviewSession, said: LookedBack) -> Said:
    """Say how the period felt; of a week, as a word about it: the fuller, the more like progress."""
    if said.felt:
        return {"felt": str(said.felt)}
    with workspace.store.look() as view:
        spent = list(computed.hours_by_week(view).items())
    before = sorted(hours for _, hours in spent[-_WEEKS:])
    mine = dict(spent).get(session.period.first)
    return {} if mine is None or said.quiet else {"felt": str(1 + 5 * before.index(mine) // len(before))}


def _outcomes(_workspace: Workspace, _person: Example, session: ReviewSession, _said: LookedBack) -> Said:
    """Say what became of what she meant to do."""
    found: Said = {}
    for each in session.fields("kept"):
        number = each.name.removeprefix("outcome-")
        meant = next((one for text, one in _MEANT.items() if each.about.startswith(text)), None)
        if number != each.name and meant and meant.outcome:
            found |= {each.name: meant.outcome.value, f"note-{number}": meant.note}
    return found


def _firsts(workspace: Workspace, person: Example, session: ReviewSession, _said: LookedBack) -> Said:
    """Say yes to what is suggested where it was growth work, and no to the rest."""
    found: Said = {}
    for place, each in enumerate(suggest.suggest(workspace, session.period), 1):
        with workspace.store.look() as view:
            done = activities.by_ids(view, [each.activity] if each.activity else [])
        is_new = any(person.answer(one.activity).value is Value.GROWTH for one in done)
        found |= {f"key-{place}": each.key, f"first-{place}": "yes" if is_new else "no"}
    return found


def _block(_workspace: Workspace, _person: Example, _session: ReviewSession, said: LookedBack) -> Said:
    if not said.planned:
        return {}
    title, day, clock = said.planned
    return {"title": title, "day": day, "time": clock}


def _states(workspace: Workspace, _person: Example, _session: ReviewSession, said: LookedBack) -> Said:
    with workspace.store.look() as view:
        numbers = {entry.name: number for number, entry in read_ledger(view).entries.items()}
    if not said.grown or said.grown[0] not in numbers:
        return {}
    name, state, shown = said.grown
    return {f"state-{numbers[name]}": state.value, f"proof-{numbers[name]}": shown}


def _gaps(workspace: Workspace, _person: Example, _session: ReviewSession, said: LookedBack) -> Said:
    texts = {each.id: each.text for each in ladders(workspace)[BUILT_IN].expectations}
    return {f"gap-{place}": texts[each] for place, each in enumerate(said.gaps, 1)}


def _commitment(_workspace: Workspace, _person: Example, session: ReviewSession, said: LookedBack) -> Said:
    if not said.meant:
        return {}
    return session.filled(ONE_THING, {"text": said.meant.text, "sign": said.meant.sign})


_ANSWERS: Mapping[str, Callable[[Workspace, Example, ReviewSession, LookedBack], Said]] = {
    "felt": _felt,
    "outcomes": _outcomes,
    "firsts": _firsts,
    "block": _block,
    "states": _states,
    "gaps": _gaps,
    "commitment": _commitment,
    "bet": _commitment,
}
