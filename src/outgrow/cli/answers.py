"""Answers to an audit's cards, as a person types them or as a file holds them.

One answer to a line; ``#`` begins a comment. For the next card that is asked:

    guess 25                     the guessed share in percent, before the first card
    depth                        or d
    growth                       or g; then any of: lack scope unsure, discomfort 4
    outside                      or x: not work
    skip, undo, stop             or s, u, q
    depth except 2 5             the activities with these numbers on the card are of the other value

An answer after the name of a workstream waits for its card, and ``*`` stands for all the others:

    Supplier negotiation: growth lack unsure discomfort 4
    *: depth
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from outgrow.model.fault import Fault
from outgrow.model.judgement import Reason, Value

_VALUES = {"d": Value.DEPTH, "g": Value.GROWTH, "x": Value.OUTSIDE} | {value.value: value for value in Value}
_REASONS = {"lack": Reason.LACKING, "scope": Reason.SCOPE, "unsure": Reason.UNSURE}
_VERBS = {"s": "skip", "u": "undo", "q": "stop", "skip": "skip", "undo": "undo", "stop": "stop"}
_SCORES = range(1, 6)


class BadAnswer(Fault):
    """A line that is no answer; says where and what would be."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. Without a value `verb` says what else to do: skip, undo or stop."""

    value: Value | None = None
    verb: str = ""
    reasons: frozenset[Reason] = frozenset()
    discomfort: int | None = None
    excepted: tuple[int, ...] = ()


@dataclass(slots=True)
class Script:
    """The answers of a file: those in order, those by name, the one for all others, and the guess."""

    guess: float | None = None
    ordered: list[Said] = field(default_factory=list)
    named: dict[str, Said] = field(default_factory=dict)
    others: Said | None = None

    def next(self, name: str) -> Said:
        """Return the answer to the card of this name; stop when there is none."""
        if name.casefold() in self.named:
            return self.named[name.casefold()]
        if self.ordered:
            return self.ordered.pop(0)
        return self.others or Said(verb="stop")

    def unused(self) -> list[str]:
        """Return, in words, the answers in order that no card has taken."""
        return [each.value.value if each.value else each.verb for each in self.ordered]


def read_script(lines: Sequence[str], place: str) -> Script:
    """Read a file of answers; raises BadAnswer with its place and line."""
    script = Script()
    for number, line in enumerate(lines, 1):
        text = line.split("#", 1)[0].strip()
        if text:
            try:
                _add(script, text)
            except BadAnswer as error:
                message = f"{place}, line {number}: {error}"
                raise BadAnswer(message) from None
    return script


def _add(script: Script, text: str) -> None:
    if text.split(maxsplit=1)[0].casefold() == "guess":
        script.guess = read_guess(text.split(maxsplit=1)[1] if " " in text else "")
        return
    name, colon, said = text.rpartition(":")
    if not colon:
        script.ordered.append(read_answer(text))
    elif name.strip() == "*":
        script.others = read_answer(said)
    else:
        script.named[name.strip().casefold()] = read_answer(said)


def read_guess(text: str) -> float:
    """Read a share in percent, as a fraction; raises BadAnswer."""
    try:
        share = float(text.strip(" %").replace(",", ".")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        message = f"{text!r} is no share: say a number from 0 to 100"
        raise BadAnswer(message)
    return share


def read_answer(text: str) -> Said:
    """Read one answer; raises BadAnswer."""
    words = text.casefold().replace(",", " ").split()
    if len(words) == 1 and words[0] in _VERBS:
        return Said(verb=_VERBS[words[0]])
    if not words or words[0] not in _VALUES:
        message = f"{text!r} is no answer: say depth, growth, outside, skip, undo or stop"
        raise BadAnswer(message)
    return _judged(_VALUES[words[0]], words[1:], text)


def _judged(value: Value, words: list[str], text: str) -> Said:
    reasons: set[Reason] = set()
    discomfort: int | None = None
    excepted: list[int] = []
    waiting = iter(words)
    for word in waiting:
        if word in _REASONS:
            reasons.add(_REASONS[word])
        elif word == "discomfort":
            discomfort = _number(next(waiting, ""), text)
        elif word.isdigit() and "except" in words:
            excepted.append(int(word))
        elif word != "except":
            message = (
                f"in {text!r} I do not know {word!r}: there are lack, scope, unsure, discomfort 1-5, except NUMBERS"
            )
            raise BadAnswer(message)
    if (reasons or discomfort) and value is not Value.GROWTH:
        message = f"{text!r}: reasons and discomfort belong to growth"
        raise BadAnswer(message)
    return Said(value, "", frozenset(reasons), discomfort, tuple(excepted))


def _number(word: str, text: str) -> int:
    if not word.isdigit() or int(word) not in _SCORES:
        message = f"{text!r}: discomfort is a number from 1 to 5"
        raise BadAnswer(message)
    return int(word)
