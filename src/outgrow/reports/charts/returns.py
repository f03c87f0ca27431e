"""Returns at one glance: a square for each project or kind of work, filled by what came of it; then the largest."""

from collections.abc import Iterator, Sequence

from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, percentage, shortened, text, text_width
from outgrow.reports.returns import Returned, ReturnLine, ReturnsView, amount, came_out, headline, kinds
from outgrow.reports.words import count

_SQUARE, _STEP = 12, 16
_HEAD, _GAP = 22, 18
_MOST = 400  # squares; with more, one stands for several
_SHOWN = 8
_LISTED = 60
_BAR = 16
_KEY = 28
#: The classes of squares and bars, each with its name: solid, lighter with an outline, an outline alone.
_LOOKS = (("growth", "gave a capability"), ("depth", "left evidence"), ("neither", "neither"))


def draw(view: ReturnsView) -> Chart:
    """Draw the squares of a period and of the one before it, those that gave something first."""
    title = headline(view)
    svg = "".join(_squares(view, title, frame) for frame in (NARROW, WIDE)) if view.now.lines else ""
    columns = ("Project" if view.by.value == "project" else "Kind of work", "Took", "Activities", "Gave")
    rows = tuple(
        (each.name, amount(view.unit, each.hours, each.items), f"{each.items:,}", came_out(each) or "nothing kept")
        for each in view.now.lines[:_LISTED]
    )
    return Chart(title, svg, Table(columns, rows), _note(view))


def draw_largest(view: ReturnsView) -> Chart:
    """Draw the largest as bars of what they took, with what came of each beside its name."""
    shown = view.now.lines[:_SHOWN]
    title = f"What the largest took and gave: {', '.join(each.name for each in shown[:3])}." if shown else ""
    svg = "".join(_bars(view, shown, title, frame) for frame in (NARROW, WIDE)) if shown else ""
    return Chart(title, svg, Table((), ()))


def _note(view: ReturnsView) -> str:
    each = _each(view)
    many = f" One square stands for {kinds(view.by, each)}." if each > 1 else ""
    more = len(view.now.lines) - _LISTED
    return f"A square for each; those that gave a capability come first.{many}" + (
        f" The table leaves out the {count(more, 'smallest one', 'smallest ones')}." if more > 0 else ""
    )


def _each(view: ReturnsView) -> int:
    most = max((len(some.lines) for some in _both(view)), default=0)
    return max(1, -(-most // _MOST))


def _both(view: ReturnsView) -> list[Returned]:
    return [some for some in (view.now, view.before) if some and some.lines]


def look(line: ReturnLine) -> int:
    """Return which look a line has: 0 where it gave a capability, 1 evidence alone, 2 neither."""
    return 0 if line.capabilities else 1 if line.evidence else 2


def _squares(view: ReturnsView, title: str, frame: Frame) -> str:
    parts, y = list(_key(frame)), float(_KEY + (_STEP if frame is NARROW else 0))
    for some in _both(view):
        name = (some.period.name or some.period.words) if some is view.now else "before that"
        gave = count(some.capabilities, "capability", "capabilities") if some.capabilities else "no capability"
        said = f"{name}: {kinds(view.by, len(some.lines))}, {gave}"
        parts.append(text(shortened(said, frame.least), class_="strong", x=0, y=y + 12))
        row, looks = int(frame.least // _STEP), _looks(view, some)
        for place, each in enumerate(looks):
            corner = {"x": place % row * _STEP + 1, "y": y + _HEAD + place // row * _STEP}
            parts.append(element("rect", class_=_LOOKS[each][0], width=_SQUARE, height=_SQUARE, **corner))
        y += _HEAD + -(-len(looks) // row) * _STEP + _GAP
    return drawing(title, frame, y - _GAP, parts)


def _looks(view: ReturnsView, some: Returned) -> list[int]:
    """Return the looks of the squares: of what gave a capability first, then evidence, then neither."""
    lines, each = list(map(look, some.lines)), _each(view)
    return [kind for kind in range(len(_LOOKS)) for _ in range(-(-lines.count(kind) // each))]


def _key(frame: Frame) -> Iterator[str]:
    """Name the three looks; where it is narrow the last one stands in a row of its own."""
    x, y = 1.0, 0.0
    for class_, said in _LOOKS:
        wide = _SQUARE + 24 + text_width(said)
        if x + wide > frame.least:
            x, y = 1.0, y + _STEP
        yield element("rect", class_=class_, x=x, y=y + 1, width=_SQUARE, height=_SQUARE)
        yield text(said, class_="muted", x=x + _SQUARE + 6, y=y + _SQUARE)
        x += wide


def _bars(view: ReturnsView, shown: Sequence[ReturnLine], title: str, frame: Frame) -> str:
    sizes = [each.items if view.unit.value == "items" else each.hours for each in shown]
    most, step, parts = max(*sizes, 1e-9), _BAR + 32, list[str]()
    for row, (each, size) in enumerate(zip(shown, sizes, strict=True)):
        y = row * step + 20
        out = came_out(each)
        said = f"{amount(view.unit, each.hours, each.items)}{f' gave {out}' if out else ''}"
        room = frame.least - text_width(said) - 16
        parts.append(text(shortened(each.name, room), x=0, y=y - 6))
        parts.append(text(said, class_="muted end", x="100%", y=y - 6))
        wide = percentage(max(0.004, size / most))
        parts.append(element("rect", class_=_LOOKS[look(each)][0], x=0, y=y, width=wide, height=_BAR))
    return drawing(title, frame, len(shown) * step, parts)
