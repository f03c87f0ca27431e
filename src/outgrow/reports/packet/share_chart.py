"""Draws the growth share of a period under that of the year before, each with its range, on one scale."""

from outgrow.model.share import Certainty
from outgrow.reports.charts.chart import NARROW, WIDE, Frame, drawing
from outgrow.reports.charts.svg import element, percentage, text, text_width
from outgrow.reports.packet.view import PacketShare
from outgrow.reports.words import percent, percent_range

_TOPS = (0.4, 0.6, 1.0)
_ROW, _AXIS, _TICK = 46, 18, 4
_GAP = 8.0


def draw(title: str, shares: list[PacketShare]) -> str:
    """Draw the shares of some periods one under the other, the earliest first; nothing where there is none."""
    if not shares:
        return ""
    highest = max(each.high for each in shares)
    top = next(end for end in _TOPS if highest <= end or end == _TOPS[-1])
    return "".join(_drawing(title, shares, top, frame) for frame in (NARROW, WIDE))


def _drawing(title: str, shares: list[PacketShare], top: float, frame: Frame) -> str:
    bottom = _ROW * len(shares) + 6
    parts = [element("line", class_="axis", x1=0, x2="100%", y1=bottom, y2=bottom)]
    for place, each in enumerate(shares):
        parts += _share(each, top, _ROW * place, frame, is_last=place == len(shares) - 1)
    for quarter in range(5):
        parts += _tick(quarter / 4, top, bottom)
    return drawing(title, frame, bottom + _AXIS + 4, parts)


def _tick(at: float, top: float, y: float) -> list[str]:
    anchor = {0.0: "", 1.0: " end"}.get(at, " middle")
    return [
        element("line", class_="axis", x1=percentage(at), x2=percentage(at), y1=y - _TICK, y2=y + _TICK),
        text(percent(at * top), class_=f"muted{anchor}", x=percentage(at), y=y + _AXIS),
    ]


def _share(share: PacketShare, top: float, y: float, frame: Frame, *, is_last: bool) -> list[str]:
    """Draw a range with its words above; the period itself is solid, the one before it an outline."""
    wide = max(0.004, (share.high - share.low) / top)
    look = "range" if is_last else "range-before"
    bar = element("rect", class_=look, x=percentage(share.low / top), width=percentage(wide), y=y + 22, height=14, rx=7)
    parts = [*_words(share, top, y, frame), bar]
    if share.certainty is not Certainty.EARLY:
        parts.append(element("circle", class_="estimate", cx=percentage(share.mean / top), cy=y + 29, r=6))
    return parts


def _words(share: PacketShare, top: float, y: float, frame: Frame) -> list[str]:
    """Name the period and its share over its range, as far to the right as there is room."""
    name, said = share.period, _said(share)
    room = frame.least - text_width(name) - _GAP - text_width(said)
    at = min(share.low / top, max(0.0, room / frame.least))
    return [
        text(name, class_="muted", x=percentage(at), y=y + 14),
        text(said, class_="strong", x=percentage(at), dx=text_width(name) + _GAP, y=y + 14),
    ]


def _said(share: PacketShare) -> str:
    likely = f"likely {percent_range(share.low, share.high)}"
    return likely if share.certainty is Certainty.EARLY else f"about {percent(share.mean)}, {likely}"
