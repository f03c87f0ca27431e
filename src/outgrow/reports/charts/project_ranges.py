"""Projects by hours: the growth work that is foreseen as a dot with its range, and what came as a diamond."""

from outgrow.analysis.project_choice import IN_THE_MAIN
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, percentage, shortened, text
from outgrow.reports.project_choice import ProjectsView, ProjectView, headline
from outgrow.reports.words import hours, percent, percent_range

_SHOWN = 12
_LANE = 44
_ENDS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEFT, _RIGHT = 0.03, 0.97
_HALF = 5.0  # pixels from the middle of a diamond


def draw(view: ProjectsView) -> Chart:
    """Draw the projects, those with most hours first within each group."""
    projects = (*view.candidates, *view.chosen, *view.past)
    title = headline(view)
    svg = "".join(_drawing(projects[:_SHOWN], title, frame) for frame in (NARROW, WIDE)) if projects else ""
    rows = tuple(map(_row, projects))
    columns = ("Project", "Hours", "Growth work foreseen", "Likely", "Came")
    return Chart(title, svg, Table(columns, rows), _note(len(projects)))


def _note(projects: int) -> str:
    more = f" {projects - _SHOWN} more in the table." if projects > _SHOWN else ""
    return f"Dot and line: the growth work foreseen and its range. Diamond: what came.{more}"


def _row(each: ProjectView) -> tuple[str, ...]:
    came = _share(each)
    told = "" if came is None else percent(came)
    return each.name, hours(each.hours), percent(each.share), percent_range(each.low, each.high), told


def _share(each: ProjectView) -> float | None:
    found = each.came or each.so_far
    return found.share if found else None


def _drawing(projects: tuple[ProjectView, ...], title: str, frame: Frame) -> str:
    bottom = _LANE * len(projects) + 4
    parts = []
    for share in _ENDS:
        x = _x(share)
        parts.append(element("line", class_="hairline", x1=x, x2=x, y1=20, y2=bottom))
        parts.append(text(percent(share), class_="tick middle", x=x, y=bottom + 16))
    middle = _x(IN_THE_MAIN)
    parts.append(element("line", class_="axis", x1=middle, x2=middle, y1=20, y2=bottom))
    for place, each in enumerate(projects):
        parts += _lane(each, _LANE * place, frame)
    return drawing(title, frame, bottom + 22, parts)


def _lane(each: ProjectView, top: float, frame: Frame) -> list[str]:
    y = top + 30
    said = shortened(each.name, frame.least - 80)
    parts = [
        text(said, class_="strong", x=0, y=top + 14),
        text(hours(each.hours), class_="muted end", x="100%", y=top + 14),
        element("line", class_="weeks", x1=_x(each.low), x2=_x(each.high), y1=y, y2=y),
        element("circle", class_="estimate", cx=_x(each.share), cy=y, r=5.5),
    ]
    came = _share(each)
    return parts if came is None else [*parts, _diamond(came, y)]


def _diamond(share: float, y: float) -> str:
    shape = element("path", class_="guess", d=f"M0,-{_HALF}L{_HALF},0L0,{_HALF}L-{_HALF},0Z")
    return element("svg", shape, class_="mark", x=_x(share), y=y)


def _x(share: float) -> str:
    return percentage(_LEFT + share * (_RIGHT - _LEFT))
