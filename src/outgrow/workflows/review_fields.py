"""Lays out what a step of a review asks, prefilled with what is known or was said before."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from outgrow.model.capability import CapabilityState
from outgrow.model.review import Outcome
from outgrow.reports.ledger import MEANINGS
from outgrow.reports.review import Field, FieldKind, Option
from outgrow.reports.words import full_date
from outgrow.reviews.agenda import PROMPTS
from outgrow.reviews.cadence import next_end
from outgrow.workflows.review_answers import DEFAULT_LENGTH, DEFAULT_TIME, OUTGROWN
from outgrow.workflows.review_findings import open_gaps
from outgrow.workflows.review_ground import Ground
from outgrow.workflows.show_ledger import show_ledger
from outgrow.workflows.suggest import suggest
from outgrow.workflows.workspace import Workspace

_MOST_OUTGROWN = 4
_BLOCK = "Something you are not yet good at; a word is enough."
_SCORES = ("not at all", "a little", "somewhat", "much", "very much")


def lay_out(workspace: Workspace, step: str, forms: str, ground: Ground) -> tuple[Field, ...]:
    """Return the fields of a step by the form of its answer, and by its name for what it said before."""
    said = ground.review.answers.get(step, "")
    return tuple(_FORMS[forms](workspace, said, ground))


def _words(_workspace: Workspace, said: str, _ground: Ground) -> Iterator[Field]:
    yield Field(name="words", label="In your words", kind=FieldKind.TEXT, value=said)


def _felt(_workspace: Workspace, said: str, _ground: Ground) -> Iterator[Field]:
    options = tuple(Option(str(number), words) for number, words in enumerate(_SCORES, 1))
    yield Field(name="felt", label="From 1 to 5", kind=FieldKind.SCALE, value=said, options=options)


def _outcomes(_workspace: Workspace, _said: str, ground: Ground) -> Iterator[Field]:
    options = (Option("", "not yet"), *(Option(each.value, each.value) for each in Outcome))
    for number, made in ground.asked.items():
        about = f"{made.text} (by {full_date(made.due)})"
        yield Field(
            name=f"outcome-{number}", label="It was", kind=FieldKind.CHOICE, value="", about=about, options=options
        )
        yield Field(name=f"note-{number}", label="A word on it", value=made.note, about=about)


def _firsts(workspace: Workspace, _said: str, ground: Ground) -> Iterator[Field]:
    options = (Option("", "later"), Option("yes", "yes"), Option("no", "no"))
    for place, each in enumerate(suggest(workspace, ground.review.period), 1):
        about = f"{each.action} ({each.reason})"
        yield Field(name=f"key-{place}", label="", kind=FieldKind.KEY, value=each.key, about=about)
        yield Field(name=f"first-{place}", label="New for you", kind=FieldKind.CHOICE, about=about, options=options)
        yield Field(name=f"what-{place}", label="In your words", value=each.action, about=about)


def _block(_workspace: Workspace, _said: str, ground: Ground) -> Iterator[Field]:
    planned = next(iter(ground.blocks.values()), None)
    yield Field(name="title", label="For what", value=planned.title if planned else "", hint=_BLOCK)
    day = planned.start.date().isoformat() if planned else ""
    yield Field(name="day", label="Day", kind=FieldKind.DAY, value=day, hint="tuesday, tomorrow, 2026-12-04")
    time = f"{planned.start:%H:%M}" if planned else DEFAULT_TIME
    yield Field(name="time", label="At", kind=FieldKind.TIME, value=time)
    length = f"{planned.minutes // 60}:{planned.minutes % 60:02}" if planned else DEFAULT_LENGTH
    yield Field(name="length", label="For how long", kind=FieldKind.TIME, value=length)


def _capable(workspace: Workspace, _said: str, _ground: Ground) -> Iterator[Field]:
    """Ask for what is new, for what is forgotten easily, and for work that was growth and is depth now."""
    for each in show_ledger(workspace).outgrown[:_MOST_OUTGROWN]:
        about = f"{each.name}: growth until {full_date(each.turned)}, depth since. What can you do now because of it?"
        yield Field(name=f"{OUTGROWN}{each.workstream}", label="I can now", about=about)
    yield Field(name="capable", label="I can now", kind=FieldKind.TEXT, hint="One on each line.")
    for prompt in PROMPTS:
        yield Field(name=f"capable-{prompt.id}", label=prompt.kind.capitalize(), hint=prompt.begin)


def _states(_workspace: Workspace, _said: str, ground: Ground) -> Iterator[Field]:
    for number, entry in ground.rising.items():
        higher = [each for each in CapabilityState if each.rank > entry.state.rank]
        options = (
            Option("", f"still {entry.state}"),
            *(Option(each.value, f"{each.value}: {MEANINGS[each]}") for each in higher),
        )
        yield Field(
            name=f"state-{number}", label="It is", kind=FieldKind.CHOICE, value="", about=entry.name, options=options
        )
        yield Field(name=f"proof-{number}", label="What shows it", about=entry.name)


def _gaps(workspace: Workspace, said: str, _ground: Ground) -> Iterator[Field]:
    found = open_gaps(workspace)
    rows = found[1] if found else ()
    told = {each: each for each in said.splitlines()} | {row.text: f"{row.text} ({row.state})" for row in rows}
    options = (Option("", "none"), *(Option(text, words) for text, words in told.items()))
    chosen = [*said.splitlines(), "", ""]
    yield Field(name="gap-1", label="One", kind=FieldKind.CHOICE, value=chosen[0], options=options)
    yield Field(name="gap-2", label="Another", kind=FieldKind.CHOICE, value=chosen[1], options=options)


def _audit(_workspace: Workspace, _said: str, _ground: Ground) -> Iterator[Field]:
    yield from ()


def _commitment(workspace: Workspace, _said: str, ground: Ground) -> Iterator[Field]:
    own = next(iter(ground.own.values()), None)
    due = own.due if own else _until(workspace, ground)
    yield Field(name="text", label="I will", value=own.text if own else "")
    yield Field(
        name="due", label="By", kind=FieldKind.DAY, value=due.isoformat(), hint="friday, in 2 weeks, 2026-12-04"
    )


def _bet(workspace: Workspace, said: str, ground: Ground) -> Iterator[Field]:
    own = next(iter(ground.own.values()), None)
    yield from _commitment(workspace, said, ground)
    yield Field(name="sign", label="I would know by", value=own.sign if own else "")


def _until(workspace: Workspace, ground: Ground) -> date:
    review = ground.review
    return next_end(review.cadence, review.period, workspace.today, workspace.settings.week_start)


_FORMS: Mapping[str, Callable[[Workspace, str, Ground], Iterator[Field]]] = {
    "words": _words,
    "felt": _felt,
    "outcomes": _outcomes,
    "firsts": _firsts,
    "block": _block,
    "capable": _capable,
    "states": _states,
    "gaps": _gaps,
    "audit": _audit,
    "commitment": _commitment,
    "bet": _bet,
}
