"""The draw and the estimate, by properties."""

import math
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.audit import AuditItem, Reasked, draw, enough, estimate, learn
from outgrow.analysis.recalibration import UNANSWERED
from outgrow.model.share import Share, Target

items_ = st.lists(
    st.builds(
        AuditItem,
        hours=st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0]),
        probability=st.floats(0, 1),
        workstream=st.sampled_from("abcdefgh"),
        title=st.sampled_from(["", "Write the report", "Write the annual report", "Teach Kim", "Sync"]),
    ),
    min_size=1,
    max_size=14,
)
slow = settings(max_examples=40, deadline=None, derandomize=True)


def month(count: int = 60, seed: int = 1) -> tuple[list[AuditItem], list[float]]:
    """Return the items of a month and what they are."""
    chance = random.Random(seed)  # noqa: S311 - made-up work, no secret
    items = [
        AuditItem(chance.choice([0.5, 1.0, 2.0]), chance.betavariate(1, 4), f"w{chance.randrange(count // 2)}")
        for _ in range(count)
    ]
    return items, [float(chance.random() < item.probability) for item in items]


def true_share(items: list[AuditItem], growth: list[float]) -> float:
    return sum(i.hours * g for i, g in zip(items, growth, strict=True)) / sum(i.hours for i in items)


@slow
@given(items_, st.data())
def test_share_stays_within_what_the_answers_leave_open(items: list[AuditItem], data: st.DataObject) -> None:
    answers = data.draw(st.dictionaries(st.integers(0, len(items) - 1), st.sampled_from([0.0, 1.0])))
    share = estimate(items, answers, len(answers))
    total = sum(item.hours for item in items)
    if not total:
        assert (share.low, share.high) == (0, 1)
        return
    least = sum(items[n].hours * value for n, value in answers.items()) / total
    most = least + sum(item.hours for n, item in enumerate(items) if n not in answers) / total
    assert least - 1e-9 <= share.low <= share.mean <= share.high <= most + 1e-9
    assert 0 <= share.below <= 1
    if answers:
        assert share.check_low is None or share.check_high is None or share.check_low <= share.check_high + 1e-9


@slow
@given(items_, st.randoms(use_true_random=False))
def test_everything_answered_is_exact(items: list[AuditItem], chance: random.Random) -> None:
    growth = [float(chance.random() < 0.5) for _ in items]
    share = estimate(items, dict(enumerate(growth)), 9)
    if any(item.hours for item in items):
        assert share.low == pytest.approx(share.high)
        assert share.mean == pytest.approx(true_share(items, growth))


@slow
@given(items_, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(items: list[AuditItem], chance: random.Random) -> None:
    answers = {n: float(n % 2) for n in range(0, len(items), 3)}
    order = list(range(len(items)))
    chance.shuffle(order)
    mixed = estimate([items[n] for n in order], {place: answers[n] for place, n in enumerate(order) if n in answers}, 3)
    straight = estimate(items, answers, 3)
    for name in ("mean", "low", "high", "below"):
        assert getattr(mixed, name) == pytest.approx(getattr(straight, name), abs=1e-3)


def test_the_scale_of_hours_does_not_matter() -> None:
    items, growth = month()
    double = [AuditItem(2 * i.hours, i.probability, i.workstream, i.title) for i in items]
    answers = dict(enumerate(growth[:20]))
    first, second = estimate(items, answers, 8), estimate(double, answers, 8)
    assert (first.low, first.mean, first.high) == pytest.approx((second.low, second.mean, second.high))
    assert draw(items, 5) == draw(double, 5)


def test_answers_narrow_the_interval_to_the_truth() -> None:
    items, growth = month()
    widths: list[float] = []
    answers: dict[int, float] = {}
    for name in draw(items, 2):
        answers |= {n: growth[n] for n, item in enumerate(items) if item.workstream == name}
        widths.append(estimate(items, answers, len(widths) + 1).half_width)
    assert widths[0] > widths[len(widths) // 2] > widths[-1] == pytest.approx(0, abs=1e-9)


def test_the_interval_holds_the_truth_at_least_as_often_as_it_says() -> None:
    held = []
    for seed in range(120):
        items, growth = month(seed=seed)
        answered = set(draw(items, seed)[:12])
        share = estimate(items, {n: growth[n] for n, i in enumerate(items) if i.workstream in answered}, 12)
        held.append(share.low - 1e-9 <= true_share(items, growth) <= share.high + 1e-9)
    assert sum(held) / len(held) >= 0.92


def test_a_month_of_depth_alone_is_found_to_be_one() -> None:
    items = month()[0]
    answered = set(draw(items, 1)[:20])
    share = estimate(items, {n: 0.0 for n, i in enumerate(items) if i.workstream in answered}, 20)
    assert share.low == 0
    assert share.high < 0.1


def test_an_answer_for_a_similar_title_is_heard() -> None:
    def share(title: str) -> float:
        items = [AuditItem(1, 0.2, "a", "Prepare the quarterly budget"), AuditItem(1, 0.2, "b", title)]
        return estimate(items, {0: 1.0}, 1).mean

    assert share("Prepare quarterly budgets") > share("Interview a candidate")


def test_what_was_answered_in_another_month_informs_without_counting() -> None:
    items = [AuditItem(1, 0.2, "a", "Write minutes"), AuditItem(1, 0.2, "b", "Teach Kim the budget")]
    told = AuditItem(0, 0.2, "c", "Teach Lou the budget")
    plain, informed = estimate(items, {}, 0), estimate([*items, told], {}, 0, standing={2: 1.0})
    assert informed.mean > plain.mean


def test_standing_judgements_leave_a_little_doubt_and_more_once_one_has_turned() -> None:
    items = [AuditItem(1, 0.2, f"w{n}") for n in range(20)]
    stands = {n: float(n < 4) for n in range(20)}
    sure = estimate(items, {}, 0, standing=stands)
    steady = estimate(items, {}, 0, standing=stands, reasked=Reasked(20, 0))
    turned = estimate(items, {}, 0, standing=stands, reasked=Reasked(20, 4))
    said = estimate(items, stands, 20)
    assert said.half_width == 0 < sure.half_width < turned.half_width
    assert steady.half_width <= sure.half_width
    assert sure.low <= 0.2 <= sure.high


def test_a_large_month_takes_the_short_way_with_much_the_same_result() -> None:
    chance = random.Random(4)  # noqa: S311 - made-up work, no secret
    items = [AuditItem(1.0, chance.betavariate(1, 4), f"w{n}") for n in range(900)]
    answers = {n: float(chance.random() < items[n].probability) for n in range(200)}
    large, small = estimate(items, answers, 200), estimate(items[:590], answers, 200)
    assert large.low < 0.2 < large.high
    assert large.half_width == pytest.approx(small.half_width, abs=0.03)


def test_growth_is_told_with_the_chance_to_be_below_the_target() -> None:
    items = [AuditItem(1, 0.1, f"w{n}") for n in range(10)]
    answers = {n: float(n < 4) for n in range(10)}
    assert estimate(items, answers, 10, target=Target(0.3, 0.5)).below == 0
    assert estimate(items, answers, 10, target=Target(0.5, 0.5)).below == 1


def test_enough_takes_eight_answers_and_five_points() -> None:
    share = Share(mean=0.1, low=0.05, high=0.149, below=1, answers=8)
    assert enough(share)
    assert not enough(share, 7)
    assert not enough(share, half_width=0.04)


def test_draw_is_by_size_and_repeatable() -> None:
    items = [AuditItem(3, 0.5, "often"), AuditItem(1, 0.01, "seldom"), AuditItem(0, 0.5, "never")]
    size = [3 * (0.25 + 0.2), 0.5 * math.sqrt(0.01 * 0.99) + 0.2]
    firsts = Counter(draw(items, seed)[0] for seed in range(3000))
    assert firsts["often"] / 3000 == pytest.approx(size[0] / sum(size), abs=0.03)
    assert all(draw(items, seed)[2] == "never" for seed in range(50))
    assert draw(items, 7) == draw(items[::-1], 7)


def test_a_workstream_that_goes_leaves_the_order_of_the_others() -> None:
    items = month()[0]
    kept = [item for item in items if item.workstream != "w3"]
    assert [name for name in draw(items, 9) if name != "w3"] == list(draw(kept, 9))


def test_nothing_learned_is_the_prior() -> None:
    found = learn([AuditItem(1, 0.3, "a")], {})
    assert found.mean == pytest.approx(UNANSWERED.mean)
    assert found.covariance == pytest.approx(UNANSWERED.covariance)


def test_growth_everywhere_is_learned() -> None:
    items = [AuditItem(1, 0.3, f"w{n}") for n in range(20)]
    assert learn(items, dict.fromkeys(range(20), 1.0)).mean[0] > 0.3
