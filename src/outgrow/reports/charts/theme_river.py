"""The kinds of work of two periods as streams that flow side by side, month after month."""

from collections.abc import Iterator, Sequence
from datetime import date

from outgrow.model.share import Unit
from outgrow.reports.changed import ChangedView, WorkRow
from outgrow.reports.charts.axes import Area
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import Label, element, labels, number, percentage, shortened, text
from outgrow.reports.words import count, hours, percent

_SHOWN = 8
_TOLD = 5
_TOP, _HEIGHT, _NAMES = 22.0, 230.0, 28.0
_MONTH = 76  # pixels for the name of a month
_LINE = 17.0  # pixels from one label to the next
_LEADER = 14.0
_TINTS = 3


def draw(view: ChangedView) -> Chart | None:
    """Draw the kinds of work that have changed and the largest; None where there are under two months."""
    if len(view.months) < 2:  # noqa: PLR2004 - nothing flows in one month
        return None
    shown = _shown(view)
    what = "what has changed, and the largest" if view.changes else "the largest"
    title = f"{count(len(shown), 'kind of work', 'kinds of work')} month after month: {what}."
    svg = "".join(_drawing(view, shown, title, frame, right) for frame, right in ((NARROW, 0.6), (WIDE, 0.68)))
    rows = tuple(
        (f"{month:%B} {month.year}", *(_said(row.months[n], view.unit) for row in shown))
        for n, month in enumerate(view.months)
    )
    return Chart(title, svg, Table(("Month", *(row.name for row in shown)), rows), _note(view, shown))


def _note(view: ChangedView, shown: Sequence[WorkRow]) -> str:
    drawn = sum(sum(row.months) for row in shown)
    whole = sum(sum(row.months) for row in view.rows) + sum(view.other)
    share = percent(drawn / whole if whole else 0.0)
    return (
        f"As wide as what went into it; together {share} of all {view.unit.value}. Months at either end may be cut off."
    )


def _said(amount: float, unit: Unit) -> str:
    return hours(amount) if unit is Unit.HOURS else f"{amount:.0f}"


def _shown(view: ChangedView) -> list[WorkRow]:
    """Return the kinds of work that changes are told of, and those with most in both periods."""
    told = list(dict.fromkeys(change.workstream for change in view.changes))[:_TOLD]
    ordered = sorted(view.rows, key=lambda row: (row.workstream not in told, -sum(row.months)))
    return ordered[:_SHOWN]


def _drawing(view: ChangedView, streams: Sequence[WorkRow], title: str, frame: Frame, right: float) -> str:
    area = Area(left=0.0, right=right, top=_TOP, bottom=_TOP + _HEIGHT)
    edges = _edges(streams)
    parts = [
        _plot(edges, area),
        *_border(view, area),
        *_labels(streams, edges, area, frame),
        *_months(view.months, area, frame),
    ]
    return drawing(title, frame, area.bottom + _NAMES, parts)


def _edges(streams: Sequence[WorkRow]) -> list[list[float]]:
    """Return the edges between the streams (streams + 1, months) in pixels, the whole in the middle."""
    whole = [sum(amounts) for amounts in zip(*(each.months for each in streams), strict=True)]
    scale = _HEIGHT / (max(whole) or 1.0)
    edge = [(_HEIGHT - each * scale) / 2 for each in whole]
    edges = [edge]
    for stream in streams:
        edge = [y + amount * scale for y, amount in zip(edge, stream.months, strict=True)]
        edges.append(edge)
    return edges


def _plot(edges: Sequence[Sequence[float]], area: Area) -> str:
    """Draw the streams in a box that stretches with the page: a unit across is a month."""
    wide = len(edges[0]) - 1
    streams = [
        element("path", class_=f"stream tint-{n % _TINTS}", d=_outline(edges[n], edges[n + 1]))
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


def _labels(streams: Sequence[WorkRow], edges: Sequence[Sequence[float]], area: Area, frame: Frame) -> Iterator[str]:
    """Name the streams at their right end, apart from one another, each with a line to its stream."""
    ends = [area.top + (edges[n][-1] + edges[n + 1][-1]) / 2 for n in range(len(streams))]
    room = (1 - area.right) * frame.least - _LEADER - 6
    for stream, end, y in zip(streams, ends, apart(ends, area.top + 4, area.bottom), strict=True):
        start = percentage(area.right)
        leader = element("path", class_="leader", d=f"M1,{number(end)}L{number(_LEADER - 3)},{number(y)}")
        yield element("svg", leader, class_="mark", x=start, y=0)
        yield text(shortened(stream.name, room), class_="label", x=start, dx=_LEADER, y=y + 4)


def _months(months: Sequence[date], area: Area, frame: Frame) -> list[str]:
    """Name as many months as there is room for."""
    step = -(-len(months) * _MONTH // round((area.right - area.left) * frame.least))
    named = [(n, month) for n, month in enumerate(months) if n % step == 0]
    those = [Label(f"{month:%b} {month.year}", area.across(n / (len(months) - 1)), "tick") for n, month in named]
    return labels(those, frame.least, area.bottom + 20)


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
