"""The drawn scale carries target, guess, estimate and ranges, each at its place."""

from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outgrow.model.share import Share, Target
from outgrow.reports.charts.scale import ScaleView, draw
from tests.reports.charts.drawn import drawings, having

FRACTIONS = st.floats(0, 1)
ENDS = st.tuples(FRACTIONS, FRACTIONS, FRACTIONS).map(sorted)


def share(low: float, mean: float, high: float) -> Share:
    return Share(mean=mean, low=low, high=high, below=0.5, answers=10)


def one(drawing: Element, class_: str) -> Element:
    (found,) = having(drawing, class_)
    return found


FULL = ScaleView(target=Target(), share=share(0.06, 0.09, 0.12), guess=0.25)


def test_everything_stands_at_its_place() -> None:
    for drawing in drawings(draw(FULL)):
        assert one(drawing, "estimate").get("cx") == "22.5%"
        assert (one(drawing, "range").get("x"), one(drawing, "range").get("width")) == ("15%", "15%")
        assert (one(drawing, "target").get("x"), one(drawing, "target").get("width")) == ("37.5%", "12.5%")
        assert one(drawing, "mark").get("x") == "62.5%"


def test_the_drawing_is_told_as_one_image() -> None:
    for drawing in drawings(draw(FULL)):
        assert drawing.get("role") == "img"
        assert drawing[0].tag == "title"
        assert drawing[0].text == draw(FULL).title
        assert not [each for each in drawing.iter() if "style" in each.attrib]


def test_an_early_share_is_a_range_without_a_point() -> None:
    chart = draw(ScaleView(target=Target(), share=share(0.02, 0.12, 0.3), point=False))
    assert "estimate" not in chart.svg
    assert "about" not in chart.svg + chart.title
    assert ("Likely", "2\N{EN DASH}30 %") in chart.table.rows


def test_an_empty_scale_shows_the_target_alone() -> None:
    chart = draw(ScaleView(target=Target()))
    assert chart.table.rows == (("Your target", "15\N{EN DASH}20 %"),)
    assert "range" not in chart.svg


def test_the_range_before_has_its_own_track() -> None:
    drawing = drawings(draw(ScaleView(target=Target(), share=FULL.share, before=share(0.03, 0.1, 0.24))))[0]
    before, now = one(drawing, "range-before"), one(drawing, "range")
    assert float(before.get("y", 0)) + float(before.get("height", 0)) < float(now.get("y", 0))


@pytest.mark.parametrize(("guess", "top"), [(0.25, "40 %"), (0.5, "60 %"), (0.7, "100 %")])
def test_the_upper_end_grows_with_what_it_carries(guess: float, top: str) -> None:
    drawing = drawings(draw(ScaleView(target=Target(), guess=guess)))[0]
    assert [each.text for each in drawing.iter("text")][-1] == top


@given(FRACTIONS, FRACTIONS)
def test_all_ticks_are_named_wherever_the_target_lies(one_end: float, other: float) -> None:
    target = Target(min(one_end, other), max(one_end, other))
    for drawing in drawings(draw(ScaleView(target=target))):
        ticks = [float((each.text or "").rstrip(" %")) for each in having(drawing, "tick")]
        assert len(ticks) == 5
        assert len({round(later - tick) for tick, later in pairwise(ticks)}) == 1
        (named,) = [each for each in drawing.iter("text") if "target" in (each.text or "")]
        assert named.get("y") not in {each.get("y") for each in having(drawing, "tick")}


@given(ENDS, FRACTIONS)
def test_all_of_it_fits(ends: list[float], guess: float) -> None:
    low, mean, high = ends
    view = ScaleView(target=Target(), share=share(low, mean, high), guess=guess)
    for drawing in drawings(draw(view)):
        for each in drawing.iter():
            for name in ("x", "cx"):
                if (place := each.get(name, "0")).endswith("%"):
                    assert 0 <= float(place.rstrip("%")) <= 100
