"""What the data bring into a review: firsts, outgrown work, gaps of the step, work that came and went, the share."""

from datetime import UTC, date, datetime

import pytest

from outgrow.model.capability import Capability
from outgrow.model.evidence import Evidence
from outgrow.model.ladder import BUILT_IN
from outgrow.model.turned_down import TurnedDown
from outgrow.store import versions
from outgrow.workflows.choose_ladder import ladders, set_aim
from outgrow.workflows.hold_review import ReviewSession, choose
from outgrow.workflows.review_answers import WrongAnswer
from outgrow.workflows.show_ledger import show_ledger
from outgrow.workflows.suggest import suggest
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace
from tests.workflows import test_show_ledger, test_suggest
from tests.workflows.test_suggest import LED, SHOWN

firsts = test_suggest.workspace
calls = test_show_ledger.workspace


def session(workspace: Workspace, cadence: str, period: str = "") -> ReviewSession:
    return ReviewSession(workspace, *choose(workspace, cadence, period))


def test_firsts_of_the_week_become_evidence_or_are_turned_down(firsts: Workspace) -> None:
    week = session(firsts, "week", "2026-10-20")
    key, new, words = week.fields("firsts")
    assert words.value == SHOWN
    week.say("firsts", {key.name: key.value, new.name: "yes", words.name: "Presented the yard plan"})
    with firsts.store.look() as view:
        (made,) = versions.current(view, Evidence).values()
    assert (made.action, made.suggestion, made.on) == ("Presented the yard plan", key.value, date(2026, 10, 20))
    assert made.activities
    assert session(firsts, "week", "2026-10-20").review.answers["firsts"] == "Presented the yard plan"
    assert undo(firsts)
    assert session(firsts, "week", "2026-10-20").fields("firsts"), "one undo takes back evidence and answer"
    week = session(firsts, "week", "2026-10-20")
    week.say("firsts", {new.name: "no"})
    with firsts.store.look() as view:
        assert [each.key for each in versions.current(view, TurnedDown).values()] == [key.value]
    assert SHOWN not in {each.action for each in suggest(firsts, most=9)}
    assert "firsts" in {each.id for each in week.steps}, "the step stays where it was answered"


def test_an_answer_to_what_is_not_offered_any_more_changes_nothing(firsts: Workspace) -> None:
    week = session(firsts, "week", "2026-10-12")
    assert week.fields("firsts")[2].value == LED
    week.say("firsts", {"key-1": "something else", "first-1": "no"})
    with firsts.store.look() as view:
        assert versions.current(view, TurnedDown) == {}
    with pytest.raises(WrongAnswer, match="yes or no"):
        week.say("firsts", {"first-1": "perhaps"})


def test_outgrown_work_asks_for_what_was_gained(calls: Workspace) -> None:
    test_show_ledger.outgrow_call(calls)
    (curve,) = show_ledger(calls).outgrown
    quarter = session(calls, "quarter")
    first = quarter.fields("capable")[0]
    assert first.name == f"outgrown-{curve.workstream}"
    assert "Supplier call: growth until 16 September 2026, depth since." in first.about
    quarter.say("capable", {first.name: "Run a supplier call alone"})
    with calls.store.look() as view:
        (made,) = versions.current(view, Capability).values()
        (shown,) = versions.current(view, Evidence).values()
    assert (made.name, made.workstream, made.reached[0].on) == (
        "Run a supplier call alone",
        curve.workstream,
        curve.turned,
    )
    assert shown.activities
    assert show_ledger(calls).outgrown == ()
    undo(calls)
    assert show_ledger(calls).outgrown == (curve,)
    with pytest.raises(WrongAnswer, match="no outgrown kind of work"):
        session(calls, "quarter").say("capable", {"outgrown-nothing": "Fly"})


def test_a_quarter_picks_two_expectations_of_the_step(calls: Workspace) -> None:
    quarter = session(calls, "quarter")
    assert "gaps" not in {each.id for each in quarter.steps}, "no step is set"
    levels = ladders(calls)[BUILT_IN].levels
    set_aim(calls, BUILT_IN, levels[1].id, levels[2].id)
    now = calls.afresh(calls.now)
    quarter = session(now, "quarter")
    quarter.skip("felt")
    view = quarter.view("gaps").step
    assert view is not None
    assert levels[2].name in view.told[0]
    one, other = view.fields
    chosen = [option.value for option in one.options[1:3]]
    quarter.say("gaps", {one.name: chosen[0], other.name: chosen[1]})
    assert quarter.review.answers["gaps"].splitlines() == chosen
    assert [each.value for each in quarter.fields("gaps")] == chosen
    quarter.say("gaps", {one.name: chosen[0], other.name: chosen[0]})
    assert quarter.review.answers["gaps"] == chosen[0]


def test_what_came_and_went_is_a_draft_of_the_answer(firsts: Workspace) -> None:
    quarter = session(firsts, "quarter", "2026-Q4")
    (draft,) = quarter.fields("changed")
    assert "Not done in the year before: Present the yard plan to the board (2.0 h)." in draft.value
    quarter.say("changed", {"words": "Nothing much"})
    assert quarter.fields("changed")[0].value == "Nothing much"


def test_too_little_before_is_said_and_nothing_is_called_new(calls: Workspace) -> None:
    quarter = session(calls, "quarter")
    quarter.skip("felt")
    step = quarter.view("changed").step
    assert step is not None
    assert step.told[-1] == "Too little is known of the time before to tell what came and went."
    assert [each.value for each in step.fields] == [""]


def test_the_share_is_kept_as_it_was_told(calls: Workspace) -> None:
    test_show_ledger.outgrow_call(calls)
    month = session(calls.afresh(datetime(2026, 10, 6, 10, tzinfo=UTC)), "month")
    month.say("felt", {"felt": "3"})
    step = month.view("mix").step
    assert step is not None
    month.say("mix", {"words": "Yes"})
    assert month.review.shown.get("mix", "") == "\n".join(step.told)
