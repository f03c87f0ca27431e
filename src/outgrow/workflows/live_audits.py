"""The example person's audits, what she says of work she has mastered, and how her weeks felt."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from outgrow.example import BEGINS, LAST, MASTERED, Answer, Example, Identity, Mastered, identity_of
from outgrow.model.judgement import Reason, Value
from outgrow.model.period import Period
from outgrow.reports.audit import CardView
from outgrow.store import computed, journal, judgements
from outgrow.workflows.arrange_workstreams import rename
from outgrow.workflows.hold_audit import AuditSession
from outgrow.workflows.live_diary import Deed, deed
from outgrow.workflows.periods import month
from outgrow.workflows.recount import recount
from outgrow.workflows.sort_work import WorkAnswer, judge
from outgrow.workflows.workspace import Progress, Workspace

_AUDITS, _FELT = 4, 6  # of the last months


def audits(person: Example, progress: Progress) -> Iterator[Deed]:
    """Yield her audits, how her weeks felt, and what she says of work she has mastered."""
    for place, number in enumerate(range(LAST - _AUDITS + 1, LAST + 1)):
        yield deed(person.month(number + 1), (9, 0), _audit(person, number, place, progress))
    for number in range(LAST - _FELT + 1, LAST + 1):
        yield deed(person.month(number + 1), (9, 30), _feel(_month(person, number)))
    for each in MASTERED:
        for since, discomfort in each.growth:
            yield _judged(person, each, since, WorkAnswer(Value.GROWTH, frozenset([Reason.LACKING]), discomfort))
        yield _judged(person, each, each.depth, WorkAnswer(Value.DEPTH))


def _month(person: Example, number: int) -> Period:
    first = person.month(number)
    return month(first.year, first.month)


def _judged(person: Example, mastered: Mastered, since: int, answer: WorkAnswer) -> Deed:
    """Return what she says of a kind of work."""

    def say(workspace: Workspace) -> None:
        if workstream := find(workspace, mastered.of):
            judge(workspace, [workstream], person.month(since), answer)
            if mastered.name and answer.value is Value.DEPTH:
                rename(workspace, workstream, mastered.name)

    return deed(day_of_saying(person, since), (8, 10), say)


def day_of_saying(person: Example, since: int) -> date:
    """Return the day on which she says what holds from a month on: the first after it, or after her first month."""
    return person.month(max(BEGINS, since) + 1)


def find(workspace: Workspace, words: str) -> str:
    """Return the id of the workstream with most work whose titles hold some words; "" where there is none by now."""
    recount(workspace)
    with workspace.store.look() as view:
        found = [row for row in computed.topics(view) if words.casefold() in row.title.casefold()]
    return max(found, key=lambda row: (row.weight, row.key)).workstream if found else ""


def _audit(person: Example, number: int, place: int, progress: Progress) -> Callable[[Workspace], None]:
    """Let her audit a month; she takes all cards that are offered."""
    audited = _month(person, number)

    def hold(workspace: Workspace) -> None:
        progress(f"Mira answers for {audited.name}", place)
        session = AuditSession(workspace, audited)
        session.begin(person.guess(audited.first))
        while card := session.view().card:
            _answer(session, card, person.answers)

    return hold


def _answer(session: AuditSession, card: CardView, answers: Mapping[Identity, Answer]) -> None:
    """Answer a card with what holds for most of its hours, and strike out the rest."""
    said = {line.id: answers[identity_of(session.activity(line.id))] for line in card.activities}
    weight: dict[Value, float] = defaultdict(float)
    for line in card.activities:
        weight[said[line.id].value] += line.hours or 1.0
    value = max(weight, key=lambda each: (weight[each], each))
    most = _typical([each for each in said.values() if each.value is value])
    struck = [line.id for line in card.activities if said[line.id].value is not value]
    session.answer(value, most.reasons, most.discomfort, struck if value is not Value.OUTSIDE else ())


def _typical(answers: Sequence[Answer]) -> Answer:
    return max(answers, key=lambda each: (each.discomfort or 0, len(each.reasons)))


def _feel(period: Period) -> Callable[[Workspace], None]:
    """Let her say how the weeks of a month felt: as anybody would, the fuller a week the more like progress."""

    def say(workspace: Workspace) -> None:
        recount(workspace)
        with workspace.store.begin() as change:
            at = journal.moment(change, workspace.now)
            weeks = [(each, spent) for each, spent in computed.hours_by_week(change).items() if each in period]
            by_hours = sorted(spent for _, spent in weeks)
            for monday, spent in weeks:
                judgements.feel(change, monday, 1 + 5 * by_hours.index(spent) // len(weeks), at)

    return say
