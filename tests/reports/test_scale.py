"""The scale carries target, guess, estimate and range, each at its place."""

from hypothesis import given
from hypothesis import strategies as st

from outgrow.model.share import Share, Target
from outgrow.reports.scale import draw

FRACTIONS = st.floats(0, 1)


def share(low: float, mean: float, high: float) -> Share:
    return Share(mean=mean, low=low, high=high, below=0.5, answers=10)


def test_what_is_drawn() -> None:
    ticks, line, target, legend = draw(Target(), share(0.06, 0.09, 0.12), 0.25)
    assert ticks.split() == ["0", "%", "10", "%", "20", "%", "30", "%", "40", "%"]
    assert line.index("●") == 2 + round(0.09 / 0.4 * 60)
    assert line.index("◇") == 2 + round(0.25 / 0.4 * 60)
    assert (line.index("━"), line.rindex("━")) == (2 + 9, 2 + 18)
    assert target.index("└") == ticks.index("20 %") - 7
    assert "about 9 %" in legend
    assert "your guess 25 %" in legend


@given(st.tuples(FRACTIONS, FRACTIONS, FRACTIONS).map(sorted), FRACTIONS)
def test_all_of_it_fits(ends: list[float], guess: float) -> None:
    lines = draw(Target(), share(*ends), guess)
    assert len({len(line) for line in lines[1:2]}) == 1
    assert lines[1].count("◇") == 1
    assert all(len(line) <= 100 for line in lines)
    assert max(*ends, guess, 0.2) <= int(lines[0].split()[-2]) / 100 + 1e-9
