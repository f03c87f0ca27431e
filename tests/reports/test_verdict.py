"""A verdict in its five levels of certainty, in words and as a document."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from outgrow.analysis.feeling import Agreement
from outgrow.model.period import Period
from outgrow.model.share import Band, Certainty, Share, Target, Unit
from outgrow.reports import machine
from outgrow.reports.charts.hours_by_workstream import Stream
from outgrow.reports.verdict import (
    Moved,
    NextStep,
    Progressed,
    StepKind,
    VerdictView,
    WorkstreamLine,
    reasons,
    render,
    sentences,
)

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
NUMBER = re.compile(r"about \d+ %|likely \d+", re.IGNORECASE)
FORBIDDEN = re.compile(r"\b(only|failed|overdue|streak|badge|great|congratulations)\b|!", re.IGNORECASE)


CLEAR = VerdictView(
    period=OCTOBER,
    target=Target(),
    certainty=Certainty.CLEAR,
    band=Band.SOME_GROWTH,
    share=Share(mean=0.09, low=0.06, high=0.12, below=0.99, answers=19),
    unit=Unit.HOURS,
    answers=19,
    own_answers=19,
    guess=0.25,
    felt=None,
    seen_hours=148.0,
    working_hours=172.0,
    coverage=0.86,
    drawn=True,
    moved=Moved(148.0, 212, 0.81, 0.9, (WorkstreamLine("Weekly sales report", 23.0, 41, "41 times in a year"),)),
    progressed=Progressed(13.0, 9, 1, (WorkstreamLine("Supplier negotiation", 9.0, 5),), ("Planning day",), ("Talks",)),
    workstreams=(Stream(name="Weekly sales report", depth=23.0),),
    newest=date(2026, 10, 30),
    next_step=NextStep(StepKind.HAND_OVER, "Hand half of it over."),
)


def test_a_clear_verdict_says_number_range_and_what_it_rests_on() -> None:
    text = render(CLEAR)
    assert "October 2026 · 148 h of about 172 h of work seen · 19 answers" in text
    assert "Mostly movement: about 9 % of your time went into growth work." in text
    assert "Likely 6\N{EN DASH}12 %, clearly under your target." in text
    assert "Outgrown: Planning day" in text
    assert "First time: Talks" in text
    assert text.endswith("Hand half of it over.")


@pytest.mark.parametrize("certainty", list(Certainty))
def test_every_level_has_the_same_layout_and_voice(certainty: Certainty) -> None:
    text = render(replace(CLEAR, certainty=certainty))
    for part in ("What moved", "What progressed", "One thing to do next", "your target 15\N{EN DASH}20 %"):
        assert part in text
    assert not FORBIDDEN.search(text)
    assert max(map(len, text.splitlines())) <= 80


def test_answers_from_before_are_told_apart() -> None:
    text = render(replace(CLEAR, answers=42, own_answers=20))
    assert "of work seen · 20 answers here, 22 from before" in text
    assert "of work seen · 42 answers\n" in render(replace(CLEAR, answers=42, own_answers=0))


def test_what_is_exact_and_small_is_not_called() -> None:
    exact = Share(mean=0.0, low=0.0, high=0.0, below=1.0, answers=1, unit=Unit.ITEMS)
    view = replace(CLEAR, share=exact, unit=Unit.ITEMS, answers=1, own_answers=1, moved=Moved(0, 1, None, None))
    text = render(view)
    assert "All of it is answered: 1 activity, 0 % of the items in growth work." in text
    assert "Movement" not in text
    assert "one side" not in " ".join(reasons(view))
    assert "All of it" not in render(replace(view, answers=8))


def test_without_answers_there_is_no_number() -> None:
    text = render(replace(CLEAR, certainty=Certainty.NONE, share=None, answers=3, guess=None))
    assert not NUMBER.search(text)
    assert "3 answers of the 8" in text


def test_an_early_verdict_gives_a_range_and_no_point() -> None:
    text = render(replace(CLEAR, certainty=Certainty.EARLY))
    assert "about 9 %" not in text
    assert "6\N{EN DASH}12 %" in text


def test_items_are_called_items() -> None:
    share = Share(mean=0.09, low=0.06, high=0.12, below=0.99, answers=19, unit=Unit.ITEMS)
    text = render(replace(CLEAR, share=share, unit=Unit.ITEMS, coverage=None))
    assert "of your items" in text
    assert "of your time" not in text


def test_low_coverage_is_said() -> None:
    assert "I saw 61 % of your usual hours." in render(replace(CLEAR, coverage=0.61))


def test_nothing_to_judge() -> None:
    text = render(
        replace(
            CLEAR,
            certainty=Certainty.NONE,
            share=None,
            guess=None,
            moved=Moved(0, 0, None, None),
            progressed=Progressed(0, 0),
        )
    )
    assert "Nothing to judge yet" in text


def test_the_document_holds_the_same_values() -> None:
    told = json.loads(machine.document("verdict", CLEAR))
    assert (told["outgrow"], told["version"]) == ("verdict", machine.VERSION)
    assert told["share"]["mean"] == 0.09
    assert told["period"] == {"first": "2026-10-01", "last": "2026-10-31", "name": "October 2026"}
    assert told["certainty"] == "clear"


def test_the_next_step_is_told_with_its_command() -> None:
    text = render(replace(CLEAR, next_step=NextStep(StepKind.MORE, "8 more answers narrow the range.")))
    assert text.endswith("8 more answers narrow the range.\n  outgrow audit 2026-10 --more")


def test_it_says_whether_felt_and_measured_go_together() -> None:
    for low, high, words in (
        (0.2, 0.8, "had more growth work"),
        (-0.8, -0.2, "had less growth work"),
        (-0.3, 0.4, "says nothing of growth work"),
    ):
        text = sentences(replace(CLEAR, agreement=Agreement(20, (low + high) / 2, low, high)))[-1]
        assert words in text
        assert "Over 20 weeks" in text
        assert f"likely {low:+.2f} to {high:+.2f}" in text
