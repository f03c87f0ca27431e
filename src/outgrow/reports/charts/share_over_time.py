"""Share over time: four weeks rolling with its range, faint weekly dots, and the target."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from outgrow.model.period import Period
from outgrow.model.share import Target, Unit
from outgrow.reports.charts import axes
from outgrow.reports.charts.axes import Area
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import Label, element, labels, number, percentage, shortened, text
from outgrow.reports.words import count, percent, percent_range


@dataclass(frozen=True, slots=True)
class Rolled:
    """The share of four weeks as a fraction, with its 95 % credible interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekShare:
    """One week, by its Monday: its own share, and that of the four weeks up to it; None with too little work.

    `audited` says whether an audit asked about the week; otherwise the share is model-based.
    """

    monday: date
    own: float | None
    rolled: Rolled | None
    audited: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, in a few words."""

    day: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOverTime:
    """The share in the weeks of a period, in order, also where there is none.

    `waiting` counts weeks whose proposals are still to be computed.
    """

    period: Period
    target: Target
    unit: Unit
    weeks: tuple[WeekShare, ...]
    events: tuple[Event, ...] = ()
    waiting: int = 0


#: A week that has a rolling share: its place in the row of weeks, the week, the share.
_Told = tuple[int, WeekShare, Rolled]

_FRAMES = (
    (NARROW, Area(left=0.115, right=0.84, top=34, bottom=210), 130),
    (WIDE, Area(left=0.065, right=0.87, top=34, bottom=224), 240),
)
_WINDOW = 4  # weeks that each share is of; as many shares wait for one week
_NAMES = 30  # pixels under the area, for the names of the days
_EVENTS = 12  # where the names of events stand
_APART = 16  # pixels between two names one above the other


def draw(view: ShareOverTime) -> Chart:
    """Draw the rolling share with its range: solid where an audit asked, dashed where the model alone says it."""
    weeks, step = axes.thinned(view.weeks)
    title, shown = _title(view), replace(view, weeks=weeks)
    told = _told(shown)
    svg = "".join(_drawing(shown, told, title, *frame) for frame in _FRAMES) if weeks else ""
    note = f"{_note(shown, told)} {axes.every(step)}".rstrip() if weeks else ""
    return Chart(title, svg, _table(shown), note)


def _told(view: ShareOverTime) -> list[_Told]:
    return [(n, week, week.rolled) for n, week in enumerate(view.weeks) if week.rolled]


def _title(view: ShareOverTime) -> str:
    told = [(week, rolled) for _, week, rolled in _told(view)]
    if not told and view.waiting * _WINDOW >= len(view.weeks) > 0:
        return "The share of these weeks is being computed."
    if not told:
        return "No four weeks here have enough work yet to tell a share of."
    low, high = min(told, key=lambda each: each[1].high), max(told, key=lambda each: each[1].low)
    last = f"about {percent(told[-1][1].mean)}"
    if len(told) == 1:
        return f"Growth work was {last} in the four weeks up to {_end(told[0][0]):%d %B %Y}."
    if low[1].high >= high[1].low:
        return f"Growth work is {last}; all ranges overlap, so treat it as unchanged."
    first, then = sorted((low, high), key=lambda each: each[0].monday)
    verb = "rose" if then is high else "fell"
    moved = f"Growth work {verb} from about {percent(first[1].mean)} in {_month(first[0])} to {_at(then)}"
    return f"{moved}." if then == told[-1] else f"{moved}, and is {last} at the end."


def _at(told: tuple[WeekShare, Rolled]) -> str:
    return f"about {percent(told[1].mean)} in {_month(told[0])}"


def _month(week: WeekShare) -> str:
    return f"{_end(week):%B %Y}"


def _end(week: WeekShare) -> date:
    return week.monday + timedelta(days=6)


def _note(view: ShareOverTime, told: Sequence[_Told]) -> str:
    unit = "working time" if view.unit is Unit.HOURS else "items"
    shown = "Line: four weeks rolling, with its 95 % range; dots: single weeks, from Monday."
    parts = [f"Share of {unit} in growth work. {shown}"]
    if not all(week.audited for _, week, _ in told):
        parts.append("Dashed: no audit asked about these weeks; the model says it from your answers for other work.")
    if view.waiting:
        parts.append(f"{count(view.waiting, 'week')} still to be computed, in the background.")
    elif len(told) < len(view.weeks):
        parts.append("Gaps: too little work seen.")
    return " ".join(parts)


def _table(view: ShareOverTime) -> Table:
    rows = (
        (
            f"{week.monday}",
            "" if week.own is None else percent(week.own),
            f"about {percent(week.rolled.mean)}" if week.rolled else "too little work",
            percent_range(week.rolled.low, week.rolled.high) if week.rolled else "",
            "audit" if week.audited else "model",
        )
        for week in view.weeks
    )
    return Table(("Week from Monday", "That week", "Four weeks", "Likely", "Rests on"), tuple(rows))


def _drawing(view: ShareOverTime, told: Sequence[_Told], title: str, frame: Frame, area: Area, most: float) -> str:  # noqa: PLR0913, PLR0917 - the drawing and its frame
    top = axes.top_of(max(view.target.high, *_highest(view)))
    mondays = [week.monday for week in view.weeks]
    parts = [
        *axes.shares(area, top),
        _plot(view, told, area, top),
        *(_last(view, told[-1], area, top) if told else (_target(area, _middle(view, area, top)),)),
        *_events(view, area, frame, most),
        *axes.weeks(area, mondays, frame.least),
    ]
    return drawing(title, frame, area.bottom + _NAMES, parts)


def _highest(view: ShareOverTime) -> Iterator[float]:
    for week in view.weeks:
        yield week.own or 0.0
        yield week.rolled.high if week.rolled else 0.0


def _across(view: ShareOverTime, n: float) -> float:
    return n / max(1, len(view.weeks) - 1)


def _plot(view: ShareOverTime, told: Sequence[_Told], area: Area, top: float) -> str:
    """Draw range and line in a box of its own that stretches with the page: a unit across is a week."""
    runs, wide = list(_runs(told)), max(1, len(view.weeks) - 1)
    y, low = (area.height * (1 - share / top) for share in (view.target.high, view.target.low))
    target = element("rect", class_="target", x=0, width=wide, y=y, height=max(1.0, low - y))
    lines = (line for run in runs for line in _lines(run, area, top))
    shapes = [*(_range(run, area, top) for run in runs), target, _dots(view, area, top), *lines]
    return element(
        "svg",
        *shapes,
        class_="plot",
        x=percentage(area.left),
        y=area.top,
        width=percentage(area.right - area.left),
        height=area.height,
        view_box=f"0 0 {wide} {number(area.height)}",
        preserve_aspect_ratio="none",
    )


def _runs(told: Iterable[_Told]) -> Iterator[list[_Told]]:
    """Yield weeks that follow one another."""
    run: list[_Told] = []
    for each in told:
        if run and each[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _range(run: Sequence[_Told], area: Area, top: float) -> str:
    upper = [_point(n, rolled.high, area, top) for n, _, rolled in run]
    lower = [_point(n, rolled.low, area, top) for n, _, rolled in reversed(run)]
    return element("path", class_="band", d=f"M{'L'.join(upper + lower)}Z")


def _lines(run: Sequence[_Told], area: Area, top: float) -> Iterator[str]:
    """Yield the line in pieces, each of one kind; a week that stands alone is a dot."""
    points = [_point(n, rolled.mean, area, top) for n, _, rolled in run]
    if len(run) == 1:
        yield element("path", class_="growth-line", d=f"M{points[0]}h0.01")
    steps = zip(pairwise(points), run[1:], strict=True)
    for audited, piece in groupby(steps, key=lambda step: step[1][1].audited):
        ends = [end for end, _ in piece]
        path = "L".join([ends[0][0], *(then for _, then in ends)])
        yield element("path", class_="growth-line" if audited else "growth-line guessed", d=f"M{path}")


def _dots(view: ShareOverTime, area: Area, top: float) -> str:
    """Draw single weeks as one path of points, which the style sheet makes round."""
    told = ((n, week.own) for n, week in enumerate(view.weeks) if week.own is not None)
    return element("path", class_="weeks", d="".join(f"M{_point(n, own, area, top)}h0" for n, own in told))


def _point(n: int, share: float, area: Area, top: float) -> str:
    return f"{n},{number(area.height * (1 - share / top))}"


def _last(view: ShareOverTime, told: _Told, area: Area, top: float) -> list[str]:
    """Mark and name the last share, and the target beside it."""
    n, _, rolled = told
    at, y = area.across(_across(view, n)), area.down(rolled.mean / top)
    target = _middle(view, area, top)
    if n == len(view.weeks) - 1 and abs(target - y) < _APART:
        target = y - _APART if rolled.mean < (view.target.low + view.target.high) / 2 else y + _APART
    return [
        element("circle", class_="estimate", cx=percentage(at), cy=y, r=5),
        text(percent(rolled.mean), class_="growth-text", x=percentage(at), dx=9, y=y + 4),
        _target(area, target),
    ]


def _middle(view: ShareOverTime, area: Area, top: float) -> float:
    return area.down((view.target.low + view.target.high) / 2 / top)


def _target(area: Area, y: float) -> str:
    """Name the target beside its box."""
    return text("target", class_="muted", x=percentage(area.right), dx=9, y=y + 4)


def _events(view: ShareOverTime, area: Area, frame: Frame, most: float) -> list[str]:
    shown = [(area.across(_place(view, event)), event) for event in view.events]
    lines = [
        element("line", class_="event", x1=percentage(at), x2=percentage(at), y1=_EVENTS + 5, y2=area.bottom)
        for at, _ in shown
    ]
    return lines + labels(
        [Label(shortened(event.words, most), at, "muted") for at, event in shown], frame.least, _EVENTS
    )


def _place(view: ShareOverTime, event: Event) -> float:
    first, last = _end(view.weeks[0]), _end(view.weeks[-1])
    return min(1.0, max(0.0, (event.day - first) / max(last - first, timedelta(days=1))))
