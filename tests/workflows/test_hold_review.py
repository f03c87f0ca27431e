"""Reviews: each step is one change, may be skipped, undone and gone on with, and leads on to ledger and commitment."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outgrow.model.capability import Capability, CapabilityState
from outgrow.model.evidence import Evidence
from outgrow.model.period import Period
from outgrow.model.review import Cadence, Commitment, GrowthBlock, Outcome, Review
from outgrow.reports.review import ReviewView, StepState, render
from outgrow.store import journal, judgements, versions
from outgrow.workflows.capture import Work, capture
from outgrow.workflows.hold_review import NoSuchReview, ReviewSession, choose
from outgrow.workflows.look_at_reviews import compare_reviews, look_at_reviews, settle_commitment, show_review
from outgrow.workflows.periods import UnknownPeriod
from outgrow.workflows.review_answers import WrongAnswer
from outgrow.workflows.set_up import change_setting
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace, open_workspace

NOW = datetime(2026, 10, 7, 9, 30, tzinfo=UTC)
SAYS = {
    "felt": {"felt": "4"},
    "kept": {},
    "help": {"words": "Ran the stand-up alone"},
    "block": {"title": "Draft the strategy", "day": "friday", "time": "9:30", "length": "1:30"},
    "changed": {"words": "A new team"},
    "scope": {"words": "The rota"},
    "capable": {"capable": "Lead a talk\nSay no", "capable-people": "Give a hard message"},
    "let-go": {"words": "The weekly slides"},
    "mix": {"words": "Yes"},
    "commitment": {"text": "Ask Marek", "due": "in 2 weeks"},
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "data"), NOW) as opened:
        yield opened


def session(workspace: Workspace, cadence: str, period: str = "") -> ReviewSession:
    return ReviewSession(workspace, *choose(workspace, cadence, period))


def walk(workspace: Workspace, cadence: str, period: str = "") -> list[str]:
    """Hold a review with a session of its own for each step, as the pages do; return its steps."""
    asked: list[str] = []
    while (step := session(workspace, cadence, period).view().step) is not None:
        assert step.id not in asked, "every step leads on"
        asked.append(step.id)
        session(workspace, cadence, period).say(step.id, SAYS.get(step.id, {}))
    return asked


@pytest.mark.parametrize("cadence", Cadence)
def test_an_empty_store_leads_to_a_commitment(workspace: Workspace, cadence: Cadence) -> None:
    asked = walk(workspace, cadence)
    assert asked[0] == "felt"
    assert asked[-1] == "commitment"
    view = session(workspace, cadence).view()
    assert view.ended == NOW.date()
    assert [each.text for each in view.commitments] == ["Ask Marek"]
    assert "Ask Marek - by 21 October 2026" in render(view)


def test_what_is_said_of_capabilities_is_in_the_ledger(workspace: Workspace) -> None:
    walk(workspace, "quarter")
    with workspace.store.look() as view:
        made = versions.current(view, Capability).values()
        (review,) = versions.current(view, Review).values()
    assert [each.name for each in made] == ["Lead a talk", "Say no", "Give a hard message"]
    assert {each.reached[0].on for each in made} == {date(2026, 9, 30)}, "the quarter is over"
    assert [each.name for each in review.states] == [each.name for each in made]
    assert review.answers["capable"] == "Lead a talk\nSay no\nGive a hard message"


def test_saying_it_again_makes_no_second_entry(workspace: Workspace) -> None:
    for _ in range(2):
        session(workspace, "quarter").say("capable", {"capable": "Say no"})
    session(workspace, "year").say("capable", {"capable": "say no"})
    assert session(workspace, "year").review.answers["capable"] == "say no"
    with workspace.store.look() as view:
        assert len(versions.current(view, Capability)) == 1


def test_a_state_rests_on_what_shows_it(workspace: Workspace) -> None:
    walk(workspace, "quarter")
    held = session(workspace, "quarter")
    with workspace.store.look() as view:
        number = next(iter(versions.current(view, Capability)))
    with pytest.raises(WrongAnswer, match="rests on evidence") as wrong:
        held.say("states", {f"state-{number}": "shown"})
    assert wrong.value.field == f"proof-{number}"
    held.say("states", {f"state-{number}": "shown", f"proof-{number}": "The minutes"})
    with workspace.store.look() as view:
        assert versions.current(view, Capability)[number].state is CapabilityState.SHOWN
        assert [each.action for each in versions.current(view, Evidence).values()] == ["The minutes"]
        (review,) = versions.current(view, Review).values()
    assert review.states[0].state is CapabilityState.SHOWN


def counts(workspace: Workspace) -> tuple[int, ...]:
    """Count everything that reviews write."""
    kinds = (Review, Commitment, GrowthBlock, Capability, Evidence)
    with workspace.store.look() as view:
        return (*(len(versions.current(view, kind)) for kind in kinds), len(judgements.felt(view)))


@pytest.mark.parametrize("cadence", Cadence)
def test_each_step_is_undone_as_one(workspace: Workspace, cadence: Cadence) -> None:
    held = session(workspace, cadence)
    before = []
    for step in [each.id for each in held.view().steps]:
        before.append((counts(workspace), held.review))
        held.say(step, SAYS.get(step, {}))
    while before:
        what = undo(workspace)
        assert "the review of" in what
        assert (counts(workspace), session(workspace, cadence).review) == before.pop()
    assert undo(workspace) == ""


def test_how_a_week_felt_stands_beside_its_share(workspace: Workspace) -> None:
    session(workspace, "week").say("felt", {"felt": "4"})
    with workspace.store.look() as view:
        assert judgements.felt(view) == {date(2026, 9, 28): 4}
    with pytest.raises(WrongAnswer, match="from 1 to 5"):
        session(workspace, "week").say("felt", {"felt": "9"})


def test_a_step_is_skipped_and_answered_later(workspace: Workspace) -> None:
    held = session(workspace, "week")
    held.skip("felt")
    held.say("help", {"words": "  "})
    states = {each.id: each.state for each in held.view().steps}
    assert states["felt"] is states["help"] is StepState.SKIPPED
    held.say("felt", {"felt": "2"})
    held.skip("felt")
    assert held.review.answers == {"felt": "2"}, "skipping takes nothing away"
    assert held.review.skipped == ("help",)


def test_a_quiet_week_is_an_answer(workspace: Workspace) -> None:
    held = session(workspace, "week")
    held.call_quiet()
    view = held.view()
    assert view.quiet
    assert view.step is not None
    assert view.step.id == "commitment"
    held.skip("commitment")
    assert held.view().step is None
    assert "quiet" in render(held.view())
    assert undo(workspace)
    assert undo(workspace)
    assert session(workspace, "week").view().number is None


def work(workspace: Workspace, titles: tuple[str, ...], back: int) -> None:
    for number, title in enumerate(titles):
        day = NOW.date() - timedelta(days=back + number % 5)
        capture(workspace, Work(text=title, day=day, hours=2))


def test_no_number_before_it_was_said_how_it_felt(workspace: Workspace) -> None:
    work(workspace, ("Stock report", "Order desk", "Returns"), 10)
    held = session(workspace, "month")
    for asked in ("mix", "audit", ""):
        assert opened(held.view(asked)) == "felt"
    held.skip("felt")
    assert opened(held.view("mix")) == "mix"
    assert opened(held.view("")) == "audit"


def opened(view: ReviewView) -> str:
    assert view.step is not None
    return view.step.id


def test_the_next_review_asks_what_became_of_it(workspace: Workspace) -> None:
    walk(workspace, "week")
    later = workspace.afresh(NOW + timedelta(days=7))
    held = session(later, "week")
    (outcome, note) = held.fields("kept")
    assert outcome.about == "Ask Marek (by 21 October 2026)"
    with pytest.raises(WrongAnswer, match="kept, partly, let go"):
        held.say("kept", {outcome.name: "forgotten"})
    held.say("kept", {outcome.name: "partly", note.name: "he is away"})
    with later.store.look() as view:
        (made,) = versions.current(view, Commitment).values()
    assert (made.outcome, made.note) == (Outcome.PARTLY, "he is away")
    assert held.review.answers["kept"] == "Ask Marek: partly (he is away)"
    assert "kept" in {each.id for each in session(later, "week").view().steps}, "it stays where it was answered"
    assert session(later, "month").fields("kept") == (), "and is not asked about again"


def test_a_month_asks_about_a_week_when_its_day_has_come(workspace: Workspace) -> None:
    walk(workspace, "week")
    assert session(workspace, "month").fields("kept") == ()
    assert session(workspace.afresh(NOW + timedelta(days=40)), "month").fields("kept")


def test_a_commitment_is_settled_outside_of_a_review(workspace: Workspace) -> None:
    walk(workspace, "week")
    (made,) = look_at_reviews(workspace).commitments
    assert settle_commitment(workspace, made.number, "let go", "no  longer\nneeded").note == "no longer needed"
    view = look_at_reviews(workspace)
    assert (view.commitments, view.settled) == ((), 1)
    with pytest.raises(NoSuchReview, match="no commitment 999"):
        settle_commitment(workspace, 999, "kept")
    undo(workspace)
    assert look_at_reviews(workspace).commitments == (made,)


def test_a_review_is_shown_as_it_was(workspace: Workspace) -> None:
    work(workspace, ("Stock report", "Order desk", "Returns"), 12)
    walk(workspace, "quarter")
    (held,) = look_at_reviews(workspace).held
    before = show_review(workspace, held.number)
    (changed,) = (each for each in before.parts if each.step == "changed")
    lacking = "Too little is known of the time before to tell what came and went."
    assert changed.shown == f"Seen: 6.0 h in 3 activities.\n{lacking}"
    assert changed.answer == "A new team"
    work(workspace, ("Mail", "Rota"), 12)
    assert show_review(workspace, held.number) == before


def test_two_reviews_are_compared(workspace: Workspace) -> None:
    walk(workspace, "week")
    session(workspace, "quarter").say("capable", {"capable": "Say no"})
    later = workspace.afresh(NOW + timedelta(days=7))
    held = session(later, "week")
    held.say("help", {"words": "Ran the stand-up with Anna"})
    one, other = sorted(each.number for each in look_at_reviews(later).held if each.cadence is Cadence.WEEK)
    for view in (compare_reviews(later, one, other), compare_reviews(later, other, one)):
        assert (view.then.number, view.now.number) == (one, other)
        words = {each.step: (each.then, each.now) for each in view.words}
        assert words["help"] == ("Ran the stand-up alone", "Ran the stand-up with Anna")
        assert [(each.name, each.then, each.now) for each in view.states] == [("Say no", None, CapabilityState.CLAIMED)]


@pytest.mark.parametrize(
    ("cadence", "words", "days"),
    [
        ("week", "", ("2026-09-28", "2026-10-04")),
        ("week", "2026-W39", ("2026-09-21", "2026-09-27")),
        ("week", "yesterday", ("2026-10-05", "2026-10-11")),
        ("month", "", ("2026-09-01", "2026-09-30")),
        ("quarter", "2026-Q1", ("2026-01-01", "2026-03-31")),
        ("quarter", "this quarter", ("2026-10-01", "2026-12-31")),
        ("year", "last year", ("2025-01-01", "2025-12-31")),
    ],
)
def test_the_period_is_chosen_by_words(workspace: Workspace, cadence: str, words: str, days: tuple[str, str]) -> None:
    chosen, period = choose(workspace, cadence, words)
    assert chosen == cadence
    assert (str(period.first), str(period.last)) == days
    assert period.name


@pytest.mark.parametrize(
    ("cadence", "words"),
    [("quarter", "2026-10"), ("week", "2026-10"), ("month", "last 3 days"), ("year", "2026-Q1"), ("month", "2026-11")],
)
def test_a_period_that_is_none_of_the_review_is_refused(workspace: Workspace, cadence: str, words: str) -> None:
    with pytest.raises(UnknownPeriod):
        choose(workspace, cadence, words)


@pytest.mark.parametrize("words", ["0001-01-01", "9999-12-31", "0001", "9999"])
@pytest.mark.parametrize("cadence", Cadence)
def test_the_ends_of_the_calendar_break_nothing(workspace: Workspace, cadence: Cadence, words: str) -> None:
    try:
        held = session(workspace, cadence, words)
    except UnknownPeriod:
        return
    held.view()
    held.say("felt", {"felt": "3"})
    held.say("commitment", SAYS["commitment"])
    assert look_at_reviews(workspace).held


def test_there_is_no_other_review_and_no_other_step(workspace: Workspace) -> None:
    with pytest.raises(NoSuchReview, match="week, month, quarter and year"):
        choose(workspace, "decade")
    with pytest.raises(NoSuchReview):
        session(workspace, "week").say("capable", {"capable": "x"})
    with pytest.raises(NoSuchReview):
        session(workspace, "week").view("../x")
    with pytest.raises(NoSuchReview):
        show_review(workspace, 7)


def test_an_answer_from_another_window_is_not_lost(workspace: Workspace) -> None:
    one, other = session(workspace, "week"), session(workspace, "week")
    one.say("felt", {"felt": "4"})
    other.say("help", {"words": "The rota"})
    assert session(workspace, "week").review.answers == {"felt": "4", "help": "The rota"}


_CHILD = """
import sys
from datetime import datetime
from outgrow.workflows.hold_review import ReviewSession, choose
from outgrow.workflows.workspace import open_workspace

with open_workspace(sys.argv[1], datetime.fromisoformat(sys.argv[2])) as workspace:
    session = ReviewSession(workspace, *choose(workspace, "quarter"))
    for number in range(1000):
        session.say("let-go", {"words": str(number)})
        print(number, flush=True)
"""


@pytest.mark.promise("P1")
def test_a_kill_between_steps_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    folder = str(tmp_path / "data")
    child = subprocess.Popen([sys.executable, "-c", _CHILD, folder, NOW.isoformat()], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for _ in range(4):
        last = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().split("\n")
    child.wait()
    last = max([last, *map(int, filter(None, rest[:-1]))])
    with open_workspace(folder, NOW) as workspace:
        assert int(session(workspace, "quarter").review.answers["let-go"]) >= last
        assert workspace.store.integrity() == []
        with workspace.store.look() as view:
            assert len(journal.said(view, ("review",))) >= last + 1, "each save is a version"


def test_a_week_begins_as_the_person_says(workspace: Workspace) -> None:
    change_setting(workspace, "week_start", "sunday")
    _, period = choose(workspace.afresh(NOW), "week")
    assert period == Period(date(2026, 9, 27), date(2026, 10, 3), "27 September to 3 October 2026")
