"""SVG text holds whatever it is given, does nothing with it, and keeps labels apart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from outgrow.reports.charts.svg import Label, element, number, shortened, spread, text, text_width
from tests.reports.charts.drawn import read

HOSTILE = st.one_of(
    st.text(max_size=40), st.sampled_from(["<script>alert(1)</script>", '" onload="x', "&amp;", "\x00"])
)
LABELS = st.lists(st.builds(Label, st.text("abc 12%", min_size=1, max_size=8), st.floats(0, 1)), max_size=3)


@given(HOSTILE, HOSTILE)
def test_whatever_the_text_it_stays_text(said: str, value: str) -> None:
    parsed = read(element("g", text(said, class_=value)))
    assert len(parsed) == 1
    assert set(parsed[0].attrib) == {"class"}
    assert not len(parsed[0])


@given(st.floats(-1e4, 1e4))
def test_a_coordinate_is_near_and_short(value: float) -> None:
    said = number(value)
    assert abs(float(said) - value) <= 0.0051
    assert len(said) <= 9
    assert said != "-0"


@given(LABELS)
def test_labels_stay_within_and_apart(labels: list[Label]) -> None:
    starts = spread(labels, 300)
    ends = [start + text_width(label.said) for start, label in zip(starts, labels, strict=True)]
    assert all(start >= -0.01 and end <= 300.01 for start, end in zip(starts, ends, strict=True))
    placed = sorted(zip(starts, ends, strict=True))
    assert all(first[1] < second[0] for first, second in pairwise(placed))


def test_a_label_alone_is_centred_on_its_place() -> None:
    assert spread([Label("about 9 %", 0.5)], 300) == [150 - text_width("about 9 %") / 2]


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    cut = shortened("Quarterly review of the supplier scorecards", 100)
    assert cut.endswith("…")
    assert text_width(cut) <= 100
    assert shortened("Stock", 100) == "Stock"
