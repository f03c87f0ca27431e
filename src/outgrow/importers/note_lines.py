"""What a line of a note says: a task, a stretch of time, or neither.

Every pattern reads a line once from left to right, however long or odd it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from outgrow.importers.references import references_in

_BULLET = r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)]|\#{1,6})[ \t]+)?"
_TASK = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<state>.)\][ \t]+(?P<text>\S.*)")
_CLOCK = r"(?P<{0}hour>\d{{1,2}}):(?P<{0}minute>\d{{2}})(?:[ ]?(?P<{0}half>[ap])\.?m\.?)?"
_SPAN = re.compile(
    _CLOCK.format("from_")
    + r"[ ]{0,3}(?:-|\u2013|\u2014|to\b)[ ]{0,3}"
    + _CLOCK.format("to_")
    + r"(?!\w)[ \t:,|\u2013-]{0,5}",
    re.IGNORECASE,
)
_TIMED = re.compile(_BULLET + r"(?=\d{1,2}:\d\d)(?P<text>.*)")

_SIGNS = {
    "✅": "completion",
    "❌": "cancelled",
    "\u2795": "created",  # a heavy plus sign
    "⏳": "scheduled",
    "⌛": "scheduled",
    "📅": "due",
    "📆": "due",
    "🗓": "due",
    "🛫": "start",
}
_KEYS = frozenset(_SIGNS.values())
_OTHER_SIGNS = "🔁🆔⛔🏁⏫🔼🔽🔺⏬"
_SIGN = "[" + "".join(_SIGNS) + "]"
_SIGNED_DATE = re.compile(rf"({_SIGN})\ufe0f?\s{{0,3}}(\d{{4}}-\d\d-\d\d)(?!\d)")
_FIELD = re.compile(r"[\[(]([A-Za-z][\w -]{0,30})::([^\])]{0,300})[\])]")
_FIELD_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_ID = re.compile(r"🆔\s{0,3}([\w-]{1,100})")
_EXTRAS = re.compile(
    rf"🔁[^{''.join(_SIGNS)}{_OTHER_SIGNS}#\[]{{0,200}}|🆔\s{{0,3}}[\w-]{{1,100}}|⛔\s{{0,3}}[\w,-]{{1,500}}"
    rf"|🏁\s{{0,3}}(?:delete|keep)|[{_OTHER_SIGNS}]|\ufe0f"
)
_TAG = re.compile(r"(?<!\S)#(?=[\w/-]*[^\W\d])([\w/-]{1,200})")
_WIKI_LINK = re.compile(r"!?\[\[([^\[\]|#^]{1,200})([#^][^\[\]|]{0,200})?(?:\|([^\[\]]{1,200}))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]]{1,300})\]\([^()\s]{1,1000}\)")
_BLOCK_ID = re.compile(r"\s\^[\w-]{1,100}$")
_EMPHASIS = re.compile(r"\*\*|__|==|~~|`")
_HOURS, _MINUTES = 24, 60
_NOON = 12
_MOST = 20


class ImpossibleError(ValueError):
    """A date or a time that no calendar or clock has."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of the day to another; the end may lie after midnight."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """One line, taken apart. `state` is the character in the box of a task, or empty where there is no box."""

    state: str
    title: str
    span: Span | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    id: str = ""
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


def is_task(text: str) -> bool:
    """Whether the line is a box with words after it."""
    return "[" in text and _TASK.match(text) is not None


def is_timed(text: str) -> bool:
    """Whether the line begins, after its bullet, with a stretch of time and has words after it."""
    match = _TIMED.match(text) if ":" in text else None
    span = _SPAN.match(match["text"]) if match else None
    return bool(match and span and match["text"][span.end() :].strip())


def task(text: str) -> Said:
    """Take a task apart. Raises ImpossibleError."""
    match = _TASK.match(text)
    if match is None:
        raise ValueError(text)
    return _said(match["state"], match["text"])


def timed(text: str) -> Said:
    """Take a line apart that begins with a stretch of time. Raises ImpossibleError."""
    match = _TIMED.match(text)
    if match is None:
        raise ValueError(text)
    return _said("", match["text"])


def _said(state: str, text: str) -> Said:
    span, text = _span(text)
    dates = _dates(text)
    known = _ID.search(text)
    links = [match[1].strip() for match in _WIKI_LINK.finditer(text)]
    return Said(
        state=state,
        title=_title(text),
        span=span,
        dates=dates,
        id=known[1] if known else "",
        tags=tuple(dict.fromkeys(_TAG.findall(text)))[:_MOST],
        references=(*references_in(text), *(f"[[{each}]]" for each in links[:_MOST])),
    )


def _dates(text: str) -> Mapping[str, date]:
    """Return the dates a task states by signs or by ``[key:: date]``; the last of a kind holds."""
    stated = [(_SIGNS[sign], day) for sign, day in _SIGNED_DATE.findall(text)]
    for key, value in _FIELD.findall(text):
        day = _FIELD_DATE.match(value.strip())
        if day and key.strip().casefold() in _KEYS:
            stated.append((key.strip().casefold(), day.group()))
    return {key: _date(day) for key, day in stated}


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"there is no such date: {text}"
        raise ImpossibleError(message) from None


def _span(text: str) -> tuple[Span | None, str]:
    match = _SPAN.match(text)
    if not match:
        return None, text
    begin, end = _minute(match, "from_"), _minute(match, "to_")
    if end < begin:
        end += _HOURS * _MINUTES
    if end == begin or end - begin > _HOURS * _MINUTES // 2:
        message = f"there is no such stretch of time: {match.group().strip()}"
        raise ImpossibleError(message)
    return Span(begin, end), text[match.end() :]


def _minute(match: re.Match[str], which: str) -> int:
    hour, minute, half = int(match[which + "hour"]), int(match[which + "minute"]), match[which + "half"]
    if half:
        hour = hour % _NOON + (_NOON if half in "pP" else 0) if 1 <= hour <= _NOON else _HOURS + 1
    if minute >= _MINUTES or hour * _MINUTES + minute > _HOURS * _MINUTES:
        message = f"there is no such time: {match.group().strip()}"
        raise ImpossibleError(message)
    return hour * _MINUTES + minute


def _title(text: str) -> str:
    """Keep the words: signs, fields and tags at either end go; tags and links within stay as words."""
    for pattern in (_SIGNED_DATE, _FIELD, _EXTRAS, _BLOCK_ID):
        text = pattern.sub(" ", text)
    text = _WIKI_LINK.sub(lambda match: match[3] or match[1], text)
    text = _LINK.sub(r"\1", text)
    words = _EMPHASIS.sub("", text).split()
    while words and _TAG.fullmatch(words[-1]):
        words.pop()
    while words and _TAG.fullmatch(words[0]):
        words.pop(0)
    return _TAG.sub(r"\1", " ".join(words))
