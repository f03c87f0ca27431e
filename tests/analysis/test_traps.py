"""The rules for traps: each raised, cleared and silent; and years in which nothing changes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import cos, nan, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outgrow.analysis import traps
from outgrow.analysis.rolling import Window
from outgrow.analysis.traps import REACH, Ground
from outgrow.analysis.weekly import Weekly
from outgrow.model.share import Target
from outgrow.model.trap import Finding, Need, Outcome, TrapKind
from tests.analysis.test_weekly import FIRST, judged

LOW, HIGH = Window(500, 0.05, 0.02, 0.08), Window(500, 0.5, 0.45, 0.55)
STREAMS = 8
Row = tuple[int, int, float, float, float]


@dataclass(frozen=True)
class Year:
    """How a person's weeks go: how many activities in week w, how long each, how often which kind, which is growth."""

    seed: int = 1
    times: Callable[[int], float] = lambda _: 20
    long: Callable[[int], float] = lambda _: 1.5
    first: Callable[[int], int] = lambda _: 0
    growth: frozenset[int] = frozenset()
    answered: bool = True


def lived(year: Year) -> list[Row]:
    """Return the activities of a year and a half, drawn at random."""
    return list(_lived(year))


def _lived(year: Year) -> Iterator[Row]:
    chance = np.random.default_rng(year.seed)
    for week in range(REACH):
        for _ in range(chance.poisson(year.times(week))):
            stream = year.first(week) + int(chance.geometric(0.35)) % STREAMS
            value = (1.0 if stream in year.growth else 0.0) if year.answered else nan
            size = float(chance.gamma(6, year.long(week) / 6))
            yield 7 * week + int(chance.integers(5)), stream, size, value, 0.1


def ground(year: Year, share: Window = LOW, late: Callable[[Row], bool] = lambda _: False) -> Ground:
    """Return what the rules see of it: thirty hours a week, all of them seen."""
    rows = sorted(lived(year), key=lambda row: row[0])
    work = Weekly.of(judged(rows), FIRST, REACH, {n for n, row in enumerate(rows) if late(row)})
    return Ground(
        work=work,
        seen=[bool(size > 7) for size in work.whole],
        working=[30.0] * REACH,
        measured=True,
        sources_kept=True,
        quarter=share,
        half=share,
        target=Target(),
        answers=20 if year.answered else 0,
    )


def found(kind: TrapKind, seen: Ground) -> Finding:
    """Return what the rule of a trap says."""
    return next(each for each in traps.look(seen) if each.kind is kind)


SAME = ground(Year())
MORE = ground(Year(times=lambda week: 26 if week >= 52 else 20))
FASTER = ground(Year(times=lambda week: 28 if week >= 52 else 20, long=lambda week: 1.05 if week >= 52 else 1.5))
LATE = ground(Year(growth=frozenset({2})), late=lambda row: row[1] == 2)
FULL = ground(Year(growth=frozenset({2}), times=lambda _: 26))
MUCH = ground(Year(growth=frozenset({0, 1})), HIGH)

RAISED = [
    (TrapKind.COMPETENCY, SAME),
    (TrapKind.MOVEMENT, MORE),
    (TrapKind.EFFICIENCY, FASTER),
    (TrapKind.STRETCH, LATE),
    (TrapKind.STRETCH, FULL),
    (TrapKind.WAITING, SAME),
    (TrapKind.OVERREACH, MUCH),
]
GROWN = Window(500, 0.2, 0.16, 0.24)
CLEARED = [
    (TrapKind.COMPETENCY, replace(SAME, half=GROWN)),
    (TrapKind.COMPETENCY, replace(SAME, quarter=GROWN)),
    (TrapKind.COMPETENCY, replace(SAME, since_entry=20.0)),
    (TrapKind.COMPETENCY, replace(SAME, since_role=4.0)),
    (TrapKind.COMPETENCY, ground(Year(first=lambda week: week // 20 * STREAMS))),
    (TrapKind.COMPETENCY, ground(Year(times=lambda week: 15 if week >= 52 else 20))),
    (TrapKind.MOVEMENT, SAME),
    (TrapKind.MOVEMENT, ground(Year(times=lambda week: 28 if week >= 52 or week < 26 else 20))),  # a season
    (TrapKind.MOVEMENT, ground(Year(times=lambda week: 28 if week >= 52 else 20, first=lambda week: week // 52 * 9))),
    (TrapKind.EFFICIENCY, SAME),
    (TrapKind.EFFICIENCY, ground(Year(long=lambda week: 1.05 if week >= 52 else 1.5))),  # the time freed stays free
    (TrapKind.STRETCH, ground(Year(growth=frozenset({2})))),
    (TrapKind.STRETCH, ground(Year(growth=frozenset({2})), late=lambda row: row[0] % 2 == 0)),  # all work is so
    (TrapKind.STRETCH, replace(LATE, since_entry=3.0)),
    (TrapKind.WAITING, replace(SAME, since_step=10.0)),
    (TrapKind.WAITING, replace(ground(Year(growth=frozenset({4}))), scoped=(4,))),
    (TrapKind.OVERREACH, SAME),
    (TrapKind.OVERREACH, replace(MUCH, quarter=GROWN, evidence=9, others=0)),
]
SILENT = [
    *((kind, replace(SAME, answers=7), Need.ANSWERS) for kind in TrapKind),
    *((kind, replace(SAME, seen=[False] * REACH), Need.WEEKS) for kind in TrapKind),
    *((kind, replace(SAME, working=[70.0] * REACH), Need.COVERAGE) for kind in TrapKind),
    (TrapKind.MOVEMENT, replace(MORE, seen=[False] * 26 + [True] * 52), Need.WEEKS),
    (TrapKind.MOVEMENT, replace(MORE, sources_kept=False), Need.SOURCES),
    (TrapKind.EFFICIENCY, replace(SAME, measured=False), Need.TIMES),
    (TrapKind.STRETCH, SAME, Need.GROWTH),
    (TrapKind.WAITING, replace(ground(Year(answered=False)), answers=20), Need.ANSWERED),
]


@pytest.mark.parametrize(("kind", "seen"), RAISED)
def test_a_trap_is_raised(kind: TrapKind, seen: Ground) -> None:
    told = found(kind, seen)
    assert told.outcome is Outcome.RAISED, told
    assert told.measure > 0
    assert told.behind


@pytest.mark.parametrize(("kind", "seen"), CLEARED)
def test_a_trap_is_clear(kind: TrapKind, seen: Ground) -> None:
    told = found(kind, seen)
    assert told.outcome is Outcome.CLEAR, told
    assert told.facts


@pytest.mark.parametrize(("kind", "seen", "need"), SILENT)
def test_a_rule_that_could_not_have_said_otherwise_says_nothing(kind: TrapKind, seen: Ground, need: Need) -> None:
    told = found(kind, seen)
    assert told.outcome is Outcome.SILENT
    assert need in {each.need for each in told.lacks}
    assert not told.facts


def test_a_turn_from_growth_to_depth_counts_when_there_was_growth_work_of_some_size() -> None:
    grown = ground(Year(growth=frozenset({2})))
    assert replace(grown, turned=((2, 5.0),)).since_gain == 5
    assert replace(grown, turned=((1, 5.0),)).since_gain == REACH
    assert replace(grown, turned=((999, 5.0),)).since_gain == REACH


def test_much_growth_without_a_word_of_others_is_overreach_once_evidence_is_kept() -> None:
    above = replace(SAME, quarter=Window(500, 0.3, 0.25, 0.35))
    assert found(TrapKind.OVERREACH, above).outcome is Outcome.CLEAR
    assert found(TrapKind.OVERREACH, replace(above, evidence=3)).outcome is Outcome.RAISED
    assert found(TrapKind.OVERREACH, replace(above, evidence=3, others=1)).outcome is Outcome.CLEAR


def test_a_dismissed_trap_comes_again_when_it_has_grown_by_half() -> None:
    assert not traps.changed(14.9, 10)
    assert traps.changed(15, 10)


def _season(week: int) -> float:
    return 20 + 6 * cos(2 * pi * week / 52)


def _holidays(week: int) -> float:
    return 0 if week % 52 in {0, 30, 31, 32, 51} else 20


KINDS: dict[str, Callable[[int], Year]] = {
    "plain": Year,
    "season": lambda seed: Year(seed, times=_season),
    "holidays": lambda seed: Year(seed, times=_holidays),
    "churn": lambda seed: Year(seed, first=lambda week: week // 9 * 2),
    "irregular": lambda seed: Year(seed, times=lambda week: (12, 20, 28, 17)[(week * 7 + seed) % 4]),
}
CHANCE_ALONE = {TrapKind.MOVEMENT, TrapKind.EFFICIENCY, TrapKind.STRETCH, TrapKind.OVERREACH}


@pytest.mark.parametrize("kind", KINDS)
def test_years_in_which_nothing_changes_raise_nothing(kind: str) -> None:
    """Of ten years at most one may be called what it is not.

    Without answers any trap would be false. With all work answered to be depth, that nothing was gained is no error;
    that there is more of it, that it is faster, or that there is much growth, is.
    """
    unanswered = [ground(replace(KINDS[kind](seed), answered=False)) for seed in range(10)]
    assert {each.outcome for seen in unanswered for each in traps.look(seen)} == {Outcome.SILENT}
    answered = [ground(KINDS[kind](seed)) for seed in range(10)]
    growing = [ground(replace(KINDS[kind](seed), growth=frozenset({2, 5, 9, 13, 17})), GROWN) for seed in range(10)]
    false = [each for seen in answered for each in traps.look(seen) if each.kind in CHANCE_ALONE]
    false += [each for seen in growing for each in traps.look(seen)]
    assert sum(each.outcome is Outcome.RAISED for each in false) == 0


@given(st.integers(0, 10_000), st.floats(0.02, 0.98), st.booleans())
@settings(max_examples=25)
def test_facts_and_outcome_agree(seed: int, share: float, late: bool) -> None:
    window = Window(500, share, max(0, share - 0.1), min(1, share + 0.1))
    seen = ground(Year(seed, growth=frozenset({1, 3})), window, lambda row: late and row[1] == 3)
    for each in traps.look(seen):
        assert (each.outcome is Outcome.SILENT) == bool(each.lacks) != bool(each.facts)
        assert (each.outcome is Outcome.RAISED) == (bool(each.facts) and all(fact.holds for fact in each.facts))
        assert all(behind.now + behind.before > 0 for behind in each.behind)
        assert each.measure >= 0


@given(st.integers(0, 10_000))
@settings(max_examples=10)
def test_the_same_work_of_four_quarters_is_that_of_a_plain_count(seed: int) -> None:
    year = Year(seed, first=lambda week: week // 17)
    rows = [row for row in lived(year) if row[0] >= 7 * 26]
    lasting = set.intersection(
        *({row[1] for row in rows if 26 + 13 * n <= row[0] // 7 < 39 + 13 * n} for n in range(4))
    )
    now = [row for row in rows if row[0] >= 7 * 52]
    wanted = sum(row[2] for row in now if row[1] in lasting) / sum(row[2] for row in now)
    told = {fact.name: fact.value for fact in found(TrapKind.COMPETENCY, ground(year)).facts}
    assert told["same work"] == pytest.approx(wanted)
