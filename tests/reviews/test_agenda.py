"""The agenda: what holds for every review, whatever there is to ask about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.model.review import Cadence
from outgrow.reviews import agenda
from outgrow.reviews.agenda import Need

LONGEST = {Cadence.WEEK: 2, Cadence.MONTH: 6, Cadence.QUARTER: 15, Cadence.YEAR: 25}
IDS = sorted({step.id for cadence in Cadence for step in agenda.every(cadence)})


@settings(max_examples=100)
@given(st.sampled_from(Cadence), st.sets(st.sampled_from(Need)), st.sets(st.sampled_from(IDS)))
def test_any_review_begins_with_how_it_felt_and_ends_in_a_commitment(
    cadence: Cadence, there: set[Need], touched: set[str]
) -> None:
    steps = agenda.steps(cadence, there, touched)
    ids = [step.id for step in steps]
    assert ids[0] == "felt", "before any number"
    assert not steps[0].told
    assert ids[-1] == "commitment"
    assert len(ids) == len(set(ids))
    assert all(step.needs is None or step.needs in there or step.id in touched for step in steps)
    assert touched & {step.id for step in agenda.every(cadence)} <= set(ids), "what was answered stays"
    assert 0 < agenda.minutes(steps) <= LONGEST[cadence]


def test_the_quarter_asks_exactly_what_the_person_can_do_now() -> None:
    (step,) = (each for each in agenda.steps(Cadence.QUARTER, ()) if each.id == "capable")
    assert step.question == "What can you do now that you could not do three months ago?"
    assert {prompt.kind for prompt in agenda.PROMPTS} == {
        "handling people",
        "ambiguity",
        "a new domain",
        "influence without authority",
    }


@pytest.mark.parametrize("cadence", Cadence)
def test_words_describe_and_do_not_urge(cadence: Cadence) -> None:
    for step in agenda.every(cadence):
        said = f"{step.title} {step.question} {step.hint}".lower()
        assert not {word for word in ("!", "only", "overdue", "failed", "streak", "great") if word in said.split()}
        assert "!" not in said
        assert step.question.endswith("?")


def test_no_step_takes_no_time() -> None:
    assert agenda.minutes([]) == 0
