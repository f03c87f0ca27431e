"""What is different between two periods: against a twin by plain loops, and on years with and without a change."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis.comparison import Blocks, compare, differences, gaps, parts, same_share
from outgrow.analysis.features import Deed, Feature, Trait
from outgrow.model.period import Period

TURN = date(2026, 1, 5)
EARLIER = Period(TURN - timedelta(days=365), TURN - timedelta(days=1))
LATER = Period(TURN, TURN + timedelta(days=181))
OLD = (
    "Weekly stock report",
    "Answer invoices of suppliers",
    "Clean the item master",
    "Data pull for finance",
    "Check pick rates",
    "Count the cold store",
    "Prepare month end",
    "Returns desk",
)
NEW = ("Negotiate carrier contract", "Supplier talks in Ghent", "Draft the supplier strategy")
Chance = Callable[[Random, int], Deed]


def usual(chance: Random, day: int) -> Deed:
    title = chance.choice(OLD)
    return Deed(day, chance.choice((0.5, 1.0, 1.5)), title, title, people=(chance.choice(("Ana", "Bo", "Cai")),))


def year(seed: int, later: Chance = usual) -> list[Deed]:
    chance = Random(seed)  # noqa: S311 - a made-up year
    days = [EARLIER.first.toordinal() + n for n in range(EARLIER.days + LATER.days)]
    working = [day for day in days if day % 7 < 5]
    return [
        (later if day >= TURN.toordinal() else usual)(chance, day)
        for day in working
        for _ in range(chance.choice((2, 3, 4)))
    ]


def turned(chance: Random, day: int) -> Deed:
    if chance.random() > 0.25:
        return usual(chance, day)
    title = chance.choice(NEW)
    return Deed(day, 1.0, title, title, people=("Priya",))


def by_hand(blocks: Blocks, order: list[int]) -> list[tuple[float, float, float]]:
    """Return gap, difference and the smaller share of each feature, by plain loops."""
    part, first = parts(blocks.before, len(blocks.whole) - blocks.before)
    found = []
    for sizes in blocks.sizes.tolist():
        shares = []
        for number in range(int(part.max()) + 1):
            mine = [order[place] for place in range(len(order)) if part[place] == number]
            whole = sum(blocks.whole[n] for n in mine)
            shares.append(sum(sizes[n] for n in mine) / whole if whole else None)
        before = [each for each in shares[:first] if each is not None]
        after = [each for each in shares[first:] if each is not None]
        gap = 0.0
        if before and after:
            gap = max(0.0, min(after) - max(before)) - max(0.0, min(before) - max(after))
        early, late = order[: blocks.before], order[blocks.before :]
        whole_early, whole_late = sum(blocks.whole[n] for n in early), sum(blocks.whole[n] for n in late)
        then = sum(sizes[n] for n in early) / whole_early if whole_early else 0.0
        now = sum(sizes[n] for n in late) / whole_late if whole_late else 0.0
        found.append((gap, now - then if whole_early and whole_late else 0.0, min(then, now)))
    return found


amounts = st.lists(st.integers(0, 9), min_size=14, max_size=14)


@settings(max_examples=60, deadline=None)
@given(st.lists(amounts, min_size=1, max_size=4), st.integers(4, 10), st.randoms(use_true_random=False))
def test_shares_are_those_of_plain_loops(sizes: list[list[int]], before: int, chance: Random) -> None:
    table = np.array(sizes, np.float64)
    blocks = Blocks(table, table, table.sum(axis=0), before)
    order = list(range(14))
    chance.shuffle(order)
    orders = np.array([range(14), order])
    wanted = [by_hand(blocks, each) for each in (list(range(14)), order)]
    for n, each in enumerate(wanted):
        assert gaps(blocks, orders)[:, n] == pytest.approx([gap for gap, _, _ in each], abs=1e-5)
        assert differences(blocks, orders)[:, n] == pytest.approx([moved for _, moved, _ in each], abs=1e-5)
        assert same_share(blocks, orders)[n] == pytest.approx(sum(same for _, _, same in each), abs=1e-5)


def test_parts_are_about_quarters() -> None:
    part, earlier = parts(13, 6)
    assert (part.tolist(), earlier) == ([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5], 4)


def test_years_without_a_change_are_told_nothing_of() -> None:
    told = [compare(year(seed), EARLIER, LATER) for seed in range(12)]
    assert sum(len(each.changes) for each in told if each) <= 1
    assert all(each and each.same.low - 0.02 < each.same.share for each in told)


def test_a_new_role_is_told_first_and_once() -> None:
    for seed in range(8):
        found = compare(year(seed, turned), EARLIER, LATER)
        assert found is not None
        first = found.changes[0]
        assert first.after > first.before == 0
        assert {first.feature.name} <= {"Priya", "supplier", *NEW, "negotiate", "carrier"}
        told = [n for change in found.changes for n in change.activities]
        assert len(told) == len(set(told))
        assert found.same.share < found.same.low


def test_a_season_of_every_year_is_no_change() -> None:
    def seasonal(chance: Random, day: int) -> Deed:
        audit = date.fromordinal(day).month in {1, 2, 3} and chance.random() < 0.3
        return Deed(day, 1.0, "w9", "Audit with the auditors") if audit else usual(chance, day)

    chance = Random(4)  # noqa: S311 - a made-up year
    days = range(EARLIER.first.toordinal(), LATER.last.toordinal() + 1)
    found = compare([seasonal(chance, day) for day in days for _ in range(3)], EARLIER, LATER)
    assert found is not None
    assert not found.changes


def test_projects_that_come_and_go_are_no_change_and_one_that_stays_is() -> None:
    def project(chance: Random, day: int) -> Deed:
        deed = usual(chance, day)
        stays = day >= TURN.toordinal() and chance.random() < 0.3
        return deed._replace(project="Orchard" if stays else f"Project {day // 49}")

    chance = Random(5)  # noqa: S311 - a made-up year
    days = range(EARLIER.first.toordinal(), LATER.last.toordinal() + 1)
    found = compare([project(chance, day) for day in days for _ in range(3)], EARLIER, LATER)
    assert found is not None
    assert [change.feature for change in found.changes] == [Feature(Trait.PROJECT, "Orchard")]


def test_too_little_work_is_not_compared() -> None:
    assert compare([], EARLIER, LATER) is None
    assert compare([deed for deed in year(1) if deed.day >= TURN.toordinal() - 30], EARLIER, LATER) is None
    assert compare([deed for deed in year(1) if deed.day < TURN.toordinal() + 30], EARLIER, LATER) is None


def test_the_same_work_gives_the_same_answer() -> None:
    assert compare(year(3, turned), EARLIER, LATER) == compare(year(3, turned), EARLIER, LATER)
