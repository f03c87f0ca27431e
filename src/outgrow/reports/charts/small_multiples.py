"""The kinds of work of two periods one under the other, each with its own months on the same scale."""

from collections.abc import Sequence

from outgrow.reports.changed import ChangedView, WorkRow, a_week
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, number, percentage, shortened, text

_SHOWN = 12
_BAND, _GAP = 26.0, 12.0
_AMOUNT = 96.0  # pixels that the amounts take at the right
_ABOVE = 18.0  # pixels for the name, where it stands above


def draw(view: ChangedView) -> Chart | None:
    """Draw the kinds of work with most hours; None where there are under two months."""
    if len(view.months) < 2:  # noqa: PLR2004 - nothing moves in one month
        return None
    shown = view.rows[:_SHOWN]
    title = f"{len(shown)} kinds of work with most {view.unit.value} in one of the periods, each by itself."
    svg = "".join(_drawing(shown, title, frame) for frame in (NARROW, WIDE))
    rows = tuple(
        (row.name, a_week(row.before, view.unit), a_week(row.after, view.unit), row.turn.value) for row in shown
    )
    columns = ("Kind of work", "Before", "Now", "")
    note = "All on one scale. At the right: a week before, and now."
    return Chart(title, svg, Table(columns, rows), note)


def _drawing(shown: Sequence[WorkRow], title: str, frame: Frame) -> str:
    above, left = (_ABOVE, 0.0) if frame is NARROW else (0.0, 0.36)
    right = 1 - _AMOUNT / frame.least
    step = _BAND + above + _GAP
    most = max((amount for row in shown for amount in row.months), default=0.0) or 1.0
    room = frame.least - 8 if above else left * frame.least - 12
    parts = []
    for place, row in enumerate(shown):
        y = place * step + above
        parts.append(text(shortened(row.name, room), class_="label", x=0, y=y - 5 if above else y + _BAND - 8))
        parts.append(_band(row, y, left, right, most))
        said = f"{row.before:.1f} → {row.after:.1f}"
        parts.append(text(said, class_="muted end", x="100%", y=y + _BAND - 8))
    return drawing(title, frame, len(shown) * step, parts)


def _band(row: WorkRow, y: float, left: float, right: float, most: float) -> str:
    """Draw the months of one kind of work in a box that stretches with the page."""
    tops = [f"{n},{number(_BAND * (1 - amount / most))}" for n, amount in enumerate(row.months)]
    wide = len(row.months) - 1
    return element(
        "svg",
        element("path", class_="stream tint-0", d=f"M0,{number(_BAND)}L{'L'.join(tops)}L{wide},{number(_BAND)}Z"),
        class_="plot",
        x=percentage(left),
        y=y,
        width=percentage(right - left),
        height=_BAND,
        view_box=f"0 0 {wide} {number(_BAND)}",
        preserve_aspect_ratio="none",
    )
