"""The hours one source told of, week by week, against the working hours: where it has gaps and where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, percentage, text
from outgrow.reports.words import count, hours, percent

_HEIGHT = 40  # pixels of a week that is seen whole
_NAMES = 18  # pixels below
_FULL = 0.7  # how much of its place a week's column takes
_LEAST = 1.5  # pixels, so that a week with little is not taken for one with nothing


@dataclass(frozen=True, slots=True)
class SourceWeek:
    """Hours of one source in a week, by its Monday."""

    monday: date
    hours: float


@dataclass(frozen=True, slots=True)
class SourceWeeks:
    """The last weeks of a source in order, also those without hours; `working` are hours of a usual week."""

    weeks: tuple[SourceWeek, ...]
    working: float


def draw(view: SourceWeeks) -> Chart:
    """Draw a column for each week, as high as the part of the working hours that the source told of."""
    title = _title(view)
    svg = "".join(_drawing(view, title, frame) for frame in (NARROW, WIDE)) if _told(view) else ""
    rows = tuple((f"{each.monday}", hours(each.hours), percent(each.hours / view.working)) for each in view.weeks)
    note = f"Weeks from Monday. Upper line: {hours(view.working)}, the working hours of one." if svg else ""
    return Chart(
        title, svg, Table(("Week from Monday", "Hours", "Of working hours"), rows if _told(view) else ()), note
    )


def _told(view: SourceWeeks) -> Sequence[SourceWeek]:
    return [each for each in view.weeks if each.hours]


def _title(view: SourceWeeks) -> str:
    told = _told(view)
    if not told:
        return f"No hours in the last {count(len(view.weeks), 'week')}: it says what was done, not how long it took."
    mean = sum(each.hours for each in told) / len(told)
    share = percent(mean / view.working)
    return f"Hours in {len(told)} of the last {count(len(view.weeks), 'week')}, {share} of working hours in those."


def _drawing(view: SourceWeeks, title: str, frame: Frame) -> str:
    place = 1 / len(view.weeks)
    parts = [
        element("line", class_="hairline", x1=0, x2="100%", y1=0.5, y2=0.5),
        element("line", class_="axis", x1=0, x2="100%", y1=_HEIGHT + 0.5, y2=_HEIGHT + 0.5),
        *(_column(each.hours / view.working, n * place, place) for n, each in enumerate(view.weeks) if each.hours),
        text(_said(view.weeks[0].monday), class_="tick", x=0, y=_HEIGHT + _NAMES - 3),
        text(_said(view.weeks[-1].monday), class_="tick end", x="100%", y=_HEIGHT + _NAMES - 3),
    ]
    return drawing(title, frame, _HEIGHT + _NAMES, parts)


def _column(part: float, left: float, place: float) -> str:
    high = max(_LEAST, _HEIGHT * min(part, 1.0))
    side = (1 - _FULL) / 2 * place
    return element(
        "rect",
        class_="seen",
        x=percentage(left + side),
        width=percentage(_FULL * place),
        y=_HEIGHT - high,
        height=high,
    )


def _said(monday: date) -> str:
    return f"{monday.day} {monday:%b %Y}"
