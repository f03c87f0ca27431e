"""The one scale that carries target, guess, estimate and range, drawn in text."""

from outgrow.model.share import Share, Target
from outgrow.reports.words import percent, percent_range

_CELLS = 60
_TOPS = (0.4, 0.6, 1.0)


def draw(target: Target, share: Share | None = None, guess: float | None = None, *, point: bool = True) -> list[str]:
    """Draw the scale in four lines: ticks; the range as ━, the estimate ●, the guess ◇; the target; a legend.

    Its upper end is 40 %, or 60 or 100 % where anything on it lies higher. Without `point` only the range is drawn.
    """
    highest = max(target.high, guess or 0, share.high if share else 0)
    top = next(end for end in _TOPS if highest <= end or end == _TOPS[-1])
    cells = ["─"] * (_CELLS + 1)
    if share is not None:
        _fill(cells, share.low, share.high, top, "━")
        if point:
            cells[_at(share.mean, top)] = "●"
    if guess is not None:
        cells[_at(guess, top)] = "◇"
    return [_ticks(top), "  " + "".join(cells), _target(target, top), *_legend(share, guess, point=point)]


def _at(fraction: float, top: float) -> int:
    return min(_CELLS, max(0, round(fraction / top * _CELLS)))


def _fill(cells: list[str], low: float, high: float, top: float, mark: str) -> None:
    first, last = _at(low, top), _at(high, top)
    cells[first : last + 1] = [mark] * (last + 1 - first)


def _ticks(top: float) -> str:
    line = [" "] * (_CELLS + 9)
    for quarter in range(5):
        label = percent(top * quarter / 4)
        at = 2 + _CELLS * quarter // 4
        start = max(0, at - (len(label) - 1) // 2)
        line[start : start + len(label)] = label
    return "".join(line).rstrip()


def _target(target: Target, top: float) -> str:
    first, last = _at(target.low, top), _at(target.high, top)
    bracket = "└" + "─" * max(0, last - first - 1) + "┘"
    return " " * (2 + first) + f"{bracket} your target {percent_range(target.low, target.high)}"


def _legend(share: Share | None, guess: float | None, *, point: bool) -> list[str]:
    parts = []
    if share is not None:
        parts += [f"● about {percent(share.mean)}"] if point else []
        parts.append(f"━ likely {percent_range(share.low, share.high)}")
    if guess is not None:
        parts.append(f"◇ your guess {percent(guess)}")
    return ["  " + "   ".join(parts)] if parts else []
