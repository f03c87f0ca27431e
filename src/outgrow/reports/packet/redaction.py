"""Blacks words out, in whatever form they stand: case, accents, width, compounds, escapes, broken lines."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property
from html import unescape
from typing import Any

from outgrow.reports.packet.view import Day, PacketLink, PacketShare, PacketView

BAR = "█████"
NUMBER_BAR = "███"

#: From so many letters on a word is blacked out within other words, too; a shorter one where it stands by itself.
_LONG = 4
_PIECES = re.compile(r"(?i:&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});|(?:%[0-9a-f]{2})+)|.", re.DOTALL)
_TOKEN = re.compile(r"[^\W_]+")
_BROKEN = r"(?:[-\u2010]?\s*\n\s*)?"  # a line may end within a word
_BETWEEN = r"[\W_]{0,8}"  # what may stand between the words of a name
_NUMBERS = re.compile(r"0(?:[.,:'\u2019\u00a0\u202f/]?0)*")
_TAGS = re.compile(r"(<[^>]*>)")
_NO_NAMES = frozenset(
    {
        *("a", "all", "an", "and", "at", "by", "for", "from", "his", "her", "in", "my", "of", "on", "our", "the"),
        *("their", "to", "und", "with", "der", "die", "das", "mr", "mrs", "ms", "dr", "herr", "frau"),
    }
)
#: Letters that are no other letter with a mark, as they are written without them.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})
_VOWEL = re.compile(r"[aou]e?|.", re.DOTALL)  # an umlaut may be written with an e
#: Unicode's categories of accents and of what is not seen.
_MARKS = frozenset({"Mn", "Me", "Cf"})
#: Fields that hold letters which point from one part to another.
_POINTERS = frozenset({"ref", "refs"})


def folded(text: str) -> str:
    """Return a text as words are compared: decomposed, without marks and invisible characters, in one case."""
    return "".join(letter for letter, _, _ in _letters(text))


def squeezed(text: str) -> str:
    """Return the letters and digits of a text as they are compared, and nothing else."""
    return "".join(_TOKEN.findall(folded(text)))


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded letter with where what it stands for begins and ends; an escape stands for what it means."""
    for piece in _PIECES.finditer(text):
        for letter in _fold(_meaning(piece[0])):
            yield letter, piece.start(), piece.end()


def _meaning(piece: str) -> str:
    if len(piece) == 1:
        return piece
    if piece.startswith("&"):
        return unescape(piece)
    return bytes.fromhex(piece.replace("%", "")).decode("utf-8", "ignore")


def _fold(text: str) -> str:
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return "".join(char for char in parts if unicodedata.category(char) not in _MARKS)


def names_in(person: str) -> Iterator[str]:
    """Yield what gives a person away: the whole, and each name in it; of an address what stands before the @."""
    yield person
    for name in _TOKEN.findall(person.partition("@")[0]):
        if len(name) > 1 and name.casefold() not in _NO_NAMES:
            yield name


@dataclass(frozen=True)
class Redaction:
    """What is blacked out: words, and with `numbers` all digits."""

    words: tuple[str, ...] = ()
    numbers: bool = False

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        """The long words, and the short ones that have to stand by themselves."""
        folds = {fold for word in self.words if (fold := folded(word).strip())}
        short = {fold for fold in folds if _is_short(fold)}
        return _pattern(folds - short), _pattern(short)

    def black_out(self, text: str) -> str:
        """Return a text without what is blacked out."""
        spans = sorted(self._spans(text)) if self.words else []
        parts, done = [], 0
        for start, end in spans:
            if start >= done:
                parts += [text[done:start], BAR]
            done = max(done, end)
        said = "".join([*parts, text[done:]])
        return _without_numbers(said) if self.numbers else said

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        letters = list(_letters(text))
        plain = "".join(letter for letter, _, _ in letters)
        for pattern, alone in zip(self._patterns, (False, True), strict=True):
            for found in pattern.finditer(plain) if pattern else ():
                start, end = letters[found.start(1)][1], letters[found.end(1) - 1][2]
                if not alone or _stands_alone(text, start, end):
                    yield start, _after_marks(text, end)

    def markup(self, drawing: str) -> str:
        """Return a drawing whose texts are blacked out; with numbers nothing is left, for it shows them by its form."""
        if self.numbers:
            return ""
        parts = _TAGS.split(drawing)
        return "".join(part if part.startswith("<") else self.black_out(part) for part in parts)

    def view(self, view: PacketView) -> PacketView:
        """Return what a packet says without what is blacked out."""
        found = self._value(view)
        assert isinstance(found, PacketView)  # noqa: S101 - it is made from one
        return found

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - whatever a view holds, one kind a line
        if isinstance(value, PacketLink):
            return self._link(value)
        if isinstance(value, Enum | bool):
            return value
        if isinstance(value, str):
            return self.black_out(value)
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        if self.numbers and isinstance(value, int | float | date | PacketShare):
            return None
        return self._fields(value) if is_dataclass(value) else value

    def _fields(self, value: Any) -> Any:  # noqa: ANN401 - a part of a view
        if isinstance(value, Day) and self.numbers:
            return value.in_month(self.black_out)
        changed = {
            each.name: self._value(getattr(value, each.name)) for each in fields(value) if each.name not in _POINTERS
        }
        return replace(value, **changed)

    def _link(self, link: PacketLink) -> PacketLink:
        """Leave an address out of which something would be blacked out: what is left of it leads nowhere."""
        kept = self.black_out(link.url) == link.url and not ("xn--" in link.url and self.words)
        return PacketLink(link.url if kept else "", self.black_out(link.note))

    def document(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        """Return JSON whose keys and texts are blacked out."""
        if isinstance(value, dict):
            return self._keys(value)
        if isinstance(value, list):
            return [self.document(each) for each in value]
        return self.black_out(value) if isinstance(value, str) else value

    def _keys(self, value: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, each in value.items():
            said = self.black_out(key)
            while said in found:
                said += BAR[0]
            found[said] = self.document(each)
        return found


def _after_marks(text: str, end: int) -> int:
    """Return where the marks on the last letter end: an accent that is left would tell of the letter."""
    while end < len(text) and unicodedata.category(text[end]) in _MARKS:
        end += 1
    return end


def _is_short(fold: str) -> bool:
    """Whether a word is too short to be looked for within others; a script without capitals has no such others."""
    return len("".join(_TOKEN.findall(fold))) < _LONG and fold.upper() != fold


def _pattern(folds: Iterable[str]) -> re.Pattern[str] | None:
    """Look for any of some words, and for each at every place, so that one within another is found."""
    forms = sorted((_form(fold) for fold in folds), key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(forms)}))") if forms else None


def _form(fold: str) -> str:
    tokens = _TOKEN.findall(fold)
    if sum(map(len, tokens)) < 2:  # noqa: PLR2004 - one letter with marks, such as C++
        return re.escape(fold)
    letter = re.escape if _is_short(fold) else _letter
    return _BETWEEN.join(_BROKEN.join(map(letter, _VOWEL.findall(token))) for token in tokens)


def _letter(found: str) -> str:
    return f"{found[0]}e?" if found[0] in "aou" else re.escape(found)


def _spelt(text: str) -> str:
    """Return the letters of a text as they are looked for."""
    return re.sub("(?<=[aou])e", "", squeezed(text))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word stands by itself: also beside digits and marks, in CamelCase, and with the s of a genitive."""
    ends = _is_edge(text, end) or (text[end : end + 1] in {"s", "S"} and _is_edge(text, end + 1))
    return ends and _is_edge(text, start)


def _is_edge(text: str, at: int) -> bool:
    before, after, then = text[max(0, at - 1) : at], text[at : at + 1], text[at + 1 : at + 2]
    if not (before.isalpha() and after.isalpha()):
        return True
    return after.isupper() and (before.islower() or then.islower())


def _without_numbers(text: str) -> str:
    mask = "".join("0" if unicodedata.category(char).startswith("N") else char for char in text)
    parts, done = [], 0
    for found in _NUMBERS.finditer(mask):
        parts += [text[done : found.start()], NUMBER_BAR]
        done = found.end()
    return "".join([*parts, text[done:]])


def texts(value: object) -> Iterator[str]:
    """Yield all texts that a view holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name))


def standing_in(view: PacketView, words: Sequence[str]) -> tuple[str, ...]:
    """Return those words of very many that stand somewhere in what a packet says."""
    everything = "\n".join(map(_spelt, texts(view)))
    return tuple(dict.fromkeys(word for word in words if (plain := _spelt(word)) and plain in everything))
