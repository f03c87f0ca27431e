"""The charts of the ledger: each state has a shape and a word, every lane stays within, and the table has all."""

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from outgrow.model.capability import CapabilityState
from outgrow.model.share import Unit
from outgrow.reports.charts import capability_timeline, learning_curve
from outgrow.reports.ledger import CapabilityLine, CurveWeek, Discomfort, LearningCurve, StateDay
from tests.reports.charts.drawn import drawings, having

TODAY = date(2026, 10, 6)
MONDAY = date(2026, 1, 5)


def line(name: str = "Lead talks", *days: int) -> CapabilityLine:
    """Give a capability that reached as many states as days are named, so many days before today."""
    states = [StateDay(state, TODAY - timedelta(days=back)) for state, back in zip(CapabilityState, days, strict=False)]
    return CapabilityLine(number=1, name=name, state=states[-1].state, states=tuple(states), evidence=0)


def curve(
    weeks: list[float], turned: int = 3, discomforts: tuple[tuple[int, int], ...] = (), unit: Unit = Unit.HOURS
) -> LearningCurve:
    """Give a curve with so many hours a week, depth after some weeks."""
    spent = tuple(CurveWeek(MONDAY + timedelta(weeks=n), amount) for n, amount in enumerate(weeks))
    return LearningCurve(
        workstream="w1",
        name="Supplier call",
        grew=MONDAY,
        turned=MONDAY + timedelta(weeks=turned),
        unit=unit,
        amount=sum(weeks[:turned]),
        items=len(weeks),
        first=MONDAY if weeks else None,
        last=MONDAY if weeks else None,
        weeks=spent,
        discomforts=tuple(Discomfort(MONDAY + timedelta(weeks=n), score) for n, score in discomforts),
    )


def test_every_state_has_its_own_shape_and_its_word() -> None:
    chart = capability_timeline.draw([line("Lead talks", 300, 200, 100, 50)], TODAY)
    assert chart.title == "1 capability: 1 taught."
    for drawing in drawings(chart):
        shapes = {
            state: {
                (each.tag, each.get("d", "")[:2])
                for each in having(drawing, "capability")
                if state in each.get("class", "")
            }
            for state in CapabilityState
        }
        assert all(len(shape) == 1 for shape in shapes.values())
        assert shapes[CapabilityState.REPEATED] != shapes[CapabilityState.TAUGHT]
        words = [each.text for each in drawing.iter("text")]
        assert all(state.value in words for state in CapabilityState)
        assert words.count("taught") == 2, "in the key, and at the end of the lane"
    assert chart.table.rows == (("Lead talks", "2025-12-10", "2026-03-20", "2026-06-28", "2026-08-17"),)


def test_of_many_the_rest_is_told() -> None:
    chart = capability_timeline.draw([line(f"c{place}", place) for place in range(40)], TODAY)
    assert chart.note == "16 earlier ones not drawn; the table has all."
    assert len(chart.table.rows) == 40
    assert [len(having(drawing, "strong")) for drawing in drawings(chart)] == [24, 24]


def test_states_of_one_day_are_one_mark() -> None:
    for drawing in drawings(capability_timeline.draw([line("Lead talks", 9, 9, 9)], TODAY)):
        key = 4
        assert len(having(drawing, "capability")) == key + 1


@given(
    st.lists(st.tuples(st.text(max_size=300), st.lists(st.integers(0, 4000), min_size=1, max_size=4)), max_size=6),
)
def test_lanes_stay_within_the_drawing(those: list[tuple[str, list[int]]]) -> None:
    chart = capability_timeline.draw([line(name, *sorted(days, reverse=True)) for name, days in those], TODAY)
    for drawing in drawings(chart):
        for lane in having(drawing, "lane"):
            left, right = (float(lane.get(end, "").rstrip("%")) for end in ("x1", "x2"))
            assert 0 <= left <= right <= 100
    assert len(chart.table.rows) == len(those)


def test_a_timeline_at_the_beginning_of_the_calendar() -> None:
    first = CapabilityLine(
        number=1,
        name="x",
        state=CapabilityState.CLAIMED,
        states=(StateDay(CapabilityState.CLAIMED, date.min),),
        evidence=0,
    )
    assert drawings(capability_timeline.draw([first], date.min))
    assert drawings(capability_timeline.draw([first], TODAY))


def test_a_learning_curve_turns_from_growth_to_depth() -> None:
    chart = learning_curve.draw(curve([2, 2, 4, 1, 1], discomforts=((0, 4), (2, 2))))
    assert chart.title == "Supplier call: 8.0 h until it was depth, 26 January 2026."
    for drawing in drawings(chart):
        assert (len(having(drawing, "growth")), len(having(drawing, "depth"))) == (3, 2)
        assert [each.text for each in having(drawing, "strong")] == ["4", "2"]
    assert ("2026-01-05", "discomfort", "4 of 5") in chart.table.rows
    assert ("2026-01-26", "depth from this day on", "") in chart.table.rows


def test_work_without_hours_is_drawn_by_its_items() -> None:
    chart = learning_curve.draw(curve([1, 1, 1, 1], unit=Unit.ITEMS))
    assert chart.title == "Supplier call: 3 activities until it was depth, 26 January 2026."
    assert [len(having(drawing, "growth")) for drawing in drawings(chart)] == [3, 3]


def test_where_no_work_is_left_the_turn_is_told() -> None:
    chart = learning_curve.draw(curve([]))
    assert (chart.svg, chart.title) == (
        "",
        "Supplier call: depth from 26 January 2026 on. None of its activities is left here.",
    )


@pytest.mark.parametrize("weeks", [1, 52, 53, 520, 3000])
def test_many_weeks_are_joined(weeks: int) -> None:
    for drawing in drawings(learning_curve.draw(curve([1.0] * weeks, weeks // 2))):
        bars = having(drawing, "growth") + having(drawing, "depth")
        assert 1 <= len(bars) <= 52
        assert all(
            float(bar.get("x", "").rstrip("%")) + float(bar.get("width", "").rstrip("%")) <= 100.01 for bar in bars
        )
