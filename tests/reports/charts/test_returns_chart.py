"""The drawing of returns: a square for each, by what it gave, however many there are."""

from datetime import date

import pytest

from outgrow.model.period import Period
from outgrow.model.share import Unit
from outgrow.reports.charts import returns
from outgrow.reports.returns import By, Gained, Returned, ReturnLine, ReturnsView
from tests.reports.charts.drawn import drawings, having

LOOKS = ("growth", "depth", "neither")


def some(gave: int, showed: int, neither: int) -> Returned:
    """Return a period in which so many gave a capability, left evidence, or neither."""
    lines = [
        ReturnLine(
            name=f"<b>{number}</b> & more",
            workstream=None,
            hours=500.0 - number,
            items=3,
            capabilities=(Gained(number, "c"),) if number < gave else (),
            evidence=int(number < gave + showed),
        )
        for number in range(gave + showed + neither)
    ]
    return Returned(
        period=Period(date(2026, 1, 1), date(2026, 12, 31), "2026"),
        lines=tuple(lines),
        capabilities=gave,
        loose_capabilities=(),
        loose_evidence=0,
        loose_hours=0.0,
        loose_items=0,
    )


def view(now: Returned, before: Returned | None = None, unit: Unit = Unit.HOURS) -> ReturnsView:
    """Return the view of one or two periods."""
    return ReturnsView(by=By.PROJECT, unit=unit, now=now, before=before)


def test_each_project_is_a_square_by_what_it_gave() -> None:
    for drawing in drawings(returns.draw(view(some(3, 9, 18), some(0, 0, 50)))):
        counts = [len(having(drawing, look)) - 1 for look in LOOKS]  # one of each is the key
        assert counts == [3, 9, 68]
        widest = max(float(each.get("x", "0")) for each in having(drawing, "neither"))
        assert widest + 12 <= 600


def test_of_very_many_a_square_stands_for_several_and_none_that_gave_something_is_lost() -> None:
    chart = returns.draw(view(some(1, 1, 3998)))
    assert "One square stands for 10 projects." in chart.note
    for drawing in drawings(chart):
        assert [len(having(drawing, look)) - 1 for look in LOOKS] == [1, 1, 400]


def test_the_table_says_what_each_gave() -> None:
    chart = returns.draw(view(some(1, 1, 1)))
    assert chart.table.rows == (
        ("<b>0</b> & more", "500 h", "3", "1 capability, 1 piece of evidence"),
        ("<b>1</b> & more", "499 h", "3", "1 piece of evidence"),
        ("<b>2</b> & more", "498 h", "3", "nothing kept"),
    )


@pytest.mark.parametrize("unit", Unit)
def test_the_largest_are_bars(unit: Unit) -> None:
    for drawing in drawings(returns.draw_largest(view(some(2, 1, 30), unit=unit))):
        assert [len(having(drawing, look)) for look in LOOKS] == [2, 1, 5]


def test_nothing_is_drawn_of_nothing() -> None:
    empty = view(some(0, 0, 0))
    assert returns.draw(empty).svg == returns.draw_largest(empty).svg == ""
    assert returns.draw(empty).title == "No project in this period."
