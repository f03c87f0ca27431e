"""The steps of each review, in order, with what they ask.

A step that `needs` something is left out where there is none of it, so that nobody is asked about nothing. How it felt
comes before any number; a commitment comes last.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from outgrow.model.review import Cadence


class Need(StrEnum):
    """What a step is about that may not be there."""

    COMMITMENTS = "commitments that wait for an outcome"
    WORK = "work in the period"
    FIRSTS = "things done for the first time"
    CAPABILITIES = "capabilities that may come further"
    GAPS = "expectations of the next level without evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: `id` is its name in the store for good, `seconds` how long it usually takes.

    `told` says that it tells numbers. `forms` is the kind of its answer: see outgrow.workflows.review_answers.
    """

    id: str
    title: str
    question: str
    hint: str = ""
    seconds: int
    needs: Need | None = None
    told: bool = False
    forms: str = "words"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A kind of capability that people forget to count, and a beginning of a sentence for it."""

    id: str
    kind: str
    begin: str


#: What the person may have become able to do without a certificate, a ticket or a deliverable to show for it.
PROMPTS = (
    Prompt("people", "handling people", "somebody difficult, a conflict, a hard message, a new colleague"),
    Prompt("ambiguity", "ambiguity", "something nobody had defined, with no right answer to look up"),
    Prompt("domain", "a new domain", "a field, a market, a method or a tool that was foreign to you"),
    Prompt("influence", "influence without authority", "a decision that others took, and that you moved"),
)
_SPAN = {
    Cadence.WEEK: "last week",
    Cadence.MONTH: "last month",
    Cadence.QUARTER: "three months ago",
    Cadence.YEAR: "a year ago",
}


def steps(cadence: Cadence, there: Collection[Need], touched: Collection[str] = ()) -> list[Step]:
    """Return the steps of a review where some of what steps need is there; those `touched` before stay."""
    return [each for each in _AGENDA[cadence] if each.needs is None or each.needs in there or each.id in touched]


def every(cadence: Cadence) -> tuple[Step, ...]:
    """Return all steps that a review may have."""
    return _AGENDA[cadence]


def minutes(some: Collection[Step]) -> int:
    """Return about how many minutes some steps take; 0 for none."""
    return -(-sum(each.seconds for each in some) // 60)


def _felt(what: str) -> Step:
    return Step(
        id="felt",
        title="How it felt",
        question=f"How much did {what} feel like progress?",
        hint="Before any number. It is set beside what was measured, and changes nothing in it.",
        seconds=10,
        forms="felt",
    )


def _kept(seconds: int) -> Step:
    return Step(
        id="kept",
        title="What you meant to do",
        question="What became of it?",
        hint="Letting something go is an answer like the others.",
        seconds=seconds,
        needs=Need.COMMITMENTS,
        forms="outcomes",
    )


def _capable(cadence: Cadence, seconds: int) -> Step:
    return Step(
        id="capable",
        title="What you can do now",
        question=f"What can you do now that you could not do {_SPAN[cadence]}?",
        hint="Not what was finished: what you have become able to do, however roughly. It goes into your ledger.",
        seconds=seconds,
        forms="capable",
    )


def _states(seconds: int) -> Step:
    return Step(
        id="states",
        title="How far it has come",
        question="Has any of this come further?",
        hint="Shown rests on one piece of evidence, repeated on several. Taught: others do it because of you.",
        seconds=seconds,
        needs=Need.CAPABILITIES,
        forms="states",
    )


def _commitment(question: str, hint: str, seconds: int, forms: str = "commitment") -> Step:
    return Step(id="commitment", title="One thing", question=question, hint=hint, seconds=seconds, forms=forms)


_WEEK = (
    _felt("the week"),
    _kept(15),
    Step(
        id="firsts",
        title="For the first time",
        question="Was any of this new for you?",
        hint="What you say yes to is kept as evidence, what you say no to is not offered again.",
        seconds=30,
        needs=Need.FIRSTS,
        forms="firsts",
    ),
    Step(
        id="help",
        title="With less help",
        question="Did you do anything with less help than before?",
        hint="One line. A week without it is a week like most.",
        seconds=20,
    ),
    Step(
        id="block",
        title="Time for growth work",
        question="When next week is there time for something you are not yet good at?",
        hint="It goes into a calendar file that your calendar can subscribe to or import.",
        seconds=20,
        forms="block",
    ),
    _commitment("One thing to do until the next review?", "Small enough that you will know whether it was done.", 25),
)
_MONTH = (
    _felt("the month"),
    _kept(20),
    Step(
        id="audit",
        title="The audit",
        question="More of the same, or new for you?",
        hint="One kind of work at a time. It leads back here.",
        seconds=180,
        needs=Need.WORK,
        forms="audit",
    ),
    Step(
        id="mix",
        title="The mix",
        question="Was that the mix you wanted?",
        hint="A month of depth work may have been the plan. A word or two is enough.",
        seconds=60,
        needs=Need.WORK,
        told=True,
    ),
    _commitment(
        "One thing to try next month?",
        "It may be something new, or something that you let go to make room.",
        90,
    ),
)
_QUARTER = (
    _felt("the quarter"),
    _kept(40),
    Step(
        id="changed",
        title="What changed",
        question="What is different from three months ago?",
        hint="In your work, your scope, who you deal with. Correct what the data cannot know.",
        seconds=150,
        told=True,
    ),
    _capable(Cadence.QUARTER, 240),
    _states(110),
    Step(
        id="gaps",
        title="Two to go for",
        question="Which two expectations of the next level do you want evidence for?",
        hint="Without evidence so far does not mean that you cannot do it.",
        seconds=120,
        needs=Need.GAPS,
        told=True,
        forms="gaps",
    ),
    Step(
        id="let-go",
        title="What could give",
        question="What could you drop, hand over, automate or do less well?",
        hint="New work needs room. One is enough, and it may be a small one.",
        seconds=90,
        needs=Need.WORK,
        told=True,
    ),
    _commitment("What is your next bet?", "One thing, and how you would know that it worked.", 140, "bet"),
)
_YEAR = (
    _felt("the year"),
    _kept(60),
    Step(
        id="changed",
        title="What changed",
        question="What is different from a year ago?",
        hint="If it is nothing much, that is worth knowing as well.",
        seconds=240,
        told=True,
    ),
    Step(
        id="scope",
        title="Scope and level",
        question="What do others hand to you now that they did not hand to you a year ago?",
        hint="Responsibilities, decisions, people who ask you. The same as before is an answer.",
        seconds=180,
    ),
    _capable(Cadence.YEAR, 360),
    _states(180),
    Step(
        id="gaps",
        title="Two to go for",
        question="Which two expectations of the next level do you want evidence for in the coming year?",
        hint="Without evidence so far does not mean that you cannot do it.",
        seconds=180,
        needs=Need.GAPS,
        told=True,
        forms="gaps",
    ),
    Step(
        id="let-go",
        title="What could give",
        question="Which work do you not want to do any more in a year?",
        hint="New work needs room. One is enough.",
        seconds=120,
        needs=Need.WORK,
        told=True,
    ),
    _commitment("What is your bet for the year?", "One thing, and how you would know that it worked.", 170, "bet"),
)
_AGENDA = {Cadence.WEEK: _WEEK, Cadence.MONTH: _MONTH, Cadence.QUARTER: _QUARTER, Cadence.YEAR: _YEAR}
