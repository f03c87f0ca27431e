"""Share over time: the line goes where there is a share, says what it rests on, and names its last value."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.model.period import Period
from outgrow.model.share import Target, Unit
from outgrow.reports.charts.share_over_time import Event, Rolled, ShareOverTime, WeekShare, draw
from tests.reports.charts.drawn import drawings, having, read

MONDAY = date(2025, 12, 1)
YEAR = Period(MONDAY, MONDAY + timedelta(weeks=52))


def week(n: int, mean: float | None, *, audited: bool = True, wide: float = 0.02) -> WeekShare:
    rolled = None if mean is None else Rolled(mean, max(0.0, mean - wide), min(1.0, mean + wide))
    return WeekShare(monday=MONDAY + timedelta(weeks=n), own=mean, rolled=rolled, audited=audited)


def over_time(*weeks: WeekShare, events: tuple[Event, ...] = (), waiting: int = 0) -> ShareOverTime:
    return ShareOverTime(period=YEAR, target=Target(), unit=Unit.HOURS, weeks=weeks, events=events, waiting=waiting)


def test_the_title_says_what_moved_and_where_it_is_now() -> None:
    title = draw(over_time(*(week(n, share) for n, share in enumerate([0.04, 0.1, 0.15, 0.2, 0.27, 0.22])))).title
    assert title.startswith("Growth work rose from about 4 % in December 2025 to about 27 % in January 2026")
    assert title.endswith("and is about 22 % at the end.")


def test_what_is_within_the_ranges_is_unchanged() -> None:
    assert "treat it as unchanged" in draw(over_time(*(week(n, 0.1 + n / 100, wide=0.2) for n in range(4)))).title


def test_weeks_without_enough_work_are_gaps_not_zeros() -> None:
    chart = draw(over_time(*(week(n, share) for n, share in enumerate([0.1, 0.2, None, 0.1, 0.1]))))
    for drawing in drawings(chart):
        assert len(having(drawing, "band")) == 2
        assert "Gaps: too little work seen." in chart.note
    assert [row[2] for row in chart.table.rows] == [
        "about 10 %",
        "about 20 %",
        "too little work",
        "about 10 %",
        "about 10 %",
    ]


def test_what_no_audit_stands_behind_is_dashed_and_said() -> None:
    chart = draw(over_time(*(week(n, 0.1, audited=n > 2) for n in range(6))))
    for drawing in drawings(chart):
        assert len(having(drawing, "guessed")) == 1
        assert len(having(drawing, "growth-line")) == 2
    assert "Dashed: no audit asked about these weeks" in chart.note
    assert "Dashed" not in draw(over_time(week(0, 0.1), week(1, 0.1))).note


def test_what_is_still_computed_is_said() -> None:
    chart = draw(over_time(week(0, None), week(1, None), waiting=2))
    assert chart.title == "The share of these weeks is being computed."
    assert "2 weeks still to be computed" in chart.note
    assert chart.svg


def test_one_week_that_is_computed_does_not_hold_up_what_is_said_of_the_others() -> None:
    chart = draw(over_time(*(week(n, None) for n in range(12)), waiting=1))
    assert chart.title == "No four weeks here have enough work yet to tell a share of."
    assert "1 week still to be computed" in chart.note


def test_the_target_is_named_where_there_is_no_share_to_tell() -> None:
    for drawing in drawings(draw(over_time(week(0, None), week(1, None)))):
        assert [each.text for each in drawing.iter("text")].count("target") == 1


def test_the_last_value_is_named_and_the_target_keeps_clear_of_it() -> None:
    for share in (0.0, 0.15, 0.175, 0.2, 0.4):
        for drawing in drawings(draw(over_time(week(0, share), week(1, share)))):
            (value,) = having(drawing, "growth-text")
            (target,) = [each for each in drawing.iter("text") if each.text == "target"]
            assert value.text == f"{100 * share:.0f} %"
            assert abs(float(value.get("y", 0)) - float(target.get("y", 0))) >= 12


@pytest.mark.parametrize("weeks", [1, 2, 5, 13, 30, 52, 104, 520, 2000])
def test_names_of_days_never_touch(weeks: int) -> None:
    for drawing, least in zip(
        drawings(draw(over_time(*(week(n, 0.1) for n in range(weeks))))), (300, 600), strict=True
    ):
        bottom = max(float(each.get("y", 0)) for each in drawing.iter("text"))
        names = [each for each in drawing.iter("text") if float(each.get("y", 0)) == bottom]
        places = sorted(float(each.get("x", "0").rstrip("%")) * least / 100 for each in names)
        assert names
        assert all(later - earlier > 24 for earlier, later in pairwise(places))


def test_a_long_period_shows_some_of_its_weeks() -> None:
    chart = draw(over_time(*(week(n, 0.1) for n in range(520))))
    assert len(chart.table.rows) <= 110
    assert "One week in 5 is shown." in chart.note


def test_events_are_named_whatever_they_say() -> None:
    events = (Event(MONDAY, "first audit"), Event(MONDAY + timedelta(weeks=30), "outgrown: <script>" + "long " * 40))
    chart = draw(over_time(*(week(n, 0.1) for n in range(40)), events=events))
    for drawing in drawings(chart):
        assert len(having(drawing, "event")) == 2
        assert any((each.text or "").endswith("…") for each in drawing.iter("text"))


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12), st.booleans())
def test_any_course_can_be_drawn(shares: list[float | None], audited: bool) -> None:
    chart = draw(over_time(*(week(n, share, audited=audited) for n, share in enumerate(shares))))
    read(f"<div>{chart.svg}</div>")
    assert len(chart.table.rows) == len(shares)
    assert "style=" not in chart.svg


def test_nothing_at_all_is_said_without_a_drawing() -> None:
    chart = draw(replace(over_time(), weeks=()))
    assert not chart.svg
    assert chart.title == "No four weeks here have enough work yet to tell a share of."
