"""Coverage by week: hours seen against working hours, so that a week of which little was seen stands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.reports.charts import axes
from outgrow.reports.charts.axes import Area
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, hatch, number, percentage, text
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

    @property
    def has_hours(self) -> bool:
        """Whether anything here measures time."""
        return any(each.seen for each in self.weeks)


def draw(view: CoverageByWeek) -> Chart:
    """Draw a column for each week: seen hours solid, of a low week the hours not seen hatched."""
    title = _title(view.weeks)
    weeks, step = axes.thinned(view.weeks)
    svg = "".join(_drawing(weeks, title, *frame) for frame in _FRAMES) if weeks else ""
    rows = tuple((f"{w.monday}", hours(w.seen), hours(w.working), _part(w.seen, w.working)) for w in weeks)
    note = (
        "Weeks from Monday. Solid: hours seen. Line: working hours, without days off. "
        "Hatched: weeks under 75 %, what was not seen."
    )
    table = Table(("Week from Monday", "Seen", "Working hours", "Coverage"), rows)
    return Chart(title, svg, table, f"{note} {axes.every(step)}".rstrip() if weeks else "")


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
    parts = [
        hatch(f"coverage-{frame.class_}"),
        *(part for mark in range(0, int(most) + 1, step) for part in _line(mark, most, area)),
        _columns(weeks, most, area),
        *(_unseen(each, n, len(weeks), most, area, frame) for n, each in enumerate(weeks) if each.is_low),
        *axes.weeks(area, [each.monday for each in weeks], frame.least, middle=True),
    ]
    return drawing(title, frame, area.bottom + _NAMES, parts)


def _line(mark: int, most: float, area: Area) -> list[str]:
    y = area.down(mark / most)
    return [axes.line(area, y), text(f"{mark} h", class_="tick end", x=percentage(area.left), dx=-6, y=y + 4)]


def _columns(weeks: Sequence[WeekSeen], most: float, area: Area) -> str:
    """Draw seen hours and working hours, each as one path in a box that stretches with the page."""
    start, bottom = (1 - _FULL) / 2, number(area.height)
    seen = [(n + start, number(area.height * (1 - each.seen / most))) for n, each in enumerate(weeks)]
    working = [(n + start, area.height * (1 - each.working / most)) for n, each in enumerate(weeks) if each.working]
    return element(
        "svg",
        element("path", class_="seen", d="".join(f"M{number(x)},{bottom}V{y}h{_FULL}V{bottom}z" for x, y in seen)),
        element("path", class_="working", d="".join(f"M{number(x)},{number(y)}h{_FULL}" for x, y in working)),
        class_="plot",
        x=percentage(area.left),
        y=area.top,
        width=percentage(area.right - area.left),
        height=area.height,
        view_box=f"0 0 {len(weeks)} {bottom}",
        preserve_aspect_ratio="none",
    )


def _unseen(each: WeekSeen, n: int, weeks: int, most: float, area: Area, frame: Frame) -> str:  # noqa: PLR0913, PLR0917 - a column and where it stands
    place = (area.right - area.left) / weeks
    seen, working = area.down(each.seen / most), area.down(each.working / most)
    return element(
        "rect",
        class_="unsorted",
        fill=f"url(#hatch-coverage-{frame.class_})",
        x=percentage(area.left + (n + (1 - _FULL) / 2) * place),
        width=percentage(_FULL * place),
        y=working,
        height=seen - working,
    )
