"""Hours by workstream, coverage by week, felt against measured: each says its finding and holds its table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.model.share import Target, Unit
from outgrow.reports.charts import coverage_by_week, felt_and_measured, hours_by_workstream
from outgrow.reports.charts.coverage_by_week import CoverageByWeek, WeekSeen
from outgrow.reports.charts.felt_and_measured import FeltAndMeasured, FeltWeek
from outgrow.reports.charts.hours_by_workstream import HoursByWorkstream, Stream
from tests.reports.charts.drawn import drawings, having

MONDAY = date(2026, 1, 5)
AMOUNT = st.floats(0.1, 500)


def weeks(*pairs: tuple[float, float]) -> CoverageByWeek:
    return CoverageByWeek(
        tuple(WeekSeen(MONDAY + timedelta(weeks=n), seen, working) for n, (seen, working) in enumerate(pairs))
    )


def felt(*pairs: tuple[int, float]) -> FeltAndMeasured:
    told = (FeltWeek(MONDAY + timedelta(weeks=n), score, share) for n, (score, share) in enumerate(pairs))
    return FeltAndMeasured(Target(), tuple(told))


def test_each_kind_of_work_has_its_own_look_and_a_key() -> None:
    streams = (Stream(name="a", growth=4, depth=2), Stream(name="b", unsorted=3))
    chart = hours_by_workstream.draw(HoursByWorkstream(Unit.HOURS, streams))
    assert chart.title == "4.0 h growth, 2.0 h depth and 3.0 h not sorted yet, in 2 kinds of work."
    for drawing in drawings(chart):
        for kind in ("growth", "depth", "unsorted"):
            assert len(having(drawing, kind)) == 2
        assert all(each.get("fill", "").startswith("url(#hatch") for each in having(drawing, "unsorted"))
    ids = [each.get("id") for drawing in drawings(chart) for each in drawing.iter("pattern")]
    assert len(ids) == len(set(ids)) == 2


def test_long_names_are_cut_and_whole_in_the_table() -> None:
    name = "Quarterly business review of every supplier in the north " * 3
    chart = hours_by_workstream.draw(HoursByWorkstream(Unit.HOURS, (Stream(name=name, depth=1),)))
    assert name not in chart.svg
    assert "…" in chart.svg
    assert chart.table.rows[0][0] == name


def test_the_many_small_ones_are_told_together() -> None:
    streams = tuple(Stream(name=f"w{n}", depth=30 - n) for n in range(20))
    chart = hours_by_workstream.draw(HoursByWorkstream(Unit.ITEMS, streams))
    assert chart.note == "12 other kinds of work together: 198 items, all of it depth."
    assert len(chart.table.rows) == 20


@given(st.lists(st.builds(Stream, name=st.text(max_size=30), growth=AMOUNT, depth=AMOUNT, unsorted=AMOUNT), max_size=9))
def test_bars_stay_within_the_drawing(streams: list[Stream]) -> None:
    for drawing in drawings(hours_by_workstream.draw(HoursByWorkstream(Unit.HOURS, tuple(streams)))):
        for each in drawing.iter("rect"):
            if each.get("x", "0").endswith("%"):
                assert float(each.get("x", "0%")[:-1]) + float(each.get("width", "0%")[:-1]) <= 100


def test_a_low_week_stands_out() -> None:
    chart = coverage_by_week.draw(weeks((38, 40), (10, 40), (0, 0), (44, 40)))
    assert chart.title == "77 % of working hours seen in 4 weeks; 1 week under 75 %."
    for drawing in drawings(chart):
        (hatched,) = having(drawing, "unsorted")
        assert float(hatched.get("height", 0)) > 50
    assert [row[3] for row in chart.table.rows] == ["95 %", "25 %", "no working days", "110 %"]


def test_coverage_without_weeks_is_said() -> None:
    assert coverage_by_week.draw(weeks()).title == "No working weeks here yet."


def test_the_feeling_is_compared_once_there_are_enough_weeks() -> None:
    assert "too few to compare" in felt_and_measured.draw(felt((5, 0.1), (1, 0.2))).title
    against = felt_and_measured.draw(felt((5, 0.05), (4, 0.07), (1, 0.2), (2, 0.22)))
    assert against.title.endswith(
        "about 6 % growth work, those that felt like little about 21 %: the feeling went against it."
    )
    along = felt_and_measured.draw(felt((5, 0.25), (4, 0.27), (1, 0.1), (2, 0.12)))
    assert along.title.endswith("the feeling went with it.")
    same = felt_and_measured.draw(felt((5, 0.15), (4, 0.17), (1, 0.15), (2, 0.16), (3, 0.9)))
    assert same.title.endswith("no difference.")


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0, 1)), min_size=1, max_size=20))
def test_every_week_is_a_dot_in_its_column(pairs: list[tuple[int, float]]) -> None:
    for drawing in drawings(felt_and_measured.draw(felt(*pairs))):
        dots = having(drawing, "felt")
        assert len(dots) == len(pairs)
        places = sorted(float(each.get("cx", "0%")[:-1]) for each in dots)
        assert places[0] > 6
        assert places[-1] < 88


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (Stream(name="a", depth=1), "1 item, all of it depth, in 1 kind of work."),
        (Stream(name="a", unsorted=3), "3 items, all of it not sorted yet, in 1 kind of work."),
        (Stream(name="a", depth=1, unsorted=2), "0 items growth, 1 item depth and 2 items not sorted yet, in 1 kind"),
    ],
)
def test_what_is_all_of_one_kind_is_said_so(stream: Stream, said: str) -> None:
    assert hours_by_workstream.draw(HoursByWorkstream(Unit.ITEMS, (stream,))).title.startswith(said)


def test_weeks_that_say_nothing_are_told_from_those_that_do() -> None:
    assert not felt((4, 0.1), (5, 0.2), (1, 0.1)).is_comparable
    assert felt((4, 0.1), (5, 0.2), (1, 0.1), (2, 0.1)).is_comparable
    assert not weeks((0, 40), (0, 40)).has_hours
    assert weeks((0, 40), (1, 40)).has_hours
