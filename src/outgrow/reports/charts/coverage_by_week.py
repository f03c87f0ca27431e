"""Coverage by week: hours seen against working hours, so that a week of which little was seen stands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.reports.charts import axes
from outgrow.reports.charts.axes import Area
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, hatch, percentage, text
from outgrow.reports.words import count, hours, percent

#: Of less than this part of its working hours a week is said to be seen little of.
LOW = 0.75
_FRAMES = (
    (NARROW, Area(left=0.115, right=0.99, top=24, bottom=120)),
    (WIDE, Area(left=0.065, right=0.99, top=24, bottom=130)),
)
_NAMES, _FULL = 30, 0.7  # pixels under the area; how much of its place a week's column takes
_STEPS = (5, 10, 20, 40, 80)
_LINES = 3


@dataclass(frozen=True, slots=True)
class WeekSeen:
    """One week, by its Monday: hours seen, and the hours of work to be expected in it without days off."""

    monday: date
    seen: float
    working: float

    @property
    def is_low(self) -> bool:
        """Whether much of it was not seen."""
        return self.seen < LOW * self.working


@dataclass(frozen=True, slots=True)
class CoverageByWeek:
    """The weeks of a period in order, also those of which nothing was seen."""

    weeks: tuple[WeekSeen, ...]


def draw(view: CoverageByWeek) -> Chart:
    """Draw a column for each week: seen hours solid, of a low week the hours not seen hatched."""
    title = _title(view.weeks)
    svg = "".join(_drawing(view.weeks, title, *frame) for frame in _FRAMES) if view.weeks else ""
    rows = tuple(
        (f"{each.monday}", hours(each.seen), hours(each.working), _part(each.seen, each.working)) for each in view.weeks
    )
    note = "Solid: hours seen. Line: working hours, without days off. Hatched: weeks under 75 %, what was not seen."
    return Chart(title, svg, Table(("Week from", "Seen", "Working hours", "Coverage"), rows), note if svg else "")


def _title(weeks: Sequence[WeekSeen]) -> str:
    seen, working = sum(each.seen for each in weeks), sum(each.working for each in weeks)
    if not working:
        return "No working weeks here yet."
    low = sum(each.is_low for each in weeks)
    said = f"{percent(seen / working)} of working hours seen in {count(len(weeks), 'week')}"
    return f"{said}; {count(low, 'week')} under 75 %." if low else f"{said}, none of them under 75 %."


def _part(seen: float, working: float) -> str:
    return percent(seen / working) if working else "no working days"


def _drawing(weeks: Sequence[WeekSeen], title: str, frame: Frame, area: Area) -> str:
    most = max(max(each.seen, each.working) for each in weeks) or 1.0
    step = next((each for each in _STEPS if most / each <= _LINES), _STEPS[-1])
    columns = [part for n, each in enumerate(weeks) for part in _column(each, n, len(weeks), most, area, frame)]
    parts = [
        hatch(f"coverage-{frame.class_}"),
        *(part for mark in range(0, int(most) + 1, step) for part in _line(mark, most, area)),
        *columns,
        *axes.weeks(area, [each.monday for each in weeks], frame.least, middle=True),
    ]
    return drawing(title, frame, area.bottom + _NAMES, parts)


def _line(mark: int, most: float, area: Area) -> list[str]:
    y = area.down(mark / most)
    return [axes.line(area, y), text(f"{mark} h", class_="tick end", x=percentage(area.left), dx=-6, y=y + 4)]


def _column(each: WeekSeen, n: int, weeks: int, most: float, area: Area, frame: Frame) -> list[str]:  # noqa: PLR0913, PLR0917 - a column and where it stands
    place = (area.right - area.left) / weeks
    x, wide = area.left + (n + (1 - _FULL) / 2) * place, percentage(_FULL * place)
    left, right = percentage(x), percentage(x + _FULL * place)
    seen, working = area.down(each.seen / most), area.down(each.working / most)
    parts = [element("rect", class_="seen", x=left, width=wide, y=seen, height=area.bottom - seen)]
    if each.is_low:
        fill = f"url(#hatch-coverage-{frame.class_})"
        parts.append(
            element("rect", class_="unsorted", fill=fill, x=left, width=wide, y=working, height=seen - working)
        )
    if each.working:
        parts.append(element("line", class_="working", x1=left, x2=right, y1=working, y2=working))
    return parts
