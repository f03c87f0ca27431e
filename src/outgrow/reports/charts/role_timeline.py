"""The timeline of roles: a bar for each from its first to its last day, and a thin one for each thing answered for."""

from dataclasses import dataclass
from datetime import date, timedelta

from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import Label, element, labels, percentage, shortened, text
from outgrow.reports.roles import RoleDuty, RolesView, RoleView, said_same, span
from outgrow.reports.words import count

_SHOWN = 12  # roles
_DUTIES = 4  # of a role
_BAR, _DUTY = 40, 24  # pixels of a lane
_THICK, _THIN = 12, 4
_NAMES = 22  # pixels below
_LEAST = timedelta(days=90)
_LEAST_WIDTH = 0.004  # of the whole width, so that a short role is seen


@dataclass(frozen=True, slots=True)
class _Span:
    """The days from the first role to today."""

    first: date
    today: date

    def place(self, day: date) -> float:
        """Return where a day lies, as a fraction of the width; what lies beyond the ends lies on them."""
        inside = min(max(day, self.first), self.today)
        return (inside - self.first) / (self.today - self.first)


def draw(view: RolesView) -> Chart:
    """Draw the roles, the latest first, over the days from the first of them to today."""
    title = said_same(view) or f"{count(len(view.roles), 'role')}."
    svg = "".join(_drawing(view, title, frame) for frame in (NARROW, WIDE)) if view.roles else ""
    rest = len(view.roles) - _SHOWN
    note = f"{count(rest, 'earlier role')} not drawn; the table has all." if rest > 0 else ""
    return Chart(title, svg, Table(("Role", "Level", "From", "To"), tuple(map(_row, view.roles))), note)


def _row(role: RoleView) -> tuple[str, ...]:
    return role.title, role.level, f"{role.first}", f"{role.last or 'now'}"


def _drawing(view: RolesView, title: str, frame: Frame) -> str:
    shown = view.roles[:_SHOWN]
    first = min(each.first for each in shown)
    span_ = _Span(min(first, max(view.today, date.min + _LEAST) - _LEAST), view.today)
    parts, top = [], 0.0
    for role in shown:
        lanes, top = _role(role, span_, top, frame)
        parts += lanes
    parts.append(element("line", class_="axis", x1=0, x2="100%", y1=top + 4, y2=top + 4))
    return drawing(title, frame, top + _NAMES, [*parts, *_years(span_, frame, top + _NAMES - 4)])


def _role(role: RoleView, span_: _Span, top: float, frame: Frame) -> tuple[list[str], float]:
    """Draw a role and what was answered for in it; return how far down that goes."""
    level = f", {role.level}" if role.level else ""
    said = shortened(f"{role.title}{level}", frame.least - 130)
    days = span(role.first, role.last, span_.today)
    parts = [
        text(said, class_="strong", x=0, y=top + 14),
        text(_lasted(days), class_="muted end", x="100%", y=top + 14),
    ]
    parts.append(_bar(role, span_, top + 22))
    top += _BAR
    for duty in role.duties[:_DUTIES]:
        parts.append(text(shortened(duty.text, frame.least), class_="muted", x=0, y=top + 10))
        parts.append(_bar(duty, span_, top + 15))
        top += _DUTY
    rest = len(role.duties) - _DUTIES
    if rest > 0:
        parts.append(text(f"and {count(rest, 'more', 'more')}", class_="muted", x=0, y=top + 10))
        top += _DUTY - _THIN
    return parts, top + 8


def _lasted(days: str) -> str:
    """Return how long it was, of what says the days too."""
    return days.partition(", ")[2]


def _bar(held: RoleView | RoleDuty, span_: _Span, y: float) -> str:
    left, right = span_.place(held.first), span_.place(held.last or span_.today)
    wide = max(_LEAST_WIDTH, right - left)
    return element(
        "rect",
        class_="role" if isinstance(held, RoleView) else "duty",
        x=percentage(min(left, 1 - wide)),
        width=percentage(wide),
        y=y,
        height=_THICK if isinstance(held, RoleView) else _THIN,
    )


def _years(span_: _Span, frame: Frame, y: float) -> list[str]:
    """Name the first month and today, and between them the years that there is room for."""
    ends = [Label(f"{span_.first:%b} {span_.first.year:04}", 0.0, "tick"), Label("now", 1.0, "tick")]
    years = [date(year, 1, 1) for year in range(span_.first.year + 1, span_.today.year + 1)]
    step = -(-len(years) // 4) or 1 if frame is NARROW else -(-len(years) // 9) or 1
    free = [each for each in years[::step] if _is_free(span_.place(each), frame)]
    return labels(
        [ends[0], *(Label(f"{each.year:04}", span_.place(each), "tick") for each in free), ends[1]], frame.least, y
    )


def _is_free(place: float, frame: Frame) -> bool:
    """Whether a year named at a place is clear of the names of the ends."""
    return 90 / frame.least < place < 1 - 60 / frame.least
