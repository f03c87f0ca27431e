"""The one scale that carries target, guess, estimate and range; with the range before it, the audit's end."""

from collections.abc import Iterable
from dataclasses import dataclass

from outgrow.model.share import Share, Target
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import Label, element, labels, percentage
from outgrow.reports.words import percent, percent_range

_TOPS = (0.4, 0.6, 1.0)
_TRACK = 32  # height of the track that holds the earlier range
_AXIS, _BOX, _BAR, _DOT, _TICK = 44, 14, 7, 7, 4
_LABELS, _BELOW, _TARGET, _HEIGHT = 20, 74, 92, 98
_DIAMOND, _AROUND = 7, 13  # half a diagonal; around the estimate where both lie together
_TOGETHER = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleView:
    """What the scale carries: shares as fractions; None where there is none.

    Without `point` the share is a range alone. `before` is the range before the first answer, drawn on its own track.
    """

    target: Target
    share: Share | None = None
    guess: float | None = None
    point: bool = True
    before: Share | None = None


def draw(view: ScaleView) -> Chart:
    """Draw the scale; its upper end is 40 %, or 60 or 100 % where anything on it lies higher."""
    title = _title(view)
    svg = "".join(_drawing(view, title, frame) for frame in (NARROW, WIDE))
    return Chart(title, svg, Table(("On the scale", "Share of growth work"), tuple(_rows(view))))


def _title(view: ScaleView) -> str:
    target = f"your target is {percent_range(view.target.low, view.target.high)}"
    if view.share is None:
        return f"No share of growth work yet; {target}."
    likely = f"likely {percent_range(view.share.low, view.share.high)}"
    about = f"about {percent(view.share.mean)}, {likely}" if view.point else likely
    before = f", before {percent_range(view.before.low, view.before.high)}" if view.before else ""
    return f"Growth work: {about}{before}; {target}."


def _rows(view: ScaleView) -> Iterable[tuple[str, str]]:
    yield "Your target", percent_range(view.target.low, view.target.high)
    if view.guess is not None:
        yield "Your guess", percent(view.guess)
    if view.before:
        yield "Likely before the first answer", percent_range(view.before.low, view.before.high)
    if view.share and view.point:
        yield "Estimate", f"about {percent(view.share.mean)}"
    if view.share:
        yield "Likely", percent_range(view.share.low, view.share.high)


def _drawing(view: ScaleView, title: str, frame: Frame) -> str:
    top = _top(view)
    down = _TRACK if view.before else 0
    parts = [*_axis(top, down), *_range_before(view, top, frame)]
    if view.share:
        parts.append(_bar(view.share, top, _AXIS + down, "range"))
    parts.append(_box(view.target, top, down))
    parts += [*_marks(view, top, _AXIS + down), *_above(view, top, frame, down), *_below(view.target, top, frame, down)]
    return drawing(title, frame, _HEIGHT + down, parts)


def _top(view: ScaleView) -> float:
    shares = (view.share.high if view.share else 0.0, view.before.high if view.before else 0.0)
    highest = max(view.target.high, view.guess or 0.0, *shares)
    return next(end for end in _TOPS if highest <= end or end == _TOPS[-1])


def _axis(top: float, down: float) -> list[str]:
    line = element("line", class_="axis", x1=0, x2="100%", y1=_AXIS + down, y2=_AXIS + down)
    ends = {"y1": _AXIS + down - _TICK, "y2": _AXIS + down + _TICK}
    places = [percentage(tick / top) for tick in _ticks(top)]
    return [line, *(element("line", class_="axis", x1=place, x2=place, **ends) for place in places)]


def _ticks(top: float) -> list[float]:
    return [top * quarter / 4 for quarter in range(5)]


def _bar(share: Share, top: float, y: float, class_: str) -> str:
    size = {"y": y - _BAR, "height": 2 * _BAR, "rx": _BAR}
    return element(
        "rect", class_=class_, x=percentage(share.low / top), width=_width(share.low, share.high, top), **size
    )


def _width(low: float, high: float, top: float) -> str:
    return percentage(max(0.004, (high - low) / top))


def _range_before(view: ScaleView, top: float, frame: Frame) -> list[str]:
    """Draw the earlier range on a track above, with its name beside or above it."""
    if view.before is None:
        return []
    said = f"before {percent_range(view.before.low, view.before.high)}"
    label = Label(said, (view.before.low + view.before.high) / 2 / top, "label muted")
    bar = _bar(view.before, top, _TRACK - 4, "range-before")
    return [bar, *labels([label], frame.least, _LABELS - 6)]


def _box(target: Target, top: float, down: float) -> str:
    size = {"y": _AXIS + down - _BOX, "height": 2 * _BOX, "rx": 3}
    return element(
        "rect", class_="target", x=percentage(target.low / top), width=_width(target.low, target.high, top), **size
    )


def _marks(view: ScaleView, top: float, y: float) -> list[str]:
    marks = []
    if view.guess is not None:
        together = view.share and view.point and abs(view.share.mean - view.guess) < _TOGETHER * top
        marks.append(_diamond(view.guess / top, y, _AROUND if together else _DIAMOND))
    if view.share and view.point:
        marks.append(element("circle", class_="estimate", cx=percentage(view.share.mean / top), cy=y, r=_DOT))
    return marks


def _diamond(at: float, y: float, half: float) -> str:
    shape = element("path", class_="guess", d=f"M0,-{half}L{half},0L0,{half}L-{half},0Z")
    return element("svg", shape, class_="mark", x=percentage(at), y=y)


def _above(view: ScaleView, top: float, frame: Frame, down: float) -> list[str]:
    above = []
    if view.share:
        middle = view.share.mean if view.point else (view.share.low + view.share.high) / 2
        above.append(Label(_said(view.share, point=view.point), middle / top, "label strong"))
    if view.guess is not None:
        above.append(Label(f"your guess {percent(view.guess)}", view.guess / top, "label muted"))
    return labels(above, frame.least, _LABELS + down)


def _said(share: Share, *, point: bool) -> str:
    return f"about {percent(share.mean)}" if point else f"likely {percent_range(share.low, share.high)}"


def _below(target: Target, top: float, frame: Frame, down: float) -> list[str]:
    """Name all ticks, and the target in a row of its own under them: it mostly lies beside a tick."""
    said = f"your target {percent_range(target.low, target.high)}"
    label = Label(said, (target.low + target.high) / 2 / top, "label muted")
    ticks = [Label(percent(tick), tick / top, "label tick") for tick in _ticks(top)]
    return [*labels([label], frame.least, _TARGET + down), *labels(ticks, frame.least, _BELOW + down)]
