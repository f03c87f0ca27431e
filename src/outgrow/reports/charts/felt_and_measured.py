"""Felt against measured: the measured share of weeks, side by side by how much progress they felt like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from outgrow.analysis.feeling import Agreement
from outgrow.model.share import Target
from outgrow.reports.charts import axes
from outgrow.reports.charts.axes import Area
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, percentage, text
from outgrow.reports.words import count, percent

SCORES = (1, 2, 3, 4, 5)
_FEW = 2  # weeks in a group that a mean needs
_LITTLE, _MUCH = (1, 2), (4, 5)
_NEAR = 0.03  # fractions of time that make no difference
_FRAMES = (
    (NARROW, Area(left=0.115, right=0.84, top=12, bottom=170)),
    (WIDE, Area(left=0.065, right=0.87, top=12, bottom=180)),
)
_BELOW = 42


@dataclass(frozen=True, slots=True)
class FeltWeek:
    """One week, by its Monday: how much progress it felt like, 1 to 5, and its measured share as a fraction."""

    monday: date
    felt: int
    measured: float


@dataclass(frozen=True, slots=True)
class FeltAndMeasured:
    """The weeks that have both, in order, and how the two agree over them; None where that cannot be said."""

    target: Target
    weeks: tuple[FeltWeek, ...]
    agreement: Agreement | None = None

    @property
    def is_comparable(self) -> bool:
        """Whether there are weeks enough that felt like little and that felt like much."""
        return min(len(_measured(self.weeks, scores)) for scores in (_LITTLE, _MUCH)) >= _FEW


def draw(view: FeltAndMeasured) -> Chart:
    """Draw five columns, one for each feeling, with a dot for every week and a line for their mean."""
    title = _title(view)
    svg = "".join(_drawing(view, title, *frame) for frame in _FRAMES) if view.weeks else ""
    rows = tuple((f"{each.monday}", f"{each.felt} of 5", percent(each.measured)) for each in view.weeks)
    note = "Each dot is a week from Monday; lines are means. The share of a single week is rough."
    return Chart(title, svg, Table(("Week from Monday", "Felt", "Measured"), rows), note if svg else "")


def _title(view: FeltAndMeasured) -> str:
    if not view.is_comparable:
        return f"Felt and measured: {count(len(view.weeks), 'week')} so far, too few to compare."
    low, high = (fmean(_measured(view.weeks, scores)) for scores in (_LITTLE, _MUCH))
    little_said = f"those that felt like little about {percent(low)}"
    said = f"Weeks that felt like much progress had about {percent(high)} growth work, {little_said}"
    if abs(high - low) < _NEAR:
        return f"{said}: no difference."
    return f"{said}: the feeling {'went with it' if high > low else 'went against it'}."


def _measured(weeks: Sequence[FeltWeek], scores: Sequence[int]) -> list[float]:
    return [each.measured for each in weeks if each.felt in scores]


def _drawing(view: FeltAndMeasured, title: str, frame: Frame, area: Area) -> str:
    top = axes.top_of(max(view.target.high, *(each.measured for each in view.weeks)))
    parts = [*axes.shares(area, top), *_target(view.target, area, top)]
    for score in SCORES:
        parts += _column(score, [each for each in view.weeks if each.felt == score], area, top)
    middle = percentage(area.across(0.5))
    parts.append(text("how much progress the week felt like", class_="muted middle", x=middle, y=area.bottom + 36))
    return drawing(title, frame, area.bottom + _BELOW, parts)


def _target(target: Target, area: Area, top: float) -> list[str]:
    y, low = area.down(target.high / top), area.down(target.low / top)
    width = percentage(area.right - area.left)
    box = element("rect", class_="target", x=percentage(area.left), width=width, y=y, height=max(1.0, low - y))
    return [box, text("target", class_="muted", x=percentage(area.right), dx=9, y=(y + low) / 2 + 4)]


def _column(score: int, weeks: Sequence[FeltWeek], area: Area, top: float) -> list[str]:
    """Draw the weeks of one feeling beside one another in the order of time."""
    place = 1 / len(SCORES)
    left = (score - 1) * place
    said = f"{score} {'little' if score == SCORES[0] else 'much' if score == SCORES[-1] else ''}".rstrip()
    parts = [text(said, class_="tick middle", x=percentage(area.across(left + place / 2)), y=area.bottom + 18)]
    for n, each in enumerate(weeks, 1):
        x = percentage(area.across(left + place * (0.15 + 0.7 * n / (len(weeks) + 1))))
        parts.append(element("circle", class_="week felt", cx=x, cy=area.down(each.measured / top), r=4))
    if len(weeks) >= _FEW:
        y = area.down(fmean(each.measured for each in weeks) / top)
        first, last = (percentage(area.across(left + place * share)) for share in (0.15, 0.85))
        parts.append(element("line", class_="growth-line", x1=first, x2=last, y1=y, y2=y))
    return parts
