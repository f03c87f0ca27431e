"""Reads what is said at a step of a review, and writes what it leads to: in the ledger, commitments and planned time.

Each form of answer is read from its fields by a function of its own; what it writes is one change with the review.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NoReturn

from outgrow.model.capability import CapabilityState, Reached
from outgrow.model.fault import Fault
from outgrow.model.review import Cadence, Commitment, GrowthBlock, Outcome
from outgrow.model.turned_down import TurnedDown
from outgrow.reports.words import full_date
from outgrow.reviews.cadence import monday_of
from outgrow.store import judgements, versions
from outgrow.store.database import Transaction
from outgrow.workflows.answer_outgrown import proof_of
from outgrow.workflows.capture import read_length
from outgrow.workflows.coming_days import moment, parse_clock, parse_coming_day
from outgrow.workflows.keep_evidence import write
from outgrow.workflows.keep_ledger import Proof, read_ledger, write_claim, write_reached
from outgrow.workflows.review_ground import Ground
from outgrow.workflows.show_ledger import show_outgrown
from outgrow.workflows.suggest import draft, suggest
from outgrow.workflows.workspace import Workspace

_LONGEST = 4000
_LONGEST_LINE = 300
_MOST_CAPABILITIES = 20
_SCORES = {"1", "2", "3", "4", "5"}
_LEAST_MINUTES, _MOST_MINUTES = 5, 720
_MOST_YEARS = 5
#: What the fields about outgrown workstreams begin with.
OUTGROWN = "outgrown-"
DEFAULT_BLOCK = "Growth work"
DEFAULT_TIME, DEFAULT_LENGTH = "9:00", "1:30"

Write = Callable[[Transaction, datetime, int], None]
Said = Mapping[str, str]


class WrongAnswer(Fault):
    """What was said at a step cannot be kept; `field` is the part of it that is wrong. Nothing was changed."""

    exit_code = 2

    def __init__(self, field: str, message: str) -> None:
        """Keep which field it is about."""
        super().__init__(message)
        self.field = field


def _nothing(_tx: Transaction, _at: datetime, _review: int) -> None:
    """Write nothing beside the review itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said, in words that the review keeps ("" for nothing), and what else is written with it."""

    words: str
    write: Write = _nothing
    changes_ledger: bool = False


def read(workspace: Workspace, forms: str, said: Said, ground: Ground) -> Answer:
    """Read the answer to a step; raises WrongAnswer."""
    for name, words in said.items():
        if len(words) > _LONGEST:
            _refuse(name, f"Say it in at most {_LONGEST:,} characters.")
    return _FORMS[forms](workspace, said, ground)


def _refuse(field: str, message: str) -> NoReturn:
    raise WrongAnswer(field, message)


@contextmanager
def _in(field: str) -> Iterator[None]:
    """Tell a fault as one of a field."""
    try:
        yield
    except WrongAnswer:
        raise
    except Fault as fault:
        raise WrongAnswer(field, str(fault)) from fault


def _line(said: Said, field: str) -> str:
    words = " ".join(said.get(field, "").split())
    if len(words) > _LONGEST_LINE:
        _refuse(field, f"Say it in one line of at most {_LONGEST_LINE} characters.")
    return words


def _words(_workspace: Workspace, said: Said, _ground: Ground) -> Answer:
    return Answer(said.get("words", "").strip())


def _felt(workspace: Workspace, said: Said, ground: Ground) -> Answer:
    """Keep a number from 1 to 5; that of a week is set beside its share."""
    score = said.get("felt", "").strip()
    if not score:
        return Answer("")
    if score not in _SCORES:
        _refuse("felt", "Choose a number from 1 to 5, or skip this.")
    week = ground.review.period

    def write_felt(tx: Transaction, at: datetime, _review: int) -> None:
        judgements.feel(tx, monday_of(week), int(score), at)

    is_week = ground.review.cadence is Cadence.WEEK and monday_of(week) <= workspace.today
    return Answer(score, write_felt if is_week else _nothing)


def _outcomes(_workspace: Workspace, said: Said, ground: Ground) -> Answer:
    """Keep what became of commitments; one of which nothing is said stays open."""
    settled: dict[int, Commitment] = {}
    for number, made in ground.asked.items():
        outcome = said.get(f"outcome-{number}", "").strip()
        if outcome:
            note = _line(said, f"note-{number}")
            settled[number] = settle(made, outcome, note, f"outcome-{number}")

    def write_outcomes(tx: Transaction, at: datetime, _review: int) -> None:
        for number, made in settled.items():
            versions.put(tx, made, at, number)

    return Answer("\n".join(map(_outcome, settled.values())), write_outcomes)


def settle(made: Commitment, outcome: str, note: str, field: str = "outcome") -> Commitment:
    """Return a commitment with its outcome: kept, partly or let go; raises WrongAnswer."""
    try:
        return replace(made, outcome=Outcome(outcome), note=note)
    except ValueError:
        _refuse(field, f"What became of it is one of {', '.join(Outcome)}.")


def _outcome(made: Commitment) -> str:
    return f"{made.text}: {made.outcome}" + (f" ({made.note})" if made.note else "")


def _firsts(workspace: Workspace, said: Said, ground: Ground) -> Answer:
    """Keep what was new as evidence, and turn down what was not."""
    offered = suggest(workspace, ground.review.period)
    by_key = {each.key: each for each in offered}
    writes: list[Write] = []
    words: list[str] = []
    for place, shown in enumerate(offered, 1):
        answer = said.get(f"first-{place}", "").strip()
        each = by_key.get(said.get(f"key-{place}", shown.key))
        if answer not in {"", "yes", "no"}:
            _refuse(f"first-{place}", "Say yes or no, or leave it open.")
        if answer and each:
            action = _line(said, f"what-{place}") or each.action
            writes.append(_evidence(workspace, each.key, action, ground) if answer == "yes" else _no(each.key, action))
            words += [action] if answer == "yes" else []

    def write_all(tx: Transaction, at: datetime, review: int) -> None:
        for one in writes:
            one(tx, at, review)

    return Answer("\n".join(words) or ("Nothing of it was new." if writes else ""), write_all)


def _evidence(workspace: Workspace, key: str, action: str, ground: Ground) -> Write:
    drafted = replace(draft(workspace, key, ground.review.period), action=action)
    return lambda tx, at, _review: _drop(write(tx, workspace, drafted, at))


def _no(key: str, label: str) -> Write:
    return lambda tx, at, _review: _drop(versions.put(tx, TurnedDown(key=key, label=label), at))


def _drop(_number: int) -> None:
    """Leave out the number of what was written."""


def _block(workspace: Workspace, said: Said, ground: Ground) -> Answer:
    """Plan time for growth work; saying it again moves it."""
    if not any(said.get(name, "").strip() for name in ("title", "day")):
        return Answer("")
    block = read_block(workspace, said)
    number = next(iter(ground.blocks), None)

    def write_block(tx: Transaction, at: datetime, review: int) -> None:
        versions.put(tx, replace(block, review=review), at, number)

    return Answer(f"{block.title}: {full_date(block.start.date())}, {block.start:%H:%M}", write_block)


def read_block(workspace: Workspace, said: Said) -> GrowthBlock:
    """Read planned time from a title, a day, a time and a length; raises WrongAnswer."""
    title = _line(said, "title") or DEFAULT_BLOCK
    with _in("day"):
        day = parse_coming_day(said.get("day", ""), workspace.today)
    with _in("time"):
        clock = parse_clock(said.get("time", "").strip() or DEFAULT_TIME)
    with _in("length"):
        minutes = round(min(60 * read_length(said.get("length", "").strip() or DEFAULT_LENGTH), 2 * _MOST_MINUTES))
    if not _LEAST_MINUTES <= minutes <= _MOST_MINUTES:
        most = _MOST_MINUTES // 60
        _refuse("length", f"Plan between {_LEAST_MINUTES} minutes and {most} hours; half an hour is 30m.")
    _check_near("day", day, workspace.today)
    start = moment(day, clock, workspace.settings.zone)
    if start <= workspace.now:
        _refuse("time", "That time has been already. Plan a later one.")
    return GrowthBlock(title=title, start=start, minutes=minutes)


def _check_near(field: str, day: date, today: date) -> None:
    if day > today + timedelta(days=366 * _MOST_YEARS):
        _refuse(field, f"That is more than {_MOST_YEARS} years ahead. Choose a nearer day.")


@dataclass(frozen=True, slots=True)
class _Claim:
    """An entry of the ledger to make: its name, from which field, since when, and the outgrown work it comes from."""

    name: str
    field: str
    day: date
    workstream: str = ""
    proof: Proof | None = None


def _capable(workspace: Workspace, said: Said, ground: Ground) -> Answer:
    """Make entries of the ledger: one for each line and prompt that is filled in, and for each outgrown workstream.

    What the ledger calls so already stays one entry.
    """
    before = ground.review.answers.get("capable", "")
    named = {each.name: each for each in _claims(workspace, said, ground)}
    claims = [each for name, each in named.items() if name not in before.splitlines()]
    if len(claims) > _MOST_CAPABILITIES:
        _refuse("capable", f"Say at most {_MOST_CAPABILITIES} at once; the ledger takes the others.")

    def write_claims(tx: Transaction, at: datetime, _review: int) -> None:
        there = {entry.name.casefold() for entry in read_ledger(tx).entries.values()}
        for each in (each for each in claims if each.name.casefold() not in there):
            with _in(each.field):
                write_claim(tx, at, each.name, each.day, workstream=each.workstream, proof=each.proof)

    words = "\n".join(filter(None, [before, *(each.name for each in claims)]))
    return Answer(words, write_claims if claims else _nothing, bool(claims))


def _claims(workspace: Workspace, said: Said, ground: Ground) -> Iterator[_Claim]:
    day = min(workspace.today, ground.review.period.last)
    for line in said.get("capable", "").splitlines():
        if name := " ".join(line.split()):
            yield _Claim(name, "capable", day)
    for field in said:
        if field.startswith("capable-") and (name := _line(said, field)):
            yield _Claim(name, field, day)
        elif field.startswith(OUTGROWN) and (name := _line(said, field)):
            with _in(field):
                curve = show_outgrown(workspace, field.removeprefix(OUTGROWN))
            yield _Claim(name, field, curve.turned, curve.workstream, proof_of(workspace, curve))


def _states(workspace: Workspace, said: Said, ground: Ground) -> Answer:
    """Say how far capabilities have come, each with a line that shows it."""
    reached: dict[int, tuple[Reached, Proof | None]] = {}
    for number, entry in ground.rising.items():
        state = said.get(f"state-{number}", "").strip()
        if state and state != entry.state:
            shown = _line(said, f"proof-{number}")
            made = Reached(state=_state(f"state-{number}", state), on=min(workspace.today, ground.review.period.last))
            reached[number] = (made, Proof(action=shown) if shown else None)

    def write_states(tx: Transaction, at: datetime, _review: int) -> None:
        for number, (made, proof) in reached.items():
            with _in(f"proof-{number}"):
                write_reached(tx, at, number, made, proof)

    words = [f"{ground.rising[number].name}: {made.state}" for number, (made, _) in reached.items()]
    before = ground.review.answers.get("states", "")
    return Answer("\n".join(filter(None, [before, *words])), write_states if reached else _nothing, bool(reached))


def _state(field: str, said: str) -> CapabilityState:
    try:
        return CapabilityState(said)
    except ValueError:
        _refuse(field, f"A state is one of {', '.join(CapabilityState)}.")


def _gaps(_workspace: Workspace, said: Said, _ground: Ground) -> Answer:
    """Keep up to two expectations, in their words."""
    chosen = [words for field in ("gap-1", "gap-2") if (words := said.get(field, "").strip())]
    return Answer("\n".join(dict.fromkeys(chosen)))


def _audit(_workspace: Workspace, said: Said, _ground: Ground) -> Answer:
    """Keep that the audit was gone through; its answers it keeps itself."""
    return Answer(said.get("audit", "").strip())


def _commitment(workspace: Workspace, said: Said, ground: Ground) -> Answer:
    """Keep what the person means to do by a day; saying it again changes it."""
    text = _line(said, "text")
    if not text:
        _refuse("text", "Say one thing you mean to do, or go on without one.")
    with _in("due"):
        due = parse_coming_day(said.get("due", ""), workspace.today)
    _check_near("due", due, workspace.today)
    number = next(iter(ground.own), None)
    made = ground.own[number] if number else Commitment(text=text, due=due)
    told = replace(made, text=text, due=due, sign=_line(said, "sign"))

    def write_commitment(tx: Transaction, at: datetime, review: int) -> None:
        versions.put(tx, replace(told, review=review), at, number)

    sign = f"\nI would know by: {told.sign}" if told.sign else ""
    return Answer(f"{text}, by {full_date(due)}{sign}", write_commitment)


_FORMS: Mapping[str, Callable[[Workspace, Said, Ground], Answer]] = {
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
    "bet": _commitment,
}
