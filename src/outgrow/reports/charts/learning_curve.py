"""A learning curve: how much of a workstream was done when, until it was depth, and how uncomfortable it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from outgrow.reports.charts import axes
from outgrow.reports.charts.axes import Area
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import Label, element, labels, percentage, text
from outgrow.reports.ledger import LearningCurve, spent
from outgrow.reports.words import full_date

_WEEK = timedelta(weeks=1)
_MOST_BARS = 52
_SCORES = 5
_FELT = Area(left=0.0, right=1.0, top=36, bottom=72)  # where discomfort is drawn, from 1 at the bottom to 5
_DONE = Area(left=0.0, right=1.0, top=104, bottom=158)
_DONE_ALONE = Area(left=0.0, right=1.0, top=24, bottom=78)  # where no discomfort was noted
_BELOW = 28
_GAP = 0.15  # of the width of a bar


@dataclass(frozen=True, slots=True)
class _Bar:
    """The work of some weeks: from the Monday of the first, and whether it was depth by then."""

    monday: date
    size: float
    depth: bool


def draw(curve: LearningCurve) -> Chart:
    """Draw the work as bars, growth before depth, and above them the discomforts as dots with their number."""
    title = _title(curve)
    svg = "".join(_drawing(curve, title, frame) for frame in (NARROW, WIDE)) if curve.weeks else ""
    return Chart(title, svg, Table(("Week from", "What", "How much"), tuple(_rows(curve))))


def _title(curve: LearningCurve) -> str:
    if not curve.weeks:
        return f"{curve.name}: depth from {full_date(curve.turned)} on. None of its activities is left here."
    return f"{curve.name}: {spent(curve.unit, curve.amount)} until it was depth, {full_date(curve.turned)}."


def _rows(curve: LearningCurve) -> list[tuple[str, str, str]]:
    rows = [(each.monday, "done", spent(curve.unit, each.amount)) for each in curve.weeks]
    rows += [(each.on, "discomfort", f"{each.score} of {_SCORES}") for each in curve.discomforts]
    rows.append((curve.grew, "growth from this day on", ""))
    rows.append((curve.turned, "depth from this day on", ""))
    return [(f"{day}", what, much) for day, what, much in sorted(rows)]


def _drawing(curve: LearningCurve, title: str, frame: Frame) -> str:
    bars = _bars(curve)
    first, last = bars[0].monday, max(bars[-1].monday + _step(bars), curve.turned)
    span = _Span(first, -(-(last - first) // _WEEK))
    area = _DONE if curve.discomforts else _DONE_ALONE
    parts = [*_turn(curve, span, area, frame), *_work(bars, span, area)]
    parts += _felt(curve, span) if curve.discomforts else []
    parts += axes.weeks(area, [first + n * _WEEK for n in range(span.number + 1)], frame.least)
    return drawing(title, frame, area.bottom + _BELOW, parts)


@dataclass(frozen=True, slots=True)
class _Span:
    """The weeks a curve is drawn over, from the Monday of the first."""

    first: date
    number: int

    def place(self, day: date) -> float:
        """Return where a day lies, as a fraction of the width; one before the first work at its beginning."""
        return min(1.0, max(0.0, (day - self.first) / (self.number * _WEEK)))


def _bars(curve: LearningCurve) -> list[_Bar]:
    """Join weeks to a bar each until there are not too many; those that begin before the day of the turn are growth."""
    first, last = curve.weeks[0].monday, curve.weeks[-1].monday
    step = _WEEK * -(-((last - first) // _WEEK + 1) // _MOST_BARS)
    sums = [0.0] * ((last - first) // step + 1)
    for each in curve.weeks:
        sums[(each.monday - first) // step] += each.amount
    mondays = [first + n * step for n in range(len(sums))]
    return [_Bar(day, size, day >= curve.turned) for day, size in zip(mondays, sums, strict=True)]


def _step(bars: Sequence[_Bar]) -> timedelta:
    return bars[1].monday - bars[0].monday if len(bars) > 1 else _WEEK


def _work(bars: Sequence[_Bar], span: _Span, area: Area) -> list[str]:
    most, step = max(each.size for each in bars), _step(bars)
    parts = [axes.line(area, area.bottom)]
    for each in bars:
        left, right = span.place(each.monday), span.place(each.monday + step)
        high = each.size / most * area.height if each.size else 0.0
        if high:
            gap = _GAP * (right - left)
            box: dict[str, str | float] = {
                "x": percentage(left),
                "width": percentage(right - left - gap),
                "y": area.bottom - high,
            }
            parts.append(element("rect", class_="depth" if each.depth else "growth", height=high, **box))
    return parts


def _turn(curve: LearningCurve, span: _Span, area: Area, frame: Frame) -> list[str]:
    """Mark the day from which on it was depth, with a word on each side as far as there is room."""
    at = span.place(curve.turned)
    x = percentage(at)
    mark = element("line", class_="event", x1=x, x2=x, y1=18, y2=area.bottom)
    said = [Label("growth", at / 2, "growth-text"), Label("depth", (1 + at) / 2, "muted")]
    return [mark, *labels(said, frame.least, 12)]


def _felt(curve: LearningCurve, span: _Span) -> list[str]:
    """Draw the discomforts, each with its number, joined in the order of their days."""
    parts = [text("discomfort, 1 to 5", class_="muted", x=0, y=_FELT.bottom + 22)]
    places = [
        (span.place(each.on), _FELT.down((each.score - 1) / (_SCORES - 1)), each.score) for each in curve.discomforts
    ]
    for (left, above, _), (right, below, _) in pairwise(places):
        ends: dict[str, str | float] = {"x1": percentage(left), "x2": percentage(right), "y1": above, "y2": below}
        parts.append(element("line", class_="axis", **ends))
    for at, y, score in places:
        parts.append(element("circle", class_="guess", cx=percentage(at), cy=y, r=4))
        parts.append(text(f"{score}", class_="strong middle", x=percentage(at), y=y - 8))
    return parts
