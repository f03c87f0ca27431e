"""Hours by workstream: how much of each is growth, depth, or not sorted yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from outgrow.model.share import Unit
from outgrow.reports.charts.chart import NARROW, WIDE, Chart, Frame, Table, drawing
from outgrow.reports.charts.svg import element, hatch, percentage, shortened, text, text_width
from outgrow.reports.words import count, hours

_SHOWN = 8
_LISTED = 40
_KINDS = ("growth", "depth", "unsorted")
_SAID = {"growth": "growth", "depth": "depth", "unsorted": "not sorted yet"}
_KEY, _SWATCH = 28, 12
_BAR = 16
_ROOM = 64  # pixels right of the longest bar, for its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A workstream and what was done in it: hours, or items where nothing measures time."""

    name: str
    growth: float = 0.0
    depth: float = 0.0
    unsorted: float = 0.0

    @property
    def whole(self) -> float:
        """All of it."""
        return self.growth + self.depth + self.unsorted


@dataclass(frozen=True, slots=True)
class HoursByWorkstream:
    """The workstreams of a period, the largest first."""

    unit: Unit
    streams: tuple[Stream, ...]


def draw(view: HoursByWorkstream) -> Chart:
    """Draw the largest workstreams as bars; the others together are told, since their bar would dwarf the rest."""
    title = _title(view)
    shown, rest = view.streams[:_SHOWN], view.streams[_SHOWN:]
    svg = "".join(_drawing(view.unit, shown, title, frame) for frame in (NARROW, WIDE)) if shown else ""
    columns = ("Kind of work", *(_SAID[kind].capitalize() for kind in _KINDS))
    rows = tuple(
        (each.name, *(_amount(view.unit, getattr(each, kind)) for kind in _KINDS))
        for each in _largest(view.streams, _LISTED)
    )
    return Chart(title, svg, Table(columns, rows), _others(view.unit, rest))


def _others(unit: Unit, rest: Sequence[Stream]) -> str:
    if not rest:
        return ""
    whole = _sum("", rest)
    said = _parts(unit, whole)
    return f"{_others_said(rest)} together: {_amount(unit, whole.whole)}, {said if _alone(whole) else f'of it {said}'}."


def _title(view: HoursByWorkstream) -> str:
    if not view.streams:
        return "No work in this period."
    whole = _sum("", view.streams)
    said = _parts(view.unit, whole)
    if _alone(whole):
        said = f"{_amount(view.unit, whole.whole)}, {said}"
    return f"{said}, in {count(len(view.streams), 'kind of work', 'kinds of work')}."


def _parts(unit: Unit, stream: Stream) -> str:
    """Say how much of each kind there is, or which one is all of it."""
    if kind := _alone(stream):
        return f"all of it {_SAID[kind]}"
    kinds = [kind for kind in _KINDS if kind != "unsorted" or stream.unsorted]
    parts = [f"{_amount(unit, getattr(stream, kind))} {_SAID[kind]}" for kind in kinds]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _alone(stream: Stream) -> str:
    """Return the kind that all is of; empty where there are several."""
    kinds = [kind for kind in _KINDS if getattr(stream, kind)]
    return kinds[0] if len(kinds) == 1 else ""


def _largest(streams: Sequence[Stream], most: int) -> list[Stream]:
    """Return the first ones, and the others together as one."""
    if len(streams) <= most + 1:
        return list(streams)
    rest = streams[most:]
    return [*streams[:most], _sum(f"{_others_said(rest)} together", rest)]


def _others_said(rest: Sequence[Stream]) -> str:
    return count(len(rest), "other kind of work", "other kinds of work")


def _sum(name: str, streams: Sequence[Stream]) -> Stream:
    return Stream(name=name, **{kind: sum(getattr(each, kind) for each in streams) for kind in _KINDS})


def _amount(unit: Unit, amount: float) -> str:
    if unit is Unit.ITEMS:
        return count(round(amount), "item")
    return hours(amount) if amount else "0 h"


def _drawing(unit: Unit, shown: Sequence[Stream], title: str, frame: Frame) -> str:
    """Draw names above their bars where it is narrow, else beside them."""
    above, left = (20, 0.0) if frame is NARROW else (0, 0.42)
    step = _BAR + above + 12
    most = (1 - left) * (1 - _ROOM / (frame.least * (1 - left))) / max(each.whole for each in shown)
    room = frame.least - 8 if frame is NARROW else left * frame.least - 12
    parts = [hatch(f"hours-{frame.class_}"), *_key(shown, frame)]
    for row, each in enumerate(shown):
        y = _KEY + row * step + above
        parts.append(text(shortened(each.name, room), x=0, y=y - 6 if above else y + 12))
        parts += _bars(each, left, most, y, frame)
        end = percentage(left + each.whole * most)
        parts.append(text(_amount(unit, each.whole), class_="muted", x=end, dx=6, y=y + 12))
    return drawing(title, frame, _KEY + len(shown) * step, parts)


def _key(shown: Sequence[Stream], frame: Frame) -> list[str]:
    parts, x = [], 0.0
    for kind in _KINDS:
        if any(getattr(each, kind) for each in shown):
            parts.append(element("rect", x=x, y=0, width=_SWATCH, height=_SWATCH, **_look(kind, frame)))
            parts.append(text(_SAID[kind], class_="muted", x=x + _SWATCH + 6, y=_SWATCH - 1))
            x += _SWATCH + 24 + text_width(_SAID[kind])
    return parts


def _look(kind: str, frame: Frame) -> dict[str, str]:
    return {"class_": kind, "fill": f"url(#hatch-hours-{frame.class_})"} if kind == "unsorted" else {"class_": kind}


def _bars(each: Stream, left: float, most: float, y: float, frame: Frame) -> list[str]:
    bars = []
    for kind in _KINDS:
        wide = getattr(each, kind) * most
        if wide:
            look = _look(kind, frame)
            bars.append(element("rect", x=percentage(left), y=y, width=percentage(wide), height=_BAR, **look))
        left += wide
    return bars
