"""The timeline of capabilities: a lane for each, with the day on which it reached each of the four states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.model.capability import CapabilityState
from outgrow.reports.charts import axes
from outgrow.reports.charts.axes import Area
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, percentage, shortened, text, text_width
from outgrow.reports.ledger import CapabilityLine, StateDay
from outgrow.reports.words import count

_SHOWN = 24
_LEAST_SPAN = timedelta(weeks=13)
_WEEK = timedelta(weeks=1)
_SIZE = 5.0  # half the width of a mark in pixels
_LANE = 46
_BELOW = 30
_ROOM = 84  # pixels at the right for the word of the present state
_CORNERS = {
    CapabilityState.REPEATED: "M-5,-5H5V5H-5Z",
    CapabilityState.TAUGHT: "M0,-7L7,5.5H-7Z",
}


def draw(lines: Sequence[CapabilityLine], today: date) -> Chart:
    """Draw the capabilities of the latest states; the others are told, and all stand in the table."""
    title = _title(lines)
    shown, rest = lines[:_SHOWN], lines[_SHOWN:]
    svg = "".join(_drawing(shown, today, title, frame) for frame in (NARROW, WIDE)) if shown else ""
    columns = ("Capability", *(state.value.capitalize() for state in CapabilityState))
    note = f"{count(len(rest), 'earlier one')} not drawn; the table has all." if rest else ""
    return Chart(title, svg, Table(columns, tuple(map(_row, lines))), note)


def _title(lines: Sequence[CapabilityLine]) -> str:
    if not lines:
        return "No capabilities yet."
    said = [
        f"{number} {state.value}"
        for state in reversed(CapabilityState)
        if (number := sum(each.state is state for each in lines))
    ]
    return f"{count(len(lines), 'capability', 'capabilities')}: {', '.join(said)}."


def _row(line: CapabilityLine) -> tuple[str, ...]:
    days = {each.state: f"{each.on}" for each in line.states}
    return (line.name, *(days.get(state, "") for state in CapabilityState))


def _drawing(shown: Sequence[CapabilityLine], today: date, title: str, frame: Frame) -> str:
    key, top = _key(frame)
    inset, right = (_SIZE + 2) / frame.least, 1 - _ROOM / frame.least
    area = Area(left=inset, right=right, top=top, bottom=top + _LANE * len(shown))
    span = _Span.over(shown, today)
    parts = [axes.line(area, area.bottom), *key, *axes.weeks(area, span.weeks, frame.least)]
    for place, each in enumerate(shown):
        parts += _lane(each, area, span, top + _LANE * place, frame)
    return drawing(title, frame, area.bottom + _BELOW, parts)


@dataclass(frozen=True, slots=True)
class _Span:
    """The days the timeline is drawn over: whole weeks from its first day on, today within the last of them."""

    first: date
    today: date
    number: int

    @classmethod
    def over(cls, shown: Sequence[CapabilityLine], today: date) -> "_Span":
        """Span the states of some capabilities, and some weeks at least."""
        first = min(each.on for line in shown for each in line.states)
        first = min(first, max(today - _LEAST_SPAN, date.min)) if today > date.min + _LEAST_SPAN else first
        return cls(first, today, -(-(today - first) // _WEEK) or 1)

    @property
    def weeks(self) -> list[date]:
        """The first days of its weeks, and the end of the last."""
        return [self.first + n * _WEEK for n in range(self.number + 1)]

    def place(self, day: date) -> float:
        """Return where a day lies, as a fraction of the span."""
        return (day - self.first) / (self.number * _WEEK)


def _key(frame: Frame) -> tuple[list[str], float]:
    """Draw each state with its word, in as many rows as it takes; return how far down that goes."""
    parts, x, y = [], 0.0, 10.0
    for state in CapabilityState:
        wide = text_width(state.value) + 2 * _SIZE + 8
        if x + wide > frame.least:
            x, y = 0.0, y + 22
        parts += [_mark(state, x + _SIZE + 1, y), text(state.value, class_="muted", x=x + 2 * _SIZE + 8, y=y + 4)]
        x += wide + 20
    return parts, y + 22


def _lane(line: CapabilityLine, area: Area, span: _Span, top: float, frame: Frame) -> list[str]:
    """Draw a capability: its name, a line that grows stronger with its state, a mark for each, and the word for it."""
    y = top + _LANE - 14
    days = _rising(line.states)
    ends = [*(day.on for day in days[1:]), span.today]
    parts = [text(shortened(line.name, frame.least), x=0, y=y - 16)]
    for day, end in zip(days, ends, strict=True):
        x1, x2 = (percentage(area.across(span.place(each))) for each in (day.on, end))
        parts.append(element("line", class_=f"lane {day.state.value}", x1=x1, x2=x2, y1=y, y2=y))
    parts += [_mark(day.state, percentage(area.across(span.place(day.on))), y) for day in days]
    parts.append(text(line.state.value, class_="strong", x=percentage(area.right), dx=12, y=y + 4))
    return parts


def _rising(states: Sequence[StateDay]) -> list[StateDay]:
    """Return the states by day, of each day the highest, and none after a higher one."""
    found: list[StateDay] = []
    for each in sorted(states, key=lambda day: (day.on, -day.state.rank)):
        if not found or each.state.rank > found[-1].state.rank:
            found.append(each)
    return found


def _mark(state: CapabilityState, x: float | str, y: float) -> str:
    """Draw the shape of a state: a ring, a disc, a square, a triangle."""
    look = f"capability {state.value}"
    if state in {CapabilityState.CLAIMED, CapabilityState.SHOWN}:
        return element("circle", class_=look, cx=x, cy=y, r=_SIZE)
    corners = _CORNERS[state]
    return element("svg", element("path", class_=look, d=corners), class_="mark", x=x, y=y, width=1, height=1)
