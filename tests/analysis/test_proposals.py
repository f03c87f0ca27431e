"""Proposals: probabilities that answers move, and reasons that name true facts only."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.novelty import BLOCK
from outgrow.analysis.proposals import REACH, Scorer, priors, propose, settled
from outgrow.analysis.reasons import Reason, quoted, says_nothing
from outgrow.analysis.titles import topic
from outgrow.model.activity import Activity, Kind

Make = Callable[..., Activity]

START = datetime(2025, 1, 6, 9, tzinfo=ZoneInfo("Europe/Berlin"))
THINGS, DEEDS = ("stock", "parts", "pallet", "invoice", "supplier"), ("count", "check", "report", "recount")
NEW = ("hiring panel lead", "hiring panel notes", "panel interview questions", "hiring plan")
HOSTILE = ["", "\x00\x1b[31m", "🍕", "x" * 50_000, "é" * 9000, "\ud800", "\u202eevil", "<img onerror=1>", "7"]

modest = settings(max_examples=15, deadline=None, derandomize=True)


def made(titles: Sequence[str], start: datetime = START) -> list[Activity]:
    """Return activities with these titles, one each four hours."""
    return [
        Activity(
            source="diary",
            account="",
            native_id=f"{start} {n}",
            line=n,
            kind=Kind.TIME_ENTRY,
            title=title,
            start=start + timedelta(hours=4 * n),
        )
        for n, title in enumerate(titles)
    ]


def year(count: int, seed: int = 1) -> list[Activity]:
    random = Random(seed)  # noqa: S311 - the same titles at every run, no secrets
    places = ("", " - Ghent", " - Oslo", " #7")
    return made(
        [
            f"{random.choice(THINGS)} {random.choice(DEEDS)} {random.choice(DEEDS)}{random.choice(places)}"
            for _ in range(count)
        ]
    )


LATER = START + timedelta(days=400)
MONTH = made(["stock count report", "Sync with Anna", *NEW, "pallet check", "Misc", "parts recount - Rome"], LATER)


def test_new_work_stands_above_the_old_and_vague_titles_between() -> None:
    chance = [proposal.probability for proposal in propose(year(300), MONTH)]
    assert min(chance[2:6]) > max(chance[0], chance[6], chance[8])
    assert chance[1] == chance[7] == pytest.approx(np.mean([chance[at] for at in (0, 2, 3, 4, 5, 6, 8)]), rel=0.2)


@modest
@given(st.integers(0, 60), st.lists(st.sampled_from([*HOSTILE, *NEW, "stock count"]), max_size=8), st.integers(0, 255))
def test_probabilities_hold_for_any_title(count: int, titles: list[str], marks: int) -> None:
    past = year(count) + made(HOSTILE)
    asked = made(titles, LATER)
    answers = {at: float(marks >> at & 1) for at in range(0, len(titles), 2)}
    proposals = propose(past, asked, answers)
    assert len(proposals) == len(asked)
    for at, proposal in enumerate(proposals):
        assert 0 <= proposal.probability <= 1
        assert proposal.reason
        assert proposal.reason.isprintable()
        if at in answers:
            assert proposal.probability == answers[at]
            assert proposal.reason == f"you called it {'growth' if answers[at] else 'depth'}"


@modest
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_past_does_not_matter(random: Random) -> None:
    past = [*year(80), *made(["Misc", "stock count"], START)]  # some at the same time
    shuffled = random.sample(past, len(past))
    assert propose(shuffled, MONTH) == propose(past, MONTH)


def test_the_same_again_is_the_same() -> None:
    assert propose(year(200), MONTH, {0: 0.0}) == propose(year(200), MONTH, {0: 0.0})


def test_what_is_out_of_reach_changes_nothing() -> None:
    past = year(REACH + 50)
    assert propose(past, MONTH) == propose(past[50:], MONTH)


def test_what_is_new_stays_new_for_a_quarter() -> None:
    """Titles of two months ago do not make the same titles old; those of four months ago do."""
    asked = made(NEW, LATER)
    recent, older = (made(NEW * 3, LATER - timedelta(days=days)) for days in (60, 120))
    alone, begun, settled_in = (propose([*year(700), *more], asked) for more in ([], recent, older))
    assert begun == alone
    assert settled_in[0].probability < alone[0].probability / 2


def test_a_short_past_is_compared_whole() -> None:
    past = made(["stock count"] * 40, LATER - timedelta(days=30))
    assert len(settled(past, MONTH)) == 40
    assert settled(past, []) == past


def test_answers_speak_for_what_is_like_them() -> None:
    scorer = Scorer(year(300), MONTH)
    before, depth, growth = (scorer.probabilities(answers) for answers in ({}, {2: 0.0}, {2: 1.0}))
    assert depth[3] < before[3] < growth[3]
    assert abs(growth[0] - before[0]) < 0.1


def test_answers_follow_the_formula() -> None:
    """Against the sum written out, with the likeness of two titles that a row of ones would give."""
    same = made(["hiring panel lead", "hiring panel lead", "stock count"], LATER)
    scorer = Scorer(year(300), same, said={0: 0.0})
    prior = Scorer(year(300), same).probabilities()
    after = scorer.probabilities({0: 1.0})[1]
    # The recalibration by one answer is small; the twin has similarity 1 and weight 1 against the 0.1 of the prior.
    assert after == pytest.approx((0.1 * prior[1] + 1) / 1.1, abs=0.02)


def test_earlier_judgements_count_like_answers() -> None:
    past = [*year(300), *made(NEW, LATER - timedelta(days=30))]
    unsaid = Scorer(past, MONTH).probabilities()
    said = Scorer(past, MONTH, said=dict.fromkeys(range(300, 304), 0.0))
    assert (said.probabilities()[2:6] < unsaid[2:6] / 2).all()
    assert said.proposals()[2].reason == "like 2 items you called depth, for example 'hiring panel lead'"


def test_vague_titles_go_by_the_people_in_them(activity: Make) -> None:
    asked = [activity(title, LATER, people=("Cleo",)) for title in NEW] + [
        activity("Sync", LATER, people=("Cleo",)),
        activity("Sync", LATER),
        *made(["stock count report"] * 8, LATER),
    ]
    proposals = propose(year(300), asked)
    assert proposals[4].probability > 1.5 * proposals[5].probability
    assert proposals[4].reason.startswith("the title names no work; goes by 4 activities with the same people")
    assert proposals[5].reason == "the title names no work"
    assert [says_nothing(one.reason) for one in proposals[:6]] == [False] * 5 + [True]


def test_first_meetings_raise_and_say_so(activity: Make) -> None:
    past = [activity(one.title, one.start, people=("Anna",)) for one in year(100)]
    known, new = propose(past, [activity("stock count", LATER, people=(name,)) for name in ("Anna", "Ben")])
    assert new.probability > known.probability
    assert new.reason.endswith("first time with ben among 100 earlier activities from January 2025 to January 2025")


def test_a_new_part_on_an_old_topic_raises_and_says_so() -> None:
    past = made(["stock count", "parts recount"] * 50)
    plain, led = propose(past, made(["stock count", "lead stock count"], LATER))
    assert led.probability > plain.probability
    assert led.reason.endswith("to lead is new: 0 of 100 earlier activities from January 2025 to January 2025")


def test_reasons_name_true_facts_only() -> None:
    """Every number, title and date in a reason is looked up again."""
    past = year(400)
    asked = [*MONTH, *made([one.title for one in past[::40]], LATER), *made(["depot logistics audit trail"], LATER)]
    topics = [topic(one.title) for one in past]
    for one, proposal in zip(asked, propose(past, asked), strict=True):
        reason, same = proposal.reason, topics.count(topic(one.title))
        if found := re.match(r"like ([\d,]+) earlier activit\w+, for example ('.*') of (.*?)(;|$)", reason):
            assert int(found[1].replace(",", "")) >= max(same, 1)
            days = {f"{other.start:%-d %B %Y}" for other in past if other.start and quoted(other) == found[2]}
            assert found[3] in days
        elif reason.startswith("nothing like it"):
            assert same == 0
            assert "among 400 earlier activities from January 2025 to March 2025" in reason
        else:
            assert reason.startswith(("a little like", "the title names no work"))
            assert same == 0 or reason.startswith("the title names no work")


def test_a_reason_supports_its_guess_or_says_what_outweighs_it() -> None:
    sides = set()
    for count in (20, 60, 400):
        for one in propose(year(count), [*MONTH, *made(["depot logistics audit trail", "tax form"], LATER)]):
            growth, new = one.probability >= 0.5, one.reason.startswith("nothing like it")
            if new:
                assert ("; but most work is depth" in one.reason) is not growth
                sides.add(growth)
            elif one.reason.startswith("like ") and growth:
                assert "; but " in one.reason
    assert sides == {True, False}


def test_answers_that_turn_a_guess_are_named() -> None:
    asked = made(["tender depot rules", *NEW, "stock count", "pallet check", "zebra crossing law"], LATER)
    before = propose(year(400), asked)
    after = propose(year(400), asked, dict.fromkeys(range(5), 0.0))
    assert before[7].probability >= 0.5 > after[7].probability
    assert after[7].reason == f"{before[7].reason}; but what you answered makes depth likelier"


@pytest.mark.parametrize(
    ("reason", "growth", "learnt", "said"),
    [
        (Reason("like it", earlier=3), False, False, "like it"),
        (Reason("like it", earlier=2), True, False, "like it; but so few leave it nearly new"),
        (Reason("like it", earlier=9, company=2), True, False, "like it; but 2 activities like it at the same time"),
        (Reason("like it", earlier=9), True, True, "like it; but what you answered makes growth likelier"),
        (Reason("a little"), True, True, "a little"),
        (Reason("new", is_new=True), True, True, "new"),
    ],
)
def test_what_outweighs_a_reason(reason: Reason, growth: bool, learnt: bool, said: str) -> None:
    assert reason.for_guess(growth=growth, learnt=learnt) == said


def test_company_is_counted_among_the_others() -> None:
    reason = propose(year(300), made(["tender depot rules", "tender depots rules", "stock count"], LATER))[0].reason
    assert ", but 1 activity like it at the same time, for example 'tender depots rules'" in reason


def test_both_sides_are_named_where_answers_disagree() -> None:
    asked = made(["hiring panel"] * 4, LATER)
    reason = propose(year(50), asked, {0: 1.0, 1: 1.0, 2: 0.0})[3].reason
    assert reason == "like 2 items you called growth and 1 item you called depth, for example 'hiring panel'"


def test_nothing_asked_and_nothing_earlier() -> None:
    assert propose(year(10), []) == []
    assert propose([], MONTH)[0].reason == "nothing earlier to compare with"
    assert priors([]).shape == (0,)


def test_undated_activities_count_as_the_oldest() -> None:
    undated = [Activity(source="", account="", native_id="", line=0, kind=Kind.NOTE, title="hiring panel lead")]
    assert "hiring panel lead" in propose([*year(300), *undated], MONTH)[2].reason


def test_more_than_are_compared_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outgrow.analysis.proposals._MOST", 4)
    chance = Scorer(year(300), MONTH).probabilities()
    assert chance.shape == (len(MONTH),)
    assert chance[2:6].min() > chance[[0, 6, 8]].max()


def test_a_whole_history_is_measured_from_what_stands_before_each() -> None:
    history = [*year(600), *made(NEW, LATER)]
    chance = priors(history)
    assert chance[-4:].min() > 3 * chance[300:600].mean()
    assert priors(history[:-BLOCK]) == pytest.approx(chance[:-BLOCK], abs=1e-6)  # what comes later changes nothing
