"""The kinds of work of two periods as streams that flow side by side, month after month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from outgrow.model.share import Unit
from outgrow.reports.changed import ChangedView
from outgrow.reports.charts.axes import Area, weeks
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, number, percentage, shortened, text
from outgrow.reports.words import hours

_SHOWN = 8
_TOP, _HEIGHT, _NAMES = 22.0, 230.0, 28.0
_LINE = 17.0  # pixels from one label to the next
_LEADER = 14.0
_TINTS = 3


@dataclass(frozen=True, slots=True)
class _Stream:
    """One stream: how much it has in each month."""

    name: str
    amounts: tuple[float, ...]


def draw(view: ChangedView) -> Chart | None:
    """Draw the largest kinds of work and the others together; None where there are under two months."""
    if len(view.months) < 2:  # noqa: PLR2004 - nothing flows in one month
        return None
    streams = _streams(view)
    title = f"{len(streams) - 1} kinds of work with most {view.unit.value}, and all others, month after month."
    svg = "".join(_drawing(view, streams, title, frame, right) for frame, right in ((NARROW, 0.6), (WIDE, 0.68)))
    note = "As wide as what went into it. The line divides the periods; the first and the last month may be cut off."
    rows = tuple(
        (f"{month:%B} {month.year}", *(_said(each.amounts[n], view.unit) for each in streams))
        for n, month in enumerate(view.months)
    )
    return Chart(title, svg, Table(("Month", *(each.name for each in streams)), rows), note)


def _said(amount: float, unit: Unit) -> str:
    return hours(amount) if unit is Unit.HOURS else f"{amount:.0f}"


def _streams(view: ChangedView) -> list[_Stream]:
    """Return the streams with most in both periods, and the others together."""
    ordered = sorted(view.rows, key=lambda row: -sum(row.months))
    rest = [row.months for row in ordered[_SHOWN:]]
    other = tuple(map(sum, zip(view.other, *rest, strict=True)))
    return [*(_Stream(row.name, row.months) for row in ordered[:_SHOWN]), _Stream("All others", other)]


def _drawing(view: ChangedView, streams: Sequence[_Stream], title: str, frame: Frame, right: float) -> str:
    area = Area(left=0.0, right=right, top=_TOP, bottom=_TOP + _HEIGHT)
    edges = _edges(streams)
    parts = [
        _plot(edges, area),
        *_border(view, area),
        *_labels(streams, edges, area, frame),
        *weeks(area, view.months, frame.least),
    ]
    return drawing(title, frame, area.bottom + _NAMES, parts)


def _edges(streams: Sequence[_Stream]) -> list[list[float]]:
    """Return the edges between the streams (streams + 1, months) in pixels, the whole in the middle."""
    whole = [sum(amounts) for amounts in zip(*(each.amounts for each in streams), strict=True)]
    scale = _HEIGHT / (max(whole) or 1.0)
    edge = [(_HEIGHT - each * scale) / 2 for each in whole]
    edges = [edge]
    for stream in streams:
        edge = [y + amount * scale for y, amount in zip(edge, stream.amounts, strict=True)]
        edges.append(edge)
    return edges


def _plot(edges: Sequence[Sequence[float]], area: Area) -> str:
    """Draw the streams in a box that stretches with the page: a unit across is a month."""
    wide = len(edges[0]) - 1
    streams = [
        element("path", class_=_class(n, len(edges) - 1), d=_outline(edges[n], edges[n + 1]))
        for n in range(len(edges) - 1)
    ]
    return element(
        "svg",
        *streams,
        class_="plot",
        x=percentage(area.left),
        y=area.top,
        width=percentage(area.right - area.left),
        height=area.height,
        view_box=f"0 0 {wide} {number(area.height)}",
        preserve_aspect_ratio="none",
    )


def _class(n: int, streams: int) -> str:
    return "stream others" if n == streams - 1 else f"stream tint-{n % _TINTS}"


def _outline(upper: Sequence[float], lower: Sequence[float]) -> str:
    there = [f"{n},{number(y)}" for n, y in enumerate(upper)]
    back = [f"{n},{number(y)}" for n, y in reversed(list(enumerate(lower)))]
    return f"M{'L'.join(there + back)}Z"


def _border(view: ChangedView, area: Area) -> Iterator[str]:
    """Mark where the later period begins."""
    at = area.across(_place(view.later.first, view.months))
    yield element("line", class_="event", x1=percentage(at), x2=percentage(at), y1=area.top - 4, y2=area.bottom)
    yield text("now", class_="muted", x=percentage(at), dx=5, y=_TOP - 8)
    yield text("before", class_="muted end", x=percentage(at), dx=-5, y=_TOP - 8)


def _place(day: date, months: Sequence[date]) -> float:
    whole = max(1, (months[-1] - months[0]).days)
    return min(1.0, max(0.0, (day - months[0]).days / whole))


def _labels(streams: Sequence[_Stream], edges: Sequence[Sequence[float]], area: Area, frame: Frame) -> Iterator[str]:
    """Name the streams at their right end, apart from one another, each with a line to its stream."""
    ends = [area.top + (edges[n][-1] + edges[n + 1][-1]) / 2 for n in range(len(streams))]
    room = (1 - area.right) * frame.least - _LEADER - 6
    for stream, end, y in zip(streams, ends, apart(ends, area.top + 4, area.bottom), strict=True):
        start = percentage(area.right)
        leader = element("path", class_="leader", d=f"M1,{number(end)}L{number(_LEADER - 3)},{number(y)}")
        yield element("svg", leader, class_="mark", x=start, y=0)
        yield text(shortened(stream.name, room), class_="label", x=start, dx=_LEADER, y=y + 4)


def apart(wanted: Sequence[float], top: float, bottom: float) -> list[float]:
    """Return places in the same order that are at least a line apart and within the ends, near to those wanted."""
    places, edge = [], top
    for each in wanted:
        edge = max(each, edge)
        places.append(edge)
        edge += _LINE
    edge = bottom
    for n in reversed(range(len(places))):
        places[n] = min(places[n], edge)
        edge = places[n] - _LINE
    return places
