"""Reviews on both databases: nothing that is said is lost by any order of saying, skipping and undoing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from outgrow.config import Settings
from outgrow.model.capability import Capability
from outgrow.model.review import Cadence, Review
from outgrow.store import versions
from outgrow.store.database import Store
from outgrow.workflows.hold_review import ReviewSession, choose
from outgrow.workflows.keep_feed import FILE
from outgrow.workflows.look_at_reviews import look_at_reviews, show_review
from outgrow.workflows.plan_blocks import plan
from outgrow.workflows.undo import undo
from outgrow.workflows.workspace import Workspace

NOW = datetime(2026, 10, 7, 9, 30, tzinfo=UTC)
STEPS = ("felt", "changed", "capable", "commitment")
FIELDS = {"felt": "felt", "changed": "words", "capable": "capable", "commitment": "text"}


@pytest.fixture(autouse=True)
def _usual_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the calendar file of a database on a server lie in a folder of the test's own."""
    monkeypatch.setattr("outgrow.workflows.keep_feed.data_folder", lambda _named: tmp_path)


@pytest.fixture
def workspace(store: Store) -> Workspace:
    return Workspace(store, Settings(zone="UTC"), NOW)


def test_a_review_and_its_calendar_file_are_the_same_on_both(workspace: Workspace, tmp_path: Path) -> None:
    held = ReviewSession(workspace, *choose(workspace, "quarter"))
    held.say("capable", {"capable": "Lead a talk"})
    held.say("commitment", {"text": "Ask Marek", "due": "in 2 weeks", "sign": "a yes"})
    plan(workspace, {"title": "Draft", "day": "friday"})
    view = look_at_reviews(workspace)
    assert [(each.cadence, each.commitment) for each in view.held] == [(Cadence.QUARTER, "Ask Marek")]
    assert [each.step for each in show_review(workspace, view.held[0].number).parts] == ["capable", "commitment"]
    (path,) = tmp_path.rglob(FILE)
    assert b"SUMMARY:Draft\r\n" in path.read_bytes()


_deeds = st.lists(
    st.tuples(st.sampled_from(["say", "skip", "undo", "quiet"]), st.sampled_from(STEPS), st.integers(1, 5)),
    min_size=1,
    max_size=12,
)


@dataclass(frozen=True)
class Twin:
    """What a review should say, kept by hand."""

    answers: Mapping[str, str] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    ended: bool = False
    quiet: bool = False

    def say(self, step: str, words: str) -> "Twin":
        """Answer a step; what one can do is added to what was said of it."""
        names = {*self.names, words} if step == "capable" else self.names
        before = self.answers.get(step, "").splitlines() if step == "capable" else []
        said = "\n".join(dict.fromkeys([*before, words]))
        return replace(
            self,
            answers={**self.answers, step: said},
            skipped=self.skipped - {step},
            names=frozenset(names),
            ended=self.ended or step == STEPS[-1],
        )

    def skip(self, *steps: str) -> "Twin":
        """Pass over steps that are open."""
        left = set(steps) - self.answers.keys()
        return replace(self, skipped=self.skipped | left, ended=self.ended or STEPS[-1] in steps)


@pytest.mark.promise("P7")
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_deeds)
def test_no_order_of_deeds_loses_what_was_said(workspace: Workspace, deeds: list[tuple[str, str, int]]) -> None:
    """The twin keeps every state there was; undo takes the last one off."""
    while undo(workspace):
        pass
    told = [Twin()]
    for place, (deed, step, number) in enumerate(deeds):
        now = replace(workspace, now=NOW + timedelta(minutes=place))
        held = ReviewSession(now, *choose(now, "quarter"))
        if deed == "say":
            words = str(number) if step == "felt" else f"Word {number}"
            held.say(step, {FIELDS[step]: words, "due": "in 2 weeks"})
            told.append(told[-1].say(step, words))
        elif deed == "skip":
            held.skip(step)
            told += [after for after in [told[-1].skip(step)] if after != told[-1]]
        elif deed == "quiet":
            held.call_quiet()
            told.append(replace(told[-1].skip(*_steps(held, told[-1])), quiet=True))
        elif len(told) > 1:
            assert undo(now)
            told.pop()
        assert seen(now) == told[-1]


def _steps(held: ReviewSession, before: Twin) -> list[str]:
    """Return the steps there are but the last."""
    return [each.id for each in held.steps[:-1] if each.id not in before.answers]


def seen(workspace: Workspace) -> Twin:
    """Return what is kept of the only review."""
    with workspace.store.look() as view:
        reviews = list(versions.current(view, Review).values())
        names = frozenset(each.name for each in versions.current(view, Capability).values())
    if not reviews:
        return Twin(names=names)
    (review,) = reviews
    answers = {step: words.split(", by ")[0] for step, words in review.answers.items()}
    return Twin(answers, frozenset(review.skipped), names, review.ended is not None, review.quiet)
